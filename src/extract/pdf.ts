/**
 * Reads PDF: the lines of each page as text, and tables rebuilt from the places of the characters; a table that goes on over pages is one table.
 * Pages that only OCR can read are read by it when that was asked for, and told otherwise.
 */
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { pdfDate, tellDates } from './document-dates.js';
import { OcrReading, type PagePicture } from './ocr.js';
import { pageRanges } from './page-ranges.js';
import { guardTrap, PdfDocument, type PdfPage } from './pdf-document.js';
import { type LoadedPage, PdfFlow } from './pdf-flow.js';
import { loadPdfJs } from './pdf-js.js';
import { arrangeLines, joinRuns, type Line } from './pdf-layout.js';
import { readPdfStrays } from './pdf-strays.js';
import { countDamagedStreams } from './pdf-streams.js';
import { findXmp, readXmp, readXmpDates } from './pdf-xmp.js';
import { loadPdfium } from './pdfium.js';

/** Pages that are held in memory at once when they are read a second time; a table does not go on beyond them. */
const LOSSY_PAGES = 200;
/** Characters without a meaning from which on, as a share of a page, its text counts as unread. */
const UNMAPPED_SHARE = 0.5;

export const pdfExtractor: Extractor = { id: 'pdfium', version: 6, formats: ['pdf'], read };

async function* read(source: Source, context: ExtractContext): AsyncIterable<Block | MemberBlock> {
  const pdfium = await loadPdfium();
  const content = source.whole();
  const document = guardTrap(() => new PdfDocument(pdfium, content, context.passwords));
  let reading: PdfReading;
  try {
    reading = new PdfReading(document, context);
    const description = findXmp(content);
    tellPdfDates(document, description, context);
    yield* reading.blocks();
    yield* reading.pictures();
    const xmp = description ? readXmp(description) : [];
    yield* strays(content, document, context);
    if (xmp.length > 0) yield { kind: 'text', where: { part: 'property' }, text: xmp.join('\n'), copy: true };
  } finally {
    guardTrap(() => document.close());
  }
  const damaged = countDamagedStreams(content);
  if (damaged > 0) context.problem('damaged', `${damaged} packed stream${damaged === 1 ? '' : 's'} broke off: text may be missing`);
  if (reading.lossy.size > 0) yield* readLossy(content, reading.lossy, document.password, context);
}

/** The description has the word where the properties are silent, as in PDF 2.0. A file that tells of no change is as it was made (ISO 32000-1, table 317). */
function tellPdfDates(document: PdfDocument, description: Buffer | null, context: ExtractContext): void {
  const described = description ? readXmpDates(description) : { created: null, saved: null };
  const created = pdfDate(guardTrap(() => document.property('CreationDate'))) ?? described.created;
  const saved = pdfDate(guardTrap(() => document.property('ModDate'))) ?? described.saved;
  tellDates(context, created, saved ?? created);
}

/** They mostly say what stands on the pages and in their notes. */
function* strays(content: Buffer, document: PdfDocument, context: ExtractContext): Iterable<Block> {
  try {
    const plain = content.includes('/Encrypt') ? guardTrap(() => document.plain()) : content;
    if (plain === null) context.problem('unsupported', 'texts beside the pages are encrypted and were not read');
    const texts = plain === null ? [] : readPdfStrays(plain);
    if (texts.length > 0) yield { kind: 'text', where: { part: 'data' }, text: texts.join('\n'), copy: true };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    context.problem(error.code, error.detail);
  }
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
    context.problem('damaged', `${pageRanges(numbers)}: text without font metrics could not be read whole`);
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
  /** The text of pages that hold pictures too. */
  readonly #beside = new Map<number, string>();
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
    // They mostly say what stands above their pages.
    const bookmarks = guardTrap(() => this.#document.bookmarks());
    if (bookmarks.length > 0) yield { kind: 'text', where: { part: 'bookmark' }, text: bookmarks.join('\n'), copy: true };
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
    if (this.#context.ocr && chars > 0 && this.#pictures.at(-1) === number) this.#beside.set(number, textBeside(lines));
    if (!page.lossy) return { page: number, lines, blocks };
    this.lossy.set(number, lines);
    return { page: number, lines: [], blocks };
  }

  #tellProblems(): void {
    const { pages } = this.#document;
    if (this.#broken.length > 0) this.#context.problem('damaged', `${pageRanges(this.#broken)} of ${pages} can't be loaded`);
    if (this.#cut.length > 0)
      this.#context.problem('too-large', `${pageRanges(this.#cut)} of ${pages}: more than ${limits.pageCharsMax} characters`);
    if (pages > this.#pages) this.#context.problem('too-large', `${pages} pages, read ${this.#pages}`);
    if (this.#context.ocr) return;
    if (this.#chars === 0 && this.lossy.size === 0) this.#context.problem('needs-ocr', `no text on any of ${pages} pages`);
    else if (this.#pictures.length > 0)
      this.#context.problem('needs-ocr', `${pageRanges(this.#pictures)} of ${pages}: pictures without text`);
  }

  /** Pages that only OCR can read; all of them where none has text. */
  async *pictures(): AsyncIterable<Block> {
    const { ocr } = this.#context;
    if (!ocr) return;
    const textless = this.#chars === 0 && this.lossy.size === 0;
    const pages = textless ? Array.from({ length: this.#pages }, (_, index) => index + 1) : this.#pictures;
    const pictures = pages.map(
      (page): PagePicture => ({
        page,
        make: () => guardTrap(() => this.#document.picture(page - 1)),
        known: this.#beside.get(page) ?? '',
      }),
    );
    yield* new OcrReading(this.#context, ocr).blocks(pictures, this.#document.pages);
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

function textBeside(lines: readonly Line[][]): string {
  return lines.flatMap((one) => one.map((line) => joinRuns(line.runs))).join('\n');
}
