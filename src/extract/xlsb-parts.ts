/** The parts of a binary workbook that are no sheets (MS-XLSB 2.1.7): the list of sheets, shared strings, cell formats, comments. Each throws FileProblem. */
import { type Relationship, readRelations } from '../container/opc.js';
import type { ZipDirectory } from '../container/zip.js';
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import type { NumberFormat } from './number-format.js';
import { RecordCursor } from './xlsb-record.js';
import { columnName, type PlacedText } from './xlsx-parts.js';
import type { SharedStrings } from './xlsx-strings.js';
import { formatsOf } from './xlsx-styles.js';
import type { SheetEntry, WorkbookPart } from './xlsx-workbook.js';

/** Numbers of records (2.3.2). */
const SST_ITEM = 19;
const NAME = 39;
const FMT = 44;
const XF = 47;
const WB_PROP = 153;
const BUNDLE_SH = 156;
const BEGIN_CELL_XFS = 617;
const END_CELL_XFS = 618;
const COMMENT_AUTHOR = 632;
const BEGIN_COMMENT = 635;
const COMMENT_TEXT = 637;

const BUILT_IN = 0x20;
/** PtgStr (2.5.97.76): a count of two bytes, UTF-16. */
const TOKEN_STRING = 0x17;

const NAMES_MAX = 100_000;
const STYLES_MAX = 1_000_000;
const AUTHORS_MAX = 10_000;
const COMMENT_CHARS_MAX = 64 * 1024 * 1024;

/** Throws FileProblem('damaged') without a workbook, 'too-large' past `limits.sheetsMax`. */
export function readBinaryWorkbook(zip: ZipDirectory): WorkbookPart {
  const main = readRelations(zip, '').find(({ type, target }) => type === 'officeDocument' && zip.entry(target));
  const part = main?.target ?? 'xl/workbook.bin';
  const entry = zip.entry(part);
  if (!entry) throw new FileProblem('damaged', 'xlsb: no workbook');
  const relations = readRelations(zip, part);
  const sheets: SheetEntry[] = [];
  const names: string[] = [];
  let is1904 = false;
  forEach(zip.streamEntry(entry), (record) => {
    if (record.type === WB_PROP) is1904 = (record.byte(0) & 1) === 1;
    else if (record.type === BUNDLE_SH) {
      if (sheets.length >= limits.sheetsMax) throw new FileProblem('too-large', `xlsb: more than ${limits.sheetsMax} sheets`);
      sheets.push(sheetOf(record, relations));
    } else if (record.type === NAME && names.length < NAMES_MAX) names.push(nameOf(record));
  });
  return { part, relations, sheets, is1904, names: names.filter((name) => name !== '') };
}

/** BrtName (2.4.711): flags, key, sheet, name, formula (its bytes, the bytes of its extras), comment. A constant is a formula of one token. */
function nameOf(record: RecordCursor): string {
  const texts = record.uint32(0) & BUILT_IN ? [] : [record.text(9)];
  const formula = record.behindText(9);
  const bytes = record.uint32(formula);
  const tokens = formula + 4;
  if (record.byte(tokens) === TOKEN_STRING) {
    const start = record.start + tokens + 3;
    texts.push(record.bytes.toString('utf16le', start, Math.min(start + record.uint16(tokens + 1) * 2, record.end)));
  }
  texts.push(record.text(tokens + bytes + 4 + record.uint32(tokens + bytes)));
  return texts.filter((text) => text !== '').join('\t');
}

/** BrtBundleSh (2.4.304): state, number, id of the relationship, name. */
function sheetOf(record: RecordCursor, relations: readonly Relationship[]): SheetEntry {
  const id = record.text(8);
  const target = relations.find((relation) => relation.id === id)?.target;
  return { name: record.text(record.behindText(8)), part: target ?? null };
}

/** BrtSSTItem (2.4.726): a RichStr, whose text stands behind one byte of flags. */
export function loadBinaryStrings(strings: SharedStrings, pieces: Iterable<Buffer>): void {
  forEach(pieces, (record) => {
    if (record.type === SST_ITEM) strings.add(record.text(1));
  });
}

/** BrtFmt (2.4.649) and BrtXF (2.4.876) among the formats of cells. */
export function readBinaryFormats(pieces: Iterable<Buffer>, is1904: boolean): readonly NumberFormat[] {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCellFormats = false;
  forEach(pieces, (record) => {
    if (record.type === FMT) codes.set(record.uint16(0), record.text(2));
    else if (record.type === BEGIN_CELL_XFS) inCellFormats = true;
    else if (record.type === END_CELL_XFS) inCellFormats = false;
    else if (record.type === XF && inCellFormats && ids.length < STYLES_MAX) ids.push(record.uint16(2));
  });
  return formatsOf(ids, codes, is1904);
}

/** BrtBeginComment (2.4.29): author, range of cells, id. BrtCommentText (2.4.329): a RichStr. */
export function readBinaryComments(pieces: Iterable<Buffer>): readonly PlacedText[] {
  const found: PlacedText[] = [];
  let cell = '';
  let chars = 0;
  forEach(pieces, (record) => {
    if (record.type === BEGIN_COMMENT) cell = `${columnName(record.uint32(12))}${record.uint32(4) + 1}`;
    else if (record.type === COMMENT_TEXT) {
      const text = record.text(1).trim();
      chars += text.length;
      if (chars > COMMENT_CHARS_MAX) throw new FileProblem('too-large', `more than ${COMMENT_CHARS_MAX} characters of comments`);
      if (text !== '') found.push({ cell, text });
    }
  });
  return found;
}

/** BrtCommentAuthor (2.4.327). */
export function readBinaryAuthors(pieces: Iterable<Buffer>): readonly string[] {
  const authors = new Set<string>();
  forEach(pieces, (record) => {
    if (record.type === COMMENT_AUTHOR && authors.size < AUTHORS_MAX) authors.add(record.text(0));
  });
  authors.delete('');
  return [...authors];
}

function forEach(pieces: Iterable<Buffer>, take: (record: RecordCursor) => void): void {
  const record = new RecordCursor(pieces);
  try {
    while (record.next()) take(record);
  } finally {
    record.close();
  }
}
