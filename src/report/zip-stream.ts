/**
 * A zip file in one pass and constant memory (PKWARE APPNOTE 6.3.10): parts are packed piece by piece into a spool while they grow side by side, and
 * copied behind each other at the end, when their sizes are known. Times are fixed, so that equal parts give equal bytes.
 */
import { constants, crc32, deflateRawSync } from 'node:zlib';

/** Where packed pieces wait until their part is complete: a file of the caller's. */
export interface Spool {
  append(bytes: Uint8Array): void;
  read(offset: number, length: number): Buffer;
}

/** Packed at once: a piece has a dictionary of its own, so small ones pack badly. */
const PIECE_CHARS = 128 * 1024;
/** The fields of the first form of zip hold 32 bits (4.4.1.4). */
const BYTES_MAX = 0xffff_ffff;
/** The last, empty block of a deflate stream (RFC 1951, 3.2.3): BFINAL with fixed codes and an end mark. */
const LAST_BLOCK = Buffer.of(0x03, 0x00);
/** 1980-01-01, as office programs write it. */
const DOS_DATE = 33;

/** One file of the zip while it grows. */
export class ZipPart {
  private pending: string[] = [];
  private pendingChars = 0;
  private crc = 0;
  private unpackedBytes = 0;
  private packedBytes = 0;
  private readonly pieces: { readonly offset: number; readonly length: number }[] = [];

  constructor(
    readonly name: string,
    private readonly spool: SpoolEnd,
  ) {}

  /** Bytes before packing, those that still wait counted by characters. */
  get sizeBytes(): number {
    return this.unpackedBytes + this.pendingChars;
  }

  write(text: string): void {
    this.pending.push(text);
    this.pendingChars += text.length;
    if (this.pendingChars >= PIECE_CHARS) this.flush();
  }

  flush(): void {
    if (this.pendingChars === 0) return;
    const bytes = Buffer.from(this.pending.join(''));
    this.pending = [];
    this.pendingChars = 0;
    this.crc = crc32(bytes, this.crc);
    this.unpackedBytes += bytes.length;
    // A sync flush ends at a whole byte without ending the stream (RFC 1951, 3.2.4), so that pieces may stand behind each other.
    const packed = deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    this.pieces.push({ offset: this.spool.append(packed), length: packed.length });
    this.packedBytes += packed.length;
  }

  *bytes(): Generator<Buffer> {
    for (const { offset, length } of this.pieces) yield this.spool.read(offset, length);
    yield LAST_BLOCK;
  }

  /** The fields that both headers share (4.3.7, 4.3.12). */
  fields(): Buffer {
    const packed = this.packedBytes + LAST_BLOCK.length;
    if (this.unpackedBytes > BYTES_MAX || packed > BYTES_MAX) throw new Error('a part of the zip is larger than its form holds');
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt16LE(DOS_DATE, 8);
    fields.writeUInt32LE(this.crc, 10);
    fields.writeUInt32LE(packed, 14);
    fields.writeUInt32LE(this.unpackedBytes, 18);
    fields.writeUInt16LE(this.name.length, 22);
    return fields;
  }
}

/** Knows where the spool ends. */
class SpoolEnd {
  private end = 0;
  constructor(private readonly spool: Spool) {}

  append(bytes: Uint8Array): number {
    const offset = this.end;
    this.spool.append(bytes);
    this.end += bytes.length;
    return offset;
  }

  read(offset: number, length: number): Buffer {
    return this.spool.read(offset, length);
  }
}

export class ZipStream {
  private readonly spool: SpoolEnd;
  private readonly parts: ZipPart[] = [];

  constructor(spool: Spool) {
    this.spool = new SpoolEnd(spool);
  }

  /** Parts stand in the zip in the order in which they were begun. Names are ASCII. */
  part(name: string): ZipPart {
    const part = new ZipPart(name, this.spool);
    this.parts.push(part);
    return part;
  }

  /** The whole file; call it once, when every part is complete. */
  *bytes(): Generator<Buffer> {
    const directory: Buffer[] = [];
    let offset = 0;
    for (const part of this.parts) {
      part.flush();
      const fields = part.fields();
      const name = Buffer.from(part.name, 'latin1');
      const tail = Buffer.alloc(14);
      tail.writeUInt32LE(offset, 10);
      directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, name]));
      yield Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name]);
      offset += 30 + name.length;
      for (const bytes of part.bytes()) {
        yield bytes;
        offset += bytes.length;
      }
      if (offset > BYTES_MAX) throw new Error('the zip is larger than its form holds');
    }
    const central = Buffer.concat(directory);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    for (const at of [8, 10]) end.writeUInt16LE(this.parts.length, at);
    end.writeUInt32LE(central.length, 12);
    end.writeUInt32LE(offset, 16);
    yield central;
    yield end;
  }
}
