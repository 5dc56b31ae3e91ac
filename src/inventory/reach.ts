/**
 * How far each principal reaches: files, records and distinct persons that it can read, over everything the inventory holds. One pass over
 * entries and one over (person, content) pairs; a person is counted once for each distinct combination of sets of readers, and principals are
 * summed over combinations, never over persons.
 */
import { RECORD_CLASSES, type RecordCounts } from '../model.js';
import type { ReachFigures, ReachOf } from '../parts.js';
import { Combos } from './combos.js';
import type { Outcome } from './packed.js';
import { Pairs } from './pair-sort.js';
import type { Persons } from './persons.js';
import { ReachSums, type Sums } from './reach-sums.js';
import type { KeptPrincipal, ReaderSet, ReaderSets } from './readers.js';
import type { Store } from './store.js';

export interface Reach {
  readonly total: ReachFigures;
  /** Somebody with an account and in no group. */
  readonly everybody: ReachOf;
  /** Somebody without an account. */
  readonly guests: ReachOf;
  /** Principals of which more (or less) is to be said than of everybody, in the order in which they were kept. */
  readonly others: readonly { readonly principal: KeptPrincipal; readonly reach: ReachOf }[];
  /** Known, and reading what everybody reads. */
  readonly asEverybody: readonly KeptPrincipal[];
  /** Files of which no readers were kept: a sweep of an older version. */
  readonly filesUntold: number;
}

/** Folders whose entries are read by one query. */
const FOLDERS_AT_ONCE = 256;
/** Pairs that are sorted at once (24 bytes each); more are counted in several passes over ranges of ids. */
const PAIRS_AT_ONCE = 4_000_000;
/** Combinations of persons held before they are summed up. */
const COMBOS_MAX = 100_000;

/** Of which no readers are known: everybody may. */
const UNTOLD: ReaderSet = { everybody: 1, guests: 1, rowIds: new Uint32Array(), certainties: new Uint8Array(), isPlain: false };
const UNTOLD_ID = 0;

interface Found {
  readonly access: number | null;
  readonly outcome: number;
  readonly content: number | null;
  readonly count: number;
}

/** @param roots whose folders count; null for all that the inventory holds. */
export function countReach(store: Store, persons: Persons, readers: ReaderSets, roots: readonly string[] | null): Reach {
  const principals = readers.principals();
  const rows = principals.reduce((most, { rowId }) => Math.max(most, rowId), 0) + 1;
  const sets = new Sets(store, readers);
  const combos = new Combos();
  const { sums, comboOf, filesUntold } = sumEntries(store, sets, combos, rows, roots);
  const personSums = sumPersons(persons, sets, combos, comboOf, rows);
  const reachOf = (entries: Sums, found: Sums): ReachOf => ({
    proven: figuresOf(entries.proven, found.proven[0]!),
    possible: figuresOf(entries.possible, found.possible[0]!),
  });
  const everybody = reachOf(sums.ofEverybody(), personSums.ofEverybody());
  const others: { principal: KeptPrincipal; reach: ReachOf }[] = [];
  const asEverybody: KeptPrincipal[] = [];
  for (const principal of principals) {
    if (sums.differs(principal.rowId)) {
      others.push({ principal, reach: reachOf(sums.of(principal.rowId), personSums.of(principal.rowId)) });
    } else if (principal.kind !== 'gone') asEverybody.push(principal);
  }
  const guests = reachOf(sums.ofGuests(), personSums.ofGuests());
  return { total: figuresOf(sums.ofAll(), personSums.ofAll()[0]!), everybody, guests, others, asEverybody, filesUntold };
}

/** Sets of readers by access, as far as they are met. */
class Sets {
  private readonly ids = new Map<number, number>();
  private readonly sets = new Map<number, ReaderSet>([[UNTOLD_ID, UNTOLD]]);

  constructor(
    private readonly store: Store,
    private readonly readers: ReaderSets,
  ) {}

  idOf(access: number | null): number {
    if (access === null) return UNTOLD_ID;
    let id = this.ids.get(access);
    if (id === undefined) {
      id = this.store.value<{ readerSet?: number }>('access', access).readerSet ?? UNTOLD_ID;
      this.ids.set(access, id);
      if (!this.sets.has(id)) this.sets.set(id, this.readers.set(id));
    }
    return id;
  }

  get(id: number): ReaderSet {
    return this.sets.get(id)!;
  }
}

function sumEntries(
  store: Store,
  sets: Sets,
  combos: Combos,
  rows: number,
  roots: readonly string[] | null,
): { sums: ReachSums; comboOf: Uint32Array; filesUntold: number } {
  const bySet = new Map<number, number[]>();
  const { last } = store.prepare('SELECT coalesce(max(id), 0) AS last FROM content').get() as { last: number };
  const comboOf = new Uint32Array(Number(last) + 1);
  for (const { access, outcome, content, count } of filesBelow(store, roots)) {
    const set = sets.idOf(access);
    let figures = bySet.get(set);
    if (figures === undefined) {
      figures = new Array<number>(2 + RECORD_CLASSES.length).fill(0);
      bySet.set(set, figures);
    }
    const { records } = store.value<Outcome>('outcome', outcome);
    const holds = RECORD_CLASSES.some((recordClass) => records[recordClass] > 0);
    figures[0]! += count;
    if (holds) figures[1]! += count;
    for (const [i, recordClass] of RECORD_CLASSES.entries()) figures[2 + i]! += count * records[recordClass];
    if (content !== null) comboOf[content] = combos.join(comboOf[content]!, combos.of(set));
  }
  const sums = new ReachSums(rows, 2 + RECORD_CLASSES.length);
  for (const [set, figures] of bySet) sums.add([sets.get(set)], figures);
  return { sums, comboOf, filesUntold: bySet.get(UNTOLD_ID)?.[0] ?? 0 };
}

/** Files that are present, as many at once as share what they hold and who reads them. */
function* filesBelow(store: Store, roots: readonly string[] | null): Generator<Found> {
  const files = store.prepare(
    `SELECT access, outcome, content, count(*) AS count FROM entry
     WHERE folder BETWEEN ? AND ? AND gone_ms IS NULL AND sort=0 AND outcome IS NOT NULL GROUP BY access, outcome, content`,
  );
  const folders = foldersBelow(store, roots);
  for (let from = 0, to = 0; from < folders.length; from = to) {
    // Neighbours in the order of ids are read together, up to the first gap: what lies in it does not count.
    for (to = from + 1; to < folders.length && to - from < FOLDERS_AT_ONCE && folders[to] === folders[to - 1]! + 1; ) to++;
    yield* files.all(folders[from]!, folders[to - 1]!) as Found[];
  }
}

function foldersBelow(store: Store, roots: readonly string[] | null): Uint32Array {
  const tops = store.prepare('SELECT id, name FROM folder WHERE parent IS NULL AND state=0').all() as { id: number; name: string }[];
  const below = store.prepare(
    `WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT folder.id FROM folder JOIN below ON folder.parent = below.id WHERE folder.state = 0)
     SELECT id FROM below`,
  );
  const wanted = tops.filter(({ name }) => roots === null || roots.includes(name));
  return Uint32Array.from(wanted.flatMap(({ id }) => (below.all(id) as { id: number }[]).map((row) => row.id))).sort();
}

function sumPersons(persons: Persons, sets: Sets, combos: Combos, comboOf: Uint32Array, rows: number): ReachSums {
  const sums = new ReachSums(rows, 1);
  const contents: number[] = [];
  for (let content = 0; content < comboOf.length; content++) if (comboOf[content] !== 0) contents.push(content);
  const ids = persons.idsAtMost(contents);
  const passes = Math.max(1, Math.ceil(ids / PAIRS_AT_ONCE));
  const ofContents = combos.size;
  const counts: number[] = [];
  const settle = (): void => {
    for (const [combo, count] of counts.entries())
      if (count)
        sums.add(
          combos.membersOf(combo).map((set) => sets.get(set)),
          [count],
        );
    counts.length = 0;
    combos.truncate(ofContents);
  };
  const distinct: number[] = [];
  const count = (tags: Uint32Array, from: number, to: number): void => {
    distinct.length = 0;
    for (let i = from; i < to; i++) if (!distinct.includes(tags[i]!)) distinct.push(tags[i]!);
    const combo = combos.joinAll(distinct);
    counts[combo] = (counts[combo] ?? 0) + 1;
    if (combos.size > ofContents + COMBOS_MAX) settle();
  };
  for (const pairs of inPasses(persons, contents, comboOf, passes)) pairs.eachId(count);
  settle();
  return sums;
}

/** All pairs whose ids lie in one range, range by range. Ids are keyed hashes: ranges of equal width hold about equally many. */
function* inPasses(persons: Persons, contents: readonly number[], comboOf: Uint32Array, passes: number): Generator<Pairs> {
  for (let pass = 0; pass < passes; pass++) {
    const from = Math.floor((pass * 0x1_0000_0000) / passes);
    const below = Math.floor(((pass + 1) * 0x1_0000_0000) / passes);
    const pairs = new Pairs();
    for (const { content, ids } of persons.each(contents)) {
      const words = new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
      for (let i = 0; i < words.length; i += 2) {
        const high = words[i + 1]!;
        if (high >= from && high < below) pairs.add(words[i]!, high, comboOf[content]!);
      }
    }
    yield pairs;
  }
}

function figuresOf(entries: readonly number[], persons: number): ReachFigures {
  const [files, filesFound, ...records] = entries as [number, number, ...number[]];
  return {
    files,
    filesFound,
    records: Object.fromEntries(RECORD_CLASSES.map((recordClass, i) => [recordClass, records[i]!])) as RecordCounts,
    persons,
  };
}
