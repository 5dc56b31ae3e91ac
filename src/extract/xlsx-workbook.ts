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
  /** Names that are defined for cells, each with what it stands for where that is a text. */
  readonly names: readonly string[];
}

/** Excel itself knows no bound; more are told as cut. */
const NAMES_MAX = 100_000;

/** Throws FileProblem('damaged') without a workbook, 'too-large' past `limits.sheetsMax`. */
export function readWorkbook(zip: ZipDirectory): WorkbookPart {
  const part = findPart(zip);
  const entry = zip.entry(part);
  if (!entry) throw new FileProblem('damaged', 'xlsx: no workbook');
  const relations = readRelations(zip, part);
  const targets = new Map(relations.map(({ id, target }) => [id, target]));
  const sheets: SheetEntry[] = [];
  const names: string[] = [];
  let is1904 = false;
  let defined = '';
  const cursor = new XmlCursor(zip.streamEntry(entry));
  try {
    while (cursor.next()) {
      const name = cursor.name();
      if (cursor.closing) {
        if (name === 'definedName' && names.length < NAMES_MAX) names.push(definedName(defined, cursor.text()));
        continue;
      }
      if (name === 'definedName') defined = [cursor.attribute('name'), cursor.attribute('comment')].filter(Boolean).join('\t');
      else if (name === 'workbookPr') is1904 = /^(?:1|true|on)$/.test(cursor.attribute('date1904') ?? '');
      else if (name === 'sheet') {
        if (sheets.length >= limits.sheetsMax) throw new FileProblem('too-large', `xlsx: more than ${limits.sheetsMax} sheets`);
        const target = targets.get(relationId(cursor) ?? '');
        sheets.push({ name: cursor.attribute('name') ?? '', part: target ?? null });
      }
    }
  } finally {
    cursor.close();
  }
  return { part, relations, sheets, is1904, names: names.filter((name) => name !== '') };
}

/** A name with its comment, and its formula where that holds a text: `"…"`. Names that the program makes (`_xlnm.`) are nobody's text. */
function definedName(name: string, formula: string): string {
  const shown = name.startsWith('_xlnm.') ? '' : name;
  const constants = [...formula.matchAll(/"((?:[^"]|"")*)"/g)].map(([, text]) => text!.replaceAll('""', '"'));
  return [shown, ...constants].filter((text) => text !== '').join('\t');
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
