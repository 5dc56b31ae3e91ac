/** E-mail addresses, as RFC 5321 lets them be in practice: a dotted local part of at most 64 characters, a domain with a letter top level. */
import type { Detector } from './contract.js';
import { createLabelledNumber } from './labelled-number.js';
import { labelPattern } from './labels.js';

const LOCAL = /[A-Za-z0-9._%+-]/;
const LOCAL_UNITS_MAX = 64;

/** The first letter of what stands before each @. */
function starts(folded: string): readonly number[] {
  const found: number[] = [];
  for (let at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start <= LOCAL_UNITS_MAX && LOCAL.test(folded[start - 1]!)) start--;
    if (start < at) found.push(start);
  }
  return found;
}

export function createEmail(): Detector {
  return createLabelledNumber({
    kind: 'email',
    version: 1,
    title: { ja: 'メールアドレス', en: 'e-mail address' },
    mustContain: /[A-Za-z0-9_+-]@[A-Za-z0-9]/,
    shape:
      /(?<![A-Za-z0-9._%+-])[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])/y,
    firstDigits: [],
    starts,
    cellShape: /^[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}$/,
    labelBefore: /(?:mail|メール|アドレス)[^\n]{0,10}$/i,
    labels: [labelPattern('(?:電子)?(?:e-?)?(?:mail|メール)(?:_?-?(?:address|アドレス))?|e-?mail|メアド|アドレス')],
    normal: (value) => value.toLowerCase(),
    alone: 'certain',
    labelled: 'certain',
  });
}
