/**
 * Header fields of mails (RFC 5322 2.2): unfolded, with encoded words (RFC 2047) and parameters (RFC 2045 5.1, RFC 2231) decoded as mail
 * programs really write them. Values stay bytes, one a character, until they are decoded.
 */
import { decodeDeclared } from './mail-charset.js';

/** Fields of one mail or part; a mail gateway's own bounds are far below. */
const FIELDS_MAX = 5_000;
const HEADER_BYTES_MAX = 4 * 1024 * 1024;

export interface Field {
  /** In lower case. */
  readonly name: string;
  /** Unfolded, one byte a character. */
  readonly raw: string;
}

export interface Header {
  readonly fields: readonly Field[];
  /** Where the body begins. */
  readonly bodyStart: number;
  /** True when not all of it was read. */
  readonly cut: boolean;
}

/** Reads fields from `start` up to the blank line, or up to the first line that is none: some mails lack the blank line. */
export function readHeader(bytes: Buffer, start: number, end: number): Header {
  const fields: { name: string; raw: string }[] = [];
  let at = start;
  let cut = false;
  while (at < end) {
    const newline = bytes.indexOf(0x0a, at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    const line = bytes.toString('latin1', at, next).replace(/[\r\n]+$/, '');
    if (line === '') return { fields, bodyStart: next, cut };
    const last = fields.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last && last.raw.length < HEADER_BYTES_MAX) last.raw += line;
      else if (last) cut = true;
    } else {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(0, colon)).trimEnd();
      if (colon <= 0 || !/^[\x21-\x7e]{1,200}$/.test(name)) {
        if (fields.length > 0 && !line.startsWith('From ') && !line.startsWith('>From ')) return { fields, bodyStart: at, cut };
      } else if (fields.length < FIELDS_MAX) fields.push({ name: name.toLowerCase(), raw: line.slice(colon + 1) });
      else cut = true;
    }
    at = next;
  }
  return { fields, bodyStart: end, cut };
}

export function fieldOf(header: Header, name: string): string | null {
  return header.fields.find((field) => field.name === name)?.raw.trim() ?? null;
}

const ENCODED_WORD = /=\?([^?\s]{1,80})\?([bq])\?([^?]*)\?=/gi;

/** A value as a person reads it. */
export function decodeValue(raw: string): string {
  const pieces: string[] = [];
  let at = 0;
  let charset = '';
  let words: Buffer[] = [];
  const close = (): void => {
    if (words.length > 0) pieces.push(decodeDeclared(Buffer.concat(words), charset));
    words = [];
  };
  for (const match of raw.matchAll(ENCODED_WORD)) {
    const between = raw.slice(at, match.index);
    // Only space between two encoded words does not count (RFC 2047 6.2).
    if (words.length === 0 || between.trim() !== '') {
      close();
      pieces.push(decodeRaw(between));
    }
    // RFC 2231 5: a language may stand behind the character set.
    const next = (match[1] ?? '').replace(/\*.*$/, '').toLowerCase();
    // Words of one character set are decoded together: a character may be cut in two by them.
    if (next !== charset) close();
    charset = next;
    words.push(wordBytes(match[2] ?? '', match[3] ?? ''));
    at = match.index + match[0].length;
  }
  close();
  pieces.push(decodeRaw(raw.slice(at)));
  return pieces.join('').trim();
}

function decodeRaw(raw: string): string {
  return /^[\x20-\x7e\t]*$/.test(raw) ? raw : decodeDeclared(Buffer.from(raw, 'latin1'), null);
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding === 'B' || encoding === 'b') return Buffer.from(text, 'base64');
  const plain = text.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(plain, 'latin1');
}

/** A value with parameters: `text/plain; charset=utf-8; name="…"`. */
export interface Parameters {
  /** In lower case, without parameters. */
  readonly value: string;
  /** Decoded, by name in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

export function readParameters(raw: string | null): Parameters {
  const [first = '', ...rest] = splitParameters(raw ?? '');
  const parameters = new Map<string, string>();
  const pieces = new Map<string, { number: number; text: string; encoded: boolean }[]>();
  for (const piece of rest) {
    const equals = piece.indexOf('=');
    if (equals <= 0) continue;
    const key = piece.slice(0, equals).trim().toLowerCase();
    const text = unquote(piece.slice(equals + 1).trim());
    const continued = /^([^*]{1,60})\*(?:(\d{1,4})(\*)?)?$/.exec(key);
    if (!continued) {
      if (!parameters.has(key)) parameters.set(key, decodeValue(text));
      continue;
    }
    const [, base = '', number, star] = continued;
    const list = pieces.get(base) ?? [];
    list.push({ number: Number(number ?? 0), text, encoded: number === undefined || star !== undefined });
    pieces.set(base, list);
  }
  for (const [base, list] of pieces) parameters.set(base, joinContinued(list.sort((a, b) => a.number - b.number)));
  return { value: first.trim().toLowerCase(), parameters };
}

/** RFC 2231 3 and 4: numbered pieces, percent-encoded where marked; the first names the character set. */
function joinContinued(pieces: readonly { text: string; encoded: boolean }[]): string {
  let charset: string | null = null;
  const bytes = pieces.map(({ text, encoded }, index) => {
    if (!encoded) return text;
    const named = index === 0 ? /^([^']{0,60})'[^']{0,60}'/.exec(text) : null;
    if (named) charset = named[1] || null;
    const value = named ? text.slice(named[0].length) : text;
    return value.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  });
  return charset === null ? decodeValue(bytes.join('')) : decodeDeclared(Buffer.from(bytes.join(''), 'latin1'), charset);
}

/** At semicolons outside of quotes. */
function splitParameters(raw: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < raw.length && pieces.length < 200; at++) {
    const char = raw[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      pieces.push(raw.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(raw.slice(start));
  return pieces;
}

/** A backslash of ISO-2022-JP or CP932 bytes inside of quotes is half a character, so only escapes of quotes and backslashes are undone. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const inner = text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text.slice(1);
  return inner.replace(/\\(["\\])/g, '$1');
}
