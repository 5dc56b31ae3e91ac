/**
 * Lays a module into an unpacked bundle that loads each package, second readers too, whose lack a sweep might not show, and prints `all load` or what fails.
 * Gives its place below the bundle.
 */
export function layLoader(bundle) {
  const names = PACKAGES.filter((name) => !['pdfjs-dist', 'xlsx'].includes(name));
  const files = ['koffi', 'pdf-parse', 'pdfjs-dist/package.json', 'xlsx/dist/xlsx.core.min.js', 'xlsx/dist/cpexcel.js'];
  const text = `import { createRequire } from 'node:module';
const faults = [];
const fault = (error) => faults.push(error.message.split('\\n')[0]);
for (const name of ${JSON.stringify([...names, 'pdfjs-dist/legacy/build/pdf.mjs'])}) await import(name).catch(fault);
for (const name of ${JSON.stringify(files)})
  try { createRequire(import.meta.url)(name); } catch (error) { fault(error); }
console.log(faults.length === 0 ? 'all load' : faults.join('; '));
process.exit(0);
`;
  writeFileSync(join(bundle, 'app', 'loads.mjs'), text);
  return join('app', 'loads.mjs');
}

/** Makes the bundle of one system in a folder of its own, and unpacks it there. Gives its archive and its folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { PACKAGES } from './bundle-targets.mjs';
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
