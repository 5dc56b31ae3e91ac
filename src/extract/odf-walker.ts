/**
 * Walks one XML part of an OpenDocument file (OpenDocument 1.3 part 3) and gives its paragraphs and tables as blocks: of texts, presentations,
 * drawings, and of workbooks that lie inside them. It knows no zip.
 */
import type { XmlCursor } from '../container/xml.js';
import type { Block, Where } from '../model.js';
import { FileProblem } from '../problem.js';
import { ODF_COPIES, odfStrays } from './odf-strays.js';
import { StoryWalker } from './story-walker.js';
import { StrayTexts } from './xml-strays.js';

/** What holds no text of the document: numbers of notes, settings, the inks of pictures, lists of changed cells. */
const SKIPPED = new Set([
  'note-citation',
  'binary-data',
  'event-listeners',
  'automatic-styles',
  'font-face-decls',
  'settings',
  'scripts',
  'math',
]);
/** Texts beside the line of reading and the part that they are. `footnote-body` and `endnote-body` are OpenOffice 1's. */
const NOTES: ReadonlyMap<string, string> = new Map([
  ['annotation', 'comment'],
  ['note-body', 'note'],
  ['footnote-body', 'note'],
  ['endnote-body', 'note'],
]);
/** Drawn shapes that hold text (10.3, 10.4): anchored in a paragraph they interrupt it; on a slide they are what the slide is made of. */
const SHAPES = new Set(
  'frame custom-shape rect circle ellipse line polyline polygon regular-polygon path connector caption measure'.split(' '),
);
/** Headers and footers of a page style (16.10), those of left and first pages too. */
const MARGINS = /^(header|footer)(?:-left|-first)?$/;
const CELLS = new Set(['table-cell', 'covered-table-cell']);
/** Elements of forms and their attributes that a reader of the document sees (13.5). */
const FIELDS = new Set(['text', 'textarea', 'formatted-text', 'combobox']);
/** Properties of a flat document (4.3), which has no part of its own for them. */
const PROPERTIES = new Set('subject description keyword initial-creator printed-by user-defined'.split(' '));
const SPACES_MAX = 1_000;
/** Repeated cells are nearly always empty ones at a row's end: a few bytes must not make rows of millions. */
const REPEATED_MAX = 256;
const AUTHORS_MAX = 1_000;

export class OdfWalker extends StoryWalker {
  readonly authors = new Set<string>();
  readonly #place: Where;
  readonly #fields: string[] = [];
  /** What stands in attributes, by the place that it is. */
  readonly #strays = new Map<string, StrayTexts>();
  #pages = 0;
  /** Open paragraphs; text outside them is layout. A note's paragraphs stand inside one. */
  #paragraphs = 0;
  /** For each open note or shape the paragraphs that were open around it, and the part of its box; null without a box. */
  readonly #around: { readonly paragraphs: number; readonly box: string | null }[] = [];
  #inRuby = 0;
  #inRubyBase = 0;
  #inDeleted = 0;

  constructor(cursor: XmlCursor, place: Where) {
    super(cursor, undefined, SKIPPED);
    this.#place = place;
    this.story.moveTo(place);
  }

  protected override *last(): Generator<Block> {
    for (const block of this.asides.blocks()) yield { ...block, where: { ...this.#place, ...block.where } };
    if (this.#fields.length > 0) yield { kind: 'text', where: { ...this.#place, line: 1, part: 'field' }, text: this.#fields.join('\n') };
    for (const [part, texts] of this.#strays) {
      const where = { ...this.#place, line: 1, part };
      yield { kind: 'text', where, text: texts.all().join('\n'), ...(ODF_COPIES.has(part) && { copy: true }) };
    }
  }

  /** The text before a tag. Line ends and runs of spaces in it are one space (6.1.2). */
  protected override takeText(): void {
    if (this.#paragraphs === 0) return;
    const text = this.cursor.text();
    if (text !== '') this.#add(/[\t\n]| {2}/.test(text) ? text.replace(/[\t\n ]+/g, ' ') : text);
  }

  protected override open(name: string): void {
    for (const { part, text } of odfStrays(name, this.cursor)) this.#keep(part, text);
    switch (name) {
      case 'p':
      case 'h':
        this.#paragraphs += 1;
        return;
      case 's':
        this.#add(' '.repeat(Math.min(SPACES_MAX, count(this.cursor.attribute('c')))));
        return;
      case 'tab':
      case 'tab-stop':
        this.#add('\t');
        return;
      case 'line-break':
        this.#add('\n');
        return;
      case 'table':
        this.story.openTable();
        return;
      case 'table-row':
        this.story.openRow();
        return;
      case 'hidden-text':
        // It is shown when its condition holds (7.7.8).
        this.asides.describe(this.cursor.attribute('text:string-value') ?? '');
        return;
      case 'ruby-base':
        this.#inRubyBase += 1;
        return;
      case 'ruby-text':
        this.#inRuby += 1;
        this.#paragraphs += 1;
        this.asides.openRuby();
        return;
      case 'deletion':
        this.#inDeleted += 1;
        return;
      case 'page':
        this.#pages += 1;
        this.story.moveTo({ page: this.#pages, ...this.#place });
        return;
      case 'notes':
        this.story.moveTo({ ...(this.#pages > 0 && { page: this.#pages }), ...this.#place, part: 'note' });
        return;
    }
    if (CELLS.has(name)) this.#openCell();
    else if (NOTES.has(name)) this.#openBox(NOTES.get(name) ?? name);
    else if (SHAPES.has(name)) this.#openShape();
    else if (FIELDS.has(name)) this.#field();
    else {
      const margin = MARGINS.exec(name)?.[1];
      if (margin) this.story.moveTo({ part: margin });
    }
  }

  protected override close(name: string): void {
    switch (name) {
      case 'p':
      case 'h':
        this.#paragraphs = Math.max(0, this.#paragraphs - 1);
        if (this.#inDeleted > 0) this.asides.endLine();
        else {
          this.asides.endParagraph(this.story.inner);
          this.story.endParagraph();
        }
        return;
      case 'table-row':
        this.story.closeRow();
        return;
      case 'table':
        this.story.closeTable();
        return;
      case 'ruby-base':
        this.#inRubyBase = Math.max(0, this.#inRubyBase - 1);
        return;
      case 'ruby-text':
        this.#inRuby = Math.max(0, this.#inRuby - 1);
        this.#paragraphs = Math.max(0, this.#paragraphs - 1);
        return;
      case 'deletion':
        this.#inDeleted = Math.max(0, this.#inDeleted - 1);
        return;
      case 'notes':
      case 'page':
        this.story.moveTo(this.#place);
        return;
      case 'title':
      case 'desc':
        // In a paragraph it is a field that shows the document's title, and was read as text.
        if (this.#paragraphs === 0 && !this.cursor.selfClosing) this.asides.describe(this.cursor.text().trim());
        return;
      case 'header-decl':
      case 'footer-decl':
        this.asides.describe(this.cursor.text().trim());
        return;
      case 'creator':
        if (this.authors.size < AUTHORS_MAX) this.authors.add(this.cursor.text().trim());
        return;
    }
    if (PROPERTIES.has(name)) {
      if (this.#paragraphs === 0 && !this.cursor.selfClosing) this.#keep('property', this.cursor.text());
    } else if (CELLS.has(name)) this.story.closeCell();
    else if (NOTES.has(name) || SHAPES.has(name)) this.#closeBox();
    else if (MARGINS.test(name)) this.story.moveTo(this.#place);
  }

  #keep(part: string, text: string): void {
    const texts = this.#strays.get(part) ?? new StrayTexts();
    if (text.trim() !== '') this.#strays.set(part, texts);
    try {
      texts.add(text);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.failure ??= error;
    }
  }

  /** Prompts of a master's placeholders are nobody's text (10.5). */
  #openShape(): void {
    if (!this.cursor.selfClosing && this.cursor.attribute('presentation:placeholder') === 'true') this.skip();
    else this.#openBox(this.#paragraphs > 0 ? 'textbox' : null);
  }

  #openBox(box: string | null): void {
    this.#around.push({ paragraphs: this.#paragraphs, box });
    this.#paragraphs = 0;
    if (box !== null) this.story.openBox();
  }

  #closeBox(): void {
    const around = this.#around.pop();
    if (!around) return;
    this.#paragraphs = around.paragraphs;
    if (around.box !== null) this.story.closeBox(around.box);
  }

  /** Cells that a merged one covers are written too (9.1.5), so only repeated ones take more than one column. */
  #openCell(): void {
    this.story.openCell();
    const repeated = Math.min(REPEATED_MAX, count(this.cursor.attribute('number-columns-repeated')));
    if (repeated > 1) this.story.spanColumns(repeated);
  }

  #add(text: string): void {
    if (this.#inRuby > 0) this.asides.addRuby(text);
    else if (this.#inDeleted > 0) this.asides.addDeleted(text);
    else {
      if (this.#inRubyBase === 0) this.asides.partRuby(text);
      this.story.add(text);
    }
  }

  #field(): void {
    const value = this.cursor.attribute('form:current-value') ?? this.cursor.attribute('form:value');
    if (value) this.#fields.push(value);
  }
}

function count(value: string | undefined): number {
  const parsed = Number.parseInt(value ?? '1', 10);
  return parsed > 1 ? parsed : 1;
}
