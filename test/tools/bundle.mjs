/**
 * `npm run bundle [-- TARGET… [--out FOLDER]]`: for each system one folder that runs without anything else, as an archive with its SHA-256 sum, and the data of OCR
 * as a second one that unpacks into the same folder. Packages come from the registry (or from .cache, once fetched) and are held against the sums of
 * package-lock.json. Equal sources give equal bytes: names are sorted, times are those of the commit.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tarGz, zip } from './bundle-archive.mjs';
import { closureOf, filesOf } from './bundle-packages.mjs';
import { isUsed, OCR_PACKAGES, PACKAGES, TARGETS } from './bundle-targets.mjs';
import { isLive, LINK } from './links.mjs';
import { readParameters } from './parameters.mjs';
import { PROJECT } from './run-program.mjs';
import { billOfMaterials } from './sbom.mjs';

const USAGE = `npm run bundle [-- ${Object.keys(TARGETS).join(' ')}] [--out FOLDER]`;
const CACHE = join(PROJECT, '.cache', 'bundle');
const program = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
const lock = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'));
/** Dictionaries and the parts of the page; not the stamps of the build. */
const DATA = /\.(?:bin|js|css)$|^parts\.json$/u;

const { values, positionals } = readParameters(USAGE, { allowPositionals: true, options: { out: { type: 'string' } } });
const targets = positionals.length > 0 ? positionals : ['linux-x64', 'win-x64'];
const unknown = targets.filter((name) => !(name in TARGETS));
if (unknown.length > 0) {
  console.error(`no such target: ${unknown.join(', ')}\n${USAGE}`);
  process.exit(2);
}
const out = values.out ?? join(PROJECT, 'dist', 'bundle');

/** Scripts of Windows, and texts that its old editors open, have two characters at the end of a line; a checkout may have them with one or two. */
function asItsReadersWant(name, bytes) {
  return /\.(?:cmd|txt)$/u.test(name) ? Buffer.from(bytes.toString('utf8').replace(/\r?\n/gu, '\r\n')) : bytes;
}

/** Puts all files below a folder of the project into `files`. */
function addFolder(files, from, to, isWanted = () => true) {
  for (const name of readdirSync(join(PROJECT, from), { recursive: true }).map((one) => one.replaceAll('\\', '/')))
    if (isWanted(name) && statSync(join(PROJECT, from, name)).isFile())
      files.set(`${to}/${name}`, { bytes: asItsReadersWant(name, readFileSync(join(PROJECT, from, name))), isProgram: false });
}

/** A package at its place below `app/`, and its licence once more where a person looks for it. */
function addPackage(files, pack) {
  const name = pack.place.slice(pack.place.lastIndexOf('node_modules/') + 13);
  for (const [path, bytes] of filesOf(pack, CACHE))
    if (isUsed(`${name}/${path}`)) files.set(`app/${pack.place}/${path}`, { bytes, isProgram: false });
}

/** Texts that packages only name, or that are owed for what they contain. */
const FURTHER_TEXTS = {
  '7z-wasm': ['LGPL-2.1.txt'],
  '@hyzyla/pdfium': ['pdfium.txt'],
  '@napi-rs/canvas': ['skia.txt'],
  '@tesseract.js-data/jpn': ['tessdata.txt'],
  isarray: ['isarray.txt'],
};
/** Their text is that of the package they are a part of. */
const IN_PARENT = /^@koromix\/koffi-|^@napi-rs\/canvas-/u;

function addLicences(files, packages) {
  for (const pack of packages)
    for (const [path, bytes] of filesOf(pack, CACHE))
      if (/^(?:\w*licen[cs]e|notice|copying)[^/]*$/iu.test(path))
        files.set(`licences/${pack.name.replace('/', '+')}-${pack.version}/${path}`, { bytes, isProgram: false });
  for (const { name, version } of packages)
    for (const text of FURTHER_TEXTS[name] ?? [])
      files.set(`licences/${name.replace('/', '+')}-${version}/${text}`, {
        bytes: readFileSync(join(PROJECT, 'test', 'tools', 'licences', text)),
        isProgram: false,
      });
  const bare = packages.filter(
    ({ name, version }) =>
      !IN_PARENT.test(name) && ![...files.keys()].some((path) => path.startsWith(`licences/${name.replace('/', '+')}-${version}/`)),
  );
  if (bare.length > 0) throw new Error(`no licence text: ${bare.map(({ name }) => name).join(', ')}`);
}

/** Texts that the README leads to. */
const DOCUMENTS = [
  'detectors/README.md',
  'samples/README.md',
  'samples/windows/README.md',
  'src/README.md',
  'src/policy/README.md',
  'src/records/README.md',
  'src/report/README.md',
  'src/report/data-dictionary.md',
  'src/supply-chain.md',
  'src/walk/README.md',
];

/** A link to what is not here becomes its words. */
function keepLiveLinks(files) {
  for (const [name, file] of files)
    if (name.endsWith('.md')) {
      const text = file.bytes.toString('utf8').replace(LINK, (whole, words, target) => (isLive(name, target, files) ? whole : words));
      files.set(name, { ...file, bytes: Buffer.from(text) });
    }
}

function filesFor(target) {
  const { node, native } = TARGETS[target];
  const isWindows = target.startsWith('win');
  const files = new Map();
  const runtime = filesOf(node, CACHE);
  files.set(isWindows ? 'node/node.exe' : 'node/node', { bytes: runtime.get(node.binary), isProgram: true });
  const { scripts, devDependencies, allowScripts, ...shown } = program;
  files.set('app/package.json', { bytes: Buffer.from(`${JSON.stringify(shown, null, 2)}\n`), isProgram: false });
  addFolder(files, 'bin', 'app/bin');
  addFolder(files, 'dist/program', 'app/dist/program');
  addFolder(files, 'dist/data', 'app/dist/data', (name) => DATA.test(name));
  addFolder(files, 'samples/schedule', 'samples/schedule');
  addFolder(files, 'samples/guides', 'samples/guides');
  addFolder(files, 'dist/man', 'man');
  for (const name of DOCUMENTS) files.set(name, { bytes: readFileSync(join(PROJECT, name)), isProgram: false });
  addFolder(files, 'samples/bundle/guide', '.');
  for (const name of ['LICENSE', 'NOTICE', ...readdirSync(PROJECT).filter((one) => /^README.*\.md$/u.test(one))])
    files.set(name, { bytes: readFileSync(join(PROJECT, name)), isProgram: false });
  keepLiveLinks(files);
  const own = isWindows ? /\.cmd$/u : /^mimawari$/u;
  addFolder(files, 'samples/bundle', '.', (name) => own.test(name));
  if (isWindows) addFolder(files, 'samples/windows', 'app/bin', (name) => name === 'send-to.js');
  const kept = closureOf(lock, PACKAGES, native);
  for (const pack of kept) addPackage(files, pack);
  // Those that became part of the program have their licences, and their lines in the bill, like all others.
  const others = Object.keys(program.dependencies).filter((name) => name !== 'libsql');
  const all = closureOf(lock, [...others, ...PACKAGES], native);
  addLicences(files, all);
  // The runtime's own text holds the licences of all that is in it; the Windows package has none, and it is the same text.
  const text = runtime.get('LICENSE') ?? filesOf(TARGETS['linux-x64'].node, CACHE).get('LICENSE');
  files.set(`licences/${node.name}-${node.version}/LICENSE`, { bytes: text, isProgram: false });
  const dictionaries = Object.fromEntries(
    [...files].filter(([name]) => name.endsWith('.bin')).map(([name, { bytes }]) => [name.slice(name.lastIndexOf('/') + 1), bytes]),
  );
  const direct = Object.keys(program.dependencies);
  const bill = billOfMaterials({ program, lock, node, packages: all, direct, dictionaries });
  files.set('sbom.cdx.json', { bytes: Buffer.from(`${JSON.stringify(bill, null, 2)}\n`), isProgram: false });
  return new Map(
    [...files].map(([name, file]) => [name.replace(/^\.\//u, ''), name === './mimawari' ? { ...file, isProgram: true } : file]),
  );
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** As sha256sum reads them. */
function sumsOf(files) {
  return [...files]
    .map(([name, { bytes }]) => `${sha256(bytes)}  ${name}\n`)
    .sort((a, b) => (a.slice(64) < b.slice(64) ? -1 : 1))
    .join('');
}

function write(name, files, isZip, seconds) {
  const folder = `mimawari-${program.version}-${name}`;
  const inside = new Map([...files].map(([path, file]) => [path, file]));
  const file = join(out, `mimawari-${program.version}-${name}${isZip ? '.zip' : '.tar.gz'}`);
  // The data of OCR goes into the folder of whichever system it is for.
  const rooted = new Map([...inside].map(([path, one]) => [name.startsWith('ocr') ? path : `${folder}/${path}`, one]));
  const bytes = isZip ? zip(rooted, seconds) : tarGz(rooted, seconds);
  writeFileSync(file, bytes);
  writeFileSync(`${file}.sha256`, `${sha256(bytes)}  ${file.slice(out.length + 1)}\n`);
  const unpacked = [...files.values()].reduce((sum, one) => sum + one.bytes.length, 0);
  console.log(`${file}  ${(bytes.length / 1e6).toFixed(1)} MB, unpacked ${(unpacked / 1e6).toFixed(1)} MB in ${files.size} files`);
}

for (const step of [['build.mjs', '--if-stale'], ['make-man.mjs']]) {
  const { status } = spawnSync(process.execPath, [join(PROJECT, 'test', 'tools', step[0]), ...step.slice(1)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) process.exit(1);
}
mkdirSync(out, { recursive: true });
const commit = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: PROJECT, encoding: 'utf8' });
// Without a repository the time is that of the first version: any, if it is always the same.
const seconds = Number(process.env.SOURCE_DATE_EPOCH ?? (commit.status === 0 ? commit.stdout : Date.UTC(2026, 10, 1) / 1000));
for (const target of targets) {
  const files = filesFor(target);
  files.set('SHA256SUMS', { bytes: Buffer.from(sumsOf(files)), isProgram: false });
  write(target, files, target.startsWith('win'), seconds);
}
const ocr = new Map();
const ocrPackages = closureOf(lock, OCR_PACKAGES);
for (const pack of ocrPackages) addPackage(ocr, pack);
addLicences(ocr, ocrPackages);
const ocrBill = billOfMaterials({
  program,
  lock,
  node: null,
  packages: ocrPackages,
  direct: OCR_PACKAGES,
  dictionaries: {},
  title: 'mimawari-ocr',
});
ocr.set('sbom-ocr.cdx.json', { bytes: Buffer.from(`${JSON.stringify(ocrBill, null, 2)}\n`), isProgram: false });
// Names of its own: it is unpacked over a folder that has both already.
ocr.set('SHA256SUMS-ocr', { bytes: Buffer.from(sumsOf(ocr)), isProgram: false });
write('ocr', ocr, true, seconds);
