/**
 * What lies below a root, within seconds. A small tree is walked whole. A large one is estimated by random descents (Knuth, Estimating the efficiency of
 * backtrack programs, 1975): each goes from the root into one random subfolder after the other, and counts what it meets as often as there were ways to
 * choose. Every descent is right on average; a few hundred of them are mostly right within a factor of two. Opens no file.
 */
import type { Entry, FileStat } from '../../model.js';
import type { AccessSource, FolderGate } from '../../parts.js';
import type { Policy } from '../../policy/policy.js';
import { listFolder, statOf } from '../../walk/folder.js';
import { openablePath } from '../../walk/name.js';
import { type Chooser, createChooser } from '../../walk/pattern.js';
import { checkRoot, type Root } from '../../walk/roots.js';

const SAMPLE_MAX = 400;
const DEPTH_MAX = 64;
/** Of the time, for the attempt to walk everything. */
const WALK_SHARE = 0.5;

export interface SampledFile {
  readonly path: string;
  readonly stat: FileStat;
  /** Why it can't be told who reads it; null when it can. */
  readonly accessUnknown: string | null;
}

export interface Survey {
  readonly isExact: boolean;
  readonly files: number;
  readonly folders: number;
  readonly bytes: number;
  readonly sample: readonly SampledFile[];
  readonly accessSource: string;
  /** Among those looked at. */
  readonly links: number;
  readonly special: number;
  readonly unreadFolders: number;
  /** Milliseconds of walking for each entry looked at. */
  readonly walkMsPerEntry: number;
}

interface Place {
  readonly path: string;
  readonly stat: FileStat;
  readonly gate: FolderGate | null;
  readonly depth: number;
}

/** @throws RootLost when the root is gone */
export function survey(root: Root, policy: Policy, access: AccessSource, budgetMs: number): Survey {
  const surveyor = new Surveyor(root, createChooser(policy.include, policy.exclude, new Map()), access);
  return surveyor.run(budgetMs);
}

class Surveyor {
  private links = 0;
  private special = 0;
  private unreadFolders = 0;
  private entries = 0;
  private accessSource = 'none';
  private readonly sample: { file: SampledFile; key: number }[] = [];

  constructor(
    private readonly root: Root,
    private readonly chooser: Chooser,
    private readonly access: AccessSource,
  ) {}

  run(budgetMs: number): Survey {
    const startMs = performance.now();
    const top: Place = { path: '', stat: statOf(checkRoot(this.root)), gate: null, depth: 0 };
    const whole = this.walkWhole(top, startMs + budgetMs * WALK_SHARE);
    const sums = whole ?? this.descend(top, startMs + budgetMs);
    return {
      ...sums,
      isExact: whole !== null,
      sample: this.sample.map(({ file }) => file),
      accessSource: this.accessSource,
      links: this.links,
      special: this.special,
      unreadFolders: this.unreadFolders,
      walkMsPerEntry: (performance.now() - startMs) / Math.max(1, this.entries),
    };
  }

  /** Null when the time is not enough. */
  private walkWhole(top: Place, endMs: number): { files: number; folders: number; bytes: number } | null {
    const sums = { files: 0, folders: 0, bytes: 0 };
    for (const pending = [top]; pending.length > 0; ) {
      if (performance.now() > endMs) {
        this.forget();
        return null;
      }
      const { files, folders } = this.look(pending.pop()!, 1);
      sums.folders++;
      sums.files += files.length;
      for (const { stat } of files) sums.bytes += stat!.sizeBytes;
      for (const folder of folders) pending.push(folder);
    }
    return sums;
  }

  private descend(top: Place, endMs: number): { files: number; folders: number; bytes: number } {
    const sums = { files: 0, folders: 0, bytes: 0 };
    let descents = 0;
    do {
      descents++;
      let ways = 1;
      for (let place: Place | undefined = top; place && place.depth < DEPTH_MAX; ) {
        const { files, folders } = this.look(place, ways);
        sums.folders += ways;
        sums.files += ways * files.length;
        for (const { stat } of files) sums.bytes += ways * stat!.sizeBytes;
        ways *= folders.length;
        place = folders[Math.floor(Math.random() * folders.length)];
      }
    } while (performance.now() < endMs);
    return { files: sums.files / descents, folders: sums.folders / descents, bytes: sums.bytes / descents };
  }

  /** What of a folder is to be examined and entered. `weight`: for how many like it it stands. */
  private look(place: Place, weight: number): { files: Entry[]; folders: Place[] } {
    const openable = openablePath(this.root.path, place.path);
    const { entries, problem } = listFolder(openable, place.stat, null);
    if (problem) this.unreadFolders++;
    const gate = this.access.folder(openable, place.stat, place.gate);
    const files: Entry[] = [];
    const folders: Place[] = [];
    for (const entry of entries) {
      const path = place.path === '' ? entry.name : `${place.path}/${entry.name}`;
      this.entries++;
      if (entry.sort === 'folder') {
        if (entry.stat === null) this.unreadFolders++;
        else if (entry.stat.ino !== place.stat.ino && this.chooser.entersFolder(path))
          folders.push({ path, stat: entry.stat, gate, depth: place.depth + 1 });
      } else if (!this.chooser.listsFile(path)) continue;
      else if (entry.sort === 'link') this.links++;
      else if (entry.sort === 'special') this.special++;
      else if (entry.stat) {
        files.push(entry);
        this.offer(path, entry.stat, gate, weight);
      }
    }
    return { files, folders };
  }

  /** Weighted sampling without replacement (Efraimidis and Spirakis, 2006): the keys u^(1/w) that are largest stay. */
  private offer(path: string, stat: FileStat, gate: FolderGate, weight: number): void {
    const key = Math.random() ** (1 / weight);
    const least = this.sample.at(-1);
    if (this.sample.length >= SAMPLE_MAX && least && key <= least.key) return;
    if (this.sample.some((one) => one.file.path === path)) return;
    const access = this.access.file(() => openablePath(this.root.path, path), stat, gate);
    if (access.source !== 'none') this.accessSource = access.source;
    const file = { path, stat, accessUnknown: access.state === 'unknown' ? access.reason : null };
    const at = this.sample.findIndex((one) => one.key < key);
    this.sample.splice(at < 0 ? this.sample.length : at, 0, { file, key });
    this.sample.length = Math.min(this.sample.length, SAMPLE_MAX);
  }

  private forget(): void {
    this.sample.length = 0;
    this.links = 0;
    this.special = 0;
    this.unreadFolders = 0;
  }
}
