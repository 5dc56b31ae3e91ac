/**
 * Which encoding a text is in, and its bytes as strings in pieces. Eight encodings are known; what fits none of them is read as latin1,
 * so that digits and ASCII words are still seen. It refuses nothing: the caller decides what too many undecodable bytes mean.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { scoreText } from './encoding-score.js';
import { decodeUtf7, isUtf7, Utf7Decoder, utf7RunFrom } from './utf7.js';

export type TextEncoding = 'utf-8' | 'shift_jis' | 'euc-jp' | 'iso-2022-jp' | 'utf-16le' | 'utf-16be' | 'utf-7' | 'latin1';

/** How much decides; enough for certainty, little enough for speed. */
const ENCODING_SAMPLE_BYTES = 64 * 1024;
/** Scoring looks at this much of the sample: a judgement does not get better with more. */
const SCORED_BYTES = 4 * 1024;
/** A decoding this plausible needs no rivals. */
const SCORE_ENOUGH = 0.7;

const ESC = 0x1b;

/** Counts what could not be decoded. */
export interface DecodeCount {
  chars: number;
  replaced: number;
}

/** The encoding of a sample; `whole` when it is the whole text, so that its end is no cut. Pure ASCII gives `utf-8`. */
export function detectEncoding(sample: Buffer, whole: boolean): TextEncoding {
  const marked = encodingByMark(sample);
  if (marked) return marked;
  const wide = wideEncoding(sample);
  if (wide) return wide;
  if (isAscii(sample)) return hasJisEscape(sample) ? 'iso-2022-jp' : hasUtf7(sample) ? 'utf-7' : 'utf-8';
  const cut = whole ? sample : cutAtLine(sample);
  if (isUtf8(cut) && !looksLikeHalfWidthKana(cut)) return 'utf-8';
  return bestScored(cut);
}

/** Whether ASCII bytes are Japanese in UTF-7, in any part of them. */
function hasUtf7(bytes: Buffer): boolean {
  for (let at = utf7RunFrom(bytes, 0); at >= 0; at = utf7RunFrom(bytes, at + ENCODING_SAMPLE_BYTES)) {
    if (isUtf7(bytes.toString('latin1', at, at + ENCODING_SAMPLE_BYTES))) return true;
  }
  return false;
}

/** By a byte order mark (Unicode 15, 23.8). */
function encodingByMark(sample: Buffer): TextEncoding | null {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8';
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  return null;
}

/** Code units looked at for UTF-32, and how few are too few to tell. */
const WIDEST_UNITS = 64;
const WIDEST_UNITS_MIN = 4;
/** Above it lie no letters; a letter and a line end of UTF-16 would make such a number. */
const TEXT_MAX = 0x2_ffff;

/** UTF-32 of either byte order, which nothing here decodes (TextDecoder has none): every unit is a code point of the planes that hold text. */
export function isUtf32(sample: Buffer): boolean {
  const units = Math.min(WIDEST_UNITS, sample.length >> 2);
  let little = 0;
  let big = 0;
  for (let at = 0; at < units * 4; at += 4) {
    const [asLittle, asBig] = [sample.readUInt32LE(at), sample.readUInt32BE(at)];
    if (asLittle > 0 && asLittle <= TEXT_MAX) little++;
    if (asBig > 0 && asBig <= TEXT_MAX) big++;
  }
  return units >= WIDEST_UNITS_MIN && (little === units || big === units);
}

/** UTF-16 without a mark, by its NULs: ASCII characters, and be it only line ends, have one on the same side each. */
function wideEncoding(sample: Buffer): TextEncoding | null {
  let even = 0;
  let odd = 0;
  for (let at = sample.indexOf(0); at >= 0; at = sample.indexOf(0, at + 1)) {
    if (at & 1) odd++;
    else even++;
  }
  const most = Math.max(even, odd);
  // A few NULs on both sides are a text with NULs in it (padding of host files), not UTF-16.
  if (most === 0 || Math.min(even, odd) * 20 > most) return null;
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  const sampled = sample.subarray(0, SCORED_BYTES & ~1);
  const score = scoreText(decodeWhole(encoding, sampled));
  return score >= 0 && score > scoreText(decodeWhole('shift_jis', sampled)) ? encoding : null;
}

/** Designations of ISO-2022-JP (RFC 1468) and its kin: JIS X 0208 in both years, JIS X 0201 kana, JIS X 0213. */
function hasJisEscape(sample: Buffer): boolean {
  for (let at = sample.indexOf(ESC); at >= 0; at = sample.indexOf(ESC, at + 1)) {
    const a = sample[at + 1];
    const b = sample[at + 2];
    if (a === 0x24 && (b === 0x40 || b === 0x42 || b === 0x28)) return true;
    if (a === 0x28 && (b === 0x49 || b === 0x4a)) return true;
  }
  return false;
}

/** Up to the last line end: a character that is cut in two would count against the right encoding. */
function cutAtLine(sample: Buffer): Buffer {
  const end = sample.lastIndexOf(0x0a);
  return end > sample.length / 2 ? sample.subarray(0, end + 1) : sample.subarray(0, Math.max(0, sample.length - 4));
}

/**
 * Half-width katakana of Shift_JIS (A1–DF) that happen to form valid two-byte UTF-8. In Latin text of UTF-8 such a pair stands next to
 * ASCII letters; Japanese of UTF-8 has three bytes a character.
 */
function looksLikeHalfWidthKana(sample: Buffer): boolean {
  let pairs = 0;
  let besideLetter = 0;
  for (let at = 0; at < sample.length && at < SCORED_BYTES; at++) {
    const byte = sample[at] ?? 0;
    if (byte < 0x80) continue;
    const next = sample[at + 1] ?? 0;
    if (byte >= 0xe0 || next < 0xa1) return false;
    if (isLetter(sample[at - 1] ?? 0) || isLetter(sample[at + 2] ?? 0)) besideLetter++;
    pairs++;
    at++;
  }
  return pairs > 0 && besideLetter * 4 < pairs;
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/**
 * In the order in which they are asked, and what they must be better by: Latin text is rare on a Japanese share, and UTF-16 without any
 * NUL has no line end and no ASCII.
 */
const RIVALS: readonly (readonly [TextEncoding, number])[] = [
  ['shift_jis', 0],
  ['euc-jp', 0],
  ['utf-8', 0],
  ['latin1', 0.1],
  ['utf-16le', 0.15],
  ['utf-16be', 0.15],
];

function bestScored(sample: Buffer): TextEncoding {
  const from = Math.max(0, firstNonAscii(sample) - 64);
  const start = sample.lastIndexOf(0x0a, from) + 1;
  const scored = cutAtLine(sample.subarray(start, start + SCORED_BYTES));
  const looked = start + SCORED_BYTES >= sample.length ? sample.subarray(start) : scored;
  let best: TextEncoding = 'latin1';
  let bestScore = -Infinity;
  for (const [encoding, handicap] of RIVALS) {
    if (bestScore > SCORE_ENOUGH && encoding !== 'euc-jp') break;
    const score = scoreText(decodeWhole(encoding, looked));
    if (score - handicap <= bestScore || (encoding.startsWith('utf-16') && (score < 0.3 || looked.length < 8))) continue;
    best = encoding;
    bestScore = score - handicap;
  }
  return best;
}

/** The offset of the first byte that is not ASCII, the length when there is none. */
export function firstNonAscii(bytes: Buffer): number {
  if (isAscii(bytes)) return bytes.length;
  let low = 0;
  let high = bytes.length;
  while (high - low > 64) {
    const middle = (low + high) >>> 1;
    if (isAscii(bytes.subarray(low, middle))) low = middle;
    else high = middle;
  }
  while (low < high && (bytes[low] ?? 0) < 0x80) low++;
  return low;
}

/** All of it at once, undecodable bytes as U+FFFD; a byte order mark is dropped. */
export function decodeWhole(encoding: TextEncoding, bytes: Buffer): string {
  if (encoding === 'latin1') return bytes.toString('latin1');
  if (encoding === 'utf-7') return decodeUtf7(bytes.toString('latin1'));
  const decoder = wholeDecoders.get(encoding) ?? new TextDecoder(encoding);
  wholeDecoders.set(encoding, decoder);
  return decoder.decode(bytes);
}

/** Making one costs more than decoding a small file. They keep no state between whole texts. */
const wholeDecoders = new Map<TextEncoding, { decode(bytes: Buffer): string }>();

/** Pieces this large stay in the processor's cache, and strings made of them die young. */
const PIECE_BYTES = 64 * 1024;

interface Decoder {
  decode(bytes: Buffer): string;
  end(): string;
}

function decoderFor(encoding: TextEncoding): Decoder {
  if (encoding === 'latin1') return { decode: (bytes) => bytes.toString('latin1'), end: () => '' };
  if (encoding === 'utf-7') return new Utf7Decoder();
  const decoder = new TextDecoder(encoding);
  return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/**
 * The text in pieces of about 64 KB. Characters that stand across chunks stay whole; undecodable bytes come as U+FFFD and are counted;
 * a byte order mark is dropped.
 */
export function* decodeStream(chunks: Iterable<Buffer>, encoding: TextEncoding, count?: DecodeCount): Generator<string> {
  const decoder = decoderFor(encoding);
  const passesAscii = encoding !== 'iso-2022-jp' && encoding !== 'utf-7' && !encoding.startsWith('utf-16');
  let clean = true;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      yield counted(passesAscii && clean && isAscii(piece) ? piece.toString('latin1') : decoder.decode(piece), count);
      // No byte below 0x40 is the first half of a character in these encodings; others may be.
      clean = (piece.at(-1) ?? 0) < 0x40;
    }
  }
  const rest = decoder.end();
  if (rest) yield counted(rest, count);
}

/**
 * Decodes chunks whose encoding is not known yet. As long as they are pure ASCII nothing is decided; the first chunk with something else
 * in it decides, so that Japanese far behind an ASCII head is read right.
 */
export function* decodeText(chunks: Iterable<Buffer>, count?: DecodeCount): Generator<string> {
  const reader = chunks[Symbol.iterator]();
  let last: IteratorResult<Buffer> | null = null;
  try {
    for (last = reader.next(); !last.done; last = reader.next()) {
      const chunk: Buffer = last.value;
      if (isAscii(chunk) && hasUtf7(chunk)) {
        yield* decodeStream(withFirst(chunk, reader), 'utf-7', count);
        return;
      }
      if (!isAscii(chunk) || chunk.includes(ESC) || chunk.includes(0)) {
        yield* decodeStream(withFirst(chunk, reader), encodingFrom(chunk), count);
        return;
      }
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield counted(chunk.toString('latin1', at, at + PIECE_BYTES), count);
    }
  } finally {
    if (!last?.done) reader.return?.();
  }
}

/** The encoding of a text that is ASCII up to somewhere in this chunk: decided by the bytes around the first that is not. */
function encodingFrom(chunk: Buffer): TextEncoding {
  const head = chunk.subarray(0, ENCODING_SAMPLE_BYTES);
  if (!isAscii(head) || head.includes(0)) return detectEncoding(head, head.length === chunk.length);
  const escapeAt = chunk.indexOf(ESC);
  const at = Math.min(firstNonAscii(chunk), escapeAt < 0 ? chunk.length : escapeAt);
  const start = Math.max(chunk.lastIndexOf(0x0a, at) + 1, at - 256, 0);
  return detectEncoding(chunk.subarray(start, start + ENCODING_SAMPLE_BYTES), start + ENCODING_SAMPLE_BYTES >= chunk.length);
}

function* withFirst(first: Buffer, rest: Iterator<Buffer>): Generator<Buffer> {
  yield first;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

function counted(text: string, count: DecodeCount | undefined): string {
  if (!count) return text;
  count.chars += text.length;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count.replaced++;
  return text;
}
