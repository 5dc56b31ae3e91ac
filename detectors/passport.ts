/** Numbers of Japanese passports (旅券番号): two letters and seven digits, with a label, because part numbers look alike. */
import type { Detector } from './contract.js';
import { behindTwoLetters, createLabelledNumber } from './labelled-number.js';
import { labelPattern } from './labels.js';

export function createPassport(): Detector {
  return createLabelledNumber({
    kind: 'passport',
    version: 1,
    title: { ja: '旅券番号', en: 'passport number' },
    mustContain: /旅券|パスポート|passport/i,
    shape: /(?<![0-9A-Za-z-])[A-Z]{2} ?[0-9]{7}(?![0-9A-Za-z-])/iy,
    firstDigits: [7],
    startsAt: behindTwoLetters,
    cellShape: /^[A-Z]{2} ?[0-9]{7}$/i,
    labelBefore: /(?:旅券|パスポート|passport)[^0-9\n]{0,16}$/i,
    labels: [labelPattern('旅券(?:の)?(?:番号|No\\.?)?|パスポート(?:の)?(?:番号|No\\.?)?|passport(?:_? ?-?(?:no\\.?|number))?')],
    normal: (value) => value.replace(/ /g, '').toUpperCase(),
    alone: null,
    labelled: 'certain',
  });
}
