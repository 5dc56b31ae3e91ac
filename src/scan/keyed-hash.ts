/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of short texts, cut to 64 bits. Written out because a keyed hash of node:crypto costs more than
 * reading the row that it stands for: here the two padded key blocks are hashed once, and a person costs two rounds of compression.
 */
import { createHash } from 'node:crypto';

/** The message schedule; one for all, because nothing here is called while another digest is under way. */
const W = new Int32Array(64);
/** Bytes of one block, and of a text that is longer than one. */
const BLOCK = 64;

export class KeyedHash {
  private readonly inner: Int32Array;
  private readonly outer: Int32Array;
  private readonly state = new Int32Array(8);
  private readonly encoder = new TextEncoder();
  private text = new Uint8Array(4 * BLOCK);
  /** The result of the last `digest`: the upper and lower half of the first 64 bits, unsigned. */
  high = 0;
  low = 0;

  /** `key`: 32 random bytes. */
  constructor(key: Uint8Array) {
    const padded = new Uint8Array(BLOCK);
    padded.set(key.length > BLOCK ? createHash('sha256').update(key).digest() : key);
    this.inner = keyState(padded, 0x36);
    this.outer = keyState(padded, 0x5c);
  }

  /** Sets `high` and `low`. `tag`: a digit that stands before the text; handed in apart, because joining the two would make a string for each person. */
  digest(text: string, tag = -1): void {
    const { state } = this;
    const length = this.encode(text, tag);
    state.set(this.inner);
    this.absorb(length);
    // The inner digest is the outer message: 32 bytes, so with its padding one block.
    for (let i = 0; i < 8; i++) W[i] = state[i]!;
    W[8] = 0x8000_0000 | 0;
    for (let i = 9; i < 15; i++) W[i] = 0;
    W[15] = (BLOCK + 32) * 8;
    state.set(this.outer);
    compress(state);
    this.high = state[0]! >>> 0;
    this.low = state[1]! >>> 0;
  }

  /** 16 hexadecimal digits. */
  hex(text: string): string {
    this.digest(text);
    return this.high.toString(16).padStart(8, '0') + this.low.toString(16).padStart(8, '0');
  }

  /** Writes the text as UTF-8 with room for its padding; returns its bytes. Most keys are ASCII, for which a loop beats the encoder. */
  private encode(text: string, tag: number): number {
    if (text.length * 3 + 2 * BLOCK > this.text.length) this.text = new Uint8Array(text.length * 3 + 2 * BLOCK);
    const bytes = this.text;
    const from = tag < 0 ? 0 : 1;
    if (from === 1) bytes[0] = 0x30 + tag;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) return from + this.encoder.encodeInto(text, from === 0 ? bytes : bytes.subarray(from)).written;
      bytes[from + i] = code;
    }
    return from + text.length;
  }

  /** Pads the message (FIPS 180-4 §5.1.1) and hashes it; the key's block went before. */
  private absorb(length: number): void {
    const bytes = this.text;
    const end = Math.ceil((length + 9) / BLOCK) * BLOCK;
    bytes.fill(0, length, end);
    bytes[length] = 0x80;
    const bits = (length + BLOCK) * 8;
    for (let i = 1; i <= 4; i++) bytes[end - i] = bits >>> (8 * (i - 1));
    for (let offset = 0; offset < end; offset += BLOCK) {
      loadBlock(bytes, offset);
      compress(this.state);
    }
  }
}

function keyState(padded: Uint8Array, pad: number): Int32Array {
  const state = INITIAL.slice();
  loadBlock(
    padded.map((byte) => byte ^ pad),
    0,
  );
  compress(state);
  return state;
}

function loadBlock(bytes: Uint8Array, offset: number): void {
  for (let i = 0, j = offset; i < 16; i++, j += 4) W[i] = (bytes[j]! << 24) | (bytes[j + 1]! << 16) | (bytes[j + 2]! << 8) | bytes[j + 3]!;
}

/** One round over the block that stands in the first sixteen words of the schedule (FIPS 180-4 §6.2.2). */
function compress(s: Int32Array): void {
  const w = W;
  const k = K;
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
  }
  let a = s[0]! | 0;
  let b = s[1]! | 0;
  let c = s[2]! | 0;
  let d = s[3]! | 0;
  let e = s[4]! | 0;
  let f = s[5]! | 0;
  let g = s[6]! | 0;
  let h = s[7]! | 0;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + k[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  s[0] = s[0]! + a;
  s[1] = s[1]! + b;
  s[2] = s[2]! + c;
  s[3] = s[3]! + d;
  s[4] = s[4]! + e;
  s[5] = s[5]! + f;
  s[6] = s[6]! + g;
  s[7] = s[7]! + h;
}

/** FIPS 180-4 §5.3.3 and §4.2.2. */
const INITIAL = new Int32Array(primes(8).map((p) => fraction(Math.sqrt(p))));

const K = new Int32Array(primes(64).map((p) => fraction(Math.cbrt(p))));

/** The first 32 bits of the fractional part (FIPS 180-4 §4.2.2, §5.3.3). */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 0x1_0000_0000) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
