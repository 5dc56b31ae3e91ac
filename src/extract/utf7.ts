/** UTF-7 (RFC 2152): ASCII in which runs of base64 between `+` and `-` are UTF-16. Old mail programs and exports write it; browsers and decoders of today don't read it. */
import { scoreText } from './encoding-score.js';

const RUN = /\+([A-Za-z0-9+/]*)(-?)/g;
/** A run that goes on for longer is packed data. */
const RUN_CHARS_MAX = 100_000;
/** Two words of some characters are no chance any more. */
const JAPANESE_RUNS_MIN = 2;
const JAPANESE_CHARS_MIN = 5;
/** Of texts as they are read (encoding-score.ts): chance gives rare characters beside each other. */
const SCORE_MIN = 0.4;
/** Kana, kanji, full-width forms, and what stands between them: signs, a byte order mark, ASCII that was encoded along. */
const JAPANESE =
  /^[\u0009\u000a\u000d\u0020-\u007e\u00a0-\u00ff\u2000-\u2bff\u3000-\u30ff\u3200-\u9fff\uf900-\ufaff\ufeff\uff00-\uffef\ud800-\udfff]+$/;
const KANA_OR_KANJI = /[\u3041-\u30ff\u3400-\u9fff\uff10-\uff9f]/;

/** The text of a run; null where its bits are none (RFC 2152: what is left over is zero, and less than a letter). */
function runText(body: string): string | null {
  const units = Math.floor((body.length * 6) / 16);
  if (units === 0 || body.length * 6 - units * 16 >= 6 || body.length > RUN_CHARS_MAX) return null;
  const bytes = Buffer.from(`${body}${'A'.repeat((4 - (body.length % 4)) % 4)}`, 'base64');
  if (bytes.subarray(units * 2).some((byte) => byte !== 0)) return null;
  return Buffer.from(bytes.subarray(0, units * 2))
    .swap16()
    .toString('utf16le');
}

/** A run that may hold a character. */
const LONG_RUN = /\+([A-Za-z0-9+/]{3,})/g;

/** Where the next run may begin, -1 for nowhere: most texts have some `+` and no run. */
export function utf7RunFrom(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0x2b, from); at >= 0 && at + 3 < bytes.length; at = bytes.indexOf(0x2b, at + 1)) {
    if (isLetter(bytes[at + 1]!) && isLetter(bytes[at + 2]!) && isLetter(bytes[at + 3]!)) return at;
  }
  return -1;
}

/** Whether a text of ASCII is Japanese in UTF-7. */
export function isUtf7(text: string): boolean {
  let runs = 0;
  let japanese = '';
  let japaneseRuns = 0;
  for (const [, body = ''] of text.matchAll(LONG_RUN)) {
    runs++;
    const decoded = runText(body);
    if (decoded === null || !JAPANESE.test(decoded) || !KANA_OR_KANJI.test(decoded)) continue;
    japaneseRuns++;
    japanese += decoded;
  }
  if (japaneseRuns < JAPANESE_RUNS_MIN || japanese.length < JAPANESE_CHARS_MIN || japaneseRuns * 5 < runs * 4) return false;
  return scoreText(japanese) >= SCORE_MIN;
}

/** What is no run stays as it is, and bytes beyond ASCII are undecodable: U+FFFD. `text` holds one byte a character. */
export function decodeUtf7(text: string): string {
  const plain = /[\u0080-\u00ff]/.test(text) ? text.replace(/[\u0080-\u00ff]/g, '\ufffd') : text;
  if (!plain.includes('+')) return plain;
  return plain
    .replace(RUN, (all, body: string, end: string) => (body === '' ? (end === '' ? all : '+') : (runText(body) ?? all)))
    .replaceAll('\ufeff', '');
}

function isLetter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2b || code === 0x2f
  );
}

/** Decodes pieces: a run that goes on in the next one waits for it. */
export class Utf7Decoder {
  #rest = '';

  decode(bytes: Buffer): string {
    const text = this.#rest + bytes.toString('latin1');
    // The last characters that may stand in a run, from the first `+` of them on: in a run a `+` is a letter like others.
    let letters = text.length;
    while (letters > 0 && text.length - letters < RUN_CHARS_MAX && isLetter(text.charCodeAt(letters - 1))) letters--;
    const plus = text.indexOf('+', letters);
    const end = plus < 0 ? text.length : plus;
    this.#rest = text.slice(end);
    return decodeUtf7(text.slice(0, end));
  }

  end(): string {
    const rest = this.#rest;
    this.#rest = '';
    return decodeUtf7(rest);
  }
}
