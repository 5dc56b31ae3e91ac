/**
 * The headers of a RAR file, versions 1.5 to 4 and 5 (technote of the format), as far as they tell which files need a password. Nothing is
 * unpacked.
 */
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';

export interface RarLocks {
  readonly version: 4 | 5;
  /** True when even names need the password. */
  readonly headerEncrypted: boolean;
  /** Files with content that need the password, and that don't. */
  readonly lockedFiles: number;
  readonly openFiles: number;
}

const HEADER_BYTES_MAX = 2 * 1024 * 1024;

/** Throws FileProblem('damaged') when not one header can be read. */
export function readRarLocks(source: Source): RarLocks {
  const mark = source.read(0, 8);
  if (mark.toString('latin1', 0, 6) !== 'Rar!\x1a\x07') throw new FileProblem('damaged', 'rar: no mark');
  return mark[6] === 1 ? readVersion5(source) : readVersion4(source);
}

/** Blocks: CRC (2), type (1), flags (2), size (2), and for files the size of the data behind. */
function readVersion4(source: Source): RarLocks {
  let lockedFiles = 0;
  let openFiles = 0;
  let offset = 7;
  for (let blocks = 0; blocks < limits.entriesMax && offset < source.sizeBytes; blocks++) {
    const block = source.read(offset, 32);
    const isWhole = block.length >= 7;
    const type = block[2];
    const flags = isWhole ? block.readUInt16LE(3) : 0;
    const size = isWhole ? block.readUInt16LE(5) : 0;
    if (size < 7 || (type ?? 0) < 0x72 || (type ?? 0) > 0x7b) {
      if (blocks === 0) throw new FileProblem('damaged', 'rar: header');
      break;
    }
    // MHD_PASSWORD: the blocks that follow are encrypted.
    if (type === 0x73 && flags & 0x80) return { version: 4, headerEncrypted: true, lockedFiles: 0, openFiles: 0 };
    if (type === 0x7b) break;
    const hasData = type === 0x74 || type === 0x7a || (flags & 0x8000) !== 0;
    let data = hasData && block.length >= 11 ? block.readUInt32LE(7) : 0;
    // LHD_LARGE: the upper half of the size stands behind the fixed fields.
    if ((type === 0x74 || type === 0x7a) && flags & 0x100) data += upperHalf(source, offset) * 2 ** 32;
    // LHD_WINDOWMASK: all bits set is a folder. LHD_PASSWORD: 4.
    if (type === 0x74 && (flags & 0xe0) !== 0xe0) {
      if (flags & 4) lockedFiles++;
      else if (block.length >= 15 && block.readUInt32LE(11) > 0) openFiles++;
    }
    offset += size + data;
  }
  return { version: 4, headerEncrypted: false, lockedFiles, openFiles };
}

function upperHalf(source: Source, offset: number): number {
  const field = source.read(offset + 32, 4);
  return field.length === 4 ? field.readUInt32LE(0) : 0;
}

/** Blocks: CRC32, then numbers of variable length: size, type, flags, sizes of the extra area and of the data. */
function readVersion5(source: Source): RarLocks {
  let lockedFiles = 0;
  let openFiles = 0;
  let offset = 8;
  for (let blocks = 0; blocks < limits.entriesMax && offset < source.sizeBytes; blocks++) {
    const start = new Numbers(source.read(offset + 4, 10));
    const size = start.next();
    if (size === null || size === 0 || size > HEADER_BYTES_MAX) {
      if (blocks === 0) throw new FileProblem('damaged', 'rar: header');
      break;
    }
    const header = new Numbers(source.read(offset + 4 + start.at, size));
    const type = header.next() ?? 0;
    const flags = header.next() ?? 0;
    const extra = flags & 1 ? (header.next() ?? 0) : 0;
    const data = flags & 2 ? (header.next() ?? 0) : 0;
    // Archive encryption header: all that follows is encrypted.
    if (type === 4) return { version: 5, headerEncrypted: true, lockedFiles: 0, openFiles: 0 };
    if (type === 5) break;
    if (type === 2) {
      const isFolder = ((header.next() ?? 0) & 1) !== 0;
      const unpacked = header.next() ?? 0;
      if (!isFolder && hasEncryption(header.tail(extra))) lockedFiles++;
      else if (!isFolder && unpacked > 0) openFiles++;
    }
    offset += 4 + start.at + size + data;
  }
  return { version: 5, headerEncrypted: false, lockedFiles, openFiles };
}

/** Records of the extra area: size, type, data; type 1 is the file's encryption. */
function hasEncryption(extra: Buffer): boolean {
  const records = new Numbers(extra);
  for (let size = records.next(); size !== null && size > 0; size = records.next()) {
    const start = records.at;
    if (records.next() === 1) return true;
    records.at = start + size;
  }
  return false;
}

/** Seven bits a byte, lowest first; the highest bit tells that more follow. */
class Numbers {
  at = 0;

  constructor(private readonly bytes: Buffer) {}

  next(): number | null {
    let value = 0;
    for (let shift = 0; shift < 10; shift++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) return null;
      value += (byte & 0x7f) * 2 ** (7 * shift);
      if (byte < 0x80) return value;
    }
    return null;
  }

  tail(length: number): Buffer {
    return length > 0 ? this.bytes.subarray(Math.max(0, this.bytes.length - length)) : Buffer.alloc(0);
  }
}
