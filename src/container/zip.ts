/**
 * A zip file as a directory of entries that can be read whole or streamed, all synchronously. It writes nothing, guesses no password, and
 * takes no name as a path. Sizes that the file states are only hints: what is unpacked is counted.
 */
import { crc32 } from 'node:zlib';
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';
import { inflateStream, inflateWhole } from './inflate.js';
import { memorySource } from './memory-source.js';
import { fitPassword, isOpenable, LOCK_HEAD_BYTES } from './zip-crypt.js';
import { readDirectory, type ZipEntry } from './zip-directory.js';

export type { ZipEntry, ZipScheme } from './zip-directory.js';

const STORED = 0;
const DEFLATED = 8;
/** Up to this size a file is read at once: one system call instead of one for each entry. */
const RESIDENT_BYTES_MAX = 32 * 1024 * 1024;
const READ_BYTES = 256 * 1024;

const known = new WeakMap<Source, ZipDirectory>();

/**
 * Opens once for each source: sniffing, extracting and protecting share the directory.
 * Throws FileProblem('damaged' | 'too-large'), and what the source throws.
 */
export function openZip(source: Source): ZipDirectory {
  let directory = known.get(source);
  if (!directory) {
    directory = new ZipDirectory(source.sizeBytes <= RESIDENT_BYTES_MAX ? memorySource(source.name, source.whole()) : source);
    known.set(source, directory);
  }
  return directory;
}

export class ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** What of the directory could not be read: to be told as `damaged`. Null when all is well. */
  readonly damage: string | null;
  readonly #source: Source;
  readonly #byName = new Map<string, ZipEntry>();

  constructor(source: Source) {
    this.#source = source;
    const { entries, damage } = readDirectory(source);
    this.entries = entries;
    this.damage = damage;
    for (const entry of entries) {
      if (!this.#byName.has(entry.name)) this.#byName.set(entry.name, entry);
    }
    for (const entry of entries) {
      const folded = foldName(entry.name);
      if (!this.#byName.has(folded)) this.#byName.set(folded, entry);
    }
  }

  /** By name; where none is equal, without regard to ASCII case and a leading '/': part names of Office files are compared so (ECMA-376-2, 6.2.2.3). */
  entry(name: string): ZipEntry | undefined {
    return this.#byName.get(name) ?? this.#byName.get(foldName(name));
  }

  /**
   * One entry's content, of at most `unpackedMax` bytes. Throws FileProblem('encrypted' | 'unsupported' | 'too-large' | 'damaged').
   */
  readEntry(entry: ZipEntry, unpackedMax: number = limits.entryBytesMax): Buffer {
    const start = this.#open(entry);
    if (entry.unpackedBytes > unpackedMax) throw new FileProblem('too-large', `zip: entry of ${entry.unpackedBytes} bytes`);
    const packed = this.#source.read(start, entry.packedBytes);
    if (packed.length < entry.packedBytes) throw new FileProblem('damaged', 'zip: entry runs past the end of the file');
    if (entry.method === STORED) return packed;
    const bytes = inflateWhole(packed, unpackedMax, entry.unpackedBytes);
    refuseRatio(bytes.length, packed.length);
    return bytes;
  }

  /**
   * An encrypted entry's content when `password` opens it, else null. Throws FileProblem as readEntry does; 'encrypted' for a scheme that is
   * not known here, whatever the password.
   */
  unlockEntry(entry: ZipEntry, password: string, unpackedMax: number = limits.entryBytesMax): Buffer | null {
    if (!isOpenable(entry.scheme)) refuseEncrypted(entry);
    if (Math.max(entry.packedBytes, entry.unpackedBytes) > unpackedMax)
      throw new FileProblem('too-large', `zip: entry of ${entry.unpackedBytes} bytes`);
    const { start, timeByte } = this.#openHeader(entry);
    const lock = { scheme: entry.scheme, crc: entry.crc, timeByte };
    const decrypt = fitPassword(lock, this.#source.read(start, Math.min(LOCK_HEAD_BYTES, entry.packedBytes)), password);
    const packed = decrypt?.(this.#source.read(start, entry.packedBytes)) ?? null;
    return packed && unpackLocked(entry, packed, unpackedMax);
  }

  /**
   * One entry's content in pieces, each valid until the next one, in constant memory. Throws FileProblem as readEntry does, and 'damaged'
   * where the entry breaks off, after what could be read was handed on.
   */
  *streamEntry(entry: ZipEntry): Generator<Buffer, void, undefined> {
    const packed = this.#packedPieces(entry, this.#open(entry));
    let bytes = 0;
    for (const piece of entry.method === STORED ? packed : inflateStream(packed)) {
      bytes += piece.length;
      if (bytes > limits.unpackedBytesMax) throw new FileProblem('too-large', `zip: entry of more than ${limits.unpackedBytesMax} bytes`);
      refuseRatio(bytes, entry.packedBytes);
      yield piece;
    }
    if (bytes !== entry.unpackedBytes) throw new FileProblem('damaged', `zip: entry has ${bytes} bytes instead of ${entry.unpackedBytes}`);
  }

  *#packedPieces(entry: ZipEntry, start: number): Generator<Buffer, void, undefined> {
    for (let done = 0; done < entry.packedBytes; ) {
      const piece = this.#source.read(start + done, Math.min(READ_BYTES, entry.packedBytes - done));
      if (piece.length === 0) throw new FileProblem('damaged', 'zip: entry runs past the end of the file');
      done += piece.length;
      yield piece;
    }
  }

  #open(entry: ZipEntry): number {
    if (entry.encrypted) refuseEncrypted(entry);
    refuseMethod(entry);
    return this.#openHeader(entry).start;
  }

  /** Where the data begin. Name and extra fields of the local header may differ in length from the directory's: only they tell. */
  #openHeader(entry: ZipEntry): { start: number; timeByte: number } {
    const header = this.#source.read(entry.headerOffset, 30);
    if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new FileProblem('damaged', 'zip: local header missing');
    return { start: entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), timeByte: header.readUInt8(11) };
  }
}

function refuseEncrypted(entry: ZipEntry): never {
  throw new FileProblem('encrypted', `zip: entry encrypted with ${entry.scheme}`);
}

function refuseMethod({ method }: ZipEntry): void {
  if (method !== STORED && method !== DEFLATED) throw new FileProblem('unsupported', `zip: method ${method}`);
}

/** Null when what came out is not what went in: with the old cipher some wrong passwords get this far. AES has proven itself already. */
function unpackLocked(entry: ZipEntry, packed: Buffer, unpackedMax: number): Buffer | null {
  refuseMethod(entry);
  const isProven = entry.scheme !== 'zipcrypto';
  let bytes = packed;
  try {
    if (entry.method !== STORED) bytes = inflateWhole(packed, unpackedMax, entry.unpackedBytes);
  } catch (error) {
    if (isProven || !(error instanceof FileProblem) || error.code !== 'damaged') throw error;
    return null;
  }
  if (!isProven && crc32(bytes) !== entry.crc) return null;
  refuseRatio(bytes.length, entry.packedBytes);
  return bytes;
}

function refuseRatio(unpackedBytes: number, packedBytes: number): void {
  if (unpackedBytes > limits.ratioFloorBytes && unpackedBytes > packedBytes * limits.ratioMax) {
    throw new FileProblem('too-large', `zip: entry unpacks to more than ${limits.ratioMax} times its size`);
  }
}

function foldName(name: string): string {
  return (name.startsWith('/') ? name.slice(1) : name).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
