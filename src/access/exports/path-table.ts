/**
 * Which access list each of millions of paths has. Distinct lists are held once; of a path no more than 128 bits of its SHA-256 in flat arrays:
 * 20 bytes a slot, at most 42 MB for the first million paths and 335 MB for ten million. SHA-256, because whoever names files could else make
 * two names of one hash. Two lists for one path contradict each other: the path is then known to have no certain one.
 */
import { hash } from 'node:crypto';
import { limits } from '../../limits.js';
import { FileProblem } from '../../problem.js';

/** Stands for a list that can't be told: `reason` says why, in English. */
export interface NoList {
  readonly reason: string;
}

/** What the reader of a form gives: one path, in the form that export-path.ts makes, with its list as it stands in the export. */
export interface ExportedList {
  readonly path: string;
  /** SDDL, or the body of a block of getfacl. */
  readonly list: string | NoList;
}

const SLOTS_MIN = 1024;
const HASH_WORDS = 4;
const CONTRADICTION: NoList = { reason: 'two different lists for this path' };

/** Paths are compared as they are: bring them into one form before. */
export class PathTable {
  private lists: (string | NoList)[] = [CONTRADICTION];
  private readonly places = new Map<string, number>();
  private listChars = 0;
  /** Four words of hash a slot. */
  private hashes = new Uint32Array(SLOTS_MIN * HASH_WORDS);
  /** The place of the list, counted from 1; 0 for an empty slot. */
  private values = new Uint32Array(SLOTS_MIN);
  private count = 0;

  get pathCount(): number {
    return this.count;
  }

  /** Of the flat arrays, which is all but the distinct lists. */
  get arrayBytes(): number {
    return this.hashes.byteLength + this.values.byteLength;
  }

  get listCount(): number {
    return this.lists.length - 1;
  }

  /** Throws FileProblem('too-large') past `limits.exportPathsMax` and `limits.exportListsCharsMax`. */
  put(path: string, list: string | NoList): void {
    // At most six of ten slots are in use.
    if (this.count >= this.values.length * 0.6) this.grow();
    const place = this.placeOf(list);
    const slot = this.slotOf(hashOf(path));
    const before = this.values[slot]!;
    if (before === 0) {
      if (this.count >= limits.exportPathsMax) throw new FileProblem('too-large', 'paths');
      this.count++;
      this.hashes.set(hashed, slot * HASH_WORDS);
      this.values[slot] = place;
    } else if (before !== place) this.values[slot] = 1;
  }

  /** The number of the list of a path, the same for equal lists; null for a path that is not here. */
  find(path: string): number | null {
    const place = this.values[this.slotOf(hashOf(path))]!;
    return place === 0 ? null : place - 1;
  }

  list(number: number): string | NoList {
    return this.lists[number]!;
  }

  private placeOf(list: string | NoList): number {
    const key = typeof list === 'string' ? list : `\0${list.reason}`;
    let place = this.places.get(key);
    if (place === undefined) {
      this.listChars += key.length;
      if (this.listChars > limits.exportListsCharsMax) throw new FileProblem('too-large', 'distinct lists');
      // A copy: a piece of a line would keep the whole chunk of text alive.
      const own = Buffer.from(key, 'utf16le').toString('utf16le');
      place = this.lists.push(typeof list === 'string' ? own : list);
      this.places.set(own, place);
    }
    return place;
  }

  /** The slot that holds this hash, or the empty one where it would stand. */
  private slotOf(hash: Uint32Array): number {
    const mask = this.values.length - 1;
    for (let slot = hash[0]! & mask; ; slot = (slot + 1) & mask) {
      if (this.values[slot] === 0) return slot;
      const at = slot * HASH_WORDS;
      if (
        this.hashes[at] === hash[0] &&
        this.hashes[at + 1] === hash[1] &&
        this.hashes[at + 2] === hash[2] &&
        this.hashes[at + 3] === hash[3]
      )
        return slot;
    }
  }

  private grow(): void {
    const { hashes, values } = this;
    this.hashes = new Uint32Array(hashes.length * 2);
    this.values = new Uint32Array(values.length * 2);
    for (let slot = 0; slot < values.length; slot++) {
      if (values[slot] === 0) continue;
      const hash = hashes.subarray(slot * HASH_WORDS, (slot + 1) * HASH_WORDS);
      const to = this.slotOf(hash);
      this.hashes.set(hash, to * HASH_WORDS);
      this.values[to] = values[slot]!;
    }
  }
}

const hashed = new Uint32Array(HASH_WORDS);

/** The first 128 bits, valid until the next call. */
function hashOf(path: string): Uint32Array {
  // UTF-8 would make all halves of surrogates the same.
  const digest = hash('sha256', Buffer.from(path, 'utf16le'), 'buffer');
  for (let i = 0; i < HASH_WORDS; i++) hashed[i] = digest.readUInt32LE(i * 4);
  return hashed;
}
