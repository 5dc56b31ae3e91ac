/**
 * Reads JSON, and JSON Lines of any length. What does not parse is read as the text that it is, and told: a value must not be lost because a comma is.
 * The last of several equal keys of an object counts, as the standard parser has it.
 */
import { limits } from '../limits.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { type DecodeCount, decodeText, decodeWhole, detectEncoding } from './encoding.js';
import { fieldsOf, isArray, isObject, type Json, jsonBlocks } from './json-walk.js';
import { BlockQueue } from './live-table.js';
import { RecordTable } from './record-table.js';
import { blocksOf, tellReplaced } from './text.js';

/** Larger files are not parsed: their values would take several times this in memory. */
const PARSED_BYTES_MAX = 64 * 1024 * 1024;
/** A first line longer than this is no line of JSON Lines. */
const FIRST_LINE_BYTES_MAX = 1024 * 1024;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Their closing ones stand two behind. */
const BRACKET = 0x5b;
const BRACE = 0x7b;

export const jsonExtractor: Extractor = { id: 'json', version: 3, formats: ['json'], read };

function* read(source: Source, context: ExtractContext): Generator<Block | MemberBlock> {
  const count: DecodeCount = { chars: 0, replaced: 0 };
  if (isLines(source)) yield* new LinesReading(decodeText(source.chunks(), count), context).blocks();
  else if (source.sizeBytes > PARSED_BYTES_MAX) {
    context.problem('too-large', `json: more than ${PARSED_BYTES_MAX} bytes, read as text`);
    yield* plainBlocks(decodeText(source.chunks(), count), context);
  } else {
    const text = [...decodeText(source.chunks(), count)].join('');
    yield* wholeBlocks(text, context);
  }
  tellReplaced(count, context);
}

/** Blocks of a text that should be one JSON value; as plain lines, and told, where it is none. */
export function* wholeBlocks(text: string, context: ExtractContext): Generator<Block> {
  if (isTooDeep(text)) {
    context.problem('too-deep', `json: more than ${limits.xmlDepthMax} values inside each other, read as text`);
    yield* plainBlocks([text], context);
    return;
  }
  const value = parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  if (value === undefined) {
    context.problem('damaged', 'json: does not parse, read as text');
    yield* plainBlocks([text], context);
    return;
  }
  try {
    yield* jsonBlocks(value);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    context.problem(error.code, `${error.detail}, read as text`);
    yield* plainBlocks([text], context);
  }
}

/** Looked at before anything is made of it: each level of a value costs, and what was handed on can't be taken back. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === BRACKET || unit === BRACE) {
      if (++depth > limits.xmlDepthMax) return true;
    } else if (unit === BRACKET + 2 || unit === BRACE + 2) depth--;
  }
  return false;
}

/** The closing quote of the string that begins at `start`; the text's end where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

/** Undefined where the text is no JSON; the parser's message would quote it. */
function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** JSON as text: its escapes resolved, so that Japanese that was written in ASCII is seen. */
function plainBlocks(pieces: Iterable<string>, context: ExtractContext): Generator<Block> {
  return blocksOf(unescaped(pieces), context);
}

function* unescaped(pieces: Iterable<string>): Generator<string> {
  let rest = '';
  for (const piece of pieces) {
    const text = rest + piece;
    // An escape that the piece cuts waits for its end.
    const cut = /\\(?:u[0-9a-fA-F]{0,3})?$/.exec(text)?.index ?? text.length;
    rest = text.slice(cut);
    yield resolveEscapes(text.slice(0, cut));
  }
  yield resolveEscapes(rest);
}

function resolveEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([nrt/"\\]))/g, (_whole, hex: string | undefined, plain: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return plain === 'n' || plain === 'r' ? '\n' : plain === 't' ? '\t' : plain;
  });
}

/** JSON Lines: the first line is a value by itself, and another one follows. */
function isLines(source: Source): boolean {
  const head = source.read(0, FIRST_LINE_BYTES_MAX);
  const start = decodeWhole(detectEncoding(head, head.length === source.sizeBytes), head).trimStart();
  const end = start.indexOf('\n');
  if (end < 0 || !/^\s*[[{]/.test(start.slice(end))) return false;
  const value = parse(start.slice(0, end).trim());
  return isObject(value) || isArray(value);
}

/** Lines of objects as one table; lines of other values are blocks of their own. */
class LinesReading {
  readonly #lines: Iterator<string>;
  readonly #context: ExtractContext;
  readonly #queue = new BlockQueue();
  readonly #table = new RecordTable();
  #broken = 0;
  #deep = 0;

  constructor(pieces: Iterable<string>, context: ExtractContext) {
    this.#lines = linesOf(pieces);
    this.#context = context;
  }

  blocks(): Generator<Block | MemberBlock, void, undefined> {
    return this.#queue.drain(() => this.#pump());
  }

  #pump(): boolean {
    const next = this.#lines.next();
    if (next.done) return this.#finish();
    const line = next.value.trim();
    if (line === '') return true;
    const deep = isTooDeep(line);
    const value = deep ? undefined : parse(line);
    if (value === undefined) {
      if (deep) this.#deep++;
      else this.#broken++;
      for (const block of plainBlocks([line], this.#context)) this.#queue.add(block);
    } else if (isObject(value)) this.#addRecord(value);
    else for (const block of jsonBlocks(value)) this.#queue.add(block);
    return true;
  }

  #addRecord(value: Json): void {
    const asides: Json[] = [];
    this.#table.add(fieldsOf(value, asides));
    if (!this.#table.told && this.#table.size > 0) this.#queue.addTable(this.#table, {});
    for (const aside of asides) for (const block of jsonBlocks(aside)) this.#queue.add(block);
  }

  #finish(): boolean {
    if (this.#table.closed) return false;
    this.#table.close();
    if (!this.#table.told && this.#table.size > 0) this.#queue.addTable(this.#table, {});
    if (this.#broken > 0) this.#context.problem('damaged', `json: ${this.#broken} lines do not parse, read as text`);
    if (this.#deep > 0)
      this.#context.problem(
        'too-deep',
        `json: ${this.#deep} lines with more than ${limits.xmlDepthMax} values inside each other, read as text`,
      );
    return false;
  }
}

function* linesOf(pieces: Iterable<string>): Generator<string> {
  let rest = '';
  for (const piece of pieces) {
    const end = piece.indexOf('\n');
    // A long line is only put together, not searched again with each piece.
    if (end < 0) rest += piece;
    else {
      yield rest + piece.slice(0, end);
      const lines = piece.slice(end + 1).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest.length > limits.wholeBytesMax)
      throw new FileProblem('too-large', `json: a line of more than ${limits.wholeBytesMax} characters`);
  }
  yield rest;
}
