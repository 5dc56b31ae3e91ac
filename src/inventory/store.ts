/**
 * The inventory file: opens it (0600, locked against a second sweep, schema checked), interns values and keeps runs.
 * Entries are in entries.ts, persons in persons.ts. It never holds a raw value of a finding.
 */
import { closeSync, existsSync, openSync } from 'node:fs';
import { type Told, UsageError } from '../problem.js';
import { keepPrivate } from '../windows/private-file.js';
import { type Database, openDatabase, type Statement } from './database.js';
import { SCHEMA, SCHEMA_VERSION } from './schema.js';

export interface RunRow {
  readonly id: number;
  readonly startedMs: number;
  readonly endedMs: number | null;
  readonly asOfMs: number;
  readonly version: string;
  readonly policyHash: string;
  readonly roots: readonly string[];
  readonly complete: boolean;
  readonly excluded: Readonly<Record<string, number>>;
}

/** Uncommitted work is lost when the process is killed, and done again by the next sweep: no more than this much. */
const COMMIT_MS = 1_000;
const COMMIT_WRITES = 2_000;

export class Store {
  private readonly statements = new Map<string, Statement>();
  private readonly interned = { access: new Map<string, number>(), outcome: new Map<string, number>() };
  private readonly values = { access: new Map<number, unknown>(), outcome: new Map<number, unknown>() };
  private writes = 0;
  private openedMs = 0;
  private inTransaction = false;

  private constructor(
    private readonly db: Database,
    readonly path: string,
  ) {}

  /** `alone`: nobody else may use it meanwhile. `:memory:` for a check that leaves no trace. Throws UsageError when the file is no inventory, is newer, or is held by another sweep. */
  static open(path: string, options: { alone?: boolean } = {}): Store {
    const isFile = path !== ':memory:';
    let db: Database;
    try {
      if (isFile && !existsSync(path)) {
        closeSync(openSync(path, 'wx', 0o600));
        keepPrivate(path);
      }
      db = openDatabase(path);
      db.exec('PRAGMA busy_timeout=2000');
      // Held until the process ends, however it ends: a second sweep is refused, and a killed one leaves no lock behind.
      if (isFile && options.alone) db.exec('PRAGMA locking_mode=EXCLUSIVE');
      if (isFile) db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000');
      db.exec('PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000');
      prepareSchema(db, path);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const why = openingFailure(error);
      throw new UsageError({ ja: `${path}: ${why.ja}`, en: `${path}: ${why.en}` });
    }
    return new Store(db, path);
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

  close(): void {
    this.commit();
    this.statements.clear();
    this.db.close();
  }

  /** The id of an equal value, new or known. The value must be made with its keys in one fixed order. */
  intern(table: 'access' | 'outcome', value: string): number {
    const known = this.interned[table].get(value);
    if (known !== undefined) return known;
    const row = this.prepare(`SELECT id FROM ${table} WHERE value = ?`).get(value) as { id: number } | undefined;
    const id = row?.id ?? this.write(`INSERT INTO ${table}(value) VALUES (?)`, value);
    bound(this.interned[table]).set(value, id);
    return id;
  }

  /** The parsed value of an interned id. Equal ids give the same object as long as the cache holds it. */
  value<T>(table: 'access' | 'outcome', id: number): T {
    const known = this.values[table].get(id);
    if (known !== undefined) return known as T;
    const row = this.prepare(`SELECT value FROM ${table} WHERE id = ?`).get(id) as { value: string };
    const value = JSON.parse(row.value) as T;
    bound(this.values[table]).set(id, value);
    return value;
  }

  startRun(run: Omit<RunRow, 'id' | 'endedMs' | 'complete' | 'excluded'>): number {
    const id = this.write(
      'INSERT INTO run(started_ms, as_of_ms, version, policy_hash, roots) VALUES (?,?,?,?,?)',
      run.startedMs,
      run.asOfMs,
      run.version,
      run.policyHash,
      JSON.stringify(run.roots),
    );
    this.commit();
    return id;
  }

  endRun(id: number, end: Pick<RunRow, 'endedMs' | 'complete' | 'excluded' | 'roots'>): void {
    const { endedMs, complete, excluded, roots } = end;
    const sql = 'UPDATE run SET ended_ms=?, complete=?, excluded=?, roots=? WHERE id=?';
    this.write(sql, endedMs, complete ? 1 : 0, JSON.stringify(excluded), JSON.stringify(roots), id);
    this.commit();
  }

  /** The newest run, or null in a new inventory. */
  lastRun(): RunRow | null {
    const row = this.prepare('SELECT * FROM run ORDER BY id DESC LIMIT 1').get() as Record<string, number & string> | undefined;
    if (!row) return null;
    return {
      id: row.id!,
      startedMs: row.started_ms!,
      endedMs: row.ended_ms ?? null,
      asOfMs: row.as_of_ms!,
      version: row.version!,
      policyHash: row.policy_hash!,
      roots: JSON.parse(row.roots!),
      complete: Number(row.complete) === 1,
      excluded: JSON.parse(row.excluded!),
    };
  }

  private begin(): void {
    if (this.inTransaction) return;
    this.db.exec('BEGIN IMMEDIATE');
    this.inTransaction = true;
    this.openedMs = performance.now();
  }
}

/** An intern cache may not grow with the share. */
function bound<K, V>(cache: Map<K, V>): Map<K, V> {
  if (cache.size >= 50_000) cache.clear();
  return cache;
}

function prepareSchema(db: Database, path: string): void {
  const version = Number((db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version);
  if (version === SCHEMA_VERSION) return;
  if (version > SCHEMA_VERSION)
    throw new UsageError({
      ja: `${path}: より新しい mimawari で作られた台帳です（版 ${version}）。この mimawari が読めるのは版 ${SCHEMA_VERSION} までです`,
      en: `${path}: made by a newer mimawari (schema ${version}); this one knows up to ${SCHEMA_VERSION}`,
    });
  if (version > 0)
    throw new UsageError({
      ja: `${path}: 古い mimawari で作られた台帳です（版 ${version}）。この mimawari では読めません。別の台帳を --inventory で指定するか、このファイルを移してください`,
      en: `${path}: made by an older mimawari (schema ${version}), which this one can't read; name another inventory with --inventory, or move this file away`,
    });
  const tables = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE type='table'").get() as { n: number };
  if (Number(tables.n) > 0)
    throw new UsageError({
      ja: `${path}: データベースですが、mimawari の台帳ではありません`,
      en: `${path}: a database, but not an inventory of mimawari`,
    });
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA}; PRAGMA user_version=${SCHEMA_VERSION}; COMMIT`);
}

/** What the operator can do about it. node:sqlite tells the cause in words alone. */
function openingFailure(error: unknown): Told {
  const code = libraryCode(error);
  const words = error instanceof Error ? error.message : '';
  if (/SQLITE_BUSY|SQLITE_LOCKED/u.test(code) || /database is locked/u.test(words))
    return { ja: 'ほかの見回りが使っています。終わってから実行してください', en: 'held by another sweep; wait until it has ended' };
  if (/SQLITE_FULL|ENOSPC/u.test(code) || /disk is full/u.test(words)) return { ja: 'ディスクに空きがありません', en: 'its disk is full' };
  if (/EACCES|EPERM|EROFS|ENOENT|ENOTDIR|CANTOPEN|READONLY/u.test(code) || /unable to open|readonly/u.test(words))
    return {
      ja: '開くことも作ることもできません。フォルダーと権限を確かめてください',
      en: "can't be opened or made; check its folder and its permissions",
    };
  return { ja: `mimawari の台帳ではないか、壊れています（${code}）`, en: `not an inventory of mimawari, or damaged (${code})` };
}

function libraryCode(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'error';
}
