/** `mimawari init`: writes a commented configuration file to begin with; it never overwrites one. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { EXAMPLE_SITE } from '../policy/example-site.js';
import { UsageError } from '../problem.js';
import { addOptions } from './options.js';
import { unwritable, writeAll } from './output.js';
import { codeOf } from './paths.js';
import { cliWords } from './words.js';

export function addInit(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('init').argument('[file]', say.policyArgument).description(say.init);
  addOptions(command, ['lang'], lang);
  command.addHelpText('after', say.initExamples);
  command.action((file = 'mimawari.yaml') => {
    try {
      const fd = openSync(file, 'wx', 0o600);
      writeSync(fd, EXAMPLE_SITE);
      closeSync(fd);
    } catch (error) {
      throw codeOf(error) === 'EEXIST' ? new UsageError(say.policyExists(file)) : unwritable(file, error);
    }
    writeAll(1, Buffer.from(`${say.policyWritten(file)}\n`));
    done(0);
  });
}
