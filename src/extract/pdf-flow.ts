/**
 * Makes blocks of the pages of a PDF in their order: a table that goes on over pages becomes one block, whose rows are taken from the later pages
 * as they are asked for. It knows lines and columns alone, no engine.
 */
import { limits } from '../limits.js';
import type { Block, Row, RowBatch } from '../model.js';
import { type Band, widenBands } from './pdf-columns.js';
import type { Line } from './pdf-layout.js';
import { continuesTable, findPieces, type Piece, rowsOf, type TablePiece, textOf } from './pdf-table.js';

export interface LoadedPage {
  /** From 1. */
  readonly page: number;
  /** A set of lines for each direction of reading. */
  readonly lines: readonly (readonly Line[])[];
  /** What stands on the page beside its text. */
  readonly blocks: readonly Block[];
}

/** Lines of text between two parts of one table: page numbers, headings that each page repeats. */
const LINES_BETWEEN_MAX = 8;

interface Part {
  readonly lines: readonly Line[];
  readonly bands: readonly Band[] | null;
  readonly page: number;
}

type Item = { readonly page: number; readonly piece: Piece } | { readonly page: number; readonly block: Block };

export class PdfFlow {
  readonly #load: () => LoadedPage | null;
  readonly #queue: Item[] = [];

  /** `load` gives one page after the other, and null after the last; it is called when the pieces of the earlier ones are used up. */
  constructor(load: () => LoadedPage | null) {
    this.#load = load;
  }

  *blocks(): Generator<Block> {
    while (this.#queue.length > 0 || this.#loadPage()) {
      const item = this.#queue.shift();
      if (!item) continue;
      if ('block' in item) yield item.block;
      else if (item.piece.kind === 'text') {
        yield { kind: 'text', where: { page: item.page, line: item.piece.line }, text: textOf(item.piece.lines) };
      } else {
        const rows = this.#rows(item.piece, item.page);
        yield { kind: 'table', where: { page: item.page, line: item.piece.line }, rows };
        // A reader that stops early must not get the rest of the table as one without a header.
        for (const _ of rows);
      }
    }
  }

  *#rows(first: TablePiece, firstPage: number): Generator<RowBatch> {
    let firstRow = 1;
    let bands: readonly Band[] = first.bands;
    let rows: Row[] = rowsOf(first.lines, bands);
    let page = firstPage;
    for (;;) {
      if (rows.length >= limits.batchRows) {
        yield { firstRow, rows };
        firstRow += rows.length;
        rows = [];
      }
      const more = this.#takeContinuation(bands, page);
      if (!more) break;
      for (const row of rowsOf(more.lines, bands)) rows.push(row);
      if (more.bands) bands = widenBands(bands, more.bands);
      page = more.page;
    }
    if (rows.length > 0) yield { firstRow, rows };
  }

  /** The next part of a table with these columns, taken out of the queue; null when the table ends. */
  #takeContinuation(bands: readonly Band[], page: number): Part | null {
    let between = 0;
    for (let at = 0; ; at += 1) {
      if (at >= this.#queue.length && !this.#loadPage()) return null;
      const item = this.#queue[at];
      if (!item || item.page > page + 1) return null;
      if ('block' in item) continue;
      const { piece } = item;
      // On one page the same number of columns may be chance: at most one line between, and at least three columns, are taken for the same table.
      if (item.page === page && (between > 1 || bands.length < 3)) return null;
      const lines = piece.kind === 'table' || item.page > page ? continuesTable(piece, bands) : null;
      if (lines) {
        this.#takeLines(at, item.page, piece, lines);
        return { lines, bands: piece.kind === 'table' ? piece.bands : null, page: item.page };
      }
      if (piece.kind === 'table') return null;
      between += piece.lines.length;
      if (between > LINES_BETWEEN_MAX) return null;
    }
  }

  /** Lines that are no rows of the table stay in the queue as text. */
  #takeLines(at: number, page: number, piece: Piece, lines: readonly Line[]): void {
    const taken = new Set(lines);
    const rest = piece.lines.filter((line) => !taken.has(line));
    if (rest.length > 0) this.#queue[at] = { page, piece: { kind: 'text', lines: rest, line: piece.line } };
    else this.#queue.splice(at, 1);
  }

  #loadPage(): boolean {
    const loaded = this.#load();
    if (!loaded) return false;
    const { page } = loaded;
    for (const lines of loaded.lines) for (const piece of findPieces(lines)) this.#queue.push({ page, piece });
    for (const block of loaded.blocks) this.#queue.push({ page, block });
    return true;
  }
}
