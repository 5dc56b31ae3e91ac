/**
 * The records of a workbook stream of Excel 5 to 2003 (MS-XLS 2.1.4) and the strings in them. It knows no record's meaning. Fields beyond a record's
 * end are 0 or ''.
 */

/** Records of a stream: a corrupt one is refused by its frame, not here. */
const RECORDS_MAX = 50_000_000;
const CONTINUE = 0x003c;
const CONTINUED_BYTES_MAX = 64 * 1024 * 1024;

export class BiffRecords {
  type = -1;
  /** The content of this record, without what continues it. */
  bytes: Buffer = Buffer.alloc(0);
  /** Where the record begins in its stream. */
  offset = 0;
  readonly #stream: Buffer;
  #next = 0;
  #count = 0;

  constructor(stream: Buffer) {
    this.#stream = stream;
  }

  /** False at the end, also where a record runs past it. */
  next(): boolean {
    const at = this.#next;
    if (at + 4 > this.#stream.length || ++this.#count > RECORDS_MAX) return false;
    const end = at + 4 + this.#stream.readUInt16LE(at + 2);
    if (end > this.#stream.length) return false;
    this.type = this.#stream.readUInt16LE(at);
    this.offset = at;
    this.bytes = this.#stream.subarray(at + 4, end);
    this.#next = end;
    return true;
  }

  /** Takes the records that continue this one, each with its own content. */
  continued(): Buffer[] {
    const pieces: Buffer[] = [];
    let bytes = 0;
    while (this.#next + 4 <= this.#stream.length && this.#stream.readUInt16LE(this.#next) === CONTINUE) {
      const end = this.#next + 4 + this.#stream.readUInt16LE(this.#next + 2);
      bytes += end - this.#next;
      if (end > this.#stream.length || bytes > CONTINUED_BYTES_MAX) break;
      pieces.push(this.#stream.subarray(this.#next + 4, end));
      this.#next = end;
    }
    return pieces;
  }

  byte(at: number): number {
    return this.bytes[at] ?? 0;
  }

  uint16(at: number): number {
    return at >= 0 && at + 2 <= this.bytes.length ? this.bytes.readUInt16LE(at) : 0;
  }

  uint32(at: number): number {
    return at >= 0 && at + 4 <= this.bytes.length ? this.bytes.readUInt32LE(at) : 0;
  }

  double(at: number): number {
    return at >= 0 && at + 8 <= this.bytes.length ? this.bytes.readDoubleLE(at) : 0;
  }
}

/** A string and where it ends. */
export interface BiffString {
  readonly text: string;
  readonly end: number;
}

/** Characters behind a byte of flags (XLUnicodeStringNoCch, 2.5.296), with the runs of fonts and the phonetics that a rich one has behind them (2.5.293). */
export function unicodeText(bytes: Buffer, at: number, chars: number): BiffString {
  const flags = bytes[at] ?? 0;
  let start = at + 1;
  let behind = 0;
  if (flags & 8) {
    behind += 4 * (start + 2 <= bytes.length ? bytes.readUInt16LE(start) : 0);
    start += 2;
  }
  if (flags & 4) {
    behind += start + 4 <= bytes.length ? bytes.readUInt32LE(start) : 0;
    start += 4;
  }
  const end = start + chars * (flags & 1 ? 2 : 1);
  return {
    text: bytes.toString(flags & 1 ? 'utf16le' : 'latin1', Math.min(start, bytes.length), Math.min(end, bytes.length)),
    end: end + behind,
  };
}

/** XLUnicodeString (2.5.294): a count of two bytes before it. */
export function countedText(bytes: Buffer, at: number): BiffString {
  return at + 3 > bytes.length ? { text: '', end: at + 3 } : unicodeText(bytes, at + 2, bytes.readUInt16LE(at));
}

/** ShortXLUnicodeString (2.5.240): a count of one byte before it. */
export function shortText(bytes: Buffer, at: number): BiffString {
  return at + 2 > bytes.length ? { text: '', end: at + 2 } : unicodeText(bytes, at + 1, bytes[at]!);
}
