/**
 * Reads PDF: the lines of each page as text, and tables rebuilt from the places of the characters; a table that goes on over pages is one table.
 * It recognises no pictures: pages that only OCR can read are told.
 */
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, Row, RowBatch, Source, Where } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { type Band, widenBands } from './pdf-columns.js';
import { guardTrap, PdfDocument, type PdfPage } from './pdf-document.js';
import { arrangeLines, type Line } from './pdf-layout.js';
import { readPageTexts } from './pdf-parse.js';
import { continuesTable, findPieces, type Piece, rowsOf, type TablePiece, textOf } from './pdf-table.js';
import { loadPdfium } from './pdfium.js';

/** Lines of text between two parts of one table: page numbers, headings that each page repeats. */
const LINES_BETWEEN_MAX = 8;
/** Characters without a meaning from which on, as a share of a page, its text counts as unread. */
const UNMAPPED_SHARE = 0.5;
/** Ranges of pages told in one problem. */
const RANGES_MAX = 8;

export const pdfExtractor: Extractor = { id: 'pdfium', version: 1, formats: ['pdf'], read };

async function* read(source: Source, context: ExtractContext): AsyncIterable<Block | MemberBlock> {
  const pdfium = await loadPdfium();
  const content = source.whole();
  const document = guardTrap(() => new PdfDocument(pdfium, content, context.passwords));
  let lossy: ReadonlyMap<number, string>;
  try {
    const reading = new PdfReading(document, context);
    yield* reading.blocks();
    lossy = reading.lossy;
  } finally {
    guardTrap(() => document.close());
  }
  if (lossy.size > 0) yield* readLossy(content, lossy, document.password, context);
}

/** Pages that PDFium reads in part only, read once more by the second reader; what PDFium had stands in where that fails. */
async function* readLossy(
  content: Buffer,
  lossy: ReadonlyMap<number, string>,
  password: string | undefined,
  context: ExtractContext,
): AsyncIterable<Block> {
  let texts: ReadonlyMap<number, string> = lossy;
  try {
    texts = await readPageTexts(content, [...lossy.keys()], password);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    context.problem('damaged', `${ranges([...lossy.keys()])}: vertical text can't be read whole`);
  }
  for (const [page, found] of lossy) yield { kind: 'text', where: { page, line: 1 }, text: texts.get(page) ?? found };
}

interface Part {
  readonly lines: readonly Line[];
  readonly bands: readonly Band[] | null;
  readonly page: number;
}

type Item = { readonly page: number; readonly piece: Piece } | { readonly page: number; readonly block: Block };

/** One reading of one document: pages are loaded one after the other, when the pieces of the earlier ones are used up. */
class PdfReading {
  readonly #document: PdfDocument;
  readonly #context: ExtractContext;
  readonly #pages: number;
  readonly #queue: Item[] = [];
  readonly #pictures: number[] = [];
  readonly #broken: number[] = [];
  readonly #cut: number[] = [];
  /** Pages that PDFium reads in part only, with the text that it has. */
  readonly lossy = new Map<number, string>();
  #next = 0;
  #chars = 0;

  constructor(document: PdfDocument, context: ExtractContext) {
    this.#document = document;
    this.#context = context;
    this.#pages = Math.min(document.pages, limits.pagesMax);
  }

  *blocks(): Iterable<Block | MemberBlock> {
    const properties = ['Title', 'Subject', 'Author', 'Keywords']
      .map((tag) => guardTrap(() => this.#document.property(tag)))
      .filter((text) => text !== '');
    if (properties.length > 0) yield { kind: 'text', where: { part: 'property' }, text: properties.join('\n') };
    while (this.#queue.length > 0 || this.#loadPage()) {
      const item = this.#queue.shift();
      if (!item) continue;
      if ('block' in item) yield item.block;
      else if (item.piece.kind === 'text') {
        yield { kind: 'text', where: { page: item.page, line: item.piece.line }, text: textOf(item.piece.lines) };
      } else {
        const rows = this.#rows(item.piece, item.page);
        yield { kind: 'table', where: { page: item.page, line: item.piece.line }, rows };
        // A reader that stops early must not lose the pages after this table.
        for (const _ of rows);
      }
    }
    this.#tellProblems();
    yield* this.#members();
  }

  *#rows(first: TablePiece, firstPage: number): Generator<RowBatch> {
    let firstRow = 1;
    let bands: readonly Band[] = first.bands;
    let rows: Row[] = rowsOf(first.lines, bands);
    let page = firstPage;
    for (;;) {
      if (rows.length >= limits.batchRows) {
        yield { firstRow, rows };
        firstRow += rows.length;
        rows = [];
      }
      const more = this.#takeContinuation(bands, page);
      if (!more) break;
      for (const row of rowsOf(more.lines, bands)) rows.push(row);
      if (more.bands) bands = widenBands(bands, more.bands);
      page = more.page;
    }
    if (rows.length > 0) yield { firstRow, rows };
  }

  /** The next part of a table with these columns, taken out of the queue; null when the table ends. */
  #takeContinuation(bands: readonly Band[], page: number): Part | null {
    let between = 0;
    for (let at = 0; ; at += 1) {
      if (at >= this.#queue.length && !this.#loadPage()) return null;
      const item = this.#queue[at];
      if (!item || item.page > page + 1) return null;
      if ('block' in item) continue;
      const { piece } = item;
      // On one page the same number of columns may be chance: at most one line between, and at least three columns, are taken for the same table.
      if (item.page === page && (between > 1 || bands.length < 3)) return null;
      const lines = piece.kind === 'table' || item.page > page ? continuesTable(piece, bands) : null;
      if (lines) {
        const taken = new Set(lines);
        const rest = piece.lines.filter((line) => !taken.has(line));
        if (rest.length > 0) this.#queue[at] = { page: item.page, piece: { kind: 'text', lines: rest, line: piece.line } };
        else this.#queue.splice(at, 1);
        return { lines, bands: piece.kind === 'table' ? piece.bands : null, page: item.page };
      }
      if (piece.kind === 'table') return null;
      between += piece.lines.length;
      if (between > LINES_BETWEEN_MAX) return null;
    }
  }

  /** Reads the next page into the queue; false when there is none. */
  #loadPage(): boolean {
    if (this.#next >= this.#pages) return false;
    const number = this.#next + 1;
    this.#next = number;
    const page = guardTrap(() => this.#document.page(number - 1));
    if (!page) {
      this.#broken.push(number);
      return true;
    }
    this.#queuePage(page, number);
    return true;
  }

  #queuePage(page: PdfPage, number: number): void {
    const chars = page.glyphs.count;
    this.#chars += chars + page.fields.length + page.notes.length;
    if (page.picture || page.unmapped > UNMAPPED_SHARE * (page.unmapped + chars)) this.#pictures.push(number);
    if (page.cut) this.#cut.push(number);
    if (page.lossy) this.lossy.set(number, '');
    for (const lines of arrangeLines(page.glyphs)) {
      if (page.lossy) this.lossy.set(number, `${this.lossy.get(number) ?? ''}${textOf(lines)}\n`);
      else for (const piece of findPieces(lines)) this.#queue.push({ page: number, piece });
    }
    if (page.fields.length > 0) {
      const rows = page.fields.map((field) => [field.label, field.value]);
      this.#queue.push({ page: number, block: { kind: 'table', where: { page: number, part: 'field' }, rows: [{ firstRow: 1, rows }] } });
    }
    if (page.notes.length > 0) this.#queue.push({ page: number, block: textBlock({ page: number, part: 'annotation' }, page.notes) });
  }

  #tellProblems(): void {
    const { pages } = this.#document;
    if (this.#broken.length > 0) this.#context.problem('damaged', `${ranges(this.#broken)} of ${pages} can't be loaded`);
    if (this.#cut.length > 0)
      this.#context.problem('too-large', `${ranges(this.#cut)} of ${pages}: more than ${limits.pageCharsMax} characters`);
    if (pages > this.#pages) this.#context.problem('too-large', `${pages} pages, read ${this.#pages}`);
    if (this.#chars === 0 && this.lossy.size === 0) this.#context.problem('needs-ocr', `no text on any of ${pages} pages`);
    else if (this.#pictures.length > 0) this.#context.problem('needs-ocr', `${ranges(this.#pictures)} of ${pages}: pictures without text`);
  }

  *#members(): Iterable<MemberBlock> {
    const count = Math.min(this.#document.attachments(), limits.entriesMax);
    for (let index = 0; index < count; index += 1) {
      const attachment = guardTrap(() => this.#document.attachment(index));
      if (!attachment) continue;
      this.#context.unpacked(attachment.content.length);
      yield { kind: 'member', name: attachment.name, source: memorySource(attachment.name, attachment.content) };
    }
  }
}

function textBlock(where: Where, lines: readonly string[]): Block {
  return { kind: 'text', where, text: lines.join('\n') };
}

/** `page 2`, `pages 1-3, 7`. */
function ranges(pages: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < pages.length; ) {
    let end = at;
    while (pages[end + 1] === pages[end]! + 1) end += 1;
    if (parts.length === RANGES_MAX) {
      parts.push('…');
      break;
    }
    parts.push(end > at ? `${pages[at]}-${pages[end]}` : `${pages[at]}`);
    at = end + 1;
  }
  return `page${pages.length > 1 ? 's' : ''} ${parts.join(', ')}`;
}
