/** Access of one file as it is now: its folders from the shared one down, judged without an inventory. It reads permissions and no content. */
import { lstatSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import type { Directory } from '../access/directory.js';
import type { Access, Entry, Listing } from '../model.js';
import type { AccessSource, AccessTold, FolderGate, GateTold, Placed } from '../parts.js';
import type { Policy } from '../policy/policy.js';
import type { Remedies } from '../report/access.js';
import { statOf } from '../walk/folder.js';
import { keyOfBytes, openablePath, showKey } from '../walk/name.js';
import { walk } from '../walk/walk.js';
import { composeAccess } from './compose-access.js';

/** Files that are looked at to see whether a whole folder is open; where there are more, nothing is said of the folder. */
const FOLDER_FILES_MAX = 10_000;

export interface LiveAccess {
  readonly owner: string | null;
  readonly access: Access;
  readonly told: AccessTold | null;
  readonly above: readonly GateTold[];
  readonly remedies: Remedies | null;
}

/** The one file that a path means, in the listing of its folder; null when it is none. */
export function findFile(path: string): { listing: Listing; entry: Entry } | null {
  const [listing] = walk([path], { include: [], exclude: [], excluded: new Map() });
  const entry = listing?.entries.find(
    (one) => one.sort === 'file' && (listing.entries.length === 1 || showKey(one.name) === basename(resolve(path))),
  );
  return listing && entry?.stat ? { listing, entry } : null;
}

/** @param shared key path of the shared folder: the file's own or one above it; null when it is not known, and the file's own is taken. */
export function liveAccess(listing: Listing, entry: Entry, shared: string | null, policy: Policy, nowMs: number): LiveAccess {
  const root = shared ?? listing.root;
  const { source, directory, ownerName } = composeAccess(policy, [root]);
  const folders = foldersBetween(root, listing.root).map(placed);
  const file: Placed = { path: openablePath(listing.root, entry.name), stat: entry.stat! };
  const told = source.tell?.(folders, file) ?? null;
  const gates = gatesOf(source, folders);
  const access = told?.access ?? source.file(() => file.path, file.stat, gates.at(-1)!);
  const outer = foldersAbove(root).map(placed);
  const fromTop = source.tell?.([...outer, ...folders], file)?.gates ?? [];
  const above = fromTop
    .filter(({ gate }) => gate === 'folder')
    .slice(0, outer.length)
    .filter(({ passers }) => passers.everybody !== 3 || passers.differing.length > 0);
  const owner = source.ownerOf ? source.ownerOf(access) : ownerName(entry.stat!.uid);
  return {
    owner,
    access,
    told: told?.countsAbove === true ? withAbove(told, above) : told,
    above: told?.countsAbove === true ? [] : above,
    remedies:
      told?.knowsRemedies !== true
        ? null
        : remediesOf(told, source, gates.at(-2) ?? null, folders.at(-1)!, listing.root === shared, directory, owner, nowMs),
  };
}

/** Behind the shares, before the folders. */
function withAbove(told: AccessTold, above: readonly GateTold[]): AccessTold {
  const shares = told.gates.filter(({ gate }) => gate === 'share').length;
  return { ...told, gates: [...told.gates.slice(0, shares), ...above, ...told.gates.slice(shares)] };
}

function remediesOf(
  told: AccessTold,
  source: AccessSource,
  above: FolderGate | null,
  folder: Placed,
  isRoot: boolean,
  directory: Directory,
  owner: string | null,
  nowMs: number,
): Remedies {
  const remedy = told.closeFolder;
  const files = remedy === null ? null : openFilesIn(source, folder, above);
  return {
    file: told.closeFile,
    // One file alone is closed by its own list: the folder would only bring in more.
    folder: remedy === null || files === null || files < 2 ? null : { remedy, files, isRoot },
    why: told.noRemedy,
    owner,
    isExported: told.nameOf !== undefined,
    shares: told.ways.flatMap(({ of }) => (of === null || of === '?' ? [] : [of])),
    stamp: new Date(nowMs).toISOString().replace(/\D/gu, '').slice(0, 14),
    nameOf: (id) => (id === 'u:0' ? 'root' : (told.nameOf?.(id) ?? directory.nameOf(id))),
    shown: showPath,
  };
}

/** How many files lie below the folder, when every one of them is open; null when one is not, or there are too many to look at. */
function openFilesIn(source: AccessSource, folder: Placed, above: FolderGate | null): number | null {
  const top = typeof folder.path === 'string' ? folder.path : keyOfBytes(folder.path);
  const gates = new Map<string, FolderGate>();
  let files = 0;
  for (const listing of walk([top], { include: [], exclude: [], excluded: new Map() })) {
    if (listing.problem !== null) return null;
    const parent = listing.folder === '' ? above : gates.get(listing.folder.slice(0, Math.max(0, listing.folder.lastIndexOf('/'))))!;
    const gate = source.folder(openablePath(listing.root, listing.folder), listing.stat, parent);
    gates.set(listing.folder, gate);
    for (const entry of listing.entries) {
      if (entry.sort !== 'file' || entry.stat === null) continue;
      const key = listing.folder === '' ? entry.name : `${listing.folder}/${entry.name}`;
      if (source.file(() => openablePath(listing.root, key), entry.stat, gate).state !== 'open') return null;
      if (++files > FOLDER_FILES_MAX) return null;
    }
  }
  return files;
}

/** Who passes all folders from `root` down to `folder`, which lies in it or is it; key paths. */
export function gateOf(source: AccessSource, root: string, folder: string): FolderGate {
  return gatesOf(source, foldersBetween(root, folder).map(placed)).at(-1)!;
}

function gatesOf(source: AccessSource, folders: readonly Placed[]): FolderGate[] {
  const gates: FolderGate[] = [];
  for (const { path, stat } of folders) gates.push(source.folder(path, stat, gates.at(-1) ?? null));
  return gates;
}

/** A path as a person reads it. */
export function showPath(path: string | Buffer): string {
  return showKey(typeof path === 'string' ? path : keyOfBytes(path));
}

/** Key paths from `root` down to `folder`, both of them in it. */
function foldersBetween(root: string, folder: string): string[] {
  const way = [folder];
  while (way[0] !== root && dirname(way[0]!) !== way[0]) way.unshift(dirname(way[0]!));
  return way;
}

function foldersAbove(root: string): string[] {
  return dirname(root) === root ? [] : foldersBetween(topOf(root), dirname(root));
}

function topOf(path: string): string {
  return dirname(path) === path ? path : topOf(dirname(path));
}

/** Whether a folder, by key path, is this one or lies below it. */
export function isBelow(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root.endsWith(sep) ? root : root + sep);
}

function placed(path: string): Placed {
  const openable = openablePath(path, '');
  return { path: openable, stat: statOf(lstatSync(openable)) };
}
