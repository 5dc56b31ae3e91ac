/**
 * Which sort of text a text is: markup, mail, data, a table, or plain. By content; the name only decides between equals (a list of two
 * columns is a table when it is called .csv).
 */
import type { Format } from '../model.js';
import { isTable, judgeDialect } from './csv-dialect.js';
import { decodeWhole, detectEncoding, isUtf32 } from './encoding.js';
import { holdsPacked } from './packed-text.js';
import { beforeHole } from './text-hole.js';

const START_CHARS = 4096;

const HTML_START =
  /^(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s{0,99})?<(?:!doctype\s+html|html|head|body|table|meta|title|script|style|div|p|font|center|h[1-6]|frameset)\b/i;
const XML_START = /^(?:<\?xml\b|<!DOCTYPE\s|<[a-z_][\w.-]{0,60}:?[\w.-]{0,60}\s+xmlns)/i;
const SPREADSHEET_ML = 'urn:schemas-microsoft-com:office:spreadsheet';
const FLAT_ODF = /<(?:\w{1,20}:)?document\s[^>]{0,4000}urn:oasis:names:tc:opendocument:xmlns:office/;
/** Field names of RFC 5322 and of common mail programs. */
const MAIL_FIELD =
  /^(?:return-path|received|delivered-to|from|to|cc|bcc|subject|date|message-id|mime-version|content-type|content-transfer-encoding|reply-to|sender|in-reply-to|references|dkim-signature|authentication-results|arc-[a-z-]{1,40}|list-[a-z-]{1,40}|thread-[a-z]{1,20}|user-agent|x-[a-z0-9-]{1,40})[ \t]{0,4}:/i;
const MBOX_START = /^From \S{1,200} {1,2}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} /;

/** The sort of a text, null when the sample is no text. `isWhole`: the text ends with the sample. */
export function sniffText(head: Buffer, isWhole: boolean, name: string): Format | null {
  const sample = beforeHole(head);
  const whole = isWhole || sample.length < head.length;
  // Read as UTF-16 it would have a NUL behind every letter, and nothing would be found in it.
  if (isUtf32(sample)) return null;
  const encoding = detectEncoding(sample, whole);
  if (!encoding.startsWith('utf-16') && looksBinary(sample)) return null;
  const text = decodeWhole(encoding, sample);
  if (encoding.startsWith('utf-16') && looksBinary(Buffer.from(text.slice(0, START_CHARS)))) return null;
  if (tooManyReplaced(text)) return null;
  return markupOf(text) ?? mailOf(text) ?? dataOf(text, name) ?? tableOf(text, whole, name) ?? 'txt';
}

/** NUL, BEL, BS, TAB, LF, VT, FF, CR, SUB (end mark of DOS) and ESC stand in texts; the other control characters hardly. */
const UNTEXTUAL = Uint8Array.from({ length: 32 }, (_, code) => ([0, 7, 8, 9, 10, 11, 12, 13, 26, 27].includes(code) ? 0 : 1));

/** Host files pad fields with NULs; where they are a third of the file it is data. */
function looksBinary(sample: Buffer): boolean {
  let untextual = 0;
  let nuls = 0;
  for (const byte of sample) {
    if (byte >= 0x20) continue;
    if (byte === 0) nuls++;
    else untextual += UNTEXTUAL[byte] ?? 0;
  }
  return untextual * 50 > sample.length || nuls * 3 > sample.length;
}

/** Host programs cut fields at bytes, in the middle of a character: a short field may lose one of eight. The reader tells how many were lost. */
function tooManyReplaced(text: string): boolean {
  let replaced = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) replaced++;
  return replaced * 6 > text.length;
}

function markupOf(text: string): Format | null {
  const start = text.slice(0, START_CHARS).trimStart();
  if (start[0] !== '<') return null;
  if (start.includes(SPREADSHEET_ML) && /<(?:\w{1,9}:)?Workbook\b/.test(start)) return 'xml-spreadsheet';
  if (FLAT_ODF.test(start)) return 'odf-flat';
  if (HTML_START.test(start)) return 'html';
  if (!XML_START.test(start)) return null;
  return /<html\b|<!doctype\s+html/i.test(start) ? 'html' : 'xml';
}

function mailOf(text: string): Format | null {
  const start = text.slice(0, START_CHARS);
  if (MBOX_START.test(start)) return 'mbox';
  const lines = start.trimStart().split(/\r\n|\n|\r/, 24);
  if (!MAIL_FIELD.test(lines[0] ?? '')) return null;
  let fields = 0;
  let others = 0;
  for (const line of lines) {
    if (line === '') break;
    if (MAIL_FIELD.test(line)) fields++;
    else if (!/^[ \t]|^[\x21-\x39\x3b-\x7e]{1,60}:/.test(line)) others++;
  }
  return fields >= 2 && others === 0 ? 'eml' : null;
}

function dataOf(text: string, name: string): Format | null {
  const start = text.slice(0, START_CHARS).trimStart();
  if (holdsPacked(start)) return 'txt';
  const card = /^BEGIN:(VCARD|VCALENDAR)\s/i.exec(start)?.[1]?.toUpperCase();
  if (card) return card === 'VCARD' ? 'vcf' : 'ics';
  // The first record of SYLK says who wrote it; the next are formats, options, the size, or cells.
  if (/^ID;P[^\r\n]{0,200}(?:\r\n|\n|\r)(?:P;|O;|B;|F;|C;|W;|NN;)/.test(start)) return 'sylk';
  if (/^\{\s*(?:"|\})/.test(start) || /^\[\s*(?:\{\s*"|\[\s*["\d[{-])/.test(start)) return 'json';
  return /\.(?:json|jsonl|ndjson|geojson)$/i.test(name) && /^[[{"]/.test(start) ? 'json' : null;
}

function tableOf(text: string, whole: boolean, name: string): Format | null {
  const dialect = judgeDialect(text, whole);
  if (!dialect) return null;
  const named = /\.(?:csv|tsv|tab)$/i.test(name);
  if (!named && !isTable(dialect)) return null;
  return dialect.separator === '\t' ? 'tsv' : 'csv';
}
