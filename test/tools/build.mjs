// Compiles src/ and detectors/ into dist/, packs the dictionaries there and notes the versions of all parts. Output of deleted sources is removed first; the packed
// dictionaries are kept, because they depend on nothing that is compiled but their own packer (which knows when they are stale).
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const dist = join(top, 'dist');
for (const name of ['src', 'detectors', 'src.tsbuildinfo', 'detectors.tsbuildinfo'])
  rmSync(join(dist, name), { recursive: true, force: true });

const tsc = join(top, 'node_modules', 'typescript', 'bin', 'tsc');
if (!existsSync(tsc)) {
  console.error('The packages are not installed yet. Run: npm ci');
  process.exit(1);
}
const { status } = spawnSync(process.execPath, [tsc, '-b', top], { stdio: 'inherit' });
if (status !== 0) process.exit(1);

const { packLexicon } = await import(pathToFileURL(join(dist, 'src', 'lexicon', 'pack.js')).href);
packLexicon(join(dist, 'data'));

const { listParts } = await import(pathToFileURL(join(dist, 'src', 'cli', 'parts-list.js')).href);
writeFileSync(join(dist, 'data', 'parts.json'), JSON.stringify(listParts()));
