/** `npm run man`: writes the man pages, English and Japanese, from the table of options into dist/man/man1 and dist/man/ja/man1. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertBuilt, PROJECT } from './run-program.mjs';

assertBuilt();
const { commandLine } = await import('../../dist/src/cli/main.js');
const { shapeOf } = await import('../../dist/src/cli/help/shape.js');
const { manPage } = await import('../../dist/src/cli/help/man.js');
for (const [lang, folder] of [
  ['en', 'man1'],
  ['ja', join('ja', 'man1')],
]) {
  const place = join(PROJECT, 'dist', 'man', folder);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'mimawari.1'), manPage(shapeOf(commandLine(lang, () => {})), lang));
  console.log(join(place, 'mimawari.1'));
}
