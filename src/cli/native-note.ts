/** Says before a sweep what this host keeps the program from seeing. */
import type { Lang } from '../../detectors/contract.js';
import { loadWindows } from '../windows/library.js';
import { writeAll } from './output.js';
import { cliWords } from './words.js';

/** On Windows without the native library: access is unknown throughout, and placeholders look like files. */
export function tellMissingLibrary(lang: Lang): void {
  if (process.platform === 'win32' && loadWindows() === null) writeAll(2, Buffer.from(`mimawari: ${cliWords(lang).noNativeLibrary}\n`));
}
