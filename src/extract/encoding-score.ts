/**
 * How much a decoded text looks like the writing of a Japanese office, so that rival decodings of the same bytes can be compared.
 * It knows characters only, no words and no bytes.
 */

/** Points a character; the mean over all non-ASCII characters is the score. What a wrong decoding produces loses, the everyday gains. */
const POINTS = {
  kana: 1,
  fullWidth: 1,
  commonKanji: 0.9,
  rareKanji: -0.2,
  halfKana: 0.35,
  halfKanaAlone: -0.6,
  latin: 0.5,
  latinAlone: -0.4,
  symbol: 0.3,
  private: -0.3,
  other: -1,
  control: -2,
  replaced: -4,
};

/**
 * Level 1 of JIS X 0208 (rows 16–47) as a bit set over U+4E00–U+9FFF: what is written daily. Made from the decoder that is here anyway.
 */
let levelOne: Uint8Array | null = null;

function levelOneKanji(): Uint8Array {
  if (levelOne) return levelOne;
  const bytes: number[] = [];
  for (let row = 16; row <= 47; row++) for (let cell = 1; cell <= 94; cell++) bytes.push(row + 0xa0, cell + 0xa0);
  const set = new Uint8Array(0x5200);
  for (const char of new TextDecoder('euc-jp').decode(Uint8Array.from(bytes))) {
    const at = (char.codePointAt(0) ?? 0) - 0x4e00;
    if (at >= 0 && at < set.length) set[at] = 1;
  }
  levelOne = set;
  return set;
}

/** From about -4 to 1; 0 for a text without characters that tell anything. */
export function scoreText(text: string): number {
  const common = levelOneKanji();
  let sum = 0;
  let told = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code < 0x7f) continue;
    if (code === 0x0a || code === 0x0d || code === 0x09) continue;
    sum += pointsOf(code, text, at, common);
    told++;
  }
  return told === 0 ? 0 : sum / told;
}

function pointsOf(code: number, text: string, at: number, common: Uint8Array): number {
  if (code < 0xa0) return code === 0 || code === 0x0c || code === 0x1b ? -0.1 : POINTS.control;
  if (code <= 0x24f)
    return isAsciiLetter(text.charCodeAt(at - 1)) || isAsciiLetter(text.charCodeAt(at + 1)) ? POINTS.latin : POINTS.latinAlone;
  if (code >= 0x4e00 && code < 0xa000) return common[code - 0x4e00] ? POINTS.commonKanji : POINTS.rareKanji;
  if (code >= 0x3000 && code <= 0x30ff) return POINTS.kana;
  if (code >= 0xff61 && code <= 0xff9f) {
    return isHalfKana(text.charCodeAt(at - 1)) || isHalfKana(text.charCodeAt(at + 1)) ? POINTS.halfKana : POINTS.halfKanaAlone;
  }
  if (code >= 0xff01 && code <= 0xffe6) return POINTS.fullWidth;
  if (code === 0xfffd) return POINTS.replaced;
  if (code >= 0xe000 && code <= 0xf8ff) return POINTS.private;
  // Punctuation, arrows, mathematics, box drawing, enclosed numbers and units, Greek and Cyrillic: all stand in JIS X 0208 and its vendors' rows.
  if ((code >= 0x2000 && code <= 0x27bf) || (code >= 0x3200 && code <= 0x33ff) || (code >= 0x370 && code <= 0x45f)) return POINTS.symbol;
  if ((code >= 0xd800 && code <= 0xdfff) || (code >= 0xf900 && code <= 0xfaff)) return 0;
  return POINTS.other;
}

function isAsciiLetter(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}

function isHalfKana(code: number): boolean {
  return code >= 0xff61 && code <= 0xff9f;
}
