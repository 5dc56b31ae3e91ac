/** `mimawari check` for check.cmd, which hands over what it was given in the environment, where no sign has a meaning. */
import { existsSync } from 'node:fs';
import type { Told } from '../problem.js';
import { droppedArguments } from './dropped.js';
import { chooseLang } from './locale.js';
import { writeAll } from './output.js';

/** Added to the exit code: the console must end, because the shell would go on with the rest of a name. Known to check.cmd. */
const END_CONSOLE = 1000;
const EXIT_USAGE = 2;

const NOTHING: Told = {
  ja: '確かめたいファイルやフォルダーを、このファイル（check.cmd）の上に重ねて（ドラッグ＆ドロップして）ください。何も確かめていません。',
  en: 'Drag the files or folders to be checked onto this file (check.cmd). Nothing was checked.',
};
const TOO_LONG: Told = {
  ja: '一度に渡せる数を超えました。ファイルを1つのフォルダーにまとめ、そのフォルダーを重ねてください。何も確かめていません。',
  en: 'Too many files for one go: drop the folder that holds them. Nothing was checked.',
};

/** Gives the exit code for check.cmd. `check` is the command line's own `main`. */
export async function checkDropped(check: (args: readonly string[]) => Promise<number>): Promise<number> {
  const { MIMAWARI_SELF: self = '', MIMAWARI_ARGS: own = '', MIMAWARI_LINE: line = '' } = process.env;
  for (const name of ['MIMAWARI_SELF', 'MIMAWARI_ARGS', 'MIMAWARI_LINE']) delete process.env[name];
  const { args, hasCutName, isCut } = droppedArguments({ self, own, line }, existsSync);
  const { MIMAWARI_LANG } = process.env;
  const chosen = MIMAWARI_LANG === 'ja' || MIMAWARI_LANG === 'en' ? MIMAWARI_LANG : undefined;
  const lang = chooseLang(chosen);
  const tell = (told: Told): number => {
    writeAll(2, Buffer.from(`${told[lang]}\n`));
    return EXIT_USAGE;
  };
  const isLangGiven = chosen === undefined || args.some((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const code = isCut
    ? tell(TOO_LONG)
    : args.length === 0
      ? tell(NOTHING)
      : await check(['check', ...(isLangGiven ? [] : ['--lang', lang]), ...args]);
  return code + (hasCutName ? END_CONSOLE : 0);
}
