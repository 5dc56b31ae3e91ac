/**
 * Reads old workbooks (xls): cells and comments through SheetJS, then what hangs on them in records of their own, pivot caches, properties and embedded
 * files. It runs no macro and follows no link.
 */
import { OLE_MAGIC, type OleDirectory, openOle } from '../container/ole.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { readOleMembers } from './ole-embedded.js';
import { readOleProperties, tellOleDates } from './ole-properties.js';
import { Pictures } from './pictures.js';
import { sheetjsExtractor } from './sheetjs.js';
import { BiffRecords } from './xls-records.js';
import { readXlsStrays } from './xls-strays.js';
import { readXlsPivot, readXlsTexts } from './xls-texts.js';

const STREAMS = ['Workbook', 'Book'];
const FILE_PASS = 0x002f;
const DRAWINGS = 0x00eb;
const PIVOTS = '_SX_DB_CUR/';
/** Of a workbook that people share: what they changed (MS-XLS 2.1.7.18). */
const CHANGES = 'Revision Log';

export const xlsExtractor: Extractor = { id: 'xls', version: 6, formats: ['xls'], read };

async function* read(source: Source, context: ExtractContext): AsyncGenerator<Block | MemberBlock> {
  let failure: FileProblem | null = null;
  try {
    yield* sheetjsExtractor.read(source, context);
  } catch (error) {
    // A workbook that none could open has nothing more to say; of a broken one the rest may still be read.
    if (!(error instanceof FileProblem) || error.code !== 'damaged') throw error;
    failure = error;
  }
  let found = false;
  try {
    for (const block of besideCells(source, context)) {
      found = true;
      yield block;
    }
  } catch (error) {
    if (!(error instanceof FileProblem) || (failure && !found)) throw failure ?? error;
    context.problem(error.code, error.detail);
  }
  if (!failure) return;
  if (!found) throw failure;
  context.problem(failure.code, failure.detail);
}

function* besideCells(source: Source, context: ExtractContext): Generator<Block | MemberBlock> {
  const tell = (detail: string) => context.problem('unsupported', `xls: ${detail}`);
  if (!source.read(0, OLE_MAGIC.length).equals(OLE_MAGIC)) {
    yield* readXlsTexts(source.whole(), tell);
    return;
  }
  const ole = openOle(source);
  tellOleDates(ole, context);
  const name = STREAMS.find((candidate) => ole.entry(candidate)?.kind === 'stream');
  if (name !== undefined) {
    const stream = ole.stream(name, limits.wholeBytesMax);
    yield* readXlsTexts(stream, tell);
    yield* readXlsStrays(stream);
    const pictures = new Pictures(context);
    yield* pictures.in(drawingsOf(stream));
    pictures.tell();
  }
  yield* pivots(ole, context);
  const properties = readOleProperties(ole);
  if (properties.length > 0) yield { kind: 'text', where: { part: 'property' }, text: properties.join('\n') };
  if ((ole.entry(CHANGES)?.sizeBytes ?? 0) > 0) tell('log of changes not read');
  yield* readOleMembers(ole, 'MBD', context);
}

/** What the records of all drawings hold together (MS-XLS 2.4.171): pictures as they were inserted, cut into records. */
function drawingsOf(stream: Buffer): Buffer {
  const pieces: Buffer[] = [];
  const record = new BiffRecords(stream);
  while (record.next()) {
    // Behind it all is encrypted.
    if (record.type === FILE_PASS) break;
    if (record.type === DRAWINGS) pieces.push(record.bytes, ...record.continued());
  }
  return Buffer.concat(pieces);
}

/** The same rows once more, or what is left of rows that are gone. */
function* pivots(ole: OleDirectory, context: ExtractContext): Generator<Block> {
  for (const { path, kind } of ole.entries) {
    if (kind !== 'stream' || !path.startsWith(PIVOTS)) continue;
    try {
      const stream = ole.stream(path, limits.entryBytesMax);
      context.unpacked(stream.length);
      const { texts, rows } = readXlsPivot(stream);
      if (rows.length > 0) yield { kind: 'table', where: { part: 'pivot' }, rows: [{ firstRow: 1, rows }], copy: true };
      for (const text of texts) yield { kind: 'text', where: { part: 'pivot' }, text, copy: true };
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      context.problem(error.code, `pivot cache: ${error.detail}`);
    }
  }
}
