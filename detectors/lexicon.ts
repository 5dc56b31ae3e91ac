/**
 * The packed dictionary: a hash table laid over bytes that are handed in, looked up without making a string or an object.
 * It says what a word can be; what it is in a sentence the detectors judge. It opens no file.
 */
import { variantPairs } from './fold.js';

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
  /** The same for every word. */
  lookAhead(text: string, start: number, end: number, max: number, found: Uint32Array): number;
  /** How often given names end (`last`) or begin with this unit, 0 never to 15 often. */
  givenLast(unit: number): number;
  givenFirst(unit: number): number;
  /** A lexicon that also knows these words. */
  with(words: ReadonlyMap<string, number>): Lexicon;
}

const MAGIC = 0x4d4d_4c58;
const FORMAT = 4;
const HEADER_WORDS = 8;
/** One bit for each slot-hash: most look-ups fail, and fail in half a megabyte instead of in the whole table. */
const FILTER_BITS = 22;
const FILTER_WORDS = 1 << (FILTER_BITS - 5);
const FILTER_MASK = (1 << FILTER_BITS) - 1;
const SEED_A = 0x811c_9dc5 | 0;
const SEED_B = 0x1b87_3593 | 0;

/**
 * How a unit counts in a key: variants, kana and width are alike. Kana lose voice and size, so that ﾀﾞ in two units, ダ, だ and タ agree:
 * readings are told apart well enough without. 0 is skipped.
 */
const keyUnit = new Uint16Array(65_536);
function fillKeyUnits(): void {
  for (let unit = 0; unit < 65_536; unit++) keyUnit[unit] = unit;
  const plain = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン';
  for (const base of plain) {
    const code = base.charCodeAt(0);
    keyUnit[code - 0x60] = code;
  }
  for (const [units, to] of [
    ['ァぁ', 'ア'], ['ィぃ', 'イ'], ['ゥぅヴゔ', 'ウ'], ['ェぇ', 'エ'], ['ォぉ', 'オ'], ['ヵゕ', 'カ'], ['ヶゖ', 'ケ'], ['ッっ', 'ツ'],
    ['ャゃ', 'ヤ'], ['ュゅ', 'ユ'], ['ョょ', 'ヨ'], ['ヮゎ', 'ワ'],
  ] as const) for (const unit of units) keyUnit[unit.charCodeAt(0)] = to.charCodeAt(0);
  for (const unit of 'がぎぐげござじずぜぞだぢづでどばびぶべぼ') {
    const base = unit.charCodeAt(0) - 1 + 0x60;
    keyUnit[unit.charCodeAt(0)] = base;
    keyUnit[unit.charCodeAt(0) + 0x60] = base;
  }
  for (const unit of 'ぱぴぷぺぽ') {
    const base = unit.charCodeAt(0) - 2 + 0x60;
    keyUnit[unit.charCodeAt(0)] = base;
    keyUnit[unit.charCodeAt(0) + 0x60] = base;
  }
  for (const mark of [0xff9e, 0xff9f, 0x3099, 0x309a, 0x309b, 0x309c]) keyUnit[mark] = 0;
  for (let unit = 0x61; unit <= 0x7a; unit++) keyUnit[unit] = unit - 0x20;
  for (const [variant, kept] of variantPairs()) if (variant.length === 1) keyUnit[variant.charCodeAt(0)] = kept.charCodeAt(0);
  // 𠮷 is the one name character of the supplementary planes that is common: its first half is skipped, its second half is 吉.
  keyUnit[0xd842] = 0;
  keyUnit[0xdfb7] = '吉'.charCodeAt(0);
}
fillKeyUnits();

const stepA = (hash: number, unit: number) => Math.imul(hash ^ unit, 0x0100_0193);
const stepB = (hash: number, unit: number) => Math.imul((hash << 5) ^ (hash >>> 27) ^ unit, 0x85eb_ca6b);
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 15);
  mixed = Math.imul(mixed, 0x2c1b_3c6d);
  mixed ^= mixed >>> 12;
  mixed = Math.imul(mixed, 0x297a_2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
const printOf = (hash: number) => mix(hash) || 1;

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
}

function openPart(bytes: Uint8Array): Part {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2);
  if (words[0] !== MAGIC || words[1] !== FORMAT) throw new Error('the lexicon has another format; run npm run build');
  const slotCount = words[2]!;
  if (words.length !== HEADER_WORDS + FILTER_WORDS + slotCount * 2) throw new Error('the lexicon is cut off; run npm run build');
  const slotsFrom = HEADER_WORDS + FILTER_WORDS;
  return { slots: words.subarray(slotsFrom), mask: slotCount - 1, filter: words.subarray(HEADER_WORDS, slotsFrom) };
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
  /** Filled as letters are asked for; 255 is not asked yet. */
  private readonly lastRanks = new Uint8Array(65_536).fill(255);
  private readonly firstRanks = new Uint8Array(65_536).fill(255);
  private readonly letters = new Uint32Array(65_536).fill(UNASKED);

  constructor(private readonly bytes: readonly Uint8Array[]) {
    this.parts = bytes.map(openPart);
    this.filter = new Uint32Array(FILTER_WORDS);
    for (const part of this.parts) for (let at = 0; at < FILTER_WORDS; at++) this.filter[at]! |= part.filter[at]!;
    this.version = versionOf(bytes);
  }

  look(text: string, start: number, end: number): number {
    let a = SEED_A;
    let b = SEED_B;
    for (let at = start; at < end; at++) {
      const unit = keyUnit[text.charCodeAt(at)]!;
      if (unit === 0) continue;
      a = stepA(a, unit);
      b = stepB(b, unit);
    }
    return this.valueOf(a, b);
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

  /** Looks up growing words; at `stemUnits` units it goes on only if the word is marked as a `stem`. */
  private lookOn(text: string, start: number, count: number, found: Uint32Array, stemUnits: number, stem: number): number {
    let a = SEED_A;
    let b = SEED_B;
    for (let n = 1; n <= count; n++) {
      const unit = keyUnit[text.charCodeAt(start + n - 1)]!;
      if (unit !== 0) {
        a = stepA(a, unit);
        b = stepB(b, unit);
      }
      const flags = n === 1 ? this.letterFlags(unit, a, b) : this.valueOf(a, b);
      found[n] = flags;
      if (n === stemUnits && (flags & stem) === 0) return n;
    }
    return count;
  }

  givenLast(unit: number): number {
    const rank = this.lastRanks[unit]!;
    return rank !== 255 ? rank : (this.lastRanks[unit] = this.letter(LAST, unit));
  }

  givenFirst(unit: number): number {
    const rank = this.firstRanks[unit]!;
    return rank !== 255 ? rank : (this.firstRanks[unit] = this.letter(FIRST, unit));
  }

  with(words: ReadonlyMap<string, number>): Lexicon {
    return words.size === 0 ? this : new PackedLexicon([...this.bytes, packWords(words)]);
  }

  private letterFlags(unit: number, a: number, b: number): number {
    const held = this.letters[unit]!;
    return held !== UNASKED ? held : (this.letters[unit] = this.valueOf(a, b));
  }

  private letter(place: number, unit: number): number {
    const key = keyUnit[unit]!;
    return this.valueOf(stepA(stepA(SEED_A, place), key), stepB(stepB(SEED_B, place), key)) >>> COMMON_SHIFT.given;
  }

  private valueOf(a: number, b: number): number {
    const slot = mix(a);
    const bit = slot & FILTER_MASK;
    if ((this.filter[bit >>> 5]! & (1 << (bit & 31))) === 0) return 0;
    const print = printOf(b);
    let value = 0;
    for (const part of this.parts) value |= valueAt(part, slot, print);
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
  const packed = new Uint32Array(HEADER_WORDS + FILTER_WORDS + slotCount * 2);
  const slots = packed.subarray(HEADER_WORDS + FILTER_WORDS);
  const filter = packed.subarray(HEADER_WORDS, HEADER_WORDS + FILTER_WORDS);
  let digest = SEED_A;
  for (const word of [...words.keys()].sort()) {
    const value = words.get(word)!;
    digest = insert(slots, slotCount - 1, filter, word, value) ^ stepA(digest, value);
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
function insert(slots: Uint32Array, mask: number, filter: Uint32Array, word: string, value: number): number {
  let a = SEED_A;
  let b = SEED_B;
  for (let at = 0; at < word.length; at++) {
    const unit = keyUnit[word.charCodeAt(at)]!;
    if (unit === 0) continue;
    a = stepA(a, unit);
    b = stepB(b, unit);
  }
  const print = printOf(b);
  const slot = mix(a);
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
