/**
 * Where a file or folder that a command is given lies among the roots of the site's configuration: patterns, departments, years in names and the way of those
 * who read count from there, as in a sweep of the site.
 */
import { basename, dirname, relative } from 'node:path';
import type { FolderGate } from '../parts.js';
import { UsageError } from '../problem.js';
import { openablePath, showKey } from '../walk/name.js';
import { createChooser, expandRoots } from '../walk/pattern.js';
import { folderId, realPathOf } from '../walk/roots.js';
import type { PatternsOfSite } from '../walk/walk.js';
import { gateOf } from './live-access.js';
import type { Given } from './options.js';
import { policyFrom, siteFrom } from './policy-option.js';

export interface SitePlace {
  /** Key path of the root. */
  readonly root: string;
  /** Key path from the root down to the folder; '' for the root itself. */
  readonly way: string;
}

export class SiteRoots {
  private readonly roots: readonly { readonly path: string; readonly id: string | null }[];
  private readonly places = new Map<string, SitePlace | null>();

  /** @param roots may be away or closed; @param patterns those by which the site's sweeps walk */
  constructor(
    roots: readonly string[],
    private readonly patterns: Pick<PatternsOfSite, 'include' | 'exclude'>,
  ) {
    this.roots = roots.flatMap(realPaths).map((path) => ({ path, id: folderId(openablePath(path, '')) }));
  }

  /**
   * The place of a folder, given by its key path without links; null outside of all roots. Of roots inside each other the one counts under which a sweep
   * reaches the folder: the outermost, unless the patterns keep it from entering the inner one.
   */
  of(folder: string): SitePlace | null {
    const known = this.places.get(folder);
    if (known !== undefined) return known;
    const place = this.find(folder);
    this.places.set(folder, place);
    return place;
  }

  /** For facts: the readable way down to a folder; '' for a root, and for what lies outside of all. */
  folderOf(folder: string): string {
    return showKey(this.of(folder)?.way ?? '');
  }

  /** The patterns for a walk. They count from the folder itself where the site's sweeps never come: who names it wants it looked at. */
  get forWalk(): PatternsOfSite {
    return {
      ...this.patterns,
      wayTo: (folder) => {
        const way = this.of(folder)?.way ?? '';
        return this.enters(way) ? way : '';
      },
    };
  }

  private find(folder: string): SitePlace | null {
    const holding: SitePlace[] = [];
    const names: string[] = [];
    for (let here = folder; ; here = dirname(here)) {
      if (this.isRoot(here)) holding.unshift({ root: here, way: names.join('/') });
      if (dirname(here) === here) break;
      names.unshift(basename(here));
    }
    return holding.find(({ way }, at) => at === holding.length - 1 || this.enters(wayBetween(way, holding[at + 1]!.way))) ?? null;
  }

  /** By its name, or as the same folder by another one: a drive letter of a share, a bind mount. */
  private isRoot(folder: string): boolean {
    if (this.roots.some(({ path }) => relative(path, folder) === '')) return true;
    const id = folderId(openablePath(folder, ''));
    return id !== null && this.roots.some((root) => root.id === id);
  }

  private enters(way: string): boolean {
    if (way === '') return true;
    const chooser = createChooser(this.patterns.include, this.patterns.exclude, new Map());
    const names = way.split('/');
    return names.every((_, at) => chooser.entersFolder(names.slice(0, at + 1).join('/')));
  }
}

/** Those of `--config`; null without one. */
export function siteRootsOf(given: Given): SiteRoots | null {
  const site = siteFrom(given);
  if (site === null) return null;
  const { include: _include, exclude: _exclude, ...files } = given;
  return new SiteRoots(site.roots, policyFrom(files));
}

/** As Sweep's parts take it, once for each root. */
export function waysAbove(
  site: SiteRoots,
  source: Parameters<typeof gateOf>[0],
): (root: string) => { readonly gate: FolderGate; readonly shown: string } | null {
  const known = new Map<string, { readonly gate: FolderGate; readonly shown: string } | null>();
  return (folder) => {
    let found = known.get(folder);
    if (found === undefined) {
      const place = site.of(folder);
      found =
        place === null || place.way === ''
          ? null
          : { gate: gateOf(source, place.root, dirname(folder)), shown: showKey(`${basename(place.root)}/${place.way}`) };
      known.set(folder, found);
    }
    return found;
  };
}

/** Of the outer root's way and the inner one's, to the same folder: that from one to the other. */
function wayBetween(outer: string, inner: string): string {
  return inner === '' ? outer : outer.slice(0, outer.length - inner.length - 1);
}

/** None for a root that is away: nothing that is there lies in it. One that may not be listed counts all the same. */
function realPaths(root: string): string[] {
  try {
    return expandRoots([root]).map(realPathOf);
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}
