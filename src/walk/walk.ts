/**
 * From roots to listings: every folder below the roots, one at a time, each with all that it holds. It follows no link, opens no file, and
 * whatever can't be listed is told in its place. Memory holds the pending subfolders of one path, whatever the size of the tree.
 */
import { lstatSync } from 'node:fs';
import { limits } from '../limits.js';
import type { Entry, FileStat, Listing, Problem } from '../model.js';
import { listFolder, statOf } from './folder.js';
import { openablePath } from './name.js';
import { type Chooser, createChooser } from './pattern.js';
import { checkRoot, folderId, type Root, resolveRoots } from './roots.js';

export interface WalkOptions {
  /** fast-glob patterns on the path below the root. None: everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Receives how many entries each pattern left out. Keys that end in '/' count folders that were not entered. */
  readonly excluded: Map<string, number>;
  /** Folders inside each other; `limits.folderDepthMax` by default. */
  readonly folderDepthMax?: number;
}

interface Place {
  readonly root: Root;
  readonly path: string;
  readonly stat: FileStat;
  /** Subfolders still to be walked, the first one last. */
  readonly pending: Entry[];
}

interface Tour {
  readonly roots: readonly Root[];
  readonly chooser: Chooser;
  readonly folderDepthMax: number;
  /** Numbers of the roots, to recognise them cheaply when the walk meets one of them below another. */
  readonly rootInos: ReadonlySet<number>;
  readonly reached: Set<string>;
  readonly walked: Set<string>;
}

/**
 * Walks depth first, a folder before what lies in it, entries in the order of compareKeys. Overlapping roots give each file once, under the
 * outermost root that reaches it. A file given as a root is listed alone, under its folder.
 * @throws UsageError at once, before anything is listed: a missing root, a bad pattern.
 * @throws RootLost from the generator when a root becomes unreachable; nothing that was missed for that reason has been handed out.
 */
export function walk(given: readonly string[], options: WalkOptions): Generator<Listing> {
  const chooser = createChooser(options.include, options.exclude, options.excluded);
  const roots = resolveRoots(given);
  return walkRoots({
    roots,
    chooser,
    folderDepthMax: options.folderDepthMax ?? limits.folderDepthMax,
    rootInos: new Set(roots.map((root) => lstatSync(openablePath(root.path, '')).ino)),
    reached: new Set(),
    walked: new Set(),
  });
}

function* walkRoots(tour: Tour): Generator<Listing> {
  for (const root of tour.roots) {
    if (root.id !== null && tour.reached.has(root.id)) continue;
    yield* walkRoot(root, tour);
    checkRoot(root);
    if (root.id !== null && root.only === null) tour.walked.add(root.id);
  }
}

function* walkRoot(root: Root, tour: Tour): Generator<Listing> {
  const above: Place[] = [];
  let path: string | null = '';
  let here = statOf(checkRoot(root));
  while (path !== null) {
    const pending: Entry[] = [];
    above.push({ root, path, stat: here, pending });
    yield listPlace(above, tour);
    path = null;
    for (let place = above.at(-1); place !== undefined && path === null; place = above.at(-1)) {
      const next = place.pending.pop();
      if (next?.stat) {
        path = place.path === '' ? next.name : `${place.path}/${next.name}`;
        here = next.stat;
      } else above.pop();
    }
  }
}

/** Lists the last of `above`, and leaves in its `pending` what is to be entered. */
function listPlace(above: readonly Place[], tour: Tour): Listing {
  const { root, path, stat, pending } = above.at(-1)!;
  const told = (entries: readonly Entry[], problem: Problem | null): Listing => ({ root: root.path, folder: path, stat, entries, problem });
  if (above.length > tour.folderDepthMax) {
    return told([], { stage: 'walk', code: 'too-deep', detail: `more than ${tour.folderDepthMax} folders inside each other` });
  }
  const content = listFolder(openablePath(root.path, path), stat, path === '' ? root.only : null);
  if (content.hintsAtLostRoot || (content.problem !== null && path === '')) checkRoot(root);
  const entries: Entry[] = [];
  for (const entry of content.entries) {
    const entryPath = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.sort !== 'folder') {
      if (tour.chooser.listsFile(entryPath)) entries.push(entry);
    } else if (tour.chooser.entersFolder(entryPath)) {
      const seen = withoutLoop(entry, entryPath, above);
      entries.push(seen);
      if (seen.sort === 'folder' && seen.stat !== null && seen.problem === null && !isWalked(seen.stat, root, entryPath, tour))
        pending.push(seen);
    }
  }
  pending.reverse();
  return told(entries, content.problem);
}

/** A folder that is one of those above it (a bind mount) is told as a special file, and not entered. */
function withoutLoop(entry: Entry, entryPath: string, above: readonly Place[]): Entry {
  const stat = entry.stat;
  if (stat === null) return entry;
  for (const place of above) {
    // The numbers are doubles, and Windows numbers files up to 2^64: equal ones are compared again in full.
    if (place.stat.ino !== stat.ino || place.stat.dev !== stat.dev || stat.ino === 0) continue;
    const id = folderId(openablePath(place.root.path, entryPath));
    if (id === null || id !== folderId(openablePath(place.root.path, place.path))) continue;
    return { ...entry, sort: 'special', problem: { stage: 'walk', code: 'special-file', detail: 'loop: the same folder as one above it' } };
  }
  return entry;
}

/** Whether the folder was a root that has been walked already; it also notes that another root was reached from here. */
function isWalked(stat: FileStat, root: Root, entryPath: string, tour: Tour): boolean {
  if (tour.roots.length === 1 || !tour.rootInos.has(stat.ino)) return false;
  const id = folderId(openablePath(root.path, entryPath));
  if (id === null) return false;
  tour.reached.add(id);
  return tour.walked.has(id);
}
