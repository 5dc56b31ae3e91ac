/**
 * What speaks for and against a stretch of kanji being a person's name, as numbered yes/no features, and the trained weight of each.
 * Weights: logistic regression on sentences labelled by hand and on Japanese prose without names (test/tools/train-names.mjs).
 */
import { COMMON_SHIFT, type Lexicon, WORD } from './lexicon.js';
import { LETTER, letterAt } from './name-letters.js';
import { endsInTitle, honorificAt, startsOrg } from './name-words.js';

/** A run of kanji: `[start, end)` of its text. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

const ANY_FAMILY = WORD.family | WORD.familyRare;
const ANY_GIVEN = WORD.given | WORD.givenRare;
const PLACE = WORD.place | WORD.town | WORD.city | WORD.prefecture;
export const isFamily = (flags: number) => (flags & ANY_FAMILY) !== 0;
export const isGiven = (flags: number) => (flags & ANY_GIVEN) !== 0;

const nounRank = (flags: number) => (flags >>> COMMON_SHIFT.noun) & 15;
const familyRank = (flags: number) => (flags >>> COMMON_SHIFT.family) & 15;
const givenRank = (flags: number) => (flags >>> COMMON_SHIFT.given) & 15;

/** Numbers of features come in blocks: each call of `choose` takes one of a block, `when` a single one. */
const BLOCK = {
  bias: 0,
  familySort: 1, // 4: common list by rank 3, rare list 1
  familyUnits: 6, // 3
  familyNoun: 9, // 3 by rank
  familyPlace: 12,
  givenSort: 13, // common by rank 3, rare 1, none 1
  givenUnits: 18, // 3
  givenNoun: 21, // 3 by rank
  givenPlace: 24,
  givenFamily: 25,
  givenSuffix: 26,
  lastLetter: 27, // 4
  firstLetter: 31, // 4
  wholeNoun: 35,
  wholePlace: 36,
  wholeProper: 37,
  wholeUnsure: 38,
  nounNoun: 39,
  bothNoun: 40,
  before: 41, // 11 classes of letters
  leftTitle: 52,
  leftNoun: 53,
  leftPlace: 54,
  leftUnknown: 55,
  after: 56, // 11 classes
  afterParticle: 67, // 8
  honorific: 75,
  rightNoun: 76,
  rightOrg: 77,
  rightUnknown: 78,
  inflected: 79,
  sizes: 80, // 4×4 lengths
  bothRare: 96,
  commonPair: 97,
  yearAfter: 98,
  crossesNoun: 99,
  crossesBack: 100,
  familyIsNameOnly: 102,
  givenIsNameOnly: 103,
  beforeParticle: 105, // 8
  rightSuffix: 113,
  lastIsSuffix: 114,
  crossesMiddle: 115,
  lastTwoNoun: 116,
  thingEnd: 117, // the given name: of the common list, of the wide one, of none
} as const;
export const FEATURE_COUNT = 120;

/** Laws, castles, ships and troops end so, and few given names do. */
const THING_LETTERS = new Set(
  '法令条約規則氏衆城工道丸会党軍団院館所場社店局部課係室庁省都府県市町村区郡州国家族学科史書誌紙録集論説編巻類種型式用品物具器械機車船艦号線駅港橋坂岬寺塔楼門墓陵層帯系群派藩領戦乱祭変記伝語料剤酸素体性度率量額税費金券札間'
    .split('')
    .map((letter) => letter.charCodeAt(0)),
);
/** Whether a span that ends in this unit is rather a thing's name. */
export const endsLikeThing = (unit: number) => THING_LETTERS.has(unit);

export const rankBucket = (rank: number) => (rank >= 8 ? 0 : rank >= 4 ? 1 : 2);
const particleOf = (text: string, at: number) => (at >= 0 && at < text.length ? 'はがをにのともや'.indexOf(text[at]!) : -1);

export interface Candidate {
  start: number;
  middle: number;
  end: number;
  familyFlags: number;
  givenFlags: number;
}

/** Adds the features of the span as a whole and of what stands around it, from place `from` of `out` on. */
export function collectContextFeatures(text: string, lexicon: Lexicon, run: Run, c: Candidate, out: Uint8Array, from: number): number {
  const count = collectInnerFeatures(text, lexicon, run, c, out, from);
  return collectOuterFeatures(text, lexicon, run, c.start, c.end, out, count);
}

/** Those that the letters of the run alone decide: equal runs have equal ones, wherever they stand. */
export function collectInnerFeatures(text: string, lexicon: Lexicon, run: Run, c: Candidate, out: Uint8Array, from: number): number {
  let count = from;
  const whole = c.end - c.start <= 6 ? lexicon.look(text, c.start, c.end) : 0;
  if (whole & WORD.noun) out[count++] = BLOCK.wholeNoun;
  if (whole & PLACE) out[count++] = BLOCK.wholePlace;
  if (whole & WORD.proper) out[count++] = BLOCK.wholeProper;
  if (whole & WORD.nameUnsure) out[count++] = BLOCK.wholeUnsure;
  if (splitsIntoNouns(text, lexicon, c.start, c.end)) out[count++] = BLOCK.nounNoun;
  if (lexicon.look(text, c.end - 1, c.end) & WORD.suffix) out[count++] = BLOCK.lastIsSuffix;
  if (crosses(text, lexicon, c.start, c.middle, c.end)) out[count++] = BLOCK.crossesMiddle;
  if (endsLikeThing(text.charCodeAt(c.end - 1)))
    out[count++] = BLOCK.thingEnd + (c.givenFlags & WORD.given ? 0 : c.givenFlags & WORD.givenRare ? 1 : 2);
  if (c.end - c.middle !== 2 && nounRank(lexicon.look(text, c.end - 2, c.end)) >= 4) out[count++] = BLOCK.lastTwoNoun;
  if (c.start > run.start) count = innerLeft(text, lexicon, run, c, out, count);
  if (c.end < run.end) count = innerRight(text, lexicon, run, c, out, count);
  return count;
}

/** Those that look beyond the run. */
export function collectOuterFeatures(
  text: string,
  lexicon: Lexicon,
  run: Run,
  start: number,
  end: number,
  out: Uint8Array,
  from: number,
): number {
  let count = from;
  if (start === run.start) {
    out[count++] = BLOCK.before + letterAt(text, start - 1);
    const particle = particleOf(text, start - 1);
    if (particle >= 0) out[count++] = BLOCK.beforeParticle + particle;
  }
  if (honorificAt(text, end)) out[count++] = BLOCK.honorific;
  if (end < run.end) {
    if (startsOrg(text, end)) out[count++] = BLOCK.rightOrg;
    return count;
  }
  const letter = letterAt(text, end);
  out[count++] = BLOCK.after + letter;
  const particle = particleOf(text, end);
  if (particle >= 0) out[count++] = BLOCK.afterParticle + particle;
  if (text[end] === '(' && /[0-9]/.test(text.slice(end + 1, end + 9))) out[count++] = BLOCK.yearAfter;
  if (letter === LETTER.hiragana && endsInStem(text, lexicon, start, end)) out[count++] = BLOCK.inflected;
  return count;
}

/** The most that features beyond the run can add to a score, by the weight of each: a candidate that lacks more is none wherever it stands. */
export function outerScoreMax(weightOf: (feature: number) => number): number {
  const best = (first: number, count: number) => Math.max(...Array.from({ length: count }, (_, at) => weightOf(first + at)));
  const ifAny = (first: number, count = 1) => Math.max(0, best(first, count));
  const left = Math.max(0, best(BLOCK.before, 11) + ifAny(BLOCK.beforeParticle, 8));
  const atEnd = best(BLOCK.after, 11) + ifAny(BLOCK.afterParticle, 8) + ifAny(BLOCK.yearAfter) + ifAny(BLOCK.inflected);
  return left + ifAny(BLOCK.honorific) + Math.max(ifAny(BLOCK.rightOrg), atEnd);
}

/** Writes the numbers of the features of the family name into `out` and gives how many; given name and context follow. */
export function collectFamilyFeatures(c: Candidate, out: Uint8Array): number {
  let count = 0;
  out[count++] = BLOCK.bias;
  const flags = c.familyFlags;
  const units = c.middle - c.start;
  out[count++] = BLOCK.familySort + (flags & WORD.family ? rankBucket(familyRank(flags)) : 3);
  out[count++] = BLOCK.familyUnits + Math.min(units, 3) - 1;
  if (flags & WORD.noun) out[count++] = BLOCK.familyNoun + rankBucket(nounRank(flags));
  if (flags & PLACE) out[count++] = BLOCK.familyPlace;
  if ((flags & (WORD.noun | PLACE)) === 0) out[count++] = BLOCK.familyIsNameOnly;
  return count;
}

/** Adds the features of the given name and of both names together: cheap, and enough to give most candidates up. */
export function collectGivenFeatures(text: string, lexicon: Lexicon, c: Candidate, out: Uint8Array, from: number): number {
  let count = from;
  const { familyFlags: family, givenFlags: flags } = c;
  const units = c.end - c.middle;
  out[count++] = BLOCK.sizes + (Math.min(c.middle - c.start, 4) - 1) * 4 + Math.min(units, 4) - 1;
  if (family & flags & WORD.noun) out[count++] = BLOCK.bothNoun;
  if (!(family & WORD.family) && !(flags & WORD.given)) out[count++] = BLOCK.bothRare;
  if (familyRank(family) >= 6 && givenRank(flags) >= 4) out[count++] = BLOCK.commonPair;
  if ((flags & (WORD.noun | PLACE)) === 0 && isGiven(flags)) out[count++] = BLOCK.givenIsNameOnly;
  out[count++] = BLOCK.givenSort + (flags & WORD.given ? rankBucket(givenRank(flags)) : flags & WORD.givenRare ? 3 : 4);
  out[count++] = BLOCK.givenUnits + Math.min(units, 3) - 1;
  if (flags & WORD.noun) out[count++] = BLOCK.givenNoun + rankBucket(nounRank(flags));
  if (flags & PLACE) out[count++] = BLOCK.givenPlace;
  if (isFamily(flags)) out[count++] = BLOCK.givenFamily;
  if (flags & (WORD.suffix | WORD.prefix)) out[count++] = BLOCK.givenSuffix;
  const letterBucket = (rank: number) => (rank === 0 ? 0 : rank < 6 ? 1 : rank < 11 ? 2 : 3);
  out[count++] = BLOCK.lastLetter + letterBucket(lexicon.givenLast(text.charCodeAt(c.end - 1)));
  out[count++] = BLOCK.firstLetter + letterBucket(lexicon.givenFirst(text.charCodeAt(c.middle)));
  return count;
}

function innerLeft(text: string, lexicon: Lexicon, run: Run, c: Candidate, out: Uint8Array, from: number): number {
  let count = from;
  if (endsInTitle(text, run.start, c.start)) out[count++] = BLOCK.leftTitle;
  const flags = wordEndingAt(text, lexicon, run.start, c.start);
  if (flags & WORD.noun) out[count++] = BLOCK.leftNoun;
  if (flags & PLACE) out[count++] = BLOCK.leftPlace;
  if (flags === 0) out[count++] = BLOCK.leftUnknown;
  // A common word that reaches from the left into the family name: 関係者 | 田中 is none, 東京都|庁 is one.
  if (crosses(text, lexicon, run.start, c.start, run.end)) out[count++] = BLOCK.crossesNoun;
  return count;
}

function innerRight(text: string, lexicon: Lexicon, run: Run, c: Candidate, out: Uint8Array, from: number): number {
  let count = from;
  const flags = wordStartingAt(text, lexicon, c.end, run.end);
  if (flags & WORD.noun) out[count++] = BLOCK.rightNoun;
  if (flags & WORD.suffix) out[count++] = BLOCK.rightSuffix;
  if (flags === 0) out[count++] = BLOCK.rightUnknown;
  if (crosses(text, lexicon, c.middle, c.end, run.end)) out[count++] = BLOCK.crossesBack;
  return count;
}

/** True when the span falls into two common words wherever it is cut: 一般 | 会計. The strongest sign that it is no name. */
function splitsIntoNouns(text: string, lexicon: Lexicon, start: number, end: number): boolean {
  for (let cut = start + 1; cut < end; cut++) {
    const [left, right] = [cut - start, end - cut];
    const head = lexicon.look(text, start, cut);
    if (!(head & (left === 1 ? WORD.prefix | WORD.noun : WORD.noun))) continue;
    const tail = lexicon.look(text, cut, end);
    if (tail & (right === 1 ? WORD.suffix : WORD.noun) && (left > 1 || right > 1)) return true;
  }
  return false;
}

function wordEndingAt(text: string, lexicon: Lexicon, from: number, to: number): number {
  for (let start = Math.max(from, to - 4); start < to; start++) {
    const flags = lexicon.look(text, start, to) & (WORD.noun | PLACE | WORD.proper | WORD.suffix);
    if (flags !== 0) return flags;
  }
  return 0;
}

function wordStartingAt(text: string, lexicon: Lexicon, from: number, to: number): number {
  for (let end = Math.min(to, from + 4); end > from; end--) {
    const flags = lexicon.look(text, from, end) & (WORD.noun | WORD.suffix | WORD.proper);
    if (flags !== 0) return flags;
  }
  return 0;
}

/** True when a common word of two or three units lies across `edge`. */
function crosses(text: string, lexicon: Lexicon, from: number, edge: number, to: number): boolean {
  for (let start = Math.max(from, edge - 2); start < edge; start++) {
    for (let end = edge + 1; end <= Math.min(to, start + 3); end++) {
      const flags = lexicon.look(text, start, end);
      if (flags & WORD.noun && nounRank(flags) >= 4) return true;
    }
  }
  return false;
}

function endsInStem(text: string, lexicon: Lexicon, start: number, end: number): boolean {
  for (let from = Math.max(start, end - 2); from < end; from++) {
    if (lexicon.look(text, from, end + 1) & WORD.inflected) return true;
  }
  return false;
}
