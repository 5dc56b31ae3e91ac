/**
 * A cursor over the XML of Office documents, over UTF-8 bytes that come in pieces. It looks at tags, attributes and text alone: no document
 * types (refused: no Office writer makes them, and they are how XML attacks), no namespaces (a prefix is passed over), no checks of validity.
 */
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import { latin1Text, utf8Text } from './byte-text.js';
import { findAttribute } from './xml-attribute.js';
import { utf8Pieces } from './xml-encoding.js';
import { decodeEntities, internName, normaliseLineEnds } from './xml-text.js';

const SPACE = 0x20;
const BANG = 0x21;
const QUOTE = 0x22;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const COLON = 0x3a;
const LESS = 0x3c;
const GREATER = 0x3e;
const QUESTION = 0x3f;

/** One tag with the text before it, or one run of text, must fit: the largest real ones are pictures that VML keeps in an attribute. */
const TOKEN_BYTES_MAX = 16 * 1024 * 1024;
const NEAR_BYTES = 64;
const NOTHING_YET = Buffer.from('<');

/**
 * Steps from tag to tag. After `next()` the fields tell of that tag and of the text between it and the tag before.
 * Positions are valid until the next step. Throws FileProblem('damaged' | 'too-large' | 'too-deep'), and what the pieces throw.
 */
export class XmlCursor {
  /** The window on the document; all positions point into it. It grows to twice its first piece: most parts of a package are small. */
  bytes: Buffer = NOTHING_YET;
  closing = false;
  selfClosing = false;
  /** The local name, without its prefix. */
  nameStart = 0;
  nameEnd = 0;
  /** From behind the name to before '>' or '/>'. */
  attributesStart = 0;
  attributesEnd = 0;
  /** The text before the tag, as bytes; `text()` gives it as a string, and is the only right way when `plain` is false. */
  textStart = 0;
  textEnd = 0;
  /** True when the text stands in the window as it is: no entities, CDATA or comments in it. */
  plain = true;
  /** True when every byte of the text is ASCII. */
  ascii = true;
  depth = 0;

  readonly #pieces: Iterator<Buffer>;
  #end = 0;
  #at = 0;
  #done = false;
  #textBefore = '';
  #hasEntity = false;

  constructor(pieces: Iterable<Buffer>) {
    this.#pieces = utf8Pieces(pieces)[Symbol.iterator]();
  }

  /** False at the end of the document. */
  next(): boolean {
    this.#textBefore = '';
    this.plain = true;
    while (true) {
      if (!this.#findText()) return this.#finish();
      const mark = this.bytes[this.textEnd + 1];
      if (mark === BANG || mark === QUESTION) {
        this.#passSpecial(mark);
        continue;
      }
      while (!this.#findTag());
      if (this.#hasEntity || this.#textBefore !== '') this.plain = false;
      return true;
    }
  }

  /** The text before the tag. */
  text(): string {
    if (this.textStart === this.textEnd) return this.#textBefore;
    return this.#textBefore + this.#decodeText(this.textStart, this.textEnd);
  }

  /** The local name as a string, the same object for the same name. */
  name(): string {
    return internName(this.bytes, this.nameStart, this.nameEnd);
  }

  /** An attribute by its local name; one without a prefix is preferred. A name with ':' must be equal with its prefix. */
  attribute(name: string): string | undefined {
    return findAttribute(this.bytes, this.attributesStart, this.attributesEnd, name);
  }

  /**
   * One step for what most of a large sheet is made of: from behind an element's tag over `<v>text</v></c>`, written exactly so, to behind that
   * element's end. `open` and `close` are the bytes around the text. False, and nothing has happened, when anything else stands there.
   */
  takeLeaf(open: Buffer, close: Buffer): boolean {
    const { bytes } = this;
    let at = this.#at;
    for (let i = 0; i < open.length; i++) if (bytes[at++] !== open[i]) return false;
    // Behind the window's end nothing is sure; up to it the byte behind it ends the search.
    if (at > this.#end) return false;
    const start = at;
    let all = 0;
    let byte = bytes[at]!;
    while (byte !== LESS) {
      if (byte === AMPERSAND) return false;
      all |= byte;
      byte = bytes[++at]!;
    }
    if (at + close.length > this.#end) return false;
    for (let i = 0; i < close.length; i++) if (bytes[at + i] !== close[i]) return false;
    this.textStart = start;
    this.textEnd = at;
    this.ascii = all < 0x80;
    this.plain = true;
    this.#hasEntity = false;
    this.#textBefore = '';
    this.#at = at + close.length;
    if (this.depth > 0) this.depth--;
    return true;
  }

  /** Lets go of what feeds the cursor, before its end. */
  close(): void {
    this.#pieces.return?.();
  }

  /** Sets the text up to the next '<'; false when there is none. */
  #findText(): boolean {
    this.textStart = this.#at;
    let at = this.#at;
    let all = 0;
    let entity = false;
    while (true) {
      const { bytes } = this;
      // The byte behind the window's end is always '<', so this loop needs no other bound.
      let byte = bytes[at]!;
      while (byte !== LESS) {
        all |= byte;
        if (byte === AMPERSAND) entity = true;
        byte = bytes[++at]!;
      }
      if (at < this.#end) break;
      const before = this.textStart;
      const more = this.#refill();
      at -= before - this.textStart;
      if (!more) {
        this.textEnd = at;
        return false;
      }
    }
    this.textEnd = at;
    this.ascii = all < 0x80;
    this.#hasEntity = entity;
    // A whole tag with its '/' and '>' is looked for behind this, so two more bytes must be there to tell tags from the rest.
    while (at + 2 >= this.#end && this.#refill()) at = this.textEnd;
    return true;
  }

  /** False when the window moved and the tag must be looked at again. */
  #findTag(): boolean {
    let at = this.textEnd + 1;
    const closing = this.bytes[at] === SLASH;
    if (closing) at++;
    let name = at;
    let byte = this.bytes[at]!;
    // The name; the byte behind the window's end is '<', which ends it too.
    while (byte > SPACE && byte !== GREATER && byte !== SLASH && byte !== LESS) {
      if (byte === COLON) name = at + 1;
      byte = this.bytes[++at]!;
    }
    const nameEnd = at;
    while (byte !== GREATER) {
      if (byte === QUOTE || byte === APOSTROPHE) {
        at = this.#findQuote(byte, at + 1);
        if (at < 0) return false;
      } else if (byte === LESS) {
        if (at < this.#end) throw new FileProblem('damaged', 'xml: tag inside a tag');
        if (!this.#refill()) throw new FileProblem('damaged', 'xml: ends inside a tag');
        return false;
      }
      byte = this.bytes[++at]!;
    }
    this.closing = closing;
    this.nameStart = name;
    this.nameEnd = nameEnd;
    this.selfClosing = this.bytes[at - 1] === SLASH && !closing;
    this.attributesStart = nameEnd;
    this.attributesEnd = this.selfClosing ? at - 1 : at;
    this.#at = at + 1;
    if (closing) {
      if (this.depth > 0) this.depth--;
    } else if (!this.selfClosing && ++this.depth > limits.xmlDepthMax) {
      throw new FileProblem('too-deep', `xml: more than ${limits.xmlDepthMax} elements inside each other`);
    }
    return true;
  }

  /** The place of the closing quote; -1 after the window moved. */
  #findQuote(quote: number, from: number): number {
    const { bytes } = this;
    const end = this.#end;
    let at = from;
    // Short values, nearly all, are found faster here than by a call; long ones, pictures in VML, are not.
    const near = Math.min(end, from + NEAR_BYTES);
    while (at < near && bytes[at] !== quote) at++;
    if (at === near) at = bytes.indexOf(quote, at);
    if (at >= 0 && at < end) return at;
    if (!this.#refill()) throw new FileProblem('damaged', 'xml: ends inside an attribute');
    return -1;
  }

  /** Comments and instructions are passed over, CDATA is text, document types are refused. */
  #passSpecial(mark: number): void {
    const before = this.#decodeText(this.textStart, this.textEnd);
    if (mark === QUESTION) this.#at = this.#findEnd('?>', 2) + 2;
    else if (this.#startsWith('<!--')) this.#at = this.#findEnd('-->', 4) + 3;
    else if (this.#startsWith('<![CDATA[')) {
      const end = this.#findEnd(']]>', 9);
      this.#textBefore += before + utf8Text(this.bytes, this.textEnd + 9, end);
      this.#at = end + 3;
      return;
    } else throw new FileProblem('damaged', 'xml: document type declaration');
    this.#textBefore += before;
  }

  #startsWith(mark: string): boolean {
    while (this.textEnd + mark.length > this.#end && this.#refill());
    return latin1Text(this.bytes, this.textEnd, Math.min(this.textEnd + mark.length, this.#end)) === mark;
  }

  #findEnd(mark: string, skipBytes: number): number {
    let from = this.textEnd + skipBytes;
    while (true) {
      const at = this.bytes.subarray(0, this.#end).indexOf(mark, from, 'latin1');
      if (at >= 0) return at;
      const searched = this.#end - this.textStart;
      if (!this.#refill()) throw new FileProblem('damaged', 'xml: ends inside a comment or instruction');
      from = Math.max(this.textEnd + skipBytes, this.textStart + searched - mark.length);
    }
  }

  #decodeText(start: number, end: number): string {
    if (start === end) return '';
    const text = normaliseLineEnds(this.ascii ? latin1Text(this.bytes, start, end) : utf8Text(this.bytes, start, end));
    return this.#hasEntity ? decodeEntities(text) : text;
  }

  /** Moves what is not used up (from textStart on) to the window's front and adds a piece. False when no piece is left. */
  #refill(): boolean {
    if (this.#done) return false;
    const shift = this.textStart;
    const kept = this.#end - shift;
    if (kept > TOKEN_BYTES_MAX) throw new FileProblem('too-large', `xml: one element of more than ${TOKEN_BYTES_MAX} bytes`);
    const piece = this.#pieces.next();
    if (piece.done) {
      this.#done = true;
      return false;
    }
    const needed = kept + piece.value.length + 1;
    if (needed > this.bytes.length) {
      const wider = Buffer.allocUnsafe(needed * 2);
      this.bytes.copy(wider, 0, shift, this.#end);
      this.bytes = wider;
    } else this.bytes.copyWithin(0, shift, this.#end);
    piece.value.copy(this.bytes, kept);
    this.#end = kept + piece.value.length;
    this.bytes[this.#end] = LESS;
    this.textStart = 0;
    this.textEnd -= shift;
    this.#at -= shift;
    return true;
  }

  #finish(): boolean {
    if (this.depth > 0) throw new FileProblem('damaged', 'xml: ends before its elements are closed');
    return false;
  }
}
