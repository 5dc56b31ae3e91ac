/** What commander knows of the command line, as plain data: the man page and the completions are made from it, so that no option is written down twice. */
import type { Argument, Command, Option } from 'commander';

/** What stands behind an option or in the place of an argument. */
export type ValueKind = 'none' | 'file' | 'folder' | 'text' | readonly string[];

export interface OptionShape {
  /** `--csv`, and the short one where there is one. */
  readonly flags: readonly string[];
  /** As it is written: `<file>`; '' for a flag. */
  readonly placeholder: string;
  readonly value: ValueKind;
  readonly description: string;
}

export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly usage: string;
  readonly arguments: readonly { readonly name: string; readonly value: ValueKind; readonly description: string }[];
  readonly options: readonly OptionShape[];
  /** What stands below the options: examples, exit codes. */
  readonly after: string;
}

export interface ProgramShape {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly after: string;
  readonly options: readonly OptionShape[];
  readonly commands: readonly CommandShape[];
}

/** Words in a placeholder that stand for something else than themselves. */
const STAND_FOR_OTHERS: readonly string[] = ['n', 'date', 'run', 'user', 'group', 'time', 'glob', 'name'];
const FOLDERS: readonly string[] = ['folder'];
const FILES: readonly string[] = ['file', 'path', 'manifest', 'key', 'answers'];

export function shapeOf(top: Command): ProgramShape {
  return {
    name: top.name(),
    version: top.version() ?? '',
    description: top.description(),
    after: textAfter(top),
    options: top.createHelp().visibleOptions(top).map(optionOf),
    commands: top.commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      usage: command.usage(),
      arguments: command.registeredArguments.map(argumentOf),
      options: command.createHelp().visibleOptions(command).map(optionOf),
      after: textAfter(command),
    })),
  };
}

function optionOf({ short, long, flags, description }: Option): OptionShape {
  const placeholder = /[<[].*$/u.exec(flags)?.[0] ?? '';
  return {
    flags: [long, short].flatMap((flag) => flag ?? []),
    placeholder,
    value: placeholder === '' ? 'none' : valueKindOf(placeholder),
    description,
  };
}

function argumentOf(argument: Argument): CommandShape['arguments'][number] {
  return { name: argument.name(), value: valueKindOf(argument.name()), description: argument.description };
}

function valueKindOf(placeholder: string): ValueKind {
  const words = placeholder.replace(/[<>[\].]/gu, '').split('|');
  const choices = words.filter((word) => !STAND_FOR_OTHERS.includes(word));
  if (words.length > 1) return choices.length > 0 ? choices : 'text';
  const word = words[0]!;
  return FOLDERS.includes(word) ? 'folder' : FILES.includes(word) ? 'file' : 'text';
}

/** Commander keeps it as a listener: it is what the help says beyond the table of options. */
function textAfter(command: Command): string {
  let all = '';
  const kept = command.configureOutput();
  command.configureOutput({ ...kept, writeOut: (text) => (all += text) });
  command.outputHelp();
  command.configureOutput(kept);
  return all.slice(command.helpInformation().length).trim();
}
