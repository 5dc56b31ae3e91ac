/**
 * Reads Word documents (docx, docm): the whole document with everything that hangs on it, not the body alone. It follows no link out of the file
 * and runs nothing.
 */
import { posix } from 'node:path';
import { memorySource } from '../container/memory-source.js';
import { XmlCursor } from '../container/xml.js';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { findMainPart, readTexts, relationsIfAny } from './docx-parts.js';
import { DocxWalker } from './docx-walker.js';
import { holdsPage, PICTURE_HEAD_BYTES, pictureSize } from './picture-size.js';

/** Parts that are written like the body, by the type of their relationship, and what their place is called. */
const STORIES: ReadonlyMap<string, string> = new Map([
  ['header', 'header'],
  ['footer', 'footer'],
  ['footnotes', 'note'],
  ['endnotes', 'note'],
  ['comments', 'comment'],
  ['glossaryDocument', 'glossary'],
]);
/** The same parts by name, for files whose relationships are lost. */
const STORY_NAME = /^word\/(header|footer|footnotes|endnotes|comments)\d*\.xml$/i;
const PROPERTY_NAMES = new Set([
  'title',
  'subject',
  'creator',
  'keywords',
  'description',
  'lastModifiedBy',
  'category',
  'Company',
  'Manager',
  'lpwstr',
  'lpstr',
]);
const CHART_NAMES = new Set(['v', 't']);

export const docxExtractor: Extractor = { id: 'docx', version: 1, formats: ['docx', 'docm'], read };

function read(source: Source, context: ExtractContext): Iterable<Block | MemberBlock> {
  return new DocxReading(openZip(source), context).blocks();
}

class DocxReading {
  readonly #zip: ZipDirectory;
  readonly #context: ExtractContext;
  readonly #authors = new Set<string>();
  readonly #read = new Set<string>();
  #found = false;

  constructor(zip: ZipDirectory, context: ExtractContext) {
    this.#zip = zip;
    this.#context = context;
  }

  *blocks(): Generator<Block | MemberBlock> {
    const main = findMainPart(this.#zip);
    if (this.#zip.damage !== null) this.#context.problem('damaged', this.#zip.damage);
    yield* this.#story(main, undefined);
    const related = relationsIfAny(this.#zip, main);
    for (const { type, target } of related) {
      const part = STORIES.get(type);
      if (part) yield* this.#story(target, part);
      else if (type === 'aFChunk') yield* this.#member(target);
    }
    for (const entry of this.#zip.entries) {
      const part = STORY_NAME.exec(entry.name)?.[1]?.toLowerCase();
      if (part) yield* this.#story(entry.name, STORIES.get(part));
    }
    yield* this.#sideParts();
    if (this.#authors.size > 0) yield { kind: 'text', where: { part: 'author' }, text: [...this.#authors].join('\n') };
    this.#tellPictures();
  }

  /** A part that is written like the body. */
  *#story(name: string, part: string | undefined): Generator<Block> {
    const entry = this.#take(name);
    if (!entry) return;
    const cursor = new XmlCursor(this.#counted(entry));
    const walker = new DocxWalker(cursor, part, this.#authors);
    try {
      for (const block of walker.blocks()) {
        this.#found = true;
        yield block;
      }
    } finally {
      cursor.close();
    }
    if (walker.failure) this.#tell(walker.failure, entry);
  }

  /** Properties, data bound to fields, charts, diagrams, embedded files. */
  *#sideParts(): Generator<Block | MemberBlock> {
    for (const entry of this.#zip.entries) {
      const { name } = entry;
      if (/^docProps\/(core|app|custom)\.xml$/i.test(name)) yield* this.#texts(entry, PROPERTY_NAMES, 'property', false);
      else if (/^customXml\/item\d+\.xml$/i.test(name)) yield* this.#texts(entry, null, 'data', true);
      else if (/^word\/charts\/chart[^/]*\.xml$/i.test(name)) yield* this.#texts(entry, CHART_NAMES, 'chart', true);
      else if (/^word\/diagrams\/data[^/]*\.xml$/i.test(name)) yield* this.#texts(entry, CHART_NAMES, 'diagram', false);
      else if (/^word\/embeddings\/[^/]+$/i.test(name)) yield* this.#member(name);
    }
  }

  *#texts(entry: ZipEntry, names: ReadonlySet<string> | null, part: string, copy: boolean): Generator<Block> {
    if (!this.#take(entry.name)) return;
    try {
      this.#context.unpacked(entry.unpackedBytes);
      const texts = readTexts(this.#zip, entry, names);
      if (texts.length > 0) yield { kind: 'text', where: { part, line: 1 }, text: texts.join('\n'), ...(copy && { copy }) };
    } catch (error) {
      this.#tell(error, entry);
    }
  }

  *#member(name: string): Generator<MemberBlock> {
    const entry = this.#take(name);
    if (!entry) return;
    try {
      const content = this.#zip.readEntry(entry);
      this.#context.unpacked(content.length);
      yield { kind: 'member', name: posix.basename(entry.name), source: memorySource(posix.basename(entry.name), content) };
    } catch (error) {
      this.#tell(error, entry);
    }
  }

  /** Each part is read once, whatever points to it. */
  #take(name: string): ZipEntry | null {
    const entry = this.#zip.entry(name);
    if (!entry || this.#read.has(entry.name)) return null;
    this.#read.add(entry.name);
    return entry;
  }

  *#counted(entry: ZipEntry): Generator<Buffer> {
    for (const piece of this.#zip.streamEntry(entry)) {
      this.#context.unpacked(piece.length);
      yield piece;
    }
  }

  /** Without a block so far nothing could be read, and another reader may try; later only this part is lost. */
  #tell(error: unknown, entry: ZipEntry): void {
    if (!(error instanceof FileProblem) || !this.#found) throw error;
    this.#context.problem(error.code, `part ${this.#zip.entries.indexOf(entry) + 1}: ${error.detail}`);
  }

  #tellPictures(): void {
    let large = 0;
    for (const entry of this.#zip.entries) {
      if (/^word\/media\/[^/]+\.(png|jpe?g|gif|bmp)$/i.test(entry.name) && this.#isLarge(entry)) large += 1;
    }
    if (large > 0) this.#context.problem('needs-ocr', `${large} ${large === 1 ? 'picture' : 'pictures'} as large as a page`);
  }

  #isLarge(entry: ZipEntry): boolean {
    const pieces: Buffer[] = [];
    let bytes = 0;
    try {
      for (const piece of this.#zip.streamEntry(entry)) {
        pieces.push(Buffer.from(piece));
        bytes += piece.length;
        if (bytes >= PICTURE_HEAD_BYTES) break;
      }
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
    }
    const size = pictureSize(Buffer.concat(pieces));
    return size !== null && holdsPage(size);
  }
}
