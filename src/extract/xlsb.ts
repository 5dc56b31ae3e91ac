/** Reads binary workbooks (xlsb): the package is that of a workbook in XML, with binary parts in it. It runs no macro and computes nothing. */

import { openZip } from '../container/zip.js';
import type { Extractor } from '../parts.js';
import { loadBinaryStrings, readBinaryComments, readBinaryFormats, readBinaryWorkbook } from './xlsb-parts.js';
import { BinarySheetReader } from './xlsb-sheet.js';
import { type WorkbookDialect, WorkbookReading } from './xlsx.js';

const BINARY: WorkbookDialect = {
  suffix: 'bin',
  readWorkbook: readBinaryWorkbook,
  readFormats: readBinaryFormats,
  readComments: readBinaryComments,
  loadStrings: loadBinaryStrings,
  openSheet: (pieces, book, label) => new BinarySheetReader(pieces, book, label),
};

export const xlsbExtractor: Extractor = {
  id: 'xlsb',
  version: 1,
  formats: ['xlsb'],
  read: (source, context) => new WorkbookReading(openZip(source), context, BINARY).blocks(),
};
