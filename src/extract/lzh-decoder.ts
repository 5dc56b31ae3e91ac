/** Unpacks the methods -lh4- to -lh7- of LHA: sliding window and Huffman codes, given anew for each block. Older methods are not known here. */
import { FileProblem } from '../problem.js';

/** Bits of the window and of the count of distance codes, by method. */
const METHODS: ReadonlyMap<string, readonly [windowBits: number, countBits: number]> = new Map([
  ['-lh4-', [12, 4]],
  ['-lh5-', [13, 4]],
  ['-lh6-', [15, 5]],
  ['-lh7-', [16, 5]],
]);
/** 256 literals and lengths from 3 to 256. */
const SYMBOLS = 510;
const LENGTH_CODES = 19;
const CODE_BITS_MAX = 16;

export function knowsLzh(method: string): boolean {
  return METHODS.has(method);
}

/** `sizeBytes`: what comes out; the caller bounds it. Throws FileProblem('damaged'). */
export function unpackLzh(packed: Buffer, method: string, sizeBytes: number): Buffer {
  const [windowBits, countBits] = METHODS.get(method) ?? [13, 4];
  const bits = new Bits(packed);
  const out = Buffer.alloc(sizeBytes);
  let length = 0;
  while (length < sizeBytes) {
    let left = bits.take(16);
    if (left === 0 || bits.isPast()) throw new FileProblem('damaged', 'lzh: cut');
    const lengths = readLengths(bits, LENGTH_CODES, 5, 3);
    const symbols = readSymbols(bits, lengths);
    const distances = readLengths(bits, windowBits + 1, countBits, -1);
    for (; left > 0 && length < sizeBytes; left--) {
      const symbol = bits.decode(symbols);
      if (symbol < 256) {
        out[length++] = symbol;
        continue;
      }
      const code = bits.decode(distances);
      const distance = 1 + (code < 2 ? code : 2 ** (code - 1) + bits.take(code - 1));
      // The window begins filled with spaces.
      for (let end = Math.min(sizeBytes, length + symbol - 253); length < end; length++)
        out[length] = distance > length ? 0x20 : out[length - distance]!;
    }
    if (bits.isPast()) throw new FileProblem('damaged', 'lzh: cut');
  }
  return out;
}

/** For each run of `bits` bits the symbol and, in the upper half, how many of them it takes. */
interface Codes {
  readonly bits: number;
  readonly table: Uint32Array;
}

class Bits {
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(private readonly bytes: Buffer) {}

  /** True when more was taken than there is; the look-ahead may stand two bytes behind the end. */
  isPast(): boolean {
    return this.#at - (this.#count >> 3) > this.bytes.length;
  }

  /** Up to 16 bits without taking them; behind the end zeros. */
  peek(count: number): number {
    while (this.#count < count) {
      this.#held = ((this.#held & 0xffff) << 8) | (this.bytes[this.#at++] ?? 0);
      this.#count += 8;
    }
    return (this.#held >>> (this.#count - count)) & ((1 << count) - 1);
  }

  take(count: number): number {
    if (count === 0) return 0;
    const value = this.peek(count);
    this.#count -= count;
    return value;
  }

  decode(codes: Codes): number {
    const entry = codes.table[codes.bits === 0 ? 0 : this.peek(codes.bits)]!;
    this.#count -= entry >>> 16;
    return entry & 0xffff;
  }
}

function readLengths(bits: Bits, codes: number, countBits: number, pauseAt: number): Codes {
  const count = bits.take(countBits);
  if (count === 0) return single(bits.take(countBits));
  if (count > codes) throw new FileProblem('damaged', 'lzh: codes');
  const lengths = new Uint8Array(codes);
  for (let at = 0; at < count; ) {
    let length = bits.take(3);
    if (length === 7) while (length < CODE_BITS_MAX && bits.take(1) === 1) length++;
    lengths[at++] = length;
    if (at === pauseAt) at += bits.take(2);
  }
  return codesOf(lengths);
}

function readSymbols(bits: Bits, codes: Codes): Codes {
  const count = bits.take(9);
  if (count === 0) return single(bits.take(9));
  if (count > SYMBOLS) throw new FileProblem('damaged', 'lzh: codes');
  const lengths = new Uint8Array(SYMBOLS);
  for (let at = 0; at < count; ) {
    const code = bits.decode(codes);
    if (code === 0) at += 1;
    else if (code === 1) at += bits.take(4) + 3;
    else if (code === 2) at += bits.take(9) + 20;
    else lengths[at++] = code - 2;
  }
  return codesOf(lengths);
}

function single(symbol: number): Codes {
  return { bits: 0, table: Uint32Array.of(symbol) };
}

/** Canonical codes: shorter ones first, then by symbol. */
function codesOf(lengths: Uint8Array): Codes {
  let bits = 0;
  for (const length of lengths) bits = Math.max(bits, length);
  if (bits === 0 || bits > CODE_BITS_MAX) throw new FileProblem('damaged', 'lzh: codes');
  const table = new Uint32Array(1 << bits);
  let at = 0;
  for (let length = 1; length <= bits; length++) {
    const run = 1 << (bits - length);
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      if (at + run > table.length) throw new FileProblem('damaged', 'lzh: codes');
      table.fill((length << 16) | symbol, at, at + run);
      at += run;
    }
  }
  // Runs that no code has would be read without an end.
  if (at < table.length) table.fill(bits << 16, at);
  return { bits, table };
}
