/**
 * Names outside a single run of kanji: family and given name with a space between, a given name in kana, readings in kana, Latin letters.
 * Each way needs both halves in the lexicon; one half alone is no name.
 */
import { COMMON_SHIFT, type Lexicon, WORD } from './lexicon.js';
import { isFamily, isGiven, type Run } from './name-features.js';
import { LETTER, letterAt } from './name-letters.js';
import type { ScoredName } from './name-runs.js';
import { endsInTitle, honorificAt } from './name-words.js';

const KANJI = '[㐀-\\u9fff\\uf900-\\ufaff々\\ud840-\\ud888\\udc00-\\udfff]';
/** Bounded on both sides, so that each place of a long run is tried at most a few times. */
const SPACED = new RegExp(
  `(?<!${KANJI})(${KANJI}(?:[ノケヶ]?${KANJI}){0,4}) {1,2}(${KANJI}{1,4}|${KANJI}{0,2}[ぁ-んァ-ヶ]{1,4}${KANJI}{0,1})(?!${KANJI})`,
  'g',
);
const KANA_PAIR =
  /(?<![ァ-ヺーぁ-んﾞﾟ・])((?:[ァ-ヺーﾞﾟ]{2,10}|[ぁ-んー]{2,8})) {1,2}((?:[ァ-ヺーﾞﾟ]{2,10}|[ぁ-んー]{2,8}))(?![ァ-ヺーぁ-んﾞﾟ・])/g;
const FOREIGN = /(?<![ァ-ヺー])[ァ-ヺー]{2,12}(?:[・ =][ァ-ヺー]{1,14}){1,4}(?![ァ-ヺー])/g;
const SYLLABLES =
  '(?:(?:[kgsztdnhbpmrwyjfc]|ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|kk|tt|pp|ss|ssh|tch|mm|nn|nm)?(?:[aiueo]h?|ou|oo|uu)|n(?![aiueo])){2,6}';
const LATIN = new RegExp(`(?<![A-Za-z'.@-])(${SYLLABLES})(?:, ?| {1,2})(${SYLLABLES})(?![A-Za-z'@-]|\\.[A-Za-z])`, 'gi');
/** Words of English and of programs that are readings of rare names too. */
const LATIN_STOP =
  /^(?:are|use|one|none|same|some|name|make|made|take|time|home|more|here|there|these|those|note|file|size|type|mode|node|code|core|base|case|date|data|none|date|same|sure|mine|dare|sake|tame|no|to|so|do|go|me|he|we|be|in|on|an|un|can|man|men|ten|sun|run|ran|then|than|main|join|chain|sign|also|into|auto|demo|memo|info|repo|hero|zero|mono|photo|video|radio|audio|studio|china|asia|india|anime|karate|tokyo|osaka|kyoto|nara|kobe|chiba|japan|nihon|nippon|java|unicode|ubuntu|samba|kyushu|hokkaido|honshu|shikoku|page|home|site|image|cache|change|machine|online|engine|routine|combine|define|determine|gate|get|set|reset|put|input|ni|wa|ga)$/i;
/** Hiragana after a family name that is no given name. */
const KANA_STOP =
  /^(?:から|まで|より|など|には|では|とは|ので|のみ|また|および|ほか|たち|ため|こと|もの|とき|ところ|という|として|とも|にて|ながら|らしい|らが|らは|らの|らを|らに|しか|だけ|ばかり|さえ|すら|ここ|これ|それ|さん|さま|ちゃん|くん|する|した|して|され|なる|なり|なっ|いる|ある|あり|への|への|との|での|がい|かな|でき|でも|にも|にお|によ|につ|にか|をし|とし|がま|のり|のか|のも|もの|よう|そう|まま|がも|はな|はる|やか|かな|まり|もと)$/;

const nounRank = (flags: number) => (flags >>> COMMON_SHIFT.noun) & 15;
const PLACE = WORD.place | WORD.town | WORD.city | WORD.prefecture;

export function findSpaced(text: string, lexicon: Lexicon): ScoredName[] {
  const found: ScoredName[] = [];
  SPACED.lastIndex = 0;
  for (let parts = SPACED.exec(text); parts !== null; parts = SPACED.exec(text)) {
    const [all, left, right] = parts as unknown as [string, string, string];
    const end = parts.index + all.length;
    const middle = end - right.length;
    const start = familyStart(text, lexicon, parts.index, parts.index + left.length);
    // 理事長 新木 一弘: what is no name may be the title before one.
    if (start < 0) SPACED.lastIndex = middle;
    else {
      const score = scoreOfPair(lexicon.look(text, start, parts.index + left.length), lexicon.look(text, middle, end), right, lexicon);
      if (score <= -2) SPACED.lastIndex = middle;
      found.push({ start, middle, end, score: score + (honorificAt(text, end) ? 1 : 0) });
    }
  }
  return found;
}

/** Where the longest family name that ends at `end` begins: at `from`, or behind a title. -1 without one. */
function familyStart(text: string, lexicon: Lexicon, from: number, end: number): number {
  for (let start = Math.max(from, end - 4); start < end; start++) {
    if (isFamily(lexicon.look(text, start, end)) && (start === from || endsInTitle(text, from, start))) return start;
  }
  return -1;
}

const KANA_NAME = /^[ぁ-んァ-ヺー]{2,}$/;

function scoreOfPair(family: number, given: number, right: string, lexicon: Lexicon): number {
  if (KANA_NAME.test(right))
    return given & (WORD.given | WORD.givenKana) && !KANA_STOP.test(right) && family & WORD.family && nounRank(family) < 4 ? 0.6 : -3;
  if (!isGiven(given)) {
    const letters = lexicon.givenLast(right.charCodeAt(right.length - 1)) > 6 && lexicon.givenFirst(right.charCodeAt(0)) > 3;
    return letters && !(given & (WORD.noun | WORD.proper | PLACE)) && family & WORD.family ? 0 : -3;
  }
  if (nounRank(given) >= 4 && nounRank(family) >= 4) return -2.5;
  if (given & (WORD.noun | PLACE) && !(given & WORD.given)) return -2;
  if (!(family & WORD.family) && !(given & WORD.given)) return family & (WORD.noun | PLACE) ? -2 : -0.5;
  return family & WORD.family && given & WORD.given ? 4 : 1;
}

/** A given name in kana right behind a run of kanji that ends in a family name: 望月あきら, 土屋アンナ, 西尾えつ子. */
export function kanaGivenAfter(text: string, lexicon: Lexicon, run: Run): ScoredName | null {
  const middle = run.end;
  const letter = letterAt(text, middle);
  if (letter !== LETTER.hiragana && letter !== LETTER.katakana) return null;
  const count = lexicon.lookNames(text, middle, Math.min(text.length, middle + KANA_GIVEN_UNITS_MAX), KANA_GIVEN_UNITS_MAX, GIVEN_FLAGS);
  for (let units = count; units >= 2; units--) {
    const end = middle + units;
    const given = GIVEN_FLAGS[units]!;
    const inList = (given & WORD.given) !== 0 || ((given & WORD.givenKana) !== 0 && units >= 3);
    if (!inList || given & WORD.inflected || !mayFollow(text, end)) continue;
    const kana = text.slice(middle, end);
    if (!KANA_GIVEN.test(kana) || KANA_STOP.test(kana)) continue;
    const family = familyBefore(text, lexicon, run);
    if (family !== null) return { start: family.start, middle, end, score: given & WORD.given && family.common ? 0.5 : -0.6 };
  }
  return null;
}

const KANA_GIVEN_UNITS_MAX = 5;
const KANA_GIVEN = /^(?:[ぁ-んー]{1,4}|[ァ-ヺー]{2,5})[子美代江恵]?$/;
const GIVEN_FLAGS = new Uint32Array(KANA_GIVEN_UNITS_MAX + 1);

/** The longest family name at the end of a run that begins it or follows a title. */
function familyBefore(text: string, lexicon: Lexicon, run: Run): { start: number; common: boolean } | null {
  for (let size = Math.min(4, run.end - run.start); size >= 2; size--) {
    const start = run.end - size;
    const family = lexicon.look(text, start, run.end);
    if (!(family & WORD.family) || nounRank(family) >= 4) continue;
    if (start > run.start && !endsInTitle(text, run.start, start)) continue;
    return { start, common: ((family >>> COMMON_SHIFT.family) & 15) >= 4 };
  }
  return null;
}

function mayFollow(text: string, at: number): boolean {
  const letter = letterAt(text, at);
  if (letter === LETTER.katakana || letter === LETTER.kanji) return honorificAt(text, at);
  return letter !== LETTER.hiragana || 'はがをにのともやへでら'.includes(text[at]!) || honorificAt(text, at);
}

export function findKanaPairs(text: string, lexicon: Lexicon): ScoredName[] {
  const found: ScoredName[] = [];
  for (const parts of matchesOf(KANA_PAIR, text)) {
    const [all, left, right] = parts as unknown as [string, string, string];
    const [start, end] = [parts.index, parts.index + all.length];
    const family = lexicon.look(text, start, start + left.length);
    const given = lexicon.look(text, end - right.length, end);
    if (!(family & WORD.familyKana) || !(given & WORD.givenKana)) continue;
    const plain = KANA_STOP.test(left) || KANA_STOP.test(right);
    found.push({ start, middle: end - right.length, end, score: plain ? -3 : left.length > 2 || right.length > 2 ? 0.5 : -1.5 });
  }
  return found;
}

/** Long names in katakana, only where an honorific says that it is a person's: products and works are written the same way. */
export function findForeign(text: string): ScoredName[] {
  const found: ScoredName[] = [];
  for (const parts of matchesOf(FOREIGN, text)) {
    const end = parts.index + parts[0].length;
    if (honorificAt(text, end)) found.push({ start: parts.index, middle: parts.index, end, score: 0.5 });
  }
  return found;
}

export function findLatin(text: string, lexicon: Lexicon): ScoredName[] {
  const found: ScoredName[] = [];
  for (const parts of matchesOf(LATIN, text)) {
    const [all, left, right] = parts as unknown as [string, string, string];
    if (
      !/^[A-Z]/.test(left) ||
      !/^[A-Z]/.test(right) ||
      Math.min(left.length, right.length) < 3 ||
      LATIN_STOP.test(left) ||
      LATIN_STOP.test(right)
    )
      continue;
    const [start, end] = [parts.index, parts.index + all.length];
    const one = lexicon.look(text, start, start + left.length);
    const other = lexicon.look(text, end - right.length, end);
    const pair = (one & WORD.familyRomaji && other & WORD.givenRomaji) || (one & WORD.givenRomaji && other & WORD.familyRomaji);
    if (pair) found.push({ start, middle: end - right.length, end, score: left.length + right.length >= 9 ? 0.5 : -1 });
  }
  return found;
}

function* matchesOf(pattern: RegExp, text: string): Iterable<RegExpExecArray> {
  pattern.lastIndex = 0;
  for (let parts = pattern.exec(text); parts !== null; parts = pattern.exec(text)) yield parts;
}
