/** Writes small Access databases for tests: Jet 3 (mdb of Access 97), Jet 4 (mdb) and ACE (accdb), with the maps of pages that other readers ask for. */
import { Rc4 } from '../../src/container/rc4.js';
import { cp932 } from './cp932.js';

export type MdbValue = string | number | null | { readonly memo: string };

export interface MdbColumn {
  readonly name: string;
  /** 1 yes/no, 3 integer, 4 long, 5 currency, 7 double, 8 date, 10 text, 11 object, 12 memo, 16 decimal with two digits. */
  readonly type: number;
}

export interface MdbTable {
  readonly columns: readonly MdbColumn[];
  readonly rows: readonly (readonly MdbValue[])[];
}

export interface MdbWishes {
  readonly version?: number;
  readonly password?: string;
  /** Scrambles the pages, as `encode database` does. */
  readonly key?: number;
  /** Bytes that say how the pages are encrypted, for an accdb. */
  readonly encryption?: Buffer;
  /** Rows of the last table, by number, that are moved to a page of their own, and rows that are deleted. */
  readonly moved?: readonly number[];
  readonly deleted?: readonly number[];
}

const FIXED_BYTES: Readonly<Record<number, number>> = { 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 6: 4, 7: 8, 8: 8, 16: 17 };
const CATALOGUE: readonly MdbColumn[] = [
  { name: 'Id', type: 4 },
  { name: 'Type', type: 3 },
  { name: 'Flags', type: 4 },
  { name: 'Name', type: 10 },
];

export function writeMdb(tables: Readonly<Record<string, MdbTable>>, wishes: MdbWishes = {}): Buffer {
  return new Writer(wishes).write(tables);
}

class Writer {
  readonly #jet3: boolean;
  readonly #pageBytes: number;
  readonly #pages: Buffer[] = [];
  readonly #maps: Buffer[] = [];

  constructor(private readonly wishes: MdbWishes) {
    this.#jet3 = wishes.version === 0;
    this.#pageBytes = this.#jet3 ? 2048 : 4096;
  }

  write(tables: Readonly<Record<string, MdbTable>>): Buffer {
    const names = Object.keys(tables);
    // 0 the header, 1 the maps, 2 the catalogue's definition, then those of the tables.
    for (let page = 0; page < 3 + names.length; page++) this.#pages.push(Buffer.alloc(this.#pageBytes));
    this.#addTable(2, { columns: CATALOGUE, rows: names.map((name, at) => [3 + at, 1, 0, name]) }, false);
    names.forEach((name, at) => {
      this.#addTable(3 + at, tables[name]!, at === names.length - 1);
    });
    this.#pages[1] = this.#dataPage(
      0,
      this.#maps.map((bytes) => ({ bytes, flags: 0 })),
    );
    this.#pages[0] = this.#header();
    const { key } = this.wishes;
    if (key === undefined) return Buffer.concat(this.#pages);
    return Buffer.concat(this.#pages.map((page, number) => (number === 0 ? page : scramble(page, (key ^ number) >>> 0))));
  }

  #header(): Buffer {
    const { version = 1, password = '', key = 0, encryption } = this.wishes;
    const page = Buffer.alloc(this.#pageBytes);
    page[1] = 1;
    page.write(version > 1 ? 'Standard ACE DB' : 'Standard Jet DB', 4);
    page[0x14] = version;
    page.writeUInt16LE(932, 0x3c);
    page.writeUInt32LE(encryption ? 0x12345678 : key, 0x3e);
    const secret = Buffer.alloc(this.#jet3 ? 20 : 40);
    Buffer.from(password, this.#jet3 ? 'latin1' : 'utf16le').copy(secret);
    if (!this.#jet3) {
      page.writeDoubleLE(45_000.5, 0x72);
      const mask = Buffer.alloc(4);
      mask.writeInt32LE(45_000);
      for (let at = 0; at < secret.length; at++) secret[at] = secret[at]! ^ mask[at & 3]!;
    }
    secret.copy(page, 0x42);
    if (encryption) {
      page.writeUInt16LE(encryption.length, 0x299);
      encryption.copy(page, 0x29b);
    }
    new Rc4(Buffer.of(0xc7, 0xda, 0x39, 0x6b)).apply(page.subarray(0x18, 0x18 + (this.#jet3 ? 126 : 128))).copy(page, 0x18);
    return page;
  }

  #addTable(root: number, { columns, rows }: MdbTable, isLast: boolean): void {
    const owned: number[] = [];
    let page: { bytes: Buffer; flags: number }[] = [];
    let used = 0;
    const flush = (): void => {
      if (page.length === 0) return;
      owned.push(this.#pages.length);
      this.#pages.push(this.#dataPage(root, page));
      page = [];
      used = 0;
    };
    rows.forEach((values, at) => {
      const bytes = this.#row(columns, values);
      if (used + bytes.length + 2 > this.#pageBytes - 64) flush();
      if (isLast && this.wishes.moved?.includes(at)) {
        const target = this.#pages.length;
        this.#pages.push(this.#dataPage(root, [{ bytes, flags: 0x8000 }]));
        page.push({ bytes: pointer(0, target), flags: 0x4000 });
        owned.push(target);
        used += 6;
      } else {
        page.push({ bytes, flags: isLast && this.wishes.deleted?.includes(at) ? 0x8000 : 0 });
        used += bytes.length + 2;
      }
    });
    flush();
    this.#pages[root] = this.#definition(columns, rows.length, this.#map(owned));
  }

  /** A bit for each page that the table has; its place, as row and page. */
  #map(owned: readonly number[]): Buffer {
    const map = Buffer.alloc(69);
    for (const page of owned) map[5 + (page >> 3)]! |= 1 << (page & 7);
    this.#maps.push(map);
    return pointer(this.#maps.length - 1, 1);
  }

  #dataPage(root: number, rows: readonly { bytes: Buffer; flags: number }[]): Buffer {
    const page = Buffer.alloc(this.#pageBytes);
    page[0] = 1;
    page[1] = 1;
    page.writeUInt32LE(root, 4);
    const countAt = this.#jet3 ? 8 : 12;
    page.writeUInt16LE(rows.length, countAt);
    let end = this.#pageBytes;
    rows.forEach(({ bytes, flags }, at) => {
      end -= bytes.length;
      bytes.copy(page, end);
      page.writeUInt16LE(end | flags, countAt + 2 + at * 2);
    });
    return page;
  }

  #definition(columns: readonly MdbColumn[], rows: number, map: Buffer): Buffer {
    const [head, entry] = this.#jet3 ? [43, 18] : [63, 25];
    const page = Buffer.alloc(this.#pageBytes);
    page[0] = 2;
    page[1] = 1;
    const varying = columns.filter(({ type }) => !(type in FIXED_BYTES)).length;
    page.writeUInt32LE(rows, this.#jet3 ? 12 : 16);
    page[this.#jet3 ? 20 : 40] = 0x4e;
    page.writeUInt16LE(columns.length, this.#jet3 ? 21 : 41);
    page.writeUInt16LE(varying, this.#jet3 ? 23 : 43);
    page.writeUInt16LE(columns.length, this.#jet3 ? 25 : 45);
    map.copy(page, this.#jet3 ? 35 : 55);
    let nameAt = head + columns.length * entry;
    let [fixedAt, varyingAt] = [0, 0];
    columns.forEach(({ name, type }, number) => {
      const at = head + number * entry;
      const fixed = FIXED_BYTES[type];
      page[at] = type;
      page.writeUInt16LE(number, at + (this.#jet3 ? 1 : 5));
      page.writeUInt16LE(fixed === undefined ? varyingAt++ : 0, at + (this.#jet3 ? 3 : 7));
      if (type === 16) page[at + (this.#jet3 ? 10 : 12)] = 2;
      page[at + (this.#jet3 ? 13 : 15)] = fixed === undefined ? 2 : 3;
      page.writeUInt16LE(fixed === undefined ? 0 : fixedAt, at + (this.#jet3 ? 14 : 21));
      page.writeUInt16LE(fixed ?? 255, at + (this.#jet3 ? 16 : 23));
      fixedAt += fixed ?? 0;
      const bytes = this.#jet3 ? cp932(name) : Buffer.from(name, 'utf16le');
      if (this.#jet3) page[nameAt] = bytes.length;
      else page.writeUInt16LE(bytes.length, nameAt);
      nameAt += this.#jet3 ? 1 : 2;
      bytes.copy(page, nameAt);
      nameAt += bytes.length;
    });
    return page;
  }

  #row(columns: readonly MdbColumn[], values: readonly MdbValue[]): Buffer {
    const fixed: Buffer[] = [];
    const varying: Buffer[] = [];
    const mask = Buffer.alloc((columns.length + 7) >> 3);
    columns.forEach(({ type }, at) => {
      const value = values[at] ?? null;
      if (value !== null && value !== 0) mask[at >> 3]! |= 1 << (at & 7);
      else if (value === 0 && type !== 1) mask[at >> 3]! |= 1 << (at & 7);
      if (type in FIXED_BYTES) fixed.push(fixedValue(type, typeof value === 'number' ? value : 0));
      else varying.push(value === null ? Buffer.alloc(0) : this.#varying(type, value));
    });
    const count = this.#jet3 ? Buffer.of(columns.length) : word(columns.length);
    const body = Buffer.concat([count, ...fixed, ...varying]);
    if (varying.length === 0) return Buffer.concat([body, mask]);
    const places: number[] = [];
    let at = count.length + fixed.reduce((sum, bytes) => sum + bytes.length, 0);
    for (const bytes of varying) {
      places.push(at);
      at += bytes.length;
    }
    places.push(at);
    if (!this.#jet3) return Buffer.concat([body, ...places.reverse().map(word), word(varying.length), mask]);
    const table = Buffer.from([...places].reverse().map((place) => place & 255));
    // Jumps say with which place another 256 begin; the row's length says how many there are.
    const length = (jumps: number): number => body.length + table.length + jumps + 1 + mask.length;
    let jumps = 0;
    while ((length(jumps) - 1) >> 8 > jumps) jumps++;
    const jumpTable = Array.from({ length: jumps }, (_, jump) => {
      const from = places.findIndex((place) => place >= (jump + 1) * 256);
      return from < 0 ? 255 : from;
    });
    return Buffer.concat([body, table, Buffer.from(jumpTable.reverse()), Buffer.of(varying.length), mask]);
  }

  #varying(type: number, value: MdbValue): Buffer {
    const text = typeof value === 'object' && value !== null ? value.memo : String(value);
    const bytes = this.#text(text);
    if (type === 10) return bytes;
    const header = Buffer.alloc(12);
    if (bytes.length <= 64) {
      header.writeUInt32LE((bytes.length | 0x80000000) >>> 0, 0);
      return Buffer.concat([header, bytes]);
    }
    // In one row of a page of its own, or in a chain of them from the last to the first.
    const most = this.#pageBytes - 64;
    const isChain = bytes.length > most;
    header.writeUInt32LE((bytes.length | (isChain ? 0 : 0x40000000)) >>> 0, 0);
    let next: Buffer = Buffer.alloc(4);
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += most) pieces.push(bytes.subarray(at, at + most));
    for (const piece of pieces.reverse()) {
      const page = this.#dataPage(0, [{ bytes: isChain ? Buffer.concat([next, piece]) : piece, flags: 0 }]);
      page.write('LVAL', 4);
      next = pointer(0, this.#pages.length);
      this.#pages.push(page);
    }
    next.copy(header, 4);
    return header;
  }

  #text(text: string): Buffer {
    if (this.#jet3) return cp932(text);
    // Latin text as single bytes behind FF FE, as Access packs it.
    return /^[\x20-\x7e]{3,}$/.test(text) ? Buffer.from(`\xff\xfe${text}`, 'latin1') : Buffer.from(text, 'utf16le');
  }
}

function fixedValue(type: number, value: number): Buffer {
  const bytes = Buffer.alloc(FIXED_BYTES[type]!);
  if (type === 2) bytes[0] = value;
  else if (type === 3) bytes.writeInt16LE(value);
  else if (type === 4) bytes.writeInt32LE(value);
  else if (type === 5) bytes.writeBigInt64LE(BigInt(Math.round(value * 10_000)));
  else if (type === 6) bytes.writeFloatLE(value);
  else if (type === 7 || type === 8) bytes.writeDoubleLE(value);
  else if (type === 16) {
    bytes[0] = value < 0 ? 0x80 : 0;
    bytes.writeUInt32LE(Math.round(Math.abs(value) * 100), 13);
  }
  return bytes;
}

/** A place as one number: the row, then the page. */
function pointer(row: number, page: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(row + page * 256);
  return bytes;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function scramble(page: Buffer, key: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(key);
  return new Rc4(bytes).apply(page);
}
