/**
 * The inventory file: opens it (0600, locked against a second sweep, schema checked), writes in transactions and interns values.
 * Runs are in runs.ts, entries in entries.ts, persons in persons.ts. It never holds a raw value of a finding.
 */
import { closeSync, existsSync, openSync } from 'node:fs';
import { UsageError } from '../problem.js';
import { keepPrivate } from '../windows/private-file.js';
import { type Database, openDatabase, type Statement } from './database.js';
import { isOlder, prepareSchema } from './migrate.js';
import { DamagedValue, isDamage, openingFailure } from './opening-failure.js';
import { READER_TABLES, SETTLED_TABLES } from './schema.js';

/** Uncommitted work is lost when the process is killed, and done again by the next sweep: no more than this much. */
const COMMIT_MS = 1_000;
const COMMIT_WRITES = 2_000;

/** For whoever else has it at this moment. */
const WAIT_MS = 2_000;
/** For another process that brings an older inventory up to date. */
const MIGRATION_WAIT_MS = 120_000;

/** The file is an SQLite database that can't be read any more, or none at all. */
export class DamagedInventory extends UsageError {}

/** A value that is none, or that an entry refers to and that is not there: a torn page that SQLite can't tell from a sound one. */
const LOST_VALUES = `
  SELECT 1 FROM outcome WHERE NOT json_valid(value)
  UNION ALL SELECT 1 FROM access WHERE NOT json_valid(value)
  UNION ALL SELECT 1 FROM reader_set WHERE NOT json_valid(value)
  UNION ALL SELECT 1 FROM run WHERE NOT (json_valid(roots) AND json_valid(excluded) AND json_valid(coalesce(sums, '{}')))
  UNION ALL SELECT 1 FROM entry
    WHERE (outcome IS NOT NULL AND outcome NOT IN (SELECT id FROM outcome)) OR (access IS NOT NULL AND access NOT IN (SELECT id FROM access))
  LIMIT 1`;

/** Tables whose rows are equal for equal values. */
type Interned = 'access' | 'outcome' | 'reader_set';

export class Store {
  private readonly statements = new Map<string, Statement>();
  private readonly interned = {
    access: new Map<string, number>(),
    outcome: new Map<string, number>(),
    reader_set: new Map<string, number>(),
  };
  private readonly values = {
    access: new Map<number, unknown>(),
    outcome: new Map<number, unknown>(),
    reader_set: new Map<number, unknown>(),
  };
  private writes = 0;
  private openedMs = 0;
  private inTransaction = false;
  private isClosed = false;

  /** Path of the inventory that was opened last; null before, and for one in memory. */
  static lastOpened: string | null = null;

  private constructor(
    private readonly db: Database,
    readonly path: string,
  ) {}

  /** `alone`: nobody else may use it meanwhile. `:memory:` for a check that leaves no trace. Throws UsageError when the file is no inventory, is newer, or is held by another sweep. */
  static open(path: string, options: { alone?: boolean } = {}): Store {
    const isFile = path !== ':memory:';
    Store.lastOpened = isFile ? path : null;
    let db: Database;
    try {
      if (isFile && !existsSync(path)) makeFile(path);
      const waitMs = isFile && isOlder(path) ? MIGRATION_WAIT_MS : WAIT_MS;
      db = openDatabase(path);
      db.exec(`PRAGMA busy_timeout=${waitMs}`);
      // Held until the process ends, however it ends: a second sweep is refused, and a killed one leaves no lock behind.
      if (isFile && options.alone) db.exec('PRAGMA locking_mode=EXCLUSIVE');
      if (isFile) db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000');
      // Checks of references cost a look-up for each row, and rows of what is gone outlive what they referred to.
      db.exec('PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA foreign_keys=OFF');
      prepareSchema(db, path, options.alone === true || !isFile);
      db.exec(READER_TABLES + SETTLED_TABLES);
      db.exec(`PRAGMA busy_timeout=${WAIT_MS}`);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const why = openingFailure(error, path);
      const told = { ja: `${path}: ${why.ja}`, en: `${path}: ${why.en}` };
      throw isDamage(error) ? new DamagedInventory(told) : new UsageError(told);
    }
    return new Store(db, path);
  }

  /**
   * False when pages of the file contradict each other. That is looked for when the last run did not end in order (it reads the whole file), or when
   * `suspect` says that there is reason to.
   */
  isSound(suspect: boolean): boolean {
    try {
      const last = this.prepare('SELECT ended_ms FROM run ORDER BY id DESC LIMIT 1').get() as { ended_ms: number | null } | undefined;
      if (!suspect && (last === undefined || last.ended_ms !== null)) return true;
      const [first] = this.db.prepare('PRAGMA quick_check(1)').all() as Record<string, string>[];
      return first !== undefined && Object.values(first)[0] === 'ok' && this.prepare(LOST_VALUES).get() === undefined;
    } catch (error) {
      if (isDamage(error)) return false;
      throw error;
    }
  }

  /**
   * Gives up a damaged inventory: hands out the database for what can still be read of it, out of its write-ahead log, which closing would else take away
   * by its name, whosoever's it is by then. Null on Windows, where a file that is open can't be renamed. What was not committed is lost.
   */
  giveUp(): Database | null {
    if (this.inTransaction) this.abandon();
    this.isClosed = true;
    this.statements.clear();
    try {
      this.db.exec('PRAGMA journal_mode=DELETE');
      if (process.platform !== 'win32') return this.db;
      this.db.close();
    } catch {
      // That it is damaged is known.
    }
    return process.platform === 'win32' ? null : this.db;
  }

  prepare(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  /** Every change goes through here: opens a transaction when none is open, and commits when it has grown old or large. */
  write(sql: string, ...values: Parameters<Statement['run']>): number {
    this.begin();
    this.writes++;
    try {
      return Number(this.prepare(sql).run(...values).lastInsertRowid);
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** After an error (a full disk) SQLite may have rolled back by itself: what was not committed is lost, and there is nothing left to commit. */
  private abandon(): void {
    this.inTransaction = false;
    try {
      this.db.exec('ROLLBACK');
    } catch {
      // It has rolled back already.
    }
  }

  /** Call between two whole results, never inside one: what belongs together is then kept together or not at all. */
  commitWhenDue(nowMs: number): void {
    if (this.inTransaction && (this.writes >= COMMIT_WRITES || nowMs - this.openedMs >= COMMIT_MS)) this.commit();
  }

  commit(): void {
    if (!this.inTransaction) return;
    try {
      this.db.exec('COMMIT');
    } catch (error) {
      this.abandon();
      throw error;
    }
    this.inTransaction = false;
    this.writes = 0;
  }

  /** A second time it does nothing. */
  close(): void {
    if (this.isClosed) return;
    this.commit();
    this.isClosed = true;
    this.statements.clear();
    this.db.close();
  }

  /** The id of an equal value, new or known. The value must be made with its keys in one fixed order. */
  intern(table: Interned, value: string): number {
    const known = this.interned[table].get(value);
    if (known !== undefined) return known;
    const row = this.prepare(`SELECT id FROM ${table} WHERE value = ?`).get(value) as { id: number } | undefined;
    const id = row?.id ?? this.write(`INSERT INTO ${table}(value) VALUES (?)`, value);
    bound(this.interned[table]).set(value, id);
    return id;
  }

  /** The parsed value of an interned id. Equal ids give the same object as long as the cache holds it. */
  value<T>(table: Interned, id: number): T {
    const known = this.values[table].get(id);
    if (known !== undefined) return known as T;
    const row = this.prepare(`SELECT value FROM ${table} WHERE id = ?`).get(id) as { value: string } | undefined;
    const value = parsed<T>(row?.value, `${table} ${id}`);
    bound(this.values[table]).set(id, value);
    return value;
  }

  /** After rows of interned values were deleted: their ids may stand for others. */
  forgetInterned(): void {
    for (const cache of [...Object.values(this.interned), ...Object.values(this.values)]) cache.clear();
  }

  private begin(): void {
    if (this.inTransaction) return;
    this.db.exec('BEGIN IMMEDIATE');
    this.inTransaction = true;
    this.openedMs = performance.now();
  }
}

function parsed<T>(text: string | undefined, what: string): T {
  try {
    if (text !== undefined) return JSON.parse(text) as T;
  } catch {
    // Told below, without the text.
  }
  throw new DamagedValue(`${what} can't be read`);
}

/** An intern cache may not grow with the share. */
function bound<K, V>(cache: Map<K, V>): Map<K, V> {
  if (cache.size >= 50_000) cache.clear();
  return cache;
}

/** For its owner alone. Another process may have made it in this moment. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return;
    throw error;
  }
  keepPrivate(path);
}
