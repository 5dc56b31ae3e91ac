/** How a camera was held: the orientation that a JPEG's Exif part tells (Exif 2.3, tag 274), 1 to 8; 1 is upright. */

const ORIENTATION = 0x0112;
/** The Exif part stands among the first ones. */
const HEAD_BYTES = 4096;

export function orientationOf(content: Buffer): number {
  if (content.length < 2 || content.readUInt16BE(0) !== 0xffd8) return 1;
  const head = content.subarray(0, HEAD_BYTES);
  const exif = head.indexOf('Exif\0\0', 0, 'latin1');
  const start = exif + 6;
  if (exif < 0 || start + 8 > head.length) return 1;
  const little = head[start] === 0x49;
  const short = (at: number): number => (at + 2 > head.length ? 0 : little ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const directory = start + (little ? head.readUInt32LE(start + 4) : head.readUInt32BE(start + 4));
  const count = short(directory);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > head.length) break;
    if (short(at) !== ORIENTATION) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
