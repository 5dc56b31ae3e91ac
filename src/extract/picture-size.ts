/** How many pixels a picture has, by the first bytes of its file alone; null for what is no PNG, JPEG, GIF, BMP. It decodes nothing. */

export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A picture of at least this many pixels can hold a page of text (CONTRACT.md). */
const PAGE_WIDTH_PX = 600;
const PAGE_HEIGHT_PX = 400;

/** The bytes that `pictureSize` needs at most: the size of a JPEG stands behind its metadata, of which each piece takes up to 64 KB. */
export const PICTURE_HEAD_BYTES = 256 * 1024;

export function holdsPage(size: PictureSize): boolean {
  return size.widthPx >= PAGE_WIDTH_PX && size.heightPx >= PAGE_HEIGHT_PX;
}

export function pictureSize(head: Buffer): PictureSize | null {
  if (head.length < 26) return null;
  if (head.readUInt32BE(0) === 0x89504e47) return { widthPx: head.readUInt32BE(16), heightPx: head.readUInt32BE(20) };
  if (head.readUInt16BE(0) === 0xffd8) return jpegSize(head);
  const mark = head.toString('latin1', 0, 4);
  if (mark === 'GIF8') return { widthPx: head.readUInt16LE(6), heightPx: head.readUInt16LE(8) };
  if (mark.startsWith('BM')) return { widthPx: Math.abs(head.readInt32LE(18)), heightPx: Math.abs(head.readInt32LE(22)) };
  return null;
}

/** Frame headers are the markers C0 to CF but for C4, C8 and CC (ITU-T T.81, table B.1). */
function jpegSize(head: Buffer): PictureSize | null {
  let at = 2;
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { widthPx: head.readUInt16BE(at + 7), heightPx: head.readUInt16BE(at + 5) };
    }
    if (marker === 0xff) at += 1;
    else at += 2 + head.readUInt16BE(at + 2);
  }
  return null;
}
