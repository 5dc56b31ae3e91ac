/** Unpacks the RTF of Outlook items (MS-OXRTFCP 2.1). It reads no RTF. */
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';

const HEADER_BYTES = 16;
const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const WINDOW_BYTES = 4096;
/** 2.1.3.1.2: what the window holds before the first byte. */
const PRESET =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial' +
  'Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** Throws FileProblem('damaged' | 'too-large'). */
export function unpackRtf(packed: Buffer): Buffer {
  if (packed.length < HEADER_BYTES) throw new FileProblem('damaged', 'msg: compressed RTF');
  const sizeBytes = packed.readUInt32LE(4);
  const kind = packed.readUInt32LE(8);
  if (sizeBytes > limits.entryBytesMax) throw new FileProblem('too-large', `msg: RTF of ${sizeBytes} bytes`);
  if (kind === UNCOMPRESSED) return packed.subarray(HEADER_BYTES, HEADER_BYTES + sizeBytes);
  if (kind !== COMPRESSED) throw new FileProblem('damaged', 'msg: compressed RTF');
  return decode(packed, sizeBytes);
}

/** A byte of eight flags, then eight literals or references of two bytes: offset in the window (12 bits), length less 2 (4 bits). */
function decode(packed: Buffer, sizeBytes: number): Buffer {
  const window = Buffer.alloc(WINDOW_BYTES, ' ');
  window.write(PRESET, 'latin1');
  let writeAt = PRESET.length;
  // A reference gives at most 17 bytes from two: what is stated beyond that can't come.
  const out = Buffer.alloc(Math.min(sizeBytes, packed.length * 9));
  let length = 0;
  const put = (byte: number): void => {
    out[length++] = byte;
    window[writeAt] = byte;
    writeAt = (writeAt + 1) % WINDOW_BYTES;
  };
  for (let at = HEADER_BYTES; at < packed.length && length < out.length; ) {
    const flags = packed[at++]!;
    for (let bit = 0; bit < 8 && at < packed.length && length < out.length; bit++) {
      if ((flags & (1 << bit)) === 0) {
        put(packed[at++]!);
        continue;
      }
      if (at + 2 > packed.length) return out.subarray(0, length);
      const reference = packed.readUInt16BE(at);
      at += 2;
      // A reference to the place that is written next ends the text.
      if (reference >> 4 === writeAt) return out.subarray(0, length);
      for (let i = 0, from = reference >> 4; i < (reference & 15) + 2 && length < out.length; i++) put(window[(from + i) % WINDOW_BYTES]!);
    }
  }
  return out.subarray(0, length);
}
