/**
 * The b-trees of a SQLite database (sqlite.org/fileformat2.html): the rows below a page, in their order, with their values. Every page is visited
 * once, and no more bytes are read than the file can hold, so loops and cells that overlap end.
 */
import type { Source } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';

const HEADER_BYTES = 100;
const TABLE_LEAF = 13;
const TABLE_INNER = 5;
const INDEX_LEAF = 10;
const INDEX_INNER = 2;
/** More of one record is not held; the values behind it are missing, which is told. */
const PAYLOAD_BYTES_MAX = 16 * 1024 * 1024;
/** A tree of this many levels would hold more than any file. */
const DEPTH_MAX = 40;
const PAGES_HELD = 64;
/** SQLite's own bound. */
const COLUMNS_MAX = 32_767;

export type RecordValue =
  | { readonly kind: 'null'; readonly value: null }
  | { readonly kind: 'number'; readonly value: number | bigint }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'blob'; readonly value: Buffer };

/** A row's place, to read it again. */
export interface SqliteRow {
  readonly page: number;
  readonly cell: number;
}

export interface ReadRow {
  readonly rowId: number | bigint | null;
  readonly values: readonly RecordValue[];
  place(): SqliteRow;
}

const NULL: RecordValue = { kind: 'null', value: null };

export class SqlitePages {
  readonly #pageBytes: number;
  readonly #usableBytes: number;
  readonly #pageCount: number;
  readonly #decoder: { decode(bytes: Buffer): string };
  readonly #visited: Uint8Array;
  readonly #held = new Map<number, Buffer>();
  #payloadLeft: number;
  #overflowLeft: number;
  #told = new Set<string>();

  constructor(
    private readonly source: Source,
    private readonly context: ExtractContext,
  ) {
    const head = source.read(0, HEADER_BYTES);
    if (head.length < HEADER_BYTES) throw new FileProblem('damaged', 'sqlite: header is cut');
    const told = head.readUInt16BE(16);
    this.#pageBytes = told === 1 ? 65_536 : told;
    this.#usableBytes = this.#pageBytes - head[20]!;
    if (this.#pageBytes < 512 || (this.#pageBytes & (this.#pageBytes - 1)) !== 0 || this.#usableBytes < 480)
      throw new FileProblem('damaged', 'sqlite: page size');
    this.#pageCount = Math.ceil(source.sizeBytes / this.#pageBytes);
    this.#visited = new Uint8Array(this.#pageCount + 1);
    const encoding = head.readUInt32BE(56);
    this.#decoder = new TextDecoder(encoding === 2 ? 'utf-16le' : encoding === 3 ? 'utf-16be' : 'utf-8');
    // Every byte belongs to one record; long values are read a second time.
    this.#payloadLeft = source.sizeBytes * 4 + PAYLOAD_BYTES_MAX;
    this.#overflowLeft = this.#pageCount * 3;
    const count = head.readUInt32BE(28);
    if (count > this.#pageCount && head.readUInt32BE(24) === head.readUInt32BE(92))
      this.#tell(`${count - this.#pageCount} pages are missing`);
  }

  /** The rows of the tree that begins at a page; those of an index are its keys, which are the rows of a table without row ids. */
  *rows(root: number): Generator<ReadRow> {
    const waiting: { page: number; depth: number; cell: number }[] = [{ page: root, depth: 0, cell: -1 }];
    for (let step = waiting.pop(); step; step = waiting.pop()) {
      const { page, depth, cell } = step;
      if (cell >= 0) {
        const row = this.#row(page, cell, true);
        if (row) yield row;
        continue;
      }
      const leaf = this.#enter(page, depth);
      if (!leaf) continue;
      const { bytes, at, type, cells } = leaf;
      if (type === TABLE_LEAF || type === INDEX_LEAF) {
        for (const place of cells) {
          const row = this.#row(page, place, type === INDEX_LEAF);
          if (row) yield row;
        }
      } else {
        // Pushed from the last to the first, so that the first comes out next.
        waiting.push({ page: bytes.readUInt32BE(at + 8), depth: depth + 1, cell: -1 });
        for (const place of cells.reverse()) {
          if (place + 4 > bytes.length) continue;
          if (type === INDEX_INNER) waiting.push({ page, depth, cell: place });
          waiting.push({ page: bytes.readUInt32BE(place), depth: depth + 1, cell: -1 });
        }
      }
    }
  }

  /** One value of a row once more; null when it can't be read. */
  value(place: SqliteRow, column: number): RecordValue | null {
    const type = this.#page(place.page)?.[place.page === 1 ? HEADER_BYTES : 0];
    return this.#row(place.page, place.cell, type !== TABLE_LEAF)?.values[column] ?? null;
  }

  /** A page of a tree with the places of its cells; null when it is none, or was met before. */
  #enter(page: number, depth: number): { bytes: Buffer; at: number; type: number; cells: number[] } | null {
    const at = page === 1 ? HEADER_BYTES : 0;
    const bytes = this.#page(page);
    const type = bytes?.[at] ?? 0;
    if (!bytes || depth > DEPTH_MAX || this.#visited[page] !== 0 || ![TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER].includes(type)) {
      this.#tell('a page of a table can not be read');
      return null;
    }
    this.#visited[page] = 1;
    const first = at + (type === TABLE_LEAF || type === INDEX_LEAF ? 8 : 12);
    const count = bytes.readUInt16BE(at + 3);
    const cells: number[] = [];
    for (let cell = 0; cell < count && first + cell * 2 + 2 <= bytes.length; cell++) cells.push(bytes.readUInt16BE(first + cell * 2));
    return { bytes, at, type, cells };
  }

  #row(page: number, cell: number, isIndex: boolean): ReadRow | null {
    const bytes = this.#page(page);
    if (!bytes) return null;
    const reader = new Varints(bytes, cell);
    // Inner pages of an index hold a page number before the key.
    if (isIndex && bytes[page === 1 ? HEADER_BYTES : 0] === INDEX_INNER) reader.at += 4;
    const size = Number(reader.next());
    const rowId = isIndex ? null : reader.next();
    if (reader.at > bytes.length || size < 0) {
      this.#tell('a row is cut');
      return null;
    }
    const payload = this.#payload(bytes, reader.at, size, isIndex);
    const values = this.#values(payload, size);
    return { rowId, values, place: () => ({ page, cell }) };
  }

  /** The bytes of a record: those in its cell, and those on overflow pages (1.6, `P`, `U`, `X`, `M`, `K`). */
  #payload(bytes: Buffer, at: number, size: number, isIndex: boolean): Buffer {
    const usable = this.#usableBytes;
    const most = isIndex ? Math.floor(((usable - 12) * 64) / 255) - 23 : usable - 35;
    const least = Math.floor(((usable - 12) * 32) / 255) - 23;
    let local = size;
    if (size > most) {
      const fitting = least + ((size - least) % (usable - 4));
      local = fitting <= most ? fitting : least;
    }
    const own = bytes.subarray(at, Math.min(at + local, usable));
    this.#payloadLeft -= own.length;
    if (this.#payloadLeft < 0) throw new FileProblem('damaged', 'sqlite: rows overlap');
    if (local === size) return own;
    const pieces = [own];
    let have = own.length;
    let next = at + local + 4 <= bytes.length ? bytes.readUInt32BE(at + local) : 0;
    while (next > 0 && have < Math.min(size, PAYLOAD_BYTES_MAX)) {
      if (--this.#overflowLeft < 0) throw new FileProblem('damaged', 'sqlite: rows overlap');
      const overflow = this.#page(next, false);
      if (!overflow) break;
      const piece = overflow.subarray(4, Math.min(usable, 4 + size - have));
      pieces.push(piece);
      have += piece.length;
      next = overflow.readUInt32BE(0);
    }
    return Buffer.concat(pieces);
  }

  /** A header of types, then the values (2.1). */
  #values(payload: Buffer, size: number): RecordValue[] {
    const header = new Varints(payload, 0);
    const headerBytes = Number(header.next());
    const values: RecordValue[] = [];
    let at = headerBytes;
    while (header.at < headerBytes && header.at < payload.length && values.length < COLUMNS_MAX) {
      const type = Number(header.next());
      const bytes = type >= 12 ? Math.floor((type - 12) / 2) : (FIXED_BYTES[type] ?? Number.POSITIVE_INFINITY);
      if (at + bytes > payload.length) {
        if (size > PAYLOAD_BYTES_MAX) this.#tell(`values behind ${PAYLOAD_BYTES_MAX} bytes of a row are not read`, 'too-large');
        else this.#tell('a row is cut');
        break;
      }
      values.push(this.#value(payload, at, type, bytes));
      at += bytes;
    }
    return values;
  }

  #value(payload: Buffer, at: number, type: number, bytes: number): RecordValue {
    if (type >= 12) {
      const value = payload.subarray(at, at + bytes);
      return type % 2 === 0 ? { kind: 'blob', value } : { kind: 'text', value: this.#decoder.decode(value) };
    }
    if (type === 0 || type >= 10) return NULL;
    if (type === 7) return { kind: 'number', value: payload.readDoubleBE(at) };
    if (type >= 8) return { kind: 'number', value: type - 8 };
    return { kind: 'number', value: bytes === 8 ? payload.readBigInt64BE(at) : payload.readIntBE(at, bytes) };
  }

  /** Null when the file has no such page, or not the whole of it. */
  #page(page: number, hold = true): Buffer | null {
    const held = this.#held.get(page);
    if (held) return held;
    if (page < 1 || page > this.#pageCount) return null;
    const bytes = this.source.read((page - 1) * this.#pageBytes, this.#pageBytes);
    if (bytes.length < this.#pageBytes) return null;
    if (hold) {
      if (this.#held.size >= PAGES_HELD) this.#held.clear();
      this.#held.set(page, bytes);
    }
    return bytes;
  }

  #tell(detail: string, code: 'damaged' | 'too-large' = 'damaged'): void {
    if (this.#told.has(detail)) return;
    this.#told.add(detail);
    this.context.problem(code, `sqlite: ${detail}`);
  }
}

/** Bytes of the types below 12; 10 and 11 are never written. */
const FIXED_BYTES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0];

/** Numbers of one to nine bytes, the upper bits first. Behind the end they are 0, and `at` goes on. */
class Varints {
  constructor(
    private readonly bytes: Buffer,
    public at: number,
  ) {}

  next(): number | bigint {
    let value = 0;
    for (let count = 0; count < 7; count++) {
      const byte = this.bytes[this.at++] ?? 0;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    let wide = BigInt(value);
    const eighth = this.bytes[this.at++] ?? 0;
    wide = (wide << 7n) | BigInt(eighth & 0x7f);
    if (eighth >= 0x80) wide = (wide << 8n) | BigInt(this.bytes[this.at++] ?? 0);
    return BigInt.asIntN(64, wide);
  }
}
