/**
 * One sheet of a binary workbook (MS-XLSB 2.1.7.62), row by row in constant memory. Formulas are not computed: the value that was saved with them counts.
 * What fails in the middle is told; the rows before it stay.
 */
import type { Cell } from '../../detectors/contract.js';
import { normaliseLineEnds } from '../container/xml-text.js';
import { limits } from '../limits.js';
import type { RowBatch } from '../model.js';
import { FileProblem } from '../problem.js';
import { FormattedNumber, GENERAL } from './number-format.js';
import { RowBatcher } from './row-batcher.js';
import { RecordCursor } from './xlsb-record.js';
import { stringsOf } from './xlsb-strays.js';
import type { SheetRows, Workbook } from './xlsx-sheet.js';
import { type Margin, marginText, PROMPT_CHARS_MAX } from './xlsx-sheet-texts.js';

/** Numbers of records (2.3.2). From 12 to 18 are cells without a column of their own: that behind the cell before. */
const ROW_HDR = 0;
const CELL_LAST = 11;
const SHORT_FIRST = 12;
const SHORT_LAST = 18;
const CELL_R_STRING = 62;
const VALIDATION = 64;
const BEGIN_HEADER_FOOTER = 479;
/** Values of filters, links and scenarios: records whose texts stand behind fields of several sorts. */
const TEXT_RECORDS: ReadonlyMap<number, Margin['part']> = new Map([
  [167, 'filter'],
  [174, 'filter'],
  [494, 'link'],
  [502, 'scenario'],
  [504, 'scenario'],
]);
/** PtgStr (2.5.97.76). */
const TOKEN_STRING = 0x17;
/** A short cell's record is that much above its long one. */
const SHORT_SHIFT = 11;

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

const ROWS_MAX = 1_048_576;

export class BinarySheetReader implements SheetRows {
  readonly margins: Margin[] = [];
  readonly #record: RecordCursor;
  readonly #book: Workbook;
  readonly #label: string;
  #promptChars = 0;
  #told = false;
  #finished = false;

  constructor(pieces: Iterable<Buffer>, book: Workbook, label: string) {
    this.#record = new RecordCursor(pieces);
    this.#book = book;
    this.#label = label;
  }

  *rows(): Generator<RowBatch, void, undefined> {
    const batcher = new RowBatcher();
    try {
      yield* this.#batches(batcher);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.#book.tell(error.code, `${this.#label}: ${error.detail}`);
    } finally {
      this.#finished = true;
      this.#record.close();
    }
    const last = batcher.take();
    if (last) yield last;
  }

  finish(): void {
    if (!this.#finished) for (const _batch of this.rows());
  }

  *#batches(batcher: RowBatcher): Generator<RowBatch, void, undefined> {
    const record = this.#record;
    let row: Cell[] = [];
    let number = 0;
    let column = -1;
    // The row that is open when the part breaks off is kept too.
    const keep = (): RowBatch | null => {
      const full = row.length > 0 ? this.#keepRow(batcher, number, row) : null;
      row = [];
      return full;
    };
    try {
      while (record.next()) {
        const { type } = record;
        if (type === ROW_HDR) {
          const full = keep();
          if (full) yield full;
          number = record.uint32(0) + 1;
          if (number > ROWS_MAX) throw new FileProblem('damaged', 'row beyond the last one');
          column = -1;
        } else if (type <= CELL_LAST || type === CELL_R_STRING) {
          column = record.uint32(0);
          if (number > 0) this.#place(row, column, this.#value(type, 4));
        } else if (type >= SHORT_FIRST && type <= SHORT_LAST) {
          column++;
          if (number > 0) this.#place(row, column, this.#value(type - SHORT_SHIFT, 0));
        } else if (type === BEGIN_HEADER_FOOTER) this.#takeMargins();
        else if (type === VALIDATION) this.#takePrompts();
        else {
          const part = TEXT_RECORDS.get(type);
          if (part) this.#keep(part, stringsOf(record));
        }
      }
    } finally {
      const full = keep();
      if (full) yield full;
    }
  }

  #keepRow(batcher: RowBatcher, number: number, row: Cell[]): RowBatch | null {
    this.#book.cellsLeft -= row.length;
    if (this.#book.cellsLeft < 0) throw new FileProblem('too-large', `more than ${limits.cellsMax} cells`);
    return batcher.add(number, row);
  }

  /** The value of a cell whose style stands at `at`; the value itself stands behind 24 bits of style and 8 of flags (2.5.9). */
  #value(type: number, at: number): Cell {
    const record = this.#record;
    const value = at + 4;
    switch (type) {
      case 2:
        return this.#number(rkNumber(record.uint32(value)), at);
      case 3:
      case 11:
        return ERRORS[record.byte(value)] ?? '#N/A';
      case 4:
      case 10:
        return record.byte(value) === 0 ? 'FALSE' : 'TRUE';
      case 5:
      case 9:
        return this.#number(record.double(value), at);
      case 6:
      case 8:
        return normaliseLineEnds(record.text(value));
      case 7: {
        const text = this.#book.string(record.uint32(value));
        if (text === undefined) this.#tellOnce('shared string missing');
        return text ?? '';
      }
      case CELL_R_STRING:
        return normaliseLineEnds(record.text(value + 1));
      default:
        return '';
    }
  }

  #number(value: number, at: number): Cell {
    return new FormattedNumber(value, this.#book.formats[this.#record.uint32(at) & 0xffffff] ?? GENERAL);
  }

  #place(row: Cell[], column: number, cell: Cell): void {
    if (cell === '') return;
    if (column >= limits.columnsMax) {
      this.#tellOnce(`cell beyond column ${limits.columnsMax}`);
      return;
    }
    while (row.length < column) row.push('');
    row[column] = cell;
  }

  /** BrtBeginHeaderFooter (2.4.68): flags, then header and footer of odd, even and first pages. */
  #takeMargins(): void {
    let at = 2;
    for (const part of ['header', 'footer', 'header', 'footer', 'header', 'footer'] as const) {
      const text = this.#record.text(at);
      if (text !== '') this.margins.push({ part, text: marginText(text) });
      at = this.#record.behindText(at);
    }
  }

  /** BrtDVal (2.4.354): flags, ranges of cells, four texts, then a list of allowed values as a formula. */
  #takePrompts(): void {
    const record = this.#record;
    const length = record.end - record.start;
    let at = 8 + record.uint32(4) * 16;
    const texts: string[] = [];
    for (let index = 0; index < 4 && at < length; index++) {
      texts.push(record.text(at));
      at = record.behindText(at);
    }
    if (record.byte(at + 4) === TOKEN_STRING) {
      const start = record.start + at + 7;
      const end = Math.min(start + record.uint16(at + 5) * 2, record.end);
      texts.push(record.bytes.toString('utf16le', Math.min(start, end), end).replace(/[,\0]/g, '\n'));
    }
    this.#keep('prompt', texts);
  }

  #keep(part: Margin['part'], texts: readonly string[]): void {
    for (const text of texts) {
      this.#promptChars += text.length;
      if (text !== '' && this.#promptChars <= PROMPT_CHARS_MAX) this.margins.push({ part, text });
    }
    if (this.#promptChars > PROMPT_CHARS_MAX) this.#tellOnce(`more than ${PROMPT_CHARS_MAX} characters of prompts, filters and links`);
  }

  #tellOnce(detail: string): void {
    if (!this.#told) this.#book.tell('damaged', `${this.#label}: ${detail}`);
    this.#told = true;
  }
}

const double = Buffer.alloc(8);

/** RkNumber (2.5.122): an integer of 30 bits or the upper 30 bits of a double, perhaps times a hundred. */
export function rkNumber(bits: number): number {
  let value: number;
  if (bits & 2) value = (bits | 0) >> 2;
  else {
    double.writeUInt32LE(0, 0);
    double.writeUInt32LE((bits & 0xfffffffc) >>> 0, 4);
    value = double.readDoubleLE(0);
  }
  return bits & 1 ? value / 100 : value;
}
