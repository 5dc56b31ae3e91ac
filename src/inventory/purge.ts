/** Drops what has been kept long enough: files that are gone, and what entries were before. Runs and their sums stay: they are small. */
import type { Store } from './store.js';

/** Looking through everything for what nothing refers to any more is worth its time about once a week of nightly runs. */
const RUNS_BETWEEN = 7;

/** `untilMs`: what was gone or over before this moment is dropped. */
export function purge(store: Store, untilMs: number): void {
  const row = store.prepare('SELECT max(id) AS id FROM run WHERE ended_ms < ?').get(untilMs) as { id: number | null };
  const last = store.prepare("SELECT value FROM meta WHERE key='purged'").get() as { value: string } | undefined;
  if (row.id === null || row.id < Number(last?.value ?? 0) + RUNS_BETWEEN) return;
  store.write('DELETE FROM entry WHERE gone_run <= ?', row.id);
  store.write('DELETE FROM past WHERE until <= ?', row.id);
  store.write('DELETE FROM move WHERE run <= ?', row.id);
  dropEmptyFolders(store);
  for (const table of ['outcome', 'access']) {
    const content = table === 'outcome' ? ' UNION SELECT outcome FROM content UNION SELECT outcome FROM member' : '';
    const used = `SELECT ${table} FROM entry WHERE ${table} IS NOT NULL UNION SELECT ${table} FROM past WHERE ${table} IS NOT NULL${content}`;
    store.write(`DELETE FROM ${table} WHERE id NOT IN (${used})`);
  }
  const named = "SELECT json_extract(value, '$.readerSet') AS id FROM access";
  store.write(`DELETE FROM reader_set WHERE id NOT IN (SELECT id FROM (${named}) WHERE id IS NOT NULL)`);
  store.forgetInterned();
  for (const key of ['purged', 'history']) {
    store.write(
      'INSERT INTO meta(key, value) VALUES (?,?) ON CONFLICT(key) DO UPDATE SET value=max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))',
      key,
      String(row.id),
    );
  }
  store.commit();
}

/** Gone folders of which nothing is kept, from the innermost outwards. */
function dropEmptyFolders(store: Store): void {
  const empty = `state=2 AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.folder=folder.id) AND NOT EXISTS (SELECT 1 FROM past WHERE past.folder=folder.id)
    AND NOT EXISTS (SELECT 1 FROM folder AS child WHERE child.parent=folder.id)
    AND NOT EXISTS (SELECT 1 FROM move WHERE move.folder=folder.id OR move.from_folder=folder.id)`;
  const count = store.prepare(`SELECT count(*) AS n FROM folder WHERE ${empty}`);
  while (Number((count.get() as { n: number }).n) > 0) store.write(`DELETE FROM folder WHERE ${empty}`);
}
