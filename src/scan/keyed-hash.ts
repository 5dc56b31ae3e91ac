/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of short texts, cut to 64 bits. Written out because a keyed hash of node:crypto costs more than
 * reading the row that it stands for: here the two padded key blocks are hashed once, and a person costs two rounds of compression.
 */
import { createHash } from 'node:crypto';

const K = constants();

export class KeyedHash {
  private readonly inner: Int32Array;
  private readonly outer: Int32Array;
  private readonly state = new Int32Array(8);
  private readonly words = new Int32Array(64);
  private block = new Uint8Array(64);
  private readonly encoder = new TextEncoder();
  private text = new Uint8Array(256);
  /** The result of the last `digest`: the upper and lower half of the first 64 bits, unsigned. */
  high = 0;
  low = 0;

  /** `key`: 32 random bytes. */
  constructor(key: Uint8Array) {
    const padded = new Uint8Array(64);
    padded.set(key.length > 64 ? createHash('sha256').update(key).digest() : key);
    this.inner = this.keyState(padded, 0x36);
    this.outer = this.keyState(padded, 0x5c);
  }

  /** Sets `high` and `low`. */
  digest(text: string): void {
    if (text.length * 3 > this.text.length) this.text = new Uint8Array(text.length * 3);
    const { written } = this.encoder.encodeInto(text, this.text);
    this.state.set(this.inner);
    this.absorb(this.text, written, written + 64);
    const digest = this.block.slice(0, 32);
    const view = new DataView(digest.buffer);
    for (let i = 0; i < 8; i++) view.setInt32(i * 4, this.state[i]!);
    this.state.set(this.outer);
    this.absorb(digest, 32, 96);
    this.high = this.state[0]! >>> 0;
    this.low = this.state[1]! >>> 0;
  }

  /** 16 hexadecimal digits. */
  hex(text: string): string {
    this.digest(text);
    return this.high.toString(16).padStart(8, '0') + this.low.toString(16).padStart(8, '0');
  }

  private keyState(padded: Uint8Array, pad: number): Int32Array {
    this.state.set(INITIAL);
    this.compress(padded.map((byte) => byte ^ pad));
    return this.state.slice();
  }

  /** The rest of a message whose first block is in the state already; `total` bytes with that block. */
  private absorb(bytes: Uint8Array, length: number, total: number): void {
    let offset = 0;
    for (; length - offset >= 64; offset += 64) this.compress(bytes.subarray(offset, offset + 64));
    const block = this.block;
    block.fill(0);
    block.set(bytes.subarray(offset, length));
    block[length - offset] = 0x80;
    if (length - offset >= 56) {
      this.compress(block);
      block.fill(0);
    }
    new DataView(block.buffer).setUint32(60, total * 8);
    this.compress(block);
  }

  private compress(block: Uint8Array): void {
    const w = this.words;
    const s = this.state;
    for (let i = 0, j = 0; i < 16; i++, j += 4) w[i] = (block[j]! << 24) | (block[j + 1]! << 16) | (block[j + 2]! << 8) | block[j + 3]!;
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    let a = s[0]!;
    let b = s[1]!;
    let c = s[2]!;
    let d = s[3]!;
    let e = s[4]!;
    let f = s[5]!;
    let g = s[6]!;
    let h = s[7]!;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
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
}

const INITIAL = new Int32Array(primes(8).map((p) => fraction(Math.sqrt(p))));

function constants(): Int32Array {
  return new Int32Array(primes(64).map((p) => fraction(Math.cbrt(p))));
}

/** The first 32 bits of the fractional part (FIPS 180-4 §4.2.2, §5.3.3). */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 0x1_0000_0000) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
