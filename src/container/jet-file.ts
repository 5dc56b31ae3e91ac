/**
 * Access databases (Jet 3 and 4 in mdb, ACE in accdb): the header, and their pages in the clear. The layout was never published; this is what the projects
 * mdbtools and Jackcess found. The password of an mdb is kept in its header and locks nothing: its pages open without. That of an accdb encrypts.
 */
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';
import { readAgileKey } from './agile-key.js';
import { Rc4 } from './rc4.js';
import { readRc4Header } from './rc4-office.js';

export interface JetHeader {
  readonly isJet3: boolean;
  readonly pageBytes: number;
  /** Of texts in Jet 3; 0 where none is told. */
  readonly codePage: number;
  /** What the pages are scrambled with; it stands in the file, so it hides nothing. Null without. */
  readonly key: Buffer | null;
  /** True when Access asks for a password that the header keeps. */
  readonly hasPassword: boolean;
  /** How the pages are encrypted with a password; null without. `keyBits` is 0 where it is not known. */
  readonly encryption: { readonly scheme: string; readonly keyBits: number } | null;
}

const PAGE_BYTES = 4096;
const PAGE_BYTES_JET3 = 2048;
/** From here on the header is scrambled with a key that all files share. */
const SCRAMBLED_FROM = 0x18;
const HEADER_KEY = Buffer.of(0xc7, 0xda, 0x39, 0x6b);
const CODE_PAGE = 0x3c;
const KEY = 0x3e;
const PASSWORD = 0x42;
const CREATED = 0x72;
/** Where Access 2007 and later keep how pages are encrypted (MS-OFFCRYPTO 2.3). */
const ENCRYPTION_INFO = 0x299;
const PAGES_HELD = 256;

export function readJetHeader(source: Source): JetHeader {
  const page = Buffer.from(source.read(0, PAGE_BYTES));
  if (page.length < PAGE_BYTES_JET3 || page[0] !== 0) throw new FileProblem('damaged', 'mdb: header is cut');
  const version = page[0x14]!;
  if (version > 0x20) throw new FileProblem('damaged', 'mdb: unknown version');
  const isJet3 = version === 0;
  new Rc4(HEADER_KEY).apply(page.subarray(SCRAMBLED_FROM, SCRAMBLED_FROM + (isJet3 ? 126 : 128))).copy(page, SCRAMBLED_FROM);
  const key = page.subarray(KEY, KEY + 4);
  const scrambled = key.some((byte) => byte !== 0);
  const common = { isJet3, pageBytes: isJet3 ? PAGE_BYTES_JET3 : PAGE_BYTES, codePage: page.readUInt16LE(CODE_PAGE) };
  if (version > 1) return { ...common, key: null, hasPassword: false, encryption: scrambled ? readEncryption(page) : null };
  return { ...common, key: scrambled ? key : null, hasPassword: hasPassword(page, isJet3), encryption: null };
}

/** Jet 4 masks the password with the day on which the file was made. */
function hasPassword(page: Buffer, isJet3: boolean): boolean {
  const password = Buffer.from(page.subarray(PASSWORD, PASSWORD + (isJet3 ? 20 : 40)));
  if (!isJet3) {
    const mask = Buffer.alloc(4);
    const day = Math.trunc(page.readDoubleLE(CREATED));
    mask.writeInt32LE(Number.isFinite(day) ? day | 0 : 0);
    for (let at = 0; at < password.length; at++) password[at] = password[at]! ^ mask[at & 3]!;
  }
  return password.some((byte) => byte !== 0);
}

function readEncryption(page: Buffer): { scheme: string; keyBits: number } {
  const unknown = { scheme: 'unknown', keyBits: 0 };
  if (page.length < ENCRYPTION_INFO + 10) return unknown;
  const bytes = page.readUInt16LE(ENCRYPTION_INFO);
  const info = page.subarray(ENCRYPTION_INFO + 2, ENCRYPTION_INFO + 2 + bytes);
  if (info.length < 12) return unknown;
  try {
    if (info.readUInt16LE(0) === 4 && info.readUInt16LE(2) === 4) {
      const agile = readAgileKey(info.subarray(8).toString('utf8'));
      return { scheme: `agile-${agile.cipher}${agile.keyBits}-${agile.hash}`, keyBits: agile.keyBits };
    }
    const rc4 = readRc4Header(info);
    return rc4 ? { scheme: `${rc4.scheme}-${rc4.keyBits}`, keyBits: rc4.keyBits } : unknown;
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return unknown;
  }
}

/** The pages of a file, unscrambled. */
export class JetPages {
  readonly count: number;
  readonly #held = new Map<number, Buffer>();

  constructor(
    private readonly source: Source,
    readonly header: JetHeader,
  ) {
    this.count = Math.floor(source.sizeBytes / header.pageBytes);
  }

  /** Null where the file has no such page. */
  page(number: number): Buffer | null {
    const held = this.#held.get(number);
    if (held) return held;
    if (number < 1 || number >= this.count) return null;
    const raw = this.source.read(number * this.header.pageBytes, this.header.pageBytes);
    if (raw.length < this.header.pageBytes) return null;
    const page = this.#clear(raw, number);
    if (this.#held.size >= PAGES_HELD) this.#held.clear();
    this.#held.set(number, page);
    return page;
  }

  /** The first bytes of every page, in order. */
  *heads(bytes: number): Generator<{ number: number; head: Buffer }> {
    const { pageBytes } = this.header;
    const many = Math.max(1, Math.floor(limits.chunkBytes / pageBytes));
    for (let first = 0; first < this.count; first += many) {
      const piece = this.source.read(first * pageBytes, Math.min(many, this.count - first) * pageBytes);
      for (let at = 0; at + pageBytes <= piece.length; at += pageBytes) {
        const number = first + at / pageBytes;
        if (number > 0) yield { number, head: this.#clear(piece.subarray(at, at + bytes), number) };
      }
    }
  }

  #clear(bytes: Buffer, number: number): Buffer {
    const { key } = this.header;
    if (!key) return bytes;
    const own = Buffer.from(key);
    own.writeUInt32LE((key.readUInt32LE(0) ^ number) >>> 0);
    return new Rc4(own).apply(bytes);
  }
}
