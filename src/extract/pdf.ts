/**
 * Reads PDF: the lines of each page as text, and tables rebuilt from the places of the characters; a table that goes on over pages is one table.
 * It recognises no pictures: pages that only OCR can read are told.
 */
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { guardTrap, PdfDocument, type PdfPage } from './pdf-document.js';
import { type LoadedPage, PdfFlow } from './pdf-flow.js';
import { loadPdfJs } from './pdf-js.js';
import { arrangeLines, type Line } from './pdf-layout.js';
import { countDamagedStreams } from './pdf-streams.js';
import { loadPdfium } from './pdfium.js';

/** Pages that are held in memory at once when they are read a second time; a table does not go on beyond them. */
const LOSSY_PAGES = 200;
/** Characters without a meaning from which on, as a share of a page, its text counts as unread. */
const UNMAPPED_SHARE = 0.5;
/** Ranges of pages told in one problem. */
const RANGES_MAX = 8;

export const pdfExtractor: Extractor = { id: 'pdfium', version: 2, formats: ['pdf'], read };

async function* read(source: Source, context: ExtractContext): AsyncIterable<Block | MemberBlock> {
  const pdfium = await loadPdfium();
  const content = source.whole();
  const document = guardTrap(() => new PdfDocument(pdfium, content, context.passwords));
  let reading: PdfReading;
  try {
    reading = new PdfReading(document, context);
    yield* reading.blocks();
  } finally {
    guardTrap(() => document.close());
  }
  const damaged = countDamagedStreams(content);
  if (damaged > 0) context.problem('damaged', `${damaged} packed stream${damaged === 1 ? '' : 's'} broke off: text may be missing`);
  if (reading.lossy.size > 0) yield* readLossy(content, reading.lossy, document.password, context);
}

/** Pages that PDFium reads in part only, read once more by pdf.js; what PDFium had stands in where that fails. */
async function* readLossy(
  content: Buffer,
  lossy: ReadonlyMap<number, readonly Line[][]>,
  password: string | undefined,
  context: ExtractContext,
): AsyncIterable<Block> {
  const numbers = [...lossy.keys()];
  let pdfJs: Awaited<ReturnType<typeof loadPdfJs>>;
  try {
    pdfJs = await loadPdfJs(content, password);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    context.problem('damaged', `${ranges(numbers)}: text without font metrics could not be read whole`);
    yield* flowOf([...lossy].map(([page, lines]) => ({ page, lines, blocks: [] })));
    return;
  }
  try {
    for (let at = 0; at < numbers.length; at += LOSSY_PAGES) {
      const pages: LoadedPage[] = [];
      for (const page of numbers.slice(at, at + LOSSY_PAGES))
        pages.push({ page, lines: arrangeLines(await pdfJs.glyphs(page)), blocks: [] });
      yield* flowOf(pages);
    }
  } finally {
    await pdfJs.close();
  }
}

function flowOf(pages: readonly LoadedPage[]): Iterable<Block> {
  let next = 0;
  return new PdfFlow(() => pages[next++] ?? null).blocks();
}

/** One reading of one document by PDFium, page by page. */
class PdfReading {
  readonly #document: PdfDocument;
  readonly #context: ExtractContext;
  readonly #pages: number;
  readonly #pictures: number[] = [];
  readonly #broken: number[] = [];
  readonly #cut: number[] = [];
  /** Pages that PDFium reads in part only, with the lines that it has. */
  readonly lossy = new Map<number, Line[][]>();
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
    yield* new PdfFlow(() => this.#loadPage()).blocks();
    this.#tellProblems();
    yield* this.#members();
  }

  #loadPage(): LoadedPage | null {
    if (this.#next >= this.#pages) return null;
    this.#next += 1;
    const number = this.#next;
    const page = guardTrap(() => this.#document.page(number - 1));
    if (page) return this.#loaded(page, number);
    this.#broken.push(number);
    return { page: number, lines: [], blocks: [] };
  }

  #loaded(page: PdfPage, number: number): LoadedPage {
    const chars = page.glyphs.count;
    this.#chars += chars + page.fields.length + page.notes.length;
    if (page.picture || page.unmapped > UNMAPPED_SHARE * (page.unmapped + chars)) this.#pictures.push(number);
    if (page.cut) this.#cut.push(number);
    const blocks: Block[] = [];
    if (page.fields.length > 0) {
      const rows = page.fields.map((field) => [field.label, field.value]);
      blocks.push({ kind: 'table', where: { page: number, part: 'field' }, rows: [{ firstRow: 1, rows }] });
    }
    if (page.notes.length > 0) blocks.push({ kind: 'text', where: { page: number, part: 'annotation' }, text: page.notes.join('\n') });
    const lines = arrangeLines(page.glyphs);
    if (!page.lossy) return { page: number, lines, blocks };
    this.lossy.set(number, lines);
    return { page: number, lines: [], blocks };
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
