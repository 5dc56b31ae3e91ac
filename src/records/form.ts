/**
 * Reads rows that are no table: labels with the value right of or below them, one person or many forms below each other, and whatever text the
 * other cells hold. It asks for no grid, and remembers one form at a time.
 */
import { type Cell, cellText, type Kind } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import type { CarriedPerson } from './carried.js';
import { valueIn } from './composite.js';
import { FormPerson } from './form-person.js';
import { joinedValue } from './form-values.js';
import { Gatherer, isTaken } from './gather.js';
import { CONTACT_OWNER, isOwnerHeading, type LabelRole, type Labels, ownerOf } from './label.js';
import { isOffice } from './office.js';
import { type CellPlace, LONE_UNITS_MIN, mayHoldProse } from './row.js';
import type { Detectors, RelateSink } from './sink.js';
import { acceptedCell } from './slot.js';

/** Rows under a label in which its value may stand. */
const BELOW_ROWS = 2;

/** A label, a colon and a value in one cell. */
const INLINE_UNITS_MAX = 120;

interface Awaited {
  readonly label: LabelRole;
  readonly text: string;
  readonly owner: string;
  readonly until: number;
}

export interface FormOptions {
  readonly detectors: Detectors;
  readonly labels: Labels;
  readonly sink: RelateSink;
  readonly place: CellPlace;
  readonly copy: boolean;
  /** Labels in the first column and a person in each column right of it. */
  readonly transposed: boolean;
  /** Who the text above was about. */
  readonly carried: CarriedPerson;
}

export class FormReader {
  readonly #options: FormOptions;
  readonly #gatherer: Gatherer;
  /** By owner; in a transposed table by owner and column. */
  readonly #persons = new Map<string, FormPerson>();
  readonly #awaited = new Map<number, Awaited>();
  /** The heading under which the rows stand: 配偶者. */
  #section = '';
  #offset = 0;

  constructor(options: FormOptions) {
    this.#options = options;
    this.#gatherer = new Gatherer(options.sink);
  }

  row(number: number, row: Row): void {
    const { labels, place } = this.#options;
    place.row = number;
    for (let at = 0; at < row.length; at += 1) {
      const cell = row[at]!;
      if (cell === '') continue;
      const roles = typeof cell === 'string' ? labels.of(cell) : [];
      if (roles.length > 0) at = this.#labelled(number, row, at, roles);
      else if (typeof cell === 'string' && isOwnerHeading(cell)) this.#section = ownerOf(cell);
      else if (!this.#below(number, at, cell) && !this.#inline(row, at, cell)) this.#prose(number, at, cell, row);
    }
  }

  finish(): void {
    this.#flush();
    this.#options.carried.finish();
    this.#gatherer.finish();
  }

  /** True when a form is open that has none of these kinds yet. */
  lacks(kinds: ReadonlySet<Kind>): boolean {
    const main = this.#persons.get('|');
    return main?.isStarted === true && [...kinds].every((kind) => !main.has(kind));
  }

  #flush(): void {
    const main = this.#persons.get('|');
    // 連絡先住所 of a form that names no other person is where its person can be reached.
    const contact = this.#persons.get(`${CONTACT_OWNER}|`);
    if (main?.isStarted === true && contact?.has('name') === false) {
      main.add(contact);
      this.#persons.delete(`${CONTACT_OWNER}|`);
    }
    if (main?.isStarted === true) this.#options.carried.meet(main, this.#options.copy);
    for (const person of this.#persons.values()) person.emit(this.#options.sink, this.#options.copy);
    this.#persons.clear();
    this.#section = '';
  }

  /** Reads the value of the label at `at`; gives the last column that was used up. */
  #labelled(number: number, row: Row, at: number, roles: readonly LabelRole[]): number {
    const text = cellText(row[at]!);
    const owner = ownerOf(text) || this.#section;
    const values = this.#valuesRight(row, at);
    if (this.#options.transposed && values.length > 0) return this.#across(row, values, roles[0]!, text, owner);
    this.#open(roles[0]!, owner);
    const first = values[0];
    const parts = first === undefined ? [] : this.#options.labels.parts(text).filter((one) => acceptedCell(one.role, row[first]!) !== null);
    if (first !== undefined && parts.length > 1) {
      for (const part of parts) this.#put(part, row[first]!, owner, '', text, [first], row);
      return first;
    }
    for (const role of roles) {
      for (const column of values) {
        const cell = row[column]!;
        if (acceptedCell(role.role, cell) === null) continue;
        const given = role.kind === 'name' ? this.#givenName(role, row, column) : null;
        if (given === null) this.#put(role, cell, owner, '', text, [column], row);
        else this.#put(role, `${cellText(cell)} ${given}`, owner, '', text, [column, column + 1], row);
        // What stands between label and value, a postcode or a remark, may still hold text.
        return given === null ? column : column + 1;
      }
    }
    const whole = this.#options.labels.whole(roles[0]!.kind);
    const joined =
      whole &&
      joinedValue(
        whole,
        values.map((column) => cellText(row[column]!)),
      );
    if (whole !== null && joined !== null) {
      const columns = values.slice(0, joined.count);
      this.#put(whole, joined.cell, owner, '', text, columns, row);
      return columns[columns.length - 1]!;
    }
    if (values.length === 0) this.#awaited.set(at, { label: roles[0]!, text, owner, until: number + BELOW_ROWS });
    return at;
  }

  /** The filled cells right of a label, up to the next one. */
  #valuesRight(row: Row, at: number): number[] {
    const columns: number[] = [];
    for (let column = at + 1; column < row.length; column += 1) {
      const cell = row[column]!;
      if (cell === '') continue;
      if (typeof cell === 'string' && this.#options.labels.of(cell).length > 0 && !/^\s*[年月日]\s*$/.test(cell)) break;
      columns.push(column);
    }
    return columns;
  }

  /** 山田 | 太郎 in two cells next to each other. */
  #givenName(role: LabelRole, row: Row, column: number): string | null {
    const [family, given] = [cellText(row[column]!).trim(), cellText(row[column + 1] ?? '').trim()];
    const short = (text: string) => /^[^\s\d()（）]{1,4}$/.test(text);
    if (!short(family) || !short(given) || this.#options.labels.of(given).length > 0) return null;
    return role.role.part === 'whole' && acceptedCell(role.role, `${family} ${given}`) !== null ? given : null;
  }

  /** One value for each column of a transposed table. */
  #across(row: Row, columns: readonly number[], role: LabelRole, text: string, owner: string): number {
    if (columns.some((column) => this.#persons.get(`${owner}|${column}`)?.opens(role, true))) this.#flush();
    for (const column of columns) {
      if (acceptedCell(role.role, row[column]!) !== null) this.#put(role, row[column]!, owner, String(column), text, [column], row);
    }
    return columns[columns.length - 1]!;
  }

  /** A label that opens the form again closes the form before. */
  #open(role: LabelRole, owner: string): void {
    if (owner !== '') return;
    const main = this.#persons.get('|');
    if (main === undefined) this.#persons.set('|', new FormPerson(this.#options.labels));
    else if (main.opens(role, false)) {
      this.#flush();
      this.#persons.set('|', new FormPerson(this.#options.labels));
    }
    this.#persons.get('|')!.see(role);
  }

  #put(role: LabelRole, cell: Cell, owner: string, column: string, text: string, columns: readonly number[], row: Row): void {
    const { sink, place, labels, copy } = this.#options;
    const key = `${owner}|${column}`;
    let person = this.#persons.get(key);
    if (person?.conflicts(role, cell)) {
      const isMain = owner === '' && column === '';
      if (isMain) this.#flush();
      else person.emit(sink, copy);
      person = new FormPerson(labels);
      if (isMain) person.see(role);
    }
    person ??= new FormPerson(labels);
    this.#persons.set(key, person);
    person.put(role, cell);
    if (!sink.wantsFindings) return;
    const taken = acceptedCell(role.role, cell);
    const strength = taken === null ? null : role.role.cell(taken, true);
    if (strength === null) return;
    for (const at of columns) {
      const raw = cellText(row[at]!);
      const [start, end] = valueIn(role.role, raw);
      sink.finding(role.kind, place.where(at), raw, start, end, strength, [`field:${text.replace(/\s+/g, ' ')}`]);
    }
  }

  /** The value under a label that had none on its right. */
  #below(number: number, at: number, cell: Cell): boolean {
    const awaited = this.#awaited.get(at);
    if (awaited === undefined) return false;
    this.#awaited.delete(at);
    if (number > awaited.until || acceptedCell(awaited.label.role, cell) === null) return false;
    const row: Cell[] = [];
    row[at] = cell;
    this.#put(awaited.label, cell, awaited.owner, '', awaited.text, [at], row);
    return true;
  }

  /** `氏名：山田太郎` in one cell. */
  #inline(row: Row, at: number, cell: Cell): boolean {
    const parts = typeof cell === 'string' && cell.length <= INLINE_UNITS_MAX ? /^([^:：\n]{1,24})[:：]\s*([^\n]+)$/.exec(cell) : null;
    if (parts === null) return false;
    const [, label, value] = parts as unknown as [string, string, string];
    const role = this.#options.labels.of(label).find((one) => acceptedCell(one.role, value) !== null);
    if (role === undefined) return false;
    const owner = ownerOf(label) || this.#section;
    this.#open(role, owner);
    this.#put(role, value, owner, '', label, [at], row);
    return true;
  }

  /** Any other cell is searched as text. A number found there is the form's when the form has none. */
  #prose(number: number, at: number, cell: Cell, row: Row): void {
    if (!mayHoldProse(cell, LONE_UNITS_MIN)) return;
    const { detectors, sink, place, copy } = this.#options;
    const onDropped = sink.wantsDropped
      ? (drop: { kind: LabelRole['kind']; start: number; end: number; why: string }) =>
          sink.dropped(drop.kind, place.where(at), cell, drop.start, drop.end, drop.why)
      : undefined;
    const matches = detectors.find(cell, onDropped);
    const main = this.#persons.get('|');
    for (const match of matches) {
      if (isTaken(match)) {
        if (main?.wants(match)) main.take(match);
        else {
          this.#gatherer.add(
            {
              kind: match.kind,
              normal: match.normal,
              start: this.#offset + match.start,
              end: this.#offset + match.end,
              line: number,
              unit: number,
              office: isOffice(match, cell, cellText(row[at - 1] ?? '')),
            },
            copy,
          );
        }
      }
      if (sink.wantsFindings) sink.finding(match.kind, place.where(at), cell, match.start, match.end, match.strength, match.why);
    }
    this.#offset += cell.length + 1;
  }
}
