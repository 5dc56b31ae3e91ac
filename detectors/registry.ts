/** The list of detectors, one line each, made with what they need: the lexicon, a site's own words, the day to judge ages by. */
import { createAddress } from './address.js';
import { createBankAccount } from './bank-account.js';
import { createBirthdate } from './birthdate.js';
import { type Cell, cellText, type Detector, type Kind, type Match, type Role, type SiteWords, type Strength } from './contract.js';
import { createDrivingLicence } from './driving-licence.js';
import { createEmail } from './email.js';
import { createEmploymentInsurance } from './employment-insurance.js';
import { foldLabel } from './fold.js';
import { createHealthInsurance } from './health-insurance.js';
import { literalLabel } from './labels.js';
import type { Lexicon } from './lexicon.js';
import { createMyNumber } from './my-number.js';
import { createPassport } from './passport.js';
import { createPensionNumber } from './pension-number.js';
import { createPersonName } from './person-name.js';
import { createPhone } from './phone.js';
import { createResidenceCard } from './residence-card.js';
import { createResidentCode } from './resident-code.js';
import { createRun, type Detectors } from './run.js';
import { knownValues, siteWords } from './site-words.js';
import { Trace } from './trace.js';

export interface DetectorOptions {
  readonly lexicon: Lexicon;
  readonly site: SiteWords;
  /** The day that ages are judged by. */
  readonly asOf: { readonly year: number; readonly month: number; readonly day: number };
}

/** Raised when a shared piece (folding, dates, settling) changes an answer without any one detector changing. */
const SHARED_VERSION = 3;

export function createDetectors(options: DetectorOptions): Detectors {
  const { site, asOf } = options;
  const trace = new Trace();
  const lexicon = options.lexicon.with(siteWords(site));
  const all: readonly Detector[] = [
    createPensionNumber(),
    createMyNumber(),
    createEmploymentInsurance(),
    createResidenceCard(),
    createDrivingLicence(),
    createResidentCode(),
    createPassport(),
    createHealthInsurance(),
    createBankAccount(),
    createPhone(),
    createEmail(),
    createBirthdate({ asOf, trace }),
    createAddress({ lexicon }),
    createPersonName({ lexicon }),
  ];
  const known = knownValues(site.known);
  const list = all.filter((detector) => !site.off.includes(detector.kind)).map((detector) => withSite(detector, site, known, trace));
  const version = [
    SHARED_VERSION,
    ...list.map((detector) => `${detector.kind}${detector.version}`),
    lexicon.version,
    `${asOf.year}`,
    siteKey(site),
  ].join('/');
  return createRun({ list, version, known, trace });
}

/** Kinds whose answers depend on the words of a site. */
const BY_WORDS = new Set<Kind>(['name', 'address']);

/** The detector by a site's labels, known values and thresholds; what it answers is noted. */
function withSite(detector: Detector, site: SiteWords, known: ReadonlySet<string>, trace: Trace): Detector {
  const { kind } = detector;
  const labels = (site.labels[kind] ?? []).map((label) => literalLabel(foldLabel(label)));
  const threshold = site.thresholds[kind] ?? 'likely';
  const byWords = BY_WORDS.has(kind);
  const roles = detector.roles.map((role): Role => {
    const asksKnown = role.part === 'whole' && known.size > 0;
    return {
      part: role.part,
      labels: role.part === 'whole' ? [...role.labels, ...labels] : role.labels,
      cell: (cell: Cell, labelled) => {
        // A number's text, and one that was joined from several cells, stands in no block.
        if (byWords && cell !== '') trace.text(cellText(cell));
        const strength = role.cell(cell, labelled);
        if (strength === null) return null;
        trace.cell(kind);
        if (asksKnown) {
          const normal = role.normal(cell);
          trace.value(normal);
          if (known.has(normal)) return null;
        }
        return judged(strength, threshold);
      },
      normal: (cell) => role.normal(cell),
    };
  });
  if (threshold === 'likely') return { ...detector, roles };
  return {
    ...detector,
    roles,
    find: (folded, dropped, survey) =>
      Array.from(detector.find(folded, dropped, survey), (match): Match => ({ ...match, strength: judged(match.strength, threshold) })),
  };
}

/** What counts (`likely` and better) at a site that counts from `threshold` on. */
function judged(strength: Strength, threshold: Strength): Strength {
  if (threshold === 'weak') return strength === 'weak' ? 'likely' : strength;
  return threshold === 'certain' && strength === 'likely' ? 'weak' : strength;
}

/** A short key of a site's words (FNV-1a, 32 bits twice): equal words, equal key. */
function siteKey(site: SiteWords): string {
  const text = JSON.stringify([
    Object.entries(site.labels).sort(),
    site.names,
    site.places,
    site.known,
    site.off,
    Object.entries(site.thresholds).sort(),
  ]);
  let [one, other] = [0x811c_9dc5, 0x1234_5678];
  for (let at = 0; at < text.length; at++) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x0100_0193);
    other = Math.imul(other ^ text.charCodeAt(at), 0x85eb_ca6b) ^ (other >>> 13);
  }
  return `${(one >>> 0).toString(16)}${(other >>> 0).toString(16)}`;
}
