/**
 * Reads spreadsheets through SheetJS: the cells of xls and ods (xls.ts and ods.ts add what it doesn't see), and the second
 * reader of xlsx and xlsb. It holds the whole workbook in memory and sees
 * cells and comments alone: no text boxes, headers or charts.
 */
import { createRequire } from 'node:module';
import type * as SheetJs from 'xlsx';
import type { Cell } from '../../detectors/contract.js';
import { hideStreams } from '../container/ole-image.js';
import { limits } from '../limits.js';
import type { Block, Format, RowBatch, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { damageOfBiff } from './biff-frame.js';
import { createNumberFormat, FormattedNumber, GENERAL, type NumberFormat } from './number-format.js';
import { RowBatcher } from './row-batcher.js';
import { codePages } from './sheetjs-pages.js';
import { storePackage } from './stored-package.js';
import { columnName } from './xlsx-parts.js';

/** The password that Excel itself tries, so that it protects nothing (MS-OFFCRYPTO 2.4.2.3 and 2.3.6). */
const DEFAULT_PASSWORD = 'VelvetSweatshop';
/** Error values (MS-XLS 2.5.10). */
const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

export const sheetjsExtractor: Extractor = { id: 'sheetjs', version: 5, formats: ['xls', 'xlsb', 'ods', 'xlsx', 'xlsm'], read };

/** MS-OLEPS 2.24, 2.25. */
const PROPERTY_STREAMS = ['\x05SummaryInformation', '\x05DocumentSummaryInformation'];

const SECOND_FOR: ReadonlySet<Format> = new Set(['xlsx', 'xlsm', 'xlsb']);

let library: typeof SheetJs | undefined;

/** Loaded at first use, since most workers never need it: the build without code pages, without which Excel 95 is garbled, and ours for them. */
function loadLibrary(): typeof SheetJs {
  if (!library) {
    library = createRequire(import.meta.url)('xlsx/dist/xlsx.core.min.js') as typeof SheetJs;
    library.set_cptable(codePages);
  }
  return library;
}

function* read(source: Source, context: ExtractContext): Generator<Block> {
  const given = source.whole();
  refuseOthers(given);
  // The library's own inflater hangs on broken streams, and takes what a package states of itself for true.
  const isPackage = given.readUInt16BE(0) === 0x504b;
  const bytes = isPackage ? storePackage(source, context) : withoutProperties(given);
  const damage = isPackage ? null : damageOfBiff(source);
  if (damage !== null) context.problem('damaged', damage);
  // Asked for these only when their own reader refused them. The library passes over what is broken, so it can't be told whether this is all.
  if (SECOND_FOR.has(context.format)) context.problem('damaged', 'sheetjs: read by a forgiving reader, perhaps not whole');
  const book = quietly(() => openBook(bytes, context.passwords));
  const formats = new FormatCache(book.Workbook?.WBProps?.date1904 === true);
  let cellsLeft: number = limits.cellsMax;
  for (const [index, name] of book.SheetNames.entries()) {
    if (index >= limits.sheetsMax) throw new FileProblem('too-large', `sheetjs: more than ${limits.sheetsMax} sheets`);
    const sheet = book.Sheets[name];
    // The library drops a sheet that it fails on without a word.
    if (!sheet) context.problem('damaged', `sheetjs: sheet ${index + 1} could not be read`);
    const data = sheet?.['!data'];
    if (!data) continue;
    const comments: Block[] = [];
    yield { kind: 'table', where: { sheet: name }, rows: batches(data, formats) };
    for (const [row, cells] of data.entries()) {
      cellsLeft -= cells?.length ?? 0;
      if (cells) collectComments(name, row, cells, comments);
    }
    if (cellsLeft < 0) throw new FileProblem('too-large', `sheetjs: more than ${limits.cellsMax} cells`);
    yield* comments;
  }
}

/** The library takes anything for a spreadsheet, text as well: only packages, compound files and bare BIFF streams (MS-XLS 2.4.21) are given to it. */
function refuseOthers(bytes: Buffer): void {
  const start = bytes.length < 8 ? 0 : bytes.readUInt16BE(0);
  if (start !== 0x504b && start !== 0xd0cf && ![0x0900, 0x0902, 0x0904, 0x0908].includes(start))
    throw new FileProblem('damaged', 'sheetjs: no spreadsheet');
}

/** Nobody asks it for a workbook's properties (xls.ts reads them), and where they are broken it makes as many as they state: four thousand million. */
function withoutProperties(given: Buffer): Buffer {
  const image = Buffer.from(given);
  hideStreams(image, PROPERTY_STREAMS);
  return image;
}

/** The library writes to the console, pieces of the file among it; reading is synchronous, so nobody else's words are lost. */
function quietly<T>(work: () => T): T {
  const { error, warn, log } = console;
  const silent = () => undefined;
  Object.assign(console, { error: silent, warn: silent, log: silent });
  try {
    return work();
  } finally {
    Object.assign(console, { error, warn, log });
  }
}

/** Its messages may quote the file, so only what they mean is told. */
function openBook(bytes: Buffer, passwords: readonly string[]): SheetJs.WorkBook {
  let encrypted = false;
  for (const password of [DEFAULT_PASSWORD, ...passwords]) {
    try {
      return loadLibrary().read(bytes, {
        type: 'buffer',
        dense: true,
        cellHTML: false,
        cellFormula: false,
        cellText: false,
        cellNF: true,
        cellDates: false,
        password,
      });
    } catch (error) {
      // A wrong password for the weak XOR scheme gives bytes that break the reader.
      encrypted ||= error instanceof Error && /password|encrypt/i.test(error.message);
      if (!encrypted) throw new FileProblem('damaged', 'sheetjs: could not be read');
    }
  }
  throw new FileProblem('encrypted', 'sheetjs: needs a password');
}

function* batches(
  data: readonly (readonly SheetJs.CellObject[] | undefined)[],
  formats: FormatCache,
): Generator<RowBatch, void, undefined> {
  const batcher = new RowBatcher();
  for (const [index, cells] of data.entries()) {
    if (!cells) continue;
    const row: Cell[] = [];
    const columns = Math.min(cells.length, limits.columnsMax);
    for (let column = 0; column < columns; column++) {
      const cell = cellOf(cells[column], formats);
      if (cell === '') continue;
      while (row.length < column) row.push('');
      row.push(cell);
    }
    if (row.length === 0) continue;
    const full = batcher.add(index + 1, row);
    if (full) yield full;
  }
  const last = batcher.take();
  if (last) yield last;
}

function cellOf(cell: SheetJs.CellObject | undefined, formats: FormatCache): Cell {
  if (cell?.v === undefined) return '';
  const { v: value } = cell;
  if (typeof value === 'number') return cell.t === 'e' ? (ERRORS[value] ?? '#N/A') : new FormattedNumber(value, formats.of(cell.z));
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'string' ? value : value.toISOString().replace('T', ' ').slice(0, 19).replace(' 00:00:00', '');
}

function collectComments(sheet: string, row: number, cells: readonly SheetJs.CellObject[], found: Block[]): void {
  for (let column = 0; column < cells.length; column++) {
    for (const comment of cells[column]?.c ?? []) {
      const text = typeof comment.t === 'string' ? comment.t.trim() : '';
      if (text !== '') found.push({ kind: 'text', where: { sheet, cell: `${columnName(column)}${row + 1}`, part: 'comment' }, text });
    }
  }
}

class FormatCache {
  readonly #known = new Map<string, NumberFormat>();
  constructor(private readonly is1904: boolean) {}

  of(code: string | number | undefined): NumberFormat {
    const key = code === undefined ? 'General' : String(code);
    if (key === 'General') return GENERAL;
    let format = this.#known.get(key);
    if (!format) {
      format = createNumberFormat(key, this.is1904);
      this.#known.set(key, format);
    }
    return format;
  }
}
