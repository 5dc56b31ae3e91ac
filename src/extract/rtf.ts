/** Reads RTF: the body with its tables, headers, notes, comments, text boxes, properties, embedded objects. It fetches nothing that the file points to. */
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { RtfReading } from './rtf-reading.js';

export const rtfExtractor: Extractor = { id: 'rtf', version: 3, formats: ['rtf'], read };

function read(source: Source, context: ExtractContext): Iterable<Block | MemberBlock> {
  return new RtfReading(source.whole(), context).blocks();
}
