/** Small pieces of XML text: entities, and names that are kept once. Entities of a document type are unknown here and stay as they stand. */
import { utf8Text } from './byte-text.js';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves the five named entities and character references (XML 1.0, 4.1 and 4.6), each once. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|(amp|lt|gt|quot|apos));/g,
    (whole, hex?: string, decimal?: string, named?: string) => {
      if (named !== undefined) return NAMED[named] ?? whole;
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    },
  );
}

/** A line ends with '\n', whatever was written (XML 1.0, 2.11). */
export function normaliseLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

const NAME_SLOTS = 1024;
const NAME_BYTES_MAX = 64;
const names: string[] = new Array<string>(NAME_SLOTS).fill('');

/** The name in bytes[start, end) as a string; a small table spares making the same few hundred names millions of times. */
export function internName(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length > NAME_BYTES_MAX) return utf8Text(bytes, start, end);
  let hash = length;
  for (let i = start; i < end; i++) hash = (hash * 31 + bytes[i]!) | 0;
  const slot = hash & (NAME_SLOTS - 1);
  const known = names[slot]!;
  if (known.length === length) {
    let i = 0;
    while (i < length && known.charCodeAt(i) === bytes[start + i]) i++;
    if (i === length) return known;
  }
  const name = utf8Text(bytes, start, end);
  names[slot] = name;
  return name;
}
