/**
 * Looks over what a PDF page draws, without reading it: pictures that only OCR can read, and text that PDFium's own text page leaves out.
 */
import type { Glyphs } from './pdf-layout.js';
import type { Pdfium } from './pdfium.js';
import { holdsPage } from './picture-size.js';

export interface PageSurvey {
  /** Something is shown that only OCR can read. */
  readonly picture: boolean;
  /** PDFium leaves out text of this page that is there. */
  readonly lossy: boolean;
  /** Those of the left out text objects that have a height: they can be widened. */
  readonly narrow: readonly number[];
}

/** FPDF_PAGEOBJ_*, public/fpdf_edit.h. */
const OBJECT_TEXT = 1;
const OBJECT_PATH = 2;
const OBJECT_IMAGE = 3;
const OBJECT_FORM = 5;
/** Characters on a picture from which on it has a text layer. */
const LAYER_CHARS_MIN = 20;
/** Drawn outlines from which on a page without characters may be text turned into curves. */
const OUTLINES_MIN = 100;
const OBJECTS_MAX = 50_000;
const FORM_DEPTH_MAX = 4;
/** Points; PDFium's text page takes a text object of no width for empty (cpdf_textpage.cpp). */
const WIDTH_MIN = 0.01;
/** Five points of height, less than any character that is read has, give the width that PDFium asks for. */
const SLANT = 0.002;
/** Fonts for which PDFium has a substitute with metrics: without a size, text in them is spaces. */
const LATIN_FONT = /^(?:[A-Z]{6}\+)?(?:Helvetica|Courier|Times|Symbol|ZapfDingbats|Arial|Verdana|Calibri|Cambria|Georgia|Tahoma)/i;
const FONT_NAME_BYTES = 256;
/** From here on characters are East Asian: on a page without any, text of no size in a font of an unknown name is taken for spaces. */
const FIRST_WIDE = 0x2e80;

/**
 * In Japanese fonts that are not embedded PDFium knows advances but no glyphs: a text object has no size where it is one character, and no width
 * where it is set vertically or drawn turned. Such objects are missing in its text page. In an embedded font they are spaces.
 * `scratch` is 16 bytes of the instance's memory.
 */
export function surveyPage(pdfium: Pdfium, page: number, glyphs: Glyphs, scratch: number): PageSurvey {
  const survey = new Survey(pdfium, glyphs, scratch);
  survey.look(pdfium.FPDFPage_CountObjects(page), (index) => pdfium.FPDFPage_GetObject(page, index), 0);
  return { picture: survey.picture, lossy: survey.lossy, narrow: survey.narrow };
}

/**
 * Slants text objects of no width a little, so that they have one: then PDFium's text page, loaded anew, has them too. At the top of a page
 * that moves them by less than two points.
 */
export function widen(pdfium: Pdfium, objects: readonly number[]): void {
  for (const object of objects) pdfium.FPDFPageObj_Transform(object, 1, 0, SLANT, 1, 0, 0);
}

class Survey {
  readonly #pdfium: Pdfium;
  readonly #glyphs: Glyphs;
  readonly #scratch: number;
  #objects = 0;
  #texts = 0;
  #points = 0;
  readonly narrow: number[] = [];
  #picture = false;
  #outlines = 0;

  constructor(pdfium: Pdfium, glyphs: Glyphs, scratch: number) {
    this.#pdfium = pdfium;
    this.#glyphs = glyphs;
    this.#scratch = scratch;
  }

  get picture(): boolean {
    return this.#picture || (this.#glyphs.count === 0 && this.#outlines >= OUTLINES_MIN);
  }

  get lossy(): boolean {
    if (this.narrow.length > 0 || this.#points === 0) return this.narrow.length > 0;
    return this.#points > this.#texts / 2 || this.#glyphs.codes.subarray(0, this.#glyphs.count).some((code) => code >= FIRST_WIDE);
  }

  look(count: number, get: (index: number) => number, depth: number): void {
    const pdfium = this.#pdfium;
    for (let index = 0; index < count && this.#objects < OBJECTS_MAX; index += 1) {
      this.#objects += 1;
      const object = get(index);
      const type = pdfium.FPDFPageObj_GetType(object);
      if (type === OBJECT_PATH) this.#outlines += 1;
      else if (type === OBJECT_TEXT) this.#lookAtText(object);
      else if (type === OBJECT_IMAGE) this.#picture ||= this.#isLarge(object) && this.#charsOn(object, depth) < LAYER_CHARS_MIN;
      else if (type === OBJECT_FORM && depth < FORM_DEPTH_MAX) {
        this.look(pdfium.FPDFFormObj_CountObjects(object), (inner) => pdfium.FPDFFormObj_GetObject(object, inner), depth + 1);
      }
    }
  }

  #lookAtText(object: number): void {
    this.#texts += 1;
    const [left = 0, bottom = 0, right = 1, top = 0] = this.#bounds(object);
    if (right - left >= WIDTH_MIN || this.#hasGlyphs(this.#pdfium.FPDFTextObj_GetFont(object))) return;
    if (top - bottom < WIDTH_MIN) this.#points += 1;
    else this.narrow.push(object);
  }

  #hasGlyphs(font: number): boolean {
    const pdfium = this.#pdfium;
    if (font === 0 || pdfium.FPDFFont_GetIsEmbedded(font) === 1) return true;
    const at = pdfium.malloc(FONT_NAME_BYTES);
    try {
      const sizeBytes = Math.min(pdfium.FPDFFont_GetBaseFontName(font, at, FONT_NAME_BYTES), FONT_NAME_BYTES);
      return LATIN_FONT.test(Buffer.from(pdfium.memory.buffer, at, Math.max(0, sizeBytes - 1)).toString('latin1'));
    } finally {
      pdfium.free(at);
    }
  }

  #isLarge(image: number): boolean {
    if (!this.#pdfium.FPDFImageObj_GetImagePixelSize(image, this.#scratch, this.#scratch + 4)) return false;
    const size = new DataView(this.#pdfium.memory.buffer, this.#scratch, 8);
    return holdsPage({ widthPx: size.getUint32(0, true), heightPx: size.getUint32(4, true) });
  }

  /** Characters whose middle lies on the object; inside a form, whose places are its own, all of the page's. */
  #charsOn(object: number, depth: number): number {
    const { count, lefts, rights, bottoms, tops } = this.#glyphs;
    if (depth > 0) return count;
    const [left = 0, bottom = 0, right = 0, top = 0] = this.#bounds(object);
    let inside = 0;
    for (let index = 0; index < count; index += 1) {
      const x = (lefts[index]! + rights[index]!) / 2;
      const y = (bottoms[index]! + tops[index]!) / 2;
      if (x >= left && x <= right && y >= bottom && y <= top) inside += 1;
    }
    return inside;
  }

  /** Left, bottom, right, top; empty where PDFium knows none. Valid until the next call. */
  #bounds(object: number): Float32Array {
    const at = this.#scratch;
    const known = this.#pdfium.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12);
    return new Float32Array(this.#pdfium.memory.buffer, at, known ? 4 : 0);
  }
}
