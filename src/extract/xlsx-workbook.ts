/** The workbook part of a spreadsheet package (ECMA-376-1, 18.2): its sheets in order, hidden ones too, and what its cells need to be read. */
import { type Relationship, readRelations } from '../container/opc.js';
import { XmlCursor } from '../container/xml.js';
import type { ZipDirectory } from '../container/zip.js';
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';

export interface SheetEntry {
  readonly name: string;
  /** Name of the sheet's part; null when the package does not lead to one. */
  readonly part: string | null;
}

export interface WorkbookPart {
  readonly part: string;
  readonly relations: readonly Relationship[];
  readonly sheets: readonly SheetEntry[];
  readonly is1904: boolean;
}

/** Throws FileProblem('damaged') without a workbook, 'too-large' past `limits.sheetsMax`. */
export function readWorkbook(zip: ZipDirectory): WorkbookPart {
  const part = findPart(zip);
  const entry = zip.entry(part);
  if (!entry) throw new FileProblem('damaged', 'xlsx: no workbook');
  const relations = readRelations(zip, part);
  const targets = new Map(relations.map(({ id, target }) => [id, target]));
  const sheets: SheetEntry[] = [];
  let is1904 = false;
  const cursor = new XmlCursor(zip.streamEntry(entry));
  try {
    while (cursor.next()) {
      if (cursor.closing) continue;
      const name = cursor.name();
      if (name === 'workbookPr') is1904 = /^(?:1|true|on)$/.test(cursor.attribute('date1904') ?? '');
      else if (name === 'sheet') {
        if (sheets.length >= limits.sheetsMax) throw new FileProblem('too-large', `xlsx: more than ${limits.sheetsMax} sheets`);
        const target = targets.get(relationId(cursor) ?? '');
        sheets.push({ name: cursor.attribute('name') ?? '', part: target ?? null });
      }
    }
  } finally {
    cursor.close();
  }
  return { part, relations, sheets, is1904 };
}

/** The package's main part, else where Excel puts it. */
function findPart(zip: ZipDirectory): string {
  const main = readRelations(zip, '').find(({ type, target }) => type === 'officeDocument' && zip.entry(target));
  return main?.target ?? 'xl/workbook.xml';
}

/** The only attribute of `sheet` named `id` is that of the relationships' namespace, whatever its prefix. */
function relationId(cursor: XmlCursor): string | undefined {
  return cursor.attribute('r:id') ?? cursor.attribute('id');
}
