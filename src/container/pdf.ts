/**
 * A PDF's trailer (ISO 32000-1, 7.5): enough to see whether and how it is encrypted. It reads no pages and decodes no streams; where the
 * cross-reference is broken it searches the file instead, as readers do.
 */
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';
import { isDictionary, isReference, type PdfDictionary, parsePdfValue } from './pdf-object.js';

export interface PdfTrailer {
  readonly trailer: PdfDictionary;
  /** Null when the file is not encrypted. */
  readonly encrypt: PdfDictionary | null;
  /** The first string of /ID, empty when there is none. */
  readonly id: Buffer;
}

const TAIL_BYTES = 2048;
const HEADER_WITHIN_BYTES = 1024;
/** A trailer or cross-reference dictionary; real ones take some hundred bytes. */
const DICTIONARY_BYTES_MAX = 64 * 1024;
/** Sections of incremental updates that are followed. */
const SECTIONS_MAX = 512;
const SEARCH_BYTES = 1024 * 1024;

/** Throws FileProblem('damaged') when no trailer can be found, or the dictionary that it calls its encryption is not there. */
export function openPdf(source: Source): PdfTrailer {
  const trailer = trailerByXref(source) ?? trailerBySearch(source);
  if (!trailer) throw new FileProblem('damaged', 'pdf: no trailer');
  const ids = trailer.get('ID');
  const first = Array.isArray(ids) ? ids[0] : undefined;
  return { trailer, encrypt: encryptOf(source, trailer), id: Buffer.isBuffer(first) ? first : Buffer.alloc(0) };
}

/** The newest trailer rules: an update must repeat the encryption of what it updates (7.5.6). */
function trailerByXref(source: Source): PdfDictionary | null {
  const tail = source.read(Math.max(0, source.sizeBytes - TAIL_BYTES), TAIL_BYTES);
  const start = tail.lastIndexOf('startxref', undefined, 'latin1');
  const told = start < 0 ? undefined : /^startxref\s{1,10}(\d{1,12})/.exec(tail.toString('latin1', start, start + 40))?.[1];
  if (told === undefined) return null;
  const header = Math.max(0, source.read(0, HEADER_WITHIN_BYTES).indexOf('%PDF-', 0, 'latin1'));
  for (const offset of [Number(told), Number(told) + header]) {
    const trailer = sectionTrailer(source, offset);
    if (trailer?.has('Root') || trailer?.has('Encrypt')) return trailer;
  }
  return null;
}

/** The dictionary of one section: behind `trailer` of a table, or of the stream object itself. */
function sectionTrailer(source: Source, offset: number): PdfDictionary | null {
  if (offset >= source.sizeBytes) return null;
  const head = source.read(offset, 64).toString('latin1');
  const object = /^\s{0,20}\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj/.exec(head);
  if (object) return dictionaryAt(source, offset + object[0].length);
  if (!/^\s{0,20}xref/.test(head)) return null;
  const at = find(source, 'trailer', offset, Math.min(source.sizeBytes, offset + limits.wholeBytesMax));
  return at < 0 ? null : dictionaryAt(source, at + 7);
}

function dictionaryAt(source: Source, offset: number): PdfDictionary | null {
  const value = parsePdfValue(source.read(offset, DICTIONARY_BYTES_MAX), 0);
  return isDictionary(value) ? value : null;
}

/** The last trailer or cross-reference stream of the file that names a root; one that also names an encryption goes first. */
function trailerBySearch(source: Source): PdfDictionary | null {
  let best: PdfDictionary | null = null;
  for (const sign of ['trailer', '/XRef']) {
    let at = find(source, sign, 0, source.sizeBytes);
    for (let sections = 0; at >= 0 && sections < SECTIONS_MAX; sections++) {
      const dictionary = sign === 'trailer' ? dictionaryAt(source, at + 7) : dictionaryAround(source, at);
      if (dictionary?.has('Root') && (dictionary.has('Encrypt') || !best?.has('Encrypt'))) best = dictionary;
      at = find(source, sign, at + sign.length, source.sizeBytes);
    }
  }
  return best;
}

/** The object in whose dictionary the place `at` lies: its `obj` stands shortly before. */
function dictionaryAround(source: Source, at: number): PdfDictionary | null {
  const from = Math.max(0, at - 2048);
  const before = source.read(from, at - from);
  const start = before.lastIndexOf(' obj', undefined, 'latin1');
  return start < 0 ? null : dictionaryAt(source, from + start + 4);
}

function encryptOf(source: Source, trailer: PdfDictionary): PdfDictionary | null {
  const value = trailer.get('Encrypt');
  if (value === undefined || value === null) return null;
  if (isDictionary(value)) return value;
  if (!isReference(value)) throw new FileProblem('damaged', 'pdf: encryption is no dictionary');
  // It may not lie in an object stream (7.5.7), so its bytes stand in the file; the last one of an updated file is in force.
  const sign = `${value.object} ${value.generation} obj`;
  let found: PdfDictionary | null = null;
  let at = find(source, sign, 0, source.sizeBytes);
  for (let seen = 0; at >= 0 && seen < SECTIONS_MAX; seen++) {
    const digitBefore = at > 0 && /\d/.test(source.read(at - 1, 1).toString('latin1'));
    const dictionary = digitBefore ? null : dictionaryAt(source, at + sign.length);
    if (dictionary?.has('Filter')) found = dictionary;
    at = find(source, sign, at + sign.length, source.sizeBytes);
  }
  if (!found) throw new FileProblem('damaged', 'pdf: encryption dictionary not found');
  return found;
}

/** The offset of `sign` in [from, end), -1 when it is not there; read piece by piece. */
function find(source: Source, sign: string, from: number, end: number): number {
  for (let at = from; at < end; at += SEARCH_BYTES) {
    const piece = source.read(at, Math.min(SEARCH_BYTES + sign.length - 1, end - at));
    const found = piece.indexOf(sign, 0, 'latin1');
    if (found >= 0) return at + found;
    if (piece.length < SEARCH_BYTES) break;
  }
  return -1;
}
