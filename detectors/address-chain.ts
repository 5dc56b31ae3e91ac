/**
 * Reads what follows a municipality: town, chome, block and house number, building and room. The town is taken by longest match before any
 * number is read, because 三田, 五反田, 六本木 and 八王子 begin with numerals.
 */
import { joinNumbers, readPlainChain } from './address-plain.js';
import { readNumeral } from './calendar.js';
import { type Lexicon, WORD } from './lexicon.js';

const TOWN_UNITS_MAX = 14;
const FOUND = new Uint32Array(TOWN_UNITS_MAX + 1);

/** End of the longest town that begins at `at`, or `at` itself. */
export function townEnd(text: string, at: number, lexicon: Lexicon): number {
  const last = Math.min(text.length, at + TOWN_UNITS_MAX);
  let end = at;
  while (end < last && !isNoTown(text.charCodeAt(end))) end++;
  const count = lexicon.lookTowns(text, at, end, TOWN_UNITS_MAX, FOUND);
  for (let n = count; n >= 1; n--) if (FOUND[n]! & WORD.town) return at + n;
  return at;
}

/** Digits may stand in a town's name, blanks, hyphens and punctuation never do: what lies behind them need not be looked up. */
const isNoTown = (unit: number) => unit <= 0x2f || unit === 0x3001 || unit === 0x3002;

const NUMBER = '(?:[0-9]{1,5}|[一二三四五六七八九十百千〇]{1,7})';
/** What follows a number in an address. */
const UNIT =
  '(?:丁目|丁|番地割|地割|番地の|番地|番町|番|号室|号棟|号館|号|条(?:通|東|西|南|北)?|線(?:東|西|南|北)?|区画|街区|画地|組|班|の町|軒)';
const JOIN =
  '(?:(?: ?(?:[-/~・,、]|の|ノ|乃) ?|(?<=[一二三四五六七八九十百千〇])ー(?=[一二三四五六七八九十百千〇])| (?=[0-9]))(?!0[0-9]|[0-9]{3}-[0-9]{4}(?![0-9])))';
const PREFIX = '(?:第|甲|乙|丙|丁|戊|イ|ロ|ハ|ニ|ホ|[A-Z]|東|西|南|北|上|中|下|大字|字|地先)?';
const STEP = `${PREFIX}${NUMBER}(?:${UNIT}|${JOIN}${NUMBER}(?![0-9])${UNIT}?|(?![0-9]))`;

const FIRST = new RegExp(`(?: ?(?:甲|乙|丙|丁|第|東|西|南|北|上|中|下|字|[A-Z]|[イロハニホ])?)?${NUMBER}(?![0-9])`, 'y');
/** A telephone number or postcode behind an address belongs to neither. */
const NO_STEP = '(?! ?0[0-9]{1,4}[-(]| ?[0-9]{3}-[0-9]{4}(?![0-9])| [0-9]{4}-[0-9]{6})';
const CHAIN = new RegExp(`(?:${NO_STEP} ?${STEP}(?:${JOIN}|(?=[東西南北上中下]))?){1,8}`, 'y');
/** 2019年, 3人, 五つ: a number that counts something is none of an address. */
const COUNTED =
  /^(?: ?(?:年|月|日|時(?!雨)|分(?!譲)|秒|人|名(?!古屋)|円|万|億|千円|%|パーセント|件|位|回|度|階建|歳|才|代|世紀|次|級|km|m(?![a-z])|メートル|キロ|周年|カ所|か所|箇所|ヶ所|つ|校|社|店|台|本(?!町)|区(?![画0-9])|市(?!場)|町(?!目)|村|大学|選手|番目|番組|番ホ|号線|号機|号車|軍|戦|試合|点|部|軒|戸|棟(?=は|が|の)|ヘクタール|ha|平方|立方|両|系|形|型|組(?=が|の|は)|種|期|年度|年代|個|枚|冊|倍|割|票|議席))/;
const KANJI_ONLY = /^[ ]?[甲乙丙丁第東西南北字]?[一二三四五六七八九十百千〇]+$/;

export interface Chain {
  readonly end: number;
  /** Numbers read, units (丁目 …) among them. */
  readonly numbers: number;
  readonly units: number;
}

/** The chain of numbers at `at`, or null when there is none or its number counts something else. */
export function readChain(text: string, at: number, townKnown: boolean): Chain | null {
  const plain = readPlainChain(text, at);
  if (plain !== null) return plain.units === 0 && !townKnown && plain.numbers === 1 ? null : plain;
  FIRST.lastIndex = at;
  if (!FIRST.test(text)) return null;
  CHAIN.lastIndex = at;
  const found = CHAIN.exec(text);
  if (found === null) return null;
  let chain = found[0];
  if (COUNTED.test(text.slice(at + chain.length, at + chain.length + 8))) {
    // The last number belongs to what follows: 三丁目5月 → 三丁目.
    const last = /[ -]?[0-9一二三四五六七八九十百千〇]+$/.exec(chain)?.[0] ?? '';
    const shorter = chain.slice(0, chain.length - last.length);
    // Behind a space another word begins: 6-10-1 六本木ヒルズ.
    if (last === '' || !(last.startsWith(' ') || /(?:丁目|番地?|号)$/.test(shorter))) return null;
    chain = shorter;
  }
  const { length, numbers, units } = measureChain(chain);
  // A kanji numeral without a unit is more often a word: 北区一番, 三十分.
  if (units === 0 && (KANJI_ONLY.test(chain.slice(0, length)) || (!townKnown && !/[-の]/.test(chain)))) return null;
  return numbers === 0 ? null : { end: at + length, numbers, units };
}

const KANJI_DIGITS = '一二三四五六七八九十百千〇';
const UNIT_STARTS = '丁番号条線';
const TRAILING = ' -/~・,、のノ乃東西南北上中下';

/** Length without what joins the next part, and how many numbers and units stand in it. */
function measureChain(chain: string): { length: number; numbers: number; units: number } {
  let { length } = chain;
  while (length > 0 && TRAILING.includes(chain[length - 1]!)) length--;
  let numbers = 0;
  let units = 0;
  let inNumber = false;
  for (let at = 0; at < length; at++) {
    const unit = chain.charCodeAt(at);
    const digit = (unit >= 0x30 && unit <= 0x39) || (unit > 0x3000 && KANJI_DIGITS.includes(chain[at]!));
    if (digit && !inNumber) numbers++;
    if (!digit && inNumber && UNIT_STARTS.includes(chain[at]!)) units++;
    inNumber = digit;
  }
  return { length, numbers, units };
}

const BUILDING_WORD =
  'マンション|アパート|ハイツ|コーポ(?:ラス)?|ハイム|メゾン|ビル(?:ディング)?|荘|寮|住宅|団地|公舎|官舎|社宅|タワー|レジデンス|パレス|コート|ハウス|ヴィラ|ビラ|プラザ|グリーン|ガーデン|シティ|ホームズ?|エステート|パーク|キャッスル|シャトー|サン[ァ-ヺ]|グラン|ロイヤル|ライオンズ|カーサ|ヒルズ|テラス|ステージ|フラット|棟|館|号室|会館|センター|庁舎|方';
const BUILDING = new RegExp(
  `[ ,、]{0,2}(?:[^ \\n、。,「」()<>|:;=]{0,24}(?:${BUILDING_WORD})[^ \\n、。,「」()<>|:;=0-9]{0,10})(?:(?: ?[A-Z]?[0-9]{1,4}(?:号室|号棟|号|階|F|室|棟)?| ?[A-Z]棟?)(?:-?[0-9]{1,4}(?:号室|号|室)?)?)?`,
  'y',
);
const ROOM = /[- ]?(?:[A-Z]?-?[0-9]{1,4}(?:号室|階|F(?![A-Za-z])|室)|[A-Z]-?[0-9]{2,4}(?![0-9A-Za-z]))/y;
const noBuilding = new Uint8Array(65_536);
for (const letter of '\n。|;:"）」はがをにのともでへ') noBuilding[letter.charCodeAt(0)] = 1;
const PARTICLE_IN = /[はがをにへで]|です|ます|から|まで|により/;

/** End of building and room after the numbers, or `at`. */
export function buildingEnd(text: string, at: number): number {
  let end = at;
  // Most addresses end with their number: 、 。 and line ends stand where a building would.
  if (at >= text.length || noBuilding[text.charCodeAt(at)] === 1) return at;
  BUILDING.lastIndex = at;
  const found = BUILDING.exec(text);
  if (found !== null && !/^[ ,、]*[ぁ-ん]/.test(found[0]) && !PARTICLE_IN.test(found[0]) && !/^[ ,、]*[0-9]/.test(found[0]))
    end = at + found[0].length;
  ROOM.lastIndex = end;
  const room = ROOM.exec(text);
  if (room !== null) end += room[0].length;
  // `(壱番館)` and `(A棟)` stand in brackets behind the number.
  const bracket = text.charCodeAt(end) === 0x28 ? /^\([^()\n]{1,14}\)/.exec(text.slice(end, end + 16)) : null;
  if (bracket !== null && /棟|館|室|階|方|号/.test(bracket[0])) end += bracket[0].length;
  return end;
}

/** 三丁目五番地六号, ３丁目５−６ and 3-5-6 are one address: numbers in ASCII joined by hyphens, no spaces, no unit words. */
export function normalAddress(folded: string): string {
  const found = traitsOf(folded);
  let plain = found & TRAIT.gap ? folded.replace(/[ \n]/g, '') : folded;
  const first = plain.charCodeAt(0);
  if (first === 0x3012 || (first >= 0x30 && first <= 0x39)) plain = plain.replace(/^〒?[0-9]{3}-[0-9]{4}(?![0-9-])/, '');
  if (found & TRAIT.small) plain = plain.toUpperCase();
  if (found & TRAIT.numeral && NUMERAL_UNIT.test(plain))
    plain = plain.replace(/[一二三四五六七八九十百千〇]{1,7}(?=丁目|番|号|条|線|地割)/g, (numeral) => String(readNumeral(numeral)));
  if (found & TRAIT.numeral && plain.includes('ー'))
    plain = plain.replace(/[一二三四五六七八九十百千〇]{1,7}(?:ー[一二三四五六七八九十百千〇]{1,7})+/g, (chain) =>
      chain
        .split('ー')
        .map((numeral) => String(readNumeral(numeral)))
        .join('-'),
    );
  if (found & TRAIT.odd) plain = plain.replace(/ヶ/g, 'ケ').replace(/大字|字(?=.)/g, '');
  return joinNumbers(plain);
}

/** What of an address needs rewriting, found in one pass. */
const TRAIT = { gap: 1, small: 2, numeral: 4, odd: 8 } as const;
const traits = new Uint8Array(65_536);
for (const letter of ' \n') traits[letter.charCodeAt(0)] = TRAIT.gap;
for (let unit = 0x61; unit <= 0x7a; unit++) traits[unit] = TRAIT.small;
for (const letter of KANJI_DIGITS) traits[letter.charCodeAt(0)] = TRAIT.numeral;
for (const letter of 'ヶ字') traits[letter.charCodeAt(0)] = TRAIT.odd;

function traitsOf(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at++) found |= traits[text.charCodeAt(at)]!;
  return found;
}

const NUMERAL_UNIT = /[一二三四五六七八九十百千〇](?:丁目|番|号|条|線|地割)/;
