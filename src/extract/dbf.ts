/**
 * dBASE tables (III to 7, Clipper, FoxPro) under a header of their field names, read piece by piece whatever their size. Memos stand in
 * a file of their own, which is examined as such (dbf-memo.ts); records that are marked as deleted still stand in the file, and are read behind the others.
 */
import type { Cell } from '../../detectors/contract.js';
import { limits } from '../limits.js';
import type { Row, RowBatch, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { decodeWhole, detectEncoding, type TextEncoding } from './encoding.js';
import { dateText, serialOfIso } from './serial-date.js';

const HEADER_BYTES = 32;
const FIELD_BYTES = 32;
/** dBASE 7: a longer header, and names of 32 bytes. */
const HEADER_7_BYTES = 68;
const FIELD_7_BYTES = 48;
const FIELDS_END = 0x0d;
const DELETED = 0x2a;
/** Language drivers of Japanese Windows and DOS, in dBASE and in Visual FoxPro. */
const JAPANESE_DRIVERS = new Set([0x13, 0x7b]);
/** What stands in no field that a person sees. */
const HIDDEN_FIELD = 0x01;
/** Julian day of 1970-01-01, and that day as a serial of spreadsheets. */
const EPOCH_JULIAN = 2_440_588;
const EPOCH_SERIAL = 25_569;
const SAMPLE_BYTES = 32 * 1024;

export const dbfExtractor: Extractor = {
  id: 'dbf',
  version: 1,
  formats: ['dbf'],
  *read(source, context) {
    const table = readHeader(source);
    const state: State = { encoding: null, deleted: 0 };
    yield { kind: 'table', where: {}, rows: batchesOf(source, table, state, context, false) };
    if (state.deleted > 0)
      yield { kind: 'table', where: { part: 'deleted' }, copy: true, rows: batchesOf(source, table, state, context, true) };
  },
};

interface Field {
  readonly name: Buffer;
  readonly type: string;
  readonly at: number;
  readonly bytes: number;
  readonly decimals: number;
}

interface Table {
  readonly fields: readonly Field[];
  readonly start: number;
  readonly recordBytes: number;
  readonly records: number;
  readonly isSeven: boolean;
  readonly isJapanese: boolean;
}

interface State {
  /** Null until a byte that is not ASCII decided. */
  encoding: TextEncoding | null;
  deleted: number;
}

function readHeader(source: Source): Table {
  const head = source.read(0, HEADER_7_BYTES);
  if (head.length < HEADER_BYTES) throw new FileProblem('damaged', 'dbf: header is cut');
  if (head[15] === 1) throw new FileProblem('encrypted', 'dbf: encrypted table');
  const start = head.readUInt16LE(8);
  const recordBytes = head.readUInt16LE(10);
  const isSeven = (head[0]! & 7) === 4;
  const fields = readFields(source.read(0, start), isSeven, recordBytes);
  if (fields.length === 0 || recordBytes < 2) throw new FileProblem('damaged', 'dbf: no fields');
  return { fields, start, recordBytes, records: head.readUInt32LE(4), isSeven, isJapanese: JAPANESE_DRIVERS.has(head[29]!) };
}

function readFields(header: Buffer, isSeven: boolean, recordBytes: number): Field[] {
  const [first, each, nameBytes] = isSeven ? [HEADER_7_BYTES, FIELD_7_BYTES, 32] : [HEADER_BYTES, FIELD_BYTES, 11];
  const found: { name: Buffer; type: string; bytes: number; decimals: number; hidden: boolean }[] = [];
  for (let at = first; at + each <= header.length && header[at] !== FIELDS_END; at += each) {
    const raw = header.subarray(at, at + nameBytes);
    const end = raw.indexOf(0);
    const type = String.fromCharCode(header[at + nameBytes]!);
    const [bytes, decimals] = isSeven ? [header[at + 33]!, header[at + 34]!] : [header[at + 16]!, header[at + 17]!];
    const hidden = !isSeven && type === '0' && (header[at + 18]! & HIDDEN_FIELD) !== 0;
    found.push({ name: end < 0 ? raw : raw.subarray(0, end), type, bytes, decimals, hidden });
  }
  // Clipper and FoxPro keep the upper byte of a long text's width where numbers have their decimals.
  const sum = found.reduce((total, field) => total + field.bytes, 1);
  const wide = sum < recordBytes;
  const fields: Field[] = [];
  let at = 1;
  for (const { name, type, bytes, decimals, hidden } of found) {
    const all = wide && type === 'C' ? bytes + decimals * 256 : bytes;
    if (at + all > recordBytes) break;
    if (!hidden) fields.push({ name, type, at, bytes: all, decimals });
    at += all;
  }
  return fields;
}

/** The records that are marked as deleted, or the others; a header of names before them, so that row 1 is the header. */
function* batchesOf(source: Source, table: Table, state: State, context: ExtractContext, deleted: boolean): Generator<RowBatch> {
  const { start, recordBytes, records, fields } = table;
  const piece = Math.max(1, Math.min(limits.batchRows - 1, Math.floor(limits.chunkBytes / recordBytes)));
  const there = Math.max(0, Math.floor((source.sizeBytes - start) / recordBytes));
  if (there < records && !deleted) context.problem('damaged', `dbf: ${records - there} of ${records} records are missing`);
  let rows: Row[] = [];
  let firstRow = 1;
  for (let done = 0; done < Math.min(records, there); done += piece) {
    const bytes = source.read(start + done * recordBytes, Math.min(piece, Math.min(records, there) - done) * recordBytes);
    state.encoding ??= encodingOf(bytes, table);
    const encoding = state.encoding ?? 'shift_jis';
    if (done === 0) rows.push(fields.map((field) => decodeWhole(nameEncoding(field.name, encoding), field.name).trim()));
    for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
      const isDeleted = bytes[at] === DELETED;
      if (isDeleted && !deleted) state.deleted++;
      if (isDeleted === deleted)
        rows.push(fields.map((field) => cellOf(bytes.subarray(at + field.at, at + field.at + field.bytes), field, encoding, table)));
    }
    if (rows.length > 0) yield { firstRow, rows };
    firstRow += rows.length;
    rows = [];
  }
}

/** By what stands in the texts: code pages are told wrongly, or not at all, by many programs. Null as long as all is ASCII. */
function encodingOf(bytes: Buffer, { fields, recordBytes, isJapanese }: Table): TextEncoding | null {
  const texts: Buffer[] = [];
  let size = 0;
  for (let at = 0; at + recordBytes <= bytes.length && size < SAMPLE_BYTES; at += recordBytes) {
    for (const field of fields) {
      if (field.type !== 'C' && field.type !== 'V') continue;
      const text = bytes.subarray(at + field.at, at + field.at + field.bytes);
      if (!text.some((byte) => byte >= 0x80 || byte === 0x1b)) continue;
      const trimmed = trimEnd(text);
      texts.push(trimmed, NEWLINE);
      size += trimmed.length + 1;
    }
  }
  if (texts.length === 0) return null;
  const found = detectEncoding(Buffer.concat(texts), true);
  return (found === 'latin1' && isJapanese) || found.startsWith('utf-16') ? 'shift_jis' : found;
}

const NEWLINE = Buffer.from('\n');

/** Names may be in another encoding than texts: some programs write both as their system has them. */
function nameEncoding(name: Buffer, encoding: TextEncoding): TextEncoding {
  return encoding === 'utf-8' && detectEncoding(name, true) !== 'utf-8' ? 'shift_jis' : encoding;
}

/** Without the spaces and NULs that fill a field up. */
function trimEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end--;
  return bytes.subarray(0, end);
}

function cellOf(bytes: Buffer, field: Field, encoding: TextEncoding, { isSeven }: Table): Cell {
  switch (field.type) {
    case 'D':
      return dateCell(bytes.toString('latin1'));
    case 'L':
      return bytes.toString('latin1').trim();
    case 'I':
    case '+':
      if (field.bytes !== 4) break;
      // dBASE 7 keeps the upper byte first, with its sign turned.
      return String(isSeven ? bytes.readUInt32BE(0) - 0x80000000 : bytes.readInt32LE(0));
    case 'Y':
      return field.bytes === 8 ? String(Number(bytes.readBigInt64LE(0)) / 10_000) : '';
    case 'T':
      return field.bytes === 8 ? julianCell(bytes.readInt32LE(0)) : '';
    case 'B':
      return field.bytes === 8 && !isSeven ? String(Number(bytes.readDoubleLE(0).toPrecision(15))) : '';
    case 'M':
    case 'G':
    case 'P':
    case 'W':
    case '0':
    case 'O':
    case '@':
    case 'Q':
      return '';
  }
  const trimmed = trimEnd(bytes);
  if (trimmed.length === 0) return '';
  return field.type === 'C' || field.type === 'V'
    ? decodeWhole(encoding, trimmed).replaceAll('\0', ' ')
    : trimmed.toString('latin1').trim();
}

function dateCell(text: string): Cell {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return text.replaceAll('\0', ' ').trim();
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}`;
  return { text: iso, value: serialOfIso(iso), isDate: true };
}

function julianCell(day: number): Cell {
  const serial = day - EPOCH_JULIAN + EPOCH_SERIAL;
  const text = dateText(serial, false);
  return text === null ? '' : { text, value: serial, isDate: true };
}
