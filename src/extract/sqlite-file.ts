/**
 * SQLite databases: each table under a header of its columns, read from its b-tree page by page, without the library: a stranger's file is no
 * input for native code. Long texts follow as text, documents and page-sized pictures in it as files. What deleted rows left behind is not searched.
 */
import type { Cell } from '../../detectors/contract.js';
import { memorySource } from '../container/memory-source.js';
import { OLE_MAGIC } from '../container/ole.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, Row, RowBatch } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { holdsPage, pictureSize } from './picture-size.js';
import { matchMagic } from './sniff-magic.js';
import { type RecordValue, SqlitePages, type SqliteRow } from './sqlite-pages.js';
import { readCreateTable, type SqliteColumns } from './sqlite-schema.js';
import { blocksOf } from './text.js';

/** Long texts and files of one table that are read again behind it. */
const ASIDES_MAX = 20_000;
/** A file is at least this long; below it are icons and keys. */
const FILE_BYTES_MIN = 512;

export const sqliteExtractor: Extractor = {
  id: 'sqlite',
  version: 1,
  formats: ['sqlite'],
  *read(source, context) {
    const pages = new SqlitePages(source, context);
    const tables = readSchema(pages);
    if (tables.length > limits.sheetsMax) context.problem('too-large', `more than ${limits.sheetsMax} tables`);
    for (const table of tables.slice(0, limits.sheetsMax)) yield* readTable(pages, table, context);
  },
};

interface Table {
  readonly name: string;
  readonly root: number;
  readonly columns: SqliteColumns;
}

/** A value that is too long for a cell. */
interface Aside {
  readonly row: SqliteRow;
  readonly column: number;
  readonly name: string;
}

/** The schema is itself a table: type, name, table, first page, the words that made it (SQLite file format, 2.6). */
function readSchema(pages: SqlitePages): Table[] {
  const tables: Table[] = [];
  for (const { values } of pages.rows(1)) {
    const [type, name, , root, sql] = values.map((value) => (value.kind === 'blob' ? '' : value.value));
    // Statistics and counters of the database itself; a virtual table has no page of its own.
    if (type !== 'table' || typeof root !== 'number' || root < 2 || String(name).startsWith('sqlite_')) continue;
    tables.push({ name: String(name), root, columns: readCreateTable(String(sql ?? '')) });
  }
  return tables;
}

function* readTable(pages: SqlitePages, table: Table, context: ExtractContext): Generator<Block | MemberBlock> {
  const asides: Aside[] = [];
  const rows = batchesOf(pages, table, asides);
  yield { kind: 'table', where: { sheet: table.name }, rows };
  // What nobody asked for is passed over, so that long values are found all the same.
  for (const _batch of rows);
  if (asides.length > ASIDES_MAX) context.problem('too-large', `${asides.length - ASIDES_MAX} long values of one table are not read`);
  for (const { row, column, name } of asides.slice(0, ASIDES_MAX)) {
    const value = pages.value(row, column);
    if (value?.kind === 'text') yield* textBlocks(value.value, table.name, context);
    else if (value?.kind === 'blob') yield { kind: 'member', name, source: memorySource(name, value.value) };
  }
}

function* textBlocks(text: string, sheet: string, context: ExtractContext): Generator<Block> {
  for (const block of blocksOf([text], context)) yield { ...block, where: { ...block.where, sheet } };
}

function* batchesOf(pages: SqlitePages, { name, root, columns }: Table, asides: Aside[]): Generator<RowBatch> {
  let rows: Row[] = [columns.names];
  let firstRow = 1;
  let cells = 0;
  let number = 1;
  for (const row of pages.rows(root)) {
    number++;
    const cellsOfRow: Cell[] = [];
    for (const [at, value] of row.values.entries()) {
      const column = columns.order[at] ?? at;
      if (column >= limits.columnsMax) break;
      while (cellsOfRow.length <= column) cellsOfRow.push('');
      if (value.kind === 'null' && column === columns.rowId && row.rowId !== null) cellsOfRow[column] = String(row.rowId);
      else cellsOfRow[column] = cellOf(value);
      if (isAside(value)) {
        const label = `${name}/${columns.names[column] ?? column + 1}/${number}`;
        if (asides.length <= ASIDES_MAX) asides.push({ row: row.place(), column: at, name: label });
      }
    }
    rows.push(cellsOfRow);
    cells += cellsOfRow.length;
    if (rows.length >= limits.batchRows || cells > 200_000) {
      yield { firstRow, rows };
      firstRow += rows.length;
      rows = [];
      cells = 0;
    }
  }
  if (rows.length > 0) yield { firstRow, rows };
}

function cellOf(value: RecordValue): Cell {
  if (value.kind === 'null') return '';
  if (value.kind === 'number') return String(value.value);
  if (value.kind === 'text') return value.value.length > limits.cellCharsMax ? '' : value.value.replaceAll('\0', ' ');
  return blobText(value.value);
}

function isAside(value: RecordValue): boolean {
  if (value.kind === 'text') return value.value.length > limits.cellCharsMax;
  return value.kind === 'blob' && value.value.length >= FILE_BYTES_MIN && isFile(value.value);
}

/** Documents, archives, and pictures as large as a page. */
function isFile(bytes: Buffer): boolean {
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04' || bytes.subarray(0, 8).equals(OLE_MAGIC)) return true;
  const magic = matchMagic(bytes);
  if (!magic || magic.textless || magic.bytes.length < 3) return false;
  const size = pictureSize(bytes);
  return size ? holdsPage(size) : true;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Some programs keep texts as bytes. */
function blobText(bytes: Buffer): string {
  if (bytes.length === 0 || bytes.length > limits.cellCharsMax || bytes.includes(0)) return '';
  try {
    const text = utf8.decode(bytes);
    return /[\x01-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? '' : text;
  } catch {
    return '';
  }
}
