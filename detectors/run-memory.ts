/**
 * Remembers of short runs of kanji what they are by themselves, whatever stands around them: most runs of a text come again, and few hold a name.
 * It compares whole runs, so that none is taken for another.
 */

/** Runs of up to this many units are remembered: nearly all. */
export const REMEMBERED_UNITS_MAX = 8;
/** Where two runs fall on one place the later stays. A power of two. */
const PLACES = 131_072;
const WORDS = REMEMBERED_UNITS_MAX / 2;

/** A stretch that may be a name, counted from the start of its run, with the score that the run's letters give it. */
export interface HeldCandidate {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
  readonly score: number;
}

/** One for all runs without a candidate. */
export const NOTHING_HELD: readonly HeldCandidate[] = [];

export class RunMemory {
  readonly #runs = new Int32Array(PLACES * WORDS);
  readonly #held: (readonly HeldCandidate[] | null)[] = new Array(PLACES).fill(null);
  readonly #families = new Uint8Array(PLACES);

  /** The place of `text[start, end)`, which the answer is kept at until another place is asked for. `end - start` is at most the bound above. */
  placeOf(text: string, start: number, end: number): number {
    const one = pairAt(text, start, end);
    const two = pairAt(text, start + 2, end);
    const three = pairAt(text, start + 4, end);
    const four = pairAt(text, start + 6, end);
    const mixed = Math.imul(one, 0x9e37_79b1) ^ Math.imul(two, 0x85eb_ca6b) ^ Math.imul(three, 0xc2b2_ae35) ^ Math.imul(four, 0x27d4_eb2f);
    const place = ((mixed ^ (mixed >>> 15)) & (PLACES - 1)) >>> 0;
    const runs = this.#runs;
    const at = place * WORDS;
    if (runs[at] !== one || runs[at + 1] !== two || runs[at + 2] !== three || runs[at + 3] !== four) {
      runs[at] = one;
      runs[at + 1] = two;
      runs[at + 2] = three;
      runs[at + 3] = four;
      this.#held[place] = null;
    }
    return place;
  }

  /** What was noted last; null before that. */
  held(place: number): readonly HeldCandidate[] | null {
    return this.#held[place]!;
  }

  family(place: number): number {
    return this.#families[place]!;
  }

  /** `family`: below 256. */
  note(place: number, held: readonly HeldCandidate[], family: number): void {
    this.#held[place] = held;
    this.#families[place] = family;
  }
}

function pairAt(text: string, at: number, end: number): number {
  if (at >= end) return 0;
  return at + 1 === end ? text.charCodeAt(at) : text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
}
