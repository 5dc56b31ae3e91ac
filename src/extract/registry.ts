/**
 * The readers of all formats, one line each. Several readers of one format stand in the order in which they are asked.
 * It chooses nothing by itself: the format comes from sniff.ts, the order from this list.
 */
import type { Format } from '../model.js';
import type { Extractor } from '../parts.js';
import { archiveExtractor } from './archive.js';
import { cardsExtractor } from './cards.js';
import { csvExtractor } from './csv.js';
import { dbfExtractor } from './dbf.js';
import { dbfMemoExtractor } from './dbf-memo.js';
import { docExtractor } from './doc.js';
import { docxExtractor } from './docx.js';
import { gzipExtractor } from './gzip.js';
import { htmlExtractor } from './html.js';
import { imageExtractor } from './image.js';
import { jsonExtractor } from './json.js';
import { jtdExtractor } from './jtd.js';
import { lzhExtractor } from './lzh.js';
import { mailExtractor } from './mail.js';
import { mammothExtractor } from './mammoth.js';
import { mboxExtractor } from './mbox.js';
import { mdbExtractor } from './mdb.js';
import { msgExtractor } from './msg.js';
import { flatOdfExtractor, odfExtractor } from './odf.js';
import { odsExtractor } from './ods.js';
import { oleObjectExtractor } from './ole-object.js';
import { ooxmlEncryptedExtractor } from './ooxml-encrypted.js';
import { ownerFileExtractor } from './owner-file.js';
import { pdfExtractor } from './pdf.js';
import { pdfParseExtractor } from './pdf-parse.js';
import { pptExtractor } from './ppt.js';
import { pptxExtractor } from './pptx.js';
import { rtfExtractor } from './rtf.js';
import { sheetjsExtractor } from './sheetjs.js';
import { sqliteExtractor } from './sqlite-file.js';
import { sylkExtractor } from './sylk.js';
import { tarExtractor } from './tar.js';
import { textExtractor } from './text.js';
import { unlocking } from './unlock.js';
import { unlockOdf } from './unlock-odf.js';
import { unlockDocument, unlockPresentation, unlockWorkbook } from './unlock-office.js';
import { xlsExtractor } from './xls.js';
import { xlsbExtractor } from './xlsb.js';
import { xlsxExtractor } from './xlsx.js';
import { xmlExtractor } from './xml.js';
import { xmlSpreadsheetExtractor } from './xml-spreadsheet.js';
import { zipArchiveExtractor } from './zip-archive.js';

export const extractors: readonly Extractor[] = [
  // First readers.
  textExtractor,
  csvExtractor,
  ooxmlEncryptedExtractor,
  docxExtractor,
  pdfExtractor,
  pptxExtractor,
  unlocking(odfExtractor, unlockOdf),
  flatOdfExtractor,
  rtfExtractor,
  unlocking(docExtractor, unlockDocument),
  unlocking(pptExtractor, unlockPresentation),
  oleObjectExtractor,
  xlsxExtractor,
  xlsbExtractor,
  unlocking(xlsExtractor, unlockWorkbook),
  unlocking(odsExtractor, unlockOdf),
  zipArchiveExtractor,
  mailExtractor,
  mboxExtractor,
  tarExtractor,
  gzipExtractor,
  archiveExtractor,
  lzhExtractor,
  msgExtractor,
  cardsExtractor,
  xmlExtractor,
  xmlSpreadsheetExtractor,
  sylkExtractor,
  ownerFileExtractor,
  jsonExtractor,
  htmlExtractor,
  imageExtractor,
  dbfExtractor,
  dbfMemoExtractor,
  sqliteExtractor,
  mdbExtractor,
  jtdExtractor,
  // Second readers: asked when the first refuses the file or finds nothing in it.
  mammothExtractor,
  pdfParseExtractor,
  // The readers of xls and ods ask it themselves.
  { ...sheetjsExtractor, formats: ['xlsb', 'xlsx', 'xlsm'] },
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
