/** What an old workbook (MS-XLS, BIFF8) last saw of other programs (DDE): it may stand nowhere else any more. */
import type { Cell } from '../../detectors/contract.js';
import { limits } from '../limits.js';
import type { Block, RowBatch } from '../model.js';
import { FileProblem } from '../problem.js';
import { FormattedNumber, GENERAL } from './number-format.js';
import { RowBatcher } from './row-batcher.js';
import { type BiffRecords, unicodeText } from './xls-records.js';
import { CACHE_CHARS_MAX } from './xlsx-caches.js';

/** ExternName (2.4.105), also of names in other workbooks and of embedded objects. */
export const DDE_ITEM = 0x0023;
const FORM_NIL = 0;
const FORM_NUMBER = 1;
const FORM_TEXT = 2;
const FORM_BOOLEAN = 4;
const FORM_ERROR = 16;

export type Values = readonly (readonly Cell[])[];

/** The grid of values of a DDE item: behind its name, and where it fills the record to its end; other sorts of names have a formula there. */
export function ddeValues(record: BiffRecords): Values {
  const bytes = whole(record);
  const at = bytes.length > 7 ? unicodeText(bytes, 7, bytes[6]!).end : bytes.length;
  if (at + 3 > bytes.length) return [];
  const columns = bytes[at]! + 1;
  const rows = bytes.readUInt16LE(at + 1) + 1;
  const values = cachedValues(bytes, at + 3, columns * rows);
  if (values === null || values.end !== bytes.length) return [];
  return Array.from({ length: rows }, (_, row) => values.cells.slice(row * columns, (row + 1) * columns));
}

/** SerAr (2.5.231): values of nine bytes, but for texts. Null where they are something else. */
function cachedValues(bytes: Buffer, from: number, count: number): { readonly cells: readonly Cell[]; readonly end: number } | null {
  const cells: Cell[] = [];
  let at = from;
  // A value takes four bytes at least.
  if (count * 4 > bytes.length - from) return null;
  for (let index = 0; index < count; index++) {
    const form = bytes[at];
    if (form === FORM_TEXT && at + 4 <= bytes.length) {
      const { text, end } = unicodeText(bytes, at + 3, bytes.readUInt16LE(at + 1));
      cells.push(text.replaceAll('\0', ''));
      at = end;
    } else if ((form === FORM_NIL || form === FORM_NUMBER || form === FORM_BOOLEAN || form === FORM_ERROR) && at + 9 <= bytes.length) {
      cells.push(form === FORM_NUMBER ? new FormattedNumber(bytes.readDoubleLE(at + 1), GENERAL) : '');
      at += 9;
    } else return null;
  }
  return { cells, end: at };
}

function whole(record: BiffRecords): Buffer {
  const { bytes } = record;
  const pieces = record.continued();
  return pieces.length === 0 ? bytes : Buffer.concat([bytes, ...pieces]);
}

/** Rows of all items, bounded. */
export class LinkedValues {
  readonly #batcher = new RowBatcher();
  readonly #batches: RowBatch[] = [];
  #rows = 0;
  #chars = 0;

  /** Throws FileProblem('too-large'). */
  addAll(rows: Values): void {
    for (const row of rows) {
      for (const cell of row) this.#chars += 8 + (typeof cell === 'string' ? cell.length : 0);
      if (this.#chars > CACHE_CHARS_MAX) throw new FileProblem('too-large', `linked values of more than ${CACHE_CHARS_MAX} characters`);
      const full = this.#batcher.add(++this.#rows, row.slice(0, limits.columnsMax));
      if (full) this.#batches.push(full);
    }
  }

  *blocks(): Generator<Block> {
    const last = this.#batcher.take();
    if (last) this.#batches.push(last);
    if (this.#batches.length > 0) yield { kind: 'table', where: { part: 'link' }, rows: this.#batches, copy: true };
  }
}
