/** Numbers of residence cards (在留カード番号): two letters, eight digits, two letters (出入国在留管理庁, 在留カード等仕様書): a shape of its own. */
import type { Detector } from './contract.js';
import { behindTwoLetters, createLabelledNumber } from './labelled-number.js';
import { labelPattern } from './labels.js';

export function createResidenceCard(): Detector {
  return createLabelledNumber({
    kind: 'residence-card',
    version: 1,
    title: { ja: '在留カード番号', en: 'residence card number' },
    mustContain: /[A-Za-z]{2} ?[0-9]{8} ?[A-Za-z]{2}/,
    shape: /(?<![0-9A-Za-z-])[A-Z]{2} ?[0-9]{8} ?[A-Z]{2}(?![0-9A-Za-z-])/y,
    firstDigits: [8],
    startsAt: behindTwoLetters,
    cellShape: /^[A-Z]{2} ?[0-9]{8} ?[A-Z]{2}$/i,
    labelBefore: /(?:在留|特別永住|residence ?card)[^0-9\n]{0,16}$/i,
    labels: [
      labelPattern('在留カード(?:等)?(?:の)?(?:番号|No\\.?)?|特別永住者証明書(?:の)?(?:番号)?|residence_? ?card(?:_? ?(?:no\\.?|number))?'),
    ],
    normal: (value) => value.replace(/ /g, '').toUpperCase(),
    alone: 'weak',
    labelled: 'certain',
  });
}
