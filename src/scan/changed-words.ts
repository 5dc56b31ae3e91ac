/**
 * What a change of a site's words, or of the year that ages are judged in, asks of an inventory: which files may come out otherwise. It compares with what
 * the last sweep went by, of which the inventory keeps what can be asked of a sketch, sealed by the site's key: no word can be read from it.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AGE_MAX } from '../../detectors/birthdate.js';
import type { Kind, SiteWords } from '../../detectors/contract.js';
import { levelsOf, wordsOfSite } from '../../detectors/site-words.js';
import { TRACED_KINDS } from '../../detectors/trace.js';
import { KeyedHash } from './keyed-hash.js';
import { AskedSketch, Places } from './sketch.js';

/** A word as the inventory keeps it: a keyed hash of it, its letters, its place among values. */
type KeptWord = readonly [id: string, letters: readonly number[] | null, value: number | null];

/** What a sweep goes by, beside the parts of the program. */
export interface GoneBy {
  readonly year: number;
  readonly words: readonly KeptWord[];
  readonly levels: Readonly<Record<string, string>>;
  /** While there are known values, every cell of a table is asked for. */
  readonly asksCells: boolean;
}

export function goneBy(site: SiteWords, year: number, key: Uint8Array): GoneBy {
  const hash = new KeyedHash(key);
  const words = wordsOfSite(site).map(({ id, letters, value }): KeptWord => [hash.hex(id), letters ?? null, value ?? null]);
  return { year, words, levels: levelsOf(site), asksCells: site.known.length > 0 };
}

/** `null`: none; `all`: every file. */
export type Touched = ((sketch: Uint8Array | null) => boolean) | 'all' | null;

/** Which files may come out otherwise by `now` than by `last`. */
export function touchedBy(last: GoneBy, now: GoneBy, key: Uint8Array): Touched {
  const changed = TRACED_KINDS.filter((kind) => last.levels[kind] !== now.levels[kind]);
  // While a kind is off nobody looks for it, so nobody knows where it stands.
  if (changed.some((kind) => last.levels[kind] === 'off')) return 'all';
  const words = differing(last.words, now.words);
  const cells = last.asksCells !== now.asksCells;
  if (changed.length === 0 && words.length === 0 && !cells && last.year === now.year) return null;
  const places = new Places(key);
  return (bytes) => {
    const sketch = new AskedSketch(bytes, places);
    return (
      changed.some((kind: Kind) => sketch.answered(kind)) ||
      (cells && sketch.tookCells) ||
      (last.year !== now.year && isOfYears(sketch, last.year, now.year)) ||
      words.some(([, letters, value]) => (value === null ? sketch.mayHoldLetters(letters ?? []) : sketch.mayHoldValue(value)))
    );
  };
}

/** A date of the present or the future may have come, and who was born as long ago as people live may have grown too old. */
function isOfYears(sketch: AskedSketch, one: number, other: number): boolean {
  return sketch.datesFrom(Math.min(one, other)) || sketch.datesUntil(Math.max(one, other) - AGE_MAX);
}

/** Words that only one of the two has. */
function differing(last: readonly KeptWord[], now: readonly KeptWord[]): KeptWord[] {
  const [before, after] = [new Map(last.map((word) => [word[0], word])), new Map(now.map((word) => [word[0], word]))];
  return [...[...before].filter(([id]) => !after.has(id)), ...[...after].filter(([id]) => !before.has(id))].map(([, word]) => word);
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const sealingKey = (key: Uint8Array) => createHmac('sha256', key).update('words of the last sweep').digest();

/** As text that only the key opens (AES-256-GCM). */
export function seal(value: GoneBy, key: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(key), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Null where it is damaged or of another key. */
export function unseal(text: string, key: Uint8Array): GoneBy | null {
  try {
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(key), bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as GoneBy;
  } catch {
    return null;
  }
}
