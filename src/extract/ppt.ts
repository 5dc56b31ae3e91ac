/**
 * Reads presentations of PowerPoint 97 to 2003 (ppt): slides in their order with notes, comments, headers; what older versions of a slide left in
 * the file; properties. Encrypted ones are refused by name.
 */
import { inflateWhole } from '../container/inflate.js';
import { memorySource } from '../container/memory-source.js';
import { openOle } from '../container/ole.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, Source, Where } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { officeArtTexts } from './office-art.js';
import { readOleProperties, tellOleDates } from './ole-properties.js';
import { Pictures } from './pictures.js';
import { type PptRecord, readLiveObjects, recordAt, recordsIn } from './ppt-records.js';
import { collectTexts, newTexts, type PptTexts } from './ppt-texts.js';

const DOCUMENT = 0x03e8;
const SLIDE = 0x03ee;
const NOTES = 0x03f0;
const NOTES_ATOM = 0x03f1;
const MASTER = 0x03f8;
const HANDOUT = 0x0fc9;
const OBJECT = 0x1011;
const PAGES = new Set([DOCUMENT, SLIDE, NOTES, MASTER, HANDOUT]);
/** CurrentUserAtom.headerToken of an encrypted file (MS-PPT 2.3.2). */
const TOKEN_ENCRYPTED = 0xf3d1c4df;
const OUTLINE_SLIDES = 0;
const OUTLINE_NOTES = 2;
/** What a notes' master tells as its slide: nothing, or what PowerPoint writes there. */
const NO_SLIDE = new Set([0, 0x80000000]);
const BLOCK_LINES = 2_000;

export const pptExtractor: Extractor = { id: 'ppt', version: 5, formats: ['ppt'], read };

function read(source: Source, context: ExtractContext): Iterable<Block | MemberBlock> {
  const ole = openOle(source);
  const user = ole.head('Current User', 64);
  if (user.length >= 16 && user.readUInt32LE(12) === TOKEN_ENCRYPTED) throw new FileProblem('encrypted', 'ppt: encrypted');
  const bytes = ole.stream('PowerPoint Document');
  tellOleDates(ole, context);
  const properties = readOleProperties(ole);
  const pictures = ole.head('Pictures', Math.min(limits.wholeBytesMax, ole.entry('Pictures')?.sizeBytes ?? 0));
  return new PptReading(bytes, user, context).blocks(properties, pictures);
}

class PptReading {
  readonly #bytes: Buffer;
  readonly #context: ExtractContext;
  readonly #authors = new Set<string>();
  readonly #strays = new Set<string>();
  readonly #live: Map<number, number> | null;
  #cut = false;

  constructor(bytes: Buffer, user: Buffer, context: ExtractContext) {
    this.#bytes = bytes;
    this.#context = context;
    this.#live = readLiveObjects(bytes, user);
    if (this.#live === null) context.problem('damaged', 'ppt: list of objects not found, slides are read in the order of the file');
  }

  *blocks(properties: readonly string[], pictureStream: Buffer): Generator<Block | MemberBlock> {
    const read = new Set<number>();
    const document = this.#document(read);
    let page = 0;
    const pageOf = new Map<number, number>();
    for (const { object, slideId, lines } of document.outlines.get(OUTLINE_SLIDES) ?? []) {
      pageOf.set(slideId, ++page);
      const offset = this.#live?.get(object);
      const slide = offset === undefined ? newTexts() : this.#object(offset, read);
      yield* this.#texts({ ...slide, lines: [...lines, ...slide.lines] }, { page }, false);
    }
    for (const { object, lines } of document.outlines.get(OUTLINE_NOTES) ?? []) {
      const offset = this.#live?.get(object);
      const notes = offset === undefined ? newTexts() : this.#object(offset, read);
      const about = offset === undefined ? undefined : pageOf.get(this.#slideOf(offset));
      yield* this.#texts(
        { ...notes, lines: [...lines, ...notes.lines] },
        { ...(about !== undefined && { page: about }), part: 'note' },
        false,
      );
    }
    yield* this.#texts(document, { part: 'header' }, false);
    yield* this.#rest(read);
    yield* this.#block(officeArtTexts(this.#bytes), { part: 'description' }, true);
    yield* this.#block([...this.#strays], { part: 'name' }, true);
    if (properties.length > 0) yield { kind: 'text', where: { part: 'property', line: 1 }, text: properties.join('\n') };
    if (this.#authors.size > 0) yield { kind: 'text', where: { part: 'author' }, text: [...this.#authors].join('\n') };
    if (this.#cut) this.#context.problem('damaged', 'ppt: records run past the end of what holds them');
    const pictures = new Pictures(this.#context);
    yield* pictures.in(pictureStream);
    pictures.tell();
  }

  /** The document in use: of several that saving left behind the one that the list names. */
  #document(read: Set<number>): PptTexts {
    for (const offset of this.#live?.values() ?? []) {
      if (recordAt(this.#bytes, offset, this.#bytes.length)?.type === DOCUMENT) return this.#object(offset, read);
    }
    return newTexts();
  }

  #object(offset: number, read: Set<number>): PptTexts {
    const texts = newTexts();
    const record = recordAt(this.#bytes, offset, this.#bytes.length);
    if (!record || !PAGES.has(record.type) || read.has(offset)) return texts;
    read.add(offset);
    this.#collect(record, texts);
    return texts;
  }

  #collect(record: PptRecord, texts: PptTexts): void {
    collectTexts(this.#bytes, record, this.#isMaster(record), texts);
    if (texts.cut) this.#cut = true;
  }

  /** Masters and embedded objects; and what is in the file without being in use: earlier versions, told as deleted. */
  *#rest(read: Set<number>): Generator<Block | MemberBlock> {
    const live = new Set(this.#live?.values() ?? []);
    let objects = 0;
    for (const record of recordsIn(this.#bytes, 0, this.#bytes.length)) {
      if (record.cut) this.#cut = true;
      if (record.type === OBJECT && live.has(record.offset)) yield* this.#member(record, ++objects);
      if (!PAGES.has(record.type) || read.has(record.offset)) continue;
      const texts = newTexts();
      this.#collect(record, texts);
      for (const pages of texts.outlines.values()) for (const { lines } of pages) texts.lines.push(...lines);
      const inUse = this.#live === null || live.has(record.offset);
      const part = inUse ? this.#partOf(record) : 'deleted';
      yield* this.#texts(texts, part === undefined ? {} : { part }, !inUse);
    }
  }

  #partOf(record: PptRecord): string | undefined {
    if (this.#isMaster(record)) return 'master';
    return record.type === NOTES ? 'note' : undefined;
  }

  /** The notes' master is a notes page of no slide (2.5.12). */
  #isMaster(record: PptRecord): boolean {
    return record.type === MASTER || record.type === HANDOUT || (record.type === NOTES && NO_SLIDE.has(this.#slideOf(record.offset)));
  }

  *#texts({ lines, comments, margins, authors, strays }: PptTexts, where: Where, copy: boolean): Generator<Block> {
    for (const author of authors) this.#authors.add(author);
    for (const text of strays) this.#strays.add(text);
    yield* this.#block(lines, where, copy);
    yield* this.#block(comments, { ...where, part: 'comment' }, copy);
    yield* this.#block(margins, { ...where, part: 'header' }, copy);
  }

  *#block(lines: readonly string[], where: Where, copy: boolean): Generator<Block> {
    for (let at = 0; at < lines.length; at += BLOCK_LINES) {
      const text = lines.slice(at, at + BLOCK_LINES).join('\n');
      if (text.trim() !== '') yield { kind: 'text', where: { ...where, line: at + 1 }, text, ...(copy && { copy }) };
    }
  }

  /** The slide that a notes page belongs to (2.5.12). */
  #slideOf(notes: number): number {
    const record = recordAt(this.#bytes, notes, this.#bytes.length);
    const atom = record && recordAt(this.#bytes, record.start, record.end);
    return atom?.type === NOTES_ATOM && atom.end - atom.start >= 4 ? this.#bytes.readUInt32LE(atom.start) : -1;
  }

  /** An embedded object is a compound file, packed when the instance is 1, then with its size in front (2.10.34). */
  *#member({ instance, start, end }: PptRecord, number: number): Generator<MemberBlock> {
    try {
      const packed = this.#bytes.subarray(start, end);
      const content = instance === 1 ? inflateZlib(packed) : packed;
      this.#context.unpacked(content.length);
      const name = `object ${number}`;
      yield { kind: 'member', name, source: memorySource(name, content) };
    } catch (error) {
      if (!(error instanceof FileProblem) || error.code === 'too-large') throw error;
      this.#context.problem(error.code, `embedded object: ${error.detail}`);
    }
  }
}

/** Size, then zlib's two bytes of header and four of checksum around deflate (RFC 1950). */
function inflateZlib(packed: Buffer): Buffer {
  if (packed.length < 10) throw new FileProblem('damaged', 'ppt: object is cut');
  return inflateWhole(packed.subarray(6, packed.length - 4), limits.entryBytesMax, packed.readUInt32LE(0));
}
