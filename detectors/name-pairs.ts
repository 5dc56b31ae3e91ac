/**
 * Names outside a single run of kanji: family and given name with a space between, a given name in kana, readings in kana, Latin letters.
 * Each way needs both halves in the lexicon; one half alone is no name.
 */
import { COMMON_SHIFT, type Lexicon, WORD } from './lexicon.js';
import { isFamily, isGiven, type Run } from './name-features.js';
import { joinsKanji, LETTER, letterAt } from './name-letters.js';
import type { RunEnd, ScoredName } from './name-runs.js';
import { endsInTitle, honorificAt } from './name-words.js';
import type { Offsets } from './survey.js';

const KANJI = '[㐀-\\u9fff\\uf900-\\ufaff々\\ud840-\\ud888\\udc00-\\udfff]';
/** Tried at each place before a gap where a run of kanji can begin. */
const SPACED = new RegExp(
  `(?<!${KANJI})(${KANJI}(?:[ノケヶ]?${KANJI}){0,4}) {1,2}(${KANJI}{1,4}|${KANJI}{0,2}[ぁ-んァ-ヶ]{1,4}${KANJI}{0,1})(?!${KANJI})`,
  'y',
);
const KANA_PAIR =
  /(?<![ァ-ヺーぁ-んﾞﾟ・])((?:[ァ-ヺーﾞﾟ]{2,10}|[ぁ-んー]{2,8})) {1,2}((?:[ァ-ヺーﾞﾟ]{2,10}|[ぁ-んー]{2,8}))(?![ァ-ヺーぁ-んﾞﾟ・])/y;
const FOREIGN = /(?<![ァ-ヺー])[ァ-ヺー]{2,12}(?:[・ =][ァ-ヺー]{1,14}){1,4}(?![ァ-ヺー])/y;
const SYLLABLES =
  '(?:(?:[kgsztdnhbpmrwyjfc]|ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|kk|tt|pp|ss|ssh|tch|mm|nn|nm)?(?:[aiueo]h?|ou|oo|uu)|n(?![aiueo])){2,6}';
const LATIN = new RegExp(`(?<![A-Za-z'.@-])(${SYLLABLES})(?:, ?| {1,2})(${SYLLABLES})(?![A-Za-z'@-]|\\.[A-Za-z])`, 'iy');
/** Words of English and of programs that are readings of rare names too. */
const LATIN_STOP =
  /^(?:are|use|one|none|same|some|name|make|made|take|time|home|more|here|there|these|those|note|file|size|type|mode|node|code|core|base|case|date|data|none|date|same|sure|mine|dare|sake|tame|no|to|so|do|go|me|he|we|be|in|on|an|un|can|man|men|ten|sun|run|ran|then|than|main|join|chain|sign|also|into|auto|demo|memo|info|repo|hero|zero|mono|photo|video|radio|audio|studio|china|asia|india|anime|karate|tokyo|osaka|kyoto|nara|kobe|chiba|japan|nihon|nippon|java|unicode|ubuntu|samba|kyushu|hokkaido|honshu|shikoku|page|home|site|image|cache|change|machine|online|engine|routine|combine|define|determine|gate|get|set|reset|put|input|ni|wa|ga)$/i;
/** Hiragana after a family name that is no given name. */
const KANA_STOP =
  /^(?:[はがをとにも]こ|ビル|ガールズ?|ボーイズ?|ハイツ|コーポ|ホール|ドーム|タワー|パーク|ランド|ダム|ゼミ|チーム|ファン|グループ|シリーズ|カップ|ライン|ルート|モデル|デルタ|バス|タイプ|または|あるいは|もしくは|ならびに|から|まで|より|など|には|では|とは|ので|のみ|また|および|ほか|たち|ため|こと|もの|とき|ところ|という|として|とも|にて|ながら|らしい|らが|らは|らの|らを|らに|しか|だけ|ばかり|さえ|すら|ここ|これ|それ|さん|さま|ちゃん|くん|する|した|して|され|なる|なり|なっ|いる|ある|あり|への|への|との|での|がい|かな|でき|でも|にも|にお|によ|につ|にか|をし|とし|がま|のり|のか|のも|もの|よう|そう|まま|がも|はな|はる|やか|かな|まり|もと)$/;

const nounRank = (flags: number) => (flags >>> COMMON_SHIFT.noun) & 15;
const PLACE = WORD.place | WORD.town | WORD.city | WORD.prefecture;

/** Five kanji with kana between each. */
const FAMILY_UNITS_MAX = 9;

/** `gaps`: the spaces between Japanese letters; what stands there now may have been blanked. */
export function findSpaced(text: string, lexicon: Lexicon, gaps: Offsets): ScoredName[] {
  const found: ScoredName[] = [];
  let from = 0;
  for (let gap = 0; gap < gaps.count; gap++) {
    const parts = spacedAt(text, gaps.at(gap), from);
    if (parts === null) continue;
    const [all, left, right] = parts as unknown as [string, string, string];
    const end = parts.index + all.length;
    const middle = end - right.length;
    const start = familyStart(text, lexicon, parts.index, parts.index + left.length);
    // 理事長 新木 一弘: what is no name may be the title before one.
    from = start < 0 ? middle : end;
    if (start >= 0) {
      const score = scoreOfPair(lexicon.look(text, start, parts.index + left.length), lexicon.look(text, middle, end), right, lexicon);
      if (score <= -2) from = middle;
      found.push({ start, middle, end, score: score + (honorificAt(text, end) ? 1 : 0) });
    }
  }
  return found;
}

/** The leftmost match whose gap stands at `gap` and that begins at `from` or behind it. */
function spacedAt(text: string, gap: number, from: number): RegExpExecArray | null {
  let first = gap;
  while (first > from && gap - first < FAMILY_UNITS_MAX && isNamePart(text, first - 1)) first--;
  for (let start = first; start < gap; start++) {
    if (letterAt(text, start) !== LETTER.kanji || (start > 0 && letterAt(text, start - 1) === LETTER.kanji)) continue;
    SPACED.lastIndex = start;
    const parts = SPACED.exec(text);
    if (parts !== null) return parts;
  }
  return null;
}

function isNamePart(text: string, at: number): boolean {
  return letterAt(text, at) === LETTER.kanji || joinsKanji(text.charCodeAt(at));
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
  if (!(family & WORD.family) && !(given & WORD.given)) return family & (WORD.noun | PLACE) ? -2 : -1;
  return family & WORD.family && given & WORD.given ? 4 : 1;
}

/** Given names in kana right behind a run of kanji that ends in a family name: 望月あきら, 土屋アンナ, 西尾えつ子. */
export function kanaGivenNames(lexicon: Lexicon): RunEnd {
  return {
    family: (text, run) => familyBefore(text, lexicon, run),
    name: (text, run, family) => kanaGivenAfter(text, lexicon, run, family),
  };
}

function kanaGivenAfter(text: string, lexicon: Lexicon, run: Run, family: number): ScoredName | null {
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
    const common = (family & COMMON_FAMILY) !== 0;
    return { start: middle - (family & FAMILY_UNITS), middle, end, score: given & WORD.given && common ? 0.5 : -1 };
  }
  return null;
}

const FAMILY_UNITS = 7;
const COMMON_FAMILY = 8;
const KANA_GIVEN_UNITS_MAX = 5;
const KANA_GIVEN = /^(?:[ぁ-んー]{1,4}|[ァ-ヺー]{2,5})[子美代江恵]?$/;
const GIVEN_FLAGS = new Uint32Array(KANA_GIVEN_UNITS_MAX + 1);

/** The longest family name at the end of a run that begins it or follows a title: its units and whether it is common; 0 without one. */
function familyBefore(text: string, lexicon: Lexicon, run: Run): number {
  for (let size = Math.min(4, run.end - run.start); size >= 2; size--) {
    const start = run.end - size;
    const family = lexicon.look(text, start, run.end);
    if (!(family & WORD.family) || nounRank(family) >= 4) continue;
    if (start > run.start && !endsInTitle(text, run.start, start)) continue;
    return size | (((family >>> COMMON_SHIFT.family) & 15) >= 4 ? COMMON_FAMILY : 0);
  }
  return 0;
}

function mayFollow(text: string, at: number): boolean {
  const letter = letterAt(text, at);
  if (letter === LETTER.katakana || letter === LETTER.kanji) return honorificAt(text, at);
  return letter !== LETTER.hiragana || 'はがをにのともやへでら'.includes(text[at]!) || honorificAt(text, at);
}

/** `gaps`: as for `findSpaced`. */
export function findKanaPairs(text: string, lexicon: Lexicon, gaps: Offsets): ScoredName[] {
  const found: ScoredName[] = [];
  for (const parts of matchesAt(KANA_PAIR, text, gaps, isKana, KANA_UNITS_MAX)) {
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

/** First letters of what people are called to their face; 監督 and 大統領 follow the famous. */
const FOREIGN_HONORIFICS = '様さ殿氏ち先君';

/** Long names in katakana, only where an honorific says that it is a person's: products and works are written the same way. */
export function findForeign(text: string, gaps: Offsets): ScoredName[] {
  const found: ScoredName[] = [];
  for (const parts of matchesAt(FOREIGN, text, gaps, isKatakana, FOREIGN_UNITS_MAX)) {
    const end = parts.index + parts[0].length;
    const called = FOREIGN_HONORIFICS.includes(text[text[end] === ' ' ? end + 1 : end] ?? '-');
    if (called && honorificAt(text, end)) found.push({ start: parts.index, middle: parts.index, end, score: 0.5 });
  }
  return found;
}

export function findLatin(text: string, lexicon: Lexicon, gaps: Offsets): ScoredName[] {
  const found: ScoredName[] = [];
  for (const parts of matchesAt(LATIN, text, gaps, isLatin, LATIN_UNITS_MAX)) {
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

/** The longest words that can be the first half, and a unit more. */
const KANA_UNITS_MAX = 11;
const FOREIGN_UNITS_MAX = 13;
/** Six syllables of at most five letters. */
const LATIN_UNITS_MAX = 31;

const isKana = (unit: number) =>
  (unit >= 0x3041 && unit <= 0x3093) || isKatakana(unit) || unit === 0xff9e || unit === 0xff9f || unit === 0x30fb;
const isKatakana = (unit: number) => (unit >= 0x30a1 && unit <= 0x30fa) || unit === 0x30fc;
const isLatin = (unit: number) => (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

/** Matches that begin with the word before one of `gaps`, none overlapping. */
function* matchesAt(
  pattern: RegExp,
  text: string,
  gaps: Offsets,
  isLetter: (unit: number) => boolean,
  unitsMax: number,
): Iterable<RegExpExecArray> {
  let from = 0;
  for (let gap = 0; gap < gaps.count; gap++) {
    const end = gaps.at(gap);
    let start = end;
    while (start > 0 && end - start < unitsMax && isLetter(text.charCodeAt(start - 1))) start--;
    if (start < from || start === end) continue;
    pattern.lastIndex = start;
    const parts = pattern.exec(text);
    if (parts === null) continue;
    from = start + parts[0].length;
    yield parts;
  }
}
