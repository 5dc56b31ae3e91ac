import { beforeEach, describe, expect, it } from 'vitest';
import { type EntryContent, NO_CONTENT } from '../../src/inventory/contents.js';
import { Entries } from '../../src/inventory/entries.js';
import { History } from '../../src/inventory/history.js';
import { purge } from '../../src/inventory/purge.js';
import { ReaderSets } from '../../src/inventory/readers.js';
import { Runs } from '../../src/inventory/runs.js';
import { Store } from '../../src/inventory/store.js';

let store: Store;
let entries: Entries;
let root: number;
beforeEach(() => {
  store = Store.open(':memory:');
  entries = new Entries(store);
  root = entries.visitFolder(null, '/r');
});

const facts = (name: string) =>
  ({ name, state: `f1:2:3:4:v|${name}`, sort: 'file', sizeBytes: 1, modifiedMs: 1, accessedMs: 1, owner: null, access: null }) as const;
const outcome = (text: string) => ({ ...NO_CONTENT, outcome: store.intern('outcome', text) });

/** A run a day, the first on day 1. */
function run(act: () => void): void {
  const runs = new Runs(store);
  const day = (runs.last()?.id ?? 0) + 1;
  entries.beginRun(runs.start({ startedMs: day * 86_400_000, asOfMs: 0, version: 'x', policyHash: 'y', roots: ['/r'] }));
  act();
  const end = { complete: true, stopped: null, excluded: {}, roots: ['/r'], until: null, looked: 1 };
  runs.end(day, { ...end, endedMs: day * 86_400_000 + 1 });
}

describe('what is gone and what was before', () => {
  it('is kept until its time, then dropped with what nothing else needs', () => {
    run(() => {
      entries.put(root, facts('stays'), outcome('"a"'));
      entries.put(root, facts('goes'), outcome('"b"'));
      const below = entries.visitFolder(root, 'sub');
      entries.put(root, { ...facts('sub'), sort: 'folder' }, NO_CONTENT);
      entries.put(below, facts('inner'), outcome('"c"'));
    });
    run(() => {
      entries.put(root, facts('stays'), outcome('"d"'), entries.knownOne(root, 'stays'));
      entries.markGone(root, 'goes', 2);
      entries.markGone(root, 'sub', 2);
    });
    for (let day = 3; day <= 10; day++) run(() => {});
    const history = new History(store);
    purge(store, 2 * 86_400_000);
    expect(history.states(root, 'goes')).toMatchObject([{ since: 1, until: 2 }]);
    expect(history.states(root, 'stays').map(({ since }) => since)).toEqual([1, 2]);
    purge(store, 9 * 86_400_000 + 2);
    expect(history.states(root, 'goes')).toEqual([]);
    expect(history.folderAt('/r', 'sub')).toBeNull();
    expect(history.states(root, 'stays').map(({ since }) => since)).toEqual([2]);
    expect(store.prepare('SELECT value FROM outcome').all()).toEqual([{ value: '"d"' }]);
    expect(new Runs(store).historyBegins()).toBe(9);
    expect(store.intern('outcome', '"b"')).not.toBe(store.intern('outcome', '"d"'));
  });

  it('takes access that differs in its readers alone for the same, and drops sets of readers that nobody has any more', () => {
    const readers = new ReaderSets(store);
    const account = { id: 'u:1', kind: 'account', name: 'a', aliases: [] } as const;
    const access = (reason: string, ...who: (typeof account)[]) => {
      const differing = who.map((principal) => ({ principal, certainty: 3 }) as const);
      const readerSet = readers.keep({ everybody: 0, guests: 0, differing });
      return store.intern('access', JSON.stringify({ state: 'restricted', reason, readerSet }));
    };
    const found = (): EntryContent => ({ ...outcome('"a"'), content: 1 });
    const sinceOf = () => new History(store).states(root, 'a').map(({ since }) => since);
    run(() => entries.put(root, { ...facts('a'), access: access('few') }, found()));
    run(() => entries.put(root, { ...facts('a'), access: access('few', account) }, found(), entries.knownOne(root, 'a')));
    expect(sinceOf()).toEqual([1]);
    run(() => entries.put(root, { ...facts('a'), access: access('owner', account) }, found(), entries.knownOne(root, 'a')));
    expect(sinceOf()).toEqual([1, 3]);
    for (let day = 4; day <= 10; day++) run(() => {});
    purge(store, 9 * 86_400_000 + 2);
    expect(store.prepare('SELECT id FROM reader_set').all()).toHaveLength(1);
  });

  it('writes no row for what stays as it is, or changes in what no verdict depends on', () => {
    run(() => entries.put(root, facts('a'), outcome('"a"')));
    run(() => entries.put(root, { ...facts('a'), modifiedMs: 5, access: 7 }, outcome('"a"'), entries.knownOne(root, 'a')));
    expect(new History(store).states(root, 'a')).toMatchObject([{ since: 1, until: null, modifiedMs: 5 }]);
  });
});
