/**
 * pdf.js, in the copy that pdf-parse brings: its options, its errors, and the characters of single pages with their places, for pages of which
 * PDFium leaves out text. It draws nothing.
 */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import { type Glyphs, makeGlyphs } from './pdf-layout.js';

/** What is used of pdf.js (types/src/display/api.d.ts). */
interface PdfJs {
  getDocument(options: object): { promise: Promise<PdfJsDocument>; destroy(): Promise<void> };
}
interface PdfJsDocument {
  getPage(number: number): Promise<PdfJsPage>;
}
interface PdfJsPage {
  getTextContent(): Promise<{ items: PdfJsItem[]; styles: Record<string, { vertical?: boolean }> }>;
  cleanup(): void;
}
interface PdfJsItem {
  /** Absent in the marks that stand between texts. */
  readonly str?: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly fontName: string;
}

/** PDFium's boxes are as high as the font's, which the layout expects: about a fifth of them lies below the base line. */
const ASCENT = 0.9;
const DESCENT = 0.3;

/** Opens a document. Throws FileProblem('damaged' | 'encrypted'). `glyphs` numbers pages from 1; `close` is to be called in any case. */
export async function loadPdfJs(
  content: Buffer,
  password: string | undefined,
): Promise<{ glyphs(page: number): Promise<Glyphs>; close(): Promise<void> }> {
  const library = (await import(pathToFileURL(join(pdfJsFolder(), 'legacy', 'build', 'pdf.mjs')).href)) as PdfJs;
  // A copy: pdf.js takes the buffer away from its owner. Verbosity 0 is errors alone.
  const task = library.getDocument({
    ...pdfJsOptions(),
    data: new Uint8Array(content),
    verbosity: 0,
    ...(password !== undefined && { password }),
  });
  const close = (): Promise<void> => task.destroy().catch(() => undefined);
  try {
    const document = await task.promise;
    return { glyphs: (page) => readGlyphs(document, page), close };
  } catch (error) {
    await close();
    throw pdfJsProblem(error);
  }
}

async function readGlyphs(document: PdfJsDocument, number: number): Promise<Glyphs> {
  try {
    const page = await document.getPage(number);
    const { items, styles } = await page.getTextContent();
    page.cleanup();
    let chars = 0;
    for (const item of items) chars += item.str?.length ?? 0;
    const glyphs = makeGlyphs(Math.min(chars, limits.pageCharsMax));
    for (const item of items) if (item.str) addItem(glyphs, item, item.str, styles[item.fontName]?.vertical === true);
    return glyphs;
  } catch (error) {
    throw pdfJsProblem(error);
  }
}

/** pdf.js tells the extent of a piece of text alone: its characters share it by their usual widths. */
function addItem(glyphs: Glyphs, item: PdfJsItem, text: string, vertical: boolean): void {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = item.transform;
  const size = Math.hypot(c, d) || Math.hypot(a, b);
  const chars = [...foldVerticalForms(text)];
  const weights = chars.map((char) => (!vertical && isHalfWidth(char) ? 0.5 : 1));
  const unit = (vertical ? item.height : item.width) / weights.reduce((sum, weight) => sum + weight, 0);
  const turn = Math.atan2(b, a);
  let along = 0;
  for (let at = 0; at < chars.length && glyphs.count < glyphs.codes.length; at += 1) {
    const next = along + unit * weights[at]!;
    if (vertical) placeBox(glyphs, turn, x, y, [-size / 2, -next, size / 2, -along]);
    else placeBox(glyphs, turn, x, y, [along, -DESCENT * size, next, ASCENT * size]);
    glyphs.codes[glyphs.count] = chars[at]!.codePointAt(0)!;
    // The layout counts clockwise.
    glyphs.angles[glyphs.count] = -turn;
    glyphs.count += 1;
    along = next;
  }
}

/** The box around a box of the text's own space, turned by `turn` around its origin. */
function placeBox(glyphs: Glyphs, turn: number, x: number, y: number, [left, bottom, right, top]: [number, number, number, number]): void {
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const at = glyphs.count;
  const xs = [left * cos - bottom * sin, right * cos - top * sin, left * cos - top * sin, right * cos - bottom * sin];
  const ys = [left * sin + bottom * cos, right * sin + top * cos, left * sin + top * cos, right * sin + bottom * cos];
  glyphs.lefts[at] = x + Math.min(...xs);
  glyphs.rights[at] = x + Math.max(...xs);
  glyphs.bottoms[at] = y + Math.min(...ys);
  glyphs.tops[at] = y + Math.max(...ys);
}

/** ASCII, Latin and half-width katakana. */
function isHalfWidth(char: string): boolean {
  const code = char.codePointAt(0)!;
  return code < 0x1100 || (code >= 0xff61 && code <= 0xffdc);
}

/** Punctuation turned for vertical writing (U+FE10 and U+FE30 on) becomes what it is in a line. */
export function foldVerticalForms(text: string): string {
  return text.replace(/[\ufe10-\ufe19\ufe30-\ufe48]/g, (char) => char.normalize('NFKC'));
}

/**
 * Without the character maps pdf.js gives no Japanese at all for fonts that are not embedded, and says nothing. They must come from the copy of
 * pdfjs-dist that pdf-parse itself uses: another version's maps may not fit.
 */
export function pdfJsOptions() {
  const folder = pdfJsFolder();
  return {
    cMapUrl: join(folder, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts') + sep,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
  };
}

function pdfJsFolder(): string {
  return dirname(createRequire(createRequire(import.meta.url).resolve('pdf-parse')).resolve('pdfjs-dist/package.json'));
}

/** pdf.js tells what is wrong by the class of its errors; their text may quote the file. */
export function pdfJsProblem(error: unknown): unknown {
  if (error instanceof FileProblem) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new FileProblem('encrypted', 'needs a password to open');
  if (/^(InvalidPDF|Format|Unknown|Response|Abort)(Exception|ErrorException|Error)$/.test(name))
    return new FileProblem('damaged', `pdf.js: ${name}`);
  return error;
}
