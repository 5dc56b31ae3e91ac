/** One sheet of a workbook while it grows: rows of values as cells, and the texts that sheets share. */

import { showText } from './escape.js';
import { cut } from './sheet-names.js';
import { CELL_CHARS_MAX, cellText, columnName, inlineCell, numberCell, sharedCell, sheetHead, sheetTail } from './sheet-xml.js';
import type { ZipPart } from './zip-stream.js';

/** Texts that are kept once: words, folders, departments. Beyond the bound a text stands in its cell. */
const SHARED_MAX = 65_536;
const SHARED_CHARS_MAX = 16 * 1024 * 1024;

export class SharedTexts {
  private readonly indexes = new Map<string, number>();
  private chars = 0;
  /** Cells that were cut to what Excel takes. */
  cutCells = 0;

  /** As it is written into XML, before its own escapes. */
  textOf(text: string): string {
    const shown = showText(text);
    if (shown.length <= CELL_CHARS_MAX) return cellText(text);
    this.cutCells++;
    return cellText(`${cut(shown, CELL_CHARS_MAX - 1)}…`.replaceAll('\\u{5c}u{', '\\u{'));
  }

  /** Null when the table is full. */
  indexOf(text: string): number | null {
    const known = this.indexes.get(text);
    if (known !== undefined) return known;
    if (this.indexes.size >= SHARED_MAX || this.chars > SHARED_CHARS_MAX) return null;
    const index = this.indexes.size;
    this.indexes.set(text, index);
    this.chars += text.length;
    return index;
  }

  *all(): Generator<string> {
    for (const text of this.indexes.keys()) yield this.textOf(text);
  }
}

/** A text may stand for many cells (`shared`); a number is a number; null is an empty cell. */
export interface SheetCell {
  readonly value: string | number | null;
  readonly style: number;
  readonly shared?: boolean;
}

export class SheetWriter {
  /** Rows so far, the header included. */
  rows = 0;
  private readonly links: { from: string; sheet: string }[] = [];

  constructor(
    readonly name: string,
    readonly number: number,
    private readonly part: ZipPart,
    private readonly texts: SharedTexts,
    private readonly columns: { readonly widths: readonly number[]; readonly frozen: boolean },
  ) {
    part.write(sheetHead(columns.widths, columns.frozen));
  }

  get sizeBytes(): number {
    return this.part.sizeBytes;
  }

  row(cells: readonly SheetCell[]): void {
    this.rows++;
    const xml = cells.map(({ value, style, shared }, at) => {
      if (value === null || value === '') return '';
      const reference = `${LETTERS[at] ?? columnName(at)}${this.rows}`;
      if (typeof value === 'number') return numberCell(reference, value, style);
      const index = shared ? this.texts.indexOf(value) : null;
      return index === null ? inlineCell(reference, this.texts.textOf(value), style) : sharedCell(reference, index, style);
    });
    this.part.write(`<row r="${this.rows}">${xml.join('')}</row>`);
  }

  /** From the first cell of the last row to another sheet. */
  link(sheet: string): void {
    this.links.push({ from: `A${this.rows}`, sheet });
  }

  /** The filter reaches over the frozen header and all rows. */
  get filter(): string | null {
    return this.columns.frozen ? `A1:${columnName(this.columns.widths.length - 1)}${Math.max(1, this.rows)}` : null;
  }

  end(mark: string): void {
    this.part.write(sheetTail(mark, this.filter, this.links));
  }
}

const LETTERS = Array.from({ length: 64 }, (_, at) => columnName(at));
