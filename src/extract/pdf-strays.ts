/**
 * Texts of a PDF that stand in its objects and on no page (ISO 32000-1): descriptions of files and fields, alternative texts, rich text of notes, prefixes
 * of page numbers, scripts, data of forms, former versions of all of these. It reads objects as they lie in the file, without its cross-reference.
 */
import { inflateSync } from 'node:zlib';
import { isDictionary, isReference, type PdfDictionary, type PdfValue, parsePdfValue } from '../container/pdf-object.js';
import { readScript } from './html-script.js';
import { readXmp } from './pdf-xmp.js';
import { StrayTexts } from './xml-strays.js';

const OBJECTS_MAX = 500_000;
/** Packed lists of objects, and streams of scripts and forms, unpacked: each, and all together. */
const UNPACKED_BYTES_MAX = 32 * 1024 * 1024;
const UNPACKED_TOTAL_MAX = 256 * 1024 * 1024;
const DEPTH_MAX = 12;
/** An object's number stands before its `obj`. */
const HEAD = /(\d{1,10})\s{1,4}\d{1,5}\s{1,4}$/;

/** Entries whose strings are text, whatever they are made of; others are where they go beyond ASCII. */
const TEXT_KEYS = new Set(
  'Desc TU DV V Contents RC Subj T Title Author Subject Keywords JS Alt ActualText E P Opt F UF Reason Location ContactInfo CA AC'.split(
    ' ',
  ),
);
/** Keys, checks and names that are bytes and no text. */
const BYTE_KEYS = new Set('ID O U OE UE Perms CheckSum DA Registry Ordering FontFamily IDS Cert ByteRange DocChecksum'.split(' '));

/** Each text once. `content` is not encrypted. Throws FileProblem('too-large') past the bound of StrayTexts. */
export function readPdfStrays(content: Buffer): readonly string[] {
  return new StrayReading(content).read();
}

class StrayReading {
  readonly #content: Buffer;
  readonly #texts = new StrayTexts();
  /** Where the data of streams begins, with their dictionaries, by the number of the object. */
  readonly #streams = new Map<number, { readonly dictionary: PdfDictionary; readonly start: number; readonly end: number }>();
  /** Objects whose streams hold a script or a form. */
  readonly #wanted: { readonly object: number; readonly key: string }[] = [];
  #unpacked = 0;

  constructor(content: Buffer) {
    this.#content = content;
  }

  read(): readonly string[] {
    const content = this.#content;
    let at = 0;
    for (let count = 0; count < OBJECTS_MAX; count++) {
      const word = content.indexOf('obj', at);
      if (word < 0) break;
      at = word + 3;
      const head = HEAD.exec(content.toString('latin1', Math.max(0, word - 20), word));
      if (head) at = this.#object(Number(head[1]), at);
    }
    for (const { object, key } of this.#wanted) this.#stream(object, key);
    return this.#texts.all();
  }

  /** @returns where to look for the next one. */
  #object(number: number, at: number): number {
    const value = parsePdfValue(this.#content, at);
    if (value === undefined) return at;
    this.#take(value, '', 0);
    if (!isDictionary(value)) return at;
    // The dictionary ends somewhere before this word, if a stream follows at all.
    const end = this.#content.indexOf('endobj', at);
    const word = this.#content.indexOf('stream', at);
    if (word < 0 || (end >= 0 && end < word)) return at;
    const start = this.#content[word + 6] === 0x0d ? word + 8 : word + 7;
    const length = value.get('Length');
    const told = typeof length === 'number' ? start + length : -1;
    const isTold = told > 0 && /^\s{0,4}endstream/.test(this.#content.toString('latin1', told, told + 16));
    const found = isTold ? told : this.#content.indexOf('endstream', start);
    const behind = found < 0 ? this.#content.length : found;
    const type = value.get('Type');
    const stream = { dictionary: value, start, end: behind };
    if (type === '/ObjStm') this.#packed(stream);
    else if (type === '/Metadata') for (const text of readXmp(this.#bytes(stream))) this.#texts.add(text);
    else if (this.#streams.size < OBJECTS_MAX / 10 && !value.has('Subtype')) this.#streams.set(number, stream);
    return behind;
  }

  /** Objects in a stream (7.5.7): pairs of numbers and places, then the objects. */
  #packed(stream: { readonly dictionary: PdfDictionary; readonly start: number; readonly end: number }): void {
    const bytes = this.#bytes(stream);
    const first = stream.dictionary.get('First');
    const count = stream.dictionary.get('N');
    if (typeof first !== 'number' || typeof count !== 'number' || first > bytes.length) return;
    const numbers = bytes.toString('latin1', 0, Math.min(first, 1024 * 1024)).match(/\d{1,10}/g) ?? [];
    for (let index = 0; index < Math.min(count, OBJECTS_MAX, numbers.length / 2); index++) {
      const value = parsePdfValue(bytes, first + Number(numbers[index * 2 + 1]));
      if (value !== undefined) this.#take(value, '', 0);
    }
  }

  /** All strings in a value that stands under `key`. */
  #take(value: PdfValue, key: string, depth: number): void {
    if (depth > DEPTH_MAX || BYTE_KEYS.has(key)) return;
    if (Buffer.isBuffer(value)) this.#string(value, key);
    else if (isReference(value)) {
      if (key === 'JS' || key === 'XFA' || key === 'RC') this.#wanted.push({ object: value.object, key });
    } else if (isDictionary(value)) {
      // The content of a signature is bytes (12.8.1).
      const isSignature = value.has('ByteRange');
      for (const [name, inner] of value) if (!(isSignature && name === 'Contents')) this.#take(inner, name, depth + 1);
    } else if (Array.isArray(value)) for (const inner of value) this.#take(inner, key, depth + 1);
  }

  #string(bytes: Buffer, key: string): void {
    if (bytes.length < 2) return;
    const text = decodeString(bytes);
    if (text === null) return;
    if (key === 'JS') for (const line of readScript(text)) this.#texts.add(line);
    else if (key === 'URI') this.#uri(text);
    else if (key === 'RC') this.#texts.add(withoutTags(text));
    else if (TEXT_KEYS.has(key) || /[^\u0000-\u007f]/.test(text)) this.#texts.add(text.replace(/\r\n?/g, '\n'));
  }

  #uri(url: string): void {
    let target = url;
    try {
      target = decodeURIComponent(url);
    } catch {}
    if (/^(?:mailto|tel|file):|[^\u0000-\u007f]/i.test(target)) this.#texts.add(target);
  }

  #stream(object: number, key: string): void {
    const stream = this.#streams.get(object);
    if (!stream) return;
    const bytes = this.#bytes(stream);
    const text = decodeString(bytes) ?? bytes.toString('utf8');
    if (key === 'JS') for (const line of readScript(text)) this.#texts.add(line);
    // Of a form in XML (12.7.8) the data and what it says.
    else for (const line of withoutTags(text).split('\n')) this.#texts.add(line);
  }

  #bytes({ dictionary, start, end }: { readonly dictionary: PdfDictionary; readonly start: number; readonly end: number }): Buffer {
    const bytes = this.#content.subarray(start, end);
    const filter = dictionary.get('Filter');
    const [first, ...more] = Array.isArray(filter) ? filter : [filter];
    if (first === undefined) return bytes;
    if (first !== '/FlateDecode' || more.length > 0 || this.#unpacked > UNPACKED_TOTAL_MAX) return EMPTY;
    try {
      const unpacked = inflateSync(bytes, { maxOutputLength: UNPACKED_BYTES_MAX });
      this.#unpacked += unpacked.length;
      return unpacked;
    } catch {
      // A stream that breaks off is told by pdf-streams.ts.
      return EMPTY;
    }
  }
}

const EMPTY = Buffer.alloc(0);

/** A text string (7.9.2.2); Japanese writers also put Shift_JIS where PDFDocEncoding should stand. Null for bytes that are none. */
function decodeString(bytes: Buffer): string | null {
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, 2 + ((bytes.length - 2) & ~1)))
      .swap16()
      .toString('utf16le');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
  if (bytes.every((byte) => byte < 0x80)) return bytes.toString('latin1');
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!/[\u0000-\u0008\u000e-\u001f\ue000-\uf8ff]/.test(text)) return text;
    } catch {}
  }
  return null;
}

function withoutTags(text: string): string {
  return text
    .replace(/<[^<>]{0,2000}>/g, '\n')
    .replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex: string, code: string) => {
      const point = Number.parseInt(code, hex ? 16 : 10);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '';
    })
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
