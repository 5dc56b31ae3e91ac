/** Reads the rows of a table whose slots are known: the hot path, where nothing is allocated that a record does not need. */
import { type Cell, cellText, type Kind } from '../../detectors/contract.js';
import type { Row, Where } from '../model.js';
import { valueIn } from './composite.js';
import { NAME, PENSION_NUMBER, ReusedRecord } from './record.js';
import { ShapeMemory } from './shape.js';
import type { RelateSink } from './sink.js';
import { acceptedCell, type Slot, slotCell } from './slot.js';

/** Kinds that a column's cells show by their shape; the others have check digits or are rare. */
const SHAPED: ReadonlySet<Kind> = new Set<Kind>(['pension-number', 'name', 'birthdate', 'address', 'phone']);

/** `1234-567890` and `1234567890` in ASCII as the ten digits; null for any other writing, which the role knows. */
function plainDigits(cell: Cell): string | null {
  if (typeof cell !== 'string') return null;
  if (cell.length === 11 && cell.charCodeAt(4) === 0x2d) {
    for (let at = 0; at < 11; at += 1) if (at !== 4 && !isDigit(cell.charCodeAt(at))) return null;
    return cell.slice(0, 4) + cell.slice(5);
  }
  if (cell.length !== 10) return null;
  for (let at = 0; at < 10; at += 1) if (!isDigit(cell.charCodeAt(at))) return null;
  return cell;
}

const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;

/** Digits of forms that were never filled in, which a role refuses: one digit throughout, or one half all zeros. */
function isUnfilled(digits: string): boolean {
  if (digits.endsWith('000000') || digits.startsWith('0000')) return true;
  for (let at = 1; at < digits.length; at += 1) if (digits.charCodeAt(at) !== digits.charCodeAt(0)) return false;
  return true;
}

const ZERO = 0x30;

/** A cheap look at what has the shape of a number and may be no number: `isUnfilled` as it is written. */
function looksUnfilled(cell: string): boolean {
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(9);
  if (first === ZERO && cell.charCodeAt(1) === ZERO) return true;
  if (last === ZERO && cell.charCodeAt(8) === ZERO) return true;
  return first === last && first === cell.charCodeAt(1) && first === cell.charCodeAt(6);
}

/** One person's slots over the rows. */
export class PersonRow {
  readonly #slots: readonly Slot[];
  readonly #record: ReusedRecord;
  readonly #byShape: boolean;
  /** For each slot the shapes it took; null where the digits themselves must be checked. */
  readonly #shapes: readonly (ShapeMemory | null)[];
  #row: Row = [];
  /** Normalised values from elsewhere: a remark's text, a wrapped cell in the next row. */
  #extra: ReadonlyMap<number, string> | null = null;

  /** `byShape`: cells of a shape that was taken often are not asked again. */
  constructor(slots: readonly Slot[], byShape: boolean) {
    this.#slots = slots;
    this.#byShape = byShape;
    this.#shapes = slots.map((slot) => (byShape && SHAPED.has(slot.kind) ? new ShapeMemory(slot.kind === 'address') : null));
    this.#record = new ReusedRecord((bit) => this.#valueOf(bit));
  }

  get slots(): readonly Slot[] {
    return this.#slots;
  }

  /** The kinds that stand in the row at likely or better. */
  mask(row: Row): number {
    const slots = this.#slots;
    let mask = 0;
    for (let at = 0; at < slots.length; at += 1) {
      const slot = slots[at]!;
      // A name in kana beside one in kanji adds nothing.
      if ((mask & slot.bit) !== 0) continue;
      const cell = slot.join === null ? row[slot.column] : slotCell(slot, row);
      if (cell === undefined || cell === '') continue;
      if (this.#takes(at, slot, cell)) mask |= slot.bit;
    }
    return mask;
  }

  #takes(at: number, slot: Slot, cell: Cell): boolean {
    const shapes = this.#shapes[at];
    if (shapes === undefined || shapes === null || typeof cell !== 'string') return acceptedCell(slot.role, cell) !== null;
    const shape = shapes.shapeOf(cell);
    if (shapes.isTrusted(shape) && (slot.bit !== PENSION_NUMBER || !looksUnfilled(cell))) return true;
    const taken = acceptedCell(slot.role, cell) !== null;
    shapes.note(shape, taken);
    return taken;
  }

  /** Hands the row to the sink as a record of these kinds. */
  emit(row: Row, mask: number, copy: boolean, sink: RelateSink, extra: ReadonlyMap<number, string> | null): void {
    this.#row = row;
    this.#extra = extra;
    sink.record(this.#record.set(mask, copy));
  }

  /** The normalised value of a kind in a row; '' when it does not stand there. */
  valueIn(row: Row, bit: number): string {
    this.#row = row;
    this.#extra = null;
    return this.#valueOf(bit);
  }

  /** A name in kana is taken only where none in kanji stands. */
  #valueOf(bit: number): string {
    let value = this.#extra?.get(bit) ?? '';
    if (value !== '') return value;
    for (const slot of this.#slots) {
      if (slot.bit !== bit) continue;
      const raw = slotCell(slot, this.#row);
      if (bit === PENSION_NUMBER && this.#byShape) {
        const digits = plainDigits(raw);
        if (digits !== null && !isUnfilled(digits)) return digits;
      }
      const cell = acceptedCell(slot.role, raw);
      if (cell === null) continue;
      const normal = slot.role.normal(cell);
      if (normal === '') continue;
      if (bit !== NAME || !slot.kana) return normal;
      value = normal;
    }
    return value;
  }
}

/** Tells the sink each value of a row with its place, and what was refused. Called only while the sink wants examples. */
export function tellFindings(slots: readonly Slot[], row: Row, place: CellPlace, sink: RelateSink): void {
  for (const slot of slots) {
    const strength = strengthOf(slot, row);
    for (const column of slot.columns) {
      const text = cellText(row[column] ?? '');
      if (text.trim() === '') continue;
      const [start, end] = valueIn(slot.role, text);
      if (strength !== null) sink.finding(slot.kind, place.where(column), text, start, end, strength, whyOf(slot));
      else if (sink.wantsDropped) sink.dropped(slot.kind, place.where(column), text, start, end, 'cell-shape');
    }
  }
}

function strengthOf(slot: Slot, row: Row) {
  const cell = acceptedCell(slot.role, slotCell(slot, row));
  if (cell === null) return null;
  const strength = slot.role.cell(cell, true);
  // Known by its cells alone: never more than likely.
  return slot.label === '' && strength === 'certain' ? 'likely' : strength;
}

function whyOf(slot: Slot): readonly string[] {
  const why = [slot.label === '' ? 'column-cells' : `column:${slot.label.replace(/\s+/g, ' ')}`];
  if (slot.join !== null) why.push('split-cells');
  if (slot.owner !== '') why.push(`owner:${slot.owner}`);
  return why;
}

/** Makes the place of a cell, `B12` on a sheet, row and column letter elsewhere. */
export class CellPlace {
  row = 0;
  /** Columns of a row where the rows of a record were put next to each other (folded.ts), else 0. */
  width = 0;
  readonly #base: Where;

  constructor(base: Where) {
    this.#base = base;
  }

  where(column: number): Where {
    const below = this.width === 0 ? 0 : Math.floor(column / this.width);
    const letters = columnLetters(column - below * this.width);
    const row = this.row + below;
    if (this.#base.sheet !== undefined) return { ...this.#base, cell: `${letters}${row}` };
    return { ...this.#base, line: row, cell: letters };
  }
}

/** 0 is A, 25 Z, 26 AA, as in a spreadsheet. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** A shorter remark holds nothing that makes a record: the shortest is a passport number, or a name with a date, `山田太郎S30.3.4`. */
export const REMARK_UNITS_MIN = 9;
/** A cell on its own may be a name, whose address stands elsewhere on the sheet. */
export const LONE_UNITS_MIN = 3;

/** A cheap look at whether a cell's text could hold a value at all; it may say yes too often, never no wrongly. `unitsMin`: of the two above. */
export function mayHoldProse(cell: Cell, unitsMin: number): cell is string {
  if (typeof cell !== 'string' || cell.length < unitsMin) return false;
  let digits = 0;
  let letters = 0;
  for (let at = 0; at < cell.length; at += 1) {
    const unit = cell.charCodeAt(at);
    if ((unit >= 0x30 && unit <= 0x39) || (unit >= 0xff10 && unit <= 0xff19)) {
      digits += 1;
      if (digits >= 7) return true;
    } else if (unit >= 0x3000 || (unit >= 0x41 && unit <= 0x7a)) {
      letters += 1;
      if (letters >= LONE_UNITS_MIN) return true;
    }
  }
  return false;
}
