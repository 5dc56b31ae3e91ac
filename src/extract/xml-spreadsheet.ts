/**
 * Reads workbooks that Excel 2003 saved as XML (SpreadsheetML 2003): all sheets in constant memory, comments, headers and properties. It computes nothing:
 * the value that was saved with a formula counts.
 */
import type { Cell } from '../../detectors/contract.js';
import { XmlCursor } from '../container/xml.js';
import { limits } from '../limits.js';
import type { Block, RowBatch, Source, TextBlock } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import type { DecodeCount } from './encoding.js';
import { createNumberFormat, FormattedNumber, GENERAL, type NumberFormat } from './number-format.js';
import { RowBatcher } from './row-batcher.js';
import { tellReplaced } from './text.js';
import { columnName } from './xlsx-parts.js';
import { isoCell } from './xlsx-sheet.js';
import { marginText } from './xlsx-sheet-texts.js';
import { xmlPieces } from './xml-pieces.js';
import { constantsOf } from './xml-strays.js';

const ROWS_MAX = 1_048_576;
const STYLES_MAX = 100_000;
const ASIDES_MAX = 100_000;
/** What a cell says to who writes into it, and what may be written. */
const PROMPTS = new Set(['InputTitle', 'InputMessage', 'ErrorTitle', 'ErrorMessage', 'Value']);
/** Attributes of a cell that are shorter hold no link and no text in a formula. */
const LINK_BYTES_MIN = 16;
const PROPERTIES: ReadonlySet<string> = new Set([
  'Title',
  'Subject',
  'Author',
  'LastAuthor',
  'Keywords',
  'Description',
  'Company',
  'Manager',
  'Category',
]);
/** Formats that have a name instead of a pattern and show a date. */
const DATE_NAMES = /^(?:General|Short|Medium|Long) Date$/;

export const xmlSpreadsheetExtractor: Extractor = { id: 'xml-spreadsheet', version: 3, formats: ['xml-spreadsheet'], read };

function* read(source: Source, context: ExtractContext): Generator<Block> {
  const count: DecodeCount = { chars: 0, replaced: 0 };
  yield* new SpreadsheetReading(new XmlCursor(xmlPieces(source, context, count)), context).blocks();
  tellReplaced(count, context);
}

class SpreadsheetReading {
  readonly #formats = new Map<string, NumberFormat>();
  readonly #asides: TextBlock[] = [];
  readonly #linked = new Set<string>();
  #sheet = '';
  #style = '';
  #sheets = 0;
  #cellsLeft: number = limits.cellsMax;
  #ended = false;
  #told = false;

  constructor(
    private readonly cursor: XmlCursor,
    private readonly context: ExtractContext,
  ) {}

  *blocks(): Generator<Block, void, undefined> {
    try {
      while (this.#next()) {
        const { cursor } = this;
        const name = cursor.name();
        if (name === 'Table' && !cursor.closing && !cursor.selfClosing) {
          yield { kind: 'table', where: { sheet: this.#sheet }, rows: this.#rows() };
          // What nobody asked for is passed over: the cursor must stand behind the table.
          for (const _batch of this.#rows());
        } else this.#takeOther(name);
        for (const aside of this.#asides.splice(0)) yield aside;
      }
    } finally {
      this.cursor.close();
    }
  }

  /** The next tag; false at the end, and where the document is broken, which is told. */
  #next(): boolean {
    if (this.#ended) return false;
    try {
      if (this.cursor.next()) return true;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.context.problem(error.code, error.detail);
    }
    this.#ended = true;
    return false;
  }

  #takeOther(name: string): void {
    const { cursor } = this;
    if (cursor.closing) {
      if (PROMPTS.has(name)) this.#aside({ kind: 'text', where: { sheet: this.#sheet, part: 'prompt' }, text: listOf(cursor.text()) });
      else if (PROPERTIES.has(name)) this.#aside({ kind: 'text', where: { part: 'property' }, text: cursor.text() });
    } else if (name === 'Worksheet') {
      if (++this.#sheets > limits.sheetsMax) throw new FileProblem('too-large', `xml: more than ${limits.sheetsMax} sheets`);
      this.#sheet = cursor.attribute('Name') ?? '';
    } else if (name === 'Style') this.#style = cursor.attribute('ID') ?? '';
    else if (name === 'NumberFormat') this.#takeFormat(cursor.attribute('Format') ?? '');
    else if (name === 'AutoFilterCondition') {
      this.#aside({ kind: 'text', where: { sheet: this.#sheet, part: 'filter' }, text: cursor.attribute('Value') ?? '', copy: true });
    } else if (name === 'NamedRange') {
      const texts = [cursor.attribute('Name') ?? '', ...constantsOf(cursor.attribute('RefersTo') ?? '')];
      this.#aside({ kind: 'text', where: { part: 'name' }, text: texts.join('\n') });
    } else if (name === 'Header' || name === 'Footer') {
      const part = name === 'Header' ? 'header' : 'footer';
      this.#aside({ kind: 'text', where: { sheet: this.#sheet, part }, text: marginText(cursor.attribute('Data') ?? '') });
    }
  }

  #takeFormat(code: string): void {
    if (this.#formats.size >= STYLES_MAX || code === '' || code === 'General') return;
    this.#formats.set(this.#style, createNumberFormat(DATE_NAMES.test(code) ? 'yyyy/m/d' : code, false));
  }

  #aside(block: TextBlock): void {
    if (block.text.trim() === '') return;
    if (this.#asides.length < ASIDES_MAX) this.#asides.push(block);
    else this.#tellOnce('too-large', `more than ${ASIDES_MAX} comments`);
  }

  /** Behind `<Table>`: its rows up to `</Table>`. */
  *#rows(): Generator<RowBatch, void, undefined> {
    const batcher = new RowBatcher();
    while (!this.#tableEnded() && this.#next()) {
      const { cursor } = this;
      if (cursor.name() !== 'Row' || cursor.closing) continue;
      const number = indexOf(cursor, ROWS_MAX) ?? batcher.nextRow;
      const row = cursor.selfClosing ? [] : this.#row(number);
      batcher.nextRow = number + 1;
      if (row.length === 0) continue;
      this.#cellsLeft -= row.length;
      if (this.#cellsLeft < 0) throw new FileProblem('too-large', `more than ${limits.cellsMax} cells`);
      const full = batcher.add(number, row);
      if (full) yield full;
    }
    const last = batcher.take();
    if (last) yield last;
  }

  #tableEnded(): boolean {
    return this.#ended || (this.cursor.closing && this.cursor.name() === 'Table');
  }

  #row(number: number): Cell[] {
    const row: Cell[] = [];
    let column = -1;
    let across = 0;
    while (this.#next()) {
      const { cursor } = this;
      const name = cursor.name();
      if (cursor.closing && (name === 'Row' || name === 'Table')) break;
      if (name !== 'Cell' || cursor.closing) continue;
      const index = indexOf(cursor, Number.MAX_SAFE_INTEGER);
      column = index !== null ? index - 1 : column + 1 + across;
      across = Math.max(0, Math.trunc(Number(cursor.attribute('MergeAcross') ?? 0)) || 0);
      this.#links(`${columnName(column)}${number}`);
      if (cursor.selfClosing) continue;
      const cell = this.#cell(this.#formats.get(cursor.attribute('StyleID') ?? '') ?? GENERAL, number, column);
      if (cell === '') continue;
      if (column >= limits.columnsMax) this.#tellOnce('damaged', `cell beyond column ${limits.columnsMax}`);
      else {
        while (row.length < column) row.push('');
        row[column] = cell;
      }
    }
    return row;
  }

  #author(name: string): void {
    if (name === '' || this.#linked.has(name) || this.#linked.size >= ASIDES_MAX) return;
    this.#linked.add(name);
    this.#aside({ kind: 'text', where: { part: 'author' }, text: name });
  }

  /** Where a cell's link leads, its tip, and texts in its formula. */
  #links(cell: string): void {
    const { cursor } = this;
    if (cursor.attributesEnd - cursor.attributesStart < LINK_BYTES_MIN) return;
    const texts = [cursor.attribute('HRef') ?? '', cursor.attribute('HRefScreenTip') ?? ''].filter((text) =>
      /[^\u0000-\u007f]|^mailto:/i.test(text),
    );
    texts.push(...constantsOf(cursor.attribute('Formula') ?? ''));
    const key = texts.join('\n');
    // The same formula stands in all rows of a column.
    if (texts.length === 0 || this.#linked.has(key)) return;
    if (this.#linked.size < ASIDES_MAX) this.#linked.add(key);
    this.#aside({ kind: 'text', where: { sheet: this.#sheet, cell, part: 'link' }, text: key, copy: true });
  }

  /** Behind `<Cell>`: its value; its comment is set aside. */
  #cell(format: NumberFormat, row: number, column: number): Cell {
    let value: Cell = '';
    let type = '';
    let text = '';
    let inData = false;
    let inComment = false;
    while (this.#next()) {
      const { cursor } = this;
      const name = cursor.name();
      if (inData) text += cursor.text();
      if (name === 'Comment') {
        inComment = !cursor.closing && !cursor.selfClosing;
        this.#author(cursor.attribute('Author') ?? '');
      }
      if (name === 'Data' && !cursor.closing && !cursor.selfClosing) {
        inData = true;
        text = '';
        type = cursor.attribute('Type') ?? '';
      } else if (name === 'Data' && cursor.closing) {
        inData = false;
        if (!inComment) value = cellOf(type, text, format);
        else this.#aside({ kind: 'text', where: { sheet: this.#sheet, cell: `${columnName(column)}${row}`, part: 'comment' }, text });
      }
      if (cursor.closing && (name === 'Cell' || name === 'Row')) break;
    }
    return value;
  }

  #tellOnce(code: 'damaged' | 'too-large', detail: string): void {
    if (!this.#told) this.context.problem(code, `xml: ${detail}`);
    this.#told = true;
  }
}

/** A list of allowed values, `"a,b"`, as lines. */
function listOf(text: string): string {
  return /^\s{0,9}"/.test(text) ? text.trim().slice(1, -1).replaceAll(',', '\n') : text;
}

/** Counted from 1; null when the tag has none, or none that can be. */
function indexOf(cursor: XmlCursor, most: number): number | null {
  const index = Number(cursor.attribute('Index') ?? 0);
  return Number.isInteger(index) && index >= 1 && index <= most ? index : null;
}

function cellOf(type: string, text: string, format: NumberFormat): Cell {
  if (type === 'DateTime') return isoCell(text.trim());
  if (type === 'Boolean') return text.trim() === '0' ? 'FALSE' : 'TRUE';
  if (type !== 'Number') return text;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(value) ? text : new FormattedNumber(value, format);
}
