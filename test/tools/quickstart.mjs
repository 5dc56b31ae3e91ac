/** `npm run quickstart`: the built program on the sample share, as a first look at what it tells. */
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { layOut } from './lay-out.mjs';
import { assertBuilt, PROJECT, runProgram } from './run-program.mjs';

assertBuilt();
const folder = join(PROJECT, '.cache', 'quickstart');
const share = join(folder, 'share');
const reports = { inventory: 'inventory.db', csv: 'report.csv', jsonl: 'report.jsonl' };
for (const name of Object.values(reports))
  for (const tail of ['', '-wal', '-shm', '-journal', '.key']) rmSync(join(folder, name + tail), { force: true });

const expected = layOut(share);
const options = Object.entries(reports).flatMap(([option, name]) => [`--${option}`, join(folder, name)]);
const { exitCode, stdout, stderr } = runProgram(['scan', share, '--as-of', expected.asOf, ...options]);
process.stdout.write(stdout);
process.stderr.write(stderr);

if (![0, 1, 3].includes(exitCode)) {
  console.error(`The scan could not run (exit ${exitCode}).`);
  process.exit(1);
}
const shown = (name) => relative(process.cwd(), join(folder, name)) || '.';
console.log(`
The scan ended with exit code ${exitCode}: the sample share is full of violations on purpose.
  the share     ${shown('share')}   (${expected.files.length} files of made-up people; samples/expected.json tells what must be found)
  for Excel     ${shown(reports.csv)}
  for scripts   ${shown(reports.jsonl)}
Try next:
  node bin/mimawari.js check ${shown('share')}
  node bin/mimawari.js explain ${join(shown('share'), expected.files[0].path)}`);
