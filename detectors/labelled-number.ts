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

export interface NumberRule {
  readonly kind: Kind;
  readonly version: number;
  readonly title: Record<Lang, string>;
  readonly mustContain: RegExp;
  /** Global, over folded text; the match itself is the value. */
  readonly shape: RegExp;
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
  return {
    kind: rule.kind,
    version: rule.version,
    title: rule.title,
    mustContain: rule.mustContain,
    find: (folded, dropped) => findValues(rule, folded, dropped),
    roles: [roleOf(rule)],
  };
}

function findValues(rule: NumberRule, folded: string, dropped?: (drop: Dropped) => void): Match[] {
  const matches: Match[] = [];
  rule.shape.lastIndex = 0;
  for (let found = rule.shape.exec(folded); found !== null; found = rule.shape.exec(folded)) {
    const start = found.index;
    const end = start + found[0].length;
    const drop = (why: string) => dropped?.({ kind: rule.kind, start, end, why });
    const before = folded.slice(Math.max(0, start - LABEL_UNITS), start);
    const normal = rule.normal(found[0]);
    const checked = rule.check?.(normal) ?? null;
    const labelled = rule.labelBefore.test(before);
    if (checked === false) drop('check');
    else if (!labelled && rule.otherBefore?.test(before)) drop('other-label');
    else if (labelled)
      matches.push({ kind: rule.kind, start, end, strength: strengthOf(rule, checked), normal, why: whyOf('label-before', checked) });
    else if (rule.alone === null) drop('no-label');
    else matches.push({ kind: rule.kind, start, end, strength: rule.alone, normal, why: whyOf('shape', checked) });
  }
  return matches;
}

const strengthOf = (rule: NumberRule, checked: boolean | null): Strength => (checked === true ? 'certain' : rule.labelled);
const whyOf = (first: string, checked: boolean | null) => (checked === true ? [first, 'check-digit'] : [first]);

function roleOf(rule: NumberRule): Role {
  const readValue = (cell: Cell, labelled: boolean): string | null => {
    let text = foldedCell(cell);
    if (typeof cell !== 'string') {
      if (cell.isDate) return null;
      if (labelled && rule.digits !== undefined && Number.isInteger(cell.value) && cell.value > 0)
        text = String(cell.value).padStart(rule.digits, '0');
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
