/**
 * What a file is, by its bytes; its name is only asked between equal candidates. It reads as little as it can, and answers always: what
 * it does not know is `unknown-binary`, which no one takes for examined.
 */
import { OLE_MAGIC } from '../container/ole.js';
import type { Format, Source } from '../model.js';
import type { Sniffed } from '../parts.js';
import { memoSort } from './dbf-memo.js';
import { isOwnerFile } from './owner-file.js';
import { matchMagic } from './sniff-magic.js';
import { sniffOle } from './sniff-ole.js';
import { sniffText } from './sniff-text.js';
import { sniffZip } from './sniff-zip.js';

const HEAD_BYTES = 4096;
/** What tells the sorts of text apart stands at the beginning. */
const TEXT_SAMPLE_BYTES = 16 * 1024;
/** ISO 32000-1, annex H.3 note 13: readers accept the header within the first 1,024 bytes. */
const PDF_HEADER_WITHIN_BYTES = 1024;
/** Self-extracting archives are programs that carry an archive: looked for in this much of their beginning and end. */
const ARCHIVE_IN_PROGRAM_BYTES = 512 * 1024;

/** Throws only what the source throws. */
export function sniff(source: Source): Sniffed {
  if (source.sizeBytes === 0) return readable('empty');
  const head = source.read(0, HEAD_BYTES);
  if (head.length === 0) return readable('empty');
  return (
    sniffContainer(source, head) ??
    (isOwnerFile(source, head) ? readable('owner-file') : null) ??
    sniffFixed(head) ??
    sniffProgram(source, head) ??
    sniffFamily(head, source.sizeBytes, source.name) ??
    sniffRest(source, head)
  );
}

function readable(format: Format): Sniffed {
  return { format, textless: false };
}

function silent(format: Format): Sniffed {
  return { format, textless: true };
}

/** A few bytes at the beginning don't make a roster a film: what reads as a text is read as one. */
function silentUnlessText(format: Format, head: Buffer): Sniffed | null {
  return sniffText(head, false, '') === null ? silent(format) : null;
}

function sniffContainer(source: Source, head: Buffer): Sniffed | null {
  if (head.subarray(0, 8).equals(OLE_MAGIC)) return sniffOle(source);
  const mark = head.toString('latin1', 0, 4);
  // Local header; end record of an empty archive; mark of a spanned one (APPNOTE 4.3.7, 4.3.16, 8.5.3).
  if (mark === 'PK\x03\x04' || mark === 'PK\x05\x06' || mark === 'PK\x07\x08' || head.toString('latin1', 0, 8) === 'PK00PK\x03\x04')
    return readable(sniffZip(source));
  return null;
}

function sniffFixed(head: Buffer): Sniffed | null {
  const found = matchMagic(head);
  if (!found) return null;
  return found.textless ? silentUnlessText(found.format, head) : readable(found.format);
}

function sniffProgram(source: Source, head: Buffer): Sniffed | null {
  if (head[0] !== 0x4d || head[1] !== 0x5a || head.length < 64 || !head.subarray(0, 64).includes(0)) return null;
  const start = source.read(0, ARCHIVE_IN_PROGRAM_BYTES);
  const end = source.read(Math.max(0, source.sizeBytes - ARCHIVE_IN_PROGRAM_BYTES), ARCHIVE_IN_PROGRAM_BYTES);
  if (end.includes('PK\x05\x06', 0, 'latin1') && start.includes('PK\x03\x04', 0, 'latin1')) return readable('zip');
  const carries = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', '-lh5-', '-lh6-', '-lh7-'].some((sign) => start.includes(sign, 64, 'latin1'));
  return carries ? readable('self-extracting') : silent('exe');
}

/** Families whose mark stands behind a length or within a structure. */
function sniffFamily(head: Buffer, sizeBytes: number, name: string): Sniffed | null {
  const at4 = head.toString('latin1', 4, 8);
  const at8 = head.toString('latin1', 8, 12);
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.length >= 12) {
    if (at8 === 'WEBP') return readable('webp');
    if (at8 === 'AVI ' || at8 === 'WAVE' || at8 === 'RMID' || at8 === 'ACON') return silentUnlessText(at8.trim().toLowerCase(), head);
  }
  // ISO/IEC 14496-12, 4.3: the box of brands is short and comes first.
  if (at4 === 'ftyp' && head.readUInt16BE(0) === 0) {
    if (/^(?:hei|hev|mif1|msf1|avif)/.test(at8)) return readable('heic');
    return silentUnlessText('mp4', head);
  }
  if ((at4 === 'moov' || at4 === 'mdat') && head.length >= 16) return silentUnlessText('mp4', head);
  if (/^-l[hz][0-9a-z]-$/.test(head.toString('latin1', 2, 7))) return readable('lzh');
  if (/^AC10\d\d\0/.test(head.toString('latin1', 0, 7))) return readable('dwg');
  if (isBitmap(head)) return readable('bmp');
  if (isOldTar(head)) return readable('tar');
  if (isDbf(head, sizeBytes)) return readable('dbf');
  if (/\.(?:dbt|fpt)$/i.test(name) && memoSort(head, sizeBytes)) return readable('dbf-memo');
  const pdf = head.subarray(0, PDF_HEADER_WITHIN_BYTES).indexOf('%PDF-');
  return pdf > 0 && /^%PDF-\d\.\d/.test(head.toString('latin1', pdf, pdf + 8)) ? readable('pdf') : null;
}

/** `BM` and one of the sizes that a bitmap's second header has. */
function isBitmap(head: Buffer): boolean {
  return head[0] === 0x42 && head[1] === 0x4d && head.length >= 26 && [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14));
}

/** Archives from before POSIX have no mark; the header's checksum proves them (sum of its bytes with the checksum as spaces). */
function isOldTar(head: Buffer): boolean {
  if (head.length < 512 || head[0] === 0) return false;
  const told = /^ {0,7}([0-7]{1,7})[\0 ]/.exec(head.toString('latin1', 148, 156))?.[1];
  if (!told) return false;
  let sum = 8 * 32;
  for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += head[at] ?? 0;
  return sum === Number.parseInt(told, 8);
}

/** dBASE III and later: version, a date, sizes of header and record that fit the file, and the mark that ends the field list. */
function isDbf(head: Buffer, sizeBytes: number): boolean {
  if (head.length < 65 || ![0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8b, 0xcb, 0xf5, 0xfb].includes(head[0] ?? 0))
    return false;
  const month = head[2] ?? 0;
  const day = head[3] ?? 0;
  const headerBytes = head.readUInt16LE(8);
  const recordBytes = head.readUInt16LE(10);
  if (month > 12 || day > 31 || headerBytes < 65 || headerBytes > sizeBytes + 1 || recordBytes < 2) return false;
  const expected = headerBytes + recordBytes * head.readUInt32LE(4);
  return Math.abs(expected - sizeBytes) <= recordBytes + 512 && /^[\x20-\x7e\x80-\xff]{1,11}/.test(head.toString('latin1', 32, 43));
}

function sniffRest(source: Source, head: Buffer): Sniffed {
  const sample = source.sizeBytes <= head.length ? head : source.read(0, TEXT_SAMPLE_BYTES);
  const text = sniffText(sample, sample.length >= source.sizeBytes, source.name);
  if (text) return readable(text);
  // No mark is published for these: the name only says which sort of unreadable file it is.
  const named = /\.(xdw|xbd|jtd|jhd|jaw|fmp12|fp7)$/i.exec(source.name)?.[1]?.toLowerCase();
  return readable(named ? (named.startsWith('xb') ? 'xdw' : named) : 'unknown-binary');
}
