/**
 * Resident record codes (住民票コード): eleven digits, the last a check digit whose rule is public (住民基本台帳法施行規則 第1条, 平成14年総務省告示第436号);
 * known by label alone, since mobile telephones have eleven digits too.
 */
import type { Detector } from './contract.js';
import { createLabelledNumber, digitsOnly } from './labelled-number.js';
import { labelPattern } from './labels.js';

export function createResidentCode(): Detector {
  return createLabelledNumber({
    kind: 'resident-code',
    version: 1,
    title: { ja: '住民票コード', en: 'resident record code' },
    mustContain: /住民票|住基|コード/,
    shape:
      /(?<![0-9A-Za-z-])[0-9]{11}(?![0-9A-Za-z-])|(?<![0-9A-Za-z-])[0-9]{5}-[0-9]{5}-[0-9](?![0-9A-Za-z-])|(?<![0-9A-Za-z-])[0-9]{4}-[0-9]{4}-[0-9]{3}(?![0-9A-Za-z-])/y,
    firstDigits: [4, 5, 11],
    cellShape: /^(?:[0-9]{11}|[0-9]{5}-[0-9]{5}-[0-9]|[0-9]{4}-[0-9]{4}-[0-9]{3})$/,
    labelBefore: /(?:住民票 ?コード|住基(?:コード|番号))[^0-9\n]{0,12}$/,
    labels: [labelPattern('住民票コード|住基コード|住民コード')],
    normal: digitsOnly,
    alone: null,
    labelled: 'likely',
    digits: 11,
  });
}
