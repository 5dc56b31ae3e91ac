/**
 * The headers of a 7z file (7-Zip, 7zFormat.txt), as far as they tell which files need a password. Content stays packed; a header that is itself
 * packed is unpacked, one that is encrypted is told.
 */
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';
import { unpackLzma } from './lzma.js';

export interface SevenZipLocks {
  /** True when even names need the password. */
  readonly headerEncrypted: boolean;
  /** Packed streams of files that need the password, and that don't. Empty files have none. */
  readonly lockedFiles: number;
  readonly openFiles: number;
}

const SIGNATURE_BYTES = 32;
const HEADER_BYTES_MAX = 64 * 1024 * 1024;
const COPY = '00';
const LZMA = '030101';
const AES = '06f10701';
/** Headers packed in headers: one is what 7-Zip writes. */
const PACKED_HEADERS_MAX = 4;

/** Property ids of 7zFormat.txt. */
const Id = {
  End: 0,
  Header: 1,
  Archive: 2,
  Additional: 3,
  Main: 4,
  PackInfo: 6,
  UnpackInfo: 7,
  SubStreams: 8,
  Size: 9,
  Crc: 10,
  Folder: 11,
  UnpackSize: 12,
  NumUnpack: 13,
  Encoded: 23,
} as const;

interface Coder {
  readonly id: string;
  readonly properties: Buffer;
  readonly ins: number;
  readonly outs: number;
}

interface Folder {
  readonly coders: readonly Coder[];
  /** Bytes that each coder gives, in their order. */
  unpackSizes: number[];
  readonly mainOut: number;
  streams: number;
}

interface Streams {
  packOffset: number;
  packSizes: number[];
  folders: Folder[];
}

/** Throws FileProblem('damaged' | 'unsupported' | 'too-large'). */
export function readSevenZipLocks(source: Source): SevenZipLocks {
  const signature = source.read(0, SIGNATURE_BYTES);
  if (signature.length < SIGNATURE_BYTES) throw new FileProblem('damaged', '7z: no header');
  const offset = Number(signature.readBigUInt64LE(12));
  const size = Number(signature.readBigUInt64LE(20));
  if (size === 0) return { headerEncrypted: false, lockedFiles: 0, openFiles: 0 };
  if (size > HEADER_BYTES_MAX) throw new FileProblem('too-large', `7z: header of ${size} bytes`);
  if (offset + size > source.sizeBytes) throw new FileProblem('damaged', '7z: header is cut');
  let reader = new Reader(source.read(SIGNATURE_BYTES + offset, size));
  for (let depth = 0; depth < PACKED_HEADERS_MAX; depth++) {
    const id = reader.byte();
    if (id === Id.Header) return countLocks(readHeaderStreams(reader));
    if (id !== Id.Encoded) break;
    const streams = readStreams(reader);
    const folder = streams.folders[0];
    if (!folder) break;
    if (folder.coders.some((coder) => coder.id === AES)) return { headerEncrypted: true, lockedFiles: 0, openFiles: 0 };
    reader = new Reader(unpackHeader(source, streams, folder));
  }
  throw new FileProblem('damaged', '7z: header');
}

function countLocks(streams: Streams | null): SevenZipLocks {
  let lockedFiles = 0;
  let openFiles = 0;
  for (const folder of streams?.folders ?? []) {
    if (folder.coders.some((coder) => coder.id === AES)) lockedFiles += folder.streams;
    else openFiles += folder.streams;
  }
  return { headerEncrypted: false, lockedFiles, openFiles };
}

function unpackHeader(source: Source, streams: Streams, folder: Folder): Buffer {
  const coder = folder.coders[0];
  const size = folder.unpackSizes[folder.mainOut] ?? 0;
  const packed = source.read(SIGNATURE_BYTES + streams.packOffset, Math.min(streams.packSizes[0] ?? 0, HEADER_BYTES_MAX));
  if (folder.coders.length !== 1 || !coder) throw new FileProblem('unsupported', '7z: header packed twice');
  if (size > HEADER_BYTES_MAX) throw new FileProblem('too-large', `7z: header of ${size} bytes`);
  if (coder.id === COPY) return packed;
  if (coder.id !== LZMA) throw new FileProblem('unsupported', `7z: header packed with ${coder.id}`);
  return unpackLzma(packed, coder.properties, size);
}

/** `Header`: properties of the archive, then streams; the files behind them don't matter here. */
function readHeaderStreams(reader: Reader): Streams | null {
  let id = reader.byte();
  if (id === Id.Archive) {
    for (let property = reader.byte(); property !== Id.End; property = reader.byte()) reader.skip(reader.number());
    id = reader.byte();
  }
  if (id === Id.Additional) {
    readStreams(reader);
    id = reader.byte();
  }
  return id === Id.Main ? readStreams(reader) : null;
}

function readStreams(reader: Reader): Streams {
  const streams: Streams = { packOffset: 0, packSizes: [], folders: [] };
  for (let id = reader.byte(); id !== Id.End; id = reader.byte()) {
    if (id === Id.PackInfo) readPackInfo(reader, streams);
    else if (id === Id.UnpackInfo) readUnpackInfo(reader, streams);
    else if (id === Id.SubStreams) {
      // The counts stand first; sizes and checksums behind them are not asked, and nothing that is follows.
      readSubStreamCounts(reader, streams);
      return streams;
    } else throw new FileProblem('damaged', '7z: header');
  }
  return streams;
}

function readPackInfo(reader: Reader, streams: Streams): void {
  streams.packOffset = reader.number();
  const count = reader.count();
  for (let id = reader.byte(); id !== Id.End; id = reader.byte()) {
    if (id === Id.Size) for (let i = 0; i < count; i++) streams.packSizes.push(reader.number());
    else if (id === Id.Crc) reader.skipDigests(count);
    else throw new FileProblem('damaged', '7z: packed streams');
  }
}

function readUnpackInfo(reader: Reader, streams: Streams): void {
  if (reader.byte() !== Id.Folder) throw new FileProblem('damaged', '7z: folders');
  const count = reader.count();
  if (reader.byte() !== 0) throw new FileProblem('unsupported', '7z: folders elsewhere');
  for (let i = 0; i < count; i++) streams.folders.push(readFolder(reader));
  for (let id = reader.byte(); id !== Id.End; id = reader.byte()) {
    if (id === Id.Crc) reader.skipDigests(count);
    else if (id === Id.UnpackSize) {
      for (const folder of streams.folders) {
        const outs = folder.coders.reduce((sum, coder) => sum + coder.outs, 0);
        for (let i = 0; i < outs; i++) folder.unpackSizes.push(reader.number());
      }
    } else throw new FileProblem('damaged', '7z: folders');
  }
}

function readFolder(reader: Reader): Folder {
  const count = reader.number();
  if (count === 0 || count > 32) throw new FileProblem('damaged', '7z: coders');
  const coders: Coder[] = [];
  for (let i = 0; i < count; i++) {
    const flags = reader.byte();
    const id = reader.bytes(flags & 15).toString('hex');
    const [ins, outs] = flags & 0x10 ? [reader.number(), reader.number()] : [1, 1];
    if (ins > 32 || outs > 32) throw new FileProblem('damaged', '7z: coders');
    coders.push({ id, ins, outs, properties: flags & 0x20 ? reader.bytes(reader.number()) : Buffer.alloc(0) });
  }
  const ins = coders.reduce((sum, coder) => sum + coder.ins, 0);
  const outs = coders.reduce((sum, coder) => sum + coder.outs, 0);
  const bound = new Set<number>();
  for (let i = 0; i < outs - 1; i++) {
    reader.number();
    bound.add(reader.number());
  }
  const packed = ins - (outs - 1);
  if (packed > 1) for (let i = 0; i < packed; i++) reader.number();
  const mainOut = Array.from({ length: outs }, (_, out) => out).find((out) => !bound.has(out)) ?? 0;
  return { coders, unpackSizes: [], mainOut, streams: 1 };
}

function readSubStreamCounts(reader: Reader, streams: Streams): void {
  if (reader.byte() !== Id.NumUnpack) return;
  for (const folder of streams.folders) folder.streams = reader.number();
}

class Reader {
  #at = 0;

  constructor(private readonly data: Buffer) {}

  byte(): number {
    const byte = this.data[this.#at++];
    if (byte === undefined) throw new FileProblem('damaged', '7z: header is cut');
    return byte;
  }

  bytes(length: number): Buffer {
    if (length > this.data.length - this.#at) throw new FileProblem('damaged', '7z: header is cut');
    this.#at += length;
    return this.data.subarray(this.#at - length, this.#at);
  }

  skip(length: number): void {
    this.bytes(length);
  }

  /** UINT64 of the format: leading ones of the first byte count the bytes that follow. */
  number(): number {
    const first = this.byte();
    let value = 0;
    let mask = 0x80;
    for (let i = 0; i < 8; i++, mask >>= 1) {
      if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * i);
      value += this.byte() * 2 ** (8 * i);
    }
    return value;
  }

  /** How many of something follow: each takes at least a byte. */
  count(): number {
    const count = this.number();
    if (count > limits.entriesMax || count > this.data.length) throw new FileProblem('damaged', '7z: count');
    return count;
  }

  /** A bit for each checksum that is there, unless all are; then four bytes each. */
  skipDigests(count: number): void {
    let there = count;
    if (this.byte() === 0) {
      there = 0;
      for (const byte of this.bytes(Math.ceil(count / 8))) for (let bits = byte; bits > 0; bits >>= 1) there += bits & 1;
    }
    this.skip(there * 4);
  }
}
