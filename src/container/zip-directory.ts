/**
 * The central directory of a zip file (PKWARE APPNOTE 6.3.10, sections 4.3–4.5): what it lists, checked against the file's size.
 * It reads no entry's content.
 */
import { crc32 } from 'node:zlib';
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';

export type ZipScheme = 'zipcrypto' | 'aes128' | 'aes192' | 'aes256' | 'strong';

export interface ZipEntry {
  /** Decoded, with '/' between its parts; a folder's ends with '/'. Never to be used as a path on disk. */
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** APPNOTE 4.4.5: 0 stored, 8 deflated; for AES the method inside. */
  readonly method: number;
  readonly crc: number;
  readonly encrypted: boolean;
  readonly scheme: ZipScheme | null;
  readonly modifiedMs: number | null;
  /** Where the local header stands in the file. */
  readonly headerOffset: number;
}

export interface DirectoryFound {
  readonly entries: readonly ZipEntry[];
  /** What of the directory could not be read; its other entries are there. */
  readonly damage: string | null;
}

const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
/** Bytes behind the archive (a signature, padding of a tape or mail gateway) that are looked over for its end. */
const JUNK_BYTES_MAX = 1024 * 1024;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
/** 100,000 entries of 64 KB names would be 6 GB: real directories take some 100 bytes an entry. */
const DIRECTORY_BYTES_MAX = 256 * 1024 * 1024;

const END_MARK = 'PK\x05\x06';
const END64_MARK = 0x06064b50;
const LOCATOR_MARK = 0x07064b50;
const CENTRAL_MARK = 0x02014b50;

interface Place {
  /** Offset in the file at which the first central header stands. */
  readonly start: number;
  readonly bytes: number;
  /** Bytes before the archive: all offsets count from behind them. */
  readonly base: number;
  readonly count: number;
}

/** Throws FileProblem('damaged') without a usable directory, 'too-large' past `limits.entriesMax`. */
export function readDirectory(source: Source): DirectoryFound {
  const place = findDirectory(source);
  if (place.bytes > DIRECTORY_BYTES_MAX) throw new FileProblem('too-large', `zip: directory of ${place.bytes} bytes`);
  const bytes = source.read(place.start, place.bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + CENTRAL_BYTES <= bytes.length && bytes.readUInt32LE(at) === CENTRAL_MARK) {
    if (entries.length >= limits.entriesMax) throw new FileProblem('too-large', `zip: more than ${limits.entriesMax} entries`);
    const end = at + CENTRAL_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (end > bytes.length) break;
    entries.push(readCentralHeader(bytes.subarray(at, end), place.base));
    at = end;
  }
  refuseOverlaps(entries);
  // The count of the end record is 16 bits wide; writers without zip64 let it wrap.
  const short = entries.length % 0x10000 !== place.count % 0x10000;
  return { entries, damage: short ? `zip: directory lists ${entries.length} of ${place.count} entries` : null };
}

function findDirectory(source: Source): Place {
  const tailBytes = Math.min(source.sizeBytes, END_BYTES + COMMENT_BYTES_MAX + JUNK_BYTES_MAX);
  const tail = source.read(source.sizeBytes - tailBytes, tailBytes);
  const tailAt = source.sizeBytes - tailBytes;
  let at = tail.length - END_BYTES;
  while (at >= 0) {
    at = tail.lastIndexOf(END_MARK, at, 'latin1');
    const place = at < 0 ? null : placeOf(source, tail.subarray(at, at + END_BYTES), tailAt + at);
    if (place) return place;
    at--;
  }
  throw new FileProblem('damaged', 'zip: no central directory');
}

function placeOf(source: Source, end: Buffer, endAt: number): Place | null {
  let count = end.readUInt16LE(10);
  let bytes = end.readUInt32LE(12);
  let start = end.readUInt32LE(16);
  let before = endAt;
  const wide = readEnd64(source, endAt);
  if (wide && (count === 0xffff || bytes === 0xffffffff || start === 0xffffffff)) ({ count, bytes, start, before } = wide);
  if (count === 0 && bytes === 0) return { start: endAt, bytes: 0, base: 0, count: 0 };
  // Bytes put before the archive shift it; some writers corrected their offsets for them and some did not.
  for (const at of [before - bytes, start]) {
    if (at < 0 || at + CENTRAL_BYTES > before || source.read(at, 4).readUInt32LE(0) !== CENTRAL_MARK) continue;
    return { start: at, bytes: before - at, base: localBase(source, at, start), count };
  }
  return null;
}

/** Which of the two readings of offsets hits a local header. */
function localBase(source: Source, at: number, start: number): number {
  if (at === start) return 0;
  const first = source.read(at, CENTRAL_BYTES).readUInt32LE(42);
  const header = first === 0xffffffff ? Buffer.alloc(0) : source.read(first, 4);
  const straight = header.length === 4 && header.toString('latin1') === 'PK\x03\x04';
  return straight ? 0 : at - start;
}

/** Zip64 end record, by its locator (APPNOTE 4.3.14, 4.3.15). */
function readEnd64(source: Source, endAt: number): { count: number; bytes: number; start: number; before: number } | null {
  if (endAt < 20) return null;
  const locator = source.read(endAt - 20, 20);
  if (locator.readUInt32LE(0) !== LOCATOR_MARK) return null;
  // The record stands right before its locator but for data of its own; the locator's offset is off when bytes lie before the archive.
  for (const at of [Number(locator.readBigUInt64LE(8)), endAt - 76]) {
    if (at < 0 || at + 56 > source.sizeBytes) continue;
    const record = source.read(at, 56);
    if (record.length < 56 || record.readUInt32LE(0) !== END64_MARK) continue;
    const [count, bytes, start] = [record.readBigUInt64LE(32), record.readBigUInt64LE(40), record.readBigUInt64LE(48)].map(Number);
    return { count: count ?? 0, bytes: bytes ?? 0, start: start ?? 0, before: at };
  }
  return null;
}

function readCentralHeader(header: Buffer, base: number): ZipEntry {
  const flags = header.readUInt16LE(8);
  const nameEnd = CENTRAL_BYTES + header.readUInt16LE(28);
  const nameBytes = header.subarray(CENTRAL_BYTES, nameEnd);
  const extras = readExtras(header.subarray(nameEnd, nameEnd + header.readUInt16LE(30)));
  const wide = wideFields(header, extras.get(0x0001));
  const aes = extras.get(0x9901);
  const method = header.readUInt16LE(10);
  const encrypted = (flags & 1) !== 0;
  return {
    name: decodeName(nameBytes, (flags & 0x800) !== 0, extras.get(0x7075)),
    nameBytes: Buffer.from(nameBytes),
    packedBytes: wide.packed,
    unpackedBytes: wide.unpacked,
    method: method === 99 && aes && aes.length >= 7 ? aes.readUInt16LE(5) : method,
    crc: header.readUInt32LE(16),
    encrypted,
    scheme: encrypted ? schemeOf(flags, method, aes) : null,
    modifiedMs: modifiedOf(header, extras.get(0x5455)),
    headerOffset: wide.offset + base,
  };
}

function readExtras(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const extras = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) break;
    extras.set(bytes.readUInt16LE(at), bytes.subarray(at + 4, end));
    at = end;
  }
  return extras;
}

/** APPNOTE 4.5.3: the 64-bit fields stand in this order, and only those whose 32-bit field is full. */
function wideFields(header: Buffer, extra: Buffer | undefined): { unpacked: number; packed: number; offset: number } {
  let at = 0;
  const take = (field: number): number => {
    if (field !== 0xffffffff || !extra || at + 8 > extra.length) return field;
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  };
  const unpacked = take(header.readUInt32LE(24));
  const packed = take(header.readUInt32LE(20));
  return { unpacked, packed, offset: take(header.readUInt32LE(42)) };
}

/** APPNOTE 4.4.4 bit 6 and section 7 (strong encryption); AES by the AE-x extra field of WinZip, strengths 1 to 3. */
function schemeOf(flags: number, method: number, aes: Buffer | undefined): ZipScheme {
  if (method === 99 || aes) return ({ 1: 'aes128', 2: 'aes192' } as const)[aes?.[4] ?? 3] ?? 'aes256';
  return (flags & 0x40) !== 0 ? 'strong' : 'zipcrypto';
}

/** The extended timestamp (UTC) where there is one, else the MS-DOS time, which is local time in steps of 2 seconds. */
function modifiedOf(header: Buffer, stamp: Buffer | undefined): number | null {
  if (stamp && stamp.length >= 5 && ((stamp[0] ?? 0) & 1) === 1) return stamp.readInt32LE(1) * 1000;
  const time = header.readUInt16LE(12);
  const date = header.readUInt16LE(14);
  // Office writes the clock's first moment into all its parts, others write zeros.
  if (date === 0 || (date === 0x21 && time === 0)) return null;
  return new Date(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2).getTime();
}

const utf8Strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** The code page that Japanese Windows writes names in; the label means CP932 (WHATWG Encoding). */
const cp932 = new TextDecoder('shift_jis');

/** By flag, by Info-ZIP's Unicode path (whose CRC must fit the name), else UTF-8 where valid, else CP932: Windows' own zips carry no flag. */
function decodeName(bytes: Buffer, isUtf8: boolean, unicodePath: Buffer | undefined): string {
  return decodeBytes(bytes, isUtf8, unicodePath).replaceAll('\\', '/');
}

function decodeBytes(bytes: Buffer, isUtf8: boolean, unicodePath: Buffer | undefined): string {
  if (isUtf8) return bytes.toString('utf8');
  if (unicodePath && unicodePath.length > 5 && unicodePath.readUInt32LE(1) === crc32(bytes)) return unicodePath.toString('utf8', 5);
  try {
    return utf8Strict.decode(bytes);
  } catch {
    return cp932.decode(bytes);
  }
}

/** Entries that share bytes are how a small file claims to hold terabytes; no honest writer makes them. */
function refuseOverlaps(entries: readonly ZipEntry[]): void {
  const byOffset = entries.map((entry) => ({ from: entry.headerOffset, to: entry.headerOffset + LOCAL_BYTES + entry.packedBytes }));
  byOffset.sort((a, b) => a.from - b.from);
  for (let i = 1; i < byOffset.length; i++) {
    if (byOffset[i]!.from < byOffset[i - 1]!.to) throw new FileProblem('damaged', 'zip: entries overlap');
  }
}
