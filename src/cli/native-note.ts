/** Says before a sweep what this host keeps the program from seeing. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Lang } from '../../detectors/contract.js';
import { OCR_PACKAGES } from '../extract/ocr-engine.js';
import { loadWindows } from '../windows/library.js';
import { writeAll } from './output.js';
import { programVersion } from './version.js';
import { cliWords } from './words.js';

/** On Windows without the native library: access is unknown throughout, and placeholders look like files. */
export function tellMissingLibrary(lang: Lang): void {
  if (process.platform === 'win32' && loadWindows() === null) writeAll(2, Buffer.from(`mimawari: ${cliWords(lang).noNativeLibrary}\n`));
}

export function hasOcr(): boolean {
  const require = createRequire(import.meta.url);
  return OCR_PACKAGES.every((name) => {
    try {
      require.resolve(`${name}/package.json`);
      return true;
    } catch {
      return false;
    }
  });
}

/** The archive with the OCR part where the program lies in a bundle (dist/bundle of `npm run bundle`); null for an installation by npm. */
export function ocrArchive(): string | null {
  return existsSync(new URL('../../../../sbom.cdx.json', import.meta.url)) ? `mimawari-${programVersion()}-ocr.zip` : null;
}

/** `--ocr` where its part is not installed: pictures stay unread, and are told so, file by file. */
export function tellMissingOcr(isWanted: boolean, lang: Lang): void {
  if (isWanted && !hasOcr()) writeAll(2, Buffer.from(`mimawari: ${cliWords(lang).noOcr(ocrArchive())}\n`));
}
