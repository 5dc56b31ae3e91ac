/**
 * Telephone numbers of the Japanese plan (総務省, 電気通信番号計画): 0 and nine digits for a landline, 0x0 and eight for a mobile, 0120 and 0800 for free
 * ones. Hyphens, brackets or a label make one; it never counts alone.
 */
import type { Detector } from './contract.js';
import { createLabelledNumber, digitsOnly } from './labelled-number.js';
import { labelPattern } from './labels.js';

const HYPHENATED =
  '0[5789]0[- ][0-9]{4}[- ][0-9]{4}|0[0-9]-[0-9]{4}-[0-9]{4}|0[0-9]{2}-[0-9]{3}-[0-9]{4}|0[0-9]{3}-[0-9]{2}-[0-9]{4}|0[0-9]{4}-[0-9]-[0-9]{4}|0120-[0-9]{3}-[0-9]{3}|0800-[0-9]{3}-[0-9]{4}|' +
  '0[0-9]{1,4} ?\\([0-9]{1,4}\\) ?[0-9]{4}|\\(0[0-9]{1,4}\\) ?[0-9]{1,4}-[0-9]{4}|\\+81[- ]?\\(?0?\\)?[0-9]{1,4}[- ][0-9]{1,4}[- ][0-9]{4}';
/** Right only behind a label, because other numbers have as many digits. */
const BARE = '0[0-9]{9,10}|0[0-9]{1,4}-[0-9]{5,7}';

/** A bracket or +81 may stand before the first digits, which else begin with 0. */
function startsAt(folded: string, digits: number): readonly number[] {
  const before = folded.charCodeAt(digits - 1);
  const zero = folded.charCodeAt(digits) === 0x30;
  if (before === 0x2b && folded.startsWith('81', digits)) return [digits - 1];
  if (!zero) return NOWHERE;
  return before === 0x28 ? [digits - 1, digits] : [digits];
}
const NOWHERE: readonly number[] = [];

export function createPhone(): Detector {
  return createLabelledNumber({
    kind: 'phone',
    version: 1,
    title: { ja: '電話番号', en: 'telephone number' },
    mustContain: /0[0-9]{1,4} ?[-( )]|\+81|(?:tel|電話|℡|☎|fax|携帯)[^0-9\n]{0,8}0[0-9]/i,
    shape: new RegExp(
      `(?<![0-9]|[0-9A-Za-z][-.])(?:(?<![A-Za-z])|(?<=tel|fax))(?:${HYPHENATED})(?![0-9A-Za-z]|[-.][0-9])|(?<=(?:tel|電話|℡|☎|fax|携帯|番号)[^0-9\\n]{0,8})(?:${BARE})(?![0-9A-Za-z]|[-.][0-9])`,
      'iy',
    ),
    firstDigits: [2, 3, 4, 5, 6, 7, 10, 11],
    startsAt,
    cellShape: new RegExp(
      `^(?:tel|fax|℡|☎)?[.: ]{0,2}(?:${HYPHENATED}|${BARE})(?: ?\\(?(?:内線|代表?|携帯|自宅|ext\\.?)[^\\n]{0,12})?$`,
      'i',
    ),
    labelBefore: /(?:tel|電話|℡|☎|fax|ファ(?:ック|ク)ス|携帯|内線|連絡先|直通|代表|phone)[^0-9\n]{0,12}$/i,
    otherBefore: /(?:年金番号|年金手帳|口座|伝票|注文)[^0-9\n]{0,12}$/,
    labels: [
      labelPattern(
        '(?:自宅|携帯|勤務先|日中|昼間|緊急|固定|代表)?(?:の)?(?:電話|でんわ|TEL|℡|☎|FAX|ファックス|ファクス|連絡先|携帯|ケータイ|スマホ|内線|直通|phone|mobile|cell)(?:_?-?(?:電話)?(?:番号|No\\.?|number|連絡先))?(?:/?FAX)?|緊急連絡先|連絡先',
      ),
    ],
    normal: (value) => {
      const digits = digitsOnly(value);
      return value.includes('+81') ? `0${digits.slice(2).replace(/^0/, '')}` : digits;
    },
    alone: 'likely',
    labelled: 'certain',
    digits: 10,
  });
}
