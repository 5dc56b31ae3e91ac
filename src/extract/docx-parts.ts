/** The parts of a Word package (ECMA-376 Part 2, OPC): which there are, what ties them together, and the texts of the small ones. */
import { posix } from 'node:path';
import { XmlCursor } from '../container/xml.js';
import type { ZipDirectory, ZipEntry } from '../container/zip.js';
import { FileProblem } from '../problem.js';

export interface Relationship {
  /** The last word of the type's URI, which transitional and strict files share. */
  readonly type: string;
  /** Name of the part inside the package. */
  readonly target: string;
}

/** Relationships of one part and texts of one property part: real files have some dozens. */
const RELATIONSHIPS_MAX = 100_000;
const TEXTS_CHARS_MAX = 4 * 1024 * 1024;

/** The internal relationships of `part`; '' is the package itself. None where the part has none or they can't be read. */
export function readRelationships(zip: ZipDirectory, part: string): Relationship[] {
  const entry = zip.entry(posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`));
  if (!entry) return [];
  const found: Relationship[] = [];
  const cursor = new XmlCursor(zip.streamEntry(entry));
  try {
    while (found.length < RELATIONSHIPS_MAX && cursor.next()) {
      if (cursor.closing || cursor.name() !== 'Relationship' || cursor.attribute('TargetMode') === 'External') continue;
      const target = cursor.attribute('Target');
      const type = cursor.attribute('Type');
      if (target && type) found.push({ type: type.slice(type.lastIndexOf('/') + 1), target: resolvePart(part, target) });
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
  } finally {
    cursor.close();
  }
  return found;
}

/** The main document: by the package's relationships, else where Word puts it. Throws FileProblem('damaged') when there is none. */
export function findMainPart(zip: ZipDirectory): string {
  const related = readRelationships(zip, '').find(
    (relationship) => relationship.type === 'officeDocument' && zip.entry(relationship.target),
  );
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

function resolvePart(part: string, target: string): string {
  const path = target.startsWith('/') ? target : posix.join('/', posix.dirname(part), target);
  const name = posix.normalize(path).slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
