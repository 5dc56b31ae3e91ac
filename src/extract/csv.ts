/**
 * Tables in text files (comma, tab, semicolon, bar) as one table block, streamed in constant memory whatever their size. All cells are
 * strings as they stand; rows are counted as records, so a cell with line ends does not shift the numbers of the rows behind it.
 */
import { limits } from '../limits.js';
import type { RowBatch } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { judgeDialect } from './csv-dialect.js';
import { RowSplitter } from './csv-split.js';
import { type DecodeCount, decodeText } from './encoding.js';
import { tellReplaced } from './text.js';
import { overHoles } from './text-hole.js';

export const csvExtractor: Extractor = {
  id: 'csv',
  version: 3,
  formats: ['csv', 'tsv'],
  *read(source, context) {
    const count: DecodeCount = { chars: 0, replaced: 0 };
    yield { kind: 'table', where: {}, rows: batchesOf(overHoles(decodeText(source.chunks(), count), context), context) };
    tellReplaced(count, context);
  },
};

/** Pieces of text as batches of rows. The separator is judged by the first piece, or told by a first line `sep=;`, as Excel reads it. */
export function* batchesOf(pieces: Iterable<string>, context: ExtractContext): Generator<RowBatch> {
  const bounds = { fieldCharsMax: limits.cellCharsMax, rowCharsMax: limits.lineCharsMax, columnsMax: limits.columnsMax };
  let splitter: RowSplitter | null = null;
  let firstRow = 1;
  let rows: string[][] = [];
  for (const piece of pieces) {
    const text = piece.includes('\0') ? piece.replaceAll('\0', ' ') : piece;
    if (text === '') continue;
    splitter ??= new RowSplitter(separatorOf(text, context), bounds);
    splitter.push(text, rows);
    while (rows.length >= limits.batchRows) {
      yield { firstRow, rows: rows.slice(0, limits.batchRows) };
      firstRow += limits.batchRows;
      rows = rows.slice(limits.batchRows);
    }
  }
  splitter?.end(rows);
  for (let at = 0; at < rows.length; at += limits.batchRows) yield { firstRow: firstRow + at, rows: rows.slice(at, at + limits.batchRows) };
  if (splitter) tellTrouble(splitter, context);
}

function separatorOf(text: string, context: ExtractContext): string {
  const told = /^"?sep=(.)"?\r?\n/u.exec(text)?.[1];
  if (told) return told;
  return judgeDialect(text, text.length < 8 * 1024)?.separator ?? (context.format === 'tsv' ? '\t' : ',');
}

function tellTrouble(splitter: RowSplitter, context: ExtractContext): void {
  const { openQuotes, cutRows } = splitter.trouble;
  if (openQuotes > 0) context.problem('damaged', `${openQuotes} quotes never close and are read as characters`);
  if (cutRows > 0) context.problem('too-large', `${cutRows} rows were too long and are read in pieces`);
}
