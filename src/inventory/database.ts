/**
 * One small face for the two embedded SQLites: node:sqlite where the runtime has it (22.13 and later), libsql on Node 20.
 * Only our own inventory file is ever opened with it.
 */
import { createRequire } from 'node:module';
import { resolve, toNamespacedPath } from 'node:path';

export type Value = string | number | bigint | Uint8Array | null;
export type DatabaseRow = Record<string, Value>;

export interface Statement {
  run(...values: Value[]): { lastInsertRowid: number | bigint; changes: number | bigint };
  get(...values: Value[]): unknown;
  /** BLOBs of `all` go through `blobOf`. A statement's only value may not be a BLOB: libsql takes it for a set of named values. */
  all(...values: Value[]): unknown[];
}

export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): void;
}

/** libsql hands a BLOB out as an ArrayBuffer from `all`, as a Buffer from `get`. */
export function blobOf(value: Uint8Array | ArrayBuffer | null): Uint8Array | null {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value;
}

interface SqliteModule {
  DatabaseSync: new (path: string) => Database;
}

/** `:memory:` keeps everything in memory. Throws what the library throws; the store turns it into words. */
export function openDatabase(path: string): Database {
  const require = createRequire(import.meta.url);
  const builtin = loadBuiltin(require);
  if (builtin) return new builtin.DatabaseSync(path === ':memory:' ? path : locationOf(path));
  const LibSql = require('libsql') as new (path: string) => Database;
  return new LibSql(path);
}

/** MAX_PATH of Windows, less the ending that SQLite puts behind the name of its journals. */
const WINDOWS_CHARS_MAX = 260 - '-journal'.length - 1;

/**
 * SQLite hands paths on as they are, and Windows takes long ones only in their literal form (`\\?\…`); beyond 1,040 bytes of UTF-8 SQLite wants
 * its own way for them (sqlite.org/vfs.html, win32-longpath), which is asked for by a URI.
 */
function locationOf(path: string): string {
  if (process.platform !== 'win32' || resolve(path).length < WINDOWS_CHARS_MAX) return path;
  return `file:${encodeURIComponent(toNamespacedPath(resolve(path)))}?vfs=win32-longpath`;
}

function loadBuiltin(require: NodeJS.Require): SqliteModule | null {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 13)) return null;
  return withoutExperimentalWarning(() => require('node:sqlite') as SqliteModule);
}

/** node:sqlite warns on standard error that it is experimental: noise in a nightly log, and nothing its reader could do. */
function withoutExperimentalWarning<T>(load: () => T): T {
  const emit = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emit;
  }
}
