/** Draws one page of an open PDF in shades of grey, for OCR: at the resolution of a good scan, smaller where the page is very large. */
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import type { Raster } from './image-raster.js';
import type { Pdfium } from './pdfium.js';

const DPI = 300;
const POINTS_PER_INCH = 72;
/** FPDFBitmap_Gray, FPDF_ANNOT and FPDF_GRAYSCALE of public/fpdfview.h. */
const BITMAP_GREY = 1;
const WITH_ANNOTATIONS = 0x01;
const GREYSCALE = 0x08;
const WHITE = 0xffffffff;

/** Throws FileProblem('damaged' | 'too-large'). */
export function renderPage(pdfium: Pdfium, page: number): Raster {
  const width = pdfium.FPDF_GetPageWidthF(page);
  const height = pdfium.FPDF_GetPageHeightF(page);
  if (!(width > 0 && height > 0)) throw new FileProblem('damaged', 'a page without a size');
  const scale = Math.min(DPI / POINTS_PER_INCH, Math.sqrt(limits.ocrPixelsMax / (width * height)));
  const widthPx = Math.max(1, Math.floor(width * scale));
  const heightPx = Math.max(1, Math.floor(height * scale));
  // A page of no height and endless width is no page.
  if (widthPx * heightPx > 2 * limits.ocrPixelsMax) throw new FileProblem('too-large', 'a page of a size that no paper has');
  const bitmap = pdfium.FPDFBitmap_CreateEx(widthPx, heightPx, BITMAP_GREY, 0, 0);
  if (bitmap === 0) throw new FileProblem('too-large', 'no memory to draw a page');
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, widthPx, heightPx, WHITE);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, widthPx, heightPx, 0, WITH_ANNOTATIONS | GREYSCALE);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    const drawn = new Uint8Array(pdfium.memory.buffer, pdfium.FPDFBitmap_GetBuffer(bitmap), stride * heightPx);
    const grey = new Uint8Array(widthPx * heightPx);
    for (let y = 0; y < heightPx; y += 1) grey.set(drawn.subarray(y * stride, y * stride + widthPx), y * widthPx);
    return { widthPx, heightPx, dpi: scale * POINTS_PER_INCH, grey };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}
