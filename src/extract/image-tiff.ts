/**
 * The pages of a TIFF file (TIFF 6.0): how large each one is, and the file once more with that page first, since the decoder reads only the first.
 * It decodes no pixels.
 */
import { FileProblem } from '../problem.js';

export interface TiffPage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerPixel: number;
  /** Of its directory. */
  readonly offset: number;
}

/** Tags and types of TIFF 6.0, sections 2 and 8. */
const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const BITS_PER_SAMPLE = 258;
const SAMPLES_PER_PIXEL = 277;
const SHORT = 3;
const LONG = 4;
const FIRST_DIRECTORY = 4;
const ENTRY_BYTES = 12;

/** At most `pagesMax` pages and whether there are more. Throws FileProblem('damaged') when there is not one. */
export function tiffPages(content: Buffer, pagesMax: number): { readonly pages: TiffPage[]; readonly more: boolean } {
  const little = content[0] === 0x49;
  const short = (at: number): number => (little ? content.readUInt16LE(at) : content.readUInt16BE(at));
  const long = (at: number): number => (little ? content.readUInt32LE(at) : content.readUInt32BE(at));
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let more = false;
  for (let at = content.length >= 8 ? long(FIRST_DIRECTORY) : 0; at !== 0 && at + 2 <= content.length && !seen.has(at); ) {
    if (pages.length >= pagesMax) {
      more = true;
      break;
    }
    seen.add(at);
    const count = short(at);
    const end = at + 2 + count * ENTRY_BYTES;
    if (end > content.length) break;
    const values = new Map<number, number>();
    for (let entry = at + 2; entry < end; entry += ENTRY_BYTES) {
      const type = short(entry + 2);
      // Values that do not fit into the entry stand elsewhere; of the sizes asked for only the bits of several samples do, which are 8 as a rule.
      const fits = long(entry + 4) === 1 && (type === SHORT || type === LONG);
      if (fits) values.set(short(entry), type === SHORT ? short(entry + 8) : long(entry + 8));
    }
    const samples = values.get(SAMPLES_PER_PIXEL) ?? 1;
    const bits = values.get(BITS_PER_SAMPLE) ?? (samples > 1 ? 8 : 1);
    pages.push({
      widthPx: values.get(IMAGE_WIDTH) ?? 0,
      heightPx: values.get(IMAGE_LENGTH) ?? 0,
      bitsPerPixel: bits * samples,
      offset: at,
    });
    at = end + 4 <= content.length ? long(end) : 0;
  }
  if (pages.length === 0) throw new FileProblem('damaged', 'TIFF without pages');
  return { pages, more };
}

/** The same file with this page first. */
export function withFirstPage(content: Buffer, page: TiffPage): Buffer {
  const copy = Buffer.from(content);
  if (content[0] === 0x49) copy.writeUInt32LE(page.offset, FIRST_DIRECTORY);
  else copy.writeUInt32BE(page.offset, FIRST_DIRECTORY);
  return copy;
}
