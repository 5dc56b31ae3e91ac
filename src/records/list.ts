/**
 * Lines that are rows without a grid: `1234-567890　山田太郎　S30.3.4`, a person a line, in text or in one cell each. They are cut at what separates
 * most of them and then judged like a table without a header.
 */
import type { Kind } from '../../detectors/contract.js';
import type { Row, Where } from '../model.js';
import { guessSlots } from './guess.js';
import type { Labels } from './label.js';
import { kindsOf, recordCounts } from './record.js';
import { CellPlace, PersonRow, tellFindings } from './row.js';
import type { RelateSink } from './sink.js';
import type { Slot } from './slot.js';
import { type Cut, cutByPlace } from './text-columns.js';

/** Of those that give columns the one is taken with which the lines say most, of equals the first. The last one cuts glued fields too. */
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

/** What numbers and dates are called that are no pension numbers and no birthdates. */
const OTHER_NUMBER =
  /(?:伝票|注文|請求|受注|発注|受付|会員|顧客|社員|職員|従業員|学籍|整理|管理|口座|契約|申込|製品|商品|問合せ)[ 　]?(?:番号|No|NO|コード|ID)/;
const OTHER_DATE = /(?:採用|入社|受付|登録|発行|交付|取得|更新|作成|加入|届出|契約|入会)[ 　]?(?:年月日|日)/;

/**
 * How lines are cut and what stands in each piece; null when they are no list with a number or birthdate in it. `above`: the line over the first, which
 * may call the columns something else.
 */
export function guessList(lines: readonly string[], labels: Labels, above = ''): ListShape | null {
  const tried = lines.filter((line) => line.length <= LINE_UNITS_MAX);
  if (tried.length < LINES_MIN || tried.length < lines.length * 0.7) return null;
  const cuts = SEPARATORS.map(
    (separator): Cut =>
      (line) =>
        cutBy(line, separator),
  );
  const byPlace = cutByPlace(tried);
  if (byPlace !== null) cuts.push(byPlace);
  let best: ListShape | null = null;
  let most = 0;
  for (const cut of cuts) {
    const rows = tried.map(cut);
    if (rows.filter((row) => row.length > 1).length < tried.length * 0.7) continue;
    const slots = guessSlots(rows, labels).filter((slot) => !isCalledOtherwise(slot.kind, above));
    const kinds = new Set(slots.map((slot) => slot.kind));
    if (!kinds.has('pension-number') && !kinds.has('birthdate')) continue;
    const person = new PersonRow(slots, false);
    const told = rows.reduce((sum, row) => sum + kindsOf(person.mask(row)).length, 0);
    if (told > most) [best, most] = [{ cut, slots }, told];
  }
  return best;
}

function isCalledOtherwise(kind: Kind, above: string): boolean {
  if (kind === 'pension-number') return OTHER_NUMBER.test(above) && !/年金|基年|基礎番号/.test(above);
  return kind === 'birthdate' && OTHER_DATE.test(above) && !/生|誕/.test(above);
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

  /** `byShape`: cells of a shape that was taken often are not asked again (shape.ts). */
  constructor(shape: ListShape, sink: RelateSink, copy: boolean, byShape: boolean) {
    this.#shape = shape;
    this.#person = new PersonRow(shape.slots, byShape);
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
