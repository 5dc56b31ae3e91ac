/** Steps through RTF (Rich Text Format specification 1.9.1): braces, control words and symbols, escaped bytes, runs of bytes. It knows no word's meaning. */

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x27;
const MINUS = 0x2d;
const CR = 0x0d;
const LF = 0x0a;
/** The specification ends at 32; longer ones are junk. */
const WORD_CHARS_MAX = 40;

export type RtfToken = 'open' | 'close' | 'word' | 'symbol' | 'byte' | 'run' | 'binary' | 'end';

/** Ends a run of bytes. */
const ENDS_RUN = new Uint8Array(256);
for (const byte of [BACKSLASH, OPEN, CLOSE, CR, LF]) ENDS_RUN[byte] = 1;

export class RtfCursor {
  /** The control word or symbol. */
  word = '';
  /** The word's number; null without one. */
  number: number | null = null;
  /** An escaped byte. */
  byte = 0;
  /** A run of bytes or binary data: from `start` to before `end`. */
  start = 0;
  end = 0;
  /** True while bytes from 81 on begin a character of two bytes: raw ones may hold a backslash or brace as their second. */
  wide = false;
  readonly bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  next(): RtfToken {
    const { bytes } = this;
    while (bytes[this.#at] === CR || bytes[this.#at] === LF) this.#at++;
    if (this.#at >= bytes.length) return 'end';
    const byte = bytes[this.#at]!;
    if (byte === OPEN || byte === CLOSE) {
      this.#at++;
      return byte === OPEN ? 'open' : 'close';
    }
    return byte === BACKSLASH ? this.#control() : this.#run();
  }

  /** Passes over the rest of the innermost group, its closing brace included. False when the file ends before. */
  skipGroup(): boolean {
    const { bytes } = this;
    for (let depth = 1; this.#at < bytes.length; ) {
      const byte = bytes[this.#at]!;
      if (byte === BACKSLASH) {
        this.#control();
        continue;
      }
      this.#at++;
      if (byte === OPEN) depth++;
      else if (byte === CLOSE && --depth === 0) return true;
    }
    return false;
  }

  #run(): RtfToken {
    const { bytes } = this;
    this.start = this.#at;
    let at = this.#at;
    while (at < bytes.length && !ENDS_RUN[bytes[at]!]) at += this.wide && isLead(bytes[at]!) && this.#takesNext(at + 1) ? 2 : 1;
    this.#at = Math.min(at, bytes.length);
    this.end = this.#at;
    return 'run';
  }

  /** A raw first byte takes the next one, unless that is an escape itself or can't be a second byte. */
  #takesNext(at: number): boolean {
    const byte = this.bytes[at] ?? 0;
    return byte >= 0x40 && !(byte === BACKSLASH && this.bytes[at + 1] === QUOTE);
  }

  #control(): RtfToken {
    const { bytes } = this;
    let at = this.#at + 1;
    const first = bytes[at] ?? 0;
    if (!isLetter(first)) {
      this.#at = Math.min(at + 1, bytes.length);
      if (first === QUOTE) return this.#escaped();
      this.word = String.fromCharCode(first);
      return 'symbol';
    }
    while (at - this.#at <= WORD_CHARS_MAX && isLetter(bytes[at] ?? 0)) at++;
    this.word = bytes.toString('latin1', this.#at + 1, at);
    at = this.#parameter(at);
    if (bytes[at] === 0x20) at++;
    this.#at = at;
    if (this.word !== 'bin') return 'word';
    this.start = at;
    this.end = Math.min(bytes.length, at + Math.max(0, this.number ?? 0));
    this.#at = this.end;
    return 'binary';
  }

  /** Up to ten digits, perhaps with a minus; returns where the word ends. */
  #parameter(from: number): number {
    const { bytes } = this;
    const negative = bytes[from] === MINUS;
    let at = negative ? from + 1 : from;
    const digits = at;
    let value = 0;
    while (at - digits < 10 && isDigit(bytes[at] ?? 0)) value = value * 10 + bytes[at++]! - 0x30;
    this.number = at === digits ? null : negative ? -value : value;
    return at === digits ? from : at;
  }

  #escaped(): RtfToken {
    const high = hexDigit(this.bytes[this.#at] ?? 0);
    const low = hexDigit(this.bytes[this.#at + 1] ?? 0);
    if (high < 0 || low < 0) {
      this.word = "'";
      return 'symbol';
    }
    this.#at += 2;
    this.byte = high * 16 + low;
    return 'byte';
  }
}

/** First bytes of the code pages 932 to 950. */
function isLead(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function hexDigit(byte: number): number {
  if (isDigit(byte)) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
