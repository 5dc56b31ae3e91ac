/** Lines of uuencoded files (POSIX.1-2017, uuencode; its base64 form too) as bytes. */

/** The line before a file: rights, and its name. */
export const UU_BEGIN = /^begin(-base64)? [0-7]{3,4} {1,4}(\S.{0,250})$/;
const FIRST_BYTES = 64 * 1024;

/** A file that is being put together. */
export class UuFile {
  readonly name: string;
  size = 0;
  /** True when it ended as it should. */
  ended = false;
  readonly #isBase64: boolean;
  #bytes = Buffer.alloc(0);

  constructor(name: string, isBase64: boolean) {
    this.name = name;
    this.#isBase64 = isBase64;
  }

  /** The memory that its bytes take. */
  get held(): number {
    return this.#bytes.length;
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.size);
  }

  /** Takes a line; false when it is none of this file. */
  take(line: string): boolean {
    if (line === (this.#isBase64 ? '====' : 'end')) this.ended = true;
    else if (this.#isBase64) return this.#takeBase64(line);
    else if (line !== '`' && line.trim() !== '') return this.#takeLine(line);
    return true;
  }

  #takeBase64(line: string): boolean {
    if (!/^[A-Za-z0-9+/]{1,1000}={0,2}$/.test(line)) return false;
    this.#put(Buffer.from(line, 'base64'));
    return true;
  }

  /** A character for how many bytes, then four for each three; mail programs strip spaces at the end, others add a sum of one character. */
  #takeLine(line: string): boolean {
    const count = (line.charCodeAt(0) - 32) & 63;
    const chars = Math.ceil(count / 3) * 4;
    if (count === 0 || line.length - 1 > chars + 2 || !/^[\x20-\x60]+$/.test(line)) return false;
    // A line of capitals is no file: its length would have to fit.
    if (this.size === 0 && (line.length - 1) * 2 < chars) return false;
    const bytes = Buffer.allocUnsafe((chars / 4) * 3);
    let length = 0;
    const sextet = (at: number) => (at < line.length ? (line.charCodeAt(at) - 32) & 63 : 0);
    for (let at = 1; at <= chars; at += 4) {
      const bits = (sextet(at) << 18) | (sextet(at + 1) << 12) | (sextet(at + 2) << 6) | sextet(at + 3);
      length = bytes.writeUIntBE(bits, length, 3);
    }
    this.#put(bytes.subarray(0, count));
    return true;
  }

  #put(more: Buffer): void {
    if (this.size + more.length > this.#bytes.length) {
      const wider = Buffer.allocUnsafe(Math.max(FIRST_BYTES, this.#bytes.length * 2, this.size + more.length));
      this.#bytes.copy(wider, 0, 0, this.size);
      this.#bytes = wider;
    }
    more.copy(this.#bytes, this.size);
    this.size += more.length;
  }
}
