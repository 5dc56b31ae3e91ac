/**
 * Second reader of Word documents, asked for what the first refuses: mammoth. It gives body, notes and comments as text, tables as lines with tabs;
 * no headers, footers or ruby.
 */

import { decodeEntities } from '../container/xml-text.js';
import { openZip } from '../container/zip.js';
import { limits } from '../limits.js';
import type { Block, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';

/** Text is handed on in blocks of about this size, cut between lines. */
const BLOCK_CHARS = 64 * 1024;

export const mammothExtractor: Extractor = { id: 'mammoth', version: 1, formats: ['docx', 'docm'], read };

async function* read(source: Source, context: ExtractContext): AsyncIterable<Block> {
  const buffer = source.whole();
  measure(source, context);
  const { default: mammoth } = await import('mammoth');
  // Pictures would come as base64 text; notes and comments come only with a style of their own.
  const convertImage = mammoth.images.imgElement(async () => ({ src: '' }));
  let html: string;
  try {
    html = (await mammoth.convertToHtml({ buffer }, { convertImage, styleMap: ['comment-reference => sup'] })).value;
  } catch {
    // Its errors may quote the file.
    throw new FileProblem('damaged', 'mammoth could not read it');
  }
  yield* cutBlocks(textOfHtml(html));
}

/** mammoth unpacks without a bound, so all is unpacked here once before, and counted. */
function measure(source: Source, context: ExtractContext): void {
  const zip = openZip(source);
  let bytes = 0;
  for (const entry of zip.entries) {
    for (const piece of zip.streamEntry(entry)) {
      bytes += piece.length;
      context.unpacked(piece.length);
      if (bytes > limits.entryBytesMax) throw new FileProblem('too-large', `unpacks to more than ${limits.entryBytesMax} bytes`);
    }
  }
}

/** mammoth's HTML is well-formed: paragraphs end lines, but inside cells, which end with a tab; rows end lines. */
function textOfHtml(html: string): string {
  const pieces: string[] = [];
  let cells = 0;
  let at = 0;
  for (const tag of html.matchAll(/<(\/?)([a-z0-9]{1,12})[^>]{0,4096}>/g)) {
    if (tag.index > at) pieces.push(decodeEntities(html.slice(at, tag.index)));
    at = tag.index + tag[0].length;
    const closing = tag[1] === '/';
    const name = tag[2]!;
    if (name === 'td' || name === 'th') {
      cells += closing ? -1 : 1;
      if (closing) endCell(pieces, '\t');
    } else if (closing && name === 'tr') endCell(pieces, '\n');
    else if (name === 'br' || (closing && /^(p|li|dd|h\d)$/.test(name))) pieces.push(cells > 0 ? ' ' : '\n');
  }
  return pieces.join('') + decodeEntities(html.slice(at));
}

/** Takes back the space or tab before the border of a cell or row. */
function endCell(pieces: string[], border: string): void {
  const last = pieces.at(-1);
  if (last === ' ' || (border === '\n' && last === '\t')) pieces.pop();
  pieces.push(border);
}

function* cutBlocks(text: string): Generator<Block> {
  let line = 1;
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + BLOCK_CHARS, text.length);
    if (end < text.length) {
      const border = text.lastIndexOf('\n', end);
      if (border > start) end = border + 1;
    }
    const piece = text.slice(start, end);
    if (piece.trim() !== '') yield { kind: 'text', where: { line }, text: piece.endsWith('\n') ? piece.slice(0, -1) : piece };
    line += piece.split('\n').length - 1;
    start = end;
  }
}
