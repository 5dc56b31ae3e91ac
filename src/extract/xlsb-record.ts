/**
 * Steps through the records of a part of a binary workbook (MS-XLSB 2.1.4): number, length, content. It knows no record's meaning. What breaks off or is
 * longer than any record can be is refused.
 */
import { FileProblem } from '../problem.js';

/** The longest records hold a cell's text of 32,767 characters or a formula; pictures and lists stand elsewhere. */
const RECORD_BYTES_MAX = 16 * 1024 * 1024;
const HEADER_BYTES_MAX = 6;

/** Fields are read from the start of the record; those that lie beyond its end are 0 or ''. Positions are valid until the next step. */
export class RecordCursor {
  type = -1;
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  readonly #pieces: Iterator<Buffer>;
  #filled = 0;
  #next = 0;
  #done = false;

  constructor(pieces: Iterable<Buffer>) {
    this.#pieces = pieces[Symbol.iterator]();
  }

  /** False at the end of the part. Throws FileProblem('damaged' | 'too-large'), and what the pieces throw. */
  next(): boolean {
    if (this.#filled - this.#next < HEADER_BYTES_MAX) this.#fill(HEADER_BYTES_MAX);
    if (this.#next >= this.#filled) return false;
    const type = this.#varint(2);
    const length = this.#varint(4);
    if (length > RECORD_BYTES_MAX) throw new FileProblem('too-large', `xlsb: record of ${length} bytes`);
    if (this.#filled - this.#next < length && !this.#fill(length)) throw new FileProblem('damaged', 'xlsb: ends inside a record');
    this.type = type;
    this.start = this.#next;
    this.end = this.#next + length;
    this.#next = this.end;
    return true;
  }

  uint16(offset: number): number {
    const at = this.start + offset;
    return at + 2 <= this.end ? this.bytes.readUInt16LE(at) : 0;
  }

  uint32(offset: number): number {
    const at = this.start + offset;
    return at + 4 <= this.end ? this.bytes.readUInt32LE(at) : 0;
  }

  byte(offset: number): number {
    const at = this.start + offset;
    return at < this.end ? this.bytes[at]! : 0;
  }

  double(offset: number): number {
    const at = this.start + offset;
    return at + 8 <= this.end ? this.bytes.readDoubleLE(at) : 0;
  }

  /** XLWideString and XLNullableWideString (2.5.168, 2.5.166): a count, then UTF-16. A count of -1 is none. */
  text(offset: number): string {
    const from = this.start + offset + 4;
    if (from > this.end) return '';
    const units = this.bytes.readUInt32LE(from - 4);
    return units === 0xffffffff ? '' : this.bytes.toString('utf16le', from, Math.min(from + units * 2, this.end));
  }

  /** Where the string at `offset` ends. */
  behindText(offset: number): number {
    const units = this.uint32(offset);
    return offset + 4 + (units === 0xffffffff ? 0 : units * 2);
  }

  close(): void {
    this.#pieces.return?.();
  }

  /** Seven bits a byte, the lowest first; the highest bit says that another one follows. */
  #varint(bytesMax: number): number {
    let value = 0;
    for (let i = 0; i < bytesMax; i++) {
      if (this.#next >= this.#filled) throw new FileProblem('damaged', 'xlsb: ends inside a record');
      const byte = this.bytes[this.#next++]!;
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) break;
    }
    return value;
  }

  /** Brings bytes in until `needed` lie ahead; false when there are not so many. */
  #fill(needed: number): boolean {
    while (!this.#done && this.#filled - this.#next < needed) {
      const piece = this.#pieces.next();
      if (piece.done) {
        this.#done = true;
        break;
      }
      this.#append(piece.value);
    }
    return this.#filled - this.#next >= needed;
  }

  #append(piece: Buffer): void {
    const kept = this.#filled - this.#next;
    const needed = kept + piece.length;
    if (needed > this.bytes.length) {
      const wider = Buffer.allocUnsafe(needed * 2);
      this.bytes.copy(wider, 0, this.#next, this.#filled);
      this.bytes = wider;
    } else this.bytes.copyWithin(0, this.#next, this.#filled);
    piece.copy(this.bytes, kept);
    this.#filled = needed;
    this.#next = 0;
  }
}
