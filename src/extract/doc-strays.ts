/**
 * Texts of a Word document (MS-DOC) that stand in lists beside its stories: who changed and commented, variables, names of bookmarks, and what fields of
 * forms hold. It reads no story.
 */
import type { Block } from '../model.js';
import type { DocFib } from './doc-fib.js';
import { officeArtTexts } from './office-art.js';

/** Pairs of the header (2.5.6): bookmarks, authors of comments and of changes, variables, who saved. */
const BOOKMARKS = 21;
const COMMENT_AUTHORS = 36;
const DRAWINGS = 50;
const CHANGE_AUTHORS = 51;
const VARIABLES = 60;
const SAVED_BY = 71;
const STRINGS_MAX = 10_000;
const UNITS_MAX = 32_767;
const WIDE = /[^\u0000-\u007f]/;

/** `data`: the stream that holds fields of forms. */
export function* docStrays(fib: DocFib, data: Buffer): Generator<Block> {
  const authors = new Set([
    ...stringTable(fib.structure(CHANGE_AUTHORS)),
    ...strings(fib.structure(COMMENT_AUTHORS), 0, STRINGS_MAX).texts,
  ]);
  for (const text of stringTable(fib.structure(SAVED_BY))) if (WIDE.test(text)) authors.add(text);
  yield* block(
    'author',
    [...authors].filter((name) => name !== 'Unknown'),
    false,
  );
  const variables = fib.structure(VARIABLES);
  const names = stringTable(variables);
  yield* block('variable', [...names, ...strings(variables, behindTable(variables), names.length).texts], false);
  yield* block(
    'name',
    stringTable(fib.structure(BOOKMARKS)).filter((name) => WIDE.test(name)),
    true,
  );
  yield* block('description', officeArtTexts(fib.structure(DRAWINGS)), false);
  yield* block('field', formFields(data), true);
}

function* block(part: string, texts: readonly string[], copy: boolean): Generator<Block> {
  const lines = texts.filter((text) => text.trim() !== '');
  if (lines.length > 0) yield { kind: 'text', where: { part }, text: lines.join('\n'), ...(copy && { copy }) };
}

/** An STTB of wide strings (2.2.4): 0xFFFF, their number, bytes behind each; then each with its length. */
function stringTable(table: Buffer): readonly string[] {
  return readTable(table).texts;
}

function behindTable(table: Buffer): number {
  return readTable(table).end;
}

function readTable(table: Buffer): { readonly texts: readonly string[]; readonly end: number } {
  if (table.length < 6 || table.readUInt16LE(0) !== 0xffff) return { texts: [], end: table.length };
  return strings(table, 6, Math.min(STRINGS_MAX, table.readUInt16LE(2)), table.readUInt16LE(4));
}

/** `count` strings (Xst, 2.9.352) from `at` on, each with `extra` bytes behind it. */
function strings(bytes: Buffer, at: number, count: number, extra = 0): { readonly texts: readonly string[]; readonly end: number } {
  const texts: string[] = [];
  let next = at;
  for (let index = 0; index < count && next + 2 <= bytes.length; index++) {
    const end = next + 2 + bytes.readUInt16LE(next) * 2;
    if (end > bytes.length) break;
    texts.push(bytes.toString('utf16le', next + 2, end).replaceAll('\0', ''));
    next = end + extra;
  }
  return { texts, end: next };
}

/** Characters that are looked at in all: what looks like a field may be a picture's bytes. */
const FORM_UNITS_MAX = 16 * 1024 * 1024;
const FORM_MARK = Buffer.from([0xff, 0xff, 0xff, 0xff]);

/** FFData (2.9.78) in the data stream: version -1, bits, then a name, a default (of texts) or a number, a format, help, status, macros, choices. */
function formFields(data: Buffer): readonly string[] {
  const found = new Set<string>();
  const left = { units: FORM_UNITS_MAX };
  for (let at = data.indexOf(FORM_MARK); at >= 0 && left.units > 0 && found.size < STRINGS_MAX; at = data.indexOf(FORM_MARK, at + 4)) {
    for (const text of formField(data, at + 4, left)) found.add(text);
  }
  return [...found];
}

function formField(data: Buffer, at: number, left: { units: number }): readonly string[] {
  if (at + 10 > data.length) return [];
  const sort = data.readUInt16LE(at) & 3;
  if (sort > 2) return [];
  let next = at + 6;
  const take = (): string | null => {
    if (next + 4 > data.length) return null;
    const units = data.readUInt16LE(next);
    const end = next + 2 + units * 2;
    // A string ends with a NUL that its length leaves out.
    if (units > UNITS_MAX || end + 2 > data.length || data.readUInt16LE(end) !== 0) return null;
    left.units -= units;
    const text = data.toString('utf16le', next + 2, end);
    next = end + 2;
    return text;
  };
  const texts: string[] = [];
  const name = take();
  if (name === null || name.length > 20) return [];
  if (sort === 0) {
    const usual = take();
    if (usual === null) return [];
    texts.push(usual);
  } else next += 2;
  const format = take();
  const help = take();
  const status = take();
  if (format === null || help === null || status === null) return [];
  texts.push(help, status);
  if (sort === 2 && take() !== null && take() !== null) texts.push(...stringTable(data.subarray(next)));
  return texts.filter((text) => text.trim() !== '');
}
