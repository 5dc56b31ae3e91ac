/**
 * Plain text of any size and line length as blocks of whole lines, in constant memory. It decodes and cuts; it looks for nothing in the
 * text, and it never drops a character.
 */
import { limits } from '../limits.js';
import type { TextBlock } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { type DecodeCount, decodeText } from './encoding.js';
import { PackedText } from './packed-text.js';
import { overHoles } from './text-hole.js';

/** A block is cut at the first good place behind this many characters, at a line end at the latest behind twice as many. */
const BLOCK_CHARS = 64 * 1024;
/** How far before the bound of a long line a good place to cut is looked for. */
const CUT_SEARCH_CHARS = 8 * 1024;

/** An empty file has nothing to read and is read in full. */
export const textExtractor: Extractor = {
  id: 'text',
  version: 4,
  formats: ['txt', 'empty'],
  *read(source, context) {
    if (source.sizeBytes === 0) return;
    const count: DecodeCount = { chars: 0, replaced: 0 };
    const packed = new PackedText(context, 'text');
    yield* blocksOf(packed.plain(overHoles(decodeText(source.chunks(), count), context)), context);
    yield* packed.members();
    tellReplaced(count, context);
  },
};

/** Single undecodable bytes are usual (host files cut characters in two); many mean that the text was not understood. */
export function tellReplaced(count: DecodeCount, context: ExtractContext): void {
  if (count.replaced * 200 > count.chars) context.problem('damaged', `${count.replaced} of ${count.chars} characters can't be decoded`);
}

/** Pieces of text as blocks of whole lines; `where.line` is the number of a block's first line. */
export function* blocksOf(pieces: Iterable<string>, context: ExtractContext): Generator<TextBlock> {
  let line = 1;
  let rest = '';
  // A CR at the end of a piece may be the first half of a CR LF.
  let half = '';
  for (const piece of pieces) {
    const ends = piece.endsWith('\r');
    const text = rest + linesPlain(half + (ends ? piece.slice(0, -1) : piece));
    half = ends ? '\r' : '';
    let at = 0;
    for (let end = cutPlace(text, at, context); end > at; end = cutPlace(text, at, context)) {
      const block = text.slice(at, end);
      yield { kind: 'text', where: { line }, text: block };
      line += countLines(block);
      at = end;
    }
    rest = text.slice(at);
  }
  const last = half === '' ? rest : `${rest}\n`;
  if (last.trim() !== '') yield { kind: 'text', where: { line }, text: last };
}

/** One kind of line end; NULs, which some programs fill fields with, as spaces. */
function linesPlain(text: string): string {
  let plain = text;
  if (plain.includes('\r')) plain = plain.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  if (plain.includes('\0')) plain = plain.replaceAll('\0', ' ');
  return plain;
}

/** Where the block that starts at `at` ends; `at` itself as long as more text is needed to tell. */
function cutPlace(text: string, at: number, context: ExtractContext): number {
  if (text.length - at < BLOCK_CHARS) return at;
  const blank = text.indexOf('\n\n', at + BLOCK_CHARS / 2);
  if (blank >= 0 && blank - at < BLOCK_CHARS * 2) return blank + 2;
  const window = Math.min(text.length, at + BLOCK_CHARS * 2);
  const end = text.lastIndexOf('\n', window - 1);
  if (end > at) return end + 1;
  const next = text.indexOf('\n', window);
  if (next >= 0 && next - at < limits.lineCharsMax) return next + 1;
  if (text.length - at < limits.lineCharsMax) return at;
  return cutInLine(text, at, context);
}

/** So many letters and digits without any break, as packed data has them (base64), hold no value: a cut behind them parts none. */
const PACKED = /^[A-Za-z0-9+/=]{256}$/;

/** A line beyond the bound is cut behind the end of a sentence or field, else at a space; a cut elsewhere may part a finding, and is told. */
function cutInLine(text: string, at: number, context: ExtractContext): number {
  const bound = at + limits.lineCharsMax;
  const tail = text.slice(bound - CUT_SEARCH_CHARS, bound);
  for (const marks of [/[。;；\t|}\]><](?=[^。;；\t|}\]><]*$)/u, /[,、\s](?=[^,、\s]*$)/u]) {
    const found = marks.exec(tail);
    if (found) return bound - CUT_SEARCH_CHARS + found.index + 1;
  }
  const before = text.slice(bound - 256, bound);
  if (PACKED.test(before) && !/[0-9]{8}/.test(before)) return bound;
  context.problem('too-large', `a line of more than ${limits.lineCharsMax} characters is cut inside a word`);
  return bound;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
