/**
 * Birthdates: a full date with the company that makes it one (a label, 生, a column), at an age that people reach. A date alone is a hint.
 */
import { ageOn, type CivilDate, eraDate, eraOf, eraYear, isoDate, readIso, readNumeral, serialDate } from './calendar.js';
import type { Cell, Detector, Dropped, Match, Role, Strength } from './contract.js';
import { DATE_FIRST_LOOK, DATE_SIGNS, type DateMatch, findDates, readDate } from './date-notation.js';
import { foldedCell } from './labelled-number.js';
import { labelPattern } from './labels.js';
import { type Survey, surveyOf } from './survey.js';
import type { Trace } from './trace.js';

/** The oldest person known reached 122; the register of residents holds nobody above 120 who was met in person. */
export const AGE_MAX = 120;
const BEFORE_UNITS = 16;
const AFTER_UNITS = 24;

const LABEL_BEFORE =
  /(?:生 ?年 ?月 ?日|誕 ?生 ?日|生まれた日|出生(?:年月日|日)|生 ?年|d\.? ?o\.? ?b\.?|birth ?-?(?:date|day)|date of birth|born(?: on)?)[^。\n]{0,10}$/i;
const OTHER_LABEL =
  /(?:発行|交付|受付|支給|作成|更新|有効|取得|喪失|届出|資格|改正|施行|公布|没|死亡|入社|退職|入学|卒業|決定|処理|印刷|提出|期限)[^。\n]{0,8}$/;
const AFTER_SELF = /^ ?[)\]]? ?(?:\([^()\n]{1,12}\) ?)?(?:生まれ|うまれ|生れ|産まれ|生(?=$|[ )）、。,.・/\]」』\n\tの]|に|で)|誕生|出生)/;
const AFTER_WITHIN = /^[^。\n0-9]{0,16}?(?:に生まれ|にうまれ|生まれ|生れ|に誕生|誕生(?!日)|出生)/;
/** `山田太郎(1955年3月4日 - )`: the span of a life in brackets after a name. */
const LIFE_BEFORE = /[^\s(]\([^()\n]{0,24}$/;
const LIFE_AFTER = /^ ?(?:\([^()\n]{1,12}\) ?)?[-~〜] ?(?:\)|[0-9明大昭平令]|$|[^)\n]{1,30}\))/;

export interface BirthdateOptions {
  readonly asOf: CivilDate;
  /** Told of the years that are judged by that day. */
  readonly trace?: Trace;
}

const LABEL = labelPattern(
  '生年月日|誕生日|誕生年月日|出生年月日|出生日|生誕日|生年月|生年|生まれた日|生まれ|年月日生|birth|birth-?_?(?:date|day)|date_?of_?birth|d\\.?o\\.?b\\.?|seinengappi',
);
const LABEL_ERA = labelPattern('(?:生年月日|誕生日|生年)?[(_-]?(?:年号|元号|和暦元号|生年元号)\\)?');
const LABEL_YEAR = labelPattern('(?:生年月日|誕生日|出生|生)[(_-]?年\\)?|生年|birth_?year');
const LABEL_MONTH = labelPattern('(?:生年月日|誕生日|出生|生)[(_-]?月\\)?|生月|birth_?month');
const LABEL_DAY = labelPattern('生年月日[(_-]?日\\)?|生日|birth_?day_?of_?month');

const UNSURE: ReadonlySet<DateMatch['form']> = new Set(['two-digit', 'era-code']);

/** Excel serial numbers of people alive: 1915-01-01 to 2026-11-22 (DETECTION: "between about 5,480 and 46,350"). */
const SERIAL_MIN = 5_480;
const SERIAL_MAX = 46_350;

interface CellDate {
  readonly date: CivilDate;
  readonly sure: boolean;
}

export function createBirthdate(options: BirthdateOptions): Detector {
  const { asOf, trace } = options;
  const lives = (date: CivilDate) => {
    trace?.year(date.year);
    const age = ageOn(date, asOf);
    return age >= 0 && age <= AGE_MAX;
  };
  // A cell is judged and then read: the last answer is kept.
  let lastCell: Cell = '';
  let lastLabelled = false;
  let lastDate: CellDate | null = null;
  const dateOfCell = (cell: Cell, labelled: boolean): CellDate | null => {
    if (cell !== lastCell || labelled !== lastLabelled) {
      lastDate = readCell(cell, labelled);
      lastCell = cell;
      lastLabelled = labelled;
    }
    return lastDate;
  };
  const readCell = (cell: Cell, labelled: boolean): CellDate | null => {
    if (typeof cell !== 'string' && cell.isDate) {
      // The text first: only the reader of the file knows whether its serials count from 1900 or from 1904.
      const date = readIso(cell.text) ?? readDate(foldedCell(cell))?.date ?? serialDate(cell.value);
      return date && { date, sure: true };
    }
    const match = readDate(foldedCell(cell));
    if (match !== null && (labelled || !UNSURE.has(match.form))) return { date: match.date, sure: !UNSURE.has(match.form) };
    const value = typeof cell === 'string' ? serialText(cell) : cell.value;
    if (labelled && value >= SERIAL_MIN && value <= SERIAL_MAX) {
      const date = serialDate(value);
      return date && { date, sure: false };
    }
    return null;
  };
  const whole: Role = {
    part: 'whole',
    labels: [LABEL],
    cell(cell, labelled): Strength | null {
      if (cell === '') return null;
      const read = dateOfCell(cell, labelled);
      if (read === null || !lives(read.date)) return null;
      if (!labelled) return 'weak';
      return read.sure ? 'certain' : 'likely';
    },
    normal: (cell) => {
      const read = dateOfCell(cell, true);
      return read === null ? '' : isoDate(read.date);
    },
  };
  return {
    kind: 'birthdate',
    version: 2,
    title: { ja: '生年月日', en: 'birthdate' },
    mustContain: DATE_FIRST_LOOK,
    signs: DATE_SIGNS,
    find: (folded, dropped, survey) => findBirthdates(folded, survey ?? surveyOf(folded), lives, dropped),
    roles: [whole, ...splitRoles(asOf, trace)],
  };
}

const serialText = (text: string) => (/^[0-9]{4,5}$/.test(text) ? Number(text) : Number.NaN);

function findBirthdates(folded: string, survey: Survey, lives: (date: CivilDate) => boolean, dropped?: (drop: Dropped) => void): Match[] {
  const matches: Match[] = [];
  for (const { start, end, date, form } of findDates(folded, survey)) {
    if (!lives(date)) {
      dropped?.({ kind: 'birthdate', start, end, why: 'age' });
      continue;
    }
    const company = companyOf(folded, start, end);
    if (company === 'other-label') {
      dropped?.({ kind: 'birthdate', start, end, why: 'other-label' });
      continue;
    }
    matches.push({
      kind: 'birthdate',
      start,
      end,
      strength: company === null ? 'weak' : company === 'life-span' ? 'likely' : 'certain',
      normal: isoDate(date),
      why: [company ?? 'date-alone', `date-${form}`],
    });
  }
  return matches;
}

type Company = 'label-before' | 'born-after' | 'life-span' | 'other-label' | null;

function companyOf(folded: string, start: number, end: number): Company {
  const after = folded.slice(end, end + AFTER_UNITS);
  if (AFTER_SELF.test(after)) return 'born-after';
  const before = folded.slice(Math.max(0, start - BEFORE_UNITS - 6), start);
  const label = LABEL_BEFORE.exec(before);
  // The nearer label speaks: 生年月日 昭和30年3月4日 交付日 平成20年5月6日.
  if (OTHER_LABEL.test(before)) return 'other-label';
  if (label !== null && !/[0-9]{1,2}[日.)]?[^0-9]{0,12}[0-9]/.test(label[0])) return 'label-before';
  if (AFTER_WITHIN.test(after)) return 'born-after';
  if (LIFE_BEFORE.test(folded.slice(Math.max(0, start - 26), start)) && LIFE_AFTER.test(after)) return 'life-span';
  return null;
}

/** Columns that hold a part each: era | year | month | day. records/ joins their normal forms with spaces: `S 30 3 4` or ` 1955 3 4`. */
function splitRoles(asOf: CivilDate, trace?: Trace): readonly Role[] {
  const numberOf = (cell: Cell, unit: string) => {
    if (typeof cell !== 'string' && !cell.isDate && Number.isInteger(cell.value)) return cell.value;
    const text = foldedCell(cell);
    return readNumeral(text.endsWith(unit) ? text.slice(0, -1).trim() : text);
  };
  const numbered = (part: 'month' | 'day', label: RegExp, unit: string, max: number): Role => ({
    part,
    labels: [label, new RegExp(`^${unit}$`)],
    cell: (cell, labelled) => {
      if (!labelled || cell === '') return null;
      const number = numberOf(cell, unit);
      return number >= 1 && number <= max ? 'likely' : null;
    },
    normal: (cell) => String(numberOf(cell, unit)),
  });
  const eraCell = (cell: Cell) => eraOf(foldedCell(cell).replace(/^[13579][.:] ?(?=[明大昭平令])/, ''));
  return [
    {
      part: 'era',
      labels: [LABEL_ERA, /^(?:元号|年号)$/],
      cell: (cell, labelled) => (labelled && cell !== '' && eraCell(cell) !== null ? 'likely' : null),
      normal: (cell) => eraCell(cell) ?? '',
    },
    {
      part: 'year',
      labels: [LABEL_YEAR, /^(?:年|西暦|和暦)$/],
      cell: (cell, labelled) => {
        if (!labelled || cell === '') return null;
        const text = foldedCell(cell);
        if (/^(?:明治|大正|昭和|平成|令和|[MTSHR])(?:元|[0-9]{1,2})年?$/i.test(text)) return 'likely';
        const year = numberOf(cell, '年');
        if (year >= 1 && year <= 64) return 'likely';
        trace?.year(year);
        return year >= asOf.year - AGE_MAX && year <= asOf.year ? 'likely' : null;
      },
      normal: (cell) => {
        const text = foldedCell(cell);
        const parts = /^(明治|大正|昭和|平成|令和|[MTSHR])(元|[0-9]{1,2})年?$/i.exec(text);
        const era = parts && eraOf(parts[1]!);
        return era ? String(eraYear(era, readNumeral(parts![2]!)) ?? '') : String(numberOf(cell, '年'));
      },
    },
    numbered('month', LABEL_MONTH, '月', 12),
    numbered('day', LABEL_DAY, '日', 31),
  ];
}

/** Joins the normal forms of split columns; null when they are no date. Without an era a year up to 64 is one of the Shōwa era. */
export function joinBirthdate(era: string, year: string, month: string, day: string): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const known = eraOf(era);
  if (known !== null && y < 100) {
    const date = eraDate(known, y, m, d);
    return date && isoDate(date);
  }
  const date = y >= 1000 ? { year: y, month: m, day: d } : eraDate('S', y, m, d);
  return date && isoDate(date);
}
