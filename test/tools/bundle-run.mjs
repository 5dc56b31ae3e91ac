/** Makes the bundle of one system in a folder of its own, and unpacks it there. Gives its archive and its folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { PROJECT } from './run-program.mjs';

export function makeBundle(target, folder) {
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [join(PROJECT, 'test', 'tools', 'bundle.mjs'), target, '--out', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = readdirSync(folder).find((name) => name.includes(target) && !name.endsWith('.sha256'));
  return join(folder, archive);
}

export function unpackBundle(archive, to) {
  mkdirSync(to, { recursive: true });
  if (archive.endsWith('.zip')) unzip(readFileSync(archive), to);
  else execFileSync('tar', ['xzf', archive, '-C', to]);
  return join(to, readdirSync(to)[0]);
}

/** By the local headers, which these archives have in full. */
function unzip(bytes, to) {
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [packed, nameLength] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    const begin = at + 30 + nameLength;
    const file = join(to, bytes.toString('utf8', at + 30, begin));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, inflateRawSync(bytes.subarray(begin, begin + packed)));
    at = begin + packed;
  }
}
