/** `mimawari completion SHELL`: the script by which a shell completes this command line, made from its own table of options. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { UsageError } from '../problem.js';
import { completionScript, SHELLS } from './help/completion.js';
import { shapeOf } from './help/shape.js';
import { helpWords } from './help/words.js';
import { addOptions } from './options.js';
import { writeAll } from './output.js';

export function addCompletion(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = helpWords(lang);
  const command = program
    .command('completion')
    .argument(`<${SHELLS.join('|')}>`, say.shellArgument)
    .description(say.completion);
  addOptions(command, ['lang'], lang);
  command.addHelpText('after', say.completionExamples);
  command.action((wanted: string) => {
    const shell = SHELLS.find((one) => one === wanted.toLowerCase());
    if (!shell) throw new UsageError({ ja: helpWords('ja').unknownShell(wanted), en: helpWords('en').unknownShell(wanted) });
    writeAll(1, Buffer.from(completionScript(shapeOf(program), shell)));
    done(0);
  });
}
