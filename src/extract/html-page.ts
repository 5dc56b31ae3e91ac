/** Takes the tags of an HTML page as they come and puts lines and tables together. Unclosed and misplaced tags are usual and mean what browsers make of them. */
import { limits } from '../limits.js';
import type { TextBlock } from '../model.js';
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';
import { HtmlAsides } from './html-asides.js';
import { BLOCKS, DATA_SCRIPT, MUTE_INPUTS, PLAIN, SILENT } from './html-elements.js';
import { HtmlLine } from './html-line.js';
import { readScript } from './html-script.js';
import { cellLines, HtmlTable } from './html-table.js';
import { wholeBlocks } from './json.js';
import type { BlockQueue } from './live-table.js';
import { blocksOf } from './text.js';

interface Attributes {
  readonly alt?: string;
  readonly colspan?: string;
  readonly content?: string;
  readonly data?: string;
  readonly href?: string;
  readonly name?: string;
  readonly rowspan?: string;
  readonly src?: string;
  readonly title?: string;
  readonly type?: string;
  readonly value?: string;
  readonly 'xlink:href'?: string;
}

/** Elements inside each other. Pages that never close what they open nest thousands; the parser's time grows with the square. */
const DEPTH_MAX = 5_000;
const BLOCK_CHARS = 64 * 1024;
/** One script, in characters: it is held until its end. */
const ASIDE_CHARS_MAX = 64 * 1024 * 1024;
/** Attributes that are read by what they stand for, and such as hold looks. */
const READ_ATTRIBUTES: ReadonlySet<string> = new Set(['alt', 'title', 'src', 'xlink:href', 'data']);
const LOOKS: ReadonlySet<string> = new Set(['style', 'class', 'id', 'face', 'name', 'for', 'lang', 'x:num', 'x:fmla', 'o:title']);
const CELLS: ReadonlySet<string> = new Set(['td', 'th', 'dd', 'dt']);

export class HtmlPage {
  readonly #queue: BlockQueue;
  readonly #context: ExtractContext;
  readonly #asides: HtmlAsides;
  readonly #tables: HtmlTable[] = [];
  readonly #line = new HtmlLine();
  #lines: string[] = [];
  #chars = 0;
  #firstLine = 1;
  #depth = 0;
  #plain = 0;
  /** The element whose text goes elsewhere, and how often it stands in itself. */
  #aside: { readonly name: string; depth: number; text: string } | null = null;
  #data = false;
  #isCut = false;

  constructor(queue: BlockQueue, context: ExtractContext) {
    this.#queue = queue;
    this.#context = context;
    this.#asides = new HtmlAsides((block) => queue.add(block), context.ocr !== undefined);
  }

  onopentag(name: string, attributes: Attributes): void {
    if (++this.#depth > DEPTH_MAX) throw new FileProblem('too-deep', `html: more than ${DEPTH_MAX} elements inside each other`);
    if (this.#aside) {
      if (this.#aside.name === name) this.#aside.depth++;
      return;
    }
    if (BLOCKS.has(name) && name !== 'title') this.#endLine();
    this.#takeWide(name, attributes as Readonly<Record<string, string>>);
    if (SILENT.has(name) || name === 'rt' || name === 'rp' || name === 'title') {
      this.#data = name === 'script' && DATA_SCRIPT.test(attributes.type ?? '');
      this.#aside = { name, depth: 1, text: '' };
      return;
    }
    if (name === 'br') this.#break();
    if (PLAIN.has(name)) this.#plain++;
    this.#openTable(name, attributes);
    this.#takeAttributes(name, attributes);
  }

  onclosetag(name: string): void {
    if (this.#depth > 0) this.#depth--;
    if (this.#aside) {
      if (this.#aside.name === name && --this.#aside.depth === 0) this.#closeAside(this.#aside.text);
      return;
    }
    if (BLOCKS.has(name)) this.#endLine();
    if (PLAIN.has(name) && this.#plain > 0) this.#plain--;
    const table = this.#tables.at(-1);
    if (!table) return;
    if (CELLS.has(name)) table.closeCell();
    else if (name === 'tr') {
      table.closeRow();
      this.#handOn(table);
    } else if (name === 'table' || name === 'dl') this.#closeTable(table);
  }

  ontext(text: string): void {
    if (this.#aside) {
      if (this.#aside.name !== 'style') this.#addAside(this.#aside, text);
      return;
    }
    if (this.#plain > 0) this.#line.addPlain(text);
    else this.#line.add(text);
    if (this.#line.length > limits.lineCharsMax) this.#endLine();
  }

  #addAside(aside: { text: string }, text: string): void {
    if (aside.text.length + text.length <= ASIDE_CHARS_MAX) aside.text += text;
    else if (!this.#isCut) {
      this.#isCut = true;
      this.#context.problem('too-large', `html: script of more than ${ASIDE_CHARS_MAX} characters`);
    }
  }

  /** Commented out text and tables are read as what they were. */
  oncomment(text: string): void {
    if (this.#aside) return;
    const plain = text.includes('<') ? text.replace(/<\/?(?:td|th)\b[^<>]{0,2000}>/gi, '\t').replace(/<[^<>]{0,2000}>/g, '\n') : text;
    this.#asides.add('comment', plain.replace(/[ \t]{0,99}\n\s*/g, '\n'));
  }

  /** Closes what the page left open and hands on the rest. */
  finish(): void {
    if (this.#aside) this.#closeAside(this.#aside.text);
    this.#endLine();
    for (let table = this.#tables.at(-1); table; table = this.#tables.at(-1)) this.#closeTable(table);
    this.#flushLines();
    this.#asides.finish();
    const { pictures } = this.#asides;
    if (pictures > 0) this.#context.problem('needs-ocr', `${pictures} ${pictures === 1 ? 'picture' : 'pictures'} as large as a page`);
  }

  #openTable(name: string, attributes: Attributes): void {
    if (name === 'table' || name === 'dl') {
      const outer = this.#tables.at(-1);
      if (outer && name === 'table') outer.nests = true;
      if (this.#tables.length >= limits.xmlDepthMax) throw new FileProblem('too-deep', `html: more than ${limits.xmlDepthMax} tables`);
      this.#tables.push(new HtmlTable((row) => this.#asides.shown.end(row)));
      return;
    }
    const table = this.#tables.at(-1);
    if (!table) return;
    if (name === 'tr' || name === 'dt') {
      table.openRow();
      this.#handOn(table);
    }
    if (CELLS.has(name)) table.openCell(attributes.colspan, attributes.rowspan);
  }

  #takeAttributes(name: string, attributes: Attributes): void {
    const { alt, title, src, value } = attributes;
    if (title !== undefined) this.#asides.add('description', title);
    if (alt !== undefined) this.#asides.add('description', alt);
    if (src !== undefined) this.#asides.addPicture(src);
    if (name === 'input' && value !== undefined) this.#takeInput(attributes, value);
    else if (name === 'meta' && attributes.name !== undefined) this.#takeMeta(attributes.name, attributes.content ?? '');
    else if (name === 'image' || name === 'object')
      this.#asides.addPicture(attributes.href ?? attributes['xlink:href'] ?? attributes.data ?? '');
  }

  /** Attributes that no reader below knows: what pages keep in them beyond ASCII is somebody's text; names and settings are ASCII. */
  #takeWide(name: string, attributes: Readonly<Record<string, string>>): void {
    for (const key in attributes) {
      const value = attributes[key]!;
      if (value === '' || READ_ATTRIBUTES.has(key) || LOOKS.has(key)) continue;
      if (key === 'placeholder' || key === 'srcdoc') this.#asides.add('attribute', value.replace(/<[^<>]{0,2000}>/g, ' '));
      else if (key === 'href' || key === 'action') this.#takeLink(value);
      else if (key === 'value' && name === 'input') continue;
      else if (key === 'content' && attributes.name !== undefined && isProperty(attributes.name)) continue;
      else if (/[^\u0000-\u007f]/.test(value)) {
        if (key.startsWith('on')) this.#takeScript(value);
        else this.#asides.add('attribute', value);
      }
    }
  }

  #takeLink(url: string): void {
    let target = url;
    try {
      target = decodeURIComponent(url);
    } catch {}
    if (/^(?:mailto|tel|file):|^[^#].{0,2000}[^\u0000-\u007f]/i.test(target) && !/^(?:data|javascript):/i.test(target))
      this.#asides.add('link', target);
  }

  /** What somebody entered stands in the line, beside its label; what is hidden stands alone. */
  #takeInput(attributes: Attributes, value: string): void {
    const type = (attributes.type ?? 'text').toLowerCase();
    if (type === 'hidden') this.#asides.add('field', attributes.name ? `${attributes.name}: ${value}` : value);
    else if (MUTE_INPUTS.has(type)) this.#asides.add('field', value);
    else {
      this.#line.addSpace();
      this.#line.addPlain(value);
      this.#line.addSpace();
    }
  }

  #takeMeta(name: string, content: string): void {
    if (isProperty(name)) this.#asides.add('property', content);
  }

  #closeAside(text: string): void {
    const name = this.#aside?.name;
    this.#aside = null;
    if (name === 'title') this.#asides.add('property', text);
    else if (name === 'rt') this.#asides.add('ruby', text);
    else if (name === 'script' && this.#data) for (const block of wholeBlocks(text, this.#context)) this.#queue.add(block);
    else if (name === 'script') this.#takeScript(text);
  }

  #takeScript(script: string): void {
    try {
      for (const line of readScript(script)) this.#asides.add('script', line);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.#context.problem(error.code, error.detail);
    }
  }

  #break(): void {
    const table = this.#tables.at(-1);
    if (table?.inCell && this.#line.length > 0) this.#line.addPlain('\n');
    else this.#endLine();
  }

  /** The line goes to the cell that is open, or to the page. */
  #endLine(): void {
    const text = this.#line.take().trim();
    if (text === '') return;
    const table = this.#tables.at(-1);
    if (table?.inCell) table.addLine(text);
    else {
      this.#asides.shown.end([text]);
      this.#addLine(text);
    }
  }

  #addLine(text: string): void {
    this.#lines.push(text);
    this.#chars += text.length;
    if (this.#chars > BLOCK_CHARS) this.#flushLines();
  }

  #flushLines(): void {
    if (this.#lines.length === 0) return;
    const text = this.#lines.join('\n');
    const first = this.#firstLine;
    this.#firstLine += countLines(text);
    this.#lines = [];
    this.#chars = 0;
    if (text.length <= BLOCK_CHARS * 2) this.#queue.add({ kind: 'text', where: { line: first }, text });
    else for (const block of blocksOf([text], this.#context)) this.#queue.add(shifted(block, first));
  }

  #closeTable(table: HtmlTable): void {
    this.#tables.pop();
    table.close();
    if (table.dropped > 0) this.#context.problem('too-large', `html: ${table.dropped} cells beyond column ${limits.columnsMax}`);
    if (table.told || table.size === 0) return;
    if (table.laysOut) {
      // Tables that stood in it were handed on already: what is left are lines around them.
      for (const line of cellLines(table.take())) this.#addLine(line);
      return;
    }
    this.#flushLines();
    this.#queue.addTable(table, {});
  }

  /** A table whose first batch is full is handed on before its end. One that holds others is waited for a little longer. */
  #handOn(table: HtmlTable): void {
    if (table.told || table.size <= (table.nests ? 1 : 0)) return;
    this.#flushLines();
    this.#queue.addTable(table, {});
  }
}

function isProperty(name: string): boolean {
  return /^(?:author|description|keywords|copyright|creator|subject|dc\.[a-z.]{1,40})$/i.test(name);
}

function shifted(block: TextBlock, first: number): TextBlock {
  return { ...block, where: { line: (block.where.line ?? 1) + first - 1 } };
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
