/** Classes of letters as name detection sees them: one table look-up a unit instead of a pattern. */

export const LETTER = {
  other: 0,
  kanji: 1,
  hiragana: 2,
  katakana: 3,
  digit: 4,
  latin: 5,
  space: 6,
  open: 7,
  close: 8,
  stop: 9,
  dot: 10,
} as const;

const classes = new Uint8Array(65_536);
function mark(from: number, to: number, value: number): void {
  for (let unit = from; unit <= to; unit++) classes[unit] = value;
}
mark(0x3400, 0x9fff, LETTER.kanji);
mark(0xf900, 0xfaff, LETTER.kanji);
// Kanji outside the basic plane come as two units; both halves count, so that 𠮷 stays inside a run.
mark(0xd840, 0xd888, LETTER.kanji);
// The first half of a variation selector behind a kanji.
mark(0xdb40, 0xdb40, LETTER.kanji);
mark(0xdc00, 0xdfff, LETTER.kanji);
mark(0x3005, 0x3007, LETTER.kanji);
mark(0x3041, 0x309f, LETTER.hiragana);
mark(0x30a1, 0x30fa, LETTER.katakana);
mark(0x30fc, 0x30ff, LETTER.katakana);
mark(0xff66, 0xff9f, LETTER.katakana);
mark(0x30, 0x39, LETTER.digit);
mark(0x41, 0x5a, LETTER.latin);
mark(0x61, 0x7a, LETTER.latin);
for (const unit of ' \n\r') classes[unit.charCodeAt(0)] = LETTER.space;
for (const unit of '(「『【〈《[<"“‘〔') classes[unit.charCodeAt(0)] = LETTER.open;
for (const unit of ')」』】〉》]>”’〕') classes[unit.charCodeAt(0)] = LETTER.close;
for (const unit of '、。,.!?;:/|*…') classes[unit.charCodeAt(0)] = LETTER.stop;
classes['・'.charCodeAt(0)] = LETTER.dot;

/** The class of a unit. */
export function sortOf(unit: number): number {
  return classes[unit]!;
}

/** The class of the unit at `at`; `stop` beyond either end. */
export function letterAt(text: string, at: number): number {
  return at < 0 || at >= text.length ? LETTER.stop : classes[text.charCodeAt(at)]!;
}

/** ヶ, ケ and ノ between kanji belong to the name: 三ヶ尻, 井ノ上. */
export function joinsKanji(unit: number): boolean {
  return unit === 0x30f6 || unit === 0x30b1 || unit === 0x30ce || unit === 0x30f5;
}
