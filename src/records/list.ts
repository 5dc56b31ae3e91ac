/**
 * Lines that are rows without a grid: `1234-567890　山田太郎　S30.3.4`, a person a line, in text or in one cell each. They are cut at what separates
 * most of them and then judged like a table without a header.
 */
import type { Row, Where } from '../model.js';
import { guessSlots } from './guess.js';
import type { Labels } from './label.js';
import { recordCounts } from './record.js';
import { CellPlace, PersonRow, tellFindings } from './row.js';
import type { RelateSink } from './sink.js';
import type { Slot } from './slot.js';

/** Tried in this order: the first that gives columns is taken. The last one cuts the fields of fixed-width dumps too. */
const SEPARATORS: readonly RegExp[] = [
  /\t+/,
  /[ 　]*[,、，/／|｜;；][ 　]*/,
  / ?　+ ?| {2,}/,
  /[ 　]+/,
  /[ 　]+|(?<=\d{6})(?=[^\d\s-])|(?<=[ｦ-ﾟァ-ヶー])(?=[\dMTSHR]\d{5})/,
];
/** Longer lines are prose. */
const LINE_UNITS_MAX = 240;
/** What stands before each line of a list. */
const BULLET = /^[・･●○◎■□◆◇▪•※*＊][ 　]*/;
const FIELDS_MAX = 24;
const LINES_MIN = 3;

export interface ListShape {
  readonly separator: RegExp;
  readonly slots: readonly Slot[];
}

/** How lines are cut and what stands in each piece; null when they are no list with a number or birthdate in it. */
export function guessList(lines: readonly string[], labels: Labels): ListShape | null {
  const tried = lines.filter((line) => line.length <= LINE_UNITS_MAX);
  if (tried.length < LINES_MIN || tried.length < lines.length * 0.7) return null;
  for (const separator of SEPARATORS) {
    const rows = tried.map((line) => cut(line, separator));
    if (rows.filter((row) => row.length > 1).length < tried.length * 0.7) continue;
    const slots = guessSlots(rows, labels);
    if (slots.some((slot) => slot.kind === 'pension-number' || slot.kind === 'birthdate')) return { separator, slots };
  }
  return null;
}

function cut(line: string, separator: RegExp): Row {
  return line.trim().replace(BULLET, '').split(separator, FIELDS_MAX);
}

export class ListReader {
  readonly #shape: ListShape;
  readonly #person: PersonRow;
  readonly #sink: RelateSink;
  readonly #copy: boolean;
  /** The line that is read: findings in its pieces are told as places in it. */
  #line = '';
  #where: Where = {};
  readonly #place = new CellPlace({});
  readonly #shifted: RelateSink;

  constructor(shape: ListShape, sink: RelateSink, copy: boolean) {
    this.#shape = shape;
    this.#person = new PersonRow(shape.slots, false);
    this.#sink = sink;
    this.#copy = copy;
    const shift = (text: string) => Math.max(0, this.#line.indexOf(text));
    this.#shifted = {
      wantsFindings: true,
      wantsDropped: false,
      record: () => {},
      finding: (kind, _where, text, start, end, strength, why) =>
        sink.finding(kind, this.#where, this.#line, shift(text) + start, shift(text) + end, strength, why),
      dropped: () => {},
    };
  }

  /** True when the line was a record that counts; false for a heading or remark between the lines. */
  line(text: string, where: Where): boolean {
    if (text.length > LINE_UNITS_MAX) return false;
    const row = cut(text, this.#shape.separator);
    const mask = this.#person.mask(row);
    if (!recordCounts(mask)) return false;
    this.#person.emit(row, mask, this.#copy, this.#sink, null);
    if (this.#sink.wantsFindings) {
      this.#line = text;
      this.#where = where;
      tellFindings(this.#shape.slots, row, this.#place, this.#shifted);
    }
    return true;
  }
}
