/**
 * Opens the inventory for a sweep, and looks first whether it is sound when the last sweep did not end in order. A damaged one is put aside under another
 * name, never deleted, and a new one begins with what could be read of it.
 */
import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { UsageError } from '../problem.js';
import { type Database, openDatabase } from './database.js';
import { type Salvaged, salvage } from './salvage.js';
import { APPLICATION_ID } from './schema.js';
import { DamagedInventory, Store } from './store.js';

export interface Lost extends Salvaged {
  /** Where the damaged file lies now. */
  readonly aside: string;
}

/** @throws UsageError as Store.open does, and when a damaged file can't be put aside. `nowMs` names the file that is put aside. */
export function openForSweep(path: string, nowMs: number): { readonly store: Store; readonly lost: Lost | null } {
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  let damaged: Database | null = null;
  try {
    const store = Store.open(path, { alone: true });
    if (store.isSound(hasLog)) return { store, lost: null };
    damaged = store.release();
  } catch (error) {
    if (!(error instanceof DamagedInventory) || !isOurs(path)) throw error;
  }
  const aside = putAside(path, nowMs);
  damaged ??= openIfPossible(aside);
  const store = Store.open(path, { alone: true });
  const salvaged = salvage(damaged, store);
  damaged?.close();
  return { store, lost: { aside, ...salvaged } };
}

/** By the head of the file (SQLite file format, 1.3): no other database is ever put aside. */
function isOurs(path: string): boolean {
  const head = Buffer.alloc(72);
  const fd = openSync(path, 'r');
  try {
    readSync(fd, head, 0, head.length, 0);
  } finally {
    closeSync(fd);
  }
  return head.toString('latin1', 0, 16) === 'SQLite format 3\0' && head.readUInt32BE(68) === APPLICATION_ID;
}

function putAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().slice(0, 10);
  let aside = `${path}.damaged-${stamp}`;
  for (let at = 2; existsSync(aside); at++) aside = `${path}.damaged-${stamp}.${at}`;
  try {
    for (const tail of ['', '-wal', '-shm']) if (existsSync(path + tail)) renameSync(path + tail, aside + tail);
  } catch {
    throw new UsageError({
      ja: `${path}: 台帳が壊れています。別名に変えられませんでした。手で別の場所へ移してから、もう一度実行してください`,
      en: `${path}: the inventory is damaged, and it can't be renamed; move it away by hand, then run again`,
    });
  }
  return aside;
}

function openIfPossible(path: string): Database | null {
  try {
    return openDatabase(path);
  } catch {
    // Then nothing can be read of it, which is told.
    return null;
  }
}
