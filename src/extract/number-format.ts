/**
 * Number formats of spreadsheets (ECMA-376-1, 18.8.30 and 18.8.31): whether one shows a date, and the text that a person sees. Dates always come
 * out as `YYYY-MM-DD`, whatever the format's notation; colours, widths and locales are passed over.
 */
import type { NumberCell } from '../../detectors/contract.js';
import { type FormatSection, parseSections, sectionFor } from './format-section.js';
import { dateText, timeText } from './serial-date.js';

export interface NumberFormat {
  readonly isDate: boolean;
  text(value: number): string;
}

/** A number in a cell; its text is made when asked, since most numbers are never looked at as text. */
export class FormattedNumber implements NumberCell {
  constructor(
    readonly value: number,
    readonly format: NumberFormat,
  ) {}

  get isDate(): boolean {
    return this.format.isDate;
  }

  get text(): string {
    return this.format.text(this.value);
  }
}

/** Formats that every workbook has without saying so. 27–36 and 50–58 are those of Japanese Excel (18.8.30, ja-jp). */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: 'ge.m.d',
  28: 'ggge年m月d日',
  29: 'ggge年m月d日',
  30: 'm/d/yy',
  31: 'yyyy年m月d日',
  32: 'h時mm分',
  33: 'h時mm分ss秒',
  34: 'yyyy年m月',
  35: 'm月d日',
  36: 'ge.m.d',
  37: '#,##0;-#,##0',
  38: '#,##0;-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;-#,##0.00',
  41: '#,##0;-#,##0',
  42: '#,##0;-#,##0',
  43: '#,##0.00;-#,##0.00',
  44: '#,##0.00;-#,##0.00',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  50: 'ge.m.d',
  51: 'ggge年m月d日',
  52: 'yyyy年m月',
  53: 'm月d日',
  54: 'ggge年m月d日',
  55: 'yyyy年m月',
  56: 'm月d日',
  57: 'ge.m.d',
  58: 'ggge年m月d日',
};

/** The code of a built-in format; 'General' where there is none. */
export function builtInCode(id: number): string {
  return BUILT_IN[id] ?? 'General';
}

export const GENERAL: NumberFormat = { isDate: false, text: generalText };

/** A format by its code. `is1904`: the workbook counts its days from 1904. */
export function createNumberFormat(code: string, is1904: boolean): NumberFormat {
  const sections = parseSections(code);
  if (sections.some((section) => section.sort === 'date')) {
    return { isDate: true, text: (value) => dateText(value, is1904) ?? generalText(value) };
  }
  if (sections.some((section) => section.sort === 'time')) {
    return { isDate: false, text: (value) => timeText(value) ?? generalText(value) };
  }
  if (sections.length === 1 && sections[0]?.sort === 'general') return GENERAL;
  return { isDate: false, text: (value) => formatNumber(value, sections) };
}

/** All digits of the number, but for the noise behind the 15th that binary fractions bring: Excel itself keeps no more. */
export function generalText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
}

function formatNumber(value: number, sections: readonly FormatSection[]): string {
  const chosen = sectionFor(value, sections);
  if (chosen === null || chosen.section.sort !== 'number') return generalText(value);
  const { section, minus } = chosen;
  const scaled = (Math.abs(value) * section.factor) / section.divisor;
  const digits = Number(scaled.toPrecision(15)).toFixed(section.decimals);
  // A format that shows nothing hides the number from the eye, not from whoever opens the file.
  if (digits.includes('e') || !section.shows) return generalText(value);
  return (minus ? '-' : '') + fillDigits(section, digits);
}

/** Puts digits into their places from the right; what is left over goes before the first place. */
function fillDigits(section: FormatSection, digits: string): string {
  const point = digits.indexOf('.');
  let whole = point < 0 ? digits : digits.slice(0, point);
  const fraction = point < 0 ? '' : digits.slice(point + 1);
  if (whole === '0') whole = '';
  const before: string[] = [];
  let left = section.wholePlaces;
  let used = 0;
  const put = (digit: string) => {
    if (section.groups && used > 0 && used % 3 === 0) before.push(',');
    before.push(digit);
    used++;
  };
  for (let i = section.whole.length - 1; i >= 0; i--) {
    const { place, literal } = section.whole[i]!;
    if (place === null) {
      before.push(literal);
      continue;
    }
    left--;
    if (whole.length > 0) {
      put(whole.slice(-1));
      whole = whole.slice(0, -1);
    } else if (place === '0') put('0');
    for (; left === 0 && whole.length > 0; whole = whole.slice(0, -1)) put(whole.slice(-1));
  }
  return before.reverse().join('') + fillFraction(section, fraction);
}

function fillFraction(section: FormatSection, fraction: string): string {
  let shown = '';
  let digit = 0;
  let keep = fraction.length;
  const places = section.fraction.filter((part) => part.place !== null);
  while (keep > 0 && fraction[keep - 1] === '0' && places[keep - 1]?.place !== '0') keep--;
  for (const { place, literal } of section.fraction) {
    if (place === null) shown += literal;
    else if (digit < keep) shown += fraction[digit++];
    else digit++;
  }
  return keep > 0 ? `.${shown}` : shown;
}
