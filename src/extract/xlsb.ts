/** Reads binary workbooks (xlsb): the package is that of a workbook in XML, with binary parts in it. It runs no macro and computes nothing. */

import { openZip } from '../container/zip.js';
import type { Extractor } from '../parts.js';
import { readBinaryLinkedSheets, readBinaryPivotFields, readBinaryPivotRows } from './xlsb-caches.js';
import { loadBinaryStrings, readBinaryAuthors, readBinaryComments, readBinaryFormats, readBinaryWorkbook } from './xlsb-parts.js';
import { BinarySheetReader } from './xlsb-sheet.js';
import { type WorkbookDialect, WorkbookReading } from './xlsx.js';

const BINARY: WorkbookDialect = {
  suffix: 'bin',
  readWorkbook: readBinaryWorkbook,
  readFormats: readBinaryFormats,
  readComments: readBinaryComments,
  readAuthors: readBinaryAuthors,
  loadStrings: loadBinaryStrings,
  readPivotFields: readBinaryPivotFields,
  readPivotRows: readBinaryPivotRows,
  readLinkedSheets: readBinaryLinkedSheets,
  openSheet: (pieces, book, label) => new BinarySheetReader(pieces, book, label),
};

export const xlsbExtractor: Extractor = {
  id: 'xlsb',
  version: 6,
  formats: ['xlsb'],
  read: (source, context) => new WorkbookReading(openZip(source), context, BINARY).blocks(),
};
