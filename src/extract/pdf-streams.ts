/**
 * Finds packed streams of a PDF that are damaged. PDFium reads over them in silence and gives what comes before the damage, so a page could be
 * lost and the file still count as read in full. It unpacks only to see whether that goes well; pictures and encrypted files are left alone.
 */
import { inflateSync } from 'node:zlib';

/** Streams looked at, their packed bytes, and what one may unpack to while it is looked at. */
const STREAMS_MAX = 50_000;
const PACKED_BYTES_MAX = 64 * 1024 * 1024;
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024;
/** A stream's dictionary stands directly before it; real ones have some hundred bytes. */
const DICTIONARY_BYTES_MAX = 4_096;

/** ISO 32000-1 §7.4: Flate as the first filter, by its name or its abbreviation. */
const FLATE_FIRST = /\/Filter\s*(?:\[\s*)?\/(?:FlateDecode|Fl)\b/;
const PICTURE = /\/Subtype\s*\/Image\b/;
const LENGTH = /\/Length\s+(\d{1,10})(?!\s+\d+\s+R)/;

/** How many streams that may hold text break off in the middle. */
export function countDamagedStreams(bytes: Buffer): number {
  if (bytes.includes('/Encrypt')) return 0;
  let damaged = 0;
  let packed = 0;
  let at = 0;
  for (let count = 0; count < STREAMS_MAX && packed < PACKED_BYTES_MAX; count++) {
    const word = bytes.indexOf('stream', at);
    if (word < 0) break;
    at = word + 6;
    const dictionary = dictionaryBefore(bytes, word);
    if (dictionary === null || !FLATE_FIRST.test(dictionary) || PICTURE.test(dictionary)) continue;
    const start = bytes[at] === 0x0d ? at + 2 : at + 1;
    const told = LENGTH.exec(dictionary);
    const end = endOfStream(bytes, start, told ? Number(told[1]) : null);
    packed += end - start;
    if (isDamaged(bytes.subarray(start, end))) damaged++;
    at = end;
  }
  return damaged;
}

/** The text between the last `obj` and the word `stream`; null when this is no beginning of a stream. */
function dictionaryBefore(bytes: Buffer, word: number): string | null {
  const next = bytes[word + 6];
  if (next !== 0x0d && next !== 0x0a) return null;
  const before = bytes.toString('latin1', Math.max(0, word - DICTIONARY_BYTES_MAX), word);
  if (!/>>\s*$/.test(before.slice(-16))) return null;
  return before.slice(Math.max(0, before.lastIndexOf(' obj')));
}

/** Where the dictionary says, when the end really stands there; else at the next end. */
function endOfStream(bytes: Buffer, start: number, length: number | null): number {
  if (length !== null && /^\s*endstream/.test(bytes.toString('latin1', start + length, start + length + 16))) return start + length;
  const end = bytes.indexOf('endstream', start);
  return end < 0 ? bytes.length : end;
}

/** Only an error in the data itself: a stream without its closing checksum is common, and unpacks whole. */
function isDamaged(packed: Buffer): boolean {
  try {
    inflateSync(packed, { maxOutputLength: UNPACKED_BYTES_MAX });
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'Z_DATA_ERROR';
  }
}
