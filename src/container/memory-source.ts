/** A file that lies in memory, as a Source: members of containers and tests. It never touches a disk. */
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import type { FileProblem } from '../problem.js';

/** The bytes are not copied: the caller leaves them unchanged as long as the source is used. */
export function memorySource(name: string, bytes: Buffer): Source {
  return {
    name,
    sizeBytes: bytes.length,
    read: (offset, length) => bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)),
    whole: () => bytes,
    *chunks() {
      for (let offset = 0; offset < bytes.length; offset += limits.chunkBytes) yield bytes.subarray(offset, offset + limits.chunkBytes);
    },
  };
}

/** What a container lists but can't give: whoever reads it is told why. */
export function closedSource(name: string, sizeBytes: number, reason: FileProblem): Source {
  const refuse = (): never => {
    throw reason;
  };
  return { name, sizeBytes, read: refuse, whole: refuse, chunks: refuse };
}
