/** What the operator can do about an inventory that can't be opened. node:sqlite tells the cause in words alone, libsql by a code. */
import type { Told } from '../problem.js';

export function openingFailure(error: unknown): Told {
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

/** Whether the library says that the file itself is wrong: not that it is in use, out of reach, or on a full disk. */
export function isDamage(error: unknown): boolean {
  const words = error instanceof Error ? error.message : '';
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

function libraryCode(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'error';
}
