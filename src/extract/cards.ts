/**
 * Address cards (vCard 2.1 to 4.0) and calendars (iCalendar, RFC 5545) as labelled lines, one card or event a paragraph. Pictures and keys in them
 * are passed over.
 */
import { limits } from '../limits.js';
import type { Extractor } from '../parts.js';
import { decodeWhole, detectEncoding } from './encoding.js';
import { decodeQuotedPrintable } from './mail-body.js';
import { decodeDeclared } from './mail-charset.js';
import { blocksOf } from './text.js';

/** Properties of a card and what a person calls them; all others keep their name. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['N', '氏名'],
  ['SOUND', 'フリガナ'],
  ['X-PHONETIC-LAST-NAME', 'セイ'],
  ['X-PHONETIC-FIRST-NAME', 'メイ'],
  ['NICKNAME', '愛称'],
  ['BDAY', '生年月日'],
  ['ADR', '住所'],
  ['TEL', '電話番号'],
  ['EMAIL', 'メールアドレス'],
  ['ORG', '勤務先'],
  ['TITLE', '役職'],
  ['NOTE', '備考'],
]);
/** Of no use to a reader: pictures, keys, what programs note for themselves. */
const SILENT =
  /^(?:BEGIN|END|VERSION|PRODID|REV|UID|PHOTO|LOGO|KEY|DTSTAMP|SEQUENCE|CALSCALE|METHOD|TRIGGER|ACTION|TZ.{0,40}|RRULE|X-(?:ABUID|WR-.{0,40}|MICROSOFT-.{0,60}|MS-OL-.{0,60}|APPLE-.{0,60}))$/;
/** Blocks whose end is a paragraph's. */
const UNITS = /^(?:VCARD|VEVENT|VTODO|VJOURNAL)$/;

export const cardsExtractor: Extractor = {
  id: 'cards',
  version: 1,
  formats: ['vcf', 'ics'],
  *read(source, context) {
    yield* blocksOf(paragraphs(source.whole()), context);
  },
};

interface Property {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

/** A piece of text for each card or event, with a blank line behind. */
function* paragraphs(bytes: Buffer): Generator<string> {
  let lines: string[] = [];
  let card: Property[] = [];
  for (const raw of unfolded(bytes)) {
    const property = readProperty(raw);
    if (!property) {
      if (raw.length > 0) lines.push(decodeRaw(raw, null));
    } else if (property.name === 'END' && UNITS.test(property.value.trim().toUpperCase())) {
      lines.push(...linesOf(card));
      if (lines.length > 0) yield `${lines.join('\n')}\n\n`;
      lines = [];
      card = [];
    } else card.push(property);
  }
  lines.push(...linesOf(card));
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

/** Lines with their continuations (RFC 6350 3.2), and those that a soft break of quoted-printable continues (vCard 2.1). One byte a character. */
function* unfolded(bytes: Buffer): Generator<string> {
  const marked = bytes.length > 1 && (bytes[0] === 0xff || bytes[0] === 0xfe) ? detectEncoding(bytes.subarray(0, 4096), false) : null;
  const plain = marked ? Buffer.from(decodeWhole(marked, bytes)) : bytes;
  let pieces: string[] = [];
  let chars = 0;
  let soft = false;
  for (let at = plain[0] === 0xef ? 3 : 0; at < plain.length; ) {
    const newline = plain.indexOf(0x0a, at);
    const end = newline < 0 ? plain.length : newline;
    const line = plain.toString('latin1', at, end > at && plain[end - 1] === 0x0d ? end - 1 : end);
    at = end + 1;
    const folded = line[0] === ' ' || line[0] === '\t';
    if (!(soft || folded) || chars > limits.lineCharsMax) {
      if (pieces.length > 0) yield pieces.join('');
      pieces = [];
      chars = 0;
    }
    const joined = folded && !soft ? line.slice(1) : line;
    const isQuoted: boolean = soft || (pieces.length === 0 && /^[^:]{0,200}QUOTED-PRINTABLE/i.test(line));
    soft = isQuoted && line.endsWith('=');
    pieces.push(soft ? joined.slice(0, -1) : joined);
    chars += joined.length;
  }
  if (pieces.length > 0) yield pieces.join('');
}

/** `group.NAME;PARAMETER=…:value`. A colon may stand in a quoted parameter. */
function readProperty(line: string): Property | null {
  const match = /^(?:[\w-]{1,60}\.)?([A-Za-z][\w-]{0,60})((?:;(?:"[^"]{0,500}"|[^:"]){0,500})?):/.exec(line);
  if (!match) return null;
  return { name: match[1]!.toUpperCase(), parameters: match[2] ?? '', value: line.slice(match[0].length) };
}

function linesOf(card: readonly Property[]): string[] {
  const lines: string[] = [];
  const named = card.some((property) => property.name === 'N' && /[^;\s]/.test(property.value));
  for (const property of card) {
    const { name, parameters } = property;
    const value = shownValue(property);
    if (SILENT.test(name) || value === '' || /ENCODING=(?:b|base64)\b/i.test(parameters)) continue;
    // The formatted name says the same as the name in parts.
    if (name === 'FN') lines.push(named ? `表示名: ${value}` : `氏名: ${value}`);
    else if (name === 'ATTENDEE' || name === 'ORGANIZER')
      lines.push(`${name}: ${[commonName(parameters), value].filter(Boolean).join(' ')}`);
    else lines.push(`${LABELS.get(name) ?? name}: ${value}`);
  }
  return lines;
}

function shownValue({ name, parameters, value }: Property): string {
  const isQuoted = /QUOTED-PRINTABLE/i.test(parameters);
  const charset = /CHARSET="?([^";:]{1,60})/i.exec(parameters)?.[1] ?? null;
  const text = decodeRaw(isQuoted ? decodeQuotedPrintable(Buffer.from(value, 'latin1')).toString('latin1') : value, charset);
  // Parts keep their order: family, given, additional names, prefix, suffix; box, extension, street, town, region, code, country (RFC 6350 6.2, 6.3).
  const parts = text.split(/(?<!\\);/).map((part) => unescapeValue(part).trim());
  if (name === 'N') return [parts[0], parts[1], parts[2]].filter(Boolean).join(' ');
  if (name === 'SOUND') return parts.filter(Boolean).join(' ');
  if (name === 'ADR') return joinAddress(parts);
  if (name === 'BDAY') return joinDate(text.trim());
  return unescapeValue(text).trim();
}

/** In the order in which Japanese addresses are written: from the region down. */
function joinAddress(parts: readonly string[]): string {
  const [box = '', extension = '', street = '', town = '', region = '', code = ''] = parts;
  const place = `${region}${town}${street}`;
  return [code === '' || code.startsWith('〒') ? code : `〒${code}`, place, extension, box].filter(Boolean).join(' ');
}

/** `19800102`, also with a time behind, as a date that is written with hyphens. */
function joinDate(text: string): string {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T.{0,20})?$/.exec(text) ?? /^(\d{4})-(\d{2})-(\d{2})T/.exec(text);
  return match ? `${match[1]}-${match[2]}-${match[3]}` : text;
}

function commonName(parameters: string): string {
  const match = /;CN=(?:"([^"]{0,300})"|([^;:]{0,300}))/i.exec(parameters);
  return match ? decodeRaw(match[1] ?? match[2] ?? '', null) : '';
}

/** RFC 6350 3.4. */
function unescapeValue(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char));
}

function decodeRaw(raw: string, charset: string | null): string {
  return decodeDeclared(Buffer.from(raw, 'latin1'), charset);
}
