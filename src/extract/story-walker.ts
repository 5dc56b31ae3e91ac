/**
 * What the walkers of XML documents share: the way through the tags of one part, and what was collected on it as blocks. What a tag means is a
 * matter of each format's own walker.
 */
import type { XmlCursor } from '../container/xml.js';
import type { Block } from '../model.js';
import { FileProblem } from '../problem.js';
import { DocxAsides } from './docx-asides.js';
import { DocxStory } from './docx-story.js';

export abstract class StoryWalker {
  /** Why the part could not be read to its end; null when it could. */
  failure: FileProblem | null = null;
  protected readonly cursor: XmlCursor;
  protected readonly story: DocxStory;
  protected readonly asides = new DocxAsides();
  readonly #skipped: ReadonlySet<string>;

  /** `part` goes into the blocks' places; elements of the names `skipped` are passed over with all that is in them. */
  constructor(cursor: XmlCursor, part: string | undefined, skipped: ReadonlySet<string>) {
    this.cursor = cursor;
    this.story = new DocxStory(part, () => this.#step());
    this.#skipped = skipped;
  }

  /** Tables are read while the part is: their rows are to be taken before the next block. What breaks off the part is in `failure` afterwards. */
  *blocks(): Generator<Block> {
    for (;;) {
      const block = this.story.shift();
      if (block) {
        yield block;
        // A reader that left rows untaken must not get them as the text after the table.
        if (block.kind === 'table' && !Array.isArray(block.rows)) for (const _ of block.rows);
      } else if (this.story.ended) return;
      else this.#step();
    }
  }

  protected abstract open(name: string): void;

  /** Called for an empty element too, behind `open`. */
  protected abstract close(name: string): void;

  /** Called at each tag, before it is looked at: for formats whose text stands between tags of any name. */
  protected takeText(): void {}

  /** Called at each tag of what is passed over: texts that stand in settings. */
  protected passed(): void {}

  /** What stood apart from the line of reading, behind everything else. */
  protected last(): Iterable<Block> {
    return this.asides.blocks();
  }

  /** To the end of the element that was just opened. */
  protected skip(): void {
    if (this.cursor.selfClosing) return;
    const { depth } = this.cursor;
    while (this.cursor.depth >= depth && this.next()) this.passed();
  }

  /** On to the next tag; false when there is none, and everything collected has been handed on. */
  protected next(): boolean {
    if (this.story.ended) return false;
    try {
      if (this.cursor.next()) return true;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.failure = error;
    }
    this.story.end(this.last());
    return false;
  }

  #step(): void {
    if (!this.next()) return;
    this.takeText();
    const name = this.cursor.name();
    if (this.cursor.closing) this.close(name);
    else if (this.#skipped.has(name)) this.skip();
    else {
      this.open(name);
      if (this.cursor.selfClosing) this.close(name);
    }
  }
}
