/** Pairs of a 64-bit id and a number, many millions of them, sorted by id in memory of a known size. */

/** Two bytes at a time: four passes over the pairs, whatever they hold. */
const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

/** Room for pairs at first: 12 bytes each, 24 while they are sorted. It grows as they come. */
const ROOM = 1 << 16;

export class Pairs {
  private low = new Uint32Array(ROOM);
  private high = new Uint32Array(ROOM);
  private tag = new Uint32Array(ROOM);
  length = 0;

  add(low: number, high: number, tag: number): void {
    const at = this.length++;
    if (at === this.low.length) this.grow();
    this.low[at] = low;
    this.high[at] = high;
    this.tag[at] = tag;
  }

  /** The tags of each id, ids in their order: `tags[from]` up to `tags[to - 1]`. Empties the pairs. */
  eachId(take: (tags: Uint32Array, from: number, to: number) => void): void {
    this.sort();
    const { low, high, tag, length } = this;
    for (let from = 0, to = 0; from < length; from = to) {
      for (to = from + 1; to < length && low[to] === low[from] && high[to] === high[from]; ) to++;
      take(tag, from, to);
    }
    this.length = 0;
  }

  private grow(): void {
    this.low = twiceAsLong(this.low);
    this.high = twiceAsLong(this.high);
    this.tag = twiceAsLong(this.tag);
  }

  private sort(): void {
    const spare = { low: new Uint32Array(this.length), high: new Uint32Array(this.length), tag: new Uint32Array(this.length) };
    let from: Columns = { low: this.low, high: this.high, tag: this.tag };
    let to: Columns = spare;
    for (const word of ['low', 'high'] as const) {
      for (const shift of [0, DIGIT_BITS]) {
        distribute(from, to, from[word], shift, this.length);
        [from, to] = [to, from];
      }
    }
    // After an even number of passes all is back where it was.
  }
}

function twiceAsLong(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(words.length * 2);
  longer.set(words);
  return longer;
}

interface Columns {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly tag: Uint32Array;
}

/** One stable pass: pairs go behind each other by one digit of `words`. */
function distribute(from: Columns, to: Columns, words: Uint32Array, shift: number, length: number): void {
  const places = placesOf(words, shift, length);
  for (let i = 0; i < length; i++) {
    const at = places[(words[i]! >>> shift) & (DIGITS - 1)]!++;
    to.low[at] = from.low[i]!;
    to.high[at] = from.high[i]!;
    to.tag[at] = from.tag[i]!;
  }
}

/** Where the first pair of each digit goes. */
function placesOf(words: Uint32Array, shift: number, length: number): Uint32Array {
  const places = new Uint32Array(DIGITS);
  for (let i = 0; i < length; i++) places[(words[i]! >>> shift) & (DIGITS - 1)]!++;
  for (let digit = 0, sum = 0; digit < DIGITS; digit++) {
    const count = places[digit]!;
    places[digit] = sum;
    sum += count;
  }
  return places;
}
