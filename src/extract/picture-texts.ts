/**
 * Texts that people put into a picture beside its pixels: comments of PNG (ISO/IEC 15948, 11.3.4) and JPEG (ITU-T T.81, B.2.4.5), and the descriptions
 * of Exif and TIFF (Exif 2.3, 4.6). What cameras write of themselves (maker, model, program) is passed over. What is broken ends the search without a word:
 * the picture's own reader tells damage.
 */
import { inflateSync } from 'node:zlib';
import { decodeWhole, detectEncoding } from './encoding.js';
import { readXmp } from './pdf-xmp.js';

const PNG_START = 8;
const TEXT_BYTES_MAX = 1024 * 1024;
const TEXTS_MAX = 1_000;
const COMMENT = 0xfe;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
/** Description, artist, copyright, the user's comment; Windows' title, comment, author, keywords, subject (UTF-16). */
const ASCII_TAGS: ReadonlySet<number> = new Set([0x010e, 0x013b, 0x8298, 0x9286]);
const WIDE_TAGS: ReadonlySet<number> = new Set([0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f]);
const EXIF_DIRECTORY = 0x8769;
const DIRECTORIES_MAX = 100;
const ENTRY_BYTES = 12;

/** In the order of the file, each once. */
export function pictureTexts(content: Buffer): readonly string[] {
  const texts = content[0] === 0x89 ? pngTexts(content) : content[0] === 0xff ? jpegTexts(content) : exifTexts(content);
  return [...new Set([...texts, ...readXmp(content)].map((text) => text.replaceAll('\0', ' ').trim()).filter((text) => text !== ''))];
}

function pngTexts(content: Buffer): string[] {
  const texts: string[] = [];
  for (let at = PNG_START; at + 12 <= content.length && texts.length < TEXTS_MAX; ) {
    const length = content.readUInt32BE(at);
    const data = content.subarray(at + 8, at + 8 + Math.min(length, TEXT_BYTES_MAX));
    const text = chunkText(content.toString('latin1', at + 4, at + 8), data);
    if (text !== '') texts.push(text);
    at += 12 + length;
  }
  return texts;
}

/** Behind the keyword, which names the sort of text. */
function chunkText(type: string, data: Buffer): string {
  const end = data.indexOf(0);
  if (end < 0) return '';
  if (type === 'tEXt') return plain(data.subarray(end + 1));
  if (type === 'zTXt') return plain(unpacked(data.subarray(end + 2)));
  if (type !== 'iTXt') return type === 'eXIf' ? exifTexts(data).join('\n') : '';
  const isPacked = data[end + 1] === 1;
  const language = data.indexOf(0, end + 3);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) return '';
  const text = data.subarray(translated + 1);
  return (isPacked ? unpacked(text) : text).toString('utf8');
}

function unpacked(packed: Buffer): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: TEXT_BYTES_MAX });
  } catch {
    return Buffer.alloc(0);
  }
}

function jpegTexts(content: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 2; at + 4 <= content.length && content[at] === 0xff && texts.length < TEXTS_MAX; ) {
    const marker = content[at + 1]!;
    const length = content.readUInt16BE(at + 2);
    if (marker === START_OF_SCAN || length < 2) break;
    const data = content.subarray(at + 4, at + 2 + length);
    if (marker === COMMENT) texts.push(plain(data));
    else if (marker === APP1 && data.toString('latin1', 0, 6) === 'Exif\0\0') texts.push(...exifTexts(data.subarray(6)));
    at += 2 + length;
  }
  return texts;
}

/** Of a TIFF file, or of the one that an Exif part is. */
function exifTexts(tiff: Buffer): string[] {
  const little = tiff[0] === 0x49;
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number): number => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const texts: string[] = [];
  const directories = [long(4)];
  for (const [done, directory] of directories.entries()) {
    if (directory === 0 || done >= DIRECTORIES_MAX || texts.length >= TEXTS_MAX) break;
    const end = directory + 2 + short(directory) * ENTRY_BYTES;
    for (let at = directory + 2; at < end && at + ENTRY_BYTES <= tiff.length && texts.length < TEXTS_MAX; at += ENTRY_BYTES) {
      const tag = short(at);
      const bytes = Math.min(long(at + 4), TEXT_BYTES_MAX);
      const start = bytes <= 4 ? at + 8 : long(at + 8);
      const value = tiff.subarray(start, start + bytes);
      if (tag === EXIF_DIRECTORY) directories.push(long(at + 8));
      else if (ASCII_TAGS.has(tag)) texts.push(tag === 0x9286 ? userComment(value, little) : plain(value));
      else if (WIDE_TAGS.has(tag)) texts.push(value.toString('utf16le'));
    }
    if (!directories.includes(long(end))) directories.push(long(end));
  }
  return texts;
}

/** Eight bytes in front name the code (Exif 2.3, 4.6.5, UserComment). */
function userComment(value: Buffer, little: boolean): string {
  const text = value.subarray(8);
  if (value.toString('latin1', 0, 7) !== 'UNICODE') return plain(text);
  const even = Buffer.from(text.subarray(0, text.length - (text.length % 2)));
  return (little ? even : even.swap16()).toString('utf16le');
}

function plain(bytes: Buffer): string {
  return decodeWhole(detectEncoding(bytes, true), bytes);
}
