/**
 * Reads documents of Word 97 to 2003 (doc): body, headers, notes, comments, text boxes with their tables, properties, embedded files. Documents of
 * Word 6 and 95 are refused by name, encrypted ones too.
 */
import { type OleDirectory, openOle } from '../container/ole.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { PAIR_CHARACTER_RUNS, PAIR_PARAGRAPH_RUNS, PAIR_PIECES, readFib } from './doc-fib.js';
import { readPieces } from './doc-pieces.js';
import { RunFinder, readRuns } from './doc-runs.js';
import { docStrays } from './doc-strays.js';
import { DocWalker } from './doc-walker.js';
import { readOleMembers } from './ole-embedded.js';
import { readOleProperties, tellOleDates } from './ole-properties.js';
import { Pictures } from './pictures.js';

export const docExtractor: Extractor = { id: 'doc', version: 6, formats: ['doc'], read };

function* read(source: Source, context: ExtractContext): Generator<Block | MemberBlock> {
  const ole = openOle(source);
  const document = ole.stream('WordDocument');
  const fib = readFib(ole, document);
  tellOleDates(ole, context);
  const { pieces, cut } = readPieces(fib.structure(PAIR_PIECES), document);
  const data = ole.head('Data', Math.min(limits.wholeBytesMax, ole.entry('Data')?.sizeBytes ?? 0));
  const paragraphs = readRuns(fib.structure(PAIR_PARAGRAPH_RUNS), document, true, data);
  const characters = readRuns(fib.structure(PAIR_CHARACTER_RUNS), document, false, data);
  for (const { part, start, end } of fib.stories) {
    if (end <= start || part === 'macro') continue;
    const text = { document, pieces, paragraphs: new RunFinder(paragraphs), characters: new RunFinder(characters) };
    yield* new DocWalker(text, part).blocks(start, end);
  }
  const held = pieces.at(-1)?.end ?? 0;
  if (cut || held < (fib.stories.at(-1)?.end ?? 0)) context.problem('damaged', 'doc: part of the text is missing');
  yield* docStrays(fib, data);
  yield* properties(ole);
  yield* readOleMembers(ole, 'ObjectPool/', context);
  const pictures = new Pictures(context);
  yield* pictures.in(data);
  yield* pictures.in(document);
  pictures.tell();
}

function* properties(ole: OleDirectory): Generator<Block> {
  const texts = readOleProperties(ole);
  if (texts.length > 0) yield { kind: 'text', where: { part: 'property', line: 1 }, text: texts.join('\n') };
}
