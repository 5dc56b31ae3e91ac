/**
 * What stands in the content of an OpenDocument workbook beside its cells (OpenDocument 1.3 part 3, 9 and 10): shapes, names, prompts, fields, former
 * contents of changed cells. Cells and their comments have another reader.
 */
import type { XmlCursor } from '../container/xml.js';
import type { Block, Where } from '../model.js';
import { FileProblem } from '../problem.js';
import { ODF_COPIES, odfStrays } from './odf-strays.js';

/** What a paragraph belongs to; null where another reader gives it. */
const HOLDERS: ReadonlyMap<string, string | null> = new Map([
  ...['table-cell', 'covered-table-cell', 'annotation'].map((name) => [name, null] as const),
  ...['frame', 'custom-shape', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'path', 'connector', 'caption', 'measure'].map(
    (name) => [name, 'textbox'] as const,
  ),
  ['content-validation', 'prompt'],
  ['tracked-changes', 'deleted'],
]);
const FIELDS = new Set(['text', 'textarea', 'formatted-text', 'combobox', 'listbox']);
const BREAKS = new Set(['line-break', 'tab', 's']);
const CHARS_MAX = 64 * 1024 * 1024;

export class OdsAsides {
  /** Why the part could not be read to its end; null when it could. */
  failure: FileProblem | null = null;
  readonly authors = new Set<string>();
  readonly #cursor: XmlCursor;
  readonly #holders: (string | null)[] = [];
  readonly #rest = new Map<string, string[]>();
  readonly #seen = new Set<string>();
  #sheet: string | undefined;
  #paragraphs = 0;
  #text = '';
  #chars = 0;

  constructor(cursor: XmlCursor) {
    this.#cursor = cursor;
  }

  *blocks(): Generator<Block> {
    try {
      while (this.#cursor.next()) yield* this.#step();
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.failure = error;
    }
    yield* this.#shape();
    for (const [part, lines] of this.#rest)
      yield { kind: 'text', where: { part }, text: lines.join('\n'), ...((part === 'deleted' || ODF_COPIES.has(part)) && { copy: true }) };
  }

  *#step(): Generator<Block> {
    const cursor = this.#cursor;
    const name = cursor.name();
    if (this.#paragraphs > 0 && this.#holder !== null) this.#add(cursor.text());
    if (!cursor.closing) this.#open(name);
    if (cursor.closing || cursor.selfClosing) yield* this.#close(name);
  }

  get #holder(): string | null {
    return this.#holders.at(-1) ?? null;
  }

  #open(name: string): void {
    const cursor = this.#cursor;
    const holder = HOLDERS.get(name);
    for (const { part, text } of odfStrays(name, cursor)) this.#keepOnce(part, text);
    if (holder !== undefined) this.#holders.push(holder);
    else if (name === 'p' || name === 'h') this.#paragraphs += 1;
    else if (BREAKS.has(name)) this.#add(name === 's' ? ' ' : '\n');
    else if (name === 'table') this.#sheet = cursor.attribute('table:name');
    else if (FIELDS.has(name)) this.#keep('field', cursor.attribute('form:current-value') ?? cursor.attribute('form:value') ?? '');
  }

  *#close(name: string): Generator<Block> {
    if (HOLDERS.has(name)) {
      const holder = this.#holders.pop();
      if (holder === 'textbox' && this.#holder !== 'textbox') yield* this.#shape();
    } else if (name === 'p' || name === 'h') {
      this.#paragraphs = Math.max(0, this.#paragraphs - 1);
      const holder = this.#holder;
      if (holder === 'textbox') this.#add('\n');
      else if (holder !== null) {
        this.#keep(holder, this.#text);
        this.#text = '';
      }
    } else if (name === 'title' || name === 'desc') this.#keep('description', this.#cursor.selfClosing ? '' : this.#cursor.text());
    else if (name === 'creator' && this.authors.size < 1_000) this.authors.add(this.#cursor.text().trim());
    else if (name === 'table') this.#sheet = undefined;
  }

  *#shape(): Generator<Block> {
    const text = this.#text.trim();
    this.#text = '';
    const where: Where = { ...(this.#sheet !== undefined && { sheet: this.#sheet }), part: 'textbox' };
    if (text !== '') yield { kind: 'text', where, text };
  }

  #keepOnce(part: string, text: string): void {
    const key = `${part}\t${text}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#keep(part, text);
  }

  #keep(part: string, text: string): void {
    const line = text.trim();
    if (line === '') return;
    const lines = this.#rest.get(part) ?? [];
    this.#rest.set(part, lines);
    lines.push(line);
    if (part !== 'deleted' && part !== 'prompt') this.#count(line.length);
  }

  #add(text: string): void {
    this.#text += text;
    this.#count(text.length);
  }

  #count(chars: number): void {
    this.#chars += chars;
    if (this.#chars > CHARS_MAX) throw new FileProblem('too-large', `ods: more than ${CHARS_MAX} characters beside the cells`);
  }
}
