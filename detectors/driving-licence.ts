/**
 * Numbers of driving licences (運転免許証番号): twelve digits; the first two are the commission's code (10–97), the eleventh a check digit whose rule
 * was never published, so that only a label tells.
 */
import type { Detector } from './contract.js';
import { createLabelledNumber, digitsOnly } from './labelled-number.js';
import { labelPattern } from './labels.js';

export function createDrivingLicence(): Detector {
  return createLabelledNumber({
    kind: 'driving-licence',
    version: 1,
    title: { ja: '運転免許証番号', en: 'driving licence' },
    mustContain: /免許|licen[cs]e/i,
    shape: /(?<![0-9A-Za-z-])[1-9][0-9]{11}(?![0-9A-Za-z-])|(?<![0-9A-Za-z-])[1-9][0-9]{3}([ -])[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z-])/y,
    firstDigits: [4, 12],
    cellShape: /^[1-9][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}$|^第?[1-9][0-9]{11}号?$/,
    labelBefore: /(?:免許証?(?: ?の)? ?(?:番号|No\.?)?|driver'?s? ?licen[cs]e(?: ?(?:no\.?|number))?)[^0-9\n]{0,10}$/i,
    labels: [labelPattern("運転免許証?(?:の)?(?:番号|No\\.?)?|免許証?(?:の)?番号|driver'?s?_?licen[cs]e(?:_?(?:no\\.?|number))?")],
    normal: digitsOnly,
    alone: null,
    labelled: 'certain',
  });
}
