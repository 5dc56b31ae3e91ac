/**
 * Reads pages that are pictures: within the time of a page, of the file and of the sweep, turned upright where they lie on their side, and handed on
 * as the lines and tables that a PDF page gives. What could not be read is told, page by page.
 */
import { limits } from '../limits.js';
import type { Block, ProblemCode } from '../model.js';
import type { ExtractContext, OcrBudget } from '../parts.js';
import { FileProblem } from '../problem.js';
import { type Raster, shrink, turn } from './image-raster.js';
import { withoutRules } from './image-rules.js';
import { loadOcr, type OcrPage } from './ocr-engine.js';
import { pageRanges } from './page-ranges.js';
import { type LoadedPage, PdfFlow } from './pdf-flow.js';
import { joinRuns } from './pdf-layout.js';
import { findPieces, textOf } from './pdf-table.js';

/** A page as a picture, made when its turn has come. */
export interface PagePicture {
  readonly page: number;
  make(): Raster | Promise<Raster>;
  /** Text of the page that is read already: lines that stand in it are not handed on a second time. */
  readonly known?: string;
}

/** Below this the page may lie another way up. */
const CONFIDENT_MIN = 45;
/** Below this it is hardly legible. */
const CONFIDENCE_MIN = 40;
/** Quarter turns to the right, in the order in which they are tried. */
const TURNS = [0, 1, 3, 2];
/** Too few characters to tell from specks. */
const SYMBOLS_MIN = 8;
/** Where a picture does not tell, the engine takes it for one at this. */
const DPI_MIN = 70;
/** How a place that OCR read is told from others (Where.part). */
const PART = 'ocr';
/** Lines of a table, and their share of a page's. */
const TABLE_LINES_MIN = 3;
const TABLE_SHARE = 0.6;
/** Pages that are held before they are handed on; a table does not go on beyond them. */
const PAGES_HELD = 50;

export class OcrReading {
  readonly #context: ExtractContext;
  readonly #budget: OcrBudget;
  readonly #told = new Map<string, { readonly code: ProblemCode; readonly detail: string; readonly pages: number[] }>();

  constructor(context: ExtractContext, budget: OcrBudget) {
    this.#context = context;
    this.#budget = budget;
  }

  async *blocks(pictures: Iterable<PagePicture>, pages: number): AsyncIterable<Block> {
    let held: LoadedPage[] = [];
    for (const picture of pictures) {
      const lines = await this.#read(picture);
      if (lines.length > 0) held.push({ page: picture.page, lines: [lines], blocks: [] });
      if (held.length < PAGES_HELD) continue;
      yield* flow(held);
      held = [];
    }
    yield* flow(held);
    for (const { code, detail, pages: numbers } of this.#told.values())
      this.#context.problem(code, pages === 1 ? detail : `${pageRanges(numbers)} of ${pages}: ${detail}`);
  }

  async #read(picture: PagePicture): Promise<LoadedPage['lines'][number]> {
    const { page } = picture;
    const now = Date.now();
    if (now > this.#budget.sweepEndMs) return this.#tell(page, 'timed-out', "the sweep's time for OCR was used up");
    if (now > this.#budget.fileEndMs) return this.#tell(page, 'needs-ocr', `${limits.ocrFileMsMax / 60_000} minutes of OCR were used up`);
    try {
      const raster = shrink(await picture.make(), limits.ocrPixelsMax);
      const read = await recogniseUpright(withoutRules(raster), this.#budget.fileEndMs);
      if (read.symbols >= SYMBOLS_MIN && read.confidence < CONFIDENCE_MIN) this.#tell(page, 'needs-ocr', 'hardly legible');
      return withoutKnown(read.lines, picture.known ?? '');
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      // Time that one page takes is the same in the next sweep: that is not told as a time-out, which would be tried again.
      if (error.code === 'timed-out') return this.#tell(page, 'needs-ocr', `OCR took longer than ${limits.ocrPageMsMax / 1000} s`);
      return this.#tell(page, error.code, error.detail);
    }
  }

  #tell(page: number, code: ProblemCode, detail: string): [] {
    const key = `${code} ${detail}`;
    const told = this.#told.get(key);
    if (told) told.pages.push(page);
    else this.#told.set(key, { code, detail, pages: [page] });
    return [];
  }
}

/** Tries the other ways up where the first leaves doubt: over text on its side the engine is slow, and finds little. Each way has the time of a page. */
async function recogniseUpright(raster: Raster, endMs: number): Promise<OcrPage> {
  let best: OcrPage | null = null;
  for (const times of TURNS) {
    if (Date.now() > endMs) break;
    try {
      const page = await recognise(turn(raster, times));
      if (!best || (page.symbols >= SYMBOLS_MIN && page.confidence > best.confidence)) best = page;
      if (best.confidence >= CONFIDENT_MIN || best.symbols < SYMBOLS_MIN) break;
    } catch (error) {
      if (!(error instanceof FileProblem) || error.code !== 'timed-out') throw error;
    }
  }
  if (!best) throw new FileProblem('timed-out', 'OCR took too long');
  return best;
}

async function recognise(raster: Raster): Promise<OcrPage> {
  const engine = await loadOcr();
  return engine.recognise({ ...raster, dpi: Math.max(DPI_MIN, Math.round(raster.dpi)) }, Date.now() + limits.ocrPageMsMax);
}

function withoutKnown(lines: LoadedPage['lines'][number], known: string): LoadedPage['lines'][number] {
  if (known === '') return lines;
  const text = known.replaceAll(/\s/gu, '');
  return lines.filter((line) => !text.includes(joinRuns(line.runs).replaceAll(/\s/gu, '')));
}

/** A page is a table when most of its lines stand in one; pieces of tables between lines of text are chance, for boxes of characters are uneven. */
function* flow(pages: readonly LoadedPage[]): Iterable<Block> {
  for (let at = 0; at < pages.length; ) {
    const tables = isTable(pages[at]!);
    let end = at + 1;
    while (tables && end < pages.length && isTable(pages[end]!)) end += 1;
    if (tables) yield* tablesOf(pages.slice(at, end));
    else {
      const { page, lines } = pages[at]!;
      yield { kind: 'text', where: { page, line: 1, part: PART }, text: lines.map(textOf).join('\n') };
    }
    at = end;
  }
}

function isTable({ lines }: LoadedPage): boolean {
  const [all = []] = lines;
  const largest = Math.max(0, ...findPieces(all).map((piece) => (piece.kind === 'table' ? piece.lines.length : 0)));
  return largest >= TABLE_LINES_MIN && largest >= TABLE_SHARE * all.length;
}

function* tablesOf(pages: readonly LoadedPage[]): Iterable<Block> {
  let next = 0;
  for (const block of new PdfFlow(() => pages[next++] ?? null).blocks()) yield { ...block, where: { ...block.where, part: PART } };
}
