/**
 * Which ways lead to a folder: the shares of this host that expose it, from the top of the file system down, since Samba opens files with the
 * kernel's checks of every folder above; people on the server itself, the same; else the scanned root, which is taken to be what is shared.
 */
import { lstatSync, realpathSync } from 'node:fs';
import type { AccessPath } from '../model.js';
import type { Directory } from './directory.js';
import { type Lists, type PosixStat, permissionOf } from './lists.js';
import type { Mounts } from './mounts.js';
import { allWith, everybody, meet, type Passers, POSSIBLE } from './passers.js';
import { entrantsOf } from './posix-permission.js';
import { type SambaShare, unknownShare } from './samba/smb-shares.js';
import { shareGateOf } from './share.js';
import type { ServedShare, Way } from './way.js';

/** How files are reached. */
export interface Exposure {
  /**
   * `smb`: through the shares of this host; where none exposes a path, by its permissions from the scanned root down. `nfs`: by its
   * permissions from the scanned root down. `local`: by them from the top down, for people who log on to the server.
   */
  readonly paths: readonly AccessPath[];
  /** The shares of this host. */
  readonly shares: readonly SambaShare[];
  /** Why there may be more shares; null when these are all. */
  readonly doubt: string | null;
  /** The name of this host's Samba on the network; left out where it has none. */
  readonly server?: string;
}

interface Host {
  readonly lists: Lists;
  readonly mounts: Mounts;
}

export class Ways {
  /** By the folder that they expose. */
  private readonly served = new Map<string, ServedShare[]>();
  private readonly places = new Map<ServedShare, number>();
  private root: { readonly given: string; readonly real: string } | null = null;

  constructor(
    private readonly directory: Directory,
    private readonly exposure: Exposure,
    private readonly host: Host,
  ) {
    if (!exposure.paths.includes('smb')) return;
    const all = exposure.doubt === null ? exposure.shares : [...exposure.shares, unknownShare('/', exposure.doubt)];
    for (const share of all) {
      const path = realPath(share.path);
      const served = { share, gate: shareGateOf(share.definition, directory) };
      this.served.set(path, [...(this.served.get(path) ?? []), served]);
      this.places.set(served, this.places.size);
    }
  }

  /** A number for each share, for keys; -1 for the way by permissions alone. */
  placeOf(served: ServedShare | null): number {
    return served === null ? -1 : this.places.get(served)!;
  }

  /** The ways to a scanned root, before its own permission. */
  atRoot(path: string | Buffer): readonly Way[] {
    const given = path.toString();
    const real = realPath(given);
    this.root = { given, real };
    const shares = foldersTo(real).flatMap((folder) => this.served.get(folder) ?? []);
    const known = shares.filter((served) => !isGuess(served));
    const ways = [...new Set(known)].map((served) => this.fromTop(real, served));
    if (this.exposure.paths.includes('local')) ways.push(this.fromTop(real, null));
    const isUnshared = known.length === 0 && this.exposure.paths.includes('smb');
    if (isUnshared || this.exposure.paths.includes('nfs') || ways.length === 0)
      ways.push({ served: null, passers: everybody(this.directory) });
    return [...ways, ...[...new Set(shares)].filter(isGuess).map((served) => this.fromTop(real, served))];
  }

  /** The ways to a folder below: those to the one above, and the shares that begin here. */
  below(path: string | Buffer, above: readonly Way[]): readonly Way[] {
    if (this.served.size === 0 || this.root === null || typeof path !== 'string') return above;
    const { given, real } = this.root;
    const begun = this.served.get(given === real ? path : real + path.slice(given.length));
    if (begun === undefined) return above;
    const isUnshared = above.every(({ served }) => served === null || isGuess(served));
    if (begun.every(isGuess)) return [...above, ...begun.map((served) => this.fromTop(realPath(path), served))];
    const guessed = above.filter(({ served }) => served !== null);
    const kept =
      isUnshared && !this.exposure.paths.includes('nfs')
        ? [...guessed, ...(this.exposure.paths.includes('local') ? above.filter(({ served }) => served === null).slice(0, 1) : [])]
        : above;
    return [...kept, ...begun.map((served) => this.fromTop(realPath(path), served))];
  }

  /** Who passes all folders above, which no scan has looked at. */
  private fromTop(real: string, served: ServedShare | null): Way {
    const directory = served?.gate.directory ?? this.directory;
    const passers = foldersTo(real)
      .slice(0, -1)
      .reduce((above, folder) => meet(above, this.entrants(folder, directory)), everybody(directory));
    return { served, passers };
  }

  private entrants(folder: string, directory: Directory): Passers {
    const stat = statOf(folder);
    const doubt = `the folder ${folder === '/' ? folder : 'above'} could not be judged`;
    if (stat === null || this.host.mounts.syntheticType(stat.dev) !== null) return allWith(POSSIBLE, directory, doubt);
    if (this.host.lists.foreign(folder, stat.dev) !== null) return allWith(POSSIBLE, directory, doubt);
    return entrantsOf(permissionOf(stat, this.host.lists.posix(folder, stat.dev)), directory);
  }
}

function isGuess({ share }: ServedShare): boolean {
  return share.isGuess === true;
}

/** `/`, `/srv`, `/srv/share`. */
function foldersTo(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return ['/', ...names.map((_, i) => `/${names.slice(0, i + 1).join('/')}`)];
}

function statOf(path: string): PosixStat | null {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
}

/** A share of a folder that is not there exposes nothing. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
