/**
 * Reads Word documents (docx, docm): the whole document with everything that hangs on it, not the body alone. It follows no link out of the file
 * and runs nothing.
 */
import { openZip } from '../container/zip.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { findMainPart, relationsIfAny } from './docx-parts.js';
import { DocxWalker } from './docx-walker.js';
import { tellOoxmlDates } from './package-dates.js';
import { PackageReading } from './package-reading.js';

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

export const docxExtractor: Extractor = { id: 'docx', version: 3, formats: ['docx', 'docm'], read };

function* read(source: Source, context: ExtractContext): Generator<Block | MemberBlock> {
  const zip = openZip(source);
  const main = findMainPart(zip);
  yield* new DocxReading(new PackageReading(zip, context)).blocks(main);
}

class DocxReading {
  readonly #package: PackageReading;
  readonly #authors = new Set<string>();

  constructor(reading: PackageReading) {
    this.#package = reading;
  }

  *blocks(main: string): Generator<Block | MemberBlock> {
    const { zip, context } = this.#package;
    tellOoxmlDates(zip, context);
    yield* this.#story(main, undefined);
    for (const { type, target } of relationsIfAny(zip, main)) {
      const part = STORIES.get(type);
      if (part) yield* this.#story(target, part);
      else if (type === 'aFChunk') yield* this.#package.member(target);
    }
    for (const { name } of zip.entries) {
      const part = STORY_NAME.exec(name)?.[1]?.toLowerCase();
      if (part) yield* this.#story(name, STORIES.get(part));
    }
    for (const { name } of zip.entries) yield* this.#sidePart(name);
    if (this.#authors.size > 0) yield { kind: 'text', where: { part: 'author' }, text: [...this.#authors].join('\n') };
    yield* this.#package.strays();
    yield* this.#package.pictures(/^word\/media\/[^/]+\.(png|jpe?g|gif|bmp)$/i);
  }

  /** A part that is written like the body. */
  *#story(name: string, part: string | undefined): Generator<Block> {
    const entry = this.#package.take(name);
    if (!entry) return;
    const cursor = this.#package.open(entry);
    const walker = new DocxWalker(cursor, part, this.#authors);
    try {
      for (const block of walker.blocks()) {
        this.#package.found = true;
        yield block;
      }
    } finally {
      cursor.close();
    }
    if (walker.failure) this.#package.tell(walker.failure, entry);
  }

  /** Properties, data bound to fields, charts, diagrams, embedded files. */
  *#sidePart(name: string): Generator<Block | MemberBlock> {
    if (/^docProps\/(core|app|custom)\.xml$/i.test(name)) yield* this.#package.texts(name, PROPERTY_NAMES, 'property', false);
    else if (/^customXml\/item\d+\.xml$/i.test(name)) yield* this.#package.texts(name, null, 'data', true);
    else if (/^word\/charts\/chart[^/]*\.xml$/i.test(name)) yield* this.#package.texts(name, CHART_NAMES, 'chart', true);
    else if (/^word\/diagrams\/data[^/]*\.xml$/i.test(name)) yield* this.#package.texts(name, CHART_NAMES, 'diagram', false);
    else if (/^word\/embeddings\/[^/]+$/i.test(name)) yield* this.#package.member(name);
  }
}
