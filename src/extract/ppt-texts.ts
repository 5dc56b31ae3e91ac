/** Takes the texts out of one object of a PowerPoint document: a slide, its notes, a master, or the document with its outline (MS-PPT 2.4, 2.5, 2.9). */
import { type PptRecord, recordsIn } from './ppt-records.js';

const TEXT_CHARS = 0x0fa0;
const TEXT_BYTES = 0x0fa8;
const STRING = 0x0fba;
const PLACEHOLDER = 0x0bc3;
const SHAPE = 0xf004;
const CLIENT_DATA = 0xf011;
const COMMENT = 0x2ee0;
const MARGINS = 0x0fd9;
const OUTLINE = 0x0ff0;
const SLIDE_PERSIST = 0x03f3;
const DEPTH_MAX = 64;
const STRAYS_MAX = 10_000;

/** What an outline holds for one slide, master or notes page: their placeholders' texts. */
export interface OutlinePage {
  /** Number of the object that is the page. */
  readonly object: number;
  readonly slideId: number;
  readonly lines: string[];
}

export interface PptTexts {
  readonly lines: string[];
  readonly comments: string[];
  readonly margins: string[];
  readonly authors: Set<string>;
  /** Names, values of tags, targets of links: strings that no other reader takes, where they go beyond ASCII. */
  readonly strays: Set<string>;
  /** By the sort of outline: 0 slides, 1 masters, 2 notes. */
  readonly outlines: Map<number, OutlinePage[]>;
  cut: boolean;
}

export function newTexts(): PptTexts {
  return { lines: [], comments: [], margins: [], authors: new Set(), strays: new Set(), outlines: new Map(), cut: false };
}

/** `prompts`: placeholders hold prompts alone, as on a master, and are passed over. */
export function collectTexts(document: Buffer, record: PptRecord, prompts: boolean, texts: PptTexts, depth = 0): void {
  if (record.cut) texts.cut = true;
  if (depth > DEPTH_MAX) {
    texts.cut = true;
    return;
  }
  if (prompts && record.type === SHAPE && isPlaceholder(document, record)) return;
  if (record.type === OUTLINE) collectOutline(document, record, texts);
  else if (record.type === COMMENT) collectComment(document, record, texts);
  else if (record.type === MARGINS) collectMargins(document, record, texts);
  else if (record.isContainer) {
    for (const child of recordsIn(document, record.start, record.end)) collectTexts(document, child, prompts, texts, depth + 1);
  } else if (record.type === TEXT_CHARS || record.type === TEXT_BYTES) texts.lines.push(readText(document, record));
  else if (record.type === STRING && texts.strays.size < STRAYS_MAX) {
    const text = readText(document, record).trim();
    if (/[^\u0000-\u007f]|^mailto:/i.test(text)) texts.strays.add(text);
  }
}

/** A shape's client data say which placeholder it is (2.7.8). */
function isPlaceholder(document: Buffer, shape: PptRecord): boolean {
  for (const child of recordsIn(document, shape.start, shape.end)) {
    if (child.type !== CLIENT_DATA) continue;
    for (const data of recordsIn(document, child.start, child.end)) if (data.type === PLACEHOLDER) return true;
  }
  return false;
}

/** 2.4.14.3: for each page an atom that names it, then its texts. */
function collectOutline(document: Buffer, outline: PptRecord, texts: PptTexts): void {
  const pages = texts.outlines.get(outline.instance) ?? [];
  texts.outlines.set(outline.instance, pages);
  for (const record of recordsIn(document, outline.start, outline.end)) {
    if (record.cut) texts.cut = true;
    if (record.type === SLIDE_PERSIST && record.end - record.start >= 16) {
      pages.push({ object: document.readUInt32LE(record.start), slideId: document.readUInt32LE(record.start + 12), lines: [] });
    } else if (record.type === TEXT_CHARS || record.type === TEXT_BYTES) {
      (pages.at(-1)?.lines ?? texts.lines).push(readText(document, record));
    }
  }
}

/** 2.5.23: strings 0 author, 1 text, 2 initials. */
function collectComment(document: Buffer, comment: PptRecord, texts: PptTexts): void {
  for (const record of recordsIn(document, comment.start, comment.end)) {
    if (record.type !== STRING) continue;
    const text = readText(document, record);
    if (record.instance === 1) texts.comments.push(text);
    else if (record.instance === 0 && text !== '' && texts.authors.size < 1_000) texts.authors.add(text);
  }
}

/** Headers and footers (2.4.15.1): strings 0 date, 1 header, 2 footer. */
function collectMargins(document: Buffer, margins: PptRecord, texts: PptTexts): void {
  for (const record of recordsIn(document, margins.start, margins.end)) {
    if (record.type === STRING && record.instance > 0) texts.margins.push(readText(document, record));
  }
}

/** One-byte text is UTF-16 without its zero bytes (2.9.42). A vertical tab breaks a line, a carriage return ends a paragraph. */
function readText(document: Buffer, { type, start, end }: PptRecord): string {
  const text = document.toString(type === TEXT_BYTES ? 'latin1' : 'utf16le', start, end);
  return text.replace(/[\r\v]/g, '\n').replace(/\0/g, '');
}
