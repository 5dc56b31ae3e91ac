/**
 * The readers of all formats, one line each. Several readers of one format stand in the order in which they are asked.
 * It chooses nothing by itself: the format comes from sniff.ts, the order from this list.
 */
import type { Format } from '../model.js';
import type { Extractor } from '../parts.js';
import { csvExtractor } from './csv.js';
import { docxExtractor } from './docx.js';
import { mammothExtractor } from './mammoth.js';
import { ooxmlEncryptedExtractor } from './ooxml-encrypted.js';
import { pdfExtractor } from './pdf.js';
import { pdfParseExtractor } from './pdf-parse.js';
import { sheetjsExtractor } from './sheetjs.js';
import { textExtractor } from './text.js';
import { xlsxExtractor } from './xlsx.js';
import { zipArchiveExtractor } from './zip-archive.js';

export const extractors: readonly Extractor[] = [
  // First readers.
  textExtractor,
  csvExtractor,
  ooxmlEncryptedExtractor,
  docxExtractor,
  pdfExtractor,
  xlsxExtractor,
  zipArchiveExtractor,
  // Second readers: asked when the first refuses the file or finds nothing in it.
  mammothExtractor,
  pdfParseExtractor,
  // The only reader of xls, xlsb and ods; the second of xlsx and xlsm.
  sheetjsExtractor,
];

const byFormat = new Map<Format, readonly Extractor[]>();

/** The readers of a format, first reader first; none for a format that nothing reads. */
export function extractorsFor(format: Format): readonly Extractor[] {
  let found = byFormat.get(format);
  if (!found) {
    found = extractors.filter((extractor) => extractor.formats.includes(format));
    byFormat.set(format, found);
  }
  return found;
}

/** Changes whenever a reader of this format may give other blocks; '' for a format that nothing reads. Kept with results that may be reused. */
export function extractorsVersion(format: Format): string {
  return extractorsFor(format)
    .map((extractor) => `${extractor.id}/${extractor.version}`)
    .join('+');
}
