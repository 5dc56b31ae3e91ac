/** The same caches as in xlsx-caches.ts, as a binary workbook keeps them (MS-XLSB 2.1.7.38, 2.1.7.39, 2.1.7.25). */
import type { Cell } from '../../detectors/contract.js';
import { limits } from '../limits.js';
import type { RowBatch } from '../model.js';
import { FileProblem } from '../problem.js';
import { FormattedNumber, GENERAL } from './number-format.js';
import { RowBatcher } from './row-batcher.js';
import { RecordCursor } from './xlsb-record.js';
import { stringsOf } from './xlsb-strays.js';
import { CACHE_CHARS_MAX, columnCount, type LinkedSheet, LinkedSheets, type PivotField } from './xlsx-caches.js';

/** Numbers of records (2.3.2). Of a pivot cache's values there are two sorts: plain ones, and from 27 on those with settings behind them. */
const ITEM_MISSING = 20;
const ITEM_DATE = 25;
const ITEM_INDEX = 26;
const RICH_ITEM_FIRST = 27;
const RICH_ITEM_LAST = 32;
const PACKED_ROW = 33;
const ROW = 34;
const BEGIN_FIELD = 183;
const BEGIN_ITEMS = 189;
const END_ITEMS = 190;
const TABLE_START = 363;
const TABLE_END = 364;
const ROW_HEAD = 366;
const CELL_NUMBER = 368;
const CELL_BOOLEAN = 369;
const CELL_TEXT = 371;
/** What is linked: names of sheets, of a program and its topic, of an item. */
const NAMES: ReadonlySet<number> = new Set([358, 360, 577]);
/** Values of a DDE item, between the record with its size and the one that ends them. */
const ITEMS_START = 578;
const ITEMS_END = 579;
const ITEM_NUMBER = 580;
const ITEM_ERROR = 581;
const ITEM_TEXT = 582;
const ITEM_NIL = 583;
const ITEM_BOOLEAN = 584;
/** BrtBeginPCDField (2.4.122): settings, then the name. */
const FIELD_NAME = 20;

/** The fields of a pivot cache's definition. Throws FileProblem. */
export function readBinaryPivotFields(pieces: Iterable<Buffer>): readonly PivotField[] {
  const record = new RecordCursor(pieces);
  const fields: { name: string; items: Cell[] }[] = [];
  let inItems = false;
  let chars = 0;
  try {
    while (record.next()) {
      const { type } = record;
      if (type === BEGIN_FIELD) {
        if (fields.length >= limits.columnsMax) throw new FileProblem('too-large', `pivot cache of more than ${limits.columnsMax} fields`);
        fields.push({ name: record.text(FIELD_NAME), items: [] });
      } else if (type === BEGIN_ITEMS || type === END_ITEMS) inItems = type === BEGIN_ITEMS;
      else if (inItems && isItem(type)) {
        const item = itemOf(record, type);
        chars += 8 + (typeof item === 'string' ? item.length : 0);
        if (chars > CACHE_CHARS_MAX) throw new FileProblem('too-large', `pivot cache of more than ${CACHE_CHARS_MAX} characters`);
        fields.at(-1)?.items.push(item);
      }
    }
  } finally {
    record.close();
  }
  return fields;
}

/** The rows of a pivot cache. Values that stand packed in a row's record are known by their strings alone. Throws FileProblem. */
export function* readBinaryPivotRows(pieces: Iterable<Buffer>, fields: readonly PivotField[]): Generator<RowBatch> {
  const record = new RecordCursor(pieces);
  const batcher = new RowBatcher();
  batcher.add(
    1,
    fields.map(({ name }) => name),
  );
  let row: Cell[] | null = null;
  let number = 1;
  try {
    while (record.next()) {
      const { type } = record;
      if (type === ROW || type === PACKED_ROW) {
        const full = row ? batcher.add(++number, row) : null;
        row = type === ROW ? [] : packedRow(record, fields);
        if (full) yield full;
      } else if (row && row.length < limits.columnsMax) {
        if (type === ITEM_INDEX) row.push(fields[row.length]?.items[record.uint32(0)] ?? '');
        else if (isItem(type)) row.push(itemOf(record, type));
      }
    }
    const full = row ? batcher.add(++number, row) : null;
    if (full) yield full;
  } finally {
    record.close();
  }
  const last = batcher.take();
  if (last) yield last;
}

/** BrtPCRRecord (2.4.731): an index for each field that shares its values; of what else stands there only strings can be told. */
function packedRow(record: RecordCursor, fields: readonly PivotField[]): Cell[] {
  const row: Cell[] = [];
  let at = 0;
  const length = record.end - record.start;
  for (const { items } of fields) {
    if (at + 4 > length) break;
    if (items.length > 0) {
      row.push(items[record.uint32(at)] ?? '');
      at += 4;
      continue;
    }
    const chars = record.uint32(at);
    if (chars <= 0x7fff && at + 4 + chars * 2 <= length) {
      row.push(record.text(at));
      at += 4 + chars * 2;
    } else {
      row.push(new FormattedNumber(record.double(at), GENERAL));
      at += 8;
    }
  }
  return row;
}

function isItem(type: number): boolean {
  return (type >= ITEM_MISSING && type <= ITEM_DATE) || (type >= RICH_ITEM_FIRST && type <= RICH_ITEM_LAST);
}

/** 20 missing, 21 number, 22 boolean, 23 error, 24 string, 25 date; the others are seven above. */
function itemOf(record: RecordCursor, type: number): Cell {
  switch (type >= RICH_ITEM_FIRST ? type - (RICH_ITEM_FIRST - ITEM_MISSING) : type) {
    case 21:
      return new FormattedNumber(record.double(0), GENERAL);
    case 22:
      return record.byte(0) === 0 ? 'FALSE' : 'TRUE';
    case 24:
      return record.text(0);
    case 25:
      return dateOf(record);
    default:
      return '';
  }
}

/** PCDIDateTime (2.5.104): year, month, day. */
function dateOf(record: RecordCursor): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${record.uint16(0)}-${pad(record.uint16(2))}-${pad(record.byte(4))}`;
}

/** The cells of an external link, and the values of one to another program. Throws FileProblem. */
export function readBinaryLinkedSheets(pieces: Iterable<Buffer>): readonly LinkedSheet[] {
  const record = new RecordCursor(pieces);
  const linked = new LinkedSheets();
  let columns = 1;
  let index = 0;
  try {
    while (record.next()) {
      if (NAMES.has(record.type)) {
        // A sheet of their own: they head no column.
        for (const [at, name] of stringsOf(record).entries()) linked.addItem(at, 1, name);
        linked.endSheet();
      }
      switch (record.type) {
        case ROW_HEAD:
          linked.openRow(Math.min(record.uint32(0), 1_048_575) + 1);
          break;
        case CELL_TEXT:
          linked.add(record.uint32(0), record.text(4));
          break;
        case CELL_NUMBER:
          linked.add(record.uint32(0), new FormattedNumber(record.double(4), GENERAL));
          break;
        case CELL_BOOLEAN:
          linked.add(record.uint32(0), record.byte(4) === 0 ? 'FALSE' : 'TRUE');
          break;
        case ITEMS_START:
          columns = columnCount(record.uint32(4));
          index = 0;
          break;
        case ITEM_TEXT:
          linked.addItem(index++, columns, record.text(0));
          break;
        case ITEM_NUMBER:
          linked.addItem(index++, columns, new FormattedNumber(record.double(0), GENERAL));
          break;
        case ITEM_ERROR:
        case ITEM_NIL:
        case ITEM_BOOLEAN:
          index++;
          break;
        case ITEMS_END:
        case TABLE_START:
        case TABLE_END:
          linked.endSheet();
      }
    }
  } finally {
    record.close();
  }
  linked.endSheet();
  return linked.sheets;
}
