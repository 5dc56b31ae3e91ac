/**
 * Bank accounts (口座番号, seven digits) and ゆうちょ 記号 (five digits, 1…0) 番号 (up to eight): known by their label. They never count alone,
 * and keep their digits from being taken for other numbers.
 */
import type { Detector } from './contract.js';
import { createLabelledNumber } from './labelled-number.js';
import { labelPattern } from './labels.js';

export function createBankAccount(): Detector {
  return createLabelledNumber({
    kind: 'bank-account',
    version: 1,
    title: { ja: '口座番号', en: 'bank account' },
    mustContain: /口座|普通|当座|ゆうちょ|記号|account/i,
    shape:
      /(?<![0-9A-Za-z-])(?:1[0-9]{3}0 ?[-ー] ?(?:[0-9] ?- ?)?[0-9]{2,8}|[0-9]{7}|[0-9]{3}-[0-9]{7}|[0-9]{4}-[0-9]{3}-[0-9]{7})(?![0-9A-Za-z-])/y,
    firstDigits: [3, 4, 5, 7],
    cellShape: /^(?:1[0-9]{3}0 ?- ?(?:[0-9] ?- ?)?[0-9]{2,8}|[0-9]{5,8}|[0-9]{3}-[0-9]{7}|[0-9]{4}-[0-9]{3}-[0-9]{7}|[0-9]{10})$/,
    labelBefore:
      /(?:口座(?:番号)?|普通(?:預金)?|当座(?:預金)?|ゆうちょ(?:銀行)?|郵便貯金|通帳|記号(?:・?番号)?|account(?: ?(?:no\.?|number))?)[^0-9\n。]{0,12}$/i,
    labels: [
      labelPattern(
        '(?:振込|振替|引落|受取|送金|支払|還付|銀行|預金|普通預金|ゆうちょ(?:銀行)?|郵便貯金|貯金)?(?:先)?の?(?:口座(?:番号)?|通帳(?:記号)?(?:・?番号)?)|(?:bank_?)?account(?:_?(?:no\\.?|number))?',
      ),
    ],
    normal: (value) => value.replace(/[^0-9]+/g, '-'),
    alone: null,
    labelled: 'likely',
    digits: 7,
  });
}
