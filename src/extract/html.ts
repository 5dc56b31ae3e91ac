/**
 * Reads HTML, also what Excel saves under the name .xls: tables, definition lists, lines of text, and what is not shown (hidden fields, comments,
 * alternative texts). It runs no script, loads nothing that a page points to, and takes any bytes for HTML, as browsers do.
 */
import { Parser } from 'htmlparser2';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { decodeMarkup } from './declared-encoding.js';
import type { DecodeCount } from './encoding.js';
import { HtmlPage } from './html-page.js';
import { BlockQueue } from './live-table.js';
import { tellReplaced } from './text.js';

export const htmlExtractor: Extractor = { id: 'html', version: 3, formats: ['html'], read };

function* read(source: Source, context: ExtractContext): Generator<Block | MemberBlock> {
  const count: DecodeCount = { chars: 0, replaced: 0 };
  yield* htmlBlocks(decodeMarkup(source, count), context);
  tellReplaced(count, context);
}

/** Blocks of a page that comes in pieces. What ends the reading early is told, and what came before it stays. */
export function htmlBlocks(pieces: Iterable<string>, context: ExtractContext): Generator<Block | MemberBlock, void, undefined> {
  const queue = new BlockQueue();
  const page = new HtmlPage(queue, context);
  const parser = new Parser(page, { decodeEntities: true, recognizeCDATA: true });
  const source = pieces[Symbol.iterator]();
  let ended = false;
  return queue.drain(() => {
    if (ended) return false;
    try {
      const piece = source.next();
      if (!piece.done) parser.write(piece.value);
      else {
        ended = true;
        parser.end();
      }
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      context.problem(error.code, error.detail);
      ended = true;
    }
    if (ended) page.finish();
    return !ended;
  });
}
