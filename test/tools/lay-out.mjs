/**
 * Lays the sample share out as it would lie on a server: Git keeps neither modes nor times. `node test/tools/lay-out.mjs FOLDER`
 * copies samples/share to FOLDER (which is emptied first) and gives it the modes and times of expected.json.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

export const readExpected = () => JSON.parse(readFileSync(join(SAMPLES, 'expected.json'), 'utf8'));

/** Gives what expected.json says. Refuses a folder that is there and was not laid out before, since it would be emptied. */
export function layOut(target) {
  const expected = readExpected();
  const marker = `${target}.laid-out`;
  if (statSync(target, { throwIfNoEntry: false }) && !statSync(marker, { throwIfNoEntry: false }))
    throw new Error(`${target} is there already`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  copyFileSync(join(SAMPLES, 'README.md'), marker);
  const folders = new Set([target]);
  for (const { path, mode, modifiedAt } of expected.files) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    folders.add(dirname(file));
    copyFileSync(join(SAMPLES, 'share', path), file);
    chmodSync(file, Number.parseInt(mode, 8));
    const time = new Date(modifiedAt);
    utimesSync(file, time, time);
  }
  // Not left to the umask of who runs it: a parent that others cannot enter would make everything restricted.
  for (const folder of folders) chmodSync(folder, Number.parseInt(expected.folders[folder.slice(target.length + 1)] ?? '0755', 8));
  return expected;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = process.argv[2];
  if (!target) {
    console.error('usage: node test/tools/lay-out.mjs FOLDER');
    process.exit(2);
  }
  console.log(`${layOut(target).files.length} files in ${target}`);
}
