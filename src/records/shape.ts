/**
 * Remembers which shapes of cells a column's role took, so that a million cells of the same shape need not be asked one by one. It only ever says yes
 * for a shape that was taken many times on end in this column, and goes on asking now and then.
 */

/** Times a shape must have been taken before it is trusted. */
const TRUSTED_FROM = 12;
/** Every so many trusted cells one is asked all the same; one refusal ends the trust for long. A power of two. */
const ASKED_EACH = 32;
/** Shapes remembered for a column; where two fall on one place, the later one stays. A power of two. */
const PLACES = 1_024;
/** A refusal must be made good by so many cells that are taken. */
const REFUSED = -400;

const OTHER = 0;
const DIGIT = 1;
const KANJI = 2;
const HIRAGANA = 3;
const KATAKANA = 4;
const LATIN = 5;
const SPACE = 6;

/** The class of each UTF-16 unit. Marks and punctuation are `OTHER` and count as themselves. */
const classes = new Uint8Array(65_536);
const mark = (from: number, to: number, sort: number) => classes.fill(sort, from, to + 1);
mark(0x30, 0x39, DIGIT);
mark(0xff10, 0xff19, DIGIT);
mark(0x3400, 0x9fff, KANJI);
mark(0xf900, 0xfaff, KANJI);
mark(0xd800, 0xdfff, KANJI);
mark(0x3005, 0x3007, KANJI);
mark(0x3041, 0x3096, HIRAGANA);
mark(0x30a1, 0x30fc, KATAKANA);
mark(0xff66, 0xff9f, KATAKANA);
mark(0x41, 0x5a, LATIN);
mark(0x61, 0x7a, LATIN);
mark(0x20, 0x20, SPACE);
mark(0x3000, 0x3000, SPACE);

export class ShapeMemory {
  readonly #keys = new Int32Array(PLACES);
  readonly #taken = new Int16Array(PLACES);
  /** True when a run's length says nothing: an address is as long as it is. */
  readonly #loose: boolean;
  #asked = 0;

  constructor(loose: boolean) {
    this.#loose = loose;
  }

  /** The shape of a text, to hand to the other two. */
  shapeOf(text: string): number {
    const loose = this.#loose;
    let hash = 0x811c_9dc5;
    let run = -1;
    let length = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const sort = classes[unit]!;
      if (sort === run && sort !== OTHER) {
        length += 1;
        continue;
      }
      if (run >= 0 && !loose) hash = Math.imul(hash ^ length, 0x0100_0193);
      hash = Math.imul(hash ^ (sort === OTHER ? unit : sort), 0x0100_0193);
      run = sort;
      length = 1;
    }
    return loose ? hash : Math.imul(hash ^ length, 0x0100_0193);
  }

  /** True when the role need not be asked. */
  isTrusted(shape: number): boolean {
    const place = shape & (PLACES - 1);
    if (this.#keys[place] !== shape || this.#taken[place]! < TRUSTED_FROM) return false;
    this.#asked += 1;
    return (this.#asked & (ASKED_EACH - 1)) !== 0;
  }

  /** Notes what the role said. */
  note(shape: number, taken: boolean): void {
    const place = shape & (PLACES - 1);
    if (this.#keys[place] !== shape) {
      this.#keys[place] = shape;
      this.#taken[place] = 0;
    }
    const count = this.#taken[place]!;
    if (!taken) this.#taken[place] = REFUSED;
    else if (count < TRUSTED_FROM) this.#taken[place] = count + 1;
  }
}
