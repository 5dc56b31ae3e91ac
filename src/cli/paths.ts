/** Where the program keeps its own files, and the rule that none of them may lie below a folder that it sweeps. */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, type posix, relative, resolve, sep } from 'node:path';
import { UsageError } from '../problem.js';
import { folderId } from '../walk/roots.js';
import { isReservedName, namesStream } from '../walk/windows-path.js';
import { keepPrivate } from '../windows/private-file.js';

const KEY_BYTES = 32;

/** The user's state folder (XDG Base Directory Specification; %LOCALAPPDATA% on Windows). Throws UsageError for a user who has none. */
export function defaultInventory(): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  const base =
    process.platform === 'win32'
      ? (LOCALAPPDATA ?? join(homeFolder(), 'AppData', 'Local'))
      : XDG_STATE_HOME !== undefined && isAbsolute(XDG_STATE_HOME) // a relative one is to be ignored, says the specification
        ? XDG_STATE_HOME
        : join(homeFolder(), '.local', 'state');
  return join(base, 'mimawari', 'inventory.db');
}

/** Throws UsageError for a user without a home: in an empty root, or for an account of a service. */
function homeFolder(): string {
  try {
    const home = homedir();
    if (isAbsolute(home)) return home;
  } catch {
    // As without one.
  }
  throw new UsageError({
    ja: 'この利用者にはホームフォルダーがありません。台帳の場所を --inventory か環境変数 XDG_STATE_HOME で指定してください',
    en: 'this user has no home folder; name the place of the inventory with --inventory, or set XDG_STATE_HOME',
  });
}

/** Makes the folder of our own file, for its owner alone. Throws UsageError when it can't be made. */
export function makeFolderFor(file: string): void {
  refuseReservedName(file);
  try {
    makeFolders(dirname(resolve(file)));
  } catch (error) {
    const code = codeOf(error);
    throw new UsageError({ ja: `${file}: フォルダーを作れません（${causeJa(code)}）`, en: `${file}: its folder can't be made (${code})` });
  }
}

/**
 * Makes a folder with those above it that are missing, each for its owner alone, and returns them, outermost first. One by one: mkdirSync's own `recursive`
 * never ends where the folder above is there and refuses new ones with ENOENT, as /proc does. Throws what the system throws, and then leaves none.
 */
export function makeFolders(folder: string): string[] {
  const missing: string[] = [];
  let here = folder;
  while (statSync(here, { throwIfNoEntry: false }) === undefined && dirname(here) !== here) {
    missing.unshift(here);
    here = dirname(here);
  }
  if (!statSync(here).isDirectory()) throw Object.assign(new Error(`${here}: not a folder`), { code: 'ENOTDIR' });
  const made: string[] = [];
  try {
    for (const one of missing) {
      if (!makeOne(one)) continue;
      made.push(one);
      keepPrivate(one);
    }
  } catch (error) {
    removeFolders(made);
    throw error;
  }
  return made;
}

/** False when another program was faster. */
function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && statSync(folder).isDirectory()) return false;
    throw error;
  }
}

/** Outermost first; one that another program uses by now stays. */
function removeFolders(made: readonly string[]): void {
  try {
    for (const one of [...made].reverse()) rmdirSync(one);
  } catch {
    // It is not empty any more.
  }
}

/**
 * Why our own file can't be made or replaced there, as a code of the system; null when it can. Found out by making a file beside it, with the folders that
 * are missing, and taking all of it away again: permissions alone tell nothing of /proc, of a full disk or of root.
 */
export function refusalOf(file: string): string | null {
  let made: string[] = [];
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return 'EISDIR';
    // A pipe, a terminal, /dev/null: written into, never replaced.
    if (stat && !stat.isFile()) return accessSync(file, constants.W_OK) ?? null;
    made = makeFolders(dirname(resolve(file)));
    const trial = `${file}.${process.pid}.try`;
    closeSync(openSync(trial, 'wx', 0o600));
    rmSync(trial, { force: true });
    return null;
  } catch (error) {
    return codeOf(error);
  } finally {
    removeFolders(made);
  }
}

const OWN_FILES = { inventory: '台帳', key: '鍵', report: '報告', stamp: '確認の印' } as const;

/** Throws UsageError on Windows for a name that nobody could open or delete afterwards, and for a stream behind a file. */
export function refuseReservedName(file: string): void {
  if (process.platform !== 'win32' || !(isReservedName(basename(file)) || namesStream(file))) return;
  throw new UsageError({
    ja: `${file}: Windows で使えない名前です。別の名前を指定してください`,
    en: `${file}: Windows keeps no file of this name; choose another`,
  });
}

/** Throws UsageError when a file that we would write lies in a folder that is swept: the share is never changed, and a report is a map. */
export function refuseBelowRoots(file: string, what: keyof typeof OWN_FILES, roots: readonly string[]): void {
  const folder = realFolder(dirname(resolve(file)));
  for (const root of roots) {
    const top = realFolder(resolve(root));
    if (top === folder || isBelow(top, folder) || holdsFolder(root, folder)) {
      throw new UsageError({
        ja: `${OWN_FILES[what]} ${file}: ${what === 'stamp' ? '確かめる' : '見回る'}フォルダー ${root} の中には置けません。外の場所を指定してください`,
        en: `${what} ${file}: lies below the folder ${root}, which is to be ${what === 'stamp' ? 'checked' : 'swept'}; choose a place outside of it`,
      });
    }
  }
}

/**
 * The key of the fingerprints: 32 random bytes, made on first use for its owner alone. Throws UsageError when it can't be read or made.
 * `mayBeMade` is false when the inventory already holds fingerprints made with it.
 */
export function readKey(file: string, mayBeMade: boolean): Uint8Array {
  try {
    if (!isThere(file)) {
      if (!mayBeMade)
        throw new UsageError({
          ja: `${file}: この台帳の鍵が見つかりません。元の場所に戻すか、新しい台帳（--inventory）で始めてください`,
          en: `${file}: the key of this inventory is missing; put it back, or begin a new inventory`,
        });
      makeFolderFor(file);
      const fd = openSync(file, 'wx', 0o600);
      keepPrivate(file);
      writeSync(fd, randomBytes(KEY_BYTES));
      closeSync(fd);
    }
    const key = readFileSync(file);
    if (key.length !== KEY_BYTES)
      throw new UsageError({
        ja: `${file}: mimawari の鍵ファイルではありません（${KEY_BYTES}バイトのはずです）`,
        en: `${file}: not a key file of mimawari (${KEY_BYTES} bytes expected)`,
      });
    return key;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = codeOf(error);
    throw new UsageError({
      ja: `${file}: 鍵を読めないか、作れません（${causeJa(code)}）`,
      en: `${file}: the key can't be read or made (${code})`,
    });
  }
}

/** False only for what is not there. Throws UsageError for what can't be reached, which must not be taken for missing. */
export function isThere(file: string): boolean {
  try {
    statSync(file);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new UsageError({ ja: `${file}: 届きません（${causeJa(code)}）`, en: `${file}: can't be reached (${code})` });
  }
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'error';
}

const CAUSES_JA: Readonly<Record<string, string>> = {
  EACCES: '権限がありません',
  EPERM: '権限がありません',
  ENOENT: '見つかりません',
  ENOTDIR: '途中にフォルダーではないものがあります',
  EISDIR: 'フォルダーです',
  EROFS: '読み取り専用の場所です',
  ENOSPC: 'ディスクに空きがありません',
  EBUSY: 'ほかで使われています',
  EEXIST: 'すでにあります',
};

/** A code of the system in words; the code itself where there are none. */
export function causeJa(code: string): string {
  return CAUSES_JA[code] ?? code;
}

/** By their names alone; both are real paths. Windows' names are equal in upper and lower case. */
export function isBelow(folder: string, place: string, path: Pick<typeof posix, 'relative' | 'sep'> = { relative, sep }): boolean {
  const way = path.relative(folder, place);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !/^([a-z]:|[\\/])/iu.test(way);
}

/** Whether the folder, or one above it, is the root under another name: a share of this computer, a substituted drive, a bind mount. */
function holdsFolder(root: string, folder: string): boolean {
  const id = folderId(root);
  if (id === null) return false;
  for (let here = folder; ; here = dirname(here)) {
    if (folderId(here) === id) return true;
    if (dirname(here) === here) return false;
  }
}

/** The real path of the deepest part that exists already, with the rest behind it. */
function realFolder(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realFolder(above), relative(above, path));
  }
}
