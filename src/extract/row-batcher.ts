/** Puts numbered rows together to batches whose rows follow each other. A wide gap begins a new batch instead of filling it with blank rows. */
import type { Cell } from '../../detectors/contract.js';
import { limits } from '../limits.js';
import type { Row, RowBatch } from '../model.js';

const BLANK: Row = [];
/** Cells, counted with the empty ones before them, that a batch may hold: some megabytes, however wide its rows are. */
const BATCH_CELLS = 200_000;

export class RowBatcher {
  /** The number that a row without one of its own has. */
  nextRow = 1;
  #rows: Row[] = [];
  #firstRow = 1;
  #cells = 0;

  /** Adds a row; returns the batch before it when that is full or the row does not follow it closely. */
  add(number: number, row: Cell[]): RowBatch | null {
    let full: RowBatch | null = null;
    const gap = number - this.#firstRow - this.#rows.length;
    if (gap < 0 || this.#rows.length + gap >= limits.batchRows || this.#cells > BATCH_CELLS) full = this.take();
    if (this.#rows.length === 0) this.#firstRow = number;
    for (let next = this.#firstRow + this.#rows.length; next < number; next++) this.#rows.push(BLANK);
    this.#rows.push(row);
    this.#cells += row.length;
    return full;
  }

  /** What is held; null when that is nothing. */
  take(): RowBatch | null {
    if (this.#rows.length === 0) return null;
    const batch = { firstRow: this.#firstRow, rows: this.#rows };
    this.#rows = [];
    this.#cells = 0;
    return batch;
  }
}
