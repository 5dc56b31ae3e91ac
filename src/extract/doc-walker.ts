/** Walks the text of one story of a Word document: its marks of paragraphs, cells and rows, its fields, what was deleted. It gives blocks. */
import type { Block } from '../model.js';
import { type DocPiece, pieceText } from './doc-pieces.js';
import { type DocProperties, PLAIN, type RunFinder } from './doc-runs.js';
import { DocxAsides } from './docx-asides.js';
import { DocxStory } from './docx-story.js';
import { saysSomething } from './docx-strays.js';
import { readEqField } from './eq-field.js';
import { ParagraphFlow } from './paragraph-flow.js';

/** Characters with a meaning (MS-DOC 2.4.3 and 2.8.25). */
const CELL = '\x07';
const FIELD_BEGIN = '\x13';
const FIELD_SEPARATOR = '\x14';
const FIELD_END = '\x15';
const MARKS = /[\x00-\x1f]/g;
const FIELDS_MAX = 64;
const CODE_CHARS_MAX = 4_096;

export interface DocText {
  readonly document: Buffer;
  readonly pieces: readonly DocPiece[];
  readonly paragraphs: RunFinder;
  readonly characters: RunFinder;
}

export class DocWalker {
  readonly #text: DocText;
  readonly #story: DocxStory;
  readonly #flow: ParagraphFlow;
  readonly #asides = new DocxAsides();
  /** For each open field its code so far; null from the separator on, where its result begins. */
  readonly #fields: (string | null)[] = [];

  constructor(text: DocText, part: string | undefined) {
    this.#text = text;
    this.#story = new DocxStory(part, () => {});
    this.#flow = new ParagraphFlow(this.#story);
  }

  /** Blocks of the characters from `start` to before `end`. */
  *blocks(start: number, end: number): Generator<Block> {
    for (const piece of this.#text.pieces) {
      if (piece.end <= start) continue;
      if (piece.start >= end) break;
      yield* this.#piece(piece, Math.max(start, piece.start), Math.min(end, piece.end));
    }
    this.#flow.end();
    this.#asides.endLine();
    this.#story.end(this.#asides.blocks());
    yield* this.#ready();
  }

  *#piece(piece: DocPiece, start: number, end: number): Generator<Block> {
    for (let at = start; at < end; ) {
      const offset = piece.offset + (at - piece.start) * piece.bytesPerChar;
      const { deleted } = this.#text.characters.at(offset);
      const border = this.#text.characters.border(offset);
      const chars = Math.max(1, Math.ceil((border - offset) / piece.bytesPerChar));
      const next = Math.min(end, at + Math.min(chars, 64 * 1024));
      this.#stretch(pieceText(this.#text.document, piece, at, next), piece, at, deleted);
      yield* this.#ready();
      at = next;
    }
  }

  *#ready(): Generator<Block> {
    for (let block = this.#story.shift(); block; block = this.#story.shift()) yield block;
  }

  /** Characters that are all deleted or all not. */
  #stretch(text: string, piece: DocPiece, start: number, deleted: boolean): void {
    let from = 0;
    MARKS.lastIndex = 0;
    for (let found = MARKS.exec(text); found; found = MARKS.exec(text)) {
      const at = found.index;
      if (at > from) this.#add(text.slice(from, at), deleted);
      from = at + 1;
      this.#mark(found[0], piece.offset + (start + at - piece.start) * piece.bytesPerChar, deleted);
    }
    if (from < text.length) this.#add(from === 0 ? text : text.slice(from), deleted);
  }

  #mark(mark: string, offset: number, deleted: boolean): void {
    switch (mark) {
      case '\r':
      case CELL:
        this.#endParagraph(mark, this.#text.paragraphs.at(offset));
        return;
      case '\x0c':
        this.#endParagraph('\r', PLAIN);
        return;
      case '\t':
        this.#add('\t', deleted);
        return;
      case '\x0b':
      case '\x0e':
        this.#add('\n', deleted);
        return;
      case '\x1e':
        this.#add('-', deleted);
        return;
      case FIELD_BEGIN:
        if (this.#fields.length < FIELDS_MAX) this.#fields.push('');
        return;
      case FIELD_SEPARATOR:
        if (this.#fields.length > 0) {
          this.#keepCode(this.#fields.at(-1) ?? '');
          this.#fields[this.#fields.length - 1] = null;
        }
        return;
      case FIELD_END:
        this.#endField(deleted);
    }
  }

  /** Japanese Word keeps ruby in a field's code; of other fields only the result is read. */
  #endField(deleted: boolean): void {
    const code = this.#fields.pop();
    const field = code ? readEqField(code) : null;
    if (!field) {
      this.#keepCode(code ?? '');
      return;
    }
    if (field.ruby !== '') {
      this.#asides.openRuby();
      this.#asides.addRuby(field.ruby);
    }
    this.#add(field.base, deleted, field.ruby !== '');
  }

  #keepCode(code: string): void {
    if (saysSomething(code)) this.#asides.addField(code);
  }

  #endParagraph(mark: string, { depth, rowEnd, innerCell, edges }: DocProperties): void {
    // A field that was not closed ends with its paragraph's text at the latest where a cell ends.
    if (mark === CELL) this.#fields.length = 0;
    const inner = depth > 1 && (innerCell || rowEnd);
    if (rowEnd && (mark === CELL || inner)) {
      this.#flow.endRow(Math.max(1, depth), edges);
      this.#asides.endLine();
    } else if (mark === CELL || inner) {
      this.#flow.endCell(Math.max(1, depth));
      this.#asides.endParagraph(true);
    } else {
      this.#flow.endParagraph(depth);
      this.#asides.endParagraph(depth > 0);
    }
  }

  #add(text: string, deleted: boolean, ruby = false): void {
    if (text === '') return;
    const field = this.#fields.length - 1;
    const code = this.#fields[field];
    if (field >= 0 && code !== null && code !== undefined) {
      if (code.length < CODE_CHARS_MAX) this.#fields[field] = code + text;
    } else if (this.#fields.some((open) => open !== null)) {
      return;
    } else if (deleted) this.#asides.addDeleted(text);
    else {
      if (!ruby) this.#asides.partRuby(text);
      this.#flow.add(text);
    }
  }
}
