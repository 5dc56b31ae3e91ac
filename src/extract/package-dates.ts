/** The dates that a package of XML parts tells of itself: docProps/core.xml (ECMA-376 Part 2, 8.3), meta.xml (OpenDocument 1.3 part 3, 4.3.2). */
import { XmlCursor } from '../container/xml.js';
import type { ZipDirectory } from '../container/zip.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';
import { tellDates, w3cDate } from './document-dates.js';

/** Real ones have some hundred bytes. */
const PART_BYTES_MAX = 1024 * 1024;
/** System.IO.Packaging, on which .NET's writers stand, calls the part by a name of its own. */
const CORE = /^(?:docProps\/core\.xml|package\/services\/metadata\/core-properties\/[^/]{1,100}\.psmdcp)$/i;
/** Local names of elements. */
const OOXML = { part: CORE, created: 'created', saved: 'modified' } as const;
const ODF = { part: /^meta\.xml$/, created: 'creation-date', saved: 'date' } as const;

export function tellOoxmlDates(zip: ZipDirectory, context: ExtractContext): void {
  tellOf(zip, context, OOXML);
}

export function tellOdfDates(zip: ZipDirectory, context: ExtractContext): void {
  tellOf(zip, context, ODF);
}

/** What is wrong with the part is told where its texts are read; what it says up to there counts. */
function tellOf(zip: ZipDirectory, context: ExtractContext, names: typeof OOXML | typeof ODF): void {
  const entry = zip.entries.find(({ name }) => names.part.test(name));
  if (!entry || entry.unpackedBytes > PART_BYTES_MAX) return;
  const found = new Map<string, number | null>();
  let cursor: XmlCursor | null = null;
  try {
    const part = zip.readEntry(entry, PART_BYTES_MAX);
    context.unpacked(part.length);
    cursor = new XmlCursor([part]);
    while (cursor.next()) {
      const name = cursor.closing ? cursor.name() : '';
      if ((name === names.created || name === names.saved) && !found.has(name)) found.set(name, w3cDate(cursor.text()));
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
  } finally {
    cursor?.close();
  }
  tellDates(context, found.get(names.created) ?? null, found.get(names.saved) ?? null);
}
