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
import { type Cut, cutByPlace } from './text-columns.js';

/** Of those that give columns the one is taken that gives the most kinds, of equals the first. The last one cuts glued fields too. */
const SEPARATORS: readonly RegExp[] = [
  /\t+/,
  /[ 　]*[,、，/／|｜│┃;；][ 　]*/,
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
  readonly cut: Cut;
  readonly slots: readonly Slot[];
}

/** How lines are cut and what stands in each piece; null when they are no list with a number or birthdate in it. */
export function guessList(lines: readonly string[], labels: Labels): ListShape | null {
  const tried = lines.filter((line) => line.length <= LINE_UNITS_MAX);
  if (tried.length < LINES_MIN || tried.length < lines.length * 0.7) return null;
  const cuts = SEPARATORS.map((separator): Cut => (line) => cutBy(line, separator));
  const byPlace = cutByPlace(tried);
  if (byPlace !== null) cuts.push(byPlace);
  let best: ListShape | null = null;
  let most = 0;
  for (const cut of cuts) {
    const rows = tried.map(cut);
    if (rows.filter((row) => row.length > 1).length < tried.length * 0.7) continue;
    const slots = guessSlots(rows, labels);
    const kinds = new Set(slots.map((slot) => slot.kind));
    if ((kinds.has('pension-number') || kinds.has('birthdate')) && kinds.size > most) [best, most] = [{ cut, slots }, kinds.size];
  }
  return best;
}

function cutBy(line: string, separator: RegExp): Row {
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
    const row = this.#shape.cut(text);
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
