/** Collects the paragraphs, cells and text boxes of one WordprocessingML part and makes blocks of them. It knows no XML. */
import { limits } from '../limits.js';
import type { Block, Row, RowBatch, Where } from '../model.js';
import { CellText, TableFrame } from './docx-table.js';

/** Text is handed on in blocks of about this size, cut between paragraphs. */
const BLOCK_CHARS = 64 * 1024;

export class DocxStory {
  ended = false;
  /** What goes into the places of blocks beside line and part: a slide's number, or a part of its own. Changed by `moveTo` alone. */
  #place: Where = {};
  readonly #part: string | undefined;
  readonly #step: () => void;
  readonly #queue: Block[] = [];
  /** Where paragraphs go to, innermost last: the body, cells, text boxes. */
  readonly #places: CellText[] = [new CellText()];
  readonly #tables: (TableFrame | 'box')[] = [];
  #line = 1;

  /** `step` reads on in the part; it is called while the rows of an outermost table are taken. */
  constructor(part: string | undefined, step: () => void) {
    this.#part = part;
    this.#step = step;
  }

  /** True inside a cell or a text box. */
  get inner(): boolean {
    return this.#places.length > 1;
  }

  shift(): Block | undefined {
    return this.#queue.shift();
  }

  add(text: string): void {
    this.#places.at(-1)!.add(text);
  }

  endParagraph(): void {
    const place = this.#places.at(-1)!;
    place.endParagraph();
    if (!this.inner && place.chars >= BLOCK_CHARS) this.flush();
  }

  /** From here on blocks stand elsewhere: on another page, in another part. Lines count from 1 again. */
  moveTo(place: Where): void {
    this.flush();
    this.#place = place;
    this.#line = 1;
  }

  /** A table whose rows are known already. */
  addTable(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.flush();
    const table = new TableFrame();
    for (const row of rows) table.rows.push(row);
    this.#queue.push({ kind: 'table', where: this.#where(this.#part), rows: [...table.batches()] });
    if (this.#tables.length === 0) this.#line += 1;
  }

  /** Ends the block of text that the body's paragraphs go to. */
  flush(): void {
    const body = this.#places[0]!;
    body.endOpenParagraph();
    const lines = body.take();
    if (lines.length === 0) return;
    const text = lines.join('\n');
    if (text.trim() !== '') this.#queue.push({ kind: 'text', where: this.#where(this.#part), text });
    this.#line += text.split('\n').length;
  }

  openTable(): void {
    const table = new TableFrame();
    if (this.#tables.length === 0) {
      this.flush();
      this.#queue.push({ kind: 'table', where: this.#where(this.#part), rows: this.#streamRows(table) });
    }
    this.#tables.push(table);
  }

  openRow(): void {
    this.#table()?.openRow();
  }

  skipColumns(columns: number): void {
    this.#table()?.skipColumns(columns);
  }

  spanColumns(columns: number): void {
    this.#places.at(-1)!.columns = columns;
  }

  openCell(): void {
    this.#places.push(new CellText());
  }

  closeCell(): void {
    if (!this.inner) return;
    const cell = this.#places.pop()!;
    cell.endOpenParagraph();
    this.#table()?.addCell(cell);
  }

  closeRow(): void {
    this.#table()?.closeRow();
  }

  closeTable(): void {
    const table = this.#table();
    if (!table) return;
    this.#tables.pop();
    table.closed = true;
    if (this.#tables.length === 0) this.#line += 1;
    else this.#queue.push({ kind: 'table', where: this.#where(this.#part), rows: [...table.batches()] });
  }

  openBox(): void {
    this.#places.push(new CellText());
    this.#tables.push('box');
  }

  /** `part`: what the box is, where it is no text box: a note, a comment, a header in the midst of the text. */
  closeBox(part = 'textbox'): void {
    if (this.#tables.at(-1) === 'box') this.#tables.pop();
    if (!this.inner) return;
    const box = this.#places.pop()!;
    box.endOpenParagraph();
    const text = box.take().join('\n');
    if (text.trim() !== '') this.#queue.push({ kind: 'text', where: this.#where(part), text });
  }

  /** Nothing follows but `last`. A part that breaks off inside a cell or text box leaves its text to the body. */
  end(last: Iterable<Block>): void {
    this.ended = true;
    const body = this.#places[0]!;
    body.endOpenParagraph();
    for (const place of this.#places.splice(1)) {
      place.endOpenParagraph();
      for (const line of place.take()) body.addParagraph(line);
    }
    this.flush();
    this.#queue.push(...last);
  }

  /** Rows of an outermost table, taken from the part as they are asked for. */
  *#streamRows(table: TableFrame): Generator<RowBatch> {
    while (!table.closed && !this.ended) {
      this.#step();
      if (table.rows.length >= limits.batchRows) yield table.take();
    }
    if (table.rows.length > 0) yield table.take();
  }

  #table(): TableFrame | null {
    const table = this.#tables.at(-1);
    return table instanceof TableFrame ? table : null;
  }

  #where(part: string | undefined): Where {
    return { line: this.#line, ...(part !== undefined && { part }), ...this.#place };
  }
}
