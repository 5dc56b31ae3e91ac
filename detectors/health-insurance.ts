/** Symbols and numbers of health insurance (被保険者証 記号・番号): digits of any length, so that only a label tells them. Never counts alone. */
import type { Detector } from './contract.js';
import { createLabelledNumber } from './labelled-number.js';
import { labelPattern } from './labels.js';

export function createHealthInsurance(): Detector {
  return createLabelledNumber({
    kind: 'health-insurance',
    version: 1,
    title: { ja: '健康保険 記号・番号', en: 'health insurance number' },
    mustContain: /保険/,
    shape: /(?<![0-9A-Za-z-])[0-9]{1,8}(?: ?[-・/] ?[0-9]{1,8})?(?: ?\(?枝番\)? ?[0-9]{2})?(?![0-9A-Za-z-]| ?[年月日円万千人件名%条項号])/y,
    firstDigits: [1, 2, 3, 4, 5, 6, 7, 8],
    word: '保険',
    cellShape: /^[0-9]{1,8}(?: ?[-・/] ?[0-9]{1,8}){0,2}$/,
    labelBefore: /(?:健康保険|健保|国民健康保険|国保|被保険者証|保険証|保険者)[^0-9\n。、]{0,6}(?:記号|番号)[^0-9\n。、]{0,6}$/,
    labels: [
      labelPattern(
        '(?:健康保険|健保|国民健康保険|国保|後期高齢者医療|介護保険)(?:被保険者)?証?(?:の)?(?:記号|番号|記号・?番号|記号番号|被保険者番号)|(?:被保険者証|保険証)(?:の)?(?:記号|番号|記号・?番号|記号番号)|保険者番号',
      ),
    ],
    normal: (value) => value.replace(/[^0-9]+/g, '-'),
    alone: null,
    labelled: 'likely',
  });
}
