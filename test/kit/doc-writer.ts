/** A small writer of Word 97 documents for tests: paragraphs with their properties, one page of them (MS-DOC 2.9.33, 2.9.114). */
import { writeOle } from './ole-writer.js';

export interface DocParagraph {
  /** With its mark: `\r`, or `\x07` at the end of a cell or row. */
  readonly text: string;
  readonly modifiers?: Buffer;
}

export interface DocSpec {
  readonly body: readonly DocParagraph[];
  /** Texts behind the body in the order of MS-DOC 2.3: notes, headers, macros, comments, endnotes, text boxes, text boxes of headers. */
  readonly stories?: readonly string[];
  /** Stretches of characters that were deleted. */
  readonly deleted?: readonly (readonly [start: number, end: number])[];
  /** One byte a character. */
  readonly compressed?: boolean;
  readonly flags?: number;
  readonly version?: number;
  readonly streams?: Readonly<Record<string, Buffer>>;
}

const TEXT_OFFSET = 1024;
const PAGE_BYTES = 512;

/** In a table. */
export const IN_TABLE = Buffer.from('162401', 'hex');

/** The mark that ends a row whose cells have these right edges. */
export function rowEnd(edges: readonly number[]): Buffer {
  const layout = Buffer.alloc(2 + 2 + 1 + (edges.length + 1) * 2);
  layout.writeUInt16LE(0xd608, 0);
  layout.writeUInt16LE(layout.length - 3, 2);
  layout[4] = edges.length;
  for (const [index, edge] of edges.entries()) layout.writeInt16LE(edge, 7 + index * 2);
  return Buffer.concat([IN_TABLE, Buffer.from('172401', 'hex'), layout]);
}

export function writeDoc(spec: DocSpec): Buffer {
  const { body, stories = [], deleted = [], compressed = false, streams = {} } = spec;
  const text = body.map((paragraph) => paragraph.text).join('') + stories.join('');
  const bytesPerChar = compressed ? 1 : 2;
  const encoded = Buffer.from(text, compressed ? 'latin1' : 'utf16le');
  const textPages = Math.ceil((TEXT_OFFSET + encoded.length) / PAGE_BYTES);
  const document = Buffer.alloc((textPages + 2) * PAGE_BYTES);
  encoded.copy(document, TEXT_OFFSET);
  const place = (position: number): number => TEXT_OFFSET + position * bytesPerChar;
  writePage(document.subarray(textPages * PAGE_BYTES, (textPages + 1) * PAGE_BYTES), paragraphRuns(body, place), true);
  const runs = deleted.map(([start, end]) => ({ start: place(start), end: place(end), content: Buffer.from('03000801', 'hex') }));
  writePage(document.subarray((textPages + 1) * PAGE_BYTES), runs, false);
  const table = Buffer.concat([pieces(text.length, compressed), pageList(textPages), pageList(textPages + 1)]);
  const clxBytes = table.length - 24;
  writeHeader(document, spec, [
    [33, 0, clxBytes],
    [13, clxBytes, 12],
    [12, clxBytes + 12, 12],
  ]);
  return writeOle({ WordDocument: document, '1Table': table, ...streams });
}

function writeHeader(
  document: Buffer,
  { body, stories = [], flags = 0, version = 0xc1 }: DocSpec,
  pairs: readonly (readonly [number, number, number])[],
): void {
  document.writeUInt16LE(0xa5ec, 0);
  document.writeUInt16LE(version, 2);
  document.writeUInt16LE(0x0200 | flags, 10);
  const lengths = [body.reduce((sum, paragraph) => sum + paragraph.text.length, 0), ...stories.map((story) => story.length)];
  for (const [index, length] of lengths.entries()) document.writeInt32LE(length, 0x4c + index * 4);
  for (const [pair, offset, bytes] of pairs) {
    document.writeUInt32LE(offset, 0x9a + pair * 8);
    document.writeUInt32LE(bytes, 0x9e + pair * 8);
  }
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly content: Buffer;
}

function paragraphRuns(body: readonly DocParagraph[], place: (position: number) => number): Run[] {
  let at = 0;
  return body.map(({ text, modifiers = Buffer.alloc(0) }) => {
    const start = place(at);
    at += text.length;
    const padded = Buffer.concat([Buffer.alloc(2), modifiers, Buffer.alloc(modifiers.length % 2)]);
    return { start, end: place(at), content: Buffer.concat([Buffer.from([0, padded.length / 2]), padded]) };
  });
}

function writePage(page: Buffer, runs: readonly Run[], paragraphs: boolean): void {
  page[PAGE_BYTES - 1] = runs.length;
  let at = PAGE_BYTES - 2;
  for (const [index, { start, end, content }] of runs.entries()) {
    at = (at - content.length) & ~1;
    content.copy(page, at);
    page.writeUInt32LE(start, index * 4);
    page.writeUInt32LE(end, (index + 1) * 4);
    page[(runs.length + 1) * 4 + index * (paragraphs ? 13 : 1)] = at / 2;
  }
}

function pieces(chars: number, compressed: boolean): Buffer {
  const clx = Buffer.alloc(1 + 4 + 16);
  clx[0] = 2;
  clx.writeUInt32LE(16, 1);
  clx.writeUInt32LE(chars, 9);
  clx.writeUInt32LE(compressed ? (TEXT_OFFSET * 2) | 0x40000000 : TEXT_OFFSET, 15);
  return clx;
}

/** One page for the whole text. */
function pageList(page: number): Buffer {
  const list = Buffer.alloc(12);
  list.writeUInt32LE(0xffffffff, 4);
  list.writeUInt32LE(page, 8);
  return list;
}
