/** Reads the rows below a header whose columns are known, in constant memory: records, remarks with text in them, cells wrapped into the next row. */
import { cellText, type Kind, type Match } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import type { Aside } from './aside.js';
import { Gatherer, isKana, isTaken } from './gather.js';
import { ADDRESS, identifies, kindBit, NAME, PENSION_NUMBER, recordCounts } from './record.js';
import { type CellPlace, mayHoldProse, PersonRow, REMARK_UNITS_MIN, tellFindings } from './row.js';
import type { Detectors, RelateSink } from './sink.js';
import { acceptedCell, type Slot, slotCell } from './slot.js';

export interface ColumnsOptions {
  readonly detectors: Detectors;
  readonly sink: RelateSink;
  readonly place: CellPlace;
  readonly copy: boolean;
  /** The slots of each person of a row. */
  readonly persons: readonly (readonly Slot[])[];
  /** Columns with a label that says what they are: not searched as text. */
  readonly known: ReadonlySet<number>;
  /** Columns with a label whose values are no person's of this table. */
  readonly aside: readonly Aside[];
  /** An address stands once for several rows: a cell merged over a household. */
  readonly shared: boolean;
}

/** Remarks remembered as empty, and their length: enough for the phrases of an office, little memory for a column of prose. */
const BARREN_MAX = 2_000;
const BARREN_UNITS_MAX = 80;

interface Pending {
  readonly number: number;
  readonly row: Row;
  readonly mask: number;
}

export class ColumnsReader {
  readonly #options: ColumnsOptions;
  readonly #persons: readonly PersonRow[];
  readonly #masks: number[];
  readonly #known: Uint8Array;
  readonly #barren = new Set<string>();
  readonly #gatherer: Gatherer;
  /** True where one person stands in a row and an address has a column beside others: only there are wrapped cells put together. */
  readonly #wraps: boolean;
  /** A person without an address, which may stand in the next row; an address before its person. */
  #pending: Pending | null = null;
  #orphan: Row | null = null;
  /** The last row with an address of its own, where one stands for several. */
  #above: Row | null = null;
  #offset = 0;

  constructor(options: ColumnsOptions) {
    this.#options = options;
    const byShape = (options.detectors.known?.size ?? 0) === 0;
    this.#persons = options.persons.map((slots) => new PersonRow(slots, byShape));
    this.#masks = options.persons.map(() => 0);
    this.#known = new Uint8Array(
      1 + Math.max(0, ...options.known, ...options.persons.flatMap((slots) => slots.flatMap((slot) => slot.columns))),
    );
    for (const at of options.known) this.#known[at] = 1;
    for (const slots of options.persons) for (const slot of slots) for (const at of slot.columns) this.#known[at] = 1;
    this.#gatherer = new Gatherer(options.sink);
    const [kinds = []] = options.persons.map((slots) => slots.map((slot) => slot.kind === 'address'));
    this.#wraps = options.persons.length === 1 && kinds.includes(true) && kinds.includes(false);
  }

  /** True when a record was read; false for a row that is none: a header, a subtotal, a note, the rest of the row above. */
  row(number: number, row: Row): boolean {
    const persons = this.#persons;
    const masks = this.#masks;
    let counts = false;
    for (let at = 0; at < persons.length; at += 1) {
      const mask = persons[at]!.mask(row);
      masks[at] = mask;
      if (mask !== 0 && recordCounts(mask)) counts = true;
    }
    if (!counts) return false;
    this.#keep(number, row);
    return true;
  }

  /** A row that `row` refused and that is no header: what stands in it alone. Gives false when nothing was known in it. */
  rest(number: number, row: Row): boolean {
    let any = 0;
    for (const mask of this.#masks) any |= mask;
    if (any === 0) return false;
    if (this.#wraps && any === ADDRESS && this.#standsAlone(row)) {
      this.#tell(number, row);
      if (this.#pending !== null) this.#settle(row);
      else this.#orphan = row;
      return true;
    }
    this.#keep(number, row);
    return true;
  }

  /** A row that is none of the table's, without the values of columns that were set aside: an office's address is no more a person's in a row of its own. */
  withoutAside(number: number, row: Row): Row {
    const { aside, sink, place } = this.#options;
    if (aside.length === 0) return row;
    const rest = [...row];
    for (const { at, kind, role, why } of aside) {
      const cell = row[at] ?? '';
      if (cell === '' || acceptedCell(role, cell) === null) continue;
      place.row = number;
      const text = cellText(cell);
      if (sink.wantsDropped) sink.dropped(kind, place.where(at), text, 0, text.length, why);
      rest[at] = '';
    }
    return rest;
  }

  /** Ends the table. */
  finish(): void {
    this.#settle(null);
    this.#gatherer.finish();
  }

  #keep(number: number, row: Row): void {
    const { sink, copy } = this.#options;
    if (this.#pending !== null) this.#settle(null);
    const orphan = this.#orphan;
    this.#orphan = null;
    const extra = this.#remarks(number, row);
    if (this.#options.shared && (this.#masks[0]! & ADDRESS) !== 0) this.#above = row;
    for (let at = 0; at < this.#persons.length; at += 1) {
      let mask = this.#masks[at]!;
      if (mask === 0) continue;
      if (this.#wraps && (mask & ADDRESS) === 0 && (mask & (NAME | PENSION_NUMBER)) !== 0 && extra === null) {
        if (orphan === null) this.#pending = { number, row, mask };
        else this.#lend(row, mask, orphan);
        continue;
      }
      if (extra !== null) for (const bit of extra.keys()) mask |= bit;
      this.#persons[at]!.emit(row, mask, copy, sink, extra);
    }
    if (sink.wantsFindings) this.#tell(number, row);
  }

  #tell(number: number, row: Row): void {
    const { sink, place } = this.#options;
    if (!sink.wantsFindings) return;
    place.row = number;
    for (const person of this.#persons) tellFindings(person.slots, row, place, sink);
    if (sink.wantsDropped) this.withoutAside(number, row);
  }

  /** Emits the held person, with the address of the next row if that is all that stands in it. */
  #settle(address: Row | null): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending === null) return;
    if (address !== null) this.#lend(pending.row, pending.mask, address);
    else if (this.#isMember(pending)) this.#lend(pending.row, pending.mask, this.#above!);
    else this.#persons[0]!.emit(pending.row, pending.mask, this.#options.copy, this.#options.sink, null);
  }

  /** A name and nothing else below a row with name and address: one of the same household, unless one of the two is the other's reading. */
  #isMember({ row, mask }: Pending): boolean {
    const above = this.#above;
    if (above === null || mask !== NAME) return false;
    const [first, name] = [this.#persons[0]!.valueIn(above, NAME), this.#persons[0]!.valueIn(row, NAME)];
    return first !== '' && first !== name && isKana(first) === isKana(name);
  }

  #lend(row: Row, mask: number, address: Row): void {
    const person = this.#persons[0]!;
    const extra = new Map([[ADDRESS, person.valueIn(address, ADDRESS)]]);
    person.emit(row, mask | ADDRESS, this.#options.copy, this.#options.sink, extra);
  }

  /** An address and nothing in the columns that would make the row a person's own. */
  #standsAlone(row: Row): boolean {
    return this.#persons[0]!.slots.every((slot) => slot.kind === 'address' || slotCell(slot, row) === '');
  }

  /** Searches the cells of columns without a role; what fits the row's one person is given back, the rest makes records of its own. */
  #remarks(number: number, row: Row): ReadonlyMap<number, string> | null {
    const known = this.#known;
    let extra: Map<number, string> | null = null;
    for (let at = 0; at < row.length; at += 1) {
      if (at < known.length && known[at] === 1) continue;
      const cell = row[at]!;
      if (!mayHoldProse(cell, REMARK_UNITS_MIN) || this.#barren.has(cell)) continue;
      const matches = this.#search(number, at, cell);
      if (matches.length === 0) {
        this.#remember(cell);
        continue;
      }
      if (this.#persons.length === 1 && this.#fits(row, matches)) {
        for (const match of matches) {
          const bit = kindBit(match.kind);
          if ((this.#masks[0]! & bit) !== 0 || !isMissing(match.kind)) continue;
          extra ??= new Map();
          extra.set(bit, match.normal);
        }
      } else this.#apart(number, matches);
      this.#offset += cell.length + 1;
    }
    return extra;
  }

  /** The same remark stands in many rows: what held nothing once is not searched again. */
  #remember(cell: string): void {
    if (cell.length > BARREN_UNITS_MAX || this.#barren.size >= BARREN_MAX || this.#options.sink.wantsDropped) return;
    // A cell may be a slice that keeps its whole chunk of the file in memory; what is kept must be a text of its own.
    this.#barren.add(Buffer.from(cell, 'utf16le').toString('utf16le'));
  }

  #search(number: number, column: number, cell: string): Match[] {
    const { detectors, sink, place } = this.#options;
    place.row = number;
    const matches = detectors.find(
      cell,
      sink.wantsDropped ? (drop) => sink.dropped(drop.kind, place.where(column), cell, drop.start, drop.end, drop.why) : undefined,
    );
    if (sink.wantsFindings) {
      for (const match of matches) sink.finding(match.kind, place.where(column), cell, match.start, match.end, match.strength, match.why);
    }
    return matches.filter(isTaken);
  }

  /** No other person's name or number among them. */
  #fits(row: Row, matches: readonly Match[]): boolean {
    const seen = new Set<Kind>();
    return matches.every((match) => {
      if (match.kind !== 'name' && !identifies(match.kind)) return true;
      if (seen.has(match.kind)) return false;
      seen.add(match.kind);
      const bit = kindBit(match.kind);
      return (this.#masks[0]! & bit) === 0 || this.#persons[0]!.valueIn(row, bit) === match.normal;
    });
  }

  #apart(number: number, matches: readonly Match[]): void {
    for (const { kind, normal, start, end } of matches) {
      this.#gatherer.add(
        { kind, normal, start: this.#offset + start, end: this.#offset + end, line: number, unit: number, office: false },
        this.#options.copy,
      );
    }
  }
}

/** What a remark may add to its row. An address in a remark is as often a place of work. */
function isMissing(kind: Kind): boolean {
  return identifies(kind) || kind === 'name' || kind === 'birthdate';
}
