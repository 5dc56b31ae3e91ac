/**
 * The words that detectors and their callers share. A detector knows text and cells; it knows nothing of files, of Node or of src/.
 */

import type { Survey } from './survey.js';

export type Lang = 'ja' | 'en';

/** What a match says; CONTRACT.md uses the same words in JSON. The first four are the pension service's four items. */
export type Kind = 'pension-number' | 'name' | 'birthdate' | 'address' | OtherKind;
export type OtherKind =
  | 'my-number'
  | 'resident-code'
  | 'employment-insurance'
  | 'health-insurance'
  | 'driving-licence'
  | 'passport'
  | 'residence-card'
  | 'phone'
  | 'email'
  | 'bank-account';

/** How sure a match is. `certain`: right in at least 99 of 100; `likely`: in at least 90; `weak`: a hint, never counted alone. */
export type Strength = 'certain' | 'likely' | 'weak';

/**
 * One cell of a table: '' when empty, a plain string, or a number or date that the format keeps as such.
 * Plain strings stay unwrapped because a large sheet has millions of them.
 */
export type Cell = string | NumberCell;

export interface NumberCell {
  /** What a person sees, as far as known; a date is written `YYYY-MM-DD` (with ` HH:MM:SS` when it has a time). May be computed when asked. */
  readonly text: string;
  /** The number behind the text: for a date the serial number of its workbook. */
  readonly value: number;
  /** True when the cell's number format shows a date. */
  readonly isDate: boolean;
}

export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** A place in a text. `start` and `end` count UTF-16 code units of the text that was handed in, `end` exclusive. */
export interface Match {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly strength: Strength;
  /** The value in the one form that equal values share: digits only, a folded name without spaces, an ISO date. */
  readonly normal: string;
  /** Why it was taken, in codes that `src/words` turns into sentences; never text of the file. */
  readonly why: readonly string[];
}

/** What looked like one and was not: for `explain --dropped`. */
export interface Dropped {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

/**
 * Which part of a value a column or field can hold. `whole` is the value itself; a name may be split into family and given
 * (or stand in kana beside the kanji), a pension number into its first four and last six digits, a birthdate into era, year, month and day,
 * an address into postcode, prefecture, city and the rest.
 */
export type Part =
  | 'whole'
  | 'kana'
  | 'family'
  | 'given'
  | 'family-kana'
  | 'given-kana'
  | 'office'
  | 'serial'
  | 'digit'
  | 'era'
  | 'year'
  | 'month'
  | 'day'
  | 'postcode'
  | 'prefecture'
  | 'city'
  | 'rest';

/** What a column of a table or a field of a form can be. */
export interface Role {
  readonly part: Part;
  /** What such a column or field is called; tried on the folded label (fold.ts) without its spaces. Anchored: substrings are the pattern's business. */
  readonly labels: readonly RegExp[];
  /** How sure this cell is such a value: by shape and checks alone, or, when `labelled`, with the label as context. Null: it is not one. */
  cell(cell: Cell, labelled: boolean): Strength | null;
  /** The value in the one form that equal values share. Only for cells that `cell` accepted; parts are joined by records/. */
  normal(cell: Cell): string;
}

export interface Detector {
  readonly kind: Kind;
  /** Raised whenever the same input may give another answer: results of older versions are then not reused. */
  readonly version: number;
  readonly title: Record<Lang, string>;
  /** A cheap first look at the folded text; when it fails, `find` is not called. Must run in linear time. */
  readonly mustContain: RegExp;
  /** The same by a survey of the text: bits of `SIGN`, one of which must stand there. Where it is given, `mustContain` is not asked. */
  readonly signs?: number;
  /**
   * Matches in running text, in order of `start`. `folded` is as long as the original, so offsets agree. `survey` is of the same text, in which
   * stretches may have been blanked since; without it the detector makes its own.
   */
  find(folded: string, dropped?: (drop: Dropped) => void, survey?: Survey): Iterable<Match>;
  readonly roles: readonly Role[];
}

/** A site's own words, from its policy file. */
export interface SiteWords {
  /** Extra labels per kind, taken literally. */
  readonly labels: Partial<Record<Kind, readonly string[]>>;
  /** Extra family and given names; one with a space is a whole name. Extra places: one that ends in 市, 区, 町 or 村 is a municipality, all are towns. */
  readonly names: readonly string[];
  readonly places: readonly string[];
  /** Values never to be reported (test data, the office's own numbers and address), in any notation. */
  readonly known: readonly string[];
  /** Kinds that are switched off. */
  readonly off: readonly Kind[];
  /** The strength from which a kind counts, where it is not `likely`: what is below becomes `weak`, what reaches it `likely` at least. */
  readonly thresholds: Partial<Record<Kind, Strength>>;
}

export const NO_SITE_WORDS: SiteWords = { labels: {}, names: [], places: [], known: [], off: [], thresholds: {} };
