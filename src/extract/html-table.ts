/** A table of HTML as it is being read: cells in the columns of its grid, whatever spans them. It decides whether it is one, or only lays out a page. */
import { limits } from '../limits.js';
import type { RowBatch } from '../model.js';
import { LiveTable } from './live-table.js';
import { RowBatcher } from './row-batcher.js';

/** HTML (4.9.11) caps colspan at 1,000 and rowspan at 65,534. */
const COLUMN_SPAN_MAX = 1_000;
const ROW_SPAN_MAX = 65_534;

export class HtmlTable extends LiveTable {
  /** True when tables stand in its cells. */
  nests = false;
  columns = 0;
  /** Cells beyond `limits.columnsMax`; they are to be told. */
  dropped = 0;
  readonly #batcher = new RowBatcher();
  readonly #ended: (row: readonly string[]) => void;
  #rows = 0;
  #dataRows = 0;
  #row: string[] | null = null;
  #number = 0;
  #cell: { column: number; columns: number } | null = null;
  #text = '';
  /** For each column the rows that a cell from above still takes. */
  #taken: number[] = [];

  /** `ended` is told each row as it ends. */
  constructor(ended: (row: readonly string[]) => void) {
    super();
    this.#ended = ended;
  }

  get inCell(): boolean {
    return this.#cell !== null;
  }

  /** True when it puts parts of a page side by side instead of values: one column, or other tables in cells of long text. */
  get laysOut(): boolean {
    return this.columns < 2 || (this.nests && this.#dataRows * 2 < this.#rows);
  }

  openRow(): void {
    this.closeRow();
    this.#row = [];
    this.#number++;
  }

  openCell(columnSpan: string | undefined, rowSpan: string | undefined): void {
    this.closeCell();
    if (!this.#row) this.openRow();
    const row = this.#row as string[];
    let column = row.length;
    while ((this.#taken[column] ?? 0) > 0) column++;
    const columns = spanOf(columnSpan, COLUMN_SPAN_MAX);
    const rows = spanOf(rowSpan, ROW_SPAN_MAX);
    if (column + columns <= limits.columnsMax) {
      while (row.length < column + columns) row.push('');
      // Counted down at this row's end too.
      if (rows > 1) for (let at = column; at < column + columns; at++) this.#take(at, rows);
    } else this.dropped++;
    this.#cell = { column, columns };
    this.#text = '';
  }

  addLine(text: string): void {
    this.#text = this.#text === '' ? text : `${this.#text}\n${text}`;
  }

  closeCell(): void {
    if (this.#cell && this.#row && this.#cell.column < this.#row.length) this.#row[this.#cell.column] = this.#text;
    this.#cell = null;
    this.#text = '';
  }

  closeRow(): void {
    this.closeCell();
    if (!this.#row) return;
    this.#keep(this.#row);
    this.#ended(this.#row);
    this.#row = null;
    for (let at = 0; at < this.#taken.length; at++) if (this.#taken[at]! > 0) this.#taken[at]!--;
  }

  close(): void {
    this.closeRow();
    const last = this.#batcher.take();
    if (last) this.push(last);
    this.closed = true;
  }

  #keep(row: string[]): void {
    let filled = 0;
    let short = true;
    for (const cell of row) {
      if (cell === '') continue;
      filled++;
      short &&= !cell.includes('\n');
    }
    if (filled === 0) return;
    this.#rows++;
    if (filled > 1 && short) this.#dataRows++;
    this.columns = Math.max(this.columns, row.length);
    const full = this.#batcher.add(this.#number, row);
    if (full) this.push(full);
  }

  #take(column: number, rows: number): void {
    while (this.#taken.length <= column) this.#taken.push(0);
    this.#taken[column] = rows;
  }
}

/** The text of a table that only lays out: a line for each cell. */
export function* cellLines(batches: Iterable<RowBatch>): Generator<string> {
  for (const { rows } of batches) for (const row of rows) for (const cell of row) if (typeof cell === 'string' && cell !== '') yield cell;
}

function spanOf(text: string | undefined, most: number): number {
  const span = text === undefined ? 1 : Number.parseInt(text, 10);
  return span >= 1 ? Math.min(span, most) : 1;
}
