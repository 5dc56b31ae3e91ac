/**
 * Makes the tables of a new inventory, and brings one of an older version to the present one, step by step, with a copy of the file beside it first.
 * A newer version is never touched.
 */
import { chmodSync, closeSync, existsSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { UsageError } from '../problem.js';
import { type Database, openDatabase } from './database.js';
import { notOurs } from './opening-failure.js';
import {
  APPLICATION_ID,
  DOCUMENT_DATE_COLUMNS,
  ENTRY_COLUMNS,
  HISTORY_TABLES,
  RUN_COLUMNS,
  SCHEMA,
  SCHEMA_VERSION,
  SKETCH_COLUMN,
} from './schema.js';

interface Step {
  readonly from: number;
  readonly to: number;
  /** All run in one transaction with the new version's number. */
  readonly sql: string;
}

const addColumns = (table: string, columns: readonly string[]): string =>
  columns.map((column) => `ALTER TABLE ${table} ADD COLUMN ${column};`).join('\n');

/** In their order, without a gap up to SCHEMA_VERSION. What version 1 held can't be told from what it lacks: it has no step. */
const STEPS: readonly Step[] = [
  {
    from: 2,
    to: 3,
    // History begins with the last run: of what was before it, only that an entry was there is known.
    sql: `
      ${addColumns('run', RUN_COLUMNS)}
      ${addColumns('entry', ENTRY_COLUMNS)}
      UPDATE entry SET gone_run = coalesce((SELECT max(id) FROM run WHERE started_ms <= gone_ms), 0) WHERE gone_ms IS NOT NULL;
      ${HISTORY_TABLES}
      INSERT OR REPLACE INTO meta(key, value) SELECT 'history', CAST(max(id) AS TEXT) FROM run HAVING max(id) IS NOT NULL;
      PRAGMA application_id=${APPLICATION_ID};`,
  },
  {
    from: 3,
    to: 4,
    // Dates are unknown until a file is read again, which the versions of its readers see to. Without a sketch a file counts as touched by whatever changes.
    sql: `${addColumns('entry', [SKETCH_COLUMN])} ${DOCUMENT_DATE_COLUMNS}`,
  },
];

/**
 * Of several that open it at once, one does the work, and the others wait for it (as long as `busy_timeout` says). `alone`: nobody else can open it meanwhile.
 * @throws UsageError for a newer version, for one that has no way to the present one, and for a database that is no inventory
 */
export function prepareSchema(db: Database, path: string, alone: boolean): void {
  const seen = numberOf(db, 'PRAGMA user_version');
  if (seen === SCHEMA_VERSION) return;
  // A copy can't be made by the connection that holds the lock for writing. Alone there is no other, and nobody who could come between.
  if (seen > 0 && alone) backUp(db, path, stepsFrom(seen, path)[0]!.from);
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = numberOf(db, 'PRAGMA user_version');
    if (version === 0) {
      if (numberOf(db, "SELECT count(*) FROM sqlite_master WHERE type='table'") > 0) throw notAnInventory(path);
      db.exec(`${SCHEMA}; PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${SCHEMA_VERSION}`);
    } else if (version !== SCHEMA_VERSION) {
      const steps = stepsFrom(version, path);
      if (!alone) backUpBeside(path, steps[0]!.from);
      for (const { to, sql } of steps) db.exec(`${sql}; PRAGMA user_version=${to}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** Whether a first opening has work to do that others wait for: told by the head alone; false for what is no inventory, which the opening tells. */
export function isOlder(path: string): boolean {
  try {
    return schemaOfFile(path) === 'older';
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** Where the head of a database holds `PRAGMA user_version` (SQLite file format, 1.3). */
const VERSION_AT = 60;
const HEAD_BYTES = 100;

/**
 * Whether the file is an inventory of this version, told by its head alone: nothing is opened by SQLite, locked or written. An empty file is a new one.
 * @throws UsageError as prepareSchema does
 */
export function schemaOfFile(path: string): 'new' | 'older' | 'current' {
  const head = Buffer.alloc(HEAD_BYTES);
  const fd = openSync(path, 'r');
  try {
    if (readSync(fd, head, 0, HEAD_BYTES, 0) === 0) return 'new';
  } finally {
    closeSync(fd);
  }
  if (head.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    const { ja, en } = notOurs();
    throw new UsageError({ ja: `${path}: ${ja}`, en: `${path}: ${en}` });
  }
  const version = head.readUInt32BE(VERSION_AT);
  if (version === SCHEMA_VERSION) return 'current';
  if (version === 0) throw notAnInventory(path);
  stepsFrom(version, path);
  return 'older';
}

function notAnInventory(path: string): UsageError {
  return new UsageError({
    ja: `${path}: データベースですが、mimawari の台帳ではありません。別の台帳を --inventory で指定するか、このファイルを移してください`,
    en: `${path}: a database, but not an inventory of mimawari; name another inventory with --inventory, or move this file away`,
  });
}

function stepsFrom(version: number, path: string): Step[] {
  if (version > SCHEMA_VERSION)
    throw new UsageError({
      ja: `${path}: より新しい mimawari で作られた台帳です（版 ${version}）。この mimawari が読めるのは版 ${SCHEMA_VERSION} までです。新しい mimawari を使うか、別の台帳を --inventory で指定してください`,
      en: `${path}: made by a newer mimawari (schema ${version}); this one knows up to ${SCHEMA_VERSION}. Use the newer program, or name another inventory with --inventory`,
    });
  const steps = STEPS.filter(({ from }) => from >= version);
  if (steps[0]?.from === version) return steps;
  throw new UsageError({
    ja: `${path}: 古い mimawari で作られた台帳です（版 ${version}）。この mimawari では読めません。別の台帳を --inventory で指定するか、このファイルを移してください`,
    en: `${path}: made by an older mimawari (schema ${version}), which this one can't read; name another inventory with --inventory, or move this file away`,
  });
}

function backUpBeside(path: string, version: number): void {
  const reader = openDatabase(path);
  try {
    backUp(reader, path, version);
  } finally {
    reader.close();
  }
}

/**
 * A whole copy, whatever still stands in the write-ahead log, for the owner alone: `inventory.db.v2.bak`, or `.v2.2.bak` when that is there already, because
 * an earlier copy may be the only good one. It has its name once it is whole.
 */
function backUp(db: Database, path: string, version: number): void {
  const part = `${path}.v${version}.bak.${process.pid}.part`;
  try {
    // VACUUM INTO writes into an empty file that is there, and keeps its mode.
    rmSync(part, { force: true });
    closeSync(openSync(part, 'wx', 0o600));
    db.prepare('VACUUM INTO ?').run(part);
    chmodSync(part, 0o600);
    let copy = `${path}.v${version}.bak`;
    for (let at = 2; existsSync(copy); at++) copy = `${path}.v${version}.${at}.bak`;
    renameSync(part, copy);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

function rollBack(db: Database): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // It has rolled back by itself.
  }
}

function numberOf(db: Database, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() as Record<string, number>)[0]);
}
