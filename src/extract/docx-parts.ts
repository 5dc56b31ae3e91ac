/** The parts of a Word package (ECMA-376 Part 2, OPC): which there are, what ties them together, and the texts of the small ones. */
import { type Relationship, readRelations } from '../container/opc.js';
import { XmlCursor } from '../container/xml.js';
import type { ZipDirectory, ZipEntry } from '../container/zip.js';
import { FileProblem } from '../problem.js';

/** Texts of one property part: real files have some dozens. */
const TEXTS_CHARS_MAX = 4 * 1024 * 1024;

/** The relationships of `part`; none where they can't be read: Word's parts are then known by their names. */
export function relationsIfAny(zip: ZipDirectory, part: string): readonly Relationship[] {
  try {
    return readRelations(zip, part);
  } catch (error) {
    if (error instanceof FileProblem) return [];
    throw error;
  }
}

/** The main document: by the package's relationships, else where Word puts it. Throws FileProblem('damaged') when there is none. */
export function findMainPart(zip: ZipDirectory): string {
  const related = relationsIfAny(zip, '').find((relationship) => relationship.type === 'officeDocument' && zip.entry(relationship.target));
  if (related) return related.target;
  if (zip.entry('word/document.xml')) return 'word/document.xml';
  throw new FileProblem('damaged', 'docx: no main document');
}

/** Non-empty texts of all elements, or of those with one of `names`. Throws FileProblem when the part breaks off. */
export function readTexts(zip: ZipDirectory, entry: ZipEntry, names: ReadonlySet<string> | null): string[] {
  const cursor = new XmlCursor(zip.streamEntry(entry));
  const texts: string[] = [];
  let chars = 0;
  try {
    while (cursor.next()) {
      if (!cursor.closing || (names && !names.has(cursor.name()))) continue;
      const text = cursor.text().trim();
      if (text === '') continue;
      texts.push(text);
      chars += text.length;
      if (chars > TEXTS_CHARS_MAX) throw new FileProblem('too-large', `docx: more than ${TEXTS_CHARS_MAX} characters in a side part`);
    }
  } finally {
    cursor.close();
  }
  return texts;
}
