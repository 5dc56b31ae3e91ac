/**
 * The sketch of a file: in 10 to some 600 bytes which letters stand in it, which values were held against the known ones, which kinds answered, how late
 * its dates are. Letters and values are bits at places that only the site's key tells, other places in each file: who has the inventory without the
 * key can neither ask it for a word nor count the same letter over many files. It says yes too often, never no wrongly.
 */
import { createCipheriv, createHmac } from 'node:crypto';
import type { Kind } from '../../detectors/contract.js';
import { CELLS_BIT, type Trace, tracedBit } from '../../detectors/trace.js';
import { lettersOf, mayHide } from '../../detectors/word-letters.js';

/** Raised when sketches are made otherwise: older ones then say yes to everything. */
const FORMAT = 1;
const HEAD_BYTES = 8;
/**
 * Bits for each letter or value that is noted, rounded up to a power of two, and how many of them it sets (Bloom, 1970): of small files, which most are, a
 * word of two letters is taken for there by chance in fewer than 1 of 1,000, of larger ones in fewer than 1 of 100.
 */
const BITS_EACH = { small: 8, large: 4 } as const;
const SET_EACH: readonly number[] = [0, 0x5555, 0x9e37];
/** Sketches of up to two to this many bits are small. */
const SMALL = 9;
/** The least and most bits, as powers of two. */
const LETTER_BITS = { min: 7, max: 12 } as const;
const VALUE_BITS = { min: 6, max: 11 } as const;
/** In place of the size: so much stands in it that a sketch would say yes to nearly everything. */
const ANY = 15;
const NONE = 0;
/** The same from this share of set bits on. */
const FULL = 0.85;
/** Years are kept in a byte, from 1 on; what lies outside is as the nearest. */
const YEAR_BASE = 1_850;

/** Places in sketches, by the site's key. */
export class Places {
  readonly #first: Uint16Array;
  readonly #second: Uint16Array;

  constructor(key: Uint8Array) {
    [this.#first, this.#second] = ['sketch 1', 'sketch 2'].map((name) => shuffled(createHmac('sha256', key).update(name).digest())) as [
      Uint16Array,
      Uint16Array,
    ];
  }

  /** `salt`: another for each file. */
  of(number: number, salt: number): number {
    return this.#second[this.#first[number]! ^ salt]!;
  }
}

/** All numbers of 16 bits in an order that a key gives (Fisher and Yates, with the key stream of AES-CTR). */
function shuffled(key: Uint8Array): Uint16Array {
  const order = Uint16Array.from({ length: 65_536 }, (_, at) => at);
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(4 * order.length));
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor((stream.readUInt32LE(4 * at) / 0x1_0000_0000) * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

/** @param salt any number of 16 bits; equal files should not have equal ones */
export function sketchOf(trace: Trace, places: Places, salt: number): Uint8Array {
  const letters = lettersIn(trace);
  const letterSize = letters === null ? ANY : sizeFor(letters.size, LETTER_BITS);
  const values = numbersIn(trace.values);
  const valueSize = values.length === 0 ? NONE : sizeFor(values.length, VALUE_BITS);
  const sketch = Buffer.alloc(HEAD_BYTES + bytesOf(letterSize) + bytesOf(valueSize));
  sketch[0] = FORMAT;
  sketch.writeUInt16LE(trace.kinds, 1);
  sketch[3] = trace.earliest > trace.latest ? 0 : yearByte(trace.earliest);
  sketch[4] = trace.earliest > trace.latest ? 0 : yearByte(trace.latest);
  sketch.writeUInt16LE(salt & 0xffff, 5);
  sketch[7] = letterSize | (valueSize << 4);
  if (letters !== null) setAll(sketch, HEAD_BYTES, letterSize, letters, places, salt);
  setAll(sketch, HEAD_BYTES + bytesOf(letterSize), valueSize, values, places, salt);
  return sketch;
}

function lettersIn(trace: Trace): Set<number> | null {
  const letters = new Set<number>();
  for (const unit of trace.units()) {
    if (mayHide(unit)) return null;
    for (const letter of lettersOf(unit)) letters.add(letter);
  }
  return letters;
}

/** The numbers of the bits that are set. */
function numbersIn(bits: Uint32Array): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < bits.length; at++) {
    for (let word = bits[at]!; word !== 0; word &= word - 1) numbers.push(at * 32 + 31 - Math.clz32(word & -word));
  }
  return numbers;
}

/** The power of two of the bits for so many. */
function sizeFor(count: number, { min, max }: { min: number; max: number }): number {
  const sizeBy = (bits: number) => Math.ceil(Math.log2(Math.max(1, count * bits)));
  const wanted = Math.min(sizeBy(BITS_EACH.small), Math.max(SMALL, sizeBy(BITS_EACH.large)));
  if (wanted <= max) return Math.max(min, wanted);
  return 1 - Math.exp((-count * SET_EACH.length) / 2 ** max) > FULL ? ANY : max;
}

const bytesOf = (size: number) => (size === ANY || size === NONE ? 0 : 2 ** size / 8);

function setAll(sketch: Uint8Array, from: number, size: number, numbers: Iterable<number>, places: Places, salt: number): void {
  if (size === ANY || size === NONE) return;
  for (const number of numbers) {
    for (const one of SET_EACH) {
      const place = places.of(number, (salt & 0xffff) ^ one) & (2 ** size - 1);
      sketch[from + (place >>> 3)]! |= 1 << (place & 7);
    }
  }
}

const yearByte = (year: number) => Math.min(255, Math.max(1, Math.floor(year) - YEAR_BASE));

/** A sketch that can be asked. Every answer is yes for one that is not there, or of another format. */
export class AskedSketch {
  readonly #bytes: Uint8Array | null;
  readonly #salt: number;

  constructor(
    sketch: Uint8Array | null,
    private readonly places: Places,
  ) {
    const isWhole = sketch !== null && sketch.length >= HEAD_BYTES && sketch[0] === FORMAT && sketch.length === lengthOf(sketch);
    this.#bytes = isWhole ? sketch : null;
    this.#salt = isWhole ? sketch[5]! | (sketch[6]! << 8) : 0;
  }

  /** Whether all of these letters may stand in the file; yes for none. */
  mayHoldLetters(letters: readonly number[]): boolean {
    if (this.#bytes === null) return true;
    const size = this.#bytes[7]! & 15;
    return size === ANY || letters.every((letter) => this.#has(HEAD_BYTES, size, letter));
  }

  /** Whether a value of this place may have been held against the known ones. */
  mayHoldValue(place: number): boolean {
    if (this.#bytes === null) return true;
    const size = this.#bytes[7]! >>> 4;
    if (size === ANY) return true;
    return size !== NONE && this.#has(HEAD_BYTES + bytesOf(this.#bytes[7]! & 15), size, place);
  }

  answered(kind: Kind): boolean {
    return this.#bytes === null || (this.#kinds & tracedBit(kind)) !== 0;
  }

  get tookCells(): boolean {
    return this.#bytes === null || (this.#kinds & CELLS_BIT) !== 0;
  }

  /** Whether a date was judged that lies in this year or earlier, or in this year or later. */
  datesUntil(year: number): boolean {
    return this.#bytes === null || (this.#bytes[3] !== 0 && this.#bytes[3]! <= yearByte(year));
  }

  datesFrom(year: number): boolean {
    return this.#bytes === null || this.#bytes[4]! >= yearByte(year);
  }

  get #kinds(): number {
    return this.#bytes![1]! | (this.#bytes![2]! << 8);
  }

  #has(from: number, size: number, number: number): boolean {
    return SET_EACH.every((one) => {
      const place = this.places.of(number, this.#salt ^ one) & (2 ** size - 1);
      return (this.#bytes![from + (place >>> 3)]! & (1 << (place & 7))) !== 0;
    });
  }
}

function lengthOf(sketch: Uint8Array): number {
  return HEAD_BYTES + bytesOf(sketch[7]! & 15) + bytesOf(sketch[7]! >>> 4);
}
