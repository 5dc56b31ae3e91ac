/**
 * Gathers values that stand close together in running text to records: which belong to one person, and where the next begins.
 * It is told where values stand and sees no text around them.
 */
import type { Kind, Match } from '../../detectors/contract.js';
import { ADDRESS, BIRTHDATE, identifies, kindBit, NAME, PENSION_NUMBER, ReusedRecord } from './record.js';
import type { RelateSink } from './sink.js';

/** A value in the order of the text. */
export interface Value {
  readonly kind: Kind;
  readonly normal: string;
  /** Code units and lines from the start of the document. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Counts sentences and lines: what stands in one unit is more surely of one person. */
  readonly unit: number;
  /** A name or address that stands for an office: the head who signs, the sender's address. */
  readonly office: boolean;
}

/** What stands further apart belongs to different records: about three lines of a letter, or five of a form. */
const GAP_UNITS_MAX = 240;
const GAP_LINES_MAX = 5;
/** Values of one unit that are looked at together; a longer unit is taken in pieces. */
const UNIT_VALUES_MAX = 64;
/** A name in kana so close to one in kanji is the same person's reading. */
const READING_UNITS_MAX = 24;

/** A record that was open when its text ended. */
export interface Carried {
  /** Normalised values, by the bit of their kind. */
  readonly values: ReadonlyMap<number, string>;
  /** Whether its last value stood close to the end of the text. */
  readonly isNear: boolean;
  readonly copy: boolean;
}

/** Opened and read anew for each document. Values must come in the order of the text. */
export class Gatherer {
  readonly #sink: RelateSink;
  readonly #record: ReusedRecord;
  #unit: Value[] = [];
  #values = new Map<number, Value>();
  /** An address or date that came a second time, by the bit of its kind: the next record's, if one follows. A list of addresses alone has no end of them: the last is kept. */
  #spare = new Map<number, Value>();
  #last: Value | null = null;
  #copy = false;

  constructor(sink: RelateSink) {
    this.#sink = sink;
    this.#record = new ReusedRecord((bit) => this.#values.get(bit)?.normal ?? '');
  }

  add(value: Value, copy: boolean): void {
    if (copy !== this.#copy) this.finish();
    this.#copy = copy;
    if (this.#unit.length > 0 && (this.#unit[0]!.unit !== value.unit || this.#unit.length >= UNIT_VALUES_MAX)) this.#closeUnit();
    this.#unit.push(value);
  }

  /** Ends the paragraph, sheet or document: what is open becomes a record. */
  finish(): void {
    this.#closeUnit();
    this.#flush();
  }

  /**
   * Hands the open record on instead of ending it, for the form that stands below the text: `山田太郎 様` over the fields of the same person.
   * Null when nothing is open, or nothing that names a person; then it has been ended.
   */
  take(end: { readonly start: number; readonly line: number }): Carried | null {
    this.#closeUnit();
    const last = this.#last;
    const values = new Map([...this.#values].map(([bit, value]) => [bit, value.normal]));
    const named = [...this.#values.values()].some((value) => !value.office && (value.kind === 'name' || identifies(value.kind)));
    if (last === null || !named || [...this.#values.values()].some((value) => value.office)) {
      this.#flush();
      return null;
    }
    const isNear = end.start - last.end <= GAP_UNITS_MAX && end.line - last.line <= GAP_LINES_MAX;
    this.#values.clear();
    this.#spare.clear();
    this.#last = null;
    return { values, isNear, copy: this.#copy };
  }

  #closeUnit(): void {
    const unit = this.#unit;
    if (unit.length === 0) return;
    this.#unit = [];
    const first = unit[0]!;
    if (this.#last !== null && isApart(this.#last, first)) this.#flush();
    // One value of another person tells that the whole unit is the next person's, whatever stands first in it.
    else if (this.#values.size > 0 && unit.some((value) => this.#isOther(value))) this.#next();
    for (const value of unit) this.#take(value);
  }

  /** A name or identifying number that can't be the open record's. */
  #isOther(value: Value): boolean {
    if (value.kind !== 'name' && !identifies(value.kind)) return false;
    const has = this.#values.get(kindBit(value.kind));
    if (has === undefined || has.normal === value.normal) return false;
    return value.kind !== 'name' || !isReading(has, value);
  }

  #take(value: Value): void {
    const bit = kindBit(value.kind);
    const has = this.#values.get(bit);
    if (has === undefined) this.#values.set(bit, value);
    else if (has.normal !== value.normal) {
      if (this.#isOther(value)) {
        this.#next();
        this.#values.set(bit, value);
      } else if (value.kind === 'name') {
        if (isKana(has.normal)) this.#values.set(bit, value);
      } else if (bit === BIRTHDATE && value.unit === this.#last?.unit) {
        // Dates first: 昭和14年…生の甲、昭和15年…生の乙.
        this.#next();
        this.#values.set(bit, value);
      } else this.#spare.set(bit, value);
    }
    this.#last = value;
  }

  /** Closes the record; what was spare opens the next. */
  #next(): void {
    const spare = this.#spare;
    this.#flush();
    for (const [bit, value] of spare) this.#values.set(bit, value);
  }

  #flush(): void {
    let mask = 0;
    for (const bit of this.#values.keys()) mask |= bit;
    // An office head and the office's address make no person's record.
    const isOffice = [...this.#values.values()].some((value) => value.office);
    if (isOffice && (mask & (PENSION_NUMBER | BIRTHDATE)) === 0 && !this.#identified())
      mask &= ~(this.#values.get(NAME)?.office === true ? NAME : ADDRESS);
    if (mask !== 0) this.#sink.record(this.#record.set(mask, this.#copy));
    this.#values.clear();
    if (this.#spare.size > 0) this.#spare = new Map();
    this.#last = null;
  }

  #identified(): boolean {
    for (const value of this.#values.values()) if (identifies(value.kind)) return true;
    return false;
  }
}

function isApart(last: Value, next: Value): boolean {
  return next.start - last.end > GAP_UNITS_MAX || next.line - last.line > GAP_LINES_MAX;
}

/** Of a normalised name. */
export const isKana = (normal: string) => /^[ァ-ヺー]+$/.test(normal);

/** 山田太郎（ヤマダタロウ）: one name twice. */
function isReading(one: Value, other: Value): boolean {
  return isKana(one.normal) !== isKana(other.normal) && other.start - one.end <= READING_UNITS_MAX;
}

/** A match that may take part in a record. */
export function isTaken(match: Match): boolean {
  return match.strength !== 'weak';
}
