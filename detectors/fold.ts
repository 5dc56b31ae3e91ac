/**
 * The forms in which texts are compared: `fold` keeps every offset, `foldName` and `foldLabel` do not.
 * It changes how characters are written, never which words stand there.
 */

const HYPHENS = '\u00ad\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212\u2500\u2501\ufe58\ufe63\uff0d';
const SPACES = '\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff';
const HALF_KANA =
  '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン';

/** Variant characters of names that NFKC leaves apart; the left one of a group is the form kept. */
const VARIANTS =
  '高髙 崎﨑嵜碕 吉𠮷 辺邉邊 浜濵濱 徳德 真眞 瀬瀨 富冨 島嶋嶌 桑桒 橋槗 斎齋 斉齊 沢澤 広廣 国國 関關 恵惠 栄榮 桜櫻 竜龍 滝瀧 渋澁澀 団團 塩鹽 壮壯 奥奧 実實 宝寶 寿壽 将將 尭堯 巌巖 弥彌 従從 応應 戸戶 拡擴 検檢 ' +
  '楽樂 槙槇 浅淺 焼燒 状狀 猫貓 穂穗 緑綠 経經 総總 縄繩 為爲 与與 万萬 乗乘 亀龜 伝傳 児兒 内內 円圓 写寫 凛凜 剣劍劔 励勵 医醫 参參 双雙 台臺 増增 声聲 学學 峰峯 帯帶 庁廳 当當 戦戰 数數 旧舊 昼晝 晋晉 暁曉 ' +
  '曽曾 条條 来來 査查 柳栁 松枩 梅楳 歩步 歳歲 気氣 沖冲 涼凉 淵渕 温溫 湾灣 満滿 潜潛 灯燈 点點 独獨 瑶瑤 画畫 番畨 称稱 稲稻 穣穰 粋粹 糸絲 絵繪 聡聰 芸藝 茎莖 荘莊 蔵藏 薫薰 蛍螢 覚覺 覧覽 読讀 豊豐 軽輕 遥遙 ' +
  '郎郞 鉄鐵 銭錢 鋭銳 録錄 隣鄰 静靜 頼賴 顕顯 館舘 駅驛 鶏鷄 麦麥 黄黃 黒黑 昇曻 角⻆ 禄祿';

const map = new Uint16Array(65_536);
for (let unit = 0; unit < map.length; unit++) map[unit] = unit;
for (let unit = 0xff01; unit <= 0xff5e; unit++) map[unit] = unit - 0xfee0;
for (let at = 0; at < HALF_KANA.length; at++) map[0xff61 + at] = HALF_KANA.charCodeAt(at);
// PDF fonts often map 山 and 見 to Kangxi radicals, and old tables to compatibility ideographs; NFKC knows both, one to one.
for (const [from, to] of [
  [0x2e80, 0x2fd5],
  [0xf900, 0xfaff],
] as const) {
  for (let unit = from; unit <= to; unit++) {
    const plain = String.fromCharCode(unit).normalize('NFKC');
    if (plain.length === 1) map[unit] = plain.charCodeAt(0);
  }
}
for (const hyphen of HYPHENS) map[hyphen.charCodeAt(0)] = 0x2d;
for (const space of SPACES) map[space.charCodeAt(0)] = 0x20;
map[0xffe5] = 0xa5;
// 巿 (an apron) is typed for 市 (a city): both have four strokes and look alike in print.
map[0x5dff] = 0x5e02;

const PROLONGED = 0x30fc;
const HYPHEN = 0x2d;
const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;
const CHUNK_UNITS = 4_096;
const chunk = new Uint16Array(CHUNK_UNITS);

/** What a unit becomes: itself for nearly all. */
const unitAt = (text: string, at: number): number => {
  const unit = map[text.charCodeAt(at)]!;
  return unit === PROLONGED && isBetweenDigits(text, at) ? HYPHEN : unit;
};

function isBetweenDigits(text: string, at: number): boolean {
  return at > 0 && at + 1 < text.length && isDigit(map[text.charCodeAt(at - 1)]!) && isDigit(map[text.charCodeAt(at + 1)]!);
}

/**
 * The text with one width, one hyphen and one space, exactly as long as the input in UTF-16 units, so that offsets agree.
 * A voiced mark of half-width kana stays a unit of its own. `ー` becomes a hyphen only between digits.
 */
export function fold(text: string): string {
  const { length } = text;
  let first = 0;
  while (first < length && unitAt(text, first) === text.charCodeAt(first)) first++;
  if (first === length) return text;
  let folded = text.slice(0, first);
  for (let from = first; from < length; from += CHUNK_UNITS) {
    const to = Math.min(from + CHUNK_UNITS, length);
    for (let at = from; at < to; at++) chunk[at - from] = unitAt(text, at);
    folded += String.fromCharCode.apply(null, (to - from === CHUNK_UNITS ? chunk : chunk.subarray(0, to - from)) as unknown as number[]);
  }
  return folded;
}

const variantOf = new Map<string, string>();
for (const group of VARIANTS.split(' ')) {
  const [kept, ...others] = [...group];
  for (const other of others) if (kept !== undefined && other !== kept) variantOf.set(other, kept);
}
const VARIANT = new RegExp(`[${[...variantOf.keys()].join('')}]`, 'gu');

/** Pairs of UTF-16 units (variant, kept form) outside the supplementary planes; the lexicon folds its keys by the same list. */
export function variantPairs(): Iterable<[string, string]> {
  return variantOf;
}

/** What a unit of a name becomes: 0 asks for the slow way, DROPPED is left out. */
const nameUnits = new Uint16Array(65_536);
const DROPPED = 0xffff;
for (let unit = 0x3400; unit <= 0x9fff; unit++) nameUnits[unit] = unit;
for (let unit = 0x30a1; unit <= 0x30fc; unit++) nameUnits[unit] = unit;
for (let unit = 0x3041; unit <= 0x3096; unit++) nameUnits[unit] = unit + 0x60;
for (let unit = 0x41; unit <= 0x5a; unit++) nameUnits[unit] = nameUnits[unit + 0x20] = unit;
for (let at = 5; at < HALF_KANA.length; at++) nameUnits[0xff61 + at] = HALF_KANA.charCodeAt(at);
for (const [variant, kept] of variantOf) if (variant.length === 1) nameUnits[variant.charCodeAt(0)] = kept.charCodeAt(0);
for (const unit of ' \u3000\n・') nameUnits[unit.charCodeAt(0)] = DROPPED;
nameUnits[0x3005] = 0x3005;

const HONORIFIC = /(?:様|殿|氏|さん|さま|御中)$/;
const HONORIFIC_ENDS = '様殿氏んま中';
const NAME_UNITS_MAX = 64;
const nameBuffer = new Uint16Array(NAME_UNITS_MAX);

/**
 * The form in which equal names are equal: one width, no spaces or middle dots, variant characters in their common form
 * (齋 is 斎 and 齊 is 斉: two names, kept apart), hiragana as katakana, Latin letters in capitals, honorifics gone.
 */
export function foldName(text: string): string {
  const { length } = text;
  if (length === 0 || length > NAME_UNITS_MAX || HONORIFIC_ENDS.includes(text[length - 1]!)) return foldNameSlowly(text);
  let count = 0;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    if ((unit === 0xff9e || unit === 0xff9f) && count > 0) {
      // ウ becomes ヴ far from its row; in all other rows voiced and half-voiced letters follow their base.
      const base = nameBuffer[count - 1]!;
      nameBuffer[count - 1] = base === 0x30a6 ? 0x30f4 : base + unit - 0xff9d;
      continue;
    }
    const kept = nameUnits[unit]!;
    if (kept === 0) return foldNameSlowly(text);
    if (kept !== DROPPED) nameBuffer[count++] = kept;
  }
  return String.fromCharCode.apply(null, nameBuffer.subarray(0, count) as unknown as number[]);
}

/** Variation selectors: which form of a letter is meant; which letter it is they don't say. */
export const SELECTORS = /[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

function foldNameSlowly(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(SELECTORS, '')
    .replace(/[\s・･.,゠=]/g, '');
  const bare = plain.length > 2 ? plain.replace(HONORIFIC, '') : plain;
  return bare
    .replace(VARIANT, (unit) => variantOf.get(unit) ?? unit)
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .toUpperCase();
}

const LABEL_START = /^(?:[※*■□○●◎◇◆・☆★▼▽]+|\(\d{1,2}\)|[0-9]{1,2}[.．)、]|[①-⑳㉑-㉟]|[(【[<〔](?=[^)】\]>〕]*$))+/;
const LABEL_END = /[:*※]+$/;
const LABEL_BRACKETS = /^[【[<〔「(]([^】\]>〕」()]{1,30})[】\]>〕」)]$/;

/** A label without spaces, marks and numbering; what stands in its brackets stays: `氏名（漢字）` gives `氏名(漢字)`. */
export function foldLabel(text: string): string {
  // Numbering goes first: NFKC turns ① into a digit that could belong to the label.
  const plain = fold(text.length > 80 ? text.slice(0, 80) : text)
    .replace(/\s/g, '')
    .replace(LABEL_START, '');
  const bare = plain.normalize('NFKC').replace(/\s/g, '').replace(LABEL_END, '');
  return LABEL_BRACKETS.exec(bare)?.[1] ?? bare;
}
