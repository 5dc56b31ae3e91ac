/**
 * Versions of everything that decides what is found in a file: each detector, the lexicon, what makes records of their finds, each reader, each password check. The build writes
 * them beside the lexicon, so that a sweep can tell whether content may be reused without loading any of those parts.
 */
import { NO_SITE_WORDS } from '../../detectors/contract.js';
import { createDetectors } from '../../detectors/registry.js';
import { extractors } from '../extract/registry.js';
import { openLexicon } from '../lexicon/open.js';
import { passwordChecks } from '../protect/registry.js';
import { RECORDS_VERSION } from '../records/relate.js';
import { PASSWORD_NOTE_VERSION } from '../scan/password-note.js';

/** The same for two builds only when equal bytes give equal content in both. Needs the packed lexicon. */
export function listParts(): readonly string[] {
  // The day and a site's words are no parts: parts-version.ts adds them for each sweep.
  const { version } = createDetectors({ lexicon: openLexicon(), site: NO_SITE_WORDS, asOf: { year: 0, month: 1, day: 1 } });
  return [
    version,
    `records/${RECORDS_VERSION}`,
    `password-note/${PASSWORD_NOTE_VERSION}`,
    ...[...extractors, ...passwordChecks].map((part) => `${part.id}/${part.version}`),
  ];
}
