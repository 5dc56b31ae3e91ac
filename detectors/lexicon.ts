/**
 * The packed dictionary: a hash table laid over bytes that are handed in, looked up without making a string or an object.
 * It says what a word can be; what it is in a sentence the detectors judge. It opens no file.
 */
import { keyUnit, mix, printOf, SEED_A, SEED_B, stepA, stepB } from './lexicon-key.js';

/** What a word can be, one bit each. `rare` ones stand in the wider list of names only. */
export const WORD = {
  family: 1,
  given: 1 << 1,
  familyRare: 1 << 2,
  givenRare: 1 << 3,
  familyKana: 1 << 4,
  givenKana: 1 << 5,
  familyRomaji: 1 << 6,
  givenRomaji: 1 << 7,
  noun: 1 << 8,
  /** A stem in kanji with its first kana: 受け, 正し. */
  inflected: 1 << 9,
  place: 1 << 10,
  proper: 1 << 11,
  suffix: 1 << 12,
  prefix: 1 << 13,
  prefecture: 1 << 14,
  city: 1 << 15,
  town: 1 << 16,
  /** The first two units of a longer family or given name. */
  nameStem: 1 << 17,
  nameUnsure: 1 << 18,
  /** The first three units of a longer town. */
  townStem: 1 << 19,
} as const;

/** Bits 20–23: how common the word is as a noun, 24–27: as a family name, 28–31: as a given name; 0 unknown, 1 rare, 15 common. */
export const COMMON_SHIFT = { noun: 20, family: 24, given: 28 } as const;

export interface Lexicon {
  /** Changes whenever any look-up may answer otherwise. */
  readonly version: string;
  /** Flags of `text[start, end)`, 0 when unknown. */
  look(text: string, start: number, end: number): number;
  /**
   * Flags of `text[start, start + n)` into `found[n]` for n = 1 … min(max, end - start); the number of places filled. `found[0]` is not
   * touched. Where no name (`lookNames`) or town (`lookTowns`) goes on, longer words are not looked for: most look-ups are spared.
   */
  lookNames(text: string, start: number, end: number, max: number, found: Uint32Array): number;
  lookTowns(text: string, start: number, end: number, max: number, found: Uint32Array): number;
  /** As `lookNames`, but two units that begin no family name may be given as unknown though they are a word. */
  lookFamilies(text: string, start: number, end: number, max: number, found: Uint32Array): number;
  /** The same for every word. */
  lookAhead(text: string, start: number, end: number, max: number, found: Uint32Array): number;
  /** How often given names end (`last`) or begin with this unit, 0 never to 15 often. */
  givenLast(unit: number): number;
  givenFirst(unit: number): number;
  /** A lexicon that also knows these words. */
  with(words: ReadonlyMap<string, number>): Lexicon;
}

const MAGIC = 0x4d4d_4c58;
const FORMAT = 5;
const HEADER_WORDS = 8;
/** One bit for each slot-hash: most look-ups fail, and fail in half a megabyte instead of in the whole table. */
const FILTER_BITS = 22;
const FILTER_WORDS = 1 << (FILTER_BITS - 5);
const FILTER_MASK = (1 << FILTER_BITS) - 1;
/** The same for two units that are a family name or begin a longer name: so few that what a run of kanji asks first stays in the nearest memory. */
const PAIR_BITS = 20;
const PAIR_WORDS = 1 << (PAIR_BITS - 5);
const PAIR_MASK = (1 << PAIR_BITS) - 1;
const PAIR_FLAGS = WORD.family | WORD.familyRare | WORD.nameStem;
/** Of another end of the hash than the bit of the filter. */
const pairBit = (slot: number) => (slot >>> 12) & PAIR_MASK;

const PAIRS_FROM = HEADER_WORDS + FILTER_WORDS;
const SLOTS_FROM = PAIRS_FROM + PAIR_WORDS;

/** Keys of the letter statistics start with a control character, which no word has. */
const LAST = 1;
const FIRST = 2;
export const givenLastKey = (letter: string) => `\u0001${letter}`;
export const givenFirstKey = (letter: string) => `\u0002${letter}`;

/** No word has all flags. */
const UNASKED = 0xffff_ffff;

interface Part {
  readonly slots: Uint32Array;
  readonly mask: number;
  readonly filter: Uint32Array;
  readonly pairs: Uint32Array;
}

function openPart(bytes: Uint8Array): Part {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2);
  if (words[0] !== MAGIC || words[1] !== FORMAT) throw new Error('the lexicon has another format; run npm run build');
  const slotCount = words[2]!;
  if (words.length !== SLOTS_FROM + slotCount * 2) throw new Error('the lexicon is cut off; run npm run build');
  return {
    slots: words.subarray(SLOTS_FROM),
    mask: slotCount - 1,
    filter: words.subarray(HEADER_WORDS, PAIRS_FROM),
    pairs: words.subarray(PAIRS_FROM, SLOTS_FROM),
  };
}

function versionOf(parts: readonly Uint8Array[]): string {
  return parts.map((bytes) => [20, 21, 22, 23].map((at) => bytes[at]!.toString(16).padStart(2, '0')).join('')).join('-');
}

function valueAt(part: Part, slot: number, print: number): number {
  const { slots, mask } = part;
  let at = slot & mask;
  for (;;) {
    const held = slots[at * 2]!;
    if (held === print) return slots[at * 2 + 1]!;
    if (held === 0) return 0;
    at = (at + 1) & mask;
  }
}

class PackedLexicon implements Lexicon {
  readonly version: string;
  private readonly parts: readonly Part[];
  private readonly filter: Uint32Array;
  private readonly pairs: Uint32Array;
  /** Filled as letters are asked for; 255 is not asked yet. */
  private readonly lastRanks = new Uint8Array(65_536).fill(255);
  private readonly firstRanks = new Uint8Array(65_536).fill(255);
  private readonly letters = new Uint32Array(65_536).fill(UNASKED);

  constructor(private readonly bytes: readonly Uint8Array[]) {
    this.parts = bytes.map(openPart);
    this.filter = new Uint32Array(FILTER_WORDS);
    this.pairs = new Uint32Array(PAIR_WORDS);
    for (const part of this.parts) {
      for (let at = 0; at < FILTER_WORDS; at++) this.filter[at]! |= part.filter[at]!;
      for (let at = 0; at < PAIR_WORDS; at++) this.pairs[at]! |= part.pairs[at]!;
    }
    this.version = versionOf(bytes);
  }

  look(text: string, start: number, end: number): number {
    let a = SEED_A;
    for (let at = start; at < end; at++) {
      const unit = keyUnit[text.charCodeAt(at)]!;
      if (unit !== 0) a = stepA(a, unit);
    }
    const slot = mix(a);
    return this.mayHold(slot) ? this.valueOf(slot, text, start, end) : 0;
  }

  lookAhead(text: string, start: number, end: number, max: number, found: Uint32Array): number {
    return this.lookOn(text, start, Math.min(max, end - start), found, 0, 0);
  }

  lookNames(text: string, start: number, end: number, max: number, found: Uint32Array): number {
    return this.lookOn(text, start, Math.min(max, end - start), found, 2, WORD.nameStem);
  }

  lookTowns(text: string, start: number, end: number, max: number, found: Uint32Array): number {
    return this.lookOn(text, start, Math.min(max, end - start), found, 3, WORD.townStem);
  }

  lookFamilies(text: string, start: number, end: number, max: number, found: Uint32Array): number {
    const one = keyUnit[text.charCodeAt(start)]!;
    const two = start + 1 < end ? keyUnit[text.charCodeAt(start + 1)]! : 0;
    if (one === 0 || two === 0) return this.lookNames(text, start, end, max, found);
    const bit = pairBit(mix(stepA(stepA(SEED_A, one), two)));
    if ((this.pairs[bit >>> 5]! & (1 << (bit & 31))) !== 0) return this.lookNames(text, start, end, max, found);
    found[1] = this.letterFlags(text, start);
    return 1;
  }

  /** Looks up growing words; at `stemUnits` units it goes on only if the word is marked as a `stem`. */
  private lookOn(text: string, start: number, count: number, found: Uint32Array, stemUnits: number, stem: number): number {
    let a = SEED_A;
    let b = SEED_B;
    // Units that count for nothing in a key (the first half of 𠮷) don't count here.
    let stemAt = stemUnits;
    for (let n = 1; n <= count; n++) {
      const unit = keyUnit[text.charCodeAt(start + n - 1)]!;
      if (unit !== 0) {
        a = stepA(a, unit);
        b = stepB(b, unit);
      } else stemAt++;
      let flags = 0;
      if (n === 1) flags = this.letterFlags(text, start);
      else {
        const slot = mix(a);
        if (this.mayHold(slot)) flags = this.valueAt(slot, printOf(b));
      }
      found[n] = flags;
      if (n === stemAt && stemUnits > 0 && (flags & stem) === 0) return n;
    }
    return count;
  }

  givenLast(unit: number): number {
    if (this.lastRanks[unit] === 255) this.lastRanks[unit] = this.letter(LAST, unit);
    return this.lastRanks[unit]!;
  }

  givenFirst(unit: number): number {
    if (this.firstRanks[unit] === 255) this.firstRanks[unit] = this.letter(FIRST, unit);
    return this.firstRanks[unit]!;
  }

  with(words: ReadonlyMap<string, number>): Lexicon {
    return words.size === 0 ? this : new PackedLexicon([...this.bytes, packWords(words)]);
  }

  private letterFlags(text: string, at: number): number {
    const unit = keyUnit[text.charCodeAt(at)]!;
    if (this.letters[unit] === UNASKED) this.letters[unit] = this.look(text, at, at + 1);
    return this.letters[unit]!;
  }

  private letter(place: number, unit: number): number {
    const key = String.fromCharCode(place, keyUnit[unit]!);
    return this.look(key, 0, key.length) >>> COMMON_SHIFT.given;
  }

  /** False for a word that is surely not there: nearly all that are asked for. */
  private mayHold(slot: number): boolean {
    const bit = slot & FILTER_MASK;
    return (this.filter[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /** The second hash is made only here, for the few words that pass the filter. */
  private valueOf(slot: number, text: string, start: number, end: number): number {
    let b = SEED_B;
    for (let at = start; at < end; at++) {
      const unit = keyUnit[text.charCodeAt(at)]!;
      if (unit !== 0) b = stepB(b, unit);
    }
    return this.valueAt(slot, printOf(b));
  }

  private valueAt(slot: number, print: number): number {
    const { parts } = this;
    let value = 0;
    for (let at = 0; at < parts.length; at++) value |= valueAt(parts[at]!, slot, print);
    return value >>> 0;
  }
}

/** Opens packed parts without reading them through; the bytes are kept, not copied. Throws Error when they are of another format. */
export function createLexicon(parts: readonly Uint8Array[]): Lexicon {
  return new PackedLexicon(parts);
}

/** Packs words and their flags; equal words give equal bytes in whatever order they come. */
export function packWords(words: ReadonlyMap<string, number>): Uint8Array {
  let slotCount = 16;
  while (slotCount * 0.62 < words.size) slotCount *= 2;
  const packed = new Uint32Array(SLOTS_FROM + slotCount * 2);
  const slots = packed.subarray(SLOTS_FROM);
  const filter = packed.subarray(HEADER_WORDS, PAIRS_FROM);
  const pairs = packed.subarray(PAIRS_FROM, SLOTS_FROM);
  let digest = SEED_A;
  for (const word of [...words.keys()].sort()) {
    const value = words.get(word)!;
    digest = insert(slots, slotCount - 1, filter, pairs, word, value) ^ stepA(digest, value);
  }
  packed[0] = MAGIC;
  packed[1] = FORMAT;
  packed[2] = slotCount;
  packed[3] = words.size;
  packed[4] = 0;
  packed[5] = mix(digest);
  return new Uint8Array(packed.buffer);
}

/** Writes a word into its slot and gives its print; a word that folds to one that is there adds its flags. */
function insert(slots: Uint32Array, mask: number, filter: Uint32Array, pairs: Uint32Array, word: string, value: number): number {
  let units = 0;
  let a = SEED_A;
  let b = SEED_B;
  for (let at = 0; at < word.length; at++) {
    const unit = keyUnit[word.charCodeAt(at)]!;
    if (unit === 0) continue;
    a = stepA(a, unit);
    b = stepB(b, unit);
    units++;
  }
  const print = printOf(b);
  const slot = mix(a);
  if (units === 2 && value & PAIR_FLAGS) pairs[pairBit(slot) >>> 5]! |= 1 << (pairBit(slot) & 31);
  filter[(slot & FILTER_MASK) >>> 5]! |= 1 << (slot & 31);
  let at = slot & mask;
  while (slots[at * 2] !== 0 && slots[at * 2] !== print) at = (at + 1) & mask;
  slots[at * 2] = print;
  slots[at * 2 + 1] = mergeValues(slots[at * 2 + 1]!, value);
  return print | 0;
}

function mergeValues(one: number, other: number): number {
  const flags = (one | other) & 0xf_ffff;
  const most = (shift: number) => Math.max((one >>> shift) & 15, (other >>> shift) & 15) << shift;
  return (flags | most(COMMON_SHIFT.noun) | most(COMMON_SHIFT.family) | most(COMMON_SHIFT.given)) >>> 0;
}
