/** A damaged inventory: told, put aside, and what can be read of it taken over. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/inventory/database.js';
import { hasLostItsHead, isOurs } from '../../src/inventory/ours.js';
import { openForSweep } from '../../src/inventory/recovery.js';
import { Runs } from '../../src/inventory/runs.js';
import { salvage } from '../../src/inventory/salvage.js';
import { Store } from '../../src/inventory/store.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimawari-recovery-'));
  file = join(folder, 'inventory.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.parse('2026-11-21T12:00:00Z');
const ENTRIES = 5_000;

/** Runs, folders and entries enough for many pages; `ended`: whether the last run came to an end. */
function make(ended: boolean): void {
  // Under another name: SQLite may hold on to what was open in this process.
  const made = join(folder, 'made.db');
  const store = Store.open(made);
  const runs = new Runs(store);
  const start = { asOfMs: 1, version: 'x', policyHash: 'y', roots: ['/r'] };
  const end = { complete: true, stopped: null, excluded: {}, roots: ['/r'], until: null, looked: 1 };
  runs.end(runs.start({ ...start, startedMs: 1 }), { ...end, endedMs: 2 });
  const last = runs.start({ ...start, startedMs: 3 });
  store.write("INSERT INTO folder(id, parent, name) VALUES (1, NULL, '/r')");
  store.write(`INSERT INTO outcome(id, value) VALUES (1, '{"memberCount":0}')`);
  for (let at = 0; at < ENTRIES; at++) {
    const name = `名簿${String(at).padStart(6, '0')}.csv`;
    store.write(
      'INSERT INTO entry(folder, name, state, sort, size_bytes, outcome, content, since) VALUES (1, ?, ?, 0, 1, 1, 1, 1)',
      name,
      `f1:${at}:3:4|`,
    );
    if (at % 10 === 0)
      store.write('INSERT INTO past(folder, name, since, until, sort, size_bytes, outcome, content) VALUES (1, ?, 1, 2, 0, 1, 1, 1)', name);
  }
  if (ended) runs.end(last, { ...end, endedMs: 4 });
  store.commit();
  store.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  copyFileSync(made, file);
  store.close();
  for (const tail of ['', '-wal', '-shm']) rmSync(made + tail, { force: true });
}

function tear(from: number, bytes: number): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(fd);
}

describe('openForSweep', () => {
  it('takes a sound inventory as it is, also after a sweep that died', () => {
    make(false);
    const { store, lost } = openForSweep(file, NOW);
    expect(lost).toBeNull();
    expect(new Runs(store).all()).toHaveLength(2);
    store.close();
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('puts a damaged one aside and takes over what can be read of it', () => {
    make(false);
    const size = statSync(file).size;
    tear(Math.floor(size / 2 / 4096) * 4096, 8 * 4096);
    const { store, lost } = openForSweep(file, NOW);
    expect(lost).toMatchObject({ aside: `${file}.damaged-2026-11-21`, runs: 2, torn: expect.arrayContaining(['entry']) });
    expect(statSync(lost!.aside).size).toBe(size);
    // A torn page costs what lies around it, not everything behind it.
    expect(lost!.entries).toBeGreaterThan(ENTRIES / 2);
    expect(lost!.entries).toBeLessThan(ENTRIES);
    expect(store.prepare("SELECT count(*) AS n FROM entry WHERE state<>''").get()).toMatchObject({ n: 0 });
    expect(store.prepare('SELECT count(*) AS n FROM entry WHERE since=1').get()).toMatchObject({ n: lost!.entries });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    store.close();
  });

  it.each<[string, string, number | null]>([
    ['of which everything can be read', 'SELECT 1', null],
    ['of which a value of entries is missing', "UPDATE outcome SET value='{' WHERE id=1", 3],
    ['of which a folder is missing', 'PRAGMA foreign_keys=OFF; DELETE FROM folder', 3],
    ['without earlier states', 'DROP TABLE past', 3],
    ['without moves', 'DROP TABLE move', 3],
    ['without runs, whose numbers are given again', 'DROP TABLE run', 1],
    ['without what stood at its roots', 'DROP TABLE mount', null],
  ])('begins history anew for one %s: only where a part of it is lost', (_, sql, begins) => {
    make(true);
    const db = openDatabase(file);
    db.exec(sql);
    const made = join(folder, 'into.db');
    const into = Store.open(made);
    const salvaged = salvage(db, into);
    db.close();
    const runs = new Runs(into);
    expect([salvaged.begins, runs.historyLost(), runs.historyBegins()]).toEqual([begins, begins, begins ?? 1]);
    // Nothing is dated by a run that is still to come.
    const next = (runs.last()?.id ?? 0) + 1;
    expect(next).toBe(begins ?? 3);
    for (const late of ['entry WHERE since', 'entry WHERE gone_run', 'past WHERE until'])
      expect(into.prepare(`SELECT count(*) AS n FROM ${late}>=?`).get(next)).toMatchObject({ n: 0 });
    into.close();
  });

  it('begins anew when nothing can be read, and says which tables are lost', () => {
    make(false);
    tear(4096 - 3900, 3900);
    const { store, lost } = openForSweep(file, NOW);
    expect(lost).toMatchObject({ entries: 0, runs: 0, torn: expect.arrayContaining(['run', 'entry', 'past']) });
    expect(new Runs(store).last()).toBeNull();
    store.close();
  });

  it.each([
    ['its head', 100],
    ['its first page', 4096],
  ])('knows one that has lost %s by the tables that it was made with', (_what, bytes) => {
    make(true);
    const size = statSync(file).size;
    tear(0, bytes);
    expect(hasLostItsHead(file)).toBe(true);
    expect(() => Store.open(file)).toThrow(/the inventory is damaged .*The next mimawari scan puts it aside/u);
    const { store, lost } = openForSweep(file, NOW);
    expect(lost).toMatchObject({ aside: `${file}.damaged-2026-11-21`, entries: 0, torn: expect.arrayContaining(['entry']) });
    expect([statSync(lost!.aside).size, new Runs(store).last()]).toEqual([size, null]);
    store.close();
  });

  it('takes no file in which one lies for one that has lost its head, nor a text that speaks of its tables', () => {
    make(true);
    const whole = readFileSync(file);
    const schema = whole.subarray(0, 64 * 4096);
    const tables = ['entry', 'outcome', 'content', 'person'].map((name) => `table${name}${name} CREATE TABLE ${name} (id)\n`).join('');
    const others = {
      'an archive': Buffer.concat([Buffer.alloc(512, 1), whole, Buffer.alloc(4096 - 512)]),
      'an image of a disk': Buffer.concat([Buffer.alloc(4096), whole]),
      'a part of a page too much': Buffer.concat([Buffer.alloc(100), schema.subarray(100), Buffer.alloc(7)]),
      'a text': Buffer.from(tables.repeat(4096).slice(0, 16 * 4096)),
    };
    for (const [what, bytes] of Object.entries(others)) {
      writeFileSync(file, bytes);
      expect([what, hasLostItsHead(file), isOurs(file)]).toEqual([what, false, false]);
      expect(() => openForSweep(file, NOW)).toThrow(/move it aside, restore a copy, or name another inventory/u);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    }
    expect(readdirSync(folder)).toEqual(['inventory.db']);
  });

  it('never puts aside what is no inventory', () => {
    for (const text of ['a list of names\n'.repeat(100), `SQLite format 3\0${'\xff'.repeat(200)}`]) {
      writeFileSync(file, text, 'latin1');
      expect(() => openForSweep(file, NOW)).toThrow(file);
      expect(existsSync(file)).toBe(true);
    }
    expect(readdirSync(folder)).toEqual(['inventory.db']);
  });
});
