/**
 * Walks one WordprocessingML part (ECMA-376 Part 1, 17) and gives its paragraphs and tables as blocks. What stands apart from the line of reading
 * (text boxes, deleted text, ruby) comes as blocks of its own. It knows no zip and no relationships.
 */
import type { XmlCursor } from '../container/xml.js';
import { DocxFields, describeDocxTag } from './docx-strays.js';
import { StoryWalker } from './story-walker.js';

/** Properties of what they stand in; tabs and breaks in them are settings, not text. */
const SKIPPED = new Set(['pPr', 'rPr', 'tblPr', 'tblPrEx', 'tblGrid', 'sectPr', 'sdtPr', 'sdtEndPr', 'rubyPr']);
const DELETIONS = new Set(['del', 'moveFrom']);
const CHANGES = new Set(['del', 'ins', 'moveFrom', 'moveTo', 'comment']);
/** Each of these is a text of its own: the end of one is no neighbour of the next one's beginning. */
const NOTES = new Set(['footnote', 'endnote', 'comment']);
const AUTHORS_MAX = 1_000;
/** Word ends at 63 columns; more are taken, but a few bytes must not make rows of millions of cells. */
const SPAN_MAX = 256;

export class DocxWalker extends StoryWalker {
  readonly #authors: Set<string>;
  /** For each open AlternateContent whether a branch of it was read. */
  readonly #alternatives: boolean[] = [];
  readonly #fields = new DocxFields(this.asides, (text) => this.story.add(text));
  #inRuby = 0;
  #inRubyBase = 0;
  #inDeleted = 0;

  /** `part` goes into the blocks' places; `authors` collects people who commented or changed. */
  constructor(cursor: XmlCursor, part: string | undefined, authors: Set<string>) {
    super(cursor, part, SKIPPED);
    this.#authors = authors;
  }

  protected override open(name: string): void {
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
        this.#add(symbol(this.cursor.attribute('char')));
        return;
      case 'tbl':
        this.story.openTable();
        return;
      case 'tr':
        this.story.openRow();
        return;
      case 'gridBefore':
        this.story.skipColumns(number(this.cursor.attribute('val'), 0));
        return;
      case 'gridSpan':
        this.story.spanColumns(number(this.cursor.attribute('val'), 1));
        return;
      case 'tc':
        this.story.openCell();
        return;
      case 'txbxContent':
        this.story.openBox();
        return;
      case 'rt':
        this.#inRuby += 1;
        this.asides.openRuby();
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
      case 'fldChar':
        this.#fields.mark(this.cursor.attribute('fldCharType'));
        return;
    }
    describeDocxTag(name, this.cursor, this.asides);
    if (DELETIONS.has(name)) this.#inDeleted += 1;
    if (CHANGES.has(name)) this.#author();
  }

  protected override close(name: string): void {
    switch (name) {
      case 't':
      case 'delText':
        if (!this.cursor.selfClosing) this.#add(this.cursor.text());
        return;
      case 'instrText':
      case 'delInstrText':
        if (!this.cursor.selfClosing) this.#fields.add(this.cursor.text());
        return;
      case 'p':
        this.asides.endParagraph(this.story.inner);
        this.story.endParagraph();
        return;
      case 'tc':
        this.story.closeCell();
        return;
      case 'tr':
        this.asides.endLine();
        this.story.closeRow();
        return;
      case 'tbl':
        this.story.closeTable();
        return;
      case 'txbxContent':
        this.story.closeBox();
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
    if (NOTES.has(name)) this.story.flush();
  }

  protected override passed(): void {
    if (!this.cursor.closing) describeDocxTag(this.cursor.name(), this.cursor, this.asides);
  }

  /** Text goes where its element stands: the line, the ruby above it, or what was deleted. */
  #add(text: string): void {
    if (text === '') return;
    if (this.#inRuby > 0) this.asides.addRuby(text);
    else if (this.#inDeleted > 0) this.asides.addDeleted(text);
    else {
      if (this.#inRubyBase === 0) this.asides.partRuby(text);
      this.story.add(text);
    }
  }

  /** Word keeps a text box twice, for itself and for older programs: of an AlternateContent the first branch is read. */
  #branch(): void {
    const last = this.#alternatives.length - 1;
    if (last < 0) return;
    if (this.#alternatives[last]) this.skip();
    else this.#alternatives[last] = true;
  }

  #author(): void {
    const author = this.cursor.attribute('author');
    if (author && this.#authors.size < AUTHORS_MAX) this.#authors.add(author);
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
