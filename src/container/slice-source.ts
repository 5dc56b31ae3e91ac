/** A stretch of another source as a source of its own, without copying: entries that lie unpacked in their container. */
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';

/** `sizeBytes` from `start`; where the outer source ends before, reads are shorter. */
export function sliceSource(outer: Source, name: string, start: number, sizeBytes: number): Source {
  const read = (offset: number, length: number): Buffer => {
    const from = Math.min(offset, sizeBytes);
    return outer.read(start + from, Math.min(length, sizeBytes - from));
  };
  return {
    name,
    sizeBytes,
    read,
    whole() {
      if (sizeBytes > limits.wholeBytesMax) throw new FileProblem('too-large', `entry of ${sizeBytes} bytes`);
      return read(0, sizeBytes);
    },
    *chunks() {
      for (let offset = 0; offset < sizeBytes; offset += limits.chunkBytes) {
        const piece = read(offset, limits.chunkBytes);
        if (piece.length === 0) return;
        yield piece;
      }
    },
  };
}
