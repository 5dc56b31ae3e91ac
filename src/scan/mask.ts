/** Masks a value at birth: enough is left for its owner to know it again at the place that is named, not enough to know the value. */
import type { Kind } from '../../detectors/contract.js';

const STAR = '＊';

/** A number keeps its last two digits, a birthdate its year or era, a name or an address its first character; everything else becomes a star. */
export function mask(kind: Kind, value: string): string {
  const chars = [...value.replace(/\s+/gu, ' ').trim()].slice(0, 60);
  if (kind === 'name' || kind === 'address' || kind === 'email') {
    const shown = kind === 'address' && chars.length >= 8 ? 3 : chars.length >= 2 ? 1 : 0;
    return chars.slice(0, shown).join('') + STAR.repeat(Math.max(3, Math.min(chars.length - shown, 8)));
  }
  if (kind === 'birthdate') return maskDigits(chars, 0, 0);
  return maskDigits(chars, 0, chars.filter(isDigit).length >= 8 ? 2 : 0);
}

/** All digits and letters but the first `head` and last `tail` become stars; signs stay, so that the notation can be seen. */
function maskDigits(chars: readonly string[], head: number, tail: number): string {
  const count = chars.filter(isSecret).length;
  let seen = 0;
  return chars
    .map((char) => {
      if (!isSecret(char)) return char;
      seen++;
      return seen <= head || seen > count - tail ? char : STAR;
    })
    .join('');
}

function isDigit(char: string): boolean {
  return /\p{Nd}/u.test(char);
}

/** What carries the value: digits in any script (kanji numerals too) and letters; era and unit characters may stay. */
function isSecret(char: string): boolean {
  return /[\p{Nd}A-Za-zＡ-Ｚａ-ｚ〇一二三四五六七八九十百元]/u.test(char);
}
