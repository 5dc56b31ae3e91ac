/**
 * Reads one place around a municipality that the lexicon knows: postcode and prefecture before it, town, numbers and building behind it. It
 * says how much of an address stands there, not whose it is.
 */
import { buildingEnd, type Chain, readChain, townEnd } from './address-chain.js';
import type { Strength } from './contract.js';
import { type Lexicon, WORD } from './lexicon.js';

const CITY_UNITS_MAX = 12;
const POSTCODE_BEFORE = /(?:〒 ?)?[0-9]{3}-[0-9]{4} ?\n? ?$/;
const PREFECTURE_BEFORE = /(?:北海道|東京都|大阪府|京都府|(?:神奈川|和歌山|鹿児島|[^\s、。]{2})県) ?$/;
/** Street names of Kyoto say where to turn: 寺町通御池上る. */
const KYOTO = /[通町条]?(?:上る|上ル|下る|下ル|入る|入ル|東入|西入)/;
/** 大字 and 字 stand before a part of a town, and its number needs no unit. */
const SECTION = /^大?字./;
/** Letters that a town unknown to the lexicon may have, up to the first number: kanji, katakana, and kana that stand inside place names. */
const UNKNOWN_TOWN = /[㐀-\u9fff々〆ァ-ヺーがのつヶケノツるルと() ]{1,24}?(?=[0-9]|[一二三四五六七八九十]{1,3}丁目)/y;
const NO_TOWN = /平成|昭和|令和|大正|明治|西暦|年|人口|面積|電話|第|約|全|計|間|東証|標高|最大|以|にお|内の/;

export interface Place {
  readonly start: number;
  readonly end: number;
  /** Where the municipality ends. */
  readonly cityEnd: number;
  readonly prefecture: boolean;
  readonly postcode: boolean;
  readonly town: 'known' | 'unknown' | 'none';
  readonly numbers: number;
  readonly units: number;
}

/**
 * Units are compared as numbers here: a letter of a text is a string of its own for each look, and made a tenth of the work.
 * 市 区 町 村 end a municipality, 都 道 府 県 a prefecture.
 */
const SPACE = 0x20;
const CITY = 0x5e02;
const COUNTY = 0x90e1;
const KIND = { suffix: 1, prefecture: 2 } as const;
const ends = new Uint8Array(65_536);
for (const letter of '市区町村') ends[letter.charCodeAt(0)] = KIND.suffix;
for (const letter of '都道府県') ends[letter.charCodeAt(0)] = KIND.prefecture;
const isSuffix = (text: string, at: number) => at >= 0 && at < text.length && ends[text.charCodeAt(at)] === KIND.suffix;
const isPrefectureEnd = (text: string, at: number) => at >= 0 && at < text.length && ends[text.charCodeAt(at)] === KIND.prefecture;

/** The place whose municipality's name ends at `suffixAt`; null when no municipality of the lexicon ends there. */
export function readPlace(folded: string, suffixAt: number, from: number, lexicon: Lexicon): Place | null {
  const cityStart = cityStartOf(folded, suffixAt, from, lexicon);
  if (cityStart < 0) return null;
  let cityEnd = suffixAt + 1;
  // 横浜市 is a municipality, 横浜市都筑区 a longer one: the longest that begins here is meant.
  for (let end = Math.min(folded.length, cityStart + CITY_UNITS_MAX); end > cityEnd; end--) {
    if (isSuffix(folded, end - 1) && lexicon.look(folded, cityStart, end) & WORD.city) cityEnd = end;
  }
  const wardEnd = wardAfter(folded, cityEnd, lexicon);
  if (wardEnd > cityEnd) cityEnd = wardEnd;
  const head = headBefore(folded, cityStart, from);
  return readRest(folded, head.start, cityEnd, head, lexicon);
}

/** Kanji and kana: nothing else stands in a municipality's name. */
const isNameLetter = (unit: number) => unit >= 0x3005 && unit !== 0x300c && unit !== 0x300d;

/** Where the longest municipality that ends at `suffixAt` begins, or -1. Behind a prefecture it begins at once. */
function cityStartOf(folded: string, suffixAt: number, from: number, lexicon: Lexicon): number {
  const least = Math.max(from, suffixAt + 1 - CITY_UNITS_MAX);
  let first = suffixAt;
  while (first > least && isNameLetter(folded.charCodeAt(first - 1))) first--;
  for (let at = suffixAt - 2; at > first; at--) {
    if (isPrefectureEnd(folded, at) && lexicon.look(folded, at + 1, suffixAt + 1) & WORD.city) return at + 1;
  }
  for (let start = first; start < suffixAt; start++) {
    if (lexicon.look(folded, start, suffixAt + 1) & WORD.city) return start;
  }
  return -1;
}

/** `横浜市 都筑区`, `東牟婁郡 串本町`: the second half stands behind a space. */
function wardAfter(folded: string, cityEnd: number, lexicon: Lexicon): number {
  const from = folded.charCodeAt(cityEnd) === SPACE ? cityEnd + 1 : cityEnd;
  for (let end = from + 2; end <= Math.min(folded.length, from + 6); end++) {
    if (!isSuffix(folded, end - 1) || folded.charCodeAt(end - 1) === CITY) continue;
    // What is a town as well is read as one.
    if ((lexicon.look(folded, from, end) & (WORD.city | WORD.town)) === WORD.city) return end;
  }
  return cityEnd;
}

const isGap = (unit: number) => unit === 0x20 || unit === 0x0a || unit === 0x0d;

/** A digit before `end`, or up to two spaces and line ends behind one. */
function endsInDigit(folded: string, end: number): boolean {
  let at = end - 1;
  for (let gap = 0; gap < 2 && isGap(folded.charCodeAt(at)); gap++) at--;
  const unit = folded.charCodeAt(at);
  return unit >= 0x30 && unit <= 0x39;
}

interface Head {
  readonly start: number;
  readonly prefecture: boolean;
  readonly postcode: boolean;
}

function headBefore(folded: string, cityStart: number, from: number): Head {
  let start = cityStart;
  const bare = folded.charCodeAt(start - 1) === SPACE ? start - 1 : start;
  // The county may be left out of the municipality's name: 東牟婁郡 | 串本町.
  const county =
    folded.charCodeAt(bare - 1) === COUNTY ? /[^\s、。0-9都道府県]{1,4}郡 ?$/.exec(folded.slice(Math.max(from, start - 6), start)) : null;
  const beforeCounty = county === null ? start : start - county[0].length;
  const last = folded.charCodeAt(beforeCounty - 1) === SPACE ? beforeCounty - 2 : beforeCounty - 1;
  const named = isPrefectureEnd(folded, last) ? PREFECTURE_BEFORE.exec(folded.slice(Math.max(from, beforeCounty - 6), beforeCounty)) : null;
  if (named !== null) start = beforeCounty - named[0].length;
  const digit = start > from && endsInDigit(folded, start);
  const code = digit ? POSTCODE_BEFORE.exec(folded.slice(Math.max(from, start - 14), start)) : null;
  const joined = code !== null && !/[0-9-]$/.test(folded.slice(Math.max(0, start - code[0].length - 1), start - code[0].length));
  return { start: joined ? start - code[0].length : start, prefecture: named !== null, postcode: joined };
}

function readRest(folded: string, start: number, cityEnd: number, head: Head, lexicon: Lexicon): Place {
  const at = skipSpace(folded, cityEnd);
  const town = readTown(folded, at, lexicon);
  if (town > at) {
    const chain = readChain(folded, town, true) ?? readChain(folded, skipSpace(folded, town), true);
    if (chain !== null) return placeOf(start, cityEnd, head, 'known', chain, buildingEnd(folded, chain.end));
  }
  const direct = readChain(folded, at, false);
  if (direct !== null) return placeOf(start, cityEnd, head, 'none', direct, buildingEnd(folded, direct.end));
  UNKNOWN_TOWN.lastIndex = at;
  const unknown = UNKNOWN_TOWN.exec(folded);
  if (unknown !== null && !NO_TOWN.test(unknown[0])) {
    const told = KYOTO.test(unknown[0]) || SECTION.test(unknown[0]);
    const chain = readChain(folded, at + unknown[0].length, told);
    if (chain !== null)
      return placeOf(start, cityEnd, head, town > at || told ? 'known' : 'unknown', chain, buildingEnd(folded, chain.end));
  }
  return placeOf(start, cityEnd, head, town > at ? 'known' : 'none', null, town > at ? town : cityEnd);
}

/** Written out, because copied objects of many shapes are what made this slow. */
function placeOf(start: number, cityEnd: number, head: Head, town: Place['town'], chain: Chain | null, end: number): Place {
  return {
    start,
    end,
    cityEnd,
    prefecture: head.prefecture,
    postcode: head.postcode,
    town,
    numbers: chain === null ? 0 : chain.numbers,
    units: chain === null ? 0 : chain.units,
  };
}

const skipSpace = (folded: string, at: number) => (folded.charCodeAt(at) === SPACE || folded.charCodeAt(at) === 0x0a ? at + 1 : at);

/** Town after an optional 大字 or 字, and a second one: 大字中野字上野. */
function readTown(folded: string, at: number, lexicon: Lexicon): number {
  let end = at;
  for (let turn = 0; turn < 3; turn++) {
    const unit = folded.charCodeAt(end);
    const from = unit === 0x5927 && folded.charCodeAt(end + 1) === 0x5b57 ? end + 2 : unit === 0x5b57 ? end + 1 : end;
    const next = townEnd(folded, from, lexicon);
    if (next === from) break;
    end = next;
    if (!(folded.charCodeAt(end) > 0x3000)) break;
  }
  return end;
}

export function strengthOf(place: Place): Strength | null {
  const anchored = place.prefecture || place.postcode;
  if (place.numbers === 0) return place.town === 'known' && anchored ? 'weak' : null;
  if (place.town === 'known') return anchored || place.units > 0 || place.numbers > 1 ? 'certain' : 'likely';
  if (place.town === 'unknown') return anchored ? 'likely' : place.units > 1 || place.numbers > 2 ? 'likely' : 'weak';
  return place.numbers > 1 && anchored ? 'likely' : 'weak';
}
