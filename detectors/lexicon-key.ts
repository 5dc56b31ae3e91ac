/**
 * How the lexicon turns a word into a key: which characters count as one, and the two hashes over them. Files packed with another version
 * of this answer nothing, so the packing is stamped with it.
 */
import { variantPairs } from './fold.js';

export const SEED_A = 0x811c_9dc5 | 0;
export const SEED_B = 0x1b87_3593 | 0;

/**
 * How a unit counts in a key: variants, kana and width are alike. Kana lose voice and size, so that ﾀﾞ in two units, ダ, だ and タ agree:
 * readings are told apart well enough without. 0 is skipped.
 */
export const keyUnit = new Uint16Array(65_536);
function fillKeyUnits(): void {
  for (let unit = 0; unit < 65_536; unit++) keyUnit[unit] = unit;
  const plain = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン';
  for (const base of plain) {
    const code = base.charCodeAt(0);
    keyUnit[code - 0x60] = code;
  }
  for (const [units, to] of [
    ['ァぁ', 'ア'],
    ['ィぃ', 'イ'],
    ['ゥぅヴゔ', 'ウ'],
    ['ェぇ', 'エ'],
    ['ォぉ', 'オ'],
    ['ヵゕ', 'カ'],
    ['ヶゖ', 'ケ'],
    ['ッっ', 'ツ'],
    ['ャゃ', 'ヤ'],
    ['ュゅ', 'ユ'],
    ['ョょ', 'ヨ'],
    ['ヮゎ', 'ワ'],
  ] as const)
    for (const unit of units) keyUnit[unit.charCodeAt(0)] = to.charCodeAt(0);
  for (const unit of 'がぎぐげござじずぜぞだぢづでどばびぶべぼ') {
    const base = unit.charCodeAt(0) - 1 + 0x60;
    keyUnit[unit.charCodeAt(0)] = base;
    keyUnit[unit.charCodeAt(0) + 0x60] = base;
  }
  for (const unit of 'ぱぴぷぺぽ') {
    const base = unit.charCodeAt(0) - 2 + 0x60;
    keyUnit[unit.charCodeAt(0)] = base;
    keyUnit[unit.charCodeAt(0) + 0x60] = base;
  }
  for (const mark of [0xff9e, 0xff9f, 0x3099, 0x309a, 0x309b, 0x309c]) keyUnit[mark] = 0;
  for (let unit = 0x61; unit <= 0x7a; unit++) keyUnit[unit] = unit - 0x20;
  for (const [variant, kept] of variantPairs()) if (variant.length === 1) keyUnit[variant.charCodeAt(0)] = kept.charCodeAt(0);
  // 𠮷 is the one name character of the supplementary planes that is common: its first half is skipped, its second half is 吉.
  keyUnit[0xd842] = 0;
  keyUnit[0xdfb7] = '吉'.charCodeAt(0);
  // Variation selectors choose a form of the letter before them (辻 with one dot or two); those of names come as two units.
  for (let unit = 0xfe00; unit <= 0xfe0f; unit++) keyUnit[unit] = 0;
  keyUnit[0xdb40] = 0;
  for (let unit = 0xdd00; unit <= 0xddef; unit++) keyUnit[unit] = 0;
}
fillKeyUnits();

export const stepA = (hash: number, unit: number) => Math.imul(hash ^ unit, 0x0100_0193);
export const stepB = (hash: number, unit: number) => Math.imul((hash << 5) ^ (hash >>> 27) ^ unit, 0x85eb_ca6b);
export function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 15);
  mixed = Math.imul(mixed, 0x2c1b_3c6d);
  mixed ^= mixed >>> 12;
  mixed = Math.imul(mixed, 0x297a_2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
export const printOf = (hash: number) => mix(hash) || 1;
