/**
 * Bytes of a mail as text, by the character set that the mail declares where that holds, else by what the bytes look like. Mail programs
 * declare wrongly so often that a declaration is only a first guess.
 */
import { isAscii } from 'node:buffer';
import { decodeWhole, detectEncoding } from './encoding.js';

/** Names in Japanese mails that the Encoding standard doesn't list, and what they mean. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['cp932', 'shift_jis'],
  ['ms-kanji', 'shift_jis'],
  ['shift_jis-ms', 'shift_jis'],
  ['shift_jis_2004', 'shift_jis'],
  ['iso-2022-jp-1', 'iso-2022-jp'],
  ['iso-2022-jp-2', 'iso-2022-jp'],
  ['iso-2022-jp-3', 'iso-2022-jp'],
  ['iso-2022-jp-ms', 'iso-2022-jp'],
  ['cp50220', 'iso-2022-jp'],
  ['cp50221', 'iso-2022-jp'],
  ['eucjp-win', 'euc-jp'],
  ['cp51932', 'euc-jp'],
]);
const UTF_7 = /^(?:(?:x-)?unicode-(?:1-1-|2-0-)?)?utf-?7$/i;
/** Declared by programs that did not know the character set: no help for bytes beyond ASCII. */
const UNSURE = /^(?:us-ascii|ascii|iso-8859-1|latin1|windows-1252|unknown(?:-8bit)?|x-unknown|default|_autodetect.{0,20})$/;

const decoders = new Map<string, { decode(bytes: Uint8Array): string } | null>();

/** The whole of `bytes`; `charset` null where none is declared. Undecodable bytes come as U+FFFD. */
export function decodeDeclared(bytes: Buffer, charset: string | null): string {
  if (isAscii(bytes) && !bytes.includes(0x1b) && !/^utf-?16/i.test(charset ?? '')) {
    const isUtf7 = bytes.includes(0x2b) && (UTF_7.test(charset?.trim() ?? '') || detectEncoding(bytes, true) === 'utf-7');
    return isUtf7 ? decodeWhole('utf-7', bytes) : bytes.toString('latin1');
  }
  const plain = bytes.includes(0x1b) ? withoutIdleEscapes(bytes) : bytes;
  const declared = charset === null ? null : decoderOf(charset);
  const text = declared?.decode(plain) ?? null;
  if (text !== null && !text.includes('\ufffd')) return text;
  const guess = decodeWhole(detectEncoding(plain, true), plain);
  return text === null || countReplaced(guess) < countReplaced(text) ? guess : text;
}

function decoderOf(charset: string): { decode(bytes: Uint8Array): string } | null {
  const name = charset.trim().toLowerCase();
  if (UNSURE.test(name)) return null;
  let decoder = decoders.get(name);
  if (decoder === undefined) {
    try {
      decoder = new TextDecoder(ALIASES.get(name) ?? name);
    } catch {
      // Not known to this runtime.
      decoder = null;
    }
    // What a mail may declare is without bound.
    if (decoders.size < 100) decoders.set(name, decoder);
  }
  return decoder;
}

/** An escape right behind another is an error for the decoder (Encoding standard, 12.2.1), but usual where encoded words are joined. */
function withoutIdleEscapes(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const plain = text.replace(/\x1b[$(][@BIJ](?=\x1b[$(][@BIJ])/g, '');
  return plain.length === text.length ? bytes : Buffer.from(plain, 'latin1');
}

function countReplaced(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
}
