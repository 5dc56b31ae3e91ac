/** Inventories of other versions: an older one is brought up to date with a copy beside it, a newer one is never touched. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeInventory } from '../../src/cli/compose.js';
import { openDatabase } from '../../src/inventory/database.js';
import { History } from '../../src/inventory/history.js';
import { packContent } from '../../src/inventory/packed.js';
import { Runs } from '../../src/inventory/runs.js';
import { SCHEMA_VERSION } from '../../src/inventory/schema.js';
import { Store } from '../../src/inventory/store.js';
import type { Content, DocumentDates } from '../../src/model.js';
import { unexamined } from '../../src/scan/examine.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimawari-migrate-'));
  file = join(folder, 'inventory.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Without what version 4 brought. */
function makeVersion3(): void {
  const db = openDatabase(file);
  db.exec('ALTER TABLE entry DROP COLUMN sketch');
  for (const table of ['entry', 'past', 'member'])
    for (const column of ['document_created_ms', 'document_saved_ms']) db.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  db.exec('PRAGMA user_version=3');
  db.close();
}

/** As version 2 wrote it: a run, a file that is there and one that had gone. */
function makeVersion2(): void {
  const store = Store.open(file);
  store.write(
    "INSERT INTO run(id, started_ms, ended_ms, as_of_ms, version, policy_hash, roots, complete) VALUES (7, 100, 200, 100, 'x', 'y', '[\"/r\"]', 1)",
  );
  store.write("INSERT INTO folder(id, parent, name) VALUES (1, NULL, '/r')");
  store.write(`INSERT INTO outcome(id, value) VALUES (1, '{"memberCount":0}')`);
  const entry = 'INSERT INTO entry(folder, name, state, sort, size_bytes, outcome, content, gone_ms) VALUES (1, ?, ?, 0, 1, 1, 1, ?)';
  store.write(entry, 'there', 'f1:2:3:4:v|', null);
  store.write(entry, 'gone', 'f1:3:3:4:v|', 150);
  store.close();
  makeVersion3();
  const db = openDatabase(file);
  const later = ['stopped', 'from_place', 'until_place', 'looked', 'known', 'unopened', 'sums'];
  db.exec(`DROP INDEX entry_gone; DROP TABLE past; DROP TABLE move; DROP TABLE mount;
    ${later.map((column) => `ALTER TABLE run DROP COLUMN ${column};`).join('')}
    ALTER TABLE entry DROP COLUMN since; ALTER TABLE entry DROP COLUMN gone_run;
    PRAGMA user_version=2; PRAGMA application_id=0`);
  db.close();
}

describe('an inventory of version 2', () => {
  it('is brought up to date, with a copy of it beside, for its owner alone', () => {
    makeVersion2();
    const store = Store.open(file);
    const copy = `${file}.v2.bak`;
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const before = openDatabase(copy);
    expect(before.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 2 });
    expect(before.prepare('SELECT name FROM entry ORDER BY name').all()).toEqual([{ name: 'gone' }, { name: 'there' }]);
    before.close();
    expect(store.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: SCHEMA_VERSION });
    expect(new Runs(store).last()).toMatchObject({ id: 7, complete: true, sums: null, until: null });
    expect(new Runs(store).historyBegins()).toBe(7);
    const history = new History(store);
    expect(history.states(1, 'gone')).toMatchObject([{ since: 0, until: 7 }]);
    expect(history.states(1, 'there')).toMatchObject([{ since: 0, until: null }]);
    store.close();
    expect(existsSync(`${file}.v2.2.bak`)).toBe(false);
  });

  it('leaves an earlier copy alone', () => {
    makeVersion2();
    Store.open(file).close();
    const first = readFileSync(`${file}.v2.bak`);
    rmSync(file);
    for (const tail of ['-wal', '-shm']) rmSync(file + tail, { force: true });
    makeVersion2();
    Store.open(file).close();
    expect(readFileSync(`${file}.v2.bak`)).toEqual(first);
    expect(existsSync(`${file}.v2.2.bak`)).toBe(true);
  });
});

describe('an inventory of version 3', () => {
  const HELD: Content = {
    ...unexamined({ stage: 'open', code: 'unsupported', detail: '' }),
    ...{
      format: 'zip',
      examined: 'full',
      problems: [],
      records: { four: 1, three: 0, two: 0, other: 0 },
      contentHash: `sha256:${'0a'.repeat(32)}`,
    },
  };
  const dated = (documentDates?: DocumentDates): Content => {
    const content = { ...HELD, format: 'xlsx', ...(documentDates && { documentDates }) };
    return { ...HELD, ...(documentDates && { documentDates }), members: [{ name: 'a.xlsx', sizeBytes: 1, modifiedMs: null, content }] };
  };
  const FACTS = {
    name: 'a.zip',
    state: 'f1',
    sort: 'file',
    sizeBytes: 1,
    modifiedMs: 5,
    accessedMs: null,
    owner: null,
    access: null,
  } as const;
  const DATES = { created: 1_400_000_000_000, saved: 1_427_068_800_000 };

  it('knows no dates until files are read again, and takes that for no change of them', () => {
    const write = (run: number, content: Content) => {
      const store = Store.open(file);
      const { entries, contents, history } = composeInventory(store);
      entries.beginRun(run);
      const folder = entries.visitFolder(null, '/r');
      const kept = contents.keep(packContent(content), null);
      entries.put(folder, { ...FACTS, state: `f${run}` }, kept, entries.knownOne(folder, FACTS.name));
      store.commit();
      const known = { states: history.states(folder, FACTS.name), members: contents.members(kept.content!) };
      store.close();
      return known;
    };
    write(1, dated());
    makeVersion3();
    const before = write(2, dated());
    expect(before.states).toMatchObject([{ since: 1, until: null, documentCreatedMs: null, documentSavedMs: null }]);
    expect(existsSync(`${file}.v3.bak`)).toBe(true);
    const after = write(3, dated(DATES));
    expect(after.states).toMatchObject([{ since: 1, until: null, documentCreatedMs: DATES.created, documentSavedMs: DATES.saved }]);
    expect(after.members.map(({ content }) => content.documentDates)).toEqual([DATES]);
    const changed = write(4, { ...dated({ ...DATES, saved: DATES.saved + 1 }), contentHash: `sha256:${'0b'.repeat(32)}` });
    expect(changed.states).toMatchObject([
      { since: 1, until: 4, documentSavedMs: DATES.saved },
      { since: 4, until: null, documentSavedMs: DATES.saved + 1 },
    ]);
  });

  it('has the same tables as a new one', () => {
    const tables = () => {
      const store = Store.open(file);
      const columns = ['entry', 'past', 'member'].map((table) => store.prepare(`PRAGMA table_info(${table})`).all());
      store.close();
      return columns;
    };
    const fresh = tables();
    makeVersion3();
    expect(tables()).toEqual(fresh);
  });
});

it('is brought up to date once by four that open it at the same moment', async () => {
  makeVersion2();
  const module = new URL('../../dist/src/inventory/store.js', import.meta.url).href;
  const code = `const { Store } = await import(${JSON.stringify(module)}); Store.open(${JSON.stringify(file)}).close();`;
  const ends = await Promise.all(
    [1, 2, 3, 4].map(
      () =>
        new Promise((resolve) =>
          execFile(process.execPath, ['--input-type=module', '-e', code], (error, _out, err) => resolve(error ? err : 'fine')),
        ),
    ),
  );
  expect(ends).toEqual(['fine', 'fine', 'fine', 'fine']);
  expect(readdirSync(folder).filter((name) => name.includes('.bak'))).toEqual(['inventory.db.v2.bak']);
}, 60_000);

it('leaves an inventory of a newer version as it is', () => {
  Store.open(file).close();
  const db = openDatabase(file);
  db.exec('PRAGMA user_version=99');
  db.close();
  expect(() => Store.open(file)).toThrow(/newer mimawari \(schema 99\); this one knows up to/u);
  expect(readdirSync(folder).filter((name) => name.includes('.bak'))).toEqual([]);
});
