/** Entries of an LDIF file (RFC 2849), as ldifde and ldapsearch write it. It knows the syntax; what the attributes mean is ldap-records.ts. */
import { limits } from '../../limits.js';
import { cutHere, type ExportFile, exportFault, type Line, linesOf, tooLong } from '../exports/text-file.js';

export interface LdapValue {
  readonly text: string;
  /** The bytes of a value that was written in base64. */
  readonly bytes: Buffer | null;
}

export interface LdapAttribute {
  /** Without options, in small letters. */
  readonly name: string;
  /** `range=0-1499`, `binary`, …, in small letters. */
  readonly options: readonly string[];
  readonly value: LdapValue;
}

export interface LdapEntry {
  readonly dn: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly attributes: readonly LdapAttribute[];
  /** False for a last entry without the blank line that every program writes behind it: more may have followed. */
  readonly isWhole: boolean;
}

/** Characters of one entry. */
const ENTRY_CHARS_MAX = 8 * limits.exportEntryCharsMax;

/**
 * Blocks without a `dn` (the version, references, the closing words of ldapsearch) are passed over.
 * Throws UsageError for a line that is none of LDIF or is cut, for base64 that is none, and where ldapsearch says that its search did not come to an end.
 */
export function* ldifEntries(file: ExportFile): Generator<LdapEntry> {
  let entry: { dn: string; line: number; attributes: LdapAttribute[] } | null = null;
  let chars = 0;
  for (const { text, number } of unfoldedLines(file)) {
    if (text === '') {
      if (entry !== null) yield { ...entry, isWhole: true };
      entry = null;
      chars = 0;
      continue;
    }
    chars += text.length;
    if (chars > ENTRY_CHARS_MAX) throw tooLong(file, number);
    const attribute = attributeOf(file, text, number);
    if (attribute === null) continue;
    if (attribute.name === 'dn') {
      // Some writers leave the blank line out.
      if (entry !== null) yield { ...entry, isWhole: true };
      entry = { dn: attribute.value.text, line: number, attributes: [] };
    } else if (entry !== null) entry.attributes.push(attribute);
    else refuseUnfinished(file, attribute, number);
  }
  if (entry !== null) yield { ...entry, isWhole: false };
}

/** A line that begins with a blank goes on with the one before it; comments go on in the same way. */
function* unfoldedLines(file: ExportFile): Generator<Line> {
  let pieces: string[] = [];
  let first = 1;
  let chars = 0;
  for (const { text, number, isWhole } of linesOf(file)) {
    if (!isWhole) throw cutHere(file, number);
    if (text.startsWith(' ') && pieces.length > 0) {
      pieces.push(text.slice(1));
      chars += text.length;
      if (chars > limits.exportEntryCharsMax) throw tooLong(file, first);
      continue;
    }
    if (pieces.length > 0) yield { text: pieces.join(''), number: first, isWhole };
    pieces = [text];
    first = number;
    chars = text.length;
  }
  if (pieces.length > 0) yield { text: pieces.join(''), number: first, isWhole: true };
}

/** Null for a comment, the mark between changes, and a value that stands in another file. */
function attributeOf(file: ExportFile, text: string, line: number): LdapAttribute | null {
  if (text.startsWith('#') || text === '-') return null;
  const [, names, sort, rest] = /^([A-Za-z\d][\w.;=*-]*):([:<]?)(.*)$/su.exec(text) ?? [];
  if (names === undefined)
    throw exportFault(
      file,
      line,
      'LDIF の行ではありません。ldifde か ldapsearch の結果を指定してください',
      'is no line of LDIF; give what ldifde or ldapsearch wrote',
    );
  if (sort === '<') return null;
  const [name, ...options] = names.toLowerCase().split(';');
  const written = rest!.replace(/^ +/u, '');
  return { name: name!, options, value: sort === ':' ? decoded(file, written, line) : { text: written, bytes: null } };
}

function decoded(file: ExportFile, base64: string, line: number): LdapValue {
  const bytes = Buffer.from(base64, 'base64');
  // Node passes over what is no base64: a value that lost letters would be another value.
  if (bytes.toString('base64').replace(/=+$/u, '') !== base64.trim().replace(/=+$/u, ''))
    throw exportFault(file, line, 'base64 の値が壊れています。書き出し直してください', 'a value in base64 is damaged; export it again');
  return { text: bytes.toString('utf8'), bytes };
}

function refuseUnfinished(file: ExportFile, { name, value }: LdapAttribute, line: number): void {
  if (name !== 'result' || /^0\b/u.test(value.text)) return;
  throw exportFault(
    file,
    line,
    `検索が途中で終わっています（result: ${value.text}）。「-E pr=1000/noprompt」を付けて、すべてを書き出し直してください`,
    `the search did not come to an end (result: ${value.text}); export everything, with -E pr=1000/noprompt`,
  );
}
