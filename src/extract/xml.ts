/**
 * Reads XML of any kind as records (xml-records.ts). It fetches nothing, puts no entities in and knows no schema; what is not well-formed is read up to
 * there, and told.
 */
import { XmlCursor } from '../container/xml.js';
import { decodeEntities } from '../container/xml-text.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import type { DecodeCount } from './encoding.js';
import { BlockQueue } from './live-table.js';
import { tellReplaced } from './text.js';
import { xmlPieces } from './xml-pieces.js';
import { XmlRecords } from './xml-records.js';

/** Tags that are read at a time, before blocks that came of them are handed on. */
const TAGS_AT_A_TIME = 1_000;

export const xmlExtractor: Extractor = { id: 'xml', version: 2, formats: ['xml'], read };

function* read(source: Source, context: ExtractContext): Generator<Block | MemberBlock> {
  const count: DecodeCount = { chars: 0, replaced: 0 };
  const queue = new BlockQueue();
  const comment = (text: string) => queue.add({ kind: 'text', where: { part: 'comment' }, text });
  const reading = new XmlReading(new XmlCursor(xmlPieces(source, context, count, comment)), queue, context);
  try {
    yield* queue.drain(() => reading.step());
  } finally {
    reading.close();
  }
  tellReplaced(count, context);
}

class XmlReading {
  readonly #records: XmlRecords;
  #ended = false;

  constructor(
    private readonly cursor: XmlCursor,
    queue: BlockQueue,
    private readonly context: ExtractContext,
  ) {
    this.#records = new XmlRecords(queue);
  }

  /** Reads on; false at the end. Problems are told. */
  step(): boolean {
    if (this.#ended) return false;
    try {
      for (let tags = 0; tags < TAGS_AT_A_TIME; tags++) if (!this.#next()) return this.#finish();
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.context.problem(error.code, error.detail);
      return this.#finish();
    }
    return true;
  }

  close(): void {
    this.cursor.close();
  }

  #next(): boolean {
    const { cursor } = this;
    if (!cursor.next()) return false;
    const text = cursor.text();
    if (text !== '') this.#records.text(text);
    if (cursor.closing) this.#records.close();
    else {
      this.#records.open(cursor.name(), attributesOf(cursor));
      if (cursor.selfClosing) this.#records.close();
    }
    return true;
  }

  #finish(): boolean {
    this.#ended = true;
    this.#records.finish();
    if (this.#records.dropped > 0) this.context.problem('too-large', `xml: ${this.#records.dropped} fields beyond the last column`);
    return false;
  }
}

const NO_ATTRIBUTES: readonly (readonly [string, string])[] = [];

/** Local names and values; declarations of namespaces are none. */
function attributesOf(cursor: XmlCursor): readonly (readonly [string, string])[] {
  if (cursor.attributesEnd - cursor.attributesStart < 4) return NO_ATTRIBUTES;
  const found: (readonly [string, string])[] = [];
  const text = cursor.bytes.toString('utf8', cursor.attributesStart, cursor.attributesEnd);
  for (const [, name = '', double, single] of text.matchAll(/([^\s="'<>/]{1,200})\s{0,99}=\s{0,99}(?:"([^"]*)"|'([^']*)')/g)) {
    if (/^xmlns(?::|$)/.test(name) || /:schemaLocation$/.test(name)) continue;
    found.push([name.slice(name.indexOf(':') + 1), decodeEntities(double ?? single ?? '').trim()]);
  }
  return found;
}
