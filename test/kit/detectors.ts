/** The detectors as the tests use them: the built lexicon, no site words, ages judged on one fixed day. */
import { NO_SITE_WORDS, type SiteWords } from '../../detectors/contract.js';
import { createDetectors } from '../../detectors/registry.js';
import type { Detectors } from '../../detectors/run.js';
import { openLexicon } from '../../src/lexicon/open.js';

export const AS_OF = { year: 2026, month: 11, day: 21 };

export function testDetectors(site: Partial<SiteWords> = {}): Detectors {
  return createDetectors({ lexicon: openLexicon(), site: { ...NO_SITE_WORDS, ...site }, asOf: AS_OF });
}
