/** The list of detectors, one line each, made with what they need: the lexicon, a site's own words, the day to judge ages by. */
import { createAddress } from './address.js';
import { normalAddress } from './address-chain.js';
import { createBankAccount } from './bank-account.js';
import { createBirthdate } from './birthdate.js';
import type { Cell, Detector, Kind, Match, Role, SiteWords, Strength } from './contract.js';
import { createDrivingLicence } from './driving-licence.js';
import { createEmail } from './email.js';
import { createEmploymentInsurance } from './employment-insurance.js';
import { fold, foldLabel, foldName } from './fold.js';
import { createHealthInsurance } from './health-insurance.js';
import { literalLabel } from './labels.js';
import { COMMON_SHIFT, type Lexicon, WORD } from './lexicon.js';
import { createMyNumber } from './my-number.js';
import { createPassport } from './passport.js';
import { createPensionNumber } from './pension-number.js';
import { createPersonName } from './person-name.js';
import { createPhone } from './phone.js';
import { createResidenceCard } from './residence-card.js';
import { createResidentCode } from './resident-code.js';
import { createRun, type Detectors } from './run.js';

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
    createBirthdate({ asOf }),
    createAddress({ lexicon }),
    createPersonName({ lexicon }),
  ];
  const known = knownValues(site.known);
  const list = all.filter((detector) => !site.off.includes(detector.kind)).map((detector) => withSite(detector, site, known));
  const version = [
    SHARED_VERSION,
    ...list.map((detector) => `${detector.kind}${detector.version}`),
    lexicon.version,
    `${asOf.year}`,
    siteKey(site),
  ].join('/');
  return createRun({ list, version, known });
}

/** As common as the names that everybody knows: a site lists none in vain. */
const SITE_RANK = 8;
const SITE_FAMILY = (WORD.family | (SITE_RANK << COMMON_SHIFT.family)) >>> 0;
const SITE_GIVEN = (WORD.given | (SITE_RANK << COMMON_SHIFT.given)) >>> 0;

function siteWords(site: SiteWords): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const add = (word: string, flags: number): void => {
    if (word !== '') words.set(word, ((words.get(word) ?? 0) | flags) >>> 0);
  };
  const addName = (name: string, flags: number): void => {
    const folded = foldName(name);
    add(folded, flags);
    if (folded.length > 2) add(folded.slice(0, 2), WORD.nameStem);
  };
  for (const name of site.names) {
    const [family = '', given = ''] = fold(name).trim().split(/ +/);
    // Of a single word nobody said which half of a name it is.
    addName(family, given === '' ? SITE_FAMILY | SITE_GIVEN : SITE_FAMILY);
    addName(given, SITE_GIVEN);
  }
  for (const place of site.places) {
    const folded = fold(place).trim();
    add(folded, /[市区村]$/.test(folded) ? WORD.city : /町$/.test(folded) ? WORD.town | WORD.city : WORD.town);
    if (folded.length > 3) add(folded.slice(0, 3), WORD.townStem);
  }
  return words;
}

/** Known values in each form that `normal` can take: digits alone, a folded name, a folded address. */
function knownValues(values: readonly string[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const value of values) {
    const folded = fold(value);
    known.add(folded.trim());
    known.add(foldName(value));
    known.add(folded.replace(/ /g, ''));
    known.add(normalAddress(folded.trim()));
    const digits = folded.replace(/[^0-9]/g, '');
    if (digits.length >= 6) known.add(digits);
  }
  return known;
}

function withSite(detector: Detector, site: SiteWords, known: ReadonlySet<string>): Detector {
  const labels = (site.labels[detector.kind as Kind] ?? []).map((label) => literalLabel(foldLabel(label)));
  const threshold = site.thresholds[detector.kind] ?? 'likely';
  if (labels.length === 0 && known.size === 0 && threshold === 'likely') return detector;
  const roles = detector.roles.map(
    (role): Role => ({
      part: role.part,
      labels: role.part === 'whole' ? [...role.labels, ...labels] : role.labels,
      cell: (cell: Cell, labelled) => {
        const strength = role.cell(cell, labelled);
        if (strength === null || (role.part === 'whole' && known.has(role.normal(cell)))) return null;
        return judged(strength, threshold);
      },
      normal: (cell) => role.normal(cell),
    }),
  );
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
