/**
 * Records of named fields (objects of JSON, elements of XML) as the rows of a table under a header of their names. Nested fields stand in columns of
 * their own, under the name of what they are nested in.
 */
import type { Cell } from '../../detectors/contract.js';
import { limits } from '../limits.js';
import type { Row } from '../model.js';
import { LiveTable } from './live-table.js';

export interface Field {
  /** The names of what the field is nested in, joined by '.'; '' for a field of the record itself. */
  readonly group: string;
  readonly name: string;
  readonly value: Cell;
}

/** Cells that wait for the header, and those of a batch: some megabytes. */
const WAITING_CELLS_MAX = 200_000;
/** A field that first appears far behind brings a new header, at most so often. */
const HEADERS_MAX = 100;

export class RecordTable extends LiveTable {
  readonly #columns = new Map<string, number>();
  readonly #heads: { readonly group: string; readonly name: string }[] = [];
  #rows: Row[] = [];
  #firstRow = 1;
  #cells = 0;
  #headed = 0;
  #headers = 0;
  /** Fields that found no column; they are to be told. */
  dropped = 0;

  add(fields: readonly Field[]): void {
    const row: Cell[] = [];
    const used = new Map<string, number>();
    for (const field of fields) {
      const column = this.#columnOf(field, used);
      if (column < 0) this.dropped++;
      else {
        while (row.length <= column) row.push('');
        row[column] = field.value;
      }
    }
    if (this.#headers > 0 && this.#headed < this.#heads.length && this.#headers < HEADERS_MAX) this.#addHeader();
    this.#rows.push(row);
    this.#cells += row.length;
    if (this.#rows.length >= limits.batchRows || this.#cells > WAITING_CELLS_MAX) this.#flush();
  }

  close(): void {
    this.#flush();
    this.closed = true;
  }

  /** Equal names in one record have a column each. */
  #columnOf({ group, name }: Field, used: Map<string, number>): number {
    const plain = `${group}\0${name}`;
    const times = used.get(plain) ?? 0;
    used.set(plain, times + 1);
    const key = times === 0 ? plain : `${plain}\0${times}`;
    let column = this.#columns.get(key);
    if (column === undefined) {
      column = this.#heads.length;
      if (column >= limits.columnsMax) return -1;
      this.#columns.set(key, column);
      this.#heads.push({ group, name });
    }
    return column;
  }

  /** One row of names; above it, where fields are nested, the names of their groups at the first column of each. */
  #addHeader(at = this.#rows.length): void {
    const groups = this.#heads.map(({ group }, column) => (column > 0 && this.#heads[column - 1]?.group === group ? '' : group));
    const header: Row[] = [this.#heads.map(({ name }) => name)];
    if (groups.some((group) => group !== '')) header.unshift(groups);
    this.#rows.splice(at, 0, ...header);
    this.#headed = this.#heads.length;
    this.#headers++;
  }

  #flush(): void {
    if (this.#rows.length === 0) return;
    if (this.#headers === 0) this.#addHeader(0);
    this.push({ firstRow: this.#firstRow, rows: this.#rows });
    this.#firstRow += this.#rows.length;
    this.#rows = [];
    this.#cells = 0;
  }
}

/** Fields as lines `name: value`, for records that stand alone. */
export function fieldLines(fields: readonly Field[]): string {
  return fields.map(({ name, value }) => fieldLine(name, typeof value === 'string' ? value : value.text)).join('\n');
}

function fieldLine(name: string, value: string): string {
  return name === '' ? value : `${name}: ${value}`;
}
