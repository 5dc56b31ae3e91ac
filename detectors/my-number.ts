/**
 * Individual numbers (個人番号): twelve digits, the last a check digit (番号利用法施行令 第8条, 総務省令第85号 第5条). One random number in ten passes it,
 * so that the digit alone makes none certain.
 */
import type { Detector } from './contract.js';
import { createLabelledNumber, digitsOnly } from './labelled-number.js';
import { labelPattern } from './labels.js';

/** 11 − (Σ Pn·Qn mod 11), where a remainder of 0 or 1 gives 0; Qn = n + 1 for n = 1…6 and n − 5 for n = 7…11, counted from the lowest of the first eleven. */
export function myNumberDigit(eleven: string): number {
  let sum = 0;
  for (let n = 1; n <= 11; n++) sum += Number(eleven[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const remainder = sum % 11;
  return remainder <= 1 ? 0 : 11 - remainder;
}

export function createMyNumber(): Detector {
  return createLabelledNumber({
    kind: 'my-number',
    version: 1,
    title: { ja: '個人番号', en: 'individual number' },
    mustContain: /[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}/,
    shape: /(?<![0-9A-Za-z]|[0-9A-Za-z][-.])[0-9]{4}([ -]?)[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z]|[-.][0-9])/y,
    firstDigits: [4, 12],
    cellShape: /^[0-9]{4}([ -]?)[0-9]{4}\1[0-9]{4}$/,
    labelBefore: /(?:個人番号|マイ ?ナンバー|my ?number)[^0-9\n]{0,14}$/i,
    otherBefore: /(?:免許|口座|法人|伝票|注文|契約|管理|製造|追跡|問合せ|問い合わせ|受付|電話|tel|fax|ISBN|JAN)[^0-9\n]{0,10}$/i,
    labels: [labelPattern('個人番号|マイナンバー|個人番号カード番号|my_?-?number|individual_?number')],
    check: (normal) => (/^([0-9])\1{11}$/.test(normal) ? false : myNumberDigit(normal) === Number(normal[11])),
    normal: digitsOnly,
    // A date and time of twelve digits (YYYYMMDDHHMM) passes as often as chance lets it.
    alone: 'weak',
    labelled: 'certain',
    digits: 12,
  });
}
