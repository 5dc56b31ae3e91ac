/**
 * Makes a detector for a number that is known by its shape and the label before it: the neighbours of the pension number, each described in
 * a file of its own. A check has three answers: true lifts the strength, false drops the match, null leaves it.
 */
import {
  type Cell,
  cellText,
  type Detector,
  type Dropped,
  type Kind,
  type Lang,
  type Match,
  type Role,
  type Strength,
} from './contract.js';
import { fold } from './fold.js';
import { lengthSign, SIGN, type Survey, surveyOf } from './survey.js';
import { writtenNumber } from './written-number.js';

export interface NumberRule {
  readonly kind: Kind;
  readonly version: number;
  readonly title: Record<Lang, string>;
  readonly mustContain: RegExp;
  /** Sticky, over folded text; the match itself is the value. Tried where a run of digits begins that `firstDigits` names, or at `starts`. */
  readonly shape: RegExp;
  /** Lengths that the first run of digits of a value can have. */
  readonly firstDigits: readonly number[];
  /** Offsets where the shape may begin when its first digits stand at `digits`, the lower first; left out, it begins with them. */
  readonly startsAt?: (folded: string, digits: number) => readonly number[];
  /** For a value without digits: all offsets where the shape may begin, in order; asked only where an @ stands. */
  readonly starts?: (folded: string) => readonly number[];
  /** A word without which the text holds no value that counts. */
  readonly word?: string;
  /** Tried on the text of a whole cell. */
  readonly cellShape: RegExp;
  /** Ends where the value begins; tried on the last 32 units before it. */
  readonly labelBefore: RegExp;
  /** A label that says it is something else. */
  readonly otherBefore?: RegExp;
  /** What the label of a column must be. */
  readonly labels: readonly RegExp[];
  readonly check?: (normal: string) => boolean | null;
  readonly normal: (value: string) => string;
  /** Strength without a label; null: it is none without one. */
  readonly alone: Strength | null;
  /** In a cell without a label; the same as `alone` when left out. */
  readonly cellAlone?: Strength | null;
  /** With a label or column, when no check confirms. */
  readonly labelled: Strength;
  /** Digits that a numeric cell is filled up to, where leading zeros are lost. */
  readonly digits?: number;
}

const LABEL_UNITS = 32;

export const digitsOnly = (value: string) => value.replace(/[^0-9]/g, '');

/** No value is longer; a cell may hold a whole letter. */
const CELL_UNITS_MAX = 200;

/** The text of a cell as detectors compare it; '' for one that is too long to be a value. */
export function foldedCell(cell: Cell): string {
  const text = cellText(cell);
  return text.length > CELL_UNITS_MAX ? '' : fold(text).trim();
}

export function createLabelledNumber(rule: NumberRule): Detector {
  const signs = rule.starts === undefined ? lengthSign(...rule.firstDigits) : SIGN.at;
  return {
    kind: rule.kind,
    version: rule.version,
    title: rule.title,
    mustContain: rule.mustContain,
    signs,
    find: (folded, dropped, survey) =>
      rule.word === undefined || folded.includes(rule.word) ? findValues(rule, signs, folded, survey ?? surveyOf(folded), dropped) : [],
    roles: [roleOf(rule)],
  };
}

function findValues(rule: NumberRule, signs: number, folded: string, survey: Survey, dropped?: (drop: Dropped) => void): Match[] {
  const matches: Match[] = [];
  const { digitStarts, digitEnds } = survey;
  let from = 0;
  if (rule.starts !== undefined) {
    for (const start of rule.starts(folded)) if (start >= from) from = take(rule, folded, start, from, matches, dropped);
    return matches;
  }
  for (let run = 0; run < digitStarts.count; run++) {
    const digits = digitStarts.at(run);
    if (digits < from || (signs & (1 << Math.min(digitEnds.at(run) - digits, 13))) === 0) continue;
    if (rule.startsAt === undefined) from = take(rule, folded, digits, from, matches, dropped);
    else {
      for (const start of rule.startsAt(folded, digits)) {
        if (start >= from) from = take(rule, folded, start, from, matches, dropped);
      }
    }
  }
  return matches;
}

/** Judges the value that begins at `start`, if one does; gives where it ends, else `from`. */
function take(
  rule: NumberRule,
  folded: string,
  start: number,
  from: number,
  matches: Match[],
  dropped: ((drop: Dropped) => void) | undefined,
): number {
  rule.shape.lastIndex = start;
  const found = rule.shape.exec(folded);
  if (found === null) return from;
  const end = start + found[0].length;
  const before = folded.slice(Math.max(0, start - LABEL_UNITS), start);
  const labelled = rule.labelBefore.test(before);
  if (!labelled && rule.alone === null && (dropped === undefined || !rule.mustContain.test(folded))) return end;
  const drop = (why: string) => dropped?.({ kind: rule.kind, start, end, why });
  const normal = rule.normal(found[0]);
  const checked = rule.check?.(normal) ?? null;
  if (checked === false) drop('check');
  else if (!labelled && rule.otherBefore?.test(before)) drop('other-label');
  else if (labelled)
    matches.push({ kind: rule.kind, start, end, strength: strengthOf(rule, checked), normal, why: whyOf('label-before', checked) });
  else if (rule.alone === null) drop('no-label');
  else matches.push({ kind: rule.kind, start, end, strength: rule.alone, normal, why: whyOf('shape', checked) });
  return end;
}

/** A value whose digits follow two letters: `AB1234567`, `AB 1234567`. */
export const behindTwoLetters = (folded: string, digits: number) => [folded.charCodeAt(digits - 1) === 0x20 ? digits - 3 : digits - 2];

const strengthOf = (rule: NumberRule, checked: boolean | null): Strength => (checked === true ? 'certain' : rule.labelled);
const whyOf = (first: string, checked: boolean | null) => (checked === true ? [first, 'check-digit'] : [first]);

function roleOf(rule: NumberRule): Role {
  const readValue = (cell: Cell, labelled: boolean): string | null => {
    let text = foldedCell(cell);
    if (typeof cell !== 'string') {
      if (cell.isDate) return null;
      if (labelled && rule.digits !== undefined && Number.isInteger(cell.value) && cell.value > 0)
        text = String(cell.value).padStart(rule.digits, '0');
    } else if (labelled && rule.digits !== undefined) {
      const written = writtenNumber(text);
      if (written !== '') text = written.padStart(rule.digits, '0');
    }
    return text.length <= 64 && rule.cellShape.test(text) ? rule.normal(text) : null;
  };
  return {
    part: 'whole',
    labels: rule.labels,
    cell: (cell, labelled) => {
      if (cell === '') return null;
      const value = readValue(cell, labelled);
      if (value === null) return null;
      const checked = rule.check?.(value) ?? null;
      if (checked === false) return null;
      if (labelled) return strengthOf(rule, checked);
      return rule.cellAlone === undefined ? rule.alone : rule.cellAlone;
    },
    normal: (cell) => readValue(cell, true) ?? '',
  };
}
