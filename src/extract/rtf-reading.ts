/** Reads one RTF text: its groups, its destinations, its characters. It gives blocks; what they mean is others' business. */
import type { Block, MemberBlock } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { DocxStory } from './docx-story.js';
import { ByteText, isWide, RtfCharset } from './rtf-charset.js';
import { RtfCollection } from './rtf-collection.js';
import { RtfCursor } from './rtf-cursor.js';
import { RtfFlows } from './rtf-flows.js';
import { BOX_PARTS, CHARACTERS, DESTINATIONS, type Destination } from './rtf-words.js';

const GROUPS_MAX = 10_000;

interface Group {
  destination: Destination;
  /** True for the group whose word began the destination: at its end what was collected is used. */
  owner: boolean;
  word: string;
  font: number;
  /** Bytes that stand behind a `\u` for programs without Unicode. */
  unicodeBytes: number;
  deleted: boolean;
}

export class RtfReading {
  readonly #cursor: RtfCursor;
  readonly #context: ExtractContext;
  readonly #charset: RtfCharset;
  readonly #text = new ByteText();
  readonly #story = new DocxStory(undefined, () => this.#step());
  readonly #flows = new RtfFlows(this.#story);
  readonly #collection: RtfCollection;
  readonly #groups: Group[] = [];
  #group: Group = { destination: 'text', owner: false, word: '', font: -1, unicodeBytes: 1, deleted: false };
  #ignorable = false;
  #skipBytes = 0;
  #definedFont = 0;
  #usualFont = -1;

  constructor(bytes: Buffer, context: ExtractContext) {
    this.#cursor = new RtfCursor(bytes);
    this.#charset = new RtfCharset(bytes);
    this.#context = context;
    this.#collection = new RtfCollection(context);
  }

  *blocks(): Generator<Block | MemberBlock> {
    for (;;) {
      const block = this.#story.shift() ?? this.#collection.members.shift();
      if (block) yield block;
      else if (this.#story.ended) break;
      else this.#step();
    }
    yield* this.#collection.blocks();
    this.#collection.tell();
  }

  #step(): void {
    const token = this.#cursor.next();
    switch (token) {
      case 'open':
        this.#open();
        return;
      case 'close':
        this.#close();
        return;
      case 'word':
        this.#word();
        return;
      case 'symbol':
        this.#symbol();
        return;
      case 'byte':
        if (this.#skipBytes > 0) this.#skipBytes--;
        else this.#add(this.#text.decodeByte(this.#encoding(), this.#cursor.byte));
        return;
      case 'run':
        this.#run();
        return;
      case 'binary':
        this.#binary();
        return;
      case 'end':
        if (this.#groups.length > 0) this.#context.problem('damaged', 'rtf: ends inside a group');
        this.#end();
    }
  }

  #open(): void {
    this.#finishText();
    this.#skipBytes = 0;
    this.#ignorable = false;
    if (this.#groups.length >= GROUPS_MAX) {
      this.#context.problem('too-deep', `rtf: more than ${GROUPS_MAX} groups inside each other`);
      this.#end();
      return;
    }
    this.#groups.push(this.#group);
    this.#group = { ...this.#group, owner: false };
  }

  #close(): void {
    this.#finishText();
    this.#skipBytes = 0;
    this.#ignorable = false;
    const group = this.#group;
    if (group.owner) this.#closeDestination(group);
    // The name and the value of a variable stand in groups of their own.
    else if (group.destination === 'field') this.#collection.add('\t', 'field');
    const outer = this.#groups.pop();
    if (outer) this.#enter(outer);
    // What stands behind the last brace belongs to no text; writers pad with NULs there.
    if (this.#groups.length === 0) this.#end();
  }

  #enter(group: Group): void {
    this.#group = group;
    this.#cursor.wide = isWide(this.#encoding());
  }

  #end(): void {
    if (this.#story.ended) return;
    this.#finishText();
    this.#story.end(this.#flows.end());
  }

  #symbol(): void {
    const { word } = this.#cursor;
    if (word === '*') {
      this.#ignorable = true;
      return;
    }
    if (word === '\n' || word === '\r') {
      this.#endParagraph();
      return;
    }
    const text = CHARACTERS.get(word);
    if (text === undefined) return;
    if (this.#skipBytes > 0) this.#skipBytes--;
    else this.#addWhole(text);
  }

  #word(): void {
    const { word, number } = this.#cursor;
    const ignorable = this.#ignorable;
    this.#ignorable = false;
    const destination = DESTINATIONS.get(word) ?? (ignorable ? 'skip' : undefined);
    if (destination !== undefined) {
      this.#begin(word, destination);
      return;
    }
    const text = CHARACTERS.get(word);
    if (text !== undefined) this.#addWhole(text);
    else if (this.#group.destination === 'fonts') this.#font(word, number ?? 0);
    else this.#format(word, number);
  }

  #begin(word: string, destination: Destination): void {
    if (this.#groups.length === 0) return;
    if (destination === 'skip') {
      if (!this.#cursor.skipGroup()) this.#context.problem('damaged', 'rtf: ends inside a group');
      const outer = this.#groups.pop();
      if (outer) this.#enter(outer);
      return;
    }
    // Inside collected text (a field's code, a title) only more of it can stand.
    if (destination === 'text' || (this.#group.owner && this.#group.destination !== 'text')) return;
    this.#group.destination = destination === 'box' ? 'text' : destination;
    this.#group.owner = true;
    this.#group.word = word;
    if (destination === 'box') this.#flows.openBox();
    else this.#collection.begin();
  }

  #closeDestination({ destination, word }: Group): void {
    if (destination === 'text') this.#flows.closeBox(BOX_PARTS.get(word));
    else this.#flows.addField(this.#collection.end(destination));
  }

  #font(word: string, number: number): void {
    if (word === 'f') this.#definedFont = number;
    else if (word === 'fcharset') this.#charset.setFont(this.#definedFont, number);
    else if (word === 'cpg') this.#charset.setFontPage(this.#definedFont, number);
  }

  #format(word: string, number: number | null): void {
    if (word === 'cell' || word === 'nestcell') this.#finishText();
    if (this.#flows.tableWord(word, number)) return;
    switch (word) {
      case 'par':
      case 'sect':
      case 'page':
        this.#endParagraph();
        return;
      case 'u':
        this.#addWhole(String.fromCharCode((number ?? 0) & 0xffff));
        this.#skipBytes = this.#group.unicodeBytes;
        return;
      case 'uc':
        this.#group.unicodeBytes = Math.min(16, Math.max(0, number ?? 1));
        return;
      case 'deleted':
        this.#group.deleted = number !== 0;
        return;
      case 'ansicpg':
        this.#charset.setPage(number ?? 0);
        this.#enter(this.#group);
        return;
      case 'deff':
        this.#usualFont = number ?? -1;
        this.#setFont(this.#usualFont);
        return;
      case 'f':
        this.#setFont(number ?? 0);
        return;
      case 'plain':
        this.#group.deleted = false;
        this.#setFont(this.#usualFont);
    }
  }

  #setFont(font: number): void {
    this.#group.font = font;
    this.#cursor.wide = isWide(this.#encoding());
  }

  #encoding(): string {
    return this.#charset.encoding(this.#group.font);
  }

  #endParagraph(): void {
    this.#finishText();
    this.#skipBytes = 0;
    if (this.#group.destination !== 'text') return;
    this.#flows.endParagraph();
  }

  #run(): void {
    const { bytes, start, end } = this.#cursor;
    const skipped = Math.min(this.#skipBytes, end - start);
    this.#skipBytes -= skipped;
    if (start + skipped === end) return;
    const { destination } = this.#group;
    if (destination === 'picture' || destination === 'object') this.#collection.add(bytes.toString('latin1', start, end), destination);
    else if (destination !== 'fonts') this.#add(this.#text.decode(this.#encoding(), bytes.subarray(start + skipped, end)));
  }

  /** Binary data of a picture or object, in place of hexadecimal digits. */
  #binary(): void {
    const { bytes, start, end } = this.#cursor;
    const { destination } = this.#group;
    if (destination !== 'picture' && destination !== 'object') return;
    const taken = Math.min(end, start + this.#collection.room(destination));
    this.#collection.add(bytes.toString('hex', start, taken), destination);
  }

  /** A character that is no byte of an encoding. */
  #addWhole(text: string): void {
    this.#skipBytes = 0;
    this.#add(this.#text.finish() + text);
  }

  #finishText(): void {
    const rest = this.#text.finish();
    if (rest !== '') this.#add(rest);
  }

  #add(text: string): void {
    if (text === '') return;
    const { destination, deleted } = this.#group;
    if (destination === 'text') {
      if (this.#groups.length > 0) this.#flows.add(text, deleted);
    } else if (destination !== 'fonts') this.#collection.add(text, destination);
  }
}
