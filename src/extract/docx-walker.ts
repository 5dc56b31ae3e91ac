/**
 * Walks one WordprocessingML part (ECMA-376 Part 1, 17) and gives its paragraphs and tables as blocks. What stands apart from the line of reading
 * (text boxes, deleted text, ruby) comes as blocks of its own. It knows no zip and no relationships.
 */
import type { XmlCursor } from '../container/xml.js';
import type { Block } from '../model.js';
import { FileProblem } from '../problem.js';
import { DocxAsides } from './docx-asides.js';
import { DocxStory } from './docx-story.js';

/** Properties of what they stand in; tabs and breaks in them are settings, not text. Field codes are instructions, their results are text. */
const SKIPPED = new Set([
  'pPr',
  'rPr',
  'tblPr',
  'tblPrEx',
  'tblGrid',
  'sectPr',
  'sdtPr',
  'sdtEndPr',
  'rubyPr',
  'instrText',
  'delInstrText',
]);
const DELETIONS = new Set(['del', 'moveFrom']);
const CHANGES = new Set(['del', 'ins', 'moveFrom', 'moveTo', 'comment']);
/** Each of these is a text of its own: the end of one is no neighbour of the next one's beginning. */
const NOTES = new Set(['footnote', 'endnote', 'comment']);
const AUTHORS_MAX = 1_000;
/** Word ends at 63 columns; more are taken, but a few bytes must not make rows of millions of cells. */
const SPAN_MAX = 256;

export class DocxWalker {
  /** Why the part could not be read to its end; null when it could. */
  failure: FileProblem | null = null;
  readonly #cursor: XmlCursor;
  readonly #story: DocxStory;
  readonly #authors: Set<string>;
  readonly #asides = new DocxAsides();
  /** For each open AlternateContent whether a branch of it was read. */
  readonly #alternatives: boolean[] = [];
  #inRuby = 0;
  #inRubyBase = 0;
  #inDeleted = 0;

  /** `part` goes into the blocks' places; `authors` collects people who commented or changed. */
  constructor(cursor: XmlCursor, part: string | undefined, authors: Set<string>) {
    this.#cursor = cursor;
    this.#story = new DocxStory(part, () => this.#step());
    this.#authors = authors;
  }

  /** Tables are read while the part is: their rows are to be taken before the next block. What breaks off the part is in `failure` afterwards. */
  *blocks(): Generator<Block> {
    for (;;) {
      const block = this.#story.shift();
      if (block) {
        yield block;
        // A reader that left rows untaken must not get them as the text after the table.
        if (block.kind === 'table' && !Array.isArray(block.rows)) for (const _ of block.rows);
      } else if (this.#story.ended) return;
      else this.#step();
    }
  }

  #step(): void {
    if (!this.#next()) return;
    const cursor = this.#cursor;
    const name = cursor.name();
    if (cursor.closing) this.#close(name);
    else if (SKIPPED.has(name)) this.#skip();
    else {
      this.#open(name);
      if (cursor.selfClosing) this.#close(name);
    }
  }

  #next(): boolean {
    if (this.#story.ended) return false;
    try {
      if (this.#cursor.next()) return true;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.failure = error;
    }
    this.#story.end(this.#asides.blocks());
    return false;
  }

  #open(name: string): void {
    switch (name) {
      case 'tab':
      case 'ptab':
        this.#add('\t');
        return;
      case 'br':
      case 'cr':
        this.#add('\n');
        return;
      case 'noBreakHyphen':
        this.#add('-');
        return;
      case 'sym':
        this.#add(symbol(this.#cursor.attribute('char')));
        return;
      case 'tbl':
        this.#story.openTable();
        return;
      case 'tr':
        this.#story.openRow();
        return;
      case 'gridBefore':
        this.#story.skipColumns(number(this.#cursor.attribute('val'), 0));
        return;
      case 'gridSpan':
        this.#story.spanColumns(number(this.#cursor.attribute('val'), 1));
        return;
      case 'tc':
        this.#story.openCell();
        return;
      case 'txbxContent':
        this.#story.openBox();
        return;
      case 'rt':
        this.#inRuby += 1;
        this.#asides.openRuby();
        return;
      case 'rubyBase':
        this.#inRubyBase += 1;
        return;
      case 'AlternateContent':
        this.#alternatives.push(false);
        return;
      case 'Choice':
      case 'Fallback':
        this.#branch();
        return;
      case 'docPr':
        this.#asides.describe(this.#cursor.attribute('descr') ?? '');
        return;
    }
    if (DELETIONS.has(name)) this.#inDeleted += 1;
    if (CHANGES.has(name)) this.#author();
  }

  #close(name: string): void {
    switch (name) {
      case 't':
      case 'delText':
        if (!this.#cursor.selfClosing) this.#add(this.#cursor.text());
        return;
      case 'p':
        this.#asides.endParagraph(this.#story.inner);
        this.#story.endParagraph();
        return;
      case 'tc':
        this.#story.closeCell();
        return;
      case 'tr':
        this.#asides.endLine();
        this.#story.closeRow();
        return;
      case 'tbl':
        this.#story.closeTable();
        return;
      case 'txbxContent':
        this.#story.closeBox();
        return;
      case 'rt':
        this.#inRuby = Math.max(0, this.#inRuby - 1);
        return;
      case 'rubyBase':
        this.#inRubyBase = Math.max(0, this.#inRubyBase - 1);
        return;
      case 'AlternateContent':
        this.#alternatives.pop();
        return;
    }
    if (DELETIONS.has(name)) this.#inDeleted = Math.max(0, this.#inDeleted - 1);
    if (NOTES.has(name)) this.#story.flush();
  }

  /** Text goes where its element stands: the line, the ruby above it, or what was deleted. */
  #add(text: string): void {
    if (text === '') return;
    if (this.#inRuby > 0) this.#asides.addRuby(text);
    else if (this.#inDeleted > 0) this.#asides.addDeleted(text);
    else {
      if (this.#inRubyBase === 0) this.#asides.partRuby(text);
      this.#story.add(text);
    }
  }

  /** Word keeps a text box twice, for itself and for older programs: of an AlternateContent the first branch is read. */
  #branch(): void {
    const last = this.#alternatives.length - 1;
    if (last < 0) return;
    if (this.#alternatives[last]) this.#skip();
    else this.#alternatives[last] = true;
  }

  #author(): void {
    const author = this.#cursor.attribute('author');
    if (author && this.#authors.size < AUTHORS_MAX) this.#authors.add(author);
  }

  #skip(): void {
    if (this.#cursor.selfClosing) return;
    const depth = this.#cursor.depth;
    while (this.#cursor.depth >= depth && this.#next());
  }
}

/** A character of a symbol font by its code; such fonts begin at U+F000, their codes mean nothing elsewhere (17.3.3.30). */
function symbol(hex: string | undefined): string {
  const code = Number.parseInt(hex ?? '', 16);
  return Number.isNaN(code) || code < 0x20 || code > 0xffff ? '' : String.fromCharCode(code);
}

function number(value: string | undefined, least: number): number {
  const parsed = Number.parseInt(value ?? '', 10);
  return parsed > least ? Math.min(parsed, SPAN_MAX) : least;
}
