/**
 * The reading of one Office package (a zip of XML parts): each part once, what is broken told by its number, files in it handed on. It knows the
 * names of no format's parts.
 */
import { posix } from 'node:path';
import { memorySource } from '../container/memory-source.js';
import { XmlCursor } from '../container/xml.js';
import type { ZipDirectory, ZipEntry } from '../container/zip.js';
import type { Block, MemberBlock } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';
import { readTexts } from './docx-parts.js';
import { readStrayPart, strayBlocks, strayPartOf } from './office-strays.js';
import { Pictures } from './pictures.js';

export class PackageReading {
  readonly zip: ZipDirectory;
  readonly context: ExtractContext;
  /** True once something was read: what breaks from then on is a part's problem, not the file's. */
  found = false;
  readonly #taken = new Set<string>();

  constructor(zip: ZipDirectory, context: ExtractContext) {
    this.zip = zip;
    this.context = context;
    if (zip.damage !== null) context.problem('damaged', zip.damage);
  }

  /** Each part is read once, whatever points to it; null for one that is absent or was taken. */
  take(name: string): ZipEntry | null {
    const entry = this.zip.entry(name);
    if (!entry || this.#taken.has(entry.name)) return null;
    this.#taken.add(entry.name);
    return entry;
  }

  /** A cursor over a part, counted as unpacked; to be closed by the caller. */
  open(entry: ZipEntry): XmlCursor {
    return new XmlCursor(this.pieces(entry));
  }

  *pieces(entry: ZipEntry): Generator<Buffer> {
    for (const piece of this.zip.streamEntry(entry)) {
      this.context.unpacked(piece.length);
      yield piece;
    }
  }

  /** Texts of a small part's elements with one of `names`, as one block. */
  *texts(name: string, names: ReadonlySet<string> | null, part: string, copy: boolean): Generator<Block> {
    const entry = this.take(name);
    if (!entry) return;
    try {
      this.context.unpacked(entry.unpackedBytes);
      const texts = readTexts(this.zip, entry, names);
      if (texts.length > 0) yield { kind: 'text', where: { part, line: 1 }, text: texts.join('\n'), ...(copy && { copy }) };
    } catch (error) {
      this.tell(error, entry);
    }
  }

  /** What stands in attributes, in parts that nobody took, and where links lead; when all else was read. */
  *strays(): Generator<Block> {
    for (const entry of this.zip.entries) {
      const plan = strayPartOf(entry.name, this.#taken.has(entry.name));
      if (!plan) continue;
      try {
        yield* strayBlocks(readStrayPart(this.pieces(entry), plan), plan);
      } catch (error) {
        this.tell(error, entry);
      }
    }
  }

  *member(name: string): Generator<MemberBlock> {
    const entry = this.take(name);
    if (!entry) return;
    try {
      const content = this.zip.readEntry(entry);
      this.context.unpacked(content.length);
      const base = posix.basename(entry.name);
      yield { kind: 'member', name: base, source: memorySource(base, content) };
    } catch (error) {
      this.tell(error, entry);
    }
  }

  /** Without a block so far nothing could be read, and another reader may try; later only this part is lost. */
  tell(error: unknown, entry: ZipEntry): void {
    if (!(error instanceof FileProblem) || !this.found) throw error;
    this.context.problem(error.code, `part ${this.zip.entries.indexOf(entry) + 1}: ${error.detail}`);
  }

  /** Pictures that can hold a page of text, among the entries whose names `pattern` knows: told, or members where OCR reads them. */
  *pictures(pattern: RegExp): Generator<MemberBlock> {
    const pictures = new Pictures(this.context);
    yield* pictures.of(this.zip, pattern, (entry) => this.#content(entry));
    pictures.tell();
  }

  #content(entry: ZipEntry): Buffer | null {
    try {
      return this.zip.readEntry(entry);
    } catch (error) {
      this.tell(error, entry);
      return null;
    }
  }
}
