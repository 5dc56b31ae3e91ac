/**
 * From roots to listings: every folder below the roots, one at a time, each with all that it holds. It follows no link, opens no file, and
 * whatever can't be listed is told in its place. Memory holds the pending subfolders of one path, whatever the size of the tree.
 */
import { accessSync, constants, lstatSync } from 'node:fs';
import { limits } from '../limits.js';
import type { Entry, FileStat, Listing, Problem } from '../model.js';
import { listFolder, statOf } from './folder.js';
import { compareKeys, openablePath } from './name.js';
import { type Chooser, createChooser } from './pattern.js';
import { type Position, partsOf } from './position.js';
import { checkRoot, folderId, type Root, RootLost, resolveRoots } from './roots.js';

export interface WalkOptions {
  /** fast-glob patterns on the path below the root. None: everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Further patterns, on the path below a folder above each root: `wayTo` tells the key path from there down to the root, '' for the root itself. */
  readonly above?: PatternsOfSite | undefined;
  /** Receives how many entries each pattern left out. Keys that end in '/' count folders that were not entered. */
  readonly excluded: Map<string, number>;
  /** Folders inside each other; `limits.folderDepthMax` by default. */
  readonly folderDepthMax?: number;
  /**
   * The folder to begin at, in place of the first one: the walk goes on to its end, then from its beginning to there. Each folder is handed out once
   * for what it holds; folders above `from` come again, marked `again`, before the part that lies in front of it. One below no root is not heeded.
   */
  readonly from?: Position | null;
  /** Told of each root that becomes unreachable; the walk then goes on with the others. Left out: it ends with the first one. */
  lost?(root: RootLost): void;
}

export interface PatternsOfSite {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  wayTo(root: string): string;
}

interface Place {
  readonly root: Root;
  readonly path: string;
  readonly stat: FileStat;
  /** Subfolders still to be walked, the first one last. */
  readonly pending: Entry[];
  /** The names from here to the folder at which a part of the walk begins or ends; null when it does not lie below. */
  readonly way: readonly string[] | null;
}

/** A root, or the part of it from a folder on, or the part that lies in front of that folder. */
interface Part {
  readonly root: Root;
  readonly half: 'whole' | 'from' | 'before';
}

interface Tour {
  readonly roots: readonly Root[];
  chooser(root: Root): Chooser;
  /** The same, and what it leaves out is not counted. */
  silent(root: Root): Chooser;
  readonly from: Position | null;
  readonly folderDepthMax: number;
  /** Numbers of the roots, to recognise them cheaply when the walk meets one of them below another. */
  readonly rootInos: ReadonlySet<number>;
  readonly reached: Set<string>;
  readonly walked: Set<string>;
  readonly lost: ((root: RootLost) => void) | null;
}

/**
 * Walks depth first, a folder before what lies in it, entries in the order of compareKeys. Overlapping roots give each file once, under the
 * outermost root that reaches it. A file given as a root is listed alone, under its folder.
 * @throws UsageError at once, before anything is listed: a missing root, a bad pattern.
 * @throws RootLost from the generator when a root becomes unreachable and `lost` is not there to be told; nothing that was missed for that reason has been handed out.
 */
export function walk(given: readonly string[], options: WalkOptions): Generator<Listing> {
  const chooser = chooserOfRoots(options, options.excluded);
  const roots = resolveRoots(given);
  return walkRoots({
    roots,
    chooser,
    silent: chooserOfRoots(options, new Map()),
    from: options.from ?? null,
    folderDepthMax: options.folderDepthMax ?? limits.folderDepthMax,
    rootInos: new Set(roots.map((root) => lstatSync(openablePath(root.path, '')).ino)),
    reached: new Set(),
    walked: new Set(),
    lost: options.lost?.bind(options) ?? null,
  });
}

/** One for all roots, where no pattern counts from above them. A file that is named by itself is looked at whatever those say. */
function chooserOfRoots({ include, exclude, above }: WalkOptions, counts: Map<string, number>): (root: Root) => Chooser {
  const chooserFor = (way: string) => createChooser(include, exclude, counts, above && { ...above, way });
  const byWay = new Map([['', chooserFor('')]]);
  const named = createChooser(include, exclude, counts);
  return ({ path, only }) => {
    if (only !== null) return named;
    const way = above?.wayTo(path) ?? '';
    const chooser = byWay.get(way) ?? chooserFor(way);
    byWay.set(way, chooser);
    return chooser;
  };
}

function* walkRoots(tour: Tour): Generator<Listing> {
  const lost = new Set<Root>();
  for (const { root, half } of partsInOrder(tour)) {
    if (lost.has(root) || (root.id !== null && tour.reached.has(root.id))) continue;
    try {
      yield* walkRoot({ root, half }, tour);
      checkRoot(root);
    } catch (error) {
      if (!(error instanceof RootLost) || tour.lost === null) throw error;
      lost.add(root);
      tour.lost(error);
      continue;
    }
    if (half !== 'from' && root.id !== null && root.only === null) tour.walked.add(root.id);
  }
}

/** All roots; from the middle of one on when the walk begins there. A root that another one will reach waits until that has been seen. */
function partsInOrder(tour: Tour): Part[] {
  const { roots, from } = tour;
  const whole = (root: Root): Part => ({ root, half: 'whole' });
  const [inner, outer] = [roots.filter((root) => isReachable(root, tour)), roots.filter((root) => !isReachable(root, tour))];
  const at = from === null ? -1 : outer.findIndex((root) => root.path === from.root && root.only === null);
  const first = outer[at];
  if (from === null || first === undefined) return roots.map(whole);
  const [behind, ahead] = [outer.slice(at + 1), outer.slice(0, at)];
  if (from.folder === '') return [whole(first), ...[...behind, ...ahead, ...inner].map(whole)];
  return [{ root: first, half: 'from' }, ...[...behind, ...ahead].map(whole), { root: first, half: 'before' }, ...inner.map(whole)];
}

/** Whether the walk of another root is going to enter this one, as far as patterns and permissions tell. */
function isReachable(inner: Root, { roots, silent }: Tour): boolean {
  return roots.some((outer) => {
    const base = outer.path.endsWith('/') ? outer.path : `${outer.path}/`;
    if (outer.only !== null || inner.only !== null || outer === inner || !inner.path.startsWith(base)) return false;
    const names = inner.path.slice(base.length).split('/');
    return names.every((_, at) => {
      const folder = names.slice(0, at + 1).join('/');
      return silent(outer).entersFolder(folder) && isListable(openablePath(outer.path, folder));
    });
  });
}

function isListable(path: string | Buffer): boolean {
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    // Whatever the reason: the walk of the outer root will not get through.
    return false;
  }
}

function* walkRoot({ root, half }: Part, tour: Tour): Generator<Listing> {
  const above: Place[] = [];
  let path: string | null = '';
  let here = statOf(checkRoot(root));
  let way = half === 'whole' ? null : partsOf(tour.from!.folder);
  while (path !== null) {
    const pending: Entry[] = [];
    above.push({ root, path, stat: here, pending, way });
    yield listPlace(above, half, tour);
    path = null;
    for (let place = above.at(-1); place !== undefined && path === null; place = above.at(-1)) {
      const next = place.pending.pop();
      if (next?.stat) {
        path = place.path === '' ? next.name : `${place.path}/${next.name}`;
        here = next.stat;
        way = place.way !== null && place.way[0] === next.name ? place.way.slice(1) : null;
      } else above.pop();
    }
  }
}

/** Lists the last of `above`, and leaves in its `pending` what is to be entered. */
function listPlace(above: readonly Place[], half: Part['half'], tour: Tour): Listing {
  const { root, path, stat, pending, way } = above.at(-1)!;
  const again = half === 'before' && way !== null;
  const chooser = again ? tour.silent(root) : tour.chooser(root);
  const leftOut = new Set<string>();
  const told = (entries: readonly Entry[], problem: Problem | null): Listing => ({
    root: root.path,
    folder: path,
    stat,
    entries,
    problem,
    ...(again && { again }),
    ...(leftOut.size > 0 && { leftOut }),
  });
  if (above.length > tour.folderDepthMax) {
    return told([], { stage: 'walk', code: 'too-deep', detail: `more than ${tour.folderDepthMax} folders inside each other` });
  }
  const content = listFolder(openablePath(root.path, path), stat, path === '' ? root.only : null);
  if (content.hintsAtLostRoot || (content.problem !== null && path === '')) checkRoot(root);
  const entries: Entry[] = [];
  for (const entry of content.entries) {
    const entryPath = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.sort !== 'folder') {
      if (chooser.listsFile(entryPath)) entries.push(entry);
      else leftOut.add(entry.name);
    } else if (chooser.entersFolder(entryPath)) {
      const seen = withoutLoop(entry, entryPath, above);
      entries.push(seen);
      const opens = seen.sort === 'folder' && seen.stat !== null && seen.problem === null && isInHalf(entry.name, half, way);
      if (opens && !isWalked(seen.stat, root, entryPath, tour)) pending.push(seen);
    } else leftOut.add(entry.name);
  }
  pending.reverse();
  return told(entries, content.problem);
}

/** Whether this part of the walk enters the subfolder. */
function isInHalf(name: string, half: Part['half'], way: Place['way']): boolean {
  const border = way?.[0];
  if (border === undefined) return true;
  const order = compareKeys(name, border);
  if (half === 'from') return order >= 0;
  return order < 0 || (order === 0 && way!.length > 1);
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
