/** Reads OpenDocument workbooks (ods): cells and comments through SheetJS, then all else that the package holds. */
import { openZip } from '../container/zip.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { readBesideCells } from './odf.js';
import { sheetjsExtractor } from './sheetjs.js';

export const odsExtractor: Extractor = { id: 'ods', version: 3, formats: ['ods'], read };

async function* read(source: Source, context: ExtractContext): AsyncGenerator<Block | MemberBlock> {
  yield* sheetjsExtractor.read(source, context);
  yield* readBesideCells(openZip(source), context);
}
