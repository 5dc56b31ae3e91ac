/**
 * Reads PowerPoint presentations (pptx and its kin): slides in their order with notes and comments, what stands on masters, charts, diagrams,
 * embedded files. It follows no link out of the file and runs nothing.
 */
import { type Relationship, readRelations } from '../container/opc.js';
import { openZip, type ZipEntry } from '../container/zip.js';
import type { Block, MemberBlock, Source, Where } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { tellOoxmlDates } from './package-dates.js';
import { PackageReading } from './package-reading.js';
import { PptxWalker } from './pptx-walker.js';

const MAIN = 'ppt/presentation.xml';
const SLIDES_MAX = 20_000;
/** What hangs on a slide, by the type of its relationship. */
const ON_SLIDE: ReadonlyMap<string, string | undefined> = new Map([
  ['notesSlide', 'note'],
  ['comments', 'comment'],
  ['chart', 'chart'],
  ['diagramData', 'diagram'],
]);
/** Parts that no slide led to, by name. Drawings of diagrams show what their data say, so they are not read. */
const BY_NAME: readonly (readonly [RegExp, string | undefined])[] = [
  [/^ppt\/slides\/[^/]+\.xml$/i, undefined],
  [/^ppt\/notesSlides\/[^/]+\.xml$/i, 'note'],
  [/^ppt\/comments\/[^/]+\.xml$/i, 'comment'],
  [/^ppt\/charts\/chart[^/]*\.xml$/i, 'chart'],
  [/^ppt\/diagrams\/data[^/]*\.xml$/i, 'diagram'],
  [/^ppt\/drawings\/[^/]+\.xml$/i, 'textbox'],
  [/^ppt\/(?:slideMasters|slideLayouts|notesMasters|handoutMasters)\/[^/]+\.xml$/i, 'master'],
  [/^ppt\/(?:commentAuthors|authors)\.xml$/i, 'author'],
];
const PROPERTY_NAMES = new Set('title subject creator keywords description lastModifiedBy category Company Manager lpwstr'.split(' '));

export const pptxExtractor: Extractor = { id: 'pptx', version: 3, formats: ['pptx'], read };

function read(source: Source, context: ExtractContext): Iterable<Block | MemberBlock> {
  return new PptxReading(new PackageReading(openZip(source), context)).blocks();
}

class PptxReading {
  readonly #package: PackageReading;
  readonly #authors = new Set<string>();
  #failure: FileProblem | null = null;

  constructor(reading: PackageReading) {
    this.#package = reading;
  }

  *blocks(): Generator<Block | MemberBlock> {
    const main = this.#mainPart();
    tellOoxmlDates(this.#package.zip, this.#package.context);
    let page = 0;
    for (const slide of this.#slides(main)) yield* this.#slide(slide, ++page);
    for (const entry of this.#package.zip.entries) {
      const part = BY_NAME.find(([pattern]) => pattern.test(entry.name));
      if (part) yield* this.#part(entry.name, part[1] === undefined ? { page: ++page } : { part: part[1] });
    }
    if (!this.#package.found && this.#failure) throw this.#failure;
    // A presentation without text is read, not refused.
    this.#package.found = true;
    for (const { name } of this.#package.zip.entries) {
      if (/^docProps\/(core|app|custom)\.xml$/i.test(name)) yield* this.#package.texts(name, PROPERTY_NAMES, 'property', false);
      else if (/^customXml\/item\d+\.xml$/i.test(name)) yield* this.#package.texts(name, null, 'data', true);
      else if (/^ppt\/embeddings\/[^/]+$/i.test(name)) yield* this.#package.member(name);
    }
    if (this.#authors.size > 0) yield { kind: 'text', where: { part: 'author' }, text: [...this.#authors].join('\n') };
    yield* this.#package.strays();
    yield* this.#package.pictures(/^ppt\/media\/[^/]+\.(png|jpe?g|gif|bmp)$/i);
  }

  /** By the package's relationships, else where PowerPoint puts it. Throws FileProblem('damaged') when there is none. */
  #mainPart(): string {
    const { zip } = this.#package;
    const related = this.#relations('').find(({ type, target }) => type === 'officeDocument' && zip.entry(target));
    if (related) return related.target;
    if (zip.entry(MAIN)) return MAIN;
    throw new FileProblem('damaged', 'pptx: no presentation');
  }

  /** Names of the slides in the order of the presentation (19.2.1.34); empty where that can't be read: they are then found by name. */
  #slides(main: string): string[] {
    const entry = this.#package.take(main);
    if (!entry) return [];
    const targets = new Map(this.#relations(main).map(({ id, target }) => [id, target]));
    const slides: string[] = [];
    const cursor = this.#package.open(entry);
    try {
      while (slides.length < SLIDES_MAX && cursor.next()) {
        if (cursor.closing || cursor.name() !== 'sldId') continue;
        const target = targets.get(cursor.attribute('r:id') ?? '');
        if (target) slides.push(target);
      }
    } catch (error) {
      this.#tellLater(error, 'presentation');
    } finally {
      cursor.close();
    }
    return slides;
  }

  *#slide(name: string, page: number): Generator<Block> {
    yield* this.#part(name, { page });
    for (const { type, target } of this.#relations(name)) {
      if (ON_SLIDE.has(type)) yield* this.#part(target, { page, part: ON_SLIDE.get(type) ?? type });
    }
  }

  *#part(name: string, where: Where): Generator<Block> {
    const entry = this.#package.take(name);
    if (!entry) return;
    const cursor = this.#package.open(entry);
    const walker = new PptxWalker(cursor, where, where.part === 'master');
    // Charts keep what their workbook holds.
    const copy = where.part === 'chart';
    try {
      for (const block of walker.blocks()) {
        this.#package.found = true;
        yield copy ? { ...block, copy } : block;
      }
    } finally {
      cursor.close();
    }
    for (const author of walker.authors) this.#authors.add(author);
    if (walker.failure) this.#tell(walker.failure, entry);
  }

  /** A slide that breaks off is one part's loss; only when nothing at all could be read the file is refused. */
  #tell(failure: FileProblem, entry: ZipEntry): void {
    this.#failure ??= failure;
    this.#package.context.problem(failure.code, `part ${this.#package.zip.entries.indexOf(entry) + 1}: ${failure.detail}`);
  }

  #relations(part: string): readonly Relationship[] {
    try {
      return readRelations(this.#package.zip, part);
    } catch (error) {
      this.#tellLater(error, 'relationships');
      return [];
    }
  }

  #tellLater(error: unknown, what: string): void {
    if (!(error instanceof FileProblem)) throw error;
    this.#package.context.problem(error.code, `${what}: ${error.detail}`);
  }
}
