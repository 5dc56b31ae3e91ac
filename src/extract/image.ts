/**
 * Reads pictures of pages (scans, faxes, photographs) by OCR when that was asked for; without it, tells that they need it.
 * A picture's size is known from its first bytes before anything is decoded.
 */
import { limits } from '../limits.js';
import type { Block, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { orientationOf } from './image-orientation.js';
import { type TiffPage, tiffPages, withFirstPage } from './image-tiff.js';
import { OcrReading, type PagePicture } from './ocr.js';
import { loadOcr } from './ocr-engine.js';
import { PICTURE_HEAD_BYTES, pictureSize } from './picture-size.js';
import { pictureTexts } from './picture-texts.js';

const UNREAD_HEAD_BYTES = 256 * 1024;

export const imageExtractor: Extractor = { id: 'image', version: 2, formats: ['png', 'jpeg', 'tif', 'bmp'], read };

async function* read(source: Source, context: ExtractContext): AsyncIterable<Block> {
  // A picture that waits for OCR is told as such: of one the beginning will do, where cameras and Windows write.
  const content = context.ocr ? source.whole() : source.read(0, UNREAD_HEAD_BYTES);
  const texts = pictureTexts(content);
  if (texts.length > 0) yield { kind: 'text', where: { part: 'comment' }, text: texts.join('\n') };
  if (!context.ocr) {
    context.problem('needs-ocr', `a picture (${context.format})`);
    return;
  }
  const pictures = context.format === 'tif' ? tiffPictures(content, context) : [onePicture(content)];
  yield* new OcrReading(context, context.ocr).blocks(pictures, pictures.length);
}

function onePicture(content: Buffer): PagePicture {
  const size = pictureSize(content.subarray(0, PICTURE_HEAD_BYTES));
  if (!size) throw new FileProblem('damaged', 'the size of the picture is not told');
  // A decoder makes 32 bits of anything that has colours.
  return { page: 1, make: () => decode(content, size.widthPx, size.heightPx, 32) };
}

function tiffPictures(content: Buffer, context: ExtractContext): PagePicture[] {
  const { pages, more } = tiffPages(content, limits.pagesMax);
  if (more) context.problem('too-large', `more than ${limits.pagesMax} pages`);
  return pages.map((page, index) => ({ page: index + 1, make: () => decodePage(content, page, index) }));
}

function decodePage(content: Buffer, page: TiffPage, index: number) {
  return decode(index === 0 ? content : withFirstPage(content, page), page.widthPx, page.heightPx, page.bitsPerPixel);
}

async function decode(content: Buffer, widthPx: number, heightPx: number, bitsPerPixel: number) {
  const bytes = widthPx * heightPx * (bitsPerPixel > 8 ? 4 : bitsPerPixel / 8);
  if (!(bytes > 0)) throw new FileProblem('damaged', 'the picture has no size');
  if (bytes > limits.ocrPictureBytesMax) throw new FileProblem('too-large', `a picture of ${widthPx} x ${heightPx} pixels`);
  const engine = await loadOcr();
  return engine.decode(content, orientationOf(content));
}
