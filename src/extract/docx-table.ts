/** The texts that a WordprocessingML part is collected in: paragraphs of a place, rows and cells of a table. */
import { limits } from '../limits.js';
import type { Row, RowBatch } from '../model.js';

/** Paragraphs of one place: the body, a cell, a text box. */
export class CellText {
  /** Columns of the grid that this cell takes (gridSpan, ECMA-376 Part 1, 17.4.17). */
  columns = 1;
  chars = 0;
  #lines: string[] = [];
  #open = '';

  add(text: string): void {
    this.#open += text;
    this.chars += text.length;
    if (this.#open.length > limits.lineCharsMax) this.endParagraph();
  }

  endParagraph(): void {
    this.#lines.push(this.#open);
    this.#open = '';
    this.chars += 1;
  }

  addParagraph(text: string): void {
    this.add(text);
    this.endParagraph();
  }

  endOpenParagraph(): void {
    if (this.#open !== '') this.endParagraph();
  }

  /** The paragraphs so far; they are then gone from here. */
  take(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    this.chars = this.#open.length;
    return lines;
  }
}

export class TableFrame {
  rows: Row[] = [];
  closed = false;
  #cells: string[] = [];
  #firstRow = 1;

  openRow(): void {
    this.#cells = [];
  }

  /** Columns left out at the row's beginning (gridBefore, 17.4.15). */
  skipColumns(columns: number): void {
    for (let column = 0; column < columns && this.#cells.length < limits.columnsMax; column += 1) this.#cells.push('');
  }

  /** Cells stand in the column of the grid where they begin, so that merged ones don't move those behind them. */
  addCell(cell: CellText): void {
    this.#cells.push(
      cell
        .take()
        .filter((line) => line !== '')
        .join('\n'),
    );
    this.skipColumns(cell.columns - 1);
  }

  closeRow(): void {
    this.rows.push(this.#cells);
    this.#cells = [];
  }

  take(): RowBatch {
    const batch = { firstRow: this.#firstRow, rows: this.rows };
    this.#firstRow += this.rows.length;
    this.rows = [];
    return batch;
  }

  *batches(): Generator<RowBatch> {
    for (let at = 0; at < this.rows.length; at += limits.batchRows)
      yield { firstRow: at + 1, rows: this.rows.slice(at, at + limits.batchRows) };
  }
}
