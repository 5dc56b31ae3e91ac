/**
 * In which letters a word can stand in a text: the coarsest of all the ways in which texts are compared here (fold.ts, lexicon-key.ts, patterns without regard
 * to case). Letters alone, not their order: a word may be broken over cells and lines, and brackets or a person may be taken out of the middle of a label.
 */
import { fold } from './fold.js';
import { keyUnit } from './lexicon-key.js';

const UNITS = 65_536;
/** Letters of one unit; null until it is asked for. */
const known: (readonly number[] | null)[] = new Array(UNITS).fill(null);
/** Letters that are made of others while an address is read, or that stand for others: numerals, ケ and が. */
const NOT_ASKED = new Set([...'一二三四五六七八九十百千万〇零壱弐参拾元ケカノツ'].map((letter) => letterOf(letter.charCodeAt(0))));

/** The one unit that stands for all that are compared as equal to it, after NFKD; 0 for what counts for nothing. */
function letterOf(unit: number): number {
  let now = unit;
  // Each step leads to a plainer form; three are the most that any unit needs.
  for (let step = 0; step < 4; step++) {
    const folded = fold(String.fromCharCode(now)).charCodeAt(0);
    const key = keyUnit[folded]!;
    const upper = String.fromCharCode(key).toUpperCase();
    const next = upper.length === 1 ? upper.charCodeAt(0) : key;
    if (next === now) break;
    now = next;
  }
  return now;
}

/** What a unit of a text can be read as. Several for `㈱`; none for marks and spaces. */
export function lettersOf(unit: number): readonly number[] {
  const letters = known[unit] ?? readLetters(unit);
  known[unit] = letters;
  return letters;
}

function readLetters(unit: number): readonly number[] {
  const letters = new Set<number>();
  const text = String.fromCharCode(unit);
  for (const form of [text, text.normalize('NFKD'), fold(text).normalize('NFKD'), text.toUpperCase(), text.toLowerCase()]) {
    for (let at = 0; at < form.length; at++) {
      const letter = letterOf(form.charCodeAt(at));
      if (/\p{L}/u.test(String.fromCharCode(letter)) || letter === 0x3007) letters.add(letter);
    }
  }
  return [...letters];
}

/**
 * Whether some character that begins with this unit may be read as a letter of the first plane, which its two halves don't tell: mathematical letters,
 * compatibility ideographs. Of the others only the second half of 𠮷 is a letter.
 */
export function mayHide(unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff) return false;
  // Ideographs of the planes 2 and 3 but for the compatibility ones (U+2F800), pictures of faces and things, variation selectors.
  const isPlain = (unit >= 0xd840 && unit <= 0xd87d) || (unit >= 0xd880 && unit <= 0xd88d) || unit === 0xd83d || unit === 0xdb40;
  return !isPlain;
}

/** The letters that must all stand in a text for the word to stand in it, whichever way they are written; none when that can't be told. */
export function lettersOfWord(word: string): readonly number[] {
  const letters = new Set<number>();
  for (const unit of word.normalize('NFKD')) {
    if (unit.length > 1) {
      if (unit === '𠮷') letters.add(letterOf('吉'.charCodeAt(0)));
      continue;
    }
    if (!/\p{L}/u.test(unit) || /\p{Lm}/u.test(unit)) continue;
    const letter = letterOf(unit.charCodeAt(0));
    if (letter !== 0 && !NOT_ASKED.has(letter)) letters.add(letter);
  }
  return [...letters].sort((one, other) => one - other);
}
