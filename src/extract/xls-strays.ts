/**
 * Texts of an old workbook (MS-XLS 2.4, BIFF8) in records that stand for no cell: links and their tips, values of filters, scenarios, names of
 * who wrote, queries, alternative texts of shapes, what links to other programs saw last.
 */
import type { Block } from '../model.js';
import { officeArtTexts } from './office-art.js';
import { DDE_ITEM, ddeValues, LinkedValues } from './xls-links.js';
import { BiffRecords, countedText, unicodeText } from './xls-records.js';
import { StrayTexts } from './xml-strays.js';

const FILE_PASS = 0x002f;
const LINKED = 0x01ae;
const WRITE_ACCESS = 0x005c;
const FILTER = 0x009e;
const FILTER_VALUE = 0x087f;
const SCENARIO = 0x00af;
const QUERY_TEXT = 0x00cd;
const QUERY_NAME = 0x01ad;
const LINK = 0x01b8;
const LINK_TIP = 0x0800;
const DRAWING = 0x00ec;
/** Where the texts of a link begin: behind its cells and the number of its kind (2.4.140). */
const LINK_TEXTS = 32;
/** Places at which a text of a link is looked for. */
const LINK_STEPS_MAX = 1_000;
const UNITS_MAX = 32_767;

/** Throws FileProblem('too-large') past the bound of StrayTexts. */
export function* readXlsStrays(stream: Buffer): Generator<Block> {
  const found = new Map<string, StrayTexts>();
  const add = (part: string, text: string) => {
    const texts = found.get(part) ?? new StrayTexts();
    found.set(part, texts);
    texts.add(text.replaceAll('\0', ''));
  };
  const linked = new LinkedValues();
  const record = new BiffRecords(stream);
  while (record.next()) {
    const { bytes } = record;
    switch (record.type) {
      // Behind it all is encrypted.
      case FILE_PASS:
        return;
      case DDE_ITEM:
        if (bytes.length > 7) add('link', unicodeText(bytes, 7, bytes[6]!).text);
        linked.addAll(ddeValues(record));
        break;
      case LINKED:
        // A workbook with its path, or a program and its topic, parted by characters of control (2.4.271).
        if (bytes.length > 5)
          add(
            'link',
            countedText(bytes, 2)
              .text.replace(/[\x01-\x1f]+/g, ' ')
              .trim(),
          );
        break;
      case WRITE_ACCESS:
        if (bytes.length >= 3 && record.uint16(0) <= 54) add('author', countedText(bytes, 0).text);
        break;
      case FILTER:
        for (const text of filterTexts(bytes, 4, 2)) add('filter', text);
        break;
      case FILTER_VALUE:
        for (const text of filterTexts(bytes, 12, 1)) add('filter', text);
        break;
      case SCENARIO:
        for (const text of scenarioTexts(bytes)) add('scenario', text);
        break;
      case QUERY_TEXT:
        add('connection', countedText(bytes, 0).text);
        break;
      case QUERY_NAME:
        add('connection', countedText(bytes, 10).text);
        break;
      case LINK:
        for (const text of linkTexts(bytes)) add('link', text);
        break;
      case LINK_TIP:
        add('link', bytes.toString('utf16le', 10, bytes.length & ~1));
        break;
      case DRAWING: {
        const pieces = [bytes, ...record.continued()];
        for (const text of officeArtTexts(pieces.length === 1 ? bytes : Buffer.concat(pieces))) add('description', text);
      }
    }
  }
  yield* linked.blocks();
  for (const [part, texts] of found) {
    const lines = texts.all();
    if (lines.length === 0) continue;
    const where = { part };
    // Values of filters stand beside each other: neighbours are no one person's.
    if (part === 'filter') yield { kind: 'table', where, rows: [{ firstRow: 1, rows: lines.map((line) => [line]) }], copy: true };
    else yield { kind: 'text', where, text: lines.join('\n'), ...(part !== 'description' && { copy: true }) };
  }
}

/** `count` conditions of ten bytes (AFDOper, 2.5.2) from `at` on, then the strings of those that are strings. */
function filterTexts(bytes: Buffer, at: number, count: number): readonly string[] {
  const texts: string[] = [];
  let next = at + count * 10;
  for (let index = 0; index < count && next < bytes.length; index++) {
    const condition = at + index * 10;
    if (bytes[condition] !== 6) continue;
    const { text, end } = unicodeText(bytes, next, bytes[condition + 6] ?? 0);
    texts.push(text);
    next = end;
  }
  return texts;
}

/** 2.4.244: counts, a name of so many characters, who made it, a comment, the cells, then their values. */
function scenarioTexts(bytes: Buffer): readonly string[] {
  if (bytes.length < 8) return [];
  const cells = bytes.readUInt16LE(0);
  const name = unicodeText(bytes, 7, bytes[4] ?? 0);
  const texts = [name.text];
  const user = countedText(bytes, name.end);
  texts.push(user.text);
  let next = user.end;
  if ((bytes[5] ?? 0) > 0) {
    const comment = countedText(bytes, next);
    texts.push(comment.text);
    next = comment.end;
  }
  next += cells * 4;
  for (let index = 0; index < cells && next + 3 <= bytes.length; index++) {
    const value = countedText(bytes, next);
    texts.push(value.text);
    next = value.end;
  }
  return texts.filter((text) => /[^\u0000-\u007f]|\d{4}/.test(text));
}

/** What a link shows and where it leads: counts of four bytes before UTF-16 that ends with a NUL (MS-OSHARED 2.3.7.1); addresses count by bytes. */
function linkTexts(bytes: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = LINK_TEXTS, steps = 0; at + 6 <= bytes.length && steps < LINK_STEPS_MAX; steps++) {
    const count = bytes.readUInt32LE(at);
    const end = [at + 4 + count * 2, at + 4 + count].find((candidate) => isEnd(bytes, at + 4, candidate));
    if (count < 2 || count > UNITS_MAX * 2 || end === undefined) {
      at++;
      continue;
    }
    texts.push(bytes.toString('utf16le', at + 4, end - 2));
    at = end;
  }
  return texts;
}

/** Whether UTF-16 that is text reaches from `from` to a NUL right before `end`. */
function isEnd(bytes: Buffer, from: number, end: number): boolean {
  if (end > bytes.length || end - from < 4 || (end - from) % 2 !== 0 || bytes.readUInt16LE(end - 2) !== 0) return false;
  for (let at = from; at < end - 2; at += 2) {
    const unit = bytes.readUInt16LE(at);
    if (unit < 0x20 || (unit >= 0xe000 && unit <= 0xf8ff) || unit > 0xfff0) return false;
  }
  return true;
}
