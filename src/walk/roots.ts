/**
 * The roots of a walk, resolved before anything is listed: each exists, none is given twice, and a file that is given stands as a narrowed
 * root of its folder. It also tells later whether a root is still the same folder.
 */
import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { UsageError } from '../problem.js';

/** A root that was there when the walk began and is not any more: what lies below it must not be taken for deleted. */
export class RootLost extends Error {
  override readonly name = 'RootLost';
  constructor(readonly root: string) {
    super(`root is no longer reachable: ${root}`);
  }
}

export interface Root {
  /** Absolute, without links. */
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
    const stat = statSync(path);
    if (stat.isDirectory()) folders.set(path, { path, id: folderId(path), only: null });
    else if (stat.isFile()) nameIn(files, dirname(path)).add(basename(path));
    else throw new UsageError({ ja: `${one}: フォルダーでもファイルでもありません`, en: `${one}: is neither a folder nor a file` });
  }
  for (const [path, only] of files) if (!folders.has(path)) folders.set(path, { path, id: folderId(path), only });
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
    stat = lstatSync(root.path);
  } catch {
    // Any error here means that the root can't be reached, which is all that is asked.
  }
  if (stat === undefined || !stat.isDirectory() || folderId(root.path) !== root.id) throw new RootLost(root.path);
  return stat;
}

function realPathOf(given: string): string {
  try {
    return realpathSync.native(resolve(given));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new UsageError({
      ja: `${given}: ${isMissing ? 'そのようなフォルダーやファイルはありません' : `届きません（${code}）`}`,
      en: `${given}: ${isMissing ? 'no such folder or file' : `cannot be reached (${code})`}`,
    });
  }
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
