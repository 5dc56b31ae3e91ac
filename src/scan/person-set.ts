/**
 * The distinct persons of one file. A row is first looked up by a cheap hash of its raw key; only a new one is hashed with the key file.
 * Raw keys are never stored. More than `limits.personsHeldMax` persons are handed on in sorted runs, so memory stays bounded.
 */
import { randomBytes } from 'node:crypto';
import { limits } from '../limits.js';
import { PERSON_BASES, type PersonBasis, type PersonChunk, type PersonCounts } from '../model.js';
import type { KeyedHash } from './keyed-hash.js';

export type EmitPersons = (run: number, seq: number, ids: PersonChunk) => void;

/** Seeds of the cheap hash differ from process to process: a file can't be made so that its keys collide. */
const SEED_A = randomBytes(4).readInt32LE();
const SEED_B = randomBytes(4).readInt32LE();

/** Which half of a 64-bit number in memory is the lower. */
const LOW = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;

export class PersonSet {
  /** Open addressing: pairs of 32-bit halves; 0,0 marks a free place. */
  private table = new Uint32Array(2 * 1024);
  private held = 0;
  private ids = new BigUint64Array(256);
  /** The same memory: making a bigint for each person costs as much as looking it up. */
  private halves = new Uint32Array(this.ids.buffer);
  private idCount = 0;
  private runs = 0;

  constructor(
    private readonly hash: KeyedHash,
    private readonly emit: EmitPersons,
    private readonly heldMax: number = limits.personsHeldMax,
  ) {}

  /** `key` is the normalised raw value. True when it was not known yet (of those still held). */
  add(basis: PersonBasis, key: string): boolean {
    const tag = PERSON_BASES.indexOf(basis);
    if (!this.insert(key, tag)) return false;
    this.hash.digest(key, tag);
    const at = this.room() * 2;
    this.halves[at + LOW] = (this.hash.low & ~3) | tag;
    this.halves[at + 1 - LOW] = this.hash.high;
    if (this.idCount >= this.heldMax) this.spill();
    return true;
  }

  has(basis: PersonBasis, key: string): boolean {
    return this.find(key, PERSON_BASES.indexOf(basis)) < 0;
  }

  /** Takes over the persons of a member. */
  addIds(ids: BigUint64Array): void {
    for (const id of ids) this.addId(id);
  }

  /** Hands the rest on, sorted and each once. Null counts when runs went before: only all runs together can be counted. */
  finish(): { counts: PersonCounts | null; ids: BigUint64Array; runs: number } {
    const ids = this.distinct();
    if (ids.length > 0) this.emitRun(ids);
    const counts = [0, 0, 0, 0];
    const halves = new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
    for (let at = LOW; at < halves.length; at += 2) counts[halves[at]! & 3]!++;
    const byBasis = Object.fromEntries(PERSON_BASES.map((basis, i) => [basis, counts[i]!])) as PersonCounts;
    return { counts: this.runs > 1 ? null : byBasis, ids, runs: this.runs };
  }

  private addId(id: bigint): void {
    const at = this.room();
    this.ids[at] = id;
    if (this.idCount >= this.heldMax) this.spill();
  }

  /** The place of one more id. */
  private room(): number {
    if (this.idCount === this.ids.length) {
      const larger = new BigUint64Array(this.ids.length * 2);
      larger.set(this.ids);
      this.setIds(larger);
    }
    return this.idCount++;
  }

  private setIds(ids: BigUint64Array<ArrayBuffer>): void {
    this.ids = ids;
    this.halves = new Uint32Array(ids.buffer);
  }

  private spill(): void {
    this.emitRun(this.distinct());
    this.setIds(new BigUint64Array(256));
    this.idCount = 0;
    this.table = new Uint32Array(2 * 1024);
    this.held = 0;
  }

  private emitRun(ids: BigUint64Array): void {
    for (let from = 0, seq = 0; from < ids.length; from += limits.personChunkMax, seq++) {
      const part = ids.slice(from, from + limits.personChunkMax);
      this.emit(this.runs, seq, new Uint8Array(part.buffer));
    }
    this.runs++;
  }

  private distinct(): BigUint64Array {
    const sorted = this.ids.slice(0, this.idCount).sort();
    const halves = new Uint32Array(sorted.buffer);
    let length = 0;
    for (let i = 0; i < halves.length; i += 2) {
      if (i > 0 && halves[i] === halves[i - 2] && halves[i + 1] === halves[i - 1]) continue;
      halves[length++] = halves[i]!;
      halves[length++] = halves[i + 1]!;
    }
    return sorted.slice(0, length / 2);
  }

  /** False when it is there already. */
  private insert(key: string, tag: number): boolean {
    const place = this.find(key, tag);
    if (place < 0) return false;
    this.table[place] = this.a;
    this.table[place + 1] = this.b;
    if (++this.held * 4 > this.table.length) this.rehash();
    return true;
  }

  private a = 0;
  private b = 0;

  /** The free place for this key, or -1 when it is there. Leaves its two hashes in `a` and `b`. */
  private find(key: string, tag: number): number {
    let a = SEED_A ^ tag;
    let b = SEED_B ^ (tag << 8);
    for (let i = 0; i < key.length; i++) {
      const code = key.charCodeAt(i);
      a = Math.imul(a ^ code, 0x85ebca6b);
      a ^= a >>> 13;
      b = Math.imul(b + code, 0xc2b2ae35);
      b ^= b >>> 16;
    }
    this.a = Math.imul(a ^ (a >>> 16), 0x27d4eb2d) >>> 0;
    this.b = (Math.imul(b ^ (b >>> 15), 0x165667b1) | 1) >>> 0;
    const mask = this.table.length / 2 - 1;
    for (let slot = this.a & mask; ; slot = (slot + 1) & mask) {
      const place = slot * 2;
      if (this.table[place + 1] === 0) return place;
      if (this.table[place] === this.a && this.table[place + 1] === this.b) return -1;
    }
  }

  private rehash(): void {
    const old = this.table;
    this.table = new Uint32Array(old.length * 2);
    const mask = this.table.length / 2 - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      let slot = old[i]! & mask;
      while (this.table[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      this.table[slot * 2] = old[i]!;
      this.table[slot * 2 + 1] = old[i + 1]!;
    }
  }
}
