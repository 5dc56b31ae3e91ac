/** What stands beside the text of an HTML page: fields, alternative texts, properties, ruby, pictures within the page. Handed on at its end. */
import { memorySource } from '../container/memory-source.js';
import type { MemberBlock, TextBlock } from '../model.js';
import { type Aside, ShownTexts } from './html-shown.js';
import { holdsPage, PICTURE_HEAD_BYTES, pictureSize } from './picture-size.js';

/** A block is handed on when it is this long. */
const BLOCK_CHARS = 64 * 1024;

export type AsidePart = 'field' | 'description' | 'property' | 'ruby' | 'comment' | 'script' | 'attribute' | 'link';

/** What a page shows by its scripts, and where its links lead, mostly stands in it too. */
const COPIES: ReadonlySet<AsidePart> = new Set(['script', 'attribute', 'link']);

/** What elements say of themselves in attributes is often what they show. */
const REPEATING: ReadonlySet<AsidePart> = new Set(['description', 'attribute']);

export class HtmlAsides {
  /** What the page shows. */
  readonly shown = new ShownTexts();
  /** Pictures as large as a page. */
  pictures = 0;
  readonly #lines = new Map<AsidePart, { lines: Aside[]; chars: number }>();
  readonly #put: (block: TextBlock | MemberBlock) => void;
  readonly #ocr: boolean;
  #members = 0;

  /** `ocr`: pictures as large as a page are handed on as members, for it to read. */
  constructor(put: (block: TextBlock | MemberBlock) => void, ocr: boolean) {
    this.#put = put;
    this.#ocr = ocr;
  }

  add(part: AsidePart, text: string | undefined): void {
    const line = text?.trim() ?? '';
    if (line === '') return;
    const held = this.#lines.get(part) ?? { lines: [], chars: 0 };
    this.#lines.set(part, held);
    const aside = { text: line, repeats: false };
    held.lines.push(aside);
    held.chars += line.length;
    if (!REPEATING.has(part)) {
      if (held.chars > BLOCK_CHARS) this.#flush(part, 0);
      return;
    }
    this.shown.open(aside);
    // The newest half waits for what the page shows behind it.
    if (held.chars > BLOCK_CHARS * 2) this.#flush(part, held.lines.length >> 1);
  }

  /** A picture that stands in the page itself (`data:image/png;base64,…`, RFC 2397). */
  addPicture(url: string): void {
    const head = /^\s{0,9}data:image\/(?:png|jpe?g|pjpeg|gif|bmp|x-ms-bmp)[^,]{0,99};base64,/i.exec(url.slice(0, 200))?.[0];
    if (head === undefined) return;
    const size = pictureSize(Buffer.from(url.slice(head.length, head.length + PICTURE_HEAD_BYTES * 2), 'base64'));
    if (!size || !holdsPage(size)) return;
    if (!this.#ocr) {
      this.pictures++;
      return;
    }
    const name = `picture-${++this.#members}`;
    this.#put({ kind: 'member', name, source: memorySource(name, Buffer.from(url.slice(head.length), 'base64')) });
  }

  finish(): void {
    this.shown.end([]);
    for (const part of this.#lines.keys()) this.#flush(part, 0);
  }

  /** Hands on all lines but the `kept` newest. */
  #flush(part: AsidePart, kept: number): void {
    const held = this.#lines.get(part);
    if (!held || held.lines.length === 0) return;
    const newest = held.lines.splice(held.lines.length - kept);
    const told = REPEATING.has(part) ? held.lines.filter(({ text, repeats }) => !repeats && !this.shown.has(text)) : held.lines;
    const text = told.map((line) => line.text).join('\n');
    if (text !== '') this.#put({ kind: 'text', where: { part }, text, ...(COPIES.has(part) && { copy: true }) });
    held.lines = newest;
    held.chars = newest.reduce((sum, line) => sum + line.text.length, 0);
  }
}
