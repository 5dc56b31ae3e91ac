/**
 * One cell of a CSV that Japanese Excel opens by double click. Quotes do not keep Excel from reading a cell as formula, number or date,
 * so a text that it would read so gets a leading apostrophe; numbers and times that are meant as such stay bare.
 */
import { showText } from './escape.js';

/** What Excel and LibreOffice start a formula with; the full-width forms are read alike by Japanese Excel. An apostrophe is doubled so that removing one gives the text back. */
const FORMULA_START = /^[=+\-@\t\r'＝＋－＠−]/;

/** Only what numbers, dates, times, percentages and amounts are made of, with at least one digit: `0012`, `3/4`, `1-2`, `12:30`, `1E5`, `(3)`, `5月1日`. */
const NUMBER_LIKE = /^[\d\s.,:/()+\-%¥$€e'年月日時分秒]*$/i;
/** Dates with an era, month or half of the day: `R5.4.1`, `平成27年4月1日`, `1-Apr`, `Apr 2015`, `9:00 PM`. */
const DATE_WORD =
  /^(?:[mtshr]|明治|大正|昭和|平成|令和)[\d\s./\-元年月日]+$|^[\d\s,./-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\d\s,./-]*$|^[\d\s:.]+[ap]m?$/i;
const TRUTH = /^(?:true|false)$/i;

/** A text from outside: unseen characters are written out, and it stays a text in a spreadsheet. */
export function textCell(text: string): string {
  const shown = showText(text);
  return quoted(wouldChange(shown) ? `'${shown}` : shown);
}

/** A number; empty when it is not known, which is not 0. */
export function numberCell(value: number | null): string {
  return value === null ? '' : String(value);
}

/** Quotes as in RFC 4180, section 2. */
export function quoted(text: string): string {
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
}

/** Full-width digits are numbers to Japanese Excel, so the folded form (NFKC) is looked at. */
function wouldChange(text: string): boolean {
  if (FORMULA_START.test(text)) return true;
  const folded = text.normalize('NFKC').trim();
  if (/\d/.test(folded) && (NUMBER_LIKE.test(folded) || DATE_WORD.test(folded))) return true;
  return FORMULA_START.test(folded) || TRUTH.test(folded);
}
