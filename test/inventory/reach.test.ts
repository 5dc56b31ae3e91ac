/** Reach counted from the inventory equals reach counted by hand: every principal, every file, every person, one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Contents } from '../../src/inventory/contents.js';
import { Entries } from '../../src/inventory/entries.js';
import { packContent } from '../../src/inventory/packed.js';
import { Pairs } from '../../src/inventory/pair-sort.js';
import { Persons } from '../../src/inventory/persons.js';
import { countReach } from '../../src/inventory/reach.js';
import { ReaderSets } from '../../src/inventory/readers.js';
import { Store } from '../../src/inventory/store.js';
import type { Content, Principal, Readers } from '../../src/model.js';
import type { ReachFigures, ReachOf } from '../../src/parts.js';

const ACCOUNTS: readonly Principal[] = Array.from({ length: 6 }, (_, i) => ({
  id: `u:${1000 + i}`,
  kind: i === 5 ? 'service' : 'account',
  name: `account${i}`,
  aliases: i === 0 ? ['S-1-5-21-1-2-3-1000'] : [],
}));
const GROUP: Principal = { id: 'g:77', kind: 'unresolved', name: null, aliases: [] };

interface MadeFile {
  readonly folder: number;
  readonly readers: Readers;
  readonly persons: readonly number[];
  readonly four: number;
  readonly other: number;
  readonly gone: boolean;
}

const certainty = fc.constantFrom(0, 1, 3);
const readers: fc.Arbitrary<Readers> = fc
  .record({
    everybody: certainty,
    guests: certainty,
    others: fc.uniqueArray(fc.tuple(fc.constantFrom(...ACCOUNTS, GROUP), certainty), { maxLength: 4, selector: ([{ id }]) => id }),
  })
  .map(({ everybody, guests, others }) => ({
    everybody,
    guests,
    differing: others.filter(([, flag]) => flag !== everybody).map(([principal, flag]) => ({ principal, certainty: flag })),
  }));
const file: fc.Arbitrary<MadeFile> = fc.record({
  folder: fc.nat(3),
  readers,
  persons: fc.uniqueArray(fc.nat(12), { maxLength: 6 }),
  four: fc.nat(2),
  other: fc.nat(1),
  gone: fc.boolean(),
});

/** Folders: 0 the root, 1 in it, 2 in it and unread at the last sweep, 3 below that one. */
function keep(files: readonly MadeFile[]) {
  const store = Store.open(':memory:');
  const persons = new Persons(store);
  const sets = new ReaderSets(store);
  const [entries, contents] = [new Entries(store), new Contents(store, persons)];
  sets.keepAccounts(ACCOUNTS);
  const root = entries.visitFolder(null, '/r');
  const [one, two] = [entries.visitFolder(root, 'a'), entries.visitFolder(root, 'b')];
  const folders = [root, one, two, entries.visitFolder(two, 'c')];
  for (const [i, made] of files.entries()) {
    const token = persons.hold();
    const ids = BigUint64Array.from(made.persons.map((person) => BigInt(person) * 0x1234_5678_9abc_def0n));
    ids.sort();
    persons.add(token, 0, 0, new Uint8Array(ids.buffer));
    const access = store.intern('access', JSON.stringify({ state: 'open', readerSet: sets.keep(made.readers) }));
    const content = contents.keep(packContent(contentWith(made, i)), made.persons.length > 0 ? token : null);
    const facts = { name: `f${i}`, state: 's', sort: 'file', sizeBytes: 1, modifiedMs: 1, accessedMs: 1, owner: null, access } as const;
    entries.put(folders[made.folder]!, facts, content);
    if (made.gone) entries.markGone(folders[made.folder]!, `f${i}`, 1);
  }
  entries.markUnread(two);
  store.commit();
  return { store, persons, sets };
}

function contentWith({ four, other, persons }: MadeFile, i: number): Content {
  return {
    format: 'csv',
    examined: 'full',
    problems: [],
    kinds: {},
    records: { four, three: 0, two: 0, other },
    persons: { 'pension-number': persons.length, 'my-number': 0, 'name+birthdate': 0, 'name+address': 0 },
    password: { state: 'none', scheme: null },
    contentHash: `sha256:${i.toString(16).padStart(64, '0')}`,
    fromPath: false,
    findings: [],
    members: [],
  };
}

function byHand(files: readonly MadeFile[], reads: (readers: Readers) => boolean): ReachFigures {
  const read = files.filter((one) => !one.gone && one.folder < 2 && reads(one.readers));
  const sum = (of: (one: MadeFile) => number): number => read.reduce((total, one) => total + of(one), 0);
  return {
    files: read.length,
    filesFound: read.filter(({ four, other }) => four + other > 0).length,
    records: { four: sum(({ four }) => four), three: 0, two: 0, other: sum(({ other }) => other) },
    persons: new Set(read.flatMap(({ persons }) => persons)).size,
  };
}

const of = (files: readonly MadeFile[], flag: (readers: Readers) => number): ReachOf => ({
  proven: byHand(files, (one) => flag(one) === 3),
  possible: byHand(files, (one) => flag(one) !== 0),
});

describe('countReach', () => {
  it('equals a count by hand, for every principal', () => {
    fc.assert(
      fc.property(fc.array(file, { maxLength: 14 }), (files) => {
        const { store, persons, sets } = keep(files);
        const reach = countReach(store, persons, sets, null);
        expect(reach.total).toEqual(byHand(files, () => true));
        expect(reach.everybody).toEqual(of(files, ({ everybody }) => everybody));
        expect(reach.guests).toEqual(of(files, ({ guests }) => guests));
        const told = new Map(reach.others.map((one) => [one.principal.id, one.reach]));
        for (const { id } of [...ACCOUNTS, GROUP]) {
          const flag = (one: Readers): number => one.differing.find(({ principal }) => principal.id === id)?.certainty ?? one.everybody;
          expect(told.get(id) ?? reach.everybody, id).toEqual(of(files, flag));
        }
        const known = [...reach.asEverybody.map(({ id }) => id), ...told.keys()];
        expect(known.sort()).toEqual(
          sets
            .principals()
            .map(({ id }) => id)
            .sort(),
        );
        expect(countReach(store, persons, sets, ['/elsewhere']).total.files).toBe(0);
        store.close();
      }),
      { numRuns: 300 },
    );
  });

  it('takes what an older sweep kept without readers for possibly read by everybody, and tells how many', () => {
    const { store, persons, sets } = keep([
      { folder: 0, readers: { everybody: 3, guests: 0, differing: [] }, persons: [1], four: 1, other: 0, gone: false },
    ]);
    store.write("UPDATE access SET value=json_remove(value, '$.readerSet')");
    const reach = countReach(store, persons, sets, null);
    expect(reach.filesUntold).toBe(1);
    expect([reach.everybody.proven.files, reach.everybody.possible.persons]).toEqual([0, 1]);
    store.close();
  });
});

describe('ReaderSets', () => {
  it('writes an equal set, and an account that is still there, once', () => {
    const { store, sets } = keep([]);
    const readers: Readers = { everybody: 0, guests: 0, differing: [{ principal: ACCOUNTS[1]!, certainty: 3 }] };
    const id = sets.keep(readers);
    store.commit();
    const again = new ReaderSets(store);
    const changes = () => (store.prepare('SELECT total_changes() AS n').get() as { n: number }).n;
    const before = changes();
    again.keepAccounts(ACCOUNTS);
    expect(again.keep(readers)).toBe(id);
    expect(changes()).toBe(before);
    again.keepAccounts(ACCOUNTS.slice(1));
    expect(again.principals()[0]).toMatchObject({ id: 'u:1000', kind: 'account' });
    const later = new ReaderSets(store);
    later.keepAccounts(ACCOUNTS.slice(1));
    expect(later.principals()[0]).toMatchObject({ id: 'u:1000', kind: 'gone', aliases: ['S-1-5-21-1-2-3-1000'] });
    store.close();
  });
});

describe('Pairs', () => {
  it('gives the tags of each id together, ids in order, and more than it had room for at first', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.constantFrom(0, 1, 0xffff, 0x1_0000, 0xffff_ffff), fc.nat(3))), (given) => {
        const pairs = new Pairs();
        for (const [low, high, tag] of given) pairs.add(low, high, tag);
        const got: number[][] = [];
        pairs.eachId((tags, from, to) => got.push([...tags.subarray(from, to)].sort()));
        const byId = new Map<number, number[]>();
        for (const [low, high, tag] of given) byId.set(high * 16 + low, [...(byId.get(high * 16 + low) ?? []), tag]);
        expect(got).toEqual([...byId].sort(([a], [b]) => a - b).map(([, tags]) => tags.sort()));
      }),
    );
    const many = new Pairs();
    for (let i = 0; i < 200_000; i++) many.add(i >>> 1, 7, i & 1);
    let ids = 0;
    many.eachId((tags, from, to) => {
      ids++;
      if (to - from !== 2 || tags[from] !== 0) throw new Error('torn');
    });
    expect([ids, many.length]).toEqual([100_000, 0]);
  });
});
