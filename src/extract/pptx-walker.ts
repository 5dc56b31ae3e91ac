/**
 * Walks one part of a presentation (PresentationML and DrawingML, ECMA-376 Part 1, 19 to 21) and gives its paragraphs and tables as blocks. It
 * knows no zip and no relationships.
 */
import type { XmlCursor } from '../container/xml.js';
import type { Block, Where } from '../model.js';
import { StoryWalker } from './story-walker.js';

/** Settings of what they stand in. */
const SKIPPED = new Set(['pPr', 'rPr', 'endParaRPr', 'tblPr', 'tblGrid', 'tcPr', 'bodyPr', 'lstStyle', 'spPr', 'extLst', 'style']);
/** Elements whose own text is a paragraph: values and names of charts, comments of the older sort (19.4.4). */
const LEAVES = new Set(['v', 'text']);
const NAMED = new Set(['cmAuthor', 'author']);

export class PptxWalker extends StoryWalker {
  /** Names of people who commented. */
  readonly authors = new Set<string>();
  readonly #place: Where;
  readonly #prompts: boolean;
  readonly #alternatives: boolean[] = [];
  #shapes = 0;

  /** `prompts`: the text of placeholders is only a prompt, as on masters and layouts, and is passed over. */
  constructor(cursor: XmlCursor, place: Where, prompts: boolean) {
    super(cursor, undefined, SKIPPED);
    this.#prompts = prompts;
    this.story.moveTo(place);
    this.#place = place;
  }

  protected override *last(): Generator<Block> {
    for (const block of this.asides.blocks()) yield { ...block, where: { ...this.#place, ...block.where } };
  }

  protected override open(name: string): void {
    switch (name) {
      case 'br':
        this.story.add('\n');
        return;
      case 'tbl':
        this.story.openTable();
        return;
      case 'tr':
        this.story.openRow();
        return;
      case 'tc':
        // Cells that a merged one covers are written too (21.1.3.16), so columns need no counting.
        this.story.openCell();
        return;
      case 'sp':
        this.#shapes += 1;
        return;
      case 'ph':
        if (this.#prompts) this.#skipShape();
        return;
      case 'cNvPr':
        this.asides.describe(this.cursor.attribute('descr') ?? '');
        this.asides.describe(this.cursor.attribute('title') ?? '');
        return;
      case 'cSld':
        // The name of a slide (19.3.1.16).
        this.asides.describe(this.cursor.attribute('name') ?? '');
        return;
      case 'hlinkClick':
      case 'hlinkHover':
        this.asides.describe(this.cursor.attribute('tooltip') ?? '');
        return;
      case 'AlternateContent':
        this.#alternatives.push(false);
        return;
      case 'Choice':
      case 'Fallback':
        this.#branch();
        return;
    }
    if (NAMED.has(name)) this.#author();
  }

  /** Tips of links stand among the settings of a run. */
  protected override passed(): void {
    if (!this.cursor.closing && this.cursor.name().startsWith('hlink')) this.asides.describe(this.cursor.attribute('tooltip') ?? '');
  }

  protected override close(name: string): void {
    switch (name) {
      case 't':
        if (!this.cursor.selfClosing) this.story.add(this.cursor.text());
        return;
      case 'p':
        this.story.endParagraph();
        return;
      case 'tc':
        this.story.closeCell();
        return;
      case 'tr':
        this.story.closeRow();
        return;
      case 'tbl':
        this.story.closeTable();
        return;
      case 'sp':
        this.#shapes = Math.max(0, this.#shapes - 1);
        return;
      case 'cm':
        this.story.flush();
        return;
      case 'AlternateContent':
        this.#alternatives.pop();
        return;
    }
    if (LEAVES.has(name) && !this.cursor.selfClosing) {
      this.story.add(this.cursor.text());
      this.story.endParagraph();
    }
  }

  /** Newer programs' content stands beside a picture of it for older ones: of an AlternateContent the first branch is read. */
  #branch(): void {
    const last = this.#alternatives.length - 1;
    if (last < 0) return;
    if (this.#alternatives[last]) this.skip();
    else this.#alternatives[last] = true;
  }

  #author(): void {
    const author = this.cursor.attribute('name');
    if (author && this.authors.size < 1_000) this.authors.add(author);
  }

  /** From a placeholder's mark to the end of its shape, whose text comes behind the mark (19.3.1.43). */
  #skipShape(): void {
    if (this.#shapes === 0) return;
    while (this.next()) {
      if (!this.cursor.closing || this.cursor.name() !== 'sp') continue;
      this.#shapes -= 1;
      return;
    }
  }
}
