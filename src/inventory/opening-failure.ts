/** What the operator can do about an inventory that can't be opened. node:sqlite tells the cause in words alone, libsql by a code. */
import { statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Told } from '../problem.js';
import { isOurs } from './ours.js';

/** Less room than this is none: the shared memory of SQLite's log alone takes 32 KiB (sqlite.org/walformat.html). */
const FULL_BYTES = 128 * 1024;

/** `path` is that of the inventory, whose disk is looked at. */
export function openingFailure(error: unknown, path: string): Told {
  const code = libraryCode(error);
  const words = wordsOf(error);
  if (isFolder(path))
    return {
      ja: 'フォルダーです。台帳はファイルなので、その中のファイル名まで指定してください（例: inventory.db）',
      en: 'is a folder; the inventory is a file: name one in it, such as inventory.db',
    };
  if (/SQLITE_BUSY|SQLITE_LOCKED/u.test(code) || /database is locked/u.test(words))
    return { ja: 'ほかの見回りが使っています。終わってから実行してください', en: 'held by another sweep; wait until it has ended' };
  if (isDiskFull(error, path))
    return {
      ja: '台帳を置くディスクに空きがありません。空きを作ってから、もう一度実行してください。台帳の中身は失われていません',
      en: 'its disk is full; make room, then run again. Nothing in it is lost',
    };
  if (isDiskFailure(error))
    return {
      ja: `台帳を置くディスクを読み書きできません（${code}）。ディスクとつながりを確かめてください`,
      en: `its disk can't be read or written (${code}); check the disk and the way to it`,
    };
  if (/EACCES|EPERM|EROFS|ENOENT|ENOTDIR|CANTOPEN|READONLY/u.test(code) || /unable to open|readonly/u.test(words))
    return {
      ja: '開くことも作ることもできません。フォルダーと権限を確かめてください',
      en: "can't be opened or made; check its folder and its permissions",
    };
  return isDamage(error) && isOurs(path)
    ? {
        ja: `台帳が壊れています（${code}）。次の mimawari scan が、壊れた台帳を別の名前で残し、読めるところを引き継いで作り直します。控えがあれば、それに戻してもかまいません`,
        en: `the inventory is damaged (${code}). The next mimawari scan puts it aside and makes a new one with what can be read of it; or restore it from a backup`,
      }
    : notOurs(code);
}

/** Of a file in the place of the inventory that nobody can tell for one: it may be somebody else's, so it is left alone. `code`: of the library, if it has said one. */
export function notOurs(code?: string): Told {
  const [ja, en] = code === undefined ? ['', ''] : [`（${code}）`, ` (${code})`];
  return {
    ja: `mimawari の台帳ではないか、見分けられないほど壊れています${ja}。ほかのファイルかもしれないので、手を付けていません。別の場所へ移すか、控えに戻すか、--inventory で別の台帳を指定してください。移せば、次の mimawari scan が新しい台帳を作り、すべてのファイルを読み直します`,
    en: `not an inventory of mimawari, or damaged beyond recognition${en}. It may be another file, so it is left alone: move it aside, restore a copy, or name another inventory with --inventory. Once it is moved, the next mimawari scan begins a new one and reads every file again`,
  };
}

/**
 * SQLite tells a full disk by its own code when it writes pages, and as an error of input and output when it is the log or its shared memory that finds no
 * room; then the disk itself is asked. libsql tells it by codes, node:sqlite in words alone.
 */
export function isDiskFull(error: unknown, path: string): boolean {
  const code = libraryCode(error);
  if (/SQLITE_FULL|ENOSPC|EDQUOT|IOERR_SHMSIZE/u.test(code)) return true;
  if (/^(?:ERR_)?SQLITE_/u.test(code) && /disk is full/u.test(wordsOf(error))) return true;
  if (!isDiskFailure(error)) return false;
  try {
    const { bavail, bsize } = statfsSync(dirname(resolve(path)));
    return bavail * bsize < FULL_BYTES;
  } catch {
    return false;
  }
}

/** The disk gave or took no bytes, for whatever reason. */
export function isDiskFailure(error: unknown): boolean {
  const code = libraryCode(error);
  return /SQLITE_IOERR/u.test(code) || (code === 'ERR_SQLITE_ERROR' && /disk I\/O error/u.test(wordsOf(error)));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Whether the library says that the file itself is wrong: not that it is in use, out of reach, or on a full disk. */
export function isDamage(error: unknown): boolean {
  const words = wordsOf(error);
  return /SQLITE_(?:CORRUPT|NOTADB)/u.test(libraryCode(error)) || /malformed|not a database|corrupt/u.test(words);
}

/** A value that another row refers to is missing, or is not what was written: as damaged as a torn page, and nothing that SQLite would notice. */
export class DamagedValue extends Error {
  readonly code = 'SQLITE_CORRUPT_VALUE';
}

/** The same of an inventory that was opened: only the library's own errors count, whatever the words of others are. */
export function isDamageMet(error: unknown): boolean {
  return /^(?:ERR_)?SQLITE_/u.test(libraryCode(error)) && isDamage(error);
}

/** What an error that left a command says of the inventory that was open; null when it has nothing to do with it. libsql and node:sqlite name theirs alike. */
export function inventoryTrouble(
  error: unknown,
  path: string | null,
): 'inventoryDiskFull' | 'inventoryUnreadable' | 'damagedInventory' | null {
  const code = libraryCode(error);
  if (!/^(?:SQLITE_(?:FULL|CORRUPT|NOTADB|IOERR)|ERR_SQLITE_ERROR)/u.test(code)) return null;
  if (isDiskFull(error, path ?? '.')) return 'inventoryDiskFull';
  return isDiskFailure(error) ? 'inventoryUnreadable' : 'damagedInventory';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function libraryCode(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'error';
}
