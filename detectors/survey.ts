/**
 * One look over a folded text for all detectors: where digits, kanji numerals, the last letters of municipalities and gaps between words stand.
 * A detector then tries its pattern at those places instead of at every letter. It knows no kind of value.
 */

/** What stands somewhere in a text, one bit each. Bits 1 to 13 are lengths of runs of digits, the last for thirteen and more. */
export const SIGN = {
  at: 1 << 14,
  /** 市 区 町 村 */
  place: 1 << 15,
  kanji: 1 << 16,
  /** A space between two Japanese letters. */
  spaced: 1 << 17,
  /** A middle dot, space or equals sign between two katakana. */
  foreign: 1 << 18,
  /** A space or comma between a Latin letter and a capital. */
  latin: 1 << 19,
  /** A kanji numeral or 元. */
  numeral: 1 << 20,
  digit: 0x3ffe,
} as const;

/** The sign of a run of so many digits. */
export const lengthSign = (...lengths: readonly number[]) => lengths.reduce((signs, length) => signs | (1 << Math.min(length, 13)), 0);

const SORT = { other: 0, kanji: 1, digit: 2, numeral: 3, place: 4, join: 5, at: 6, called: 7, sa: 8 } as const;
const sorts = new Uint8Array(65_536);
sorts.fill(SORT.kanji, 0x3400, 0xa000);
sorts.fill(SORT.kanji, 0xf900, 0xfb00);
sorts.fill(SORT.kanji, 0xd840, 0xd889);
sorts[0xdb40] = SORT.kanji;
sorts.fill(SORT.kanji, 0xdc00, 0xe000);
sorts.fill(SORT.kanji, 0x3005, 0x3007);
sorts.fill(SORT.digit, 0x30, 0x3a);
for (const letter of '〇○零一二三四五六七八九十元') sorts[letter.charCodeAt(0)] = SORT.numeral;
for (const letter of '市区町村') sorts[letter.charCodeAt(0)] = SORT.place;
for (const letter of ' ,・=') sorts[letter.charCodeAt(0)] = SORT.join;
for (const letter of '様殿氏') sorts[letter.charCodeAt(0)] = SORT.called;
sorts['さ'.charCodeAt(0)] = SORT.sa;
sorts[0x40] = SORT.at;

/** Letters beside a gap. */
const JAPANESE = 1;
const KATAKANA = 2;
const LATIN = 4;
const CAPITAL = 8;
const letters = new Uint8Array(65_536);
const mark = (from: number, to: number, bits: number) => {
  for (let unit = from; unit <= to; unit++) letters[unit]! |= bits;
};
mark(0x3400, 0x9fff, JAPANESE);
mark(0xf900, 0xfaff, JAPANESE);
mark(0xd840, 0xdfff, JAPANESE);
mark(0x3005, 0x3005, JAPANESE);
mark(0x3041, 0x3096, JAPANESE);
mark(0x30a1, 0x30fa, JAPANESE | KATAKANA);
mark(0x30fc, 0x30fc, JAPANESE | KATAKANA);
mark(0xff9e, 0xff9f, JAPANESE);
mark(0x41, 0x5a, LATIN | CAPITAL);
mark(0x61, 0x7a, LATIN);

/** What a name's second letter can be: kanji of any sort, and the kana that join two. */
const joins = new Uint8Array(65_536);
for (let unit = 0; unit < 65_536; unit++) if (sortIsKanji(sorts[unit]!)) joins[unit] = 1;
for (const letter of '〇ノケヶヵ') joins[letter.charCodeAt(0)] = 1;

function sortIsKanji(sort: number): boolean {
  return sort === SORT.kanji || sort === SORT.numeral || sort === SORT.place || sort === SORT.called;
}

/** A list of offsets that grows; kept from text to text, so that nothing is allocated for most. */
export class Offsets {
  #items = new Int32Array(64);
  count = 0;

  add(offset: number): void {
    if (this.count === this.#items.length) {
      const grown = new Int32Array(this.#items.length * 2);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.count++] = offset;
  }

  at(index: number): number {
    return this.#items[index]!;
  }
}

export class Survey {
  /** The text that was read last. */
  text = '';
  /** Bits of `SIGN`. */
  signs = 0;
  /** Runs of ASCII digits: first offset and the one behind the last. */
  readonly digitStarts = new Offsets();
  readonly digitEnds = new Offsets();
  /** Runs of kanji numerals and 元. */
  readonly numeralStarts = new Offsets();
  readonly numeralEnds = new Offsets();
  /** 市 区 町 村 */
  readonly places = new Offsets();
  /** Where runs of two and more kanji begin; a run that goes on behind a joining kana may be noted twice. */
  readonly kanji = new Offsets();
  /** Gaps between words that may be the halves of a name; of two spaces the first. */
  readonly spaced = new Offsets();
  readonly foreign = new Offsets();
  readonly latin = new Offsets();
  /** 様 殿 氏 さん さま, where something stands before them; some are part of a word. */
  readonly called = new Offsets();

  /** Surveys another text; takes time linear in its length. */
  read(folded: string): this {
    this.text = folded;
    this.signs = 0;
    this.digitStarts.count = this.digitEnds.count = this.numeralStarts.count = this.numeralEnds.count = 0;
    this.places.count = this.spaced.count = this.foreign.count = this.latin.count = 0;
    this.kanji.count = this.called.count = 0;
    const { length } = folded;
    let kanji = 0;
    /** Whether the unit before is kanji. */
    let inRun = 0;
    for (let at = 0; at < length; at++) {
      const sort = sorts[folded.charCodeAt(at)]!;
      if (sort === SORT.other) {
        inRun = 0;
        continue;
      }
      if (sort === SORT.kanji) {
        if (inRun === 0) this.#runs(folded, at);
        inRun = kanji = 1;
        continue;
      }
      if (sort === SORT.numeral || sort === SORT.place || sort === SORT.called) {
        if (inRun === 0) this.#runs(folded, at);
        inRun = 1;
        if (sort === SORT.place) this.places.add(at);
        else if (sort === SORT.called) this.called.add(at);
        else at = this.#numerals(folded, at);
        continue;
      }
      inRun = 0;
      if (sort === SORT.digit) at = this.#digits(folded, at);
      else if (sort === SORT.join) this.#join(folded, at);
      else if (sort === SORT.sa) this.#sa(folded, at);
      else this.signs |= SIGN.at;
    }
    if (this.places.count > 0) this.signs |= SIGN.place;
    if (kanji !== 0 || this.places.count > 0 || this.numeralStarts.count > 0 || this.called.count > 0) this.signs |= SIGN.kanji;
    return this;
  }

  /** Notes the run of kanji that begins at `start`, unless it ends there too. */
  #runs(folded: string, start: number): void {
    if (start + 1 < folded.length && joins[folded.charCodeAt(start + 1)] === 1) this.kanji.add(start);
  }

  /** Notes the run that begins at `start` and gives its last offset. */
  #digits(folded: string, start: number): number {
    let end = start + 1;
    while (end < folded.length && sorts[folded.charCodeAt(end)] === SORT.digit) end++;
    this.signs |= 1 << Math.min(end - start, 13);
    this.digitStarts.add(start);
    this.digitEnds.add(end);
    return end - 1;
  }

  #numerals(folded: string, start: number): number {
    let end = start + 1;
    while (end < folded.length && sorts[folded.charCodeAt(end)] === SORT.numeral) end++;
    this.signs |= SIGN.numeral;
    this.numeralStarts.add(start);
    this.numeralEnds.add(end);
    return end - 1;
  }

  #sa(folded: string, at: number): void {
    const next = folded[at + 1];
    if (next === 'ん' || next === 'ま') this.called.add(at);
  }

  #join(folded: string, at: number): void {
    const before = at === 0 ? 0 : letters[folded.charCodeAt(at - 1)]!;
    if (before === 0 || at + 1 >= folded.length) return;
    const unit = folded.charCodeAt(at);
    const next = letters[folded.charCodeAt(at + 1)]!;
    if (unit !== 0x2c && before & next & KATAKANA) {
      this.foreign.add(at);
      this.signs |= SIGN.foreign;
    }
    if (unit !== 0x20 && unit !== 0x2c) return;
    // One more space may follow.
    const beyond = next === 0 && folded.charCodeAt(at + 1) === 0x20 && at + 2 < folded.length ? letters[folded.charCodeAt(at + 2)]! : next;
    if (unit === 0x20 && before & beyond & JAPANESE) {
      this.spaced.add(at);
      this.signs |= SIGN.spaced;
    } else if (before & LATIN && beyond & CAPITAL) {
      this.latin.add(at);
      this.signs |= SIGN.latin;
    }
  }
}

/** The survey of one text, for a caller that has none. */
export function surveyOf(folded: string): Survey {
  return new Survey().read(folded);
}
