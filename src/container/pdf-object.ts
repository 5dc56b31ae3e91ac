/** Objects of PDF syntax (ISO 32000-1, 7.3) out of bytes: as much as dictionaries of trailers and encryption need. It follows no references. */

/** A name stands as its text with a leading '/', a string as its bytes, an array and a dictionary as such. */
export type PdfValue = number | boolean | null | string | Buffer | PdfReference | readonly PdfValue[] | PdfDictionary;
export type PdfDictionary = ReadonlyMap<string, PdfValue>;
export interface PdfReference {
  readonly object: number;
  readonly generation: number;
}

/** Arrays and dictionaries inside each other, and values in all: an encryption dictionary has some 20. */
const DEPTH_MAX = 20;
const VALUES_MAX = 20_000;

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return value instanceof Map;
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return typeof value === 'object' && value !== null && 'object' in value;
}

/** The value that begins at `at`; undefined where there is none. */
export function parsePdfValue(bytes: Buffer, at: number): PdfValue | undefined {
  return new Parser(bytes, at).value(0);
}

class Parser {
  private values = 0;

  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  value(depth: number): PdfValue | undefined {
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === undefined || depth > DEPTH_MAX || ++this.values > VALUES_MAX) return undefined;
    if (byte === 0x2f) return this.name();
    if (byte === 0x28) return this.literal();
    if (byte === 0x5b) return this.array(depth);
    if (byte === 0x3c) return this.bytes[this.at + 1] === 0x3c ? this.dictionary(depth) : this.hexadecimal();
    return this.word();
  }

  private skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === 0x25) {
        while (this.at < this.bytes.length && this.bytes[this.at] !== 0x0a && this.bytes[this.at] !== 0x0d) this.at++;
      } else if (byte !== undefined && isSpace(byte)) this.at++;
      else return;
    }
  }

  private name(): string {
    const start = ++this.at;
    while (this.at < this.bytes.length && isRegular(this.bytes[this.at] ?? 0)) this.at++;
    const text = this.bytes.toString('latin1', start, this.at);
    return `/${text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))}`;
  }

  private array(depth: number): PdfValue[] | undefined {
    this.at++;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x5d) {
        this.at++;
        return items;
      }
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    }
  }

  private dictionary(depth: number): PdfDictionary | undefined {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x3e) {
        this.at += 2;
        return entries;
      }
      // Broken writers leave junk between entries: what is no key ends the dictionary with what it has.
      if (this.bytes[this.at] !== 0x2f) return entries.size > 0 ? entries : undefined;
      const key = this.name().slice(1);
      const value = this.value(depth + 1);
      if (value === undefined) return entries.size > 0 ? entries : undefined;
      if (!entries.has(key)) entries.set(key, value);
    }
  }

  private literal(): Buffer {
    const out: number[] = [];
    let depth = 1;
    for (this.at++; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at] ?? 0;
      if (byte === 0x5c) {
        this.escape(out);
        continue;
      }
      if (byte === 0x28) depth++;
      else if (byte === 0x29 && --depth === 0) break;
      // An end of line of any kind within a string is one LF (7.3.4.2).
      if (byte === 0x0d) {
        out.push(0x0a);
        if (this.bytes[this.at + 1] === 0x0a) this.at++;
      } else out.push(byte);
    }
    this.at++;
    return Buffer.from(out);
  }

  private escape(out: number[]): void {
    const byte = this.bytes[++this.at] ?? 0;
    const plain = ESCAPES.get(byte);
    if (plain !== undefined) out.push(plain);
    else if (byte >= 0x30 && byte <= 0x37) {
      let code = byte - 0x30;
      for (let digits = 1; digits < 3; digits++) {
        const next = this.bytes[this.at + 1] ?? 0;
        if (next < 0x30 || next > 0x37) break;
        code = code * 8 + next - 0x30;
        this.at++;
      }
      out.push(code & 0xff);
    } else if (byte === 0x0d) {
      if (this.bytes[this.at + 1] === 0x0a) this.at++;
    } else if (byte !== 0x0a) out.push(byte);
  }

  private hexadecimal(): Buffer {
    const close = this.bytes.indexOf(0x3e, this.at);
    const end = close < 0 ? this.bytes.length : close;
    const digits = this.bytes.toString('latin1', this.at + 1, end).replace(/[^0-9a-f]/gi, '');
    this.at = end + 1;
    return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
  }

  /** A number, a reference `12 0 R`, or a keyword. */
  private word(): PdfValue | undefined {
    const start = this.at;
    while (this.at < this.bytes.length && isRegular(this.bytes[this.at] ?? 0)) this.at++;
    if (this.at === start) return undefined;
    const text = this.bytes.toString('latin1', start, Math.min(this.at, start + 40));
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === 'null') return null;
    if (!/^[+-]?\d{0,20}\.?\d{0,20}$/.test(text)) return undefined;
    const reference = /^\s{1,4}(\d{1,5})\s{1,4}R(?![A-Za-z])/.exec(this.bytes.toString('latin1', this.at, this.at + 16));
    if (reference && /^\d{1,10}$/.test(text)) {
      this.at += reference[0].length;
      return { object: Number(text), generation: Number(reference[1]) };
    }
    return Number(text) || 0;
  }
}

const ESCAPES = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x28, 0x28],
  [0x29, 0x29],
  [0x5c, 0x5c],
]);

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0;
}

/** Neither white space nor a delimiter (7.2.2). */
function isRegular(byte: number): boolean {
  return !isSpace(byte) && ![0x28, 0x29, 0x3c, 0x3e, 0x5b, 0x5d, 0x7b, 0x7d, 0x2f, 0x25].includes(byte);
}
