/**
 * Full names right before an honorific: 佐々木恵様, 山田さくらさん. What is called so is a person, hence the two halves need to be a family and a
 * given name of the lists and nothing more: a short or common one that would be too doubtful elsewhere is enough.
 */
import { COMMON_SHIFT, type Lexicon, WORD } from './lexicon.js';
import { isFamily, isGiven } from './name-features.js';
import { joinsKanji, LETTER, letterAt } from './name-letters.js';
import { NEVER_GIVEN, type ScoredName } from './name-runs.js';
import { endsInTitle, honorificAt } from './name-words.js';
import type { Offsets } from './survey.js';

/** Kanji before the honorific that are looked at: a title, a family name, a given name. */
const RUN_UNITS_MAX = 12;
const FAMILY_UNITS_MAX = 5;
const GIVEN_UNITS_MAX = 4;
/** `likely`: no more, since a shop is called 山本さん too. */
const SCORE = 1;
/** Kanji that end a given name whose beginning is written in kana. */
const LAST_KANJI = '子美代江恵枝';
/** A given name of one letter must be as common as this. */
const SHORT_RANK = 2;

/** `called`: where honorifics may stand, as the survey notes them. */
export function findCalled(text: string, lexicon: Lexicon, called: Offsets): ScoredName[] {
  const found: ScoredName[] = [];
  for (let index = 0; index < called.count; index++) {
    const at = called.at(index);
    if (!honorificAt(text, at)) continue;
    const end = text.charCodeAt(at - 1) === 0x20 ? at - 1 : at;
    const name = nameBefore(text, lexicon, end);
    if (name !== null) found.push(name);
  }
  return found;
}

function nameBefore(text: string, lexicon: Lexicon, end: number): ScoredName | null {
  const kana = kanaStart(text, end);
  // The given name in kana, or the last kanji.
  const kanjiEnd = kana < end ? kana : end;
  const runStart = kanjiStart(text, kanjiEnd);
  for (let start = runStart; start < kanjiEnd && start < end - 1; start++) {
    if (start > runStart && !endsInTitle(text, runStart, start)) continue;
    if (isOneWord(lexicon, text, start, end)) continue;
    const middle = kana < end ? fits(lexicon, text, start, kana, end, true) : cut(lexicon, text, start, end);
    if (middle >= 0) return { start, middle, end, score: SCORE };
  }
  return null;
}

/** The longest family name first: 長谷川|実, not 長谷|川実. */
function cut(lexicon: Lexicon, text: string, start: number, end: number): number {
  for (let middle = Math.min(end - 1, start + FAMILY_UNITS_MAX); middle > start; middle--) {
    if (fits(lexicon, text, start, middle, end, false) >= 0) return middle;
  }
  return -1;
}

/** Gives `middle` where family and given name meet there, else -1. */
function fits(lexicon: Lexicon, text: string, start: number, middle: number, end: number, isKana: boolean): number {
  const units = end - middle;
  if (units > GIVEN_UNITS_MAX || middle - start > FAMILY_UNITS_MAX) return -1;
  const family = lexicon.look(text, start, middle);
  const given = lexicon.look(text, middle, end);
  if (!isFamily(family) || (middle - start === 1 && !(family & WORD.family))) return -1;
  if (isKana) return (given & WORD.given) !== 0 || ((given & WORD.givenKana) !== 0 && units > 2) ? middle : -1;
  if (units > 1) return isGiven(given) && !(given & (WORD.place | WORD.proper)) ? middle : -1;
  return (given & WORD.given) !== 0 && given >>> COMMON_SHIFT.given >= SHORT_RANK && !NEVER_GIVEN.includes(text[middle]!) ? middle : -1;
}

/** 大久保様 is called by the family name, 旦那様 by a word. */
function isOneWord(lexicon: Lexicon, text: string, start: number, end: number): boolean {
  return (lexicon.look(text, start, end) & (WORD.family | WORD.noun | WORD.city | WORD.prefecture)) !== 0;
}

/** Where a given name in kana begins, with the kanji that may end it (ひろ子); `end` where there is none. */
function kanaStart(text: string, end: number): number {
  if (LAST_KANJI.includes(text[end - 1] ?? '-')) {
    const kana = kanaStart(text, end - 1);
    return kana < end - 2 ? kana : end;
  }
  const sort = letterAt(text, end - 1);
  if (sort !== LETTER.hiragana && sort !== LETTER.katakana) return end;
  let start = end;
  while (start > 0 && end - start <= GIVEN_UNITS_MAX && letterAt(text, start - 1) === sort) start--;
  return start;
}

function kanjiStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < RUN_UNITS_MAX && isNamePart(text, start - 1)) start--;
  return start;
}

function isNamePart(text: string, at: number): boolean {
  return letterAt(text, at) === LETTER.kanji || (joinsKanji(text.charCodeAt(at)) && letterAt(text, at + 1) === LETTER.kanji);
}
