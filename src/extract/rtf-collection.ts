/** What an RTF text keeps beside its lines: properties, authors, pictures, embedded objects. Each is collected in its group and used at the group's end. */
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { Pictures } from './pictures.js';
import { readEmbedded } from './rtf-object.js';
import type { Destination } from './rtf-words.js';

const COLLECTED_CHARS_MAX = 64 * 1024;
const PROPERTIES_MAX = 10_000;
const AUTHORS_MAX = 1_000;

export class RtfCollection {
  readonly members: MemberBlock[] = [];
  readonly #context: ExtractContext;
  readonly #properties: string[] = [];
  readonly #authors = new Set<string>();
  readonly #fields = new Set<string>();
  #collected: string[] = [];
  #chars = 0;
  readonly #pictures: Pictures;
  #objects = 0;
  #unread = 0;

  constructor(context: ExtractContext) {
    this.#context = context;
    this.#pictures = new Pictures(context);
  }

  begin(): void {
    this.#collected = [];
    this.#chars = 0;
  }

  /** How many characters a destination still takes. */
  room(destination: Destination): number {
    // Of a picture that is not read its head is enough.
    const isWhole = destination === 'object' || (destination === 'picture' && this.#context.ocr !== undefined);
    return Math.max(0, (isWhole ? limits.entryBytesMax : COLLECTED_CHARS_MAX) - this.#chars);
  }

  add(text: string, destination: Destination): void {
    if (this.room(destination) === 0) return;
    this.#collected.push(text);
    this.#chars += text.length;
  }

  /** Uses what was collected; a field's code is given back, '' for all else. */
  end(destination: Destination): string {
    const collected = this.#collected.join('');
    this.begin();
    if (destination === 'code') return collected;
    if (destination === 'property') {
      if (collected.trim() !== '' && this.#properties.length < PROPERTIES_MAX) this.#properties.push(collected.trim());
    } else if (destination === 'author') {
      for (const name of collected.split(';')) if (name.trim() !== '' && this.#authors.size < AUTHORS_MAX) this.#authors.add(name.trim());
    } else if (destination === 'field' || (destination === 'wide' && /[^\u0000-\u007f]/.test(collected))) {
      if (collected.trim() !== '' && this.#fields.size < PROPERTIES_MAX) this.#fields.add(collected.trim());
    } else if (destination === 'picture') {
      this.members.push(...this.#pictures.take(bytesOf(collected)));
    } else if (destination === 'object') this.#object(bytesOf(collected));
    return '';
  }

  *blocks(): Generator<Block> {
    if (this.#properties.length > 0) yield { kind: 'text', where: { part: 'property', line: 1 }, text: this.#properties.join('\n') };
    if (this.#fields.size > 0) yield { kind: 'text', where: { part: 'field', line: 1 }, text: [...this.#fields].join('\n'), copy: true };
    if (this.#authors.size > 0) yield { kind: 'text', where: { part: 'author' }, text: [...this.#authors].join('\n') };
  }

  tell(): void {
    if (this.#unread > 0) this.#context.problem('unsupported', `${this.#unread} embedded objects that can't be unpacked`);
    this.#pictures.tell();
  }

  #object(object: Buffer): void {
    const data = readEmbedded(object);
    if (!data) {
      this.#unread++;
      return;
    }
    this.#context.unpacked(data.length);
    const name = `object ${++this.#objects}`;
    this.members.push({ kind: 'member', name, source: memorySource(name, data) });
  }
}

function bytesOf(digits: string): Buffer {
  return Buffer.from(digits.replace(/[^0-9a-f]/gi, ''), 'hex');
}
