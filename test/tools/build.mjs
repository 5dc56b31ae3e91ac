// Compiles src/ and detectors/ into dist/, makes the script of the HTML report one piece, packs the dictionaries there, notes the versions of all parts, and makes
// of it all the few files that are started (dist/program; tests and tools use the single modules beside it). Compiled files of deleted sources are removed first; the
// packed dictionaries are kept, because they depend on nothing that is compiled but their own packer (which knows when they are stale). With --if-stale nothing is
// done when the sources are those of the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const dist = join(top, 'dist');
const stampFile = join(dist, 'data', 'build-stamp');

/** Changes with every file that a build depends on. */
function stampOf() {
  const hash = createHash('sha256');
  const sources = ['src', 'detectors'].flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  for (const name of [
    ...sources.filter((name) => /\.(?:ts|json|css)$/.test(name)).sort(),
    'tsconfig.json',
    'package.json',
    'package-lock.json',
    'test/tools/build.mjs',
    'test/tools/build-program.mjs',
  ])
    hash.update(`${name}\n`).update(readFileSync(join(top, name)));
  return hash.digest('hex');
}

/** Removes compiled files whose sources are gone; the others let the compiler go on from where it ended. */
function removeLeftovers() {
  const compiled = ['src', 'detectors'].map((folder) => join(dist, folder));
  if (!compiled.every(existsSync)) {
    for (const name of existsSync(dist) ? readdirSync(dist) : []) if (name.endsWith('.tsbuildinfo')) rmSync(join(dist, name));
    return;
  }
  const isLeft = (file) => !existsSync(join(top, relative(dist, file).replace(/(?:\.d)?\.[jt]s$/, '.ts')));
  for (const folder of compiled)
    for (const name of readdirSync(folder, { recursive: true }))
      if (/\.[jt]s$/.test(name) && isLeft(join(folder, name))) rmSync(join(folder, name));
}

const stamp = stampOf();
const isFresh = () =>
  existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(join(dist, 'program', 'cli', 'main.js'));
if (process.argv.includes('--if-stale') && isFresh()) process.exit(0);
rmSync(stampFile, { force: true });

removeLeftovers();
rmSync(join(dist, 'program'), { recursive: true, force: true });

const tsc = join(top, 'node_modules', 'typescript', 'bin', 'tsc');
if (!existsSync(tsc)) {
  console.error('The packages are not installed yet. Run: npm ci');
  process.exit(1);
}
const { status } = spawnSync(process.execPath, [tsc, '-b', top], { stdio: 'inherit' });
if (status !== 0) process.exit(1);

// Not before the packages are known to be there.
const { buildSync } = await import('esbuild');
const { buildProgram } = await import('./build-program.mjs');

// The script of the HTML report, and its style sheet, become one piece each, to stand in the page.
buildSync({
  entryPoints: [join(top, 'src', 'page', 'page.ts'), join(top, 'src', 'page', 'page.css')],
  outdir: join(dist, 'data'),
  bundle: true,
  format: 'iife',
  target: ['es2022', 'chrome110', 'firefox110', 'safari16'],
  charset: 'utf8',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
});

const { packLexicon } = await import(pathToFileURL(join(dist, 'src', 'lexicon', 'pack.js')).href);
packLexicon(join(dist, 'data'));

const { listParts } = await import(pathToFileURL(join(dist, 'src', 'cli', 'parts-list.js')).href);
writeFileSync(join(dist, 'data', 'parts.json'), JSON.stringify(listParts()));
await buildProgram(top);
writeFileSync(stampFile, stamp);
