/**
 * What can still be read of a damaged inventory goes into a new one: runs, folders, the state of entries and their past. What files hold is not taken
 * over: a damaged row may be read and yet be wrong, and the files are still there to be read again.
 */
import { blobOf, type Database, type Value } from './database.js';
import { HISTORY_KEY, HISTORY_LOST_KEY } from './runs.js';
import type { Store } from './store.js';

/** Tables and their keys. Of contents, members and persons nothing is taken over. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  meta: ['key'],
  run: ['id'],
  folder: ['id'],
  principal: ['id'],
  reader_set: ['id'],
  access: ['id'],
  outcome: ['id'],
  entry: ['folder', 'name'],
  past: ['folder', 'name', 'since'],
  move: ['folder', 'name', 'run'],
  mount: ['folder'],
};

/** Without a part of these, what earlier runs found is not all there, or not since when. */
const HISTORY: readonly string[] = ['meta', 'run', 'folder', 'access', 'outcome', 'entry', 'past', 'move'];

const PAGE_ROWS = 500;

export interface Salvaged {
  readonly runs: number;
  readonly entries: number;
  readonly past: number;
  /** Tables of which a part could not be read; what is missing of them is not known. */
  readonly torn: readonly string[];
  /** The run with which history begins anew, because what earlier ones found is not all there any more; null when nothing of it is lost. */
  readonly begins: number | null;
}

/** Copies from the damaged database into an empty inventory, row by row. Throws for the new one alone (a full disk). */
export function salvage(damaged: Database | null, into: Store): Salvaged {
  const torn = Object.entries(TABLES).flatMap(([table, keys]) => (copyTable(damaged, into, table, keys) ? [] : [table]));
  // A torn page that reads like a sound one: what can't be understood is as good as missing.
  for (const table of ['outcome', 'access', 'reader_set']) into.write(`DELETE FROM ${table} WHERE NOT json_valid(value)`);
  into.write('DELETE FROM run WHERE NOT (json_valid(roots) AND json_valid(excluded))');
  into.write('UPDATE run SET sums=NULL WHERE NOT json_valid(sums)');
  // An empty state never equals: everything is examined again. Found in, but of what is not known any more.
  into.write("UPDATE entry SET state='', sketch=NULL, content=CASE WHEN content IS NULL THEN NULL ELSE 0 END");
  into.write('UPDATE past SET content=CASE WHEN content IS NULL THEN NULL ELSE 0 END');
  // A set whose principals may be missing names others one day; an access without its set says nothing of who reads.
  if (torn.includes('principal')) into.write('DELETE FROM reader_set');
  into.write("DELETE FROM access WHERE json_extract(value, '$.readerSet') NOT IN (SELECT id FROM reader_set)");
  const kept = (table: string) => Number((into.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n);
  const copied = kept('entry') + kept('past');
  // What has lost its values or its folder can't be judged.
  for (const table of ['entry', 'past']) {
    for (const value of ['outcome', 'access'])
      into.write(`DELETE FROM ${table} WHERE ${value} IS NOT NULL AND ${value} NOT IN (SELECT id FROM ${value})`);
    into.write(`DELETE FROM ${table} WHERE folder NOT IN (SELECT id FROM folder)`);
  }
  const isLost = torn.some((table) => HISTORY.includes(table)) || kept('entry') + kept('past') < copied;
  const begins = isLost ? beginHistory(into) : null;
  into.commit();
  return { runs: kept('run'), entries: kept('entry'), past: kept('past'), torn, begins };
}

/**
 * From the next run on: a comparison with an earlier one would tell as new what is only not remembered. Gives that run's number. Where runs are lost too,
 * it may be one that was given before: what is dated by it or by a later one is of before history.
 */
function beginHistory(into: Store): number {
  const { last } = into.prepare('SELECT coalesce(max(id), 0) AS last FROM run').get() as { last: number };
  into.write('DELETE FROM past WHERE until>?', last);
  into.write('DELETE FROM move WHERE run>?', last);
  into.write('UPDATE entry SET since=0 WHERE since>?', last);
  into.write('UPDATE entry SET gone_run=? WHERE gone_run>?', last, last);
  into.write("UPDATE meta SET value=? WHERE key='purged' AND CAST(value AS INTEGER)>?", String(last), last);
  for (const key of [HISTORY_KEY, HISTORY_LOST_KEY])
    into.write('INSERT OR REPLACE INTO meta(key, value) VALUES (?,?)', key, String(last + 1));
  return last + 1;
}

/**
 * From the first row up to where reading fails, then from the last one back: a torn page costs what lies around it, not all behind it. False when a part
 * could not be read.
 */
function copyTable(damaged: Database | null, into: Store, table: string, keys: readonly string[]): boolean {
  if (damaged === null) return false;
  const there = columnsOf(damaged, table);
  // An older inventory lacks some, and what it lacks has its default.
  const columns = columnsOf(into, table).filter((column) => there.length === 0 || there.includes(column));
  const insert = `INSERT OR IGNORE INTO ${table}(${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  for (const order of ['ASC', 'DESC'] as const) {
    let torn = false;
    for (const page of pagesOf(damaged, table, columns, keys, order)) {
      if (page === 'torn') torn = true;
      else for (const row of page) into.write(insert, ...columns.map((column) => plainOf(row[column])));
      into.commitWhenDue(performance.now());
    }
    if (!torn) return order === 'ASC';
  }
  return false;
}

/** None where that can't be read. */
function columnsOf(db: Pick<Database, 'prepare'>, table: string): string[] {
  try {
    return (db.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[]).map(({ name }) => name);
  } catch {
    return [];
  }
}

type Row = Record<string, Value | ArrayBuffer | undefined>;

/** Pages of rows in the order of their keys; 'torn' where reading ends before the table does. */
function* pagesOf(
  damaged: Database,
  table: string,
  columns: readonly string[],
  keys: readonly string[],
  order: 'ASC' | 'DESC',
): Generator<Row[] | 'torn'> {
  const by = keys.map((key) => `${key} ${order}`).join(', ');
  const beyond = `WHERE (${keys.join(', ')}) ${order === 'ASC' ? '>' : '<'} (${keys.map(() => '?').join(', ')})`;
  let last: Row | undefined;
  do {
    let page: Row[];
    try {
      const sql = `SELECT ${columns.join(', ')} FROM ${table} ${last ? beyond : ''} ORDER BY ${by} LIMIT ${PAGE_ROWS}`;
      page = damaged.prepare(sql).all(...(last ? keys.map((key) => plainOf(last![key])) : [])) as Row[];
    } catch {
      // What lies behind it is read from the other end.
      yield 'torn';
      return;
    }
    yield page;
    last = page.at(-1);
  } while (last !== undefined);
}

function plainOf(value: Row[string]): Value {
  return value instanceof ArrayBuffer ? blobOf(value) : (value ?? null);
}
