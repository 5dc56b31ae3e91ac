/**
 * A zip as an archive: each file in it is handed on to be examined like one that lies in a folder. Nothing is written to disk and no name is
 * used as a path. Entries that can't be opened are told together, by count.
 */
import { crc32 } from 'node:zlib';
import { memorySource } from '../container/memory-source.js';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import type { MemberBlock, ProblemCode, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';

/** Entries that could not be opened, by what was wrong with them. */
type Refused = Map<string, { readonly code: ProblemCode; entries: number }>;

export const zipArchiveExtractor: Extractor = { id: 'zip', version: 1, formats: ['zip'], read };

function* read(source: Source, context: ExtractContext): Generator<MemberBlock> {
  const zip = openZip(source);
  if (zip.damage !== null) context.problem('damaged', zip.damage);
  const files = zip.entries.filter((entry) => !entry.name.endsWith('/'));
  const locked = files.filter((entry) => entry.encrypted).length;
  if (locked > 0 && locked === files.length) throw new FileProblem('encrypted', `zip: all ${locked} entries`);
  const refused: Refused = new Map();
  for (const entry of files) {
    const bytes = readOrRefuse(zip, entry, refused);
    if (!bytes) continue;
    // Not caught: past the budget nothing more is unpacked.
    context.unpacked(bytes.length);
    if (crc32(bytes) !== entry.crc) context.problem('damaged', 'zip: an entry differs from its checksum');
    const base = entry.name.slice(entry.name.lastIndexOf('/') + 1);
    yield { kind: 'member', name: entry.name, modifiedMs: entry.modifiedMs, source: memorySource(base, bytes) };
  }
  for (const [message, { code, entries }] of refused) {
    context.problem(code, `${entries} of ${files.length} entries: ${message.slice(code.length + 2)}`);
  }
}

function readOrRefuse(zip: ZipDirectory, entry: ZipEntry, refused: Refused): Buffer | null {
  try {
    return zip.readEntry(entry);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const known = refused.get(error.message);
    if (known) known.entries++;
    else refused.set(error.message, { code: error.code, entries: 1 });
    return null;
  }
}
