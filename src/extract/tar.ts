/**
 * Tape archives (POSIX ustar and pax, GNU, and older ones): each file is handed on where it lies. Links, devices and folders hold nothing; sparse
 * files are told. A name is only shown, never used as a path.
 */
import { sliceSource } from '../container/slice-source.js';
import { limits } from '../limits.js';
import type { MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { decodeWhole, detectEncoding } from './encoding.js';
import { MemberNames } from './member-names.js';

const BLOCK_BYTES = 512;
/** A long name or pax header; file systems end at 4,096 bytes a path. */
const EXTENSION_BYTES_MAX = 1024 * 1024;

export const tarExtractor: Extractor = { id: 'tar', version: 3, formats: ['tar'], read };

interface TarHeader {
  readonly name: Buffer;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
  readonly type: string;
}

/** What headers before an entry say of it. */
interface Said {
  name: Buffer | null;
  sizeBytes: number | null;
  modifiedMs: number | null;
  sparse: boolean;
}

const nothingSaid = (): Said => ({ name: null, sizeBytes: null, modifiedMs: null, sparse: false });

function* read(source: Source, context: ExtractContext): Generator<MemberBlock> {
  const names = new MemberNames();
  let said = nothingSaid();
  let sparse = 0;
  let entries = 0;
  for (let offset = 0; offset < source.sizeBytes; ) {
    const block = source.read(offset, BLOCK_BYTES);
    if (block.every((byte) => byte === 0)) break;
    if (block.length < BLOCK_BYTES) {
      context.problem('damaged', `tar: cut behind entry ${entries}`);
      break;
    }
    const header = readHeader(block);
    if (!header) {
      if (entries === 0) throw new FileProblem('damaged', 'tar: header');
      context.problem('damaged', `tar: header behind entry ${entries}`);
      break;
    }
    if (++entries > limits.entriesMax) {
      context.problem('too-large', `tar: more than ${limits.entriesMax} entries`);
      break;
    }
    const start = offset + BLOCK_BYTES;
    const sizeBytes = said.sizeBytes ?? header.sizeBytes;
    offset = start + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
    const cut = start + sizeBytes > source.sizeBytes;
    if ('LKxgX'.includes(header.type)) {
      takeExtension(header.type, source.read(start, Math.min(sizeBytes, EXTENSION_BYTES_MAX)), said);
      if (cut || sizeBytes > EXTENSION_BYTES_MAX) context.problem('damaged', `tar: extension of ${sizeBytes} bytes`);
      continue;
    }
    const name = decodeName(said.name ?? header.name);
    const modifiedMs = said.modifiedMs ?? header.modifiedMs;
    if (header.type === 'S' || said.sparse) sparse++;
    else if ('\x0007'.includes(header.type) && !name.endsWith('/') && name !== '') {
      const there = Math.max(0, Math.min(sizeBytes, source.sizeBytes - start));
      context.unpacked(there);
      const base = name.slice(name.lastIndexOf('/') + 1);
      const problem = cut ? { problem: { code: 'damaged', detail: `tar: entry ${entries} is cut` } as const } : {};
      yield { kind: 'member', name: names.unique(name), modifiedMs, source: sliceSource(source, base, start, there), ...problem };
    } else if (header.type === 'M') context.problem('unsupported', 'tar: volume that goes on from another');
    said = nothingSaid();
  }
  if (sparse > 0) context.problem('unsupported', `tar: ${sparse} sparse files`);
}

/** Null when the checksum does not prove a header. Some old writers summed signed bytes. */
function readHeader(block: Buffer): TarHeader | null {
  let sum = 8 * 32;
  let signed = 8 * 32;
  for (let at = 0; at < BLOCK_BYTES; at++) {
    if (at >= 148 && at < 156) continue;
    sum += block[at] ?? 0;
    signed += block.readInt8(at);
  }
  const told = readNumber(block.subarray(148, 156));
  const sizeBytes = readNumber(block.subarray(124, 136));
  if (told === null || (told !== sum && told !== signed) || sizeBytes === null || sizeBytes < 0) return null;
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? cString(block.subarray(345, 500)) : Buffer.alloc(0);
  const name = cString(block.subarray(0, 100));
  const modified = readNumber(block.subarray(136, 148));
  return {
    name: prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), name]) : name,
    sizeBytes,
    modifiedMs: modified === null ? null : modified * 1000,
    type: String.fromCharCode(block[156] ?? 0),
  };
}

/** Octal digits, or GNU's base 256 for numbers that don't fit. Null when it is neither. */
function readNumber(field: Buffer): number | null {
  const first = field[0] ?? 0;
  if (first & 0x80) {
    let value = first & 0x40 ? -1 : first & 0x3f;
    for (let at = 1; at < field.length; at++) value = value * 256 + (field[at] ?? 0);
    return Number.isSafeInteger(value) ? value : null;
  }
  const digits = /^[\s\0]{0,12}([0-7]{0,12})(?:[\s\0]|$)/.exec(field.toString('latin1'))?.[1];
  return digits === undefined ? null : Number.parseInt(digits || '0', 8);
}

function takeExtension(type: string, bytes: Buffer, said: Said): void {
  if (type === 'L') said.name = cString(bytes);
  // Global headers speak of the archive as a whole, `K` of a link's target.
  if (type !== 'x' && type !== 'X') return;
  for (const [key, value] of paxRecords(bytes)) {
    if (key === 'path') said.name = value;
    else if (key === 'size') said.sizeBytes = wholeNumber(value);
    else if (key === 'mtime') said.modifiedMs = Math.floor((Number.parseFloat(value.toString('latin1')) || 0) * 1000);
    else if (key.startsWith('GNU.sparse.')) said.sparse = true;
  }
}

/** `length key=value\n`, the length in decimal and counting itself (POSIX pax, "pax Extended Header"). */
function* paxRecords(bytes: Buffer): Generator<[string, Buffer]> {
  for (let at = 0; at < bytes.length; ) {
    const digits = /^(\d{1,8}) /.exec(bytes.toString('latin1', at, at + 10))?.[1];
    const length = Number(digits);
    if (!digits || length <= digits.length + 2 || at + length > bytes.length) return;
    const record = bytes.subarray(at + digits.length + 1, at + length - 1);
    const equals = record.indexOf(0x3d);
    if (equals > 0) yield [record.toString('utf8', 0, equals), record.subarray(equals + 1)];
    at += length;
  }
}

function wholeNumber(value: Buffer): number | null {
  const number = Number(value.toString('latin1'));
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function cString(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function decodeName(bytes: Buffer): string {
  return decodeWhole(detectEncoding(bytes, true), bytes).replaceAll('\\', '/');
}
