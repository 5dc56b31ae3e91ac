/**
 * One worksheet (ECMA-376-1, 18.3.1), row by row from its bytes, in constant memory. Formulas are not computed: the value that was saved with them
 * counts. What fails in the middle is told; the rows before it stay.
 */
import type { Cell } from '../../detectors/contract.js';
import { XmlCursor } from '../container/xml.js';
import { limits } from '../limits.js';
import type { ProblemCode, RowBatch } from '../model.js';
import { FileProblem } from '../problem.js';
import { FormattedNumber, GENERAL, type NumberFormat } from './number-format.js';
import { RowBatcher } from './row-batcher.js';
import { serialOfIso } from './serial-date.js';
import { CellTag, parseNumber } from './xlsx-cell.js';
import { decodeEscapes } from './xlsx-escape.js';
import { type Margin, SheetTexts } from './xlsx-sheet-texts.js';

/** What stands behind `<c …>` in nearly all cells. */
const OPEN_VALUE = Buffer.from('<v>');
const CLOSE_VALUE = Buffer.from('</v></c>');

const LOWER_C = 0x63;
const LOWER_F = 0x66;
const LOWER_T = 0x74;
const LOWER_V = 0x76;

/** What the sheets of one workbook share. */
export interface Workbook {
  readonly formats: readonly NumberFormat[];
  /** A shared string; undefined when there is none of this number. */
  string(index: number): string | undefined;
  /** Cells that may still be read, of `limits.cellsMax`. */
  cellsLeft: number;
  tell(code: ProblemCode, detail: string): void;
}

/** A sheet that is read once. */
export interface SheetRows {
  /** Texts that stand in no cell: headers and footers, what cells say to who writes into them, filters, links; complete once the rows are read. */
  readonly margins: readonly Margin[];
  /** The rows, once. Never throws FileProblem: problems are told. */
  rows(): Iterable<RowBatch>;
  /** Reads what nobody asked for, so that the margins are known. */
  finish(): void;
}

export class SheetReader implements SheetRows {
  readonly #texts = new SheetTexts((detail) => this.#tellOnce(detail, 'too-large'));
  readonly #cursor: XmlCursor;
  readonly #book: Workbook;
  readonly #label: string;
  readonly #tag = new CellTag();
  #told = false;
  #finished = false;

  /** `label` names the sheet in problems: by its number, since its name is text of the file. */
  constructor(pieces: Iterable<Buffer>, book: Workbook, label: string) {
    this.#cursor = new XmlCursor(pieces);
    this.#book = book;
    this.#label = label;
  }

  get margins(): readonly Margin[] {
    return this.#texts.margins;
  }

  /** The rows, once. Never throws FileProblem: problems are told. */
  *rows(): Generator<RowBatch, void, undefined> {
    const batcher = new RowBatcher();
    try {
      let batch = this.#nextBatch(batcher);
      while (batch) {
        yield batch;
        batch = this.#nextBatch(batcher);
      }
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.#book.tell(error.code, `${this.#label}: ${error.detail}`);
    } finally {
      this.#finished = true;
      this.#cursor.close();
    }
    const last = batcher.take();
    if (last) yield last;
  }

  /** Reads what nobody asked for, so that the margins are known. */
  finish(): void {
    if (!this.#finished) for (const _batch of this.rows());
  }

  #nextBatch(batcher: RowBatcher): RowBatch | null {
    const cursor = this.#cursor;
    while (cursor.next()) {
      const name = cursor.name();
      if (cursor.closing) {
        this.#texts.close(name, cursor);
      } else if (name === 'row') {
        const number = rowNumber(cursor.attribute('r')) ?? batcher.nextRow;
        const row = cursor.selfClosing ? [] : this.#readRow();
        batcher.nextRow = number + 1;
        if (row.length === 0) continue;
        this.#book.cellsLeft -= row.length;
        if (this.#book.cellsLeft < 0) throw new FileProblem('too-large', `more than ${limits.cellsMax} cells`);
        const full = batcher.add(number, row);
        if (full) return full;
      } else this.#texts.open(name, cursor);
    }
    return null;
  }

  /** Behind `<row>`: its cells up to `</row>`. */
  #readRow(): Cell[] {
    const cursor = this.#cursor;
    const tag = this.#tag;
    const row: Cell[] = [];
    const depth = cursor.depth;
    let column = -1;
    let inline = '';
    let inPhonetic = false;
    while (cursor.next()) {
      const { bytes, nameStart, closing } = cursor;
      const length = cursor.nameEnd - nameStart;
      const letter = length === 1 ? bytes[nameStart] : 0;
      if (closing && cursor.depth < depth) break;
      if (letter === LOWER_C) {
        if (!closing) {
          tag.read(cursor);
          column = tag.column >= 0 ? tag.column : column + 1;
          inline = '';
          if (cursor.takeLeaf(OPEN_VALUE, CLOSE_VALUE)) this.#place(row, column, this.#value(tag));
        } else if (inline !== '') this.#place(row, column, decodeEscapes(inline));
      } else if (letter === LOWER_V && closing) {
        this.#place(row, column, this.#value(tag));
      } else if (letter === LOWER_T && closing) {
        if (!inPhonetic) inline += cursor.text();
      } else if (letter === LOWER_F && closing) {
        if (cursor.textEnd > cursor.textStart) this.#texts.formula(cursor);
      } else if (length === 3 && cursor.name() === 'rPh' && !cursor.selfClosing) inPhonetic = !closing;
    }
    return row;
  }

  #value(tag: CellTag): Cell {
    const cursor = this.#cursor;
    switch (tag.type) {
      case 's': {
        const text = this.#book.string(cursor.plain ? parseNumber(cursor.bytes, cursor.textStart, cursor.textEnd) : Number(cursor.text()));
        if (text === undefined) this.#tellOnce('shared string missing');
        return text ?? '';
      }
      case 'n': {
        if (cursor.textStart === cursor.textEnd) return '';
        const value = cursor.plain ? parseNumber(cursor.bytes, cursor.textStart, cursor.textEnd) : Number(cursor.text());
        return Number.isNaN(value) ? cursor.text() : new FormattedNumber(value, this.#book.formats[tag.style] ?? GENERAL);
      }
      case 'b':
        return cursor.text().trim() === '0' ? 'FALSE' : 'TRUE';
      case 'd':
        return isoCell(cursor.text().trim());
      default:
        return decodeEscapes(cursor.text());
    }
  }

  #place(row: Cell[], column: number, cell: Cell): void {
    if (cell === '') return;
    if (column >= limits.columnsMax || column < 0) {
      // Without references the cells are only too many; a reference beyond the last column is no cell's.
      this.#tellOnce(`cell beyond column ${limits.columnsMax}`, this.#tag.column < 0 ? 'too-large' : 'damaged');
      return;
    }
    if (typeof cell === 'string' && cell.length > limits.cellCharsMax)
      this.#tellOnce(`cell of more than ${limits.cellCharsMax} characters`);
    while (row.length < column) row.push('');
    row[column] = cell;
  }

  #tellOnce(detail: string, code: ProblemCode = 'damaged'): void {
    if (!this.#told) this.#book.tell(code, `${this.#label}: ${detail}`);
    this.#told = true;
  }
}

/** Excel ends at row 1,048,576; a larger or smaller number is taken as missing. */
function rowNumber(text: string | undefined): number | null {
  const number = text === undefined ? 0 : Number(text);
  return Number.isInteger(number) && number >= 1 && number <= 1_048_576 ? number : null;
}

/** ISO dates of strict files: the same cell as a serial number with a date format. */
export function isoCell(text: string): Cell {
  const value = serialOfIso(text);
  if (Number.isNaN(value)) return text;
  const [date, clock = ''] = text.replace(/(?:\.\d+)?Z?$/, '').split('T');
  return { value, isDate: true, text: /[1-9]/.test(clock) ? `${date} ${clock}` : (date ?? text) };
}
