/** The lines of reading of an RTF text: the body, and each header, note or box inside it with paragraphs and tables of its own. It knows no bytes. */
import type { Block } from '../model.js';
import { DocxAsides } from './docx-asides.js';
import type { DocxStory } from './docx-story.js';
import { saysSomething } from './docx-strays.js';
import { readEqField } from './eq-field.js';
import { ParagraphFlow } from './paragraph-flow.js';

const EDGES_MAX = 256;

interface Flow {
  readonly paragraphs: ParagraphFlow;
  /** In how many tables the current paragraph stands. */
  depth: number;
}

export class RtfFlows {
  readonly #story: DocxStory;
  readonly #asides = new DocxAsides();
  readonly #flows: Flow[];
  #edges: number[] = [];

  constructor(story: DocxStory) {
    this.#story = story;
    this.#flows = [{ paragraphs: new ParagraphFlow(story), depth: 0 }];
  }

  get #flow(): Flow {
    return this.#flows.at(-1)!;
  }

  add(text: string, deleted: boolean): void {
    if (deleted) this.#asides.addDeleted(text);
    else {
      this.#asides.partRuby(text);
      this.#flow.paragraphs.add(text);
    }
  }

  /** Ruby and enclosed characters stand in a field's code; what other fields show stands in their result. */
  addField(code: string): void {
    const field = readEqField(code);
    if (!field) {
      if (saysSomething(code)) this.#asides.addField(code);
      return;
    }
    if (field.ruby !== '') {
      this.#asides.openRuby();
      this.#asides.addRuby(field.ruby);
    }
    this.#flow.paragraphs.add(field.base);
  }

  endParagraph(): void {
    const flow = this.#flow;
    flow.paragraphs.endParagraph(flow.depth);
    this.#asides.endParagraph(flow.depth > 0);
  }

  /** Words that make tables; false for any other. */
  tableWord(word: string, number: number | null): boolean {
    const flow = this.#flow;
    switch (word) {
      case 'pard':
        flow.depth = 0;
        return true;
      case 'intbl':
        flow.depth = Math.max(1, flow.depth);
        return true;
      case 'itap':
        flow.depth = Math.max(0, number ?? 0);
        return true;
      case 'cell':
      case 'nestcell':
        flow.paragraphs.endCell(word === 'cell' ? 1 : Math.max(2, flow.depth));
        this.#asides.endParagraph(true);
        return true;
      case 'row':
      case 'nestrow':
        flow.paragraphs.endRow(word === 'row' ? 1 : Math.max(2, flow.depth), this.#edges);
        this.#asides.endLine();
        return true;
      case 'trowd':
        this.#edges = [];
        return true;
      case 'cellx':
        if (this.#edges.length < EDGES_MAX) this.#edges.push(number ?? 0);
        return true;
    }
    return false;
  }

  openBox(): void {
    this.#story.openBox();
    this.#flows.push({ paragraphs: new ParagraphFlow(this.#story), depth: 0 });
  }

  closeBox(part: string | undefined): void {
    if (this.#flows.length < 2) return;
    this.#flows.pop()!.paragraphs.end();
    this.#story.closeBox(part);
  }

  /** Closes what is open and gives what stands beside the text. */
  end(): Iterable<Block> {
    while (this.#flows.length > 1) this.closeBox(undefined);
    this.#flow.paragraphs.end();
    this.#asides.endLine();
    return this.#asides.blocks();
  }
}
