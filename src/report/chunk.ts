/** Joins a report's lines to pieces worth one write, so that a million files cost neither a million writes nor one huge string. */

const CHUNK_CHARS = 64 * 1024;

export function* inChunks(lines: Iterable<string>): Generator<string> {
  let pending: string[] = [];
  let chars = 0;
  for (const line of lines) {
    pending.push(line);
    chars += line.length;
    if (chars < CHUNK_CHARS) continue;
    yield pending.join('');
    pending = [];
    chars = 0;
  }
  if (pending.length > 0) yield pending.join('');
}
