/**
 * The business year (年度, 1 April to 31 March) that the names on a file's path tell: a list of 平成27年度 that was copied yesterday is still one of 平成27年度. Dates
 * of days are no evidence: a name may hold a birthdate.
 */
import { eraOf, eraYear } from '../../detectors/calendar.js';
import type { BusinessYear } from '../model.js';

/** `平成27年度`, `平成二十七年度`, `H27年度`, `令和元年度`, `2015年度`, `FY2015`; of a span (`H25-27年度`) its last year. Names are folded to NFKC first. */
const YEAR =
  /(?:(明治|大正|昭和|平成|令和|[MTSHR])\s?)?(?:(?:元|\d{1,4}|[〇零一二三四五六七八九十]{1,4})年?度?\s?[-~〜–―・、から]{1,2}\s?)?(元|\d{1,4}|[〇零一二三四五六七八九十]{1,4})\s?年度|(?<![a-z])FY\s?((?:19|20)\d\d)(?!\d)/giu;

/** Names beyond this are no names that people give. */
const NAME_CHARS_MAX = 255;

/** The one told by the file's own name, else by the innermost folder that tells one; in a name the last. Null when none does. */
export function businessYearOf(path: string): BusinessYear | null {
  // Asked for millions of files: most names tell none.
  if (!/度|F\s?Y|Ｆ/iu.test(path)) return null;
  const names = path.split('/');
  for (let at = names.length - 1; at >= 0; at--) {
    const year = yearIn(names[at]!.slice(0, NAME_CHARS_MAX).normalize('NFKC'));
    if (year !== null) return { year, told: at === names.length - 1 ? 'name' : 'folder' };
  }
  return null;
}

/** The first moment after it, in local time: ages are counted from there (公文書管理法施行令 8条2項: from 1 April of the following year). */
export function endOfBusinessYear(year: number): number {
  return new Date(year + 1, 3, 1).getTime();
}

function yearIn(name: string): number | null {
  let found: number | null = null;
  for (const [, era, digits, western] of name.matchAll(YEAR)) {
    const year = western !== undefined ? Number(western) : yearOf(era, digits!);
    if (year !== null) found = year;
  }
  return found;
}

function yearOf(era: string | undefined, digits: string): number | null {
  const number = digits === '元' ? 1 : /^\d/u.test(digits) ? Number(digits) : numberOfKanji(digits);
  if (era === undefined) return number >= 1900 && number <= 2100 ? number : null;
  const known = eraOf(era);
  return known === null || !(number <= 99) ? null : eraYear(known, number);
}

const KANJI_DIGITS = '〇一二三四五六七八九';

/** `二十七` and `二七` are 27, `二〇一五` is 2015. NaN for what is no number (`十十`). */
function numberOfKanji(text: string): number {
  const digits = text.replaceAll('零', '〇');
  const spelled = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/u.exec(digits);
  if (spelled) return KANJI_DIGITS.indexOf(spelled[1] || '一') * 10 + KANJI_DIGITS.indexOf(spelled[2] || '〇');
  return digits.includes('十') ? Number.NaN : Number([...digits].map((digit) => KANJI_DIGITS.indexOf(digit)).join(''));
}
