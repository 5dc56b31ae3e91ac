/**
 * Runs of NULs in a text: what a crash or a full disk leaves where the rest of a file should stand. Short ones are padding of host files and
 * none of its business.
 */
import type { ExtractContext } from '../parts.js';

/** Longer than any padded field of a host file that we know of; a cluster of a disk has at least 512 bytes. */
export const HOLE_CHARS = 256;

const HOLE = '\0'.repeat(HOLE_CHARS);
const HOLES = new RegExp(`\\0{${HOLE_CHARS},}`, 'g');

/** The pieces with each hole as a line end, so that what stands around it is read; tells that something is missing. */
export function* overHoles(pieces: Iterable<string>, context: ExtractContext): Generator<string> {
  let holes = 0;
  for (const piece of pieces) {
    if (!piece.includes(HOLE)) yield piece;
    else {
      holes++;
      yield piece.replaceAll(HOLES, '\n');
    }
  }
  if (holes > 0) context.problem('damaged', 'text: NULs stand where text is missing');
}

/** The sample without the hole at its end; a file that holds nothing else is left as it is. */
export function beforeHole(sample: Buffer): Buffer {
  let end = sample.length;
  while (end > 0 && sample[end - 1] === 0) end--;
  // An even end keeps both halves of a UTF-16 unit.
  return sample.length - end >= HOLE_CHARS && end > 0 ? sample.subarray(0, end + (end & 1)) : sample;
}
