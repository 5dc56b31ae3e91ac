/** The folders and files given on the command line, before anything else looks at them. */
import { resolve } from 'node:path';
import type { Lang } from '../../detectors/contract.js';
import { UsageError } from '../problem.js';
import { findByLook } from '../walk/find-name.js';
import { namesStream } from '../walk/windows-path.js';
import { isThere } from './paths.js';
import { cliWords } from './words.js';

/** Throws UsageError, in the user's language, for an empty name, a stream of Windows, and a name that does not exist and is no pattern. */
export function existing(given: readonly string[], lang: Lang): readonly string[] {
  const say = cliWords(lang);
  for (const name of given) {
    if (name.trim() === '') throw new UsageError(say.emptyName);
    if (process.platform === 'win32' && namesStream(name)) throw new UsageError(`${name}: ${say.namesStream}`);
    if (!/[*?[\]{}()!]/u.test(name) && !isThere(name) && findByLook(resolve(name)) === null)
      throw new UsageError(`${name}: ${say.noSuchPath}`);
  }
  return given;
}
