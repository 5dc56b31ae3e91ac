/**
 * Tables whose records take several rows, as their headers do: 氏名 | 生年月日 over 住所, then a name and a date over an address. Such rows are put next
 * to each other to one long row, header and records alike, and read like any other table.
 */
import type { Cell } from '../../detectors/contract.js';
import type { Row } from '../model.js';
import type { ColumnLabel, Header } from './header.js';
import type { LabelRole, Labels } from './label.js';
import { acceptedCell } from './slot.js';

export interface Folding {
  /** Rows of a record. */
  readonly height: number;
  /** Columns of a row: the cell in row 1, column 2 of a record is column `width` + 2 of the long row. */
  readonly width: number;
  /** The roles of each header row's columns. */
  readonly roles: readonly (readonly (readonly LabelRole[])[])[];
}

/** The share of the records of a sample that must have their values so. */
const MOST = 0.7;

/** How the rows below a header of several rows belong together; null when a row is a record, as nearly always. */
export function findFolding(rows: readonly Row[], header: Header, labels: Labels): Folding | null {
  const heads = rows.slice(header.first, header.last + 1);
  if (heads.length < 2) return null;
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const roles = heads.map((head) => Array.from({ length: width }, (_, at) => rolesAt(head, at, labels)));
  const folding: Folding = { height: heads.length, width, roles };
  if (!heads.every((_, at) => at === 0 || speaksAnew(roles[at - 1]!, roles[at]!))) return null;
  const folder = new RowFolder(folding);
  const records = rows.slice(header.last + 1).flatMap((row, at) => folder.take(at, row));
  // What stands in the second row must be none of what the first row holds: else each row is a record.
  const isWhole = ({ rows: group }: FoldedRow) =>
    group.length === heads.length && group.every((row, at) => fits(folding, row, at)) && !fits(folding, group[1]!, 0);
  const whole = records.filter(isWhole).length;
  return whole > 0 && whole >= records.length * MOST ? folding : null;
}

function rolesAt(row: Row, column: number, labels: Labels): readonly LabelRole[] {
  const cell = row[column];
  return typeof cell === 'string' ? labels.of(cell) : [];
}

/** A column whose lower label means something else than the one above it: 住所 below 氏名, and not 姓 below 氏名. */
function speaksAnew(upper: readonly (readonly LabelRole[])[], lower: readonly (readonly LabelRole[])[]): boolean {
  return lower.some((roles, at) => {
    const over = upper[at] ?? [];
    return roles.length > 0 && over.length > 0 && roles.every((one) => over.every((other) => one.kind !== other.kind));
  });
}

/** True when a row holds a value where the header's row `at` has its label. */
function fits(folding: Folding, row: Row, at: number): boolean {
  const columns = folding.roles[at]!;
  return columns.some((roles, column) => {
    const cell = row[column] ?? '';
    return cell !== '' && roles.some((one) => acceptedCell(one.role, cell) !== null);
  });
}

/** The labels of the long row. */
export function foldedHeader(rows: readonly Row[], header: Header, folding: Folding): Header {
  const labels: ColumnLabel[] = [];
  for (const row of rows.slice(header.first, header.last + 1)) {
    let left = '';
    for (let at = 0; at < folding.width; at += 1) {
      const cell = row[at] ?? '';
      const text = typeof cell === 'string' ? cell.trim() : '';
      labels.push({ text: text === '' ? left : text, above: '', carried: text === '' });
      if (text !== '') left = text;
    }
  }
  return { ...header, labels };
}

/** A record's rows as one, with the number of its first. */
export interface FoldedRow {
  readonly number: number;
  readonly row: Row;
  /** As they stood. */
  readonly rows: readonly Row[];
}

/** Puts the rows of each record together. Rows must come in order. */
export class RowFolder {
  readonly #folding: Folding;
  #rows: Row[] = [];
  #number = 0;

  constructor(folding: Folding) {
    this.#folding = folding;
  }

  /** Gives the records that this row ends: none, one, or the one before it that was cut short and itself. */
  take(number: number, row: Row): FoldedRow[] {
    const at = this.#rows.length;
    const blank = row.every((cell) => cell === '');
    if (at === 0 && blank) return [];
    const done: FoldedRow[] = [];
    // A new record where the rest of the one before was expected, or a note between two.
    if (at > 0 && !blank && !fits(this.#folding, row, at) && fits(this.#folding, row, 0)) done.push(...this.finish());
    if (this.#rows.length === 0) {
      this.#number = number;
      if (!fits(this.#folding, row, 0)) return [...done, { number, row, rows: [row] }];
    }
    this.#rows.push(row);
    return this.#rows.length === this.#folding.height ? [...done, ...this.finish()] : done;
  }

  /** The record that is open. */
  finish(): FoldedRow[] {
    const rows = this.#rows;
    if (rows.length === 0) return [];
    this.#rows = [];
    const { width } = this.#folding;
    const cells: Cell[] = rows.flatMap((row) => Array.from({ length: width }, (_, at) => row[at] ?? ''));
    return [{ number: this.#number, row: cells, rows }];
  }
}
