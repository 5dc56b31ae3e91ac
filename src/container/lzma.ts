/**
 * Decodes a raw LZMA stream of known size (LZMA SDK, lzma-specification.txt), for small things: the packed header of a 7z file. Archives themselves
 * are unpacked elsewhere, faster.
 */
import { FileProblem } from '../problem.js';

const BIT_MODEL_TOTAL = 1 << 11;
const MOVE_BITS = 5;
const TOP = 2 ** 24;
const STATES = 12;
const POS_STATES_MAX = 16;
const END_POS_MODEL = 14;
const FULL_DISTANCES = 128;
const ALIGN_BITS = 4;

function probabilities(count: number): Uint16Array {
  return new Uint16Array(count).fill(BIT_MODEL_TOTAL >> 1);
}

class RangeDecoder {
  #range = 0xffffffff;
  #code = 0;
  #at: number;

  constructor(private readonly bytes: Buffer) {
    if (bytes.length < 5) throw new FileProblem('damaged', 'lzma: cut');
    this.#code = bytes.readUInt32BE(1);
    this.#at = 5;
  }

  #normalize(): void {
    if (this.#range >= TOP) return;
    if (this.#at >= this.bytes.length + 4) throw new FileProblem('damaged', 'lzma: cut');
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.bytes[this.#at++] ?? 0)) >>> 0;
  }

  bit(table: Uint16Array, index: number): number {
    const probability = table[index]!;
    const bound = (this.#range >>> 11) * probability;
    if (this.#code < bound) {
      table[index] = probability + ((BIT_MODEL_TOTAL - probability) >> MOVE_BITS);
      this.#range = bound;
      this.#normalize();
      return 0;
    }
    table[index] = probability - (probability >> MOVE_BITS);
    this.#range -= bound;
    this.#code -= bound;
    this.#normalize();
    return 1;
  }

  direct(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      this.#range >>>= 1;
      const one = this.#code >= this.#range ? 1 : 0;
      if (one) this.#code -= this.#range;
      this.#normalize();
      value = value * 2 + one;
    }
    return value;
  }

  tree(table: Uint16Array, base: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | this.bit(table, base + node);
    return node - (1 << bits);
  }

  reverseTree(table: Uint16Array, base: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(table, base + node);
      node = (node << 1) | bit;
      value |= bit << i;
    }
    return value;
  }
}

class LengthDecoder {
  readonly #choice = probabilities(2);
  readonly #low = probabilities(POS_STATES_MAX << 3);
  readonly #middle = probabilities(POS_STATES_MAX << 3);
  readonly #high = probabilities(256);

  decode(range: RangeDecoder, posState: number): number {
    if (range.bit(this.#choice, 0) === 0) return range.tree(this.#low, posState << 3, 3);
    if (range.bit(this.#choice, 1) === 0) return 8 + range.tree(this.#middle, posState << 3, 3);
    return 16 + range.tree(this.#high, 0, 8);
  }
}

/**
 * `properties`: the five bytes of the coder. `sizeBytes`: what it unpacks to; the caller bounds it. Throws FileProblem('damaged').
 */
export function unpackLzma(packed: Buffer, properties: Buffer, sizeBytes: number): Buffer {
  const first = properties[0] ?? 255;
  if (first >= 9 * 5 * 5) throw new FileProblem('damaged', 'lzma: properties');
  return new Lzma(packed, first % 9, Math.floor(first / 9) % 5, Math.floor(first / 45)).decode(sizeBytes);
}

class Lzma {
  readonly #range: RangeDecoder;
  readonly #literals: Uint16Array;
  readonly #isMatch = probabilities(STATES << 4);
  readonly #isRep = probabilities(STATES);
  readonly #isRepG0 = probabilities(STATES);
  readonly #isRepG1 = probabilities(STATES);
  readonly #isRepG2 = probabilities(STATES);
  readonly #isRep0Long = probabilities(STATES << 4);
  readonly #slots = probabilities(4 << 6);
  readonly #positions = probabilities(1 + FULL_DISTANCES - END_POS_MODEL);
  readonly #align = probabilities(1 << ALIGN_BITS);
  readonly #length = new LengthDecoder();
  readonly #repLength = new LengthDecoder();

  constructor(
    packed: Buffer,
    private readonly lc: number,
    private readonly lp: number,
    private readonly pb: number,
  ) {
    this.#range = new RangeDecoder(packed);
    this.#literals = probabilities(0x300 << (lc + lp));
  }

  decode(sizeBytes: number): Buffer {
    const range = this.#range;
    const out = Buffer.alloc(sizeBytes);
    const reps: [number, number, number, number] = [0, 0, 0, 0];
    let state = 0;
    let length = 0;
    while (length < sizeBytes) {
      const posState = length & ((1 << this.pb) - 1);
      if (range.bit(this.#isMatch, (state << 4) + posState) === 0) {
        out[length] = this.#literal(out, length, state, reps[0]);
        length++;
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        continue;
      }
      let copy: number;
      if (range.bit(this.#isRep, state) !== 0) {
        if (length === 0) throw new FileProblem('damaged', 'lzma: distance');
        const short = this.#repeat(state, posState, reps);
        state = short ? (state < 7 ? 9 : 11) : state < 7 ? 8 : 11;
        copy = short ? 1 : 2 + this.#repLength.decode(range, posState);
      } else {
        reps.pop();
        copy = 2 + this.#length.decode(range, posState);
        state = state < 7 ? 7 : 10;
        reps.unshift(this.#distance(copy - 2));
        if (reps[0] === 0xffffffff) break;
      }
      if (reps[0] >= length) throw new FileProblem('damaged', 'lzma: distance');
      for (const end = Math.min(sizeBytes, length + copy); length < end; length++) out[length] = out[length - reps[0] - 1]!;
    }
    if (length < sizeBytes) throw new FileProblem('damaged', 'lzma: cut');
    return out;
  }

  /** Brings the distance that is used again to the front; true for a copy of one byte. */
  #repeat(state: number, posState: number, reps: [number, number, number, number]): boolean {
    const range = this.#range;
    if (range.bit(this.#isRepG0, state) === 0) return range.bit(this.#isRep0Long, (state << 4) + posState) === 0;
    const which = range.bit(this.#isRepG1, state) === 0 ? 1 : range.bit(this.#isRepG2, state) === 0 ? 2 : 3;
    const [taken] = reps.splice(which, 1);
    reps.unshift(taken!);
    return false;
  }

  #literal(out: Buffer, length: number, state: number, rep0: number): number {
    const before = length > 0 ? out[length - 1]! : 0;
    const context = ((length & ((1 << this.lp) - 1)) << this.lc) + (before >> (8 - this.lc));
    const base = 0x300 * context;
    let symbol = 1;
    if (state >= 7) {
      let matched = rep0 < length ? out[length - rep0 - 1]! : 0;
      while (symbol < 0x100) {
        const matchBit = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.#range.bit(this.#literals, base + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#range.bit(this.#literals, base + symbol);
    return symbol & 0xff;
  }

  #distance(length: number): number {
    const slot = this.#range.tree(this.#slots, Math.min(length, 3) << 6, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < END_POS_MODEL) return base + this.#range.reverseTree(this.#positions, base - slot, bits);
    const high = this.#range.direct(bits - ALIGN_BITS) * 2 ** ALIGN_BITS;
    return base + high + this.#range.reverseTree(this.#align, 0, ALIGN_BITS);
  }
}
