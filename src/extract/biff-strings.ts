/**
 * Counts the shared texts of an old workbook (SST, MS-XLS 2.4.265) over the records that they go on in, without reading them: to see whether they are
 * where the record says. A text that crosses a border between records says again how wide its characters are.
 */

export interface SharedStrings {
  /** Texts that are there whole. */
  readonly count: number;
  /** True when a text runs out of the records, or more are stated than the records could hold. */
  readonly broken: boolean;
}

/** Bits of a text's flags (XLUnicodeRichExtendedString, MS-XLS 2.5.293). */
const WIDE = 0x01;
const PHONETIC = 0x04;
const RICH = 0x08;
/** Both counts in front of the first text. */
const HEAD_BYTES = 8;
/** An empty text: its length and its flags. */
const TEXT_BYTES_MIN = 3;

/** `pieces`: the data of the record and of all that continue it. */
export function measureSharedStrings(pieces: readonly Buffer[]): SharedStrings {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0) - HEAD_BYTES;
  if (bytes < 0) return { count: 0, broken: true };
  const stated = pieces[0] && pieces[0].length >= HEAD_BYTES ? pieces[0].readUInt32LE(4) : 0;
  const cursor = new PieceCursor(pieces);
  cursor.skip(HEAD_BYTES);
  let count = 0;
  while (count < stated && cursor.there && passText(cursor)) count++;
  // Some writers state a few too many; what no record could hold is no slip.
  return { count, broken: cursor.ranOut || stated > count + bytes / TEXT_BYTES_MIN };
}

function passText(cursor: PieceCursor): boolean {
  const chars = cursor.number(2);
  const flags = cursor.number(1);
  const runs = flags & RICH ? cursor.number(2) : 0;
  const phonetic = flags & PHONETIC ? cursor.number(4) : 0;
  cursor.skipChars(chars, (flags & WIDE) !== 0);
  cursor.skip(runs * 4 + phonetic);
  return !cursor.ranOut;
}

class PieceCursor {
  ranOut = false;
  #piece = 0;
  #at = 0;

  constructor(private readonly pieces: readonly Buffer[]) {}

  /** True when a byte is left. */
  get there(): boolean {
    while (this.#piece < this.pieces.length && this.#left === 0) {
      this.#piece++;
      this.#at = 0;
    }
    return this.#piece < this.pieces.length;
  }

  get #left(): number {
    return (this.pieces[this.#piece]?.length ?? 0) - this.#at;
  }

  number(bytes: number): number {
    let value = 0;
    for (let at = 0; at < bytes; at++) {
      if (!this.there) {
        this.ranOut = true;
        return 0;
      }
      value += (this.pieces[this.#piece]?.[this.#at++] ?? 0) * 256 ** at;
    }
    return value;
  }

  skip(bytes: number): void {
    for (let left = bytes; left > 0; ) {
      if (!this.there) {
        this.ranOut = true;
        return;
      }
      const step = Math.min(left, this.#left);
      this.#at += step;
      left -= step;
    }
  }

  skipChars(chars: number, wide: boolean): void {
    let width = wide ? 2 : 1;
    for (let left = chars; left > 0; ) {
      const here = Math.floor(this.#left / width);
      const step = Math.min(left, here);
      this.#at += step * width;
      left -= step;
      if (left === 0) return;
      // The rest of this record can hold no whole character: the next begins with the width of what follows.
      this.#at += this.#left;
      width = this.number(1) & WIDE ? 2 : 1;
      if (this.ranOut) return;
    }
  }
}
