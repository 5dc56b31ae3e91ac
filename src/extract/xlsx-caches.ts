/**
 * What a workbook keeps of other tables: the rows behind a pivot table (ECMA-376-1, 18.10) and the cells that it last saw of linked workbooks (18.14).
 * Both may hold what stands nowhere else any more.
 */
import type { Cell } from '../../detectors/contract.js';
import { XmlCursor } from '../container/xml.js';
import { limits } from '../limits.js';
import type { RowBatch } from '../model.js';
import { FileProblem } from '../problem.js';
import { FormattedNumber, GENERAL } from './number-format.js';
import { RowBatcher } from './row-batcher.js';
import { decodeEscapes } from './xlsx-escape.js';
import { isoCell } from './xlsx-sheet.js';

/** A column of a pivot cache, with the values that its rows point to. */
export interface PivotField {
  readonly name: string;
  readonly items: readonly Cell[];
}

/** Values and links that are held in memory, in characters. */
export const CACHE_CHARS_MAX = 64 * 1024 * 1024;
/** What a value costs beside its characters. */
const ITEM_CHARS = 8;
const VALUES = new Set(['s', 'n', 'd', 'b', 'e', 'm']);

/** The fields of a pivot cache's definition. Throws FileProblem. */
export function readPivotFields(pieces: Iterable<Buffer>): readonly PivotField[] {
  const cursor = new XmlCursor(pieces);
  const fields: { name: string; items: Cell[] }[] = [];
  let shared = false;
  let chars = 0;
  try {
    while (cursor.next()) {
      const name = cursor.name();
      if (name === 'sharedItems') shared = !cursor.closing && !cursor.selfClosing;
      else if (cursor.closing) continue;
      else if (name === 'cacheField') {
        if (fields.length >= limits.columnsMax) throw new FileProblem('too-large', `pivot cache of more than ${limits.columnsMax} fields`);
        fields.push({ name: decodeEscapes(cursor.attribute('name') ?? ''), items: [] });
      } else if (shared && VALUES.has(name)) {
        const item = cellOf(cursor, name);
        chars += ITEM_CHARS + (typeof item === 'string' ? item.length : 0);
        if (chars > CACHE_CHARS_MAX) throw new FileProblem('too-large', `pivot cache of more than ${CACHE_CHARS_MAX} characters`);
        fields.at(-1)?.items.push(item);
      }
    }
  } finally {
    cursor.close();
  }
  return fields;
}

/** The rows of a pivot cache, the names of its fields first. Throws FileProblem. */
export function* readPivotRows(pieces: Iterable<Buffer>, fields: readonly PivotField[]): Generator<RowBatch> {
  const cursor = new XmlCursor(pieces);
  const batcher = new RowBatcher();
  batcher.add(
    1,
    fields.map(({ name }) => name),
  );
  let row: Cell[] = [];
  let number = 1;
  try {
    while (cursor.next()) {
      const name = cursor.name();
      if (name === 'r') {
        if (!cursor.closing) row = [];
        if (!cursor.closing && !cursor.selfClosing) continue;
        number += 1;
        const full = batcher.add(number, row);
        if (full) yield full;
      } else if (cursor.closing || row.length >= limits.columnsMax) continue;
      else if (name === 'x') row.push(fields[row.length]?.items[Number(cursor.attribute('v') ?? -1)] ?? '');
      else if (VALUES.has(name)) row.push(cellOf(cursor, name));
    }
  } finally {
    cursor.close();
  }
  const last = batcher.take();
  if (last) yield last;
}

function cellOf(cursor: XmlCursor, name: string): Cell {
  const value = cursor.attribute('v') ?? '';
  switch (name) {
    case 's':
      return decodeEscapes(value);
    case 'n':
      return Number.isNaN(Number(value)) ? value : new FormattedNumber(Number(value), GENERAL);
    case 'd':
      return isoCell(value);
    case 'b':
      return /^(?:1|true)$/.test(value) ? 'TRUE' : 'FALSE';
    default:
      return name === 'e' ? value : '';
  }
}

/** Rows of one sheet of a linked workbook. */
export type LinkedSheet = readonly RowBatch[];

/** Takes the cells of linked workbooks together, bounded. */
export class LinkedSheets {
  readonly sheets: RowBatch[][] = [];
  #batcher = new RowBatcher();
  #batches: RowBatch[] = [];
  #row: Cell[] = [];
  #number = 0;
  #chars = 0;

  openRow(number: number): void {
    this.#endRow();
    this.#number = number;
  }

  add(column: number, cell: Cell): void {
    if (cell === '' || column < 0 || column >= limits.columnsMax) return;
    this.#chars += ITEM_CHARS * Math.max(1, column - this.#row.length) + (typeof cell === 'string' ? cell.length : 0);
    if (this.#chars > CACHE_CHARS_MAX) throw new FileProblem('too-large', `linked cells of more than ${CACHE_CHARS_MAX} characters`);
    while (this.#row.length < column) this.#row.push('');
    this.#row[column] = cell;
  }

  /** One of the values that a DDE link saw last, row by row in a grid of so many columns (18.14.6, 18.14.15). */
  addItem(index: number, columns: number, cell: Cell): void {
    const row = Math.floor(index / columns) + 1;
    if (row !== this.#number) this.openRow(row);
    this.add(index % columns, cell);
  }

  endSheet(): void {
    this.#endRow();
    this.#number = 0;
    const last = this.#batcher.take();
    if (last) this.#batches.push(last);
    if (this.#batches.length > 0) this.sheets.push(this.#batches);
    this.#batches = [];
    this.#batcher = new RowBatcher();
  }

  #endRow(): void {
    const full = this.#row.length > 0 ? this.#batcher.add(this.#number, this.#row) : null;
    if (full) this.#batches.push(full);
    this.#row = [];
  }
}

/** The cells of an external link, and the values of one to another program (DDE). Throws FileProblem. */
export function readLinkedSheets(pieces: Iterable<Buffer>): readonly LinkedSheet[] {
  const cursor = new XmlCursor(pieces);
  const linked = new LinkedSheets();
  let column = -1;
  let number = 0;
  let type = 'n';
  let columns = 1;
  let index = -1;
  try {
    while (cursor.next()) {
      const name = cursor.name();
      if (cursor.closing) {
        if (name === 'v') linked.add(column, linkedCell(decodeEscapes(cursor.text()), type));
        else if (name === 'val') linked.addItem(index, columns, linkedCell(decodeEscapes(cursor.text()), type));
        else if (name === 'sheetData' || name === 'values') linked.endSheet();
      } else if (name === 'values') {
        columns = columnCount(Number(cursor.attribute('cols') ?? 1));
        index = -1;
      } else if (name === 'value') {
        index++;
        type = cursor.attribute('t') ?? 'n';
      } else if (name === 'row') {
        number = rowNumber(cursor.attribute('r')) ?? number + 1;
        linked.openRow(number);
        column = -1;
      } else if (name === 'cell') {
        const reference = /^([A-Z]{1,3})\d/.exec(cursor.attribute('r') ?? '');
        column = reference ? columnNumber(reference[1]!) : column + 1;
        type = cursor.attribute('t') ?? 'n';
      }
    }
  } finally {
    cursor.close();
  }
  linked.endSheet();
  return linked.sheets;
}

function linkedCell(text: string, type: string): Cell {
  return type === 'n' && text !== '' && !Number.isNaN(Number(text)) ? new FormattedNumber(Number(text), GENERAL) : text;
}

/** Of the values of a link; 1 where what is told can't be. */
export function columnCount(told: number): number {
  return Number.isInteger(told) && told >= 1 && told <= limits.columnsMax ? told : 1;
}

function rowNumber(text: string | undefined): number | null {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= 1_048_576 ? number : null;
}

/** 0 for `A`. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}
