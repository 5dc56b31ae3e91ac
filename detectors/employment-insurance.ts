/** Employment insurance numbers (雇用保険被保険者番号), written 4-6-1: the look-alike that a pension number is most often taken for. */
import type { Detector } from './contract.js';
import { createLabelledNumber, digitsOnly } from './labelled-number.js';
import { labelPattern } from './labels.js';

export function createEmploymentInsurance(): Detector {
  return createLabelledNumber({
    kind: 'employment-insurance',
    version: 1,
    title: { ja: '雇用保険被保険者番号', en: 'employment insurance number' },
    mustContain: /[0-9]{4}-[0-9]{6}-[0-9](?![0-9])|雇用保険/,
    shape: /(?<![0-9A-Za-z]|[0-9A-Za-z][-.])(?:[0-9]{4}-[0-9]{6}-[0-9]|[0-9]{11})(?![0-9A-Za-z]|-[0-9])/y,
    firstDigits: [4, 11],
    cellShape: /^(?:[0-9]{4} ?- ?[0-9]{6} ?- ?[0-9]|[0-9]{11})$/,
    labelBefore: /雇用保険[^0-9\n]{0,16}$/,
    otherBefore: /(?:tel|電話|携帯|fax|住民票)[^0-9\n]{0,10}$|[\s\S]$/i,
    labels: [labelPattern('雇用保険(?:の)?(?:被保険者)?(?:番号|証番号)|雇保(?:番号)?|雇用保険')],
    normal: digitsOnly,
    alone: null,
    cellAlone: null,
    labelled: 'certain',
    digits: 11,
  });
}
