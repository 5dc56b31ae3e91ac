/**
 * Remembers of short runs of kanji what they are by themselves, whatever stands around them: most runs of a text come again and hold no name.
 * It compares whole runs, so that none is taken for another.
 */

/** Runs of up to this many units are remembered: nearly all. */
export const REMEMBERED_UNITS_MAX = 6;
/** Where two runs fall on one place the later stays. A power of two. */
const PLACES = 16_384;
const WORDS = REMEMBERED_UNITS_MAX / 2;

export class RunMemory {
  readonly #runs = new Int32Array(PLACES * WORDS);
  readonly #answers = new Uint8Array(PLACES);

  /** The place of `text[start, end)`, which the answer is kept at until another place is asked for. `end - start` is at most the bound above. */
  placeOf(text: string, start: number, end: number): number {
    const one = pairAt(text, start, end);
    const two = pairAt(text, start + 2, end);
    const three = pairAt(text, start + 4, end);
    const mixed = Math.imul(one, 0x9e37_79b1) ^ Math.imul(two, 0x85eb_ca6b) ^ Math.imul(three, 0xc2b2_ae35);
    const place = ((mixed ^ (mixed >>> 15)) & (PLACES - 1)) >>> 0;
    const runs = this.#runs;
    const at = place * WORDS;
    if (runs[at] !== one || runs[at + 1] !== two || runs[at + 2] !== three) {
      runs[at] = one;
      runs[at + 1] = two;
      runs[at + 2] = three;
      this.#answers[place] = 0;
    }
    return place;
  }

  /** 0 until an answer was noted. */
  answer(place: number): number {
    return this.#answers[place]!;
  }

  note(place: number, answer: number): void {
    this.#answers[place] = answer;
  }
}

function pairAt(text: string, at: number, end: number): number {
  if (at >= end) return 0;
  return at + 1 === end ? text.charCodeAt(at) : text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
}
