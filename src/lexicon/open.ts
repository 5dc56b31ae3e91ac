/** Opens the packed lexicon that lies beside the compiled program. It builds nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLexicon, type Lexicon } from '../../detectors/lexicon.js';
import { LEXICON_FILES } from './names.js';

/** `dist/data`, from the compiled module (dist/src/lexicon) as from its source (src/lexicon, as tests run it). Throws Error when the program was never built. */
export function dataFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const candidate of [join(here, '../../data'), join(here, '../../dist/data')]) {
    if (LEXICON_FILES.every((file) => existsSync(join(candidate, file)))) return candidate;
  }
  throw new Error('the packed lexicon is missing; run npm run build');
}

/** Opens the lexicon in milliseconds: bytes are read, nothing is parsed. Throws Error when it was never built or is of another format. */
export function openLexicon(): Lexicon {
  const folder = dataFolder();
  return createLexicon(LEXICON_FILES.map((file) => readFileSync(join(folder, file))));
}

/** Changes whenever a look-up may answer otherwise. */
export function lexiconVersion(lexicon: Lexicon): string {
  return lexicon.version;
}
