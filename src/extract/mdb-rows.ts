/**
 * The rows of Access tables with their values. Which pages are a table's is told by the pages themselves, seen once for the whole file. Rows that
 * are marked as deleted are passed over: nobody sees them in Access. Every loop ends with the file's own size.
 */
import type { Cell } from '../../detectors/contract.js';
import type { JetPages } from '../container/jet-file.js';
import { limits } from '../limits.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';
import { decodeWhole, type TextEncoding } from './encoding.js';
import type { JetColumn, JetTable } from './mdb-table.js';

const DATA_PAGE = 1;
const DELETED = 0x8000;
/** The row's place holds the place of the row, which grew out of its page. */
const MOVED = 0x4000;
const OFFSET = 0x1fff;
const HOPS_MAX = 8;
/** Days from 1899-12-30, day 0 of Access, to 1970-01-01. */
const EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;
const MEMO_BYTES_MAX = 64 * 1024 * 1024;
const MEMO_HEADER_BYTES = 12;

/** A text that is too long for a cell, to be read again: its twelve bytes that say where it stands. */
export type LongText = Buffer;

export class JetRows {
  /** Objects that were met in fields: pictures, documents, attachments. */
  objects = 0;
  readonly #owned = new Map<number, number[]>();
  readonly #encoding: TextEncoding;
  /** What texts outside of rows may take together; each is read twice at most. */
  #memoLeft: number;
  /** Bytes that rows may take together, so that places that overlap end. */
  #rowLeft: number;
  readonly #told = new Set<string>();

  constructor(
    private readonly pages: JetPages,
    private readonly context: ExtractContext,
  ) {
    const { header, count } = pages;
    this.#encoding = header.isJet3 ? (header.codePage === 1252 ? 'latin1' : 'shift_jis') : 'utf-16le';
    this.#memoLeft = count * header.pageBytes * 4;
    this.#rowLeft = count * header.pageBytes * 4;
    for (const { number, head } of pages.heads(8)) {
      if (head[0] !== DATA_PAGE) continue;
      const root = head.readUInt32LE(4);
      const owned = this.#owned.get(root);
      if (owned) owned.push(number);
      else this.#owned.set(root, [number]);
    }
  }

  /** Texts that are too long for a cell are added to `asides`. */
  *of(table: JetTable, asides: LongText[]): Generator<Cell[]> {
    const countAt = this.pages.header.isJet3 ? 8 : 12;
    for (const number of this.#owned.get(table.root) ?? []) {
      const page = this.pages.page(number);
      if (!page) continue;
      const rows = Math.min(page.readUInt16LE(countAt), (page.length - countAt - 2) >> 1);
      for (let row = 0; row < rows; row++) {
        if (page.readUInt16LE(countAt + 2 + row * 2) & DELETED) continue;
        const bytes = this.#rowBytes(number, row);
        const cells = bytes && this.#cells(bytes, table, asides);
        if (cells) yield cells;
        else this.#tell('a row can not be read');
      }
    }
  }

  /** The bytes of a row, wherever it moved to; null when its place is none. */
  #rowBytes(pageNumber: number, row: number): Buffer | null {
    const countAt = this.pages.header.isJet3 ? 8 : 12;
    let [number, at] = [pageNumber, row];
    for (let hops = 0; hops < HOPS_MAX; hops++) {
      const page = this.pages.page(number);
      if (page?.[0] !== DATA_PAGE || at >= page.readUInt16LE(countAt) || countAt + 4 + at * 2 > page.length) return null;
      const place = page.readUInt16LE(countAt + 2 + at * 2);
      const start = place & OFFSET;
      const end = at === 0 ? page.length : page.readUInt16LE(countAt + at * 2) & OFFSET;
      if (start >= end || end > page.length) return null;
      this.#rowLeft -= end - start;
      if (this.#rowLeft < 0) throw new FileProblem('damaged', 'mdb: rows overlap');
      if (!(place & MOVED)) return page.subarray(start, end);
      if (end - start < 4) return null;
      at = page[start]!;
      number = page.readUIntLE(start + 1, 3);
    }
    return null;
  }

  /** Count of columns, values of fixed length, values of varying length, their places in reverse order, their count, a bit for each column. */
  #cells(row: Buffer, table: JetTable, asides: LongText[]): Cell[] | null {
    const { isJet3 } = this.pages.header;
    const countBytes = isJet3 ? 1 : 2;
    if (row.length < countBytes + 1) return null;
    const count = isJet3 ? row[0]! : row.readUInt16LE(0);
    const mask = row.length - ((count + 7) >> 3);
    if (mask < countBytes) return null;
    const ends = table.hasVarying ? (isJet3 ? places3(row, mask) : places4(row, mask)) : [];
    if (!ends) return null;
    return table.columns.map((column) => {
      const isThere = column.number < count && (row[mask + (column.number >> 3)]! & (1 << (column.number & 7))) !== 0;
      if (column.type === 1) return column.number < count ? (isThere ? '1' : '0') : '';
      if (!isThere) return '';
      const start = column.varying < 0 ? countBytes + column.fixedAt : (ends[column.varying] ?? -1);
      const end = column.varying < 0 ? start + column.bytes : (ends[column.varying + 1] ?? -1);
      if (start < countBytes || end > mask || start > end) return '';
      return this.#cell(row.subarray(start, end), column, asides);
    });
  }

  #cell(bytes: Buffer, { type, bytes: size, scale }: JetColumn, asides: LongText[]): Cell {
    if (type === 10) return this.#text(bytes);
    if (type === 12) return this.#memo(bytes, asides);
    if (type === 9 || type === 15) return '';
    if (type === 11) {
      if (bytes.length >= MEMO_HEADER_BYTES) this.objects++;
      return '';
    }
    if (type === 20) return extendedDate(bytes.toString('latin1'));
    if (bytes.length < (NUMBER_BYTES[type] ?? size)) return '';
    switch (type) {
      case 2:
        return String(bytes[0]);
      case 3:
        return String(bytes.readInt16LE(0));
      case 4:
        return String(bytes.readInt32LE(0));
      case 5:
        return String(Number(bytes.readBigInt64LE(0)) / 10_000);
      case 6:
        return String(Number(bytes.readFloatLE(0).toPrecision(7)));
      case 7:
        return String(Number(bytes.readDoubleLE(0).toPrecision(15)));
      case 8:
        return dateCell(bytes.readDoubleLE(0));
      case 16:
        return decimal(bytes, scale);
      case 19:
        return String(bytes.readBigInt64LE(0));
    }
    return '';
  }

  /** Behind FF FE characters of one byte stand for themselves, until a NUL turns to two bytes each, and back. */
  #text(bytes: Buffer): string {
    if (this.pages.header.isJet3 || bytes.length < 3 || bytes[0] !== 0xff || bytes[1] !== 0xfe)
      return decodeWhole(this.#encoding, bytes).replaceAll('\0', ' ');
    const pieces: string[] = [];
    let single = true;
    for (let at = 2; at < bytes.length; ) {
      const end = single ? bytes.indexOf(0, at) : wideEnd(bytes, at);
      const stop = end < 0 ? bytes.length : end;
      pieces.push(bytes.toString(single ? 'latin1' : 'utf16le', at, stop));
      at = stop + 1;
      single = !single;
    }
    return pieces.join('');
  }

  #memo(bytes: Buffer, asides: LongText[]): string {
    if (bytes.length < MEMO_HEADER_BYTES) return '';
    const size = bytes.readUInt32LE(0) & 0x3fffffff;
    if (size === 0) return '';
    const text = this.#text(this.#long(bytes));
    if (text.length <= limits.cellCharsMax) return text;
    asides.push(Buffer.from(bytes.subarray(0, MEMO_HEADER_BYTES)));
    return '';
  }

  longText(aside: LongText): string {
    return this.#text(this.#long(aside));
  }

  /** Behind its header, in a row of another page, or in a chain of such rows. */
  #long(bytes: Buffer): Buffer {
    const size = bytes.readUInt32LE(0) & 0x3fffffff;
    const kind = bytes[3]! & 0xc0;
    if (kind & 0x80) return bytes.subarray(MEMO_HEADER_BYTES, MEMO_HEADER_BYTES + size);
    const pieces: Buffer[] = [];
    let have = 0;
    let [row, page] = [bytes[4]!, bytes.readUIntLE(5, 3)];
    while (page > 0 && have < Math.min(size, MEMO_BYTES_MAX)) {
      const piece = this.#rowBytes(page, row);
      const from = kind === 0x40 ? 0 : 4;
      if (!piece || piece.length <= from) break;
      pieces.push(piece.subarray(from, from + size - have));
      have += piece.length - from;
      this.#memoLeft -= piece.length;
      if (this.#memoLeft < 0) throw new FileProblem('damaged', 'mdb: texts overlap');
      if (kind === 0x40) break;
      [row, page] = [piece[0]!, piece.readUIntLE(1, 3)];
    }
    if (have < size && size > MEMO_BYTES_MAX) this.#tell(`a text of more than ${MEMO_BYTES_MAX} bytes is cut`, 'too-large');
    else if (have < size) this.#tell('a text is cut');
    return Buffer.concat(pieces);
  }

  #tell(detail: string, code: 'damaged' | 'too-large' = 'damaged'): void {
    if (this.#told.has(detail)) return;
    this.#told.add(detail);
    this.context.problem(code, `mdb: ${detail}`);
  }
}

/** Bytes that values of these types take. */
const NUMBER_BYTES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8, 6: 4, 7: 8, 8: 8, 16: 17, 19: 8 };

/** Where values begin, and where the last one ends, by two bytes each. */
function places4(row: Buffer, mask: number): number[] | null {
  if (mask < 4) return null;
  const count = row.readUInt16LE(mask - 2);
  if (count * 2 + 4 > mask) return null;
  return Array.from({ length: count + 1 }, (_, at) => row.readUInt16LE(mask - 4 - at * 2));
}

/** By one byte each; a table of jumps says from which column on another 256 are to be added. */
function places3(row: Buffer, mask: number): number[] | null {
  if (mask < 2) return null;
  const count = row[mask - 1]!;
  let jumps = (row.length - 1) >> 8;
  const first = mask - 2 - jumps;
  // The last jump may be a dummy.
  if (Math.floor((first - count) / 256) < jumps) jumps--;
  if (first - count < 1) return null;
  const places: number[] = [];
  let used = 0;
  for (let at = 0; at <= count; at++) {
    while (used < jumps && row[mask - 2 - used] === at) used++;
    places.push(row[first - at]! + used * 256);
  }
  return places;
}

/** The first single NUL that ends characters of two bytes. */
function wideEnd(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 2) if (bytes[at] === 0) return at;
  return -1;
}

function dateCell(days: number): Cell {
  if (!(days > -657_435 && days < 2_958_466)) return '';
  // Before day 0 the time still counts forwards.
  const whole = Math.trunc(days);
  const ms = Math.round(Math.abs(days - whole) * 86_400) * 1000;
  const iso = new Date((whole - EPOCH_DAYS) * DAY_MS + ms).toISOString();
  return { text: ms === 0 ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' '), value: days, isDate: true };
}

/** Days since the year 1 and parts of a day, as digits: `19_digits:19_digits:7`. */
function extendedDate(text: string): Cell {
  const day = /^(\d{1,19}):/.exec(text)?.[1];
  return day === undefined ? '' : dateCell(Number(day) - 693_593);
}

/** Sign, then four words of which the highest comes first. */
function decimal(bytes: Buffer, scale: number): string {
  let value = 0n;
  for (let at = 1; at < 17; at += 4) value = (value << 32n) | BigInt(bytes.readUInt32LE(at));
  const digits = value.toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return bytes[0]! & 0x80 ? `-${text}` : text;
}
