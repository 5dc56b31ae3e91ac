/** Spans that have the parts of a name and are none, whatever their score: numbers, ends of laws and buildings, the first half of a conjunction. */
import { type Lexicon, WORD } from './lexicon.js';
import { endsLikeThing } from './name-features.js';
import type { ScoredName } from './name-runs.js';
import { honorificAt } from './name-words.js';

/** 二十九, 平成十三年, 人口一人. */
const NUMBER = /^(?:[一二三四五六七八九十百千万〇]+|.{0,3}[一二三四五六七八九十百千〇]+[年月日条項号款章節編人円回件度倍分割時個名法])$/;
/** 作為又は, 時間外及び, 一人当たり: the last kanji opens a word that goes on in hiragana. */
const CONJUNCTION = /^(?:又は|及び|並び|若し|或い|且つ|当た|当り|等の|等に|等を|等が|等は)/;
const WORD_END = /(?:時代|大学|高校|学園|地方|地域|地区|海岸|高原|世代|年代|文化|方面|番地|法)$/;

/** For a candidate in a run of kanji that scored well enough. */
export function isNoName(text: string, name: ScoredName, lexicon: Lexicon): boolean {
  const span = text.slice(name.start, name.end);
  if (NUMBER.test(span) || CONJUNCTION.test(text.slice(name.end - 1, name.end + 1))) return true;
  if (WORD_END.test(span)) return !honorificAt(text, name.end);
  if (!endsLikeThing(text.charCodeAt(name.end - 1)) || name.end - name.middle < 1) return false;
  return !(lexicon.look(text, name.middle, name.end) & WORD.given) && !honorificAt(text, name.end);
}
