import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Contents, NO_CONTENT } from '../../src/inventory/contents.js';
import { Entries } from '../../src/inventory/entries.js';
import type { EntryFacts } from '../../src/inventory/entry-reader.js';
import { packContent } from '../../src/inventory/packed.js';
import { Persons } from '../../src/inventory/persons.js';
import { Runs } from '../../src/inventory/runs.js';
import { Store } from '../../src/inventory/store.js';
import type { Content } from '../../src/model.js';
import { UsageError } from '../../src/problem.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimawari-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NONE = { 'pension-number': 0, 'my-number': 0, 'name+birthdate': 0, 'name+address': 0 };
const content = (over: Partial<Content> = {}): Content => ({
  format: 'csv',
  examined: 'full',
  problems: [],
  kinds: {},
  records: { four: 0, three: 0, two: 0, other: 0 },
  persons: NONE,
  password: { state: 'none', scheme: null },
  contentHash: `sha256:${'ab'.repeat(32)}`,
  fromPath: false,
  findings: [],
  members: [],
  ...over,
});
const facts = (name: string, state = 's1'): EntryFacts => ({
  name,
  state,
  sort: 'file',
  sizeBytes: 1,
  modifiedMs: 1,
  accessedMs: 1,
  owner: null,
  access: null,
});

function open(path = ':memory:') {
  const store = Store.open(path);
  const persons = new Persons(store);
  return { store, persons, runs: new Runs(store), entries: new Entries(store), contents: new Contents(store, persons) };
}

describe('Store', () => {
  it('makes its file for its owner alone, and opens it again', () => {
    const file = join(folder, 'i.db');
    const { store } = open(file);
    new Runs(store).start({ startedMs: 1, asOfMs: 2, version: 'x', policyHash: 'y', roots: ['/r'] });
    store.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = open(file);
    expect(again.runs.last()).toMatchObject({ roots: ['/r'], complete: false, endedMs: null });
    again.store.close();
  });

  it.each([
    ['a text', () => 'hello, this is not a database at all, whatever its name says'],
    ['a damaged header', () => `SQLite format 3\0${'\xff'.repeat(200)}`],
  ])('refuses %s with the name of the file', (_what, text) => {
    const file = join(folder, 'i.db');
    writeFileSync(file, text(), 'latin1');
    expect(() => Store.open(file)).toThrow(UsageError);
    expect(() => Store.open(file)).toThrow(file);
  });

  it.each([
    ['a newer', 99, /newer/u],
    ['an older', 1, /older/u],
  ])('refuses an inventory of %s version', (_which, version, words) => {
    const file = join(folder, 'i.db');
    const { store } = open(file);
    store.write(`PRAGMA user_version=${version}`);
    store.close();
    expect(() => Store.open(file)).toThrow(words);
  });

  it('tells of a full disk where it is written, and closes all the same', () => {
    const { store } = open(join(folder, 'i.db'));
    store.write('PRAGMA max_page_count=30');
    const fill = () => {
      for (let at = 0; at < 1_000; at++) store.intern('outcome', String(at).repeat(1_000));
    };
    expect(fill).toThrow(/full/u);
    expect(() => store.close()).not.toThrow();
  });

  it('is held by one sweep at a time', () => {
    const file = join(folder, 'i.db');
    const first = Store.open(file, { alone: true });
    new Runs(first).start({ startedMs: 1, asOfMs: 2, version: 'x', policyHash: 'y', roots: [] });
    expect(() => Store.open(file, { alone: true })).toThrow(/held by another sweep/u);
    first.close();
  });

  it('interns equal values once', () => {
    const { store } = open();
    expect(store.intern('outcome', '{"a":1}')).toBe(store.intern('outcome', '{"a":1}'));
    expect(store.intern('outcome', '{"a":2}')).not.toBe(store.intern('outcome', '{"a":1}'));
    expect(store.value('outcome', store.intern('outcome', '{"a":2}'))).toEqual({ a: 2 });
  });
});

describe('Entries', () => {
  it('tells a folder in one text, in the order of UTF-8', () => {
    const { entries, contents } = open();
    const root = entries.visitFolder(null, '/r');
    const kept = contents.keep(packContent(content()), null);
    for (const name of ['𠮷', 'b', '\u{FF21}', 'a', '山']) entries.put(root, facts(name), kept);
    expect(entries.isAsKnown(root, ['a', 'b', '山', '\u{FF21}', '𠮷'].map((name) => `${name}/s1`).join('/'))).toBe(true);
  });

  it.each<[string, (entries: Entries, folder: number) => void]>([
    ['is put with another state', (entries, folder) => entries.put(folder, { ...facts('a'), state: 's2' }, NO_CONTENT)],
    ['is new', (entries, folder) => entries.put(folder, facts('b'), NO_CONTENT)],
    ['is gone', (entries, folder) => entries.markGone(folder, 'a', 1)],
  ])('knows no folder any more in which an entry %s', (_title, change) => {
    const { entries } = open();
    const root = entries.visitFolder(null, '/r');
    entries.put(root, facts('a'), NO_CONTENT);
    for (const text of ['a/s1', 'a/s1', 'a/s0', 'a/s1']) expect([text, entries.isAsKnown(root, text)]).toEqual([text, text === 'a/s1']);
    change(entries, root);
    expect(entries.isAsKnown(root, 'a/s1')).toBe(false);
  });

  it('takes a gone folder out of everything below it, and lets it come back', () => {
    const { entries, contents } = open();
    const root = entries.visitFolder(null, '/r');
    const kept = contents.keep(packContent(content()), null);
    const a = entries.visitFolder(root, 'a');
    const b = entries.visitFolder(a, 'b');
    entries.put(b, facts('x.csv'), kept);
    expect([...entries.all(['/r'])].map((one) => `${one.folder}/${one.name}`)).toEqual(['a/b/x.csv']);
    entries.markGone(root, 'a', 5);
    expect([...entries.all(['/r'])]).toEqual([]);
    entries.visitFolder(root, 'a');
    expect([...entries.known(b).values()].filter(({ goneRun }) => goneRun === null)).toEqual([]);
  });

  it('hides what lies below a folder that could not be read, without calling it gone', () => {
    const { entries, contents } = open();
    const root = entries.visitFolder(null, '/r');
    const a = entries.visitFolder(root, 'a');
    entries.put(a, facts('x.csv'), contents.keep(packContent(content()), null));
    entries.markUnread(a);
    expect([...entries.all(['/r'])]).toEqual([]);
    entries.visitFolder(root, 'a');
    expect([...entries.all(['/r'])]).toHaveLength(1);
  });

  it('keeps equal content once, but not when the path held a finding, and removes what nothing refers to', () => {
    const { store, entries, contents, persons } = open();
    const root = entries.visitFolder(null, '/r');
    const found = content({
      findings: [{ kind: 'name', where: { line: 1 }, start: 0, end: 2, confidence: 'likely', masked: '架＊＊＊', why: [] }],
    });
    const first = contents.keep(packContent(found), null);
    expect(contents.keep(packContent(found), null).content).toBe(first.content);
    const named = contents.keep(packContent({ ...found, fromPath: true }), null);
    expect(named.content).not.toBe(first.content);
    entries.put(root, facts('a'), first);
    contents.removeOrphans();
    expect(store.prepare('SELECT count(*) AS n FROM content').get()).toMatchObject({ n: 1 });
    expect(contents.findings(first.content!)).toEqual(found.findings);
    expect(persons.count([first.content!])).toEqual(NONE);
  });
});

describe('Entries.unsettleLocked', () => {
  it('makes only what a password protects count as changed, and only when other passwords are tried', () => {
    const { entries, contents } = open();
    const root = entries.visitFolder(null, '/r');
    const locked = content({ examined: 'none', password: { state: 'set', scheme: 'agile' } });
    const member = { name: 'm', sizeBytes: 1, modifiedMs: null, content: locked };
    for (const [name, one] of Object.entries({ open: content(), locked, zip: content({ members: [member] }) })) {
      entries.put(root, facts(name), contents.keep(packContent(one), null));
    }
    const settled = () => [...entries.known(root).values()].filter(({ state }) => state === 's1').map(({ name }) => name);
    entries.unsettleLocked('a list');
    expect(settled()).toEqual(['open']);
    for (const name of ['locked', 'zip']) entries.put(root, facts(name), entries.known(root).get(name)!);
    entries.unsettleLocked('a list');
    expect(settled()).toEqual(['locked', 'open', 'zip']);
    entries.unsettleLocked('another');
    expect(settled()).toEqual(['open']);
  });
});

describe('Persons', () => {
  const chunk = (...ids: bigint[]) => new Uint8Array(new BigUint64Array(ids).buffer);

  it('counts distinct persons by basis over any set of contents, runs and chunks', () => {
    const { persons } = open();
    const one = persons.hold();
    persons.add(one, 0, 0, chunk(4n, 8n, 13n));
    persons.add(one, 1, 0, chunk(8n, 16n));
    persons.assign(one, 1);
    const two = persons.hold();
    persons.add(two, 0, 0, chunk(4n, 20n, (1n << 63n) + 2n));
    persons.assign(two, 2);
    expect(persons.count([1])).toEqual({ ...NONE, 'pension-number': 3, 'my-number': 1 });
    expect(persons.count([1, 2, 2])).toEqual({ ...NONE, 'pension-number': 4, 'my-number': 1, 'name+birthdate': 1 });
    expect(persons.count([])).toEqual(NONE);
  });

  it('counts more persons than are held in memory while a file is examined', () => {
    const { persons } = open();
    const many = BigUint64Array.from({ length: 1_100_000 }, (_, at) => BigInt(at) << 2n);
    const token = persons.hold();
    persons.add(token, 0, 0, new Uint8Array(many.buffer));
    persons.add(token, 0, 1, chunk(8n, 1n << 40n));
    persons.add(token, 1, 0, chunk(1n << 41n));
    persons.keepRuns(token, 1);
    expect(persons.count([token])['pension-number']).toBe(1_100_001);
    persons.assign(token, 1);
    expect(persons.count([token])).toEqual(NONE);
    expect(persons.count([1])['pension-number']).toBe(1_100_001);
    const large = persons.hold();
    persons.add(large, 0, 0, new Uint8Array(many.buffer));
    persons.add(large, 0, 1, new Uint8Array(BigUint64Array.from(many, (id) => id + (1n << 50n)).buffer));
    persons.assign(large, 3);
    expect(persons.count([3])['pension-number']).toBe(2_200_000);
    expect(persons.count([3, 1])['pension-number']).toBe(2_200_001);
  });

  it('forgets runs of a reader that was not believed', () => {
    const { persons } = open();
    const token = persons.hold();
    persons.add(token, 0, 0, chunk(4n));
    persons.add(token, 1, 0, chunk(8n));
    persons.keepRuns(token, 1);
    expect(persons.count([token])['pension-number']).toBe(1);
    persons.drop(token);
    expect(persons.count([token])).toEqual(NONE);
  });
});
