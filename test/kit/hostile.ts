/** Damages a file in many small ways and sees that its reader takes it: what is wrong is told or thrown as the file's problem, nothing else happens. */
import type { Extractor } from '../../src/parts.js';
import { FileProblem } from '../../src/problem.js';
import { readBlocks } from './read-blocks.js';

/** Cuts the file and flips bytes in it at `places` places; returns every error that is not a FileProblem. */
export async function errorsOfDamaged(extractor: Extractor, bytes: Buffer, places = 40): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (let place = 0; place < places; place++) {
    const at = Math.floor((bytes.length * place) / places);
    const flipped = Buffer.from(bytes);
    flipped[at] = flipped[at]! ^ (1 << (place & 7));
    for (const damaged of [bytes.subarray(0, at), flipped]) {
      try {
        await readBlocks(extractor, damaged);
      } catch (error) {
        if (!(error instanceof FileProblem)) errors.push(error);
      }
    }
  }
  return errors;
}
