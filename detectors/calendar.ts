/**
 * Japanese eras, the civil calendar and the notations of a date: what a date says, never whether it is somebody's birthday.
 * Eras by the cabinet's orders: 明治 1868-01-25, 大正 1912-07-30, 昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01.
 */

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export type Era = 'M' | 'T' | 'S' | 'H' | 'R';

interface EraSpan {
  readonly first: number;
  /** YYYYMMDD of its first day. */
  readonly from: number;
  readonly to: number;
}

const ERAS: Record<Era, EraSpan> = {
  M: { first: 1868, from: 18680125, to: 19120730 },
  T: { first: 1912, from: 19120730, to: 19261225 },
  S: { first: 1926, from: 19261225, to: 19890107 },
  // Papers printed before May 2019 carry later Heisei years; forms were used up for months after.
  H: { first: 1989, from: 19890108, to: 20201231 },
  R: { first: 2019, from: 20190501, to: 20991231 },
};

/** Era codes on pension forms (日本年金機構, 届書 様式). */
const ERA_OF: ReadonlyMap<string, Era> = new Map(
  Object.entries({
    明治: 'M',
    大正: 'T',
    昭和: 'S',
    平成: 'H',
    令和: 'R',
    明: 'M',
    大: 'T',
    昭: 'S',
    平: 'H',
    令: 'R',
    '㍾': 'M',
    '㍽': 'T',
    '㍼': 'S',
    '㍻': 'H',
    '㋿': 'R',
    M: 'M',
    T: 'T',
    S: 'S',
    H: 'H',
    R: 'R',
    '1': 'M',
    '3': 'T',
    '5': 'S',
    '7': 'H',
    '9': 'R',
  } satisfies Record<string, Era>),
);

/** The era of a word, letter, ligature or form code; null for anything else. */
export function eraOf(word: string): Era | null {
  return ERA_OF.get(word) ?? ERA_OF.get(word.toUpperCase()) ?? null;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isDate(year: number, month: number, day: number): boolean {
  if (!Number.isInteger(year) || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= MONTH_DAYS[month - 1]! + (leap ? 1 : 0);
}

/** The civil date of an era date; null when the era had no such day. Year 1 is 元年. */
export function eraDate(era: Era, eraYear: number, month: number, day: number): CivilDate | null {
  const span = ERAS[era];
  const year = span.first + eraYear - 1;
  if (eraYear < 1 || !isDate(year, month, day)) return null;
  const number = year * 10_000 + month * 100 + day;
  return number >= span.from && number <= span.to ? { year, month, day } : null;
}

/** The civil year of an era year, for split columns whose month is not known yet; null out of the era. */
export function eraYear(era: Era, year: number): number | null {
  const civil = ERAS[era].first + year - 1;
  return year >= 1 && civil <= Math.floor(ERAS[era].to / 10_000) ? civil : null;
}

/** Full years between two dates; negative when `date` is after `asOf`. */
export function ageOn(date: CivilDate, asOf: CivilDate): number {
  const before = asOf.month < date.month || (asOf.month === date.month && asOf.day < date.day);
  return asOf.year - date.year - (before ? 1 : 0);
}

export function isoDate(date: CivilDate): string {
  const pad = (number: number, width: number) => String(number).padStart(width, '0');
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

/** Reads what `isoDate` writes, also with a time of day behind it; null for anything else. */
export function readIso(text: string): CivilDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$| )/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isDate(year, month, day) ? { year, month, day } : null;
}

/** Day 0 of a workbook's 1900 system is 1899-12-30 from March 1900 on, because it counts a 29 February 1900 that never was (ECMA-376, 18.17.4.1). */
export function serialDate(serial: number): CivilDate | null {
  const days = Math.floor(serial);
  if (!(days >= 61 && days <= 2_958_465)) return null;
  // Days to civil date, from the era of 400 years that begins on 1 March (the proleptic Gregorian calendar).
  const shifted = days + 693_899;
  const cycle = Math.floor(shifted / 146_097);
  const dayOfCycle = shifted - cycle * 146_097;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) / 365,
  );
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month, day };
}

const KANJI_DIGIT: Record<string, number> = {
  〇: 0,
  '○': 0,
  零: 0,
  一: 1,
  壱: 1,
  二: 2,
  弐: 2,
  三: 3,
  参: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const KANJI_UNIT: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 千: 1000 };

/** One to eight ASCII digits. */
function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return text.length > 0 && text.length <= 8;
}

/** `三十`, `二〇〇九`, `千二百三十四`, `廿`-less: what kanji numerals below 10,000 say, ASCII digits too, 元 as 1; -1 when it is no number. */
export function readNumeral(text: string): number {
  if (isDigits(text)) return Number(text);
  if (text === '元') return 1;
  let total = 0;
  let digits = -1;
  for (const letter of text) {
    const digit = KANJI_DIGIT[letter];
    const unit = KANJI_UNIT[letter];
    if (digit !== undefined) digits = digits < 0 ? digit : digits * 10 + digit;
    else if (unit !== undefined) {
      total += (digits < 0 ? 1 : digits) * unit;
      digits = -1;
    } else return -1;
  }
  return text.length === 0 ? -1 : total + Math.max(digits, 0);
}
