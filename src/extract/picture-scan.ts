/** Counts pictures as large as a page in a stream that holds pictures among other things, by the first bytes of PNG and JPEG files. */
import { holdsPage, PICTURE_HEAD_BYTES, pictureSize } from './picture-size.js';

const SIGNS = [Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('ffd8ff', 'hex')];
const LOOKS_MAX = 10_000;

export function countLargePictures(stream: Buffer): number {
  let large = 0;
  for (const sign of SIGNS) {
    let looks = 0;
    for (let at = stream.indexOf(sign); at >= 0 && looks < LOOKS_MAX; at = stream.indexOf(sign, at + sign.length), looks++) {
      const size = pictureSize(stream.subarray(at, at + PICTURE_HEAD_BYTES));
      if (size && holdsPage(size) && size.widthPx < 65_536 && size.heightPx < 65_536) large++;
    }
  }
  return large;
}
