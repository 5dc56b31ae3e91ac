/** How many persons stand in more than one of several sets of contents, and between which sets. */
import { Pairs } from './pair-sort.js';
import type { Persons } from './persons.js';

/** Pairs that are sorted at once (24 bytes each); more are counted in several passes over ranges of ids. */
const PAIRS_AT_ONCE = 4_000_000;
/** Different combinations of sets held before they are summed up. */
const COMBOS_MAX = 100_000;
/** Of a person who stands in more sets than this, the pairs of the first ones are counted. */
const PAIRED_MAX = 64;

export interface Overlaps {
  /** Distinct persons who stand in two sets or more. */
  readonly persons: number;
  /** Two sets by their places in the list, with the persons who stand in both: the most first. */
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly persons: number }[];
}

/** `pairsMax`: how many pairs are told at most. */
export function overlapsOf(persons: Persons, sets: readonly ReadonlySet<number>[], pairsMax: number): Overlaps {
  const setsOf = new Map<number, number[]>();
  for (const [at, contents] of sets.entries()) {
    for (const content of contents) {
      const known = setsOf.get(content);
      if (known) known.push(at);
      else setsOf.set(content, [at]);
    }
  }
  const contents = [...setsOf.keys()].sort((a, b) => a - b);
  let several = 0;
  const combos = new Map<string, number>();
  const pairs = new Map<number, number>();
  const take = (tags: Uint32Array, from: number, to: number): void => {
    if (to - from < 2) return;
    const own = [...new Set(tags.subarray(from, to))].sort((a, b) => a - b);
    if (own.length < 2) return;
    several++;
    const combo = own.slice(0, PAIRED_MAX).join();
    combos.set(combo, (combos.get(combo) ?? 0) + 1);
    if (combos.size > COMBOS_MAX) settle(combos, pairs, sets.length);
  };
  const passes = Math.max(1, Math.ceil(persons.idsAtMost(contents) / PAIRS_AT_ONCE));
  for (let pass = 0; pass < passes; pass++) {
    const below = ((pass + 1) * 0x1_0000_0000) / passes;
    const begin = (pass * 0x1_0000_0000) / passes;
    const ids = new Pairs();
    for (const { content, ids: part } of persons.each(contents)) {
      const words = new Uint32Array(part.buffer, part.byteOffset, part.length * 2);
      for (let i = 0; i < words.length; i += 2) {
        const high = words[i + 1]!;
        if (high >= begin && high < below) for (const set of setsOf.get(content)!) ids.add(words[i]!, high, set);
      }
    }
    ids.eachId(take);
  }
  settle(combos, pairs, sets.length);
  const told = [...pairs].map(([key, count]) => ({ a: Math.floor(key / sets.length), b: key % sets.length, persons: count }));
  return { persons: several, pairs: told.sort((x, y) => y.persons - x.persons || x.a - y.a || x.b - y.b).slice(0, pairsMax) };
}

/** Adds combinations to the pairs in them, and empties them. */
function settle(combos: Map<string, number>, pairs: Map<number, number>, width: number): void {
  for (const [combo, count] of combos) {
    const own = combo.split(',').map(Number);
    own.forEach((a, at) => {
      for (const b of own.slice(at + 1)) pairs.set(a * width + b, (pairs.get(a * width + b) ?? 0) + count);
    });
  }
  combos.clear();
}
