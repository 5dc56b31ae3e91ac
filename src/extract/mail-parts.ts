/** The tree of a mail's parts (RFC 2046 5.1) as a flat list of leaves. It decodes nothing; a part that has no end is told. */
import { fieldOf, type Header, type Parameters, readHeader, readParameters } from './mail-header.js';

/** Parts inside each other; mail programs nest four deep. */
const NESTING_MAX = 32;
/** Of text beside the parts. */
const NO_HEADER: Header = { fields: [], bodyStart: 0, cut: false };
const PLAIN_TEXT: Parameters = { value: 'text/plain', parameters: new Map() };
const UNTOLD: Parameters = { value: '', parameters: new Map() };

export interface MailPart {
  readonly header: Header;
  readonly type: Parameters;
  readonly disposition: Parameters;
  readonly start: number;
  readonly end: number;
  /** Number of the multipart/alternative that it is a version of; 0 for none. Parts with the same number say the same. */
  readonly alternative: number;
}

export interface MailTree {
  readonly header: Header;
  readonly parts: readonly MailPart[];
  readonly problems: readonly string[];
  /** RFC 1847 2.2: the parts are there, but encrypted. */
  readonly encrypted: boolean;
}

/** Reads all of a mail that is in memory. `partsMax`: parts beyond are told. */
export function readParts(bytes: Buffer, partsMax: number): MailTree {
  return new Tree(bytes, partsMax).read();
}

class Tree {
  readonly #parts: MailPart[] = [];
  readonly #problems = new Set<string>();
  readonly #bytes: Buffer;
  readonly #partsMax: number;
  #alternatives = 0;
  #encrypted = false;

  constructor(bytes: Buffer, partsMax: number) {
    this.#bytes = bytes;
    this.#partsMax = partsMax;
  }

  read(): MailTree {
    const header = this.#part(0, this.#bytes.length, 0, 0, 'text/plain');
    return { header, parts: this.#parts, problems: [...this.#problems], encrypted: this.#encrypted };
  }

  #part(start: number, end: number, depth: number, alternative: number, usual: string): Header {
    const header = readHeader(this.#bytes, start, end);
    if (header.cut) this.#problems.add('header fields beyond the bound');
    const read = readParameters(fieldOf(header, 'content-type'));
    const type = read.value.includes('/') ? read : { value: usual, parameters: read.parameters };
    const boundary = type.parameters.get('boundary');
    if (type.value.startsWith('multipart/') && boundary && depth < NESTING_MAX) {
      this.#multipart(type.value, boundary, header.bodyStart, end, depth, alternative);
      return header;
    }
    if (type.value.startsWith('multipart/') && boundary) this.#problems.add(`parts deeper than ${NESTING_MAX}`);
    if (this.#parts.length >= this.#partsMax) this.#problems.add(`more than ${this.#partsMax} parts`);
    else {
      const disposition = readParameters(fieldOf(header, 'content-disposition'));
      this.#parts.push({ header, type, disposition, start: header.bodyStart, end, alternative });
    }
    return header;
  }

  #multipart(type: string, boundary: string, start: number, end: number, depth: number, outer: number): void {
    if (type === 'multipart/encrypted') this.#encrypted = true;
    const alternative = type === 'multipart/alternative' ? ++this.#alternatives : outer;
    const usual = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    const mark = Buffer.from(`--${boundary}`, 'latin1');
    let from = -1;
    let closed = false;
    let preamble = true;
    for (let at = this.#mark(mark, start, end); at >= 0 && !closed; at = this.#mark(mark, at + mark.length, end)) {
      if (preamble) this.#beside(start, lineEndBefore(this.#bytes, at));
      preamble = false;
      if (from >= 0) this.#part(from, lineEndBefore(this.#bytes, at), depth + 1, alternative, usual);
      closed = this.#bytes.toString('latin1', at + mark.length, at + mark.length + 2) === '--';
      const newline = this.#bytes.indexOf(0x0a, at);
      from = newline < 0 || newline >= end ? end : newline + 1;
    }
    if (closed) {
      this.#beside(from, end);
      return;
    }
    this.#problems.add('a part has no end');
    if (from >= 0) this.#part(from, end, depth + 1, alternative, usual);
    else this.#part(start, end, NESTING_MAX, alternative, usual);
  }

  /** What stands before the first boundary or behind the last: no mail program shows it (RFC 2046 5.1.1), and it may be anything. */
  #beside(start: number, end: number): void {
    if (start >= end || this.#bytes.toString('latin1', start, end).trim() === '') return;
    if (this.#parts.length >= this.#partsMax) this.#problems.add(`more than ${this.#partsMax} parts`);
    else this.#parts.push({ header: NO_HEADER, type: PLAIN_TEXT, disposition: UNTOLD, start, end, alternative: 0 });
  }

  /** The next line that is the boundary, alone or with what a mark may have behind it. */
  #mark(mark: Buffer, from: number, end: number): number {
    const looked = this.#bytes.subarray(0, end);
    for (let at = looked.indexOf(mark, from); at >= 0; at = looked.indexOf(mark, at + 1)) {
      const before = at === 0 ? 0x0a : looked[at - 1];
      const behind = looked.toString('latin1', at + mark.length, at + mark.length + 2);
      if ((before === 0x0a || before === 0x0d) && (behind === '' || behind === '--' || /^\s/.test(behind))) return at;
    }
    return -1;
  }
}

/** The line end before a boundary belongs to the boundary (RFC 2046 5.1.1). */
function lineEndBefore(bytes: Buffer, at: number): number {
  let end = at;
  if (end > 0 && bytes[end - 1] === 0x0a) end--;
  if (end > 0 && bytes[end - 1] === 0x0d) end--;
  return end;
}
