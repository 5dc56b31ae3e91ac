/** The package of Office's zip formats (ECMA-376 Part 2): which part leads to which. It reads no part but the lists of relationships. */
import { posix } from 'node:path';
import { XmlCursor } from './xml.js';
import type { ZipDirectory } from './zip.js';

export interface Relationship {
  readonly id: string;
  /** The last word of the type's URI, which transitional and strict files share. */
  readonly type: string;
  /** Name of the part inside the package. */
  readonly target: string;
}

/** Sheets with very many links have some ten thousand. */
const RELATIONSHIPS_MAX = 1_000_000;

/** The internal relationships of `part`; '' is the package itself. Throws FileProblem where the list is broken. */
export function readRelations(zip: ZipDirectory, part: string): readonly Relationship[] {
  const entry = zip.entry(posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`));
  if (!entry) return [];
  const found: Relationship[] = [];
  const cursor = new XmlCursor(zip.streamEntry(entry));
  try {
    while (found.length < RELATIONSHIPS_MAX && cursor.next()) {
      if (cursor.closing || cursor.name() !== 'Relationship' || cursor.attribute('TargetMode') === 'External') continue;
      const target = cursor.attribute('Target');
      const type = cursor.attribute('Type');
      if (target && type) found.push({ id: cursor.attribute('Id') ?? '', type: lastWord(type), target: resolvePart(part, target) });
    }
  } finally {
    cursor.close();
  }
  return found;
}

/** OPC names parts by URIs: relative to the folder of the part that points, percent-escaped. */
function resolvePart(part: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  const name = posix.normalize(path.startsWith('/') ? path : posix.join('/', posix.dirname(part), path)).slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function lastWord(type: string): string {
  return type.slice(type.lastIndexOf('/') + 1);
}
