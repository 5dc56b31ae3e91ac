/**
 * LHA archives (.lzh), headers of level 0 to 2, whose names are CP932: each file becomes a member. Methods that nobody has written for decades
 * are told. A name is only shown, never used as a path.
 */
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { decodeWhole } from './encoding.js';
import { knowsLzh, unpackLzh } from './lzh-decoder.js';
import { MemberNames } from './member-names.js';

const STORED = new Set(['-lh0-', '-lz4-', '-pm0-']);
const FOLDER = '-lhd-';
/** No code of this format gives more than 256 bytes from two bits. */
const RATIO_MAX = 1024;

export const lzhExtractor: Extractor = { id: 'lzh', version: 2, formats: ['lzh'], read };

interface Entry {
  readonly name: string;
  readonly method: string;
  readonly start: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly crc: number;
  readonly modifiedMs: number | null;
}

function* read(source: Source, context: ExtractContext): Generator<MemberBlock> {
  const bytes = source.whole();
  const names = new MemberNames();
  const told = new Map<string, number>();
  let entries = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const entry = readHeader(bytes, at);
    if (!entry || ++entries > limits.entriesMax) {
      if (entries === 0) throw new FileProblem('damaged', 'lzh: header');
      context.problem(entry ? 'too-large' : 'damaged', `lzh: behind entry ${entries}`);
      break;
    }
    at = entry.start + entry.packedBytes;
    if (entry.method === FOLDER) continue;
    const content = unpackOrTell(bytes, entry, told);
    if (!content) continue;
    context.unpacked(content.length);
    const differs = crc16(content) !== entry.crc;
    const problem = differs ? { problem: { code: 'damaged', detail: 'lzh: differs from its checksum' } as const } : {};
    const base = entry.name.slice(entry.name.lastIndexOf('/') + 1);
    yield { kind: 'member', name: names.unique(entry.name), modifiedMs: entry.modifiedMs, source: memorySource(base, content), ...problem };
  }
  for (const [problem, count] of told) {
    const [code, detail] = problem.split(': ', 2) as ['damaged' | 'unsupported' | 'too-large', string];
    context.problem(code, `${count} of ${entries} entries: ${detail}`);
  }
}

function unpackOrTell(bytes: Buffer, entry: Entry, told: Map<string, number>): Buffer | null {
  try {
    return unpack(bytes, entry);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const problem = `${error.code}: ${error.detail}`;
    told.set(problem, (told.get(problem) ?? 0) + 1);
    return null;
  }
}

function unpack(bytes: Buffer, { method, start, packedBytes, unpackedBytes }: Entry): Buffer {
  const packed = bytes.subarray(start, start + packedBytes);
  if (packed.length < packedBytes) throw new FileProblem('damaged', 'lzh entry is cut');
  if (unpackedBytes === 0) return Buffer.alloc(0);
  if (STORED.has(method)) return packed;
  // The method is two letters and a sign of the format, no text of the file.
  if (!knowsLzh(method)) throw new FileProblem('unsupported', `lzh method ${method}`);
  if (unpackedBytes > limits.entryBytesMax) throw new FileProblem('too-large', 'lzh entry');
  if (unpackedBytes > limits.ratioFloorBytes && unpackedBytes > packedBytes * limits.ratioMax)
    throw new FileProblem('too-large', 'lzh entry');
  if (unpackedBytes > packedBytes * RATIO_MAX) throw new FileProblem('damaged', 'lzh entry');
  return unpackLzh(packed, method, unpackedBytes);
}

/** Null when there is no header. */
function readHeader(bytes: Buffer, at: number): Entry | null {
  if (at + 22 > bytes.length) return null;
  const method = bytes.toString('latin1', at + 2, at + 7);
  const level = bytes[at + 20] ?? 255;
  if (!/^-[a-z0-9]{3}-$/.test(method) || level > 2) return null;
  return level === 2 ? readLevel2(bytes, at, method) : readLevel0And1(bytes, at, method, level);
}

/** Size of the header (1), checksum (1), method (5), sizes (4 each), time of DOS (4), attribute (1), level (1), name, CRC-16. */
function readLevel0And1(bytes: Buffer, at: number, method: string, level: number): Entry | null {
  const headerBytes = (bytes[at] ?? 0) + 2;
  const nameBytes = bytes[at + 21] ?? 0;
  const crcAt = at + 22 + nameBytes;
  if (headerBytes < 24 + nameBytes || at + headerBytes > bytes.length) return null;
  const modifiedMs = dosTime(bytes.readUInt32LE(at + 15));
  const sizes = { unpackedBytes: bytes.readUInt32LE(at + 11), crc: bytes.readUInt16LE(crcAt) };
  const packed = bytes.readUInt32LE(at + 7);
  const own = bytes.subarray(at + 22, crcAt);
  let start = at + headerBytes;
  if (level === 0) return { name: joinName(null, own), method, start, packedBytes: packed, modifiedMs, ...sizes };
  const extended = readExtended(bytes, start, bytes.readUInt16LE(start - 2));
  if (!extended || extended.bytes > packed) return null;
  start += extended.bytes;
  return { name: extended.name(own), method, start, packedBytes: packed - extended.bytes, modifiedMs, ...sizes };
}

/** Size of all headers (2), method, sizes, seconds since 1970 (4), reserved (1), level (1), CRC-16, system (1), extended headers. */
function readLevel2(bytes: Buffer, at: number, method: string): Entry | null {
  const headerBytes = bytes.readUInt16LE(at);
  if (headerBytes < 26 || at + headerBytes > bytes.length) return null;
  const extended = readExtended(bytes, at + 26, bytes.readUInt16LE(at + 24));
  if (!extended) return null;
  return {
    name: extended.name(Buffer.alloc(0)),
    method,
    start: at + headerBytes,
    packedBytes: bytes.readUInt32LE(at + 7),
    unpackedBytes: bytes.readUInt32LE(at + 11),
    crc: bytes.readUInt16LE(at + 21),
    modifiedMs: bytes.readUInt32LE(at + 15) * 1000,
  };
}

interface Extended {
  readonly bytes: number;
  name(own: Buffer): string;
}

/** A chain: type (1), data, size of the next (2). Type 1 is the name, 2 the folder; 0x44 and 0x45 the same in UTF-16. */
function readExtended(bytes: Buffer, start: number, firstBytes: number): Extended | null {
  const parts = new Map<number, Buffer>();
  let at = start;
  for (let size = firstBytes; size > 0; ) {
    if (size < 3 || at + size > bytes.length) return null;
    parts.set(bytes[at] ?? 0, bytes.subarray(at + 1, at + size - 2));
    at += size;
    size = bytes.readUInt16LE(at - 2);
  }
  const [wideName, wideFolder] = [parts.get(0x44), parts.get(0x45)];
  return {
    bytes: at - start,
    name(own) {
      if (!wideName) return joinName(parts.get(2) ?? null, parts.get(1) ?? own);
      // Here U+FFFF stands between folders.
      const folder = wideFolder?.toString('utf16le').replaceAll('\uffff', '/') ?? '';
      return `${folder}${wideName.toString('utf16le')}`;
    },
  };
}

/** 0xFF stands between folders; no byte of CP932 is 0xFF. A NUL ends the name, and a system's own notes follow. */
function joinName(folder: Buffer | null, name: Buffer): string {
  const end = name.indexOf(0);
  const joined = Buffer.concat([folder ?? Buffer.alloc(0), end < 0 ? name : name.subarray(0, end)]);
  for (let at = joined.indexOf(0xff); at >= 0; at = joined.indexOf(0xff, at)) joined[at] = 0x2f;
  return decodeWhole('shift_jis', joined).replaceAll('\\', '/') || 'content';
}

function dosTime(value: number): number | null {
  const [date, time] = [value >>> 16, value & 0xffff];
  const month = (date >> 5) & 15;
  if (month === 0) return null;
  // Its zone is not told: like Windows, it is taken as the local one.
  return new Date(1980 + (date >> 9), month - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2).getTime();
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  return crc;
});

function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >> 8);
  return crc;
}
