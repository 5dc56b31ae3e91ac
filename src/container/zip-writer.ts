/** Writes a zip file in memory (PKWARE APPNOTE 6.3.10, 4.3) from parts that are packed already: for handing a package on, never for a disk. */
import { FileProblem } from '../problem.js';

export interface PackedPart {
  readonly nameBytes: Buffer;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly unpackedBytes: number;
  readonly packed: Buffer;
}

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** The end record counts with 16 bits (4.3.16). */
const PARTS_MAX = 0xffff;

/** Throws FileProblem('too-large') for more parts than the format's first form holds. */
export function packZip(parts: readonly PackedPart[]): Buffer {
  if (parts.length > PARTS_MAX) throw new FileProblem('too-large', `package of ${parts.length} parts`);
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const local = header(0x04034b50, LOCAL_BYTES, part);
    const central = header(0x02014b50, CENTRAL_BYTES, part);
    central.writeUInt32LE(offset, 42);
    locals.push(local, part.nameBytes, part.packed);
    centrals.push(central, part.nameBytes);
    offset += local.length + part.nameBytes.length + part.packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  for (const at of [8, 10]) end.writeUInt16LE(parts.length, at);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** The fields that both headers share (4.3.7, 4.3.12), two bytes further on in the central one; names are told to be UTF-8. */
function header(mark: number, bytes: number, part: PackedPart): Buffer {
  const buffer = Buffer.alloc(bytes);
  const shift = bytes === CENTRAL_BYTES ? 2 : 0;
  buffer.writeUInt32LE(mark, 0);
  buffer.writeUInt16LE(20, 4);
  buffer.writeUInt16LE(0x0800, 6 + shift);
  buffer.writeUInt16LE(part.method, 8 + shift);
  buffer.writeUInt32LE(part.crc, 14 + shift);
  buffer.writeUInt32LE(part.packed.length, 18 + shift);
  buffer.writeUInt32LE(part.unpackedBytes, 22 + shift);
  buffer.writeUInt16LE(part.nameBytes.length, 26 + shift);
  return buffer;
}
