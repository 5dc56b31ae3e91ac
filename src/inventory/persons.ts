/**
 * Persons by their keyed ids: kept per content as sorted runs, counted without double counting over any set of contents.
 * Ids are unsigned 64-bit numbers, their two lowest bits the basis (PERSON_BASES); nothing here can be turned back into a person.
 */
import { PERSON_BASES, type PersonChunk, type PersonCounts } from '../model.js';
import { blobOf } from './database.js';
import type { Store } from './store.js';

/** Ids held in memory at once while counting; more are counted in several passes over ranges of ids. */
const IDS_AT_ONCE = 8_000_000;

/** Chunks kept in memory until their file is done; what comes beyond goes into the database under its token. */
const HELD_BYTES_MAX = 8 * 1024 * 1024;

interface Chunk {
  readonly run: number;
  readonly seq: number;
  readonly ids: PersonChunk;
}

/** Contents whose persons are read by one query, as long as they are not more than this. */
const BATCH_CONTENTS = 500;
const BATCH_BYTES_MAX = 16 * 1024 * 1024;

interface Batch {
  readonly contents: readonly number[];
  /** Of persons, at most: those of contents in between are counted too. */
  readonly bytes: number;
}

/** A sorted run of ids of one content. */
export interface Part {
  readonly content: number;
  readonly ids: BigUint64Array<ArrayBuffer>;
}

/** What came so far of a file that is being examined. */
interface Held {
  chunks: Chunk[];
  /** Whether a part of it is in the database. */
  spilled: boolean;
}

export class Persons {
  private nextToken = -1;
  private readonly held = new Map<number, Held>();
  private heldBytes = 0;

  constructor(private readonly store: Store) {}

  /** A token for the persons of a file that is being examined; they become the file's with `assign`, or vanish with `drop`. */
  hold(): number {
    const token = this.nextToken--;
    this.held.set(token, { chunks: [], spilled: false });
    return token;
  }

  /** Adds one chunk of a sorted run. A chunk of the same place takes the place of the earlier one. */
  add(token: number, run: number, seq: number, ids: PersonChunk): void {
    const held = this.held.get(token) ?? { chunks: [], spilled: false };
    this.held.set(token, held);
    this.keepHeld(held, (chunk) => chunk.run !== run || chunk.seq !== seq);
    if (this.heldBytes + ids.length <= HELD_BYTES_MAX) {
      held.chunks.push({ run, seq, ids });
      this.heldBytes += ids.length;
      return;
    }
    held.spilled = true;
    this.insert(token, { run, seq, ids });
  }

  assign(token: number, content: number): void {
    const held = this.held.get(token);
    if (held?.spilled) this.store.write('UPDATE person SET content=? WHERE content=?', content, token);
    for (const chunk of held?.chunks ?? []) this.insert(content, chunk);
    this.forget(token);
  }

  /** Only the first `runs` runs are of the reader that was believed in the end. */
  keepRuns(token: number, runs: number): void {
    const held = this.held.get(token);
    if (!held) return;
    this.keepHeld(held, (chunk) => chunk.run < runs);
    if (held.spilled) this.store.write('DELETE FROM person WHERE content=? AND run>=?', token, runs);
  }

  /** What a killed sweep left behind. */
  dropAllHeld(): void {
    this.store.write('DELETE FROM person WHERE content<0');
  }

  drop(token: number): void {
    if (this.held.get(token)?.spilled) this.store.write('DELETE FROM person WHERE content=?', token);
    this.forget(token);
  }

  /** Distinct persons of these contents (ids may repeat and may be tokens). */
  count(contents: Iterable<number>): PersonCounts {
    const batches = this.batchesOf([...new Set(contents)].sort((a, b) => a - b));
    const total = batches.reduce((sum, batch) => sum + batch.bytes / 8, 0);
    const passes = Math.max(1, Math.ceil(total / IDS_AT_ONCE));
    const counts = [0, 0, 0, 0];
    for (let pass = 0; pass < passes; pass++) this.countRange(batches, pass, passes, counts);
    return Object.fromEntries(PERSON_BASES.map((basis, i) => [basis, counts[i]!])) as PersonCounts;
  }

  /** Ids of these contents (each once, in order) piece by piece: a content may come several times, an id in any of them. */
  *each(contents: readonly number[]): Generator<Part> {
    yield* this.parts(this.batchesOf(contents));
  }

  /** How many ids `each` gives, at most. */
  idsAtMost(contents: readonly number[]): number {
    return this.batchesOf(contents).reduce((sum, batch) => sum + batch.bytes / 8, 0);
  }

  private insert(content: number, { run, seq, ids }: Chunk): void {
    this.store.write('INSERT OR REPLACE INTO person(content, run, seq, ids) VALUES (?,?,?,?)', content, run, seq, ids);
  }

  private keepHeld(held: Held, wanted: (chunk: Chunk) => boolean): void {
    const kept = held.chunks.filter(wanted);
    this.heldBytes += bytesOf(kept) - bytesOf(held.chunks);
    held.chunks = kept;
  }

  private forget(token: number): void {
    const held = this.held.get(token);
    if (held) this.keepHeld(held, () => false);
    this.held.delete(token);
  }

  /** Neighbours in the order of ids are read together, as long as not much lies between them that isn't wanted. */
  private batchesOf(sorted: readonly number[]): Batch[] {
    const sum = this.store.prepare('SELECT coalesce(sum(length(ids)), 0) AS bytes FROM person WHERE content BETWEEN ? AND ?');
    const batches: Batch[] = [];
    for (let at = 0; at < sorted.length; ) {
      let end = at + 1;
      while (end < sorted.length && end - at < BATCH_CONTENTS && sorted[end]! - sorted[at]! < 2 * BATCH_CONTENTS) end++;
      const contents = sorted.slice(at, end);
      const { bytes } = sum.get(contents[0]!, contents.at(-1)!) as { bytes: number };
      const held = contents.reduce((total, content) => total + bytesOf(this.held.get(content)?.chunks ?? []), 0);
      batches.push({ contents, bytes: Number(bytes) + held });
      at = end;
    }
    return batches;
  }

  private *parts(batches: readonly Batch[]): Generator<Part> {
    const rows = this.store.prepare('SELECT content, ids FROM person WHERE content BETWEEN ? AND ?');
    for (const { contents, bytes } of batches) {
      for (const content of contents) for (const { ids } of this.held.get(content)?.chunks ?? []) yield { content, ids: aligned(ids) };
      if (bytes > BATCH_BYTES_MAX) {
        yield* this.largeParts(contents);
        continue;
      }
      const wanted = new Set(contents);
      for (const { content, ids } of rows.all(contents[0]!, contents.at(-1)!) as { content: number; ids: Uint8Array }[]) {
        if (wanted.has(content)) yield { content, ids: aligned(blobOf(ids)!) };
      }
    }
  }

  /** One chunk at a time, so that a file with very many persons does not have to fit into memory. */
  private *largeParts(contents: readonly number[]): Generator<Part> {
    const keys = this.store.prepare('SELECT run, seq FROM person WHERE content=?');
    const chunk = this.store.prepare('SELECT ids FROM person WHERE content=? AND run=? AND seq=?');
    for (const content of contents) {
      for (const { run, seq } of keys.all(content) as { run: number; seq: number }[]) {
        yield { content, ids: aligned((chunk.get(content, run, seq) as { ids: Uint8Array }).ids) };
      }
    }
  }

  private countRange(batches: readonly Batch[], pass: number, passes: number, counts: number[]): void {
    const span = 0x1_0000_0000 / passes;
    const from = pass * span;
    const below = (pass + 1) * span;
    let ids = new BigUint64Array(1024);
    let length = 0;
    for (const { ids: part } of this.parts(batches)) {
      const high = new Uint32Array(part.buffer, part.byteOffset, part.length * 2);
      for (let i = 0; i < part.length; i++) {
        const top = high[2 * i + 1]!;
        if (top < from || top >= below) continue;
        if (length === ids.length) ids = grow(ids);
        ids[length++] = part[i]!;
      }
    }
    countDistinct(ids.subarray(0, length).sort(), counts);
  }
}

function bytesOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { ids }) => sum + ids.length, 0);
}

/** Adds to `counts` (by basis) how many different ids stand in this sorted list. */
export function countDistinct(sorted: BigUint64Array, counts: number[]): void {
  const low = new Uint32Array(sorted.buffer, sorted.byteOffset, sorted.length * 2);
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    const basis = low[2 * i]! & 3;
    counts[basis] = counts[basis]! + 1;
  }
}

function grow(ids: BigUint64Array<ArrayBuffer>): BigUint64Array<ArrayBuffer> {
  const larger = new BigUint64Array(ids.length * 2);
  larger.set(ids);
  return larger;
}

/** A blob may lie at any address; a view of 64-bit numbers needs a multiple of eight. */
function aligned(bytes: Uint8Array): BigUint64Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length - (bytes.length % 8));
  copy.set(bytes.subarray(0, copy.length));
  return new BigUint64Array(copy.buffer);
}
