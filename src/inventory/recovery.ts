/**
 * Opens the inventory for a sweep, and looks first whether it is sound when the last sweep did not end in order. A damaged one is put aside under another
 * name, never deleted, and a new one begins with what could be read of it.
 */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { UsageError } from '../problem.js';
import { keepPrivate } from '../windows/private-file.js';
import { type Database, openDatabase } from './database.js';
import { isOurs } from './ours.js';
import { type Salvaged, salvage } from './salvage.js';
import { DamagedInventory, Store } from './store.js';

export interface Lost extends Salvaged {
  /** Where the damaged file lies now. */
  readonly aside: string;
}

/** @throws UsageError as Store.open does, and when a damaged file can't be put aside. `nowMs` names the file that is put aside. */
export function openForSweep(path: string, nowMs: number): { readonly store: Store; readonly lost: Lost | null } {
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const isMarked = existsSync(markOf(path));
  let damaged: Database | null = null;
  try {
    const store = Store.open(path, { alone: true });
    if (store.isSound(hasLog || isMarked)) {
      if (isMarked) rmSync(markOf(path), { force: true });
      return { store, lost: null };
    }
    damaged = store.giveUp();
  } catch (error) {
    if (!(error instanceof DamagedInventory) || !isOurs(path)) throw error;
  }
  return putAsideAndSalvage(path, damaged, nowMs);
}

/**
 * The same for an inventory that was taken for sound, in which a sweep met the damage. Runs that began at `sinceMs` or later have not reached their end,
 * whatever was kept of them: what they found is lost.
 */
export function beginAnew(damaged: Store, sinceMs: number): { readonly store: Store; readonly lost: Lost } {
  const begun = putAsideAndSalvage(damaged.path, damaged.giveUp(), sinceMs);
  begun.store.write(
    'UPDATE run SET ended_ms=NULL, complete=0, stopped=NULL, sums=NULL, until_place=from_place WHERE started_ms>=?',
    sinceMs,
  );
  begun.store.commit();
  return begun;
}

/** Leaves word for the next sweep that this inventory was found damaged by a command that may not put it aside. Tells nothing when it can't. */
export function markDamaged(path: string): void {
  try {
    closeSync(openSync(markOf(path), 'w', 0o600));
    keepPrivate(markOf(path));
  } catch {
    // A place where nothing can be written: the command has told of the damage itself.
  }
}

/** Whether it is damaged, asked by doctor; null when another command holds it, and for what is no inventory of this version. Reads the whole file. */
export function isDamaged(path: string): boolean | null {
  try {
    const store = Store.open(path);
    try {
      return !store.isSound(true);
    } finally {
      store.close();
    }
  } catch (error) {
    return error instanceof DamagedInventory ? true : null;
  }
}

function markOf(path: string): string {
  return `${path}.suspect`;
}

function putAsideAndSalvage(path: string, open: Database | null, nowMs: number): { readonly store: Store; readonly lost: Lost } {
  const aside = putAside(path, nowMs);
  rmSync(markOf(path), { force: true });
  const damaged = open ?? openIfPossible(aside);
  const store = Store.open(path, { alone: true });
  const salvaged = salvage(damaged, store);
  try {
    damaged?.close();
  } catch {
    // It is damaged, and nothing more is wanted of it.
  }
  return { store, lost: { aside, ...salvaged } };
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
