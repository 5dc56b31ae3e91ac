/**
 * The roots of a walk, resolved before anything is listed: each exists, none is given twice, and a file that is given stands as a narrowed
 * root of its folder. It also tells later whether a root is still the same folder.
 */
import { lstatSync, opendirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { UsageError } from '../problem.js';
import { findByLook } from './find-name.js';
import { bytesOfKey, keyOfBytes, openablePath } from './name.js';
import { withoutLiteralPrefix } from './windows-path.js';

/** A root that was there when the walk began and is not any more: what lies below it must not be taken for deleted. */
export class RootLost extends Error {
  override readonly name = 'RootLost';
  constructor(readonly root: string) {
    super(`root is no longer reachable: ${root}`);
  }
}

export interface Root {
  /** Absolute, without links; a key path (name.ts). */
  readonly path: string;
  /** `dev:ino`, in full width; null where the file system numbers no files. */
  readonly id: string | null;
  /** The names to list, when single files of this folder were given; null lists all. */
  readonly only: ReadonlySet<string> | null;
}

/**
 * @param given folders or files; relative ones count from the working directory; one that is itself a link is followed, once.
 * @returns folders in the order of their paths, a folder always before those inside of it; each folder once.
 * @throws UsageError when there is none, or one does not exist, can't be reached, or is neither folder nor file.
 */
export function resolveRoots(given: readonly string[]): Root[] {
  if (given.length === 0) throw new UsageError({ ja: '見回るフォルダーが指定されていません', en: 'no folder to walk was given' });
  const folders = new Map<string, Root>();
  const files = new Map<string, Set<string>>();
  for (const one of given) {
    const path = realPathOf(one);
    const stat = statSync(openablePath(path, ''));
    if (stat.isDirectory()) {
      refuseUnreadable(path, one);
      folders.set(path, { path, id: folderId(openablePath(path, '')), only: null });
    } else if (stat.isFile()) nameIn(files, dirname(path)).add(basename(path));
    else throw new UsageError({ ja: `${one}: フォルダーでもファイルでもありません`, en: `${one}: is neither a folder nor a file` });
  }
  for (const [path, only] of files) if (!folders.has(path)) folders.set(path, { path, id: folderId(openablePath(path, '')), only });
  const seen = new Set<string>();
  return [...folders.values()]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .filter((root) => root.id === null || root.only || addNew(seen, root.id));
}

/** The identity of a folder, in full width because Windows uses all 64 bits of a file's number. Null when unnumbered or out of reach. */
export function folderId(path: string | Buffer): string | null {
  try {
    const stat = lstatSync(path, { bigint: true });
    return stat.ino === 0n ? null : `${stat.dev}:${stat.ino}`;
  } catch {
    // Whoever asks has looked at this folder before: what struck it since is told where it is listed.
    return null;
  }
}

/**
 * @returns what the root is now
 * @throws RootLost when the root is gone, unreachable, or another folder now stands in its place (an unmounted share).
 */
export function checkRoot(root: Root): Stats {
  let stat: Stats | undefined;
  try {
    stat = lstatSync(openablePath(root.path, ''));
  } catch {
    // Any error here means that the root can't be reached, which is all that is asked.
  }
  if (stat === undefined || !stat.isDirectory() || folderId(openablePath(root.path, '')) !== root.id) throw new RootLost(root.path);
  return stat;
}

/**
 * The key path of a folder or file, without links on the way to it; a relative one counts from the working directory.
 * @throws UsageError when it does not exist or can't be reached
 */
export function realPathOf(given: string): string {
  const path = resolve(process.platform === 'win32' ? withoutLiteralPrefix(given) : given);
  try {
    return realKey(path);
  } catch (error) {
    const code = codeOf(error);
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    const meant = isMissing ? findByLook(path) : null;
    if (meant !== null) return realKey(bytesOfKey(meant));
    throw new UsageError({
      ja: `${given}: ${isMissing ? 'そのようなフォルダーやファイルはありません' : `届きません（${code}）`}`,
      en: `${given}: ${isMissing ? 'no such folder or file' : `cannot be reached (${code})`}`,
    });
  }
}

/** A folder that can't be listed is told before anything else is swept. Opening it moves no times. */
function refuseUnreadable(path: string, given: string): void {
  try {
    opendirSync(openablePath(path, '')).closeSync();
  } catch (error) {
    const code = codeOf(error);
    const isDenied = code === 'EACCES' || code === 'EPERM';
    throw new UsageError({
      ja: `${given}: ${isDenied ? 'このフォルダーを読む権限がありません' : `読めません（${code}）`}`,
      en: `${given}: ${isDenied ? 'no permission to read this folder' : `can't be read (${code})`}`,
    });
  }
}

function realKey(path: string | Buffer): string {
  try {
    return keyOfBytes(realpathSync.native(path, 'buffer'));
  } catch (error) {
    // Windows can't tell the final path on some drives (memory disks, volumes without a mount manager): they are followed link by link.
    if (process.platform !== 'win32' || !UNTELLABLE.has(codeOf(error))) throw error;
    return keyOfBytes(realpathSync(path, 'buffer'));
  }
}

const UNTELLABLE: ReadonlySet<string> = new Set(['UNKNOWN', 'EISDIR', 'EINVAL', 'ENOSYS', 'ENOTSUP']);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function nameIn(files: Map<string, Set<string>>, folder: string): Set<string> {
  const names = files.get(folder) ?? new Set<string>();
  files.set(folder, names);
  return names;
}

function addNew(seen: Set<string>, id: string): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
