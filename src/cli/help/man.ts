/** The man page in roff (man(7) macros), from the same table as the help. */
import type { Lang } from '../../../detectors/contract.js';
import type { OptionShape, ProgramShape } from './shape.js';
import { helpWords } from './words.js';

export function manPage({ name, version, description, after, options, commands }: ProgramShape, lang: Lang): string {
  const say = helpWords(lang).man;
  const parts = [
    `.\\" ${say.made}`,
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "${escaped(say.manual)}"`,
    // Japanese has no spaces that could be made wider.
    '.ad l',
    `.SH ${escaped(say.name)}`,
    `${name} \\- ${escaped(say.summary)}`,
    `.SH ${escaped(say.synopsis)}`,
    `.B ${name}`,
    `.RI [ ${escaped(say.options)} ] " ${escaped(say.command)} " ...`,
    `.SH ${escaped(say.description)}`,
    filled(description),
    ...optionList(options),
    ...verbatim(after),
    `.SH ${escaped(say.commands)}`,
    ...commands.flatMap((command) => [
      `.SS "${name} ${escaped(command.name)} ${escaped(command.usage)}"`,
      filled(command.description),
      ...command.arguments.flatMap((one) => ['.TP', `.I ${escaped(one.name)}`, filled(one.description)]),
      ...optionList(command.options),
      ...verbatim(command.after),
    ]),
    `.SH ${escaped(say.files)}`,
    ...say.fileList.flatMap(([file, meaning]) => ['.TP', `.I ${escaped(file)}`, filled(meaning)]),
  ];
  return `${parts.join('\n')}\n`;
}

function optionList(options: readonly OptionShape[]): string[] {
  return options.flatMap(({ flags, placeholder, description }) => {
    const names = flags.map((flag) => `\\fB${escaped(flag)}\\fR`).join(', ');
    return ['.TP', placeholder === '' ? names : `${names} \\fI${escaped(placeholder)}\\fR`, filled(description)];
  });
}

function verbatim(text: string): string[] {
  return text === '' ? [] : ['.PP', '.nf', asLines(text), '.fi'];
}

/** Text that is filled. Japanese has no spaces: it may break after any letter that no closing sign follows. */
function filled(text: string): string {
  return asLines(text).replace(
    /([\u3000-\u9fff\uff00-\uffef])(?=[\u3000-\u9fff\uff00-\uffef(]|\\?[\w-])(?![、。）」』！？ー・])/gu,
    '$1\\:',
  );
}

/** A dot or apostrophe that begins a line would be a request. */
function asLines(text: string): string {
  return text
    .split('\n')
    .map((line) => escaped(line).replace(/^[.']/u, '\\&$&'))
    .join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('"', '\\(dq');
}
