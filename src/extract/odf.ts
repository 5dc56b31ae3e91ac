/**
 * Reads OpenDocument texts, presentations and drawings (odt, odp, odg), also flat ones: the whole document with headers, notes, comments, what
 * was deleted, and documents that lie inside it. Workbooks have another reader.
 */
import { posix } from 'node:path';
import { XmlCursor } from '../container/xml.js';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import type { Block, MemberBlock, Source, Where } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { OdfWalker } from './odf-walker.js';
import { OdsAsides } from './ods-asides.js';
import { tellOdfDates } from './package-dates.js';
import { PackageReading } from './package-reading.js';

const MANIFEST = 'META-INF/manifest.xml';
const MANIFEST_BYTES_MAX = 4 * 1024 * 1024;
/** OpenOffice 1 wrote a document type without declarations in front of each part; a longer one is refused. */
const PROLOG_BYTES = 4096;
const PROPERTY_NAMES = new Set('title subject description keyword creator initial-creator printed-by user-defined'.split(' '));
/** An object's own part; objects have folders in the package (OpenDocument 1.3 part 2, 3.16). */
const OBJECT_CONTENT = /^.{1,200}\/content\.xml$/;

export const odfExtractor: Extractor = { id: 'odf', version: 4, formats: ['odt', 'odp', 'odg', 'odf'], read };
/** One XML file instead of a package (part 3, 3.1.2). */
export const flatOdfExtractor: Extractor = { id: 'odf-flat', version: 3, formats: ['odf-flat'], read: readFlat };

function read(source: Source, context: ExtractContext): Iterable<Block | MemberBlock> {
  return new OdfReading(new PackageReading(openZip(source), context), walkDocument).blocks();
}

/** All of a workbook but its cells and their comments. */
export function readBesideCells(zip: ZipDirectory, context: ExtractContext): Iterable<Block | MemberBlock> {
  const reading = new PackageReading(zip, context);
  reading.found = true;
  return new OdfReading(reading, (cursor) => new OdsAsides(cursor)).blocks();
}

/** What walks the main part of a package. */
interface ContentWalker {
  readonly authors: ReadonlySet<string>;
  readonly failure: FileProblem | null;
  blocks(): Iterable<Block>;
}
type Walk = (cursor: XmlCursor, where: Where) => ContentWalker;
const walkDocument: Walk = (cursor, where) => new OdfWalker(cursor, where);

class OdfReading {
  readonly #package: PackageReading;
  readonly #content: Walk;
  readonly #authors = new Set<string>();

  constructor(reading: PackageReading, content: Walk) {
    this.#package = reading;
    this.#content = content;
  }

  *blocks(): Generator<Block | MemberBlock> {
    this.#refuseEncrypted();
    const { zip, context } = this.#package;
    tellOdfDates(zip, context);
    if (!zip.entry('content.xml')) throw new FileProblem('damaged', 'odf: no content');
    yield* this.#part('content.xml', {}, false, this.#content);
    this.#package.found = true;
    yield* this.#part('styles.xml', { part: 'master' }, false);
    for (const { name } of zip.entries) {
      if (OBJECT_CONTENT.test(name)) yield* this.#part(name, { part: 'object' }, true);
    }
    yield* this.#package.texts('meta.xml', PROPERTY_NAMES, 'property', false);
    yield* this.#objects();
    this.#authors.delete('');
    if (this.#authors.size > 0) yield { kind: 'text', where: { part: 'author' }, text: [...this.#authors].join('\n') };
    yield* this.#package.pictures(/^(?:.{1,200}\/)?Pictures\/[^/]+\.(png|jpe?g|gif|bmp)$/i);
  }

  /** Encrypted parts look like broken ones; the manifest tells them apart (part 2, 4.4). */
  #refuseEncrypted(): void {
    const entry = this.#package.take(MANIFEST);
    if (!entry) return;
    const manifest = this.#package.zip.readEntry(entry, MANIFEST_BYTES_MAX).toString('utf8');
    if (/<(?:\w{1,20}:)?encryption-data\b/.test(manifest)) throw new FileProblem('encrypted', 'odf: encrypted parts');
  }

  *#part(name: string, where: Where, inside: boolean, walk: Walk = walkDocument): Generator<Block> {
    const entry = this.#package.take(name);
    if (!entry) return;
    const cursor = new XmlCursor(withoutDocumentType(this.#package.pieces(entry)));
    const walker = walk(cursor, where);
    try {
      for (const block of walker.blocks()) {
        this.#package.found = true;
        yield inside && this.#isChart(name) ? { ...block, copy: true } : block;
      }
    } finally {
      cursor.close();
    }
    for (const author of walker.authors) this.#authors.add(author);
    if (walker.failure) this.#package.tell(walker.failure, entry);
  }

  /** A chart keeps the cells that it shows in a table of its own (part 3, 11.1); unlike a sheet it comes without settings. */
  #isChart(content: string): boolean {
    return !this.#package.zip.entry(posix.join(posix.dirname(content), 'settings.xml'));
  }

  /** Objects of other programs are compound files without a folder. */
  *#objects(): Generator<MemberBlock> {
    const names = this.#package.zip.entries.map((entry: ZipEntry) => entry.name);
    for (const name of names) if (/^(?:\.\/)?Object [0-9]{1,5}$/.test(name)) yield* this.#package.member(name);
  }
}

function* readFlat(source: Source, context: ExtractContext): Generator<Block> {
  const cursor = new XmlCursor(withoutDocumentType(source.chunks()));
  const walker = new OdfWalker(cursor, {});
  let found = false;
  try {
    for (const block of walker.blocks()) {
      found = true;
      yield block;
    }
  } finally {
    cursor.close();
  }
  walker.authors.delete('');
  if (walker.authors.size > 0) yield { kind: 'text', where: { part: 'author' }, text: [...walker.authors].join('\n') };
  if (!walker.failure) return;
  if (!found) throw walker.failure;
  context.problem(walker.failure.code, walker.failure.detail);
}

/** Passes over a document type that declares nothing; one with declarations stays, and is refused by the cursor. */
function* withoutDocumentType(pieces: Iterable<Buffer>): Generator<Buffer> {
  let first = true;
  for (const piece of pieces) {
    if (!first) {
      yield piece;
      continue;
    }
    first = false;
    const prolog = piece.toString('latin1', 0, PROLOG_BYTES);
    const type = /<!DOCTYPE\s[^<>[\]]{1,500}>/.exec(prolog);
    if (!type) yield piece;
    else {
      yield piece.subarray(0, type.index);
      yield piece.subarray(type.index + type[0].length);
    }
  }
}
