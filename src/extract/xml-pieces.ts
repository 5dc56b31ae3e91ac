/**
 * XML of any file as UTF-8 bytes for a cursor: decoded by its declaration or its bytes, without its document type, its comments set aside. Entities that
 * a document type declares are never put in: that is how XML attacks.
 */
import type { Source } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { believedEncoding } from './declared-encoding.js';
import { type DecodeCount, decodeStream, detectEncoding } from './encoding.js';

const SAMPLE_BYTES = 64 * 1024;
const PROLOG_BYTES_MAX = 1024 * 1024;
/** All comments of a file; what is beyond is told. */
const COMMENT_CHARS_MAX = 16 * 1024 * 1024;
/** Tells a cursor that what follows is UTF-8, whatever the declaration says. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const OPEN = Buffer.from('<!--');
const CLOSE = Buffer.from('-->');

/** The bytes for an XmlCursor; comments are handed to `comment` as they come. Undecodable bytes are counted. */
export function* xmlPieces(
  source: Source,
  context: ExtractContext,
  count: DecodeCount,
  comment?: (text: string) => void,
): Generator<Buffer> {
  const sample = source.read(0, SAMPLE_BYTES);
  const encoding = believedEncoding(sample, source.sizeBytes) ?? detectEncoding(sample, sample.length >= source.sizeBytes);
  yield MARK;
  const pieces = encoding === 'utf-8' ? withoutMark(source.chunks()) : encoded(decodeStream(source.chunks(), encoding, count));
  const plain = withoutDoctype(pieces, context);
  yield* comment ? withComments(plain, context, comment) : plain;
}

function* encoded(texts: Iterable<string>): Generator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

function* withoutMark(pieces: Iterable<Buffer>): Generator<Buffer> {
  let first = true;
  for (const piece of pieces) {
    yield first && piece.subarray(0, 3).equals(MARK) ? piece.subarray(3) : piece;
    first = false;
  }
}

/** Takes `<!DOCTYPE …>` out, with the declarations inside of it. */
function* withoutDoctype(pieces: Iterable<Buffer>, context: ExtractContext): Generator<Buffer> {
  let start: Buffer | null = Buffer.alloc(0);
  for (const piece of pieces) {
    if (start === null) {
      yield piece;
      continue;
    }
    start = Buffer.concat([start, piece]);
    const doctype = findDoctype(start);
    if (doctype === 'cut' && start.length < PROLOG_BYTES_MAX) continue;
    if (doctype === null || doctype === 'cut') yield start;
    else {
      if (start.includes('<!ENTITY', doctype[0], 'latin1') && start.indexOf('<!ENTITY', doctype[0], 'latin1') < doctype[1])
        context.problem('unsupported', 'xml: entities of the document type are not put in');
      yield start.subarray(0, doctype[0]);
      yield start.subarray(doctype[1]);
    }
    start = null;
  }
  if (start !== null && start.length > 0) yield start;
}

/** Where the document type stands; null without one, 'cut' when more bytes are needed to tell. */
function findDoctype(bytes: Buffer): readonly [number, number] | null | 'cut' {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, PROLOG_BYTES_MAX));
  const at = skipProlog(text);
  if (at + '<!DOCTYPE'.length > text.length) return 'cut';
  if (!/^<!DOCTYPE/i.test(text.slice(at, at + 9))) return null;
  const plain = /<!DOCTYPE(?:[^"'<>[\]]|"[^"]{0,2000}"|'[^']{0,2000}'){0,2000}>/iy;
  plain.lastIndex = at;
  if (plain.test(text)) return [at, plain.lastIndex];
  const end = /\]\s{0,999}>/g;
  end.lastIndex = at;
  return end.test(text) ? [at, end.lastIndex] : 'cut';
}

/** Where white space, instructions and comments end; the text's length when it ends in one. */
function skipProlog(text: string): number {
  let at = 0;
  while (at < text.length) {
    const close = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : null;
    if (close !== null) {
      const end = text.indexOf(close, at + 2);
      if (end < 0) return text.length;
      at = end + close.length;
    } else if (text.charCodeAt(at) <= 0x20) at++;
    else break;
  }
  return at;
}

/** The same pieces; the comments in them are told on the way. */
function* withComments(pieces: Iterable<Buffer>, context: ExtractContext, comment: (text: string) => void): Generator<Buffer> {
  const collector = new CommentCollector(comment);
  for (const piece of pieces) {
    collector.look(piece);
    yield piece;
  }
  if (collector.full) context.problem('too-large', `xml: more than ${COMMENT_CHARS_MAX} bytes of comments`);
}

class CommentCollector {
  full = false;
  #held: Buffer = Buffer.alloc(0);
  #open = false;
  #bytes = 0;

  constructor(private readonly comment: (text: string) => void) {}

  look(piece: Buffer): void {
    if (this.full || (!this.#open && this.#held.length === 0 && !piece.includes(0x3c))) return;
    const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, piece]) : piece;
    let at = 0;
    while (true) {
      const next = bytes.indexOf(this.#open ? CLOSE : OPEN, at);
      if (next < 0) break;
      if (this.#open) this.#tell(bytes.toString('utf8', at, next));
      at = next + (this.#open ? CLOSE.length : OPEN.length);
      this.#open = !this.#open;
    }
    // Copied: a piece is only valid until the next one. A mark may be cut in two.
    this.#held = Buffer.from(this.#open ? bytes.subarray(at) : bytes.subarray(Math.max(at, bytes.length - OPEN.length + 1)));
    if (this.#open && this.#held.length > COMMENT_CHARS_MAX) this.full = true;
  }

  #tell(text: string): void {
    this.#bytes += text.length;
    if (this.#bytes > COMMENT_CHARS_MAX) this.full = true;
    else if (text.trim() !== '') this.comment(text.trim());
  }
}
