/**
 * Access to files of this Linux host: by POSIX mode, parents and list, through the shares of its Samba that expose them, or by the descriptors of
 * a mounted server. It reads a list only where the mode leaves the answer open, and judges equal permissions once. It never takes an error for a
 * restriction.
 */
import type { Access, FileStat } from '../model.js';
import type { AccessSource, AccessTold, FolderGate, Placed } from '../parts.js';
import type { Directory } from './directory.js';
import { ACCESS_BOUNDS, type AccessBounds, answerFor, judgeReaders } from './exposure.js';
import { Lists, listOf, permissionOf, UNREADABLE } from './lists.js';
import { isSmbClient, liveMounts, type Mounts } from './mounts.js';
import type { Descriptor } from './nt/descriptor.js';
import { allWith, join, meet, type Passers, POSSIBLE, passersKey } from './passers.js';
import { entrantsOf, type Permission } from './posix-permission.js';
import { type PosixView, tellPosix } from './posix-tell.js';
import { judgeMounted, mountedReaders, readDescriptor, unknownAccess } from './smb-mount.js';
import { readersBy, type Through, together, type Way } from './way.js';
import { type Exposure, Ways } from './ways.js';
import { loadXattrs, type Xattrs } from './xattr.js';

/** Answers held at a time; a share has tens to thousands of distinct permissions. */
const HELD_MAX = 100_000;

/** What posix.ts needs of the host; tests hand in their own. */
export interface PosixHost {
  /** Called at the first need. */
  loadXattrs(): Xattrs | null;
  readonly mounts: Mounts;
}

/** Samba's own name of its attribute (`acl_xattr:security_acl_name` changes it for shares that are known). */
const SAMBA_LIST = 'security.NTACL';
const SERVED_ELSEWHERE = 'Samba keeps an access list beside it (security.NTACL), and no share of the settings that were read leads to it';
const NO_LISTS: readonly string[] = [];
const UNSHARED: Exposure = { paths: ['smb'], shares: [], doubt: null };

class PosixGate implements FolderGate {
  /** By owner, group, mode and lists of the file. */
  readonly verdicts = new Map<string, Access>();
  readonly folders = new Map<string, PosixGate>();
  /** Attributes with NT lists that some way looks at. */
  readonly attributes: readonly string[];
  /** Whether a share that is known leads here. */
  readonly isServed: boolean;
  constructor(
    readonly key: string,
    readonly ways: readonly Way[],
    /** Set where no permission below can be judged. */
    readonly unknown: Access | null,
    readonly isMounted: boolean,
  ) {
    this.isServed = ways.some(({ served }) => served !== null && served.share.isGuess !== true);
    this.attributes = [
      ...new Set(ways.flatMap(({ served }) => (typeof served?.share.lists === 'object' ? (served.share.lists?.attribute ?? []) : []))),
    ];
  }
}

export interface PosixAccessSource extends AccessSource {
  tell(folders: readonly Placed[], file: Placed): AccessTold;
  /** Reader by reader what `file` judges: for each subject of the directory. Null where it can't be judged. Nothing of it is held. */
  readers(path: string | Buffer, stat: FileStat, gate: FolderGate): Passers | null;
}

export function posixSource(
  directory: Directory,
  bounds: AccessBounds = ACCESS_BOUNDS,
  host: PosixHost = { loadXattrs, mounts: liveMounts() },
  exposure: Exposure = UNSHARED,
): PosixAccessSource {
  return new PosixSource(directory, bounds, host, exposure);
}

class PosixSource implements PosixAccessSource {
  readonly id = 'posix';
  private readonly lists: Lists;
  private readonly ways: Ways;
  /** Gates by what they let through, so that equal ones are one, wherever they stand. */
  private readonly gates = new Map<string, PosixGate>();
  private readonly mounted: PosixGate;

  constructor(
    private readonly directory: Directory,
    private readonly bounds: AccessBounds,
    private readonly host: PosixHost,
    private readonly exposure: Exposure,
  ) {
    this.lists = new Lists(() => host.loadXattrs());
    this.ways = new Ways(directory, exposure, { lists: this.lists, mounts: host.mounts });
    this.mounted = new PosixGate('mounted', [], null, true);
  }

  folder(path: string | Buffer, stat: FileStat, parent: FolderGate | null): FolderGate {
    const type = this.host.mounts.syntheticType(stat.dev);
    if (type !== null && isSmbClient(type)) return this.mounted;
    const above = parent instanceof PosixGate ? parent : null;
    if (above?.isMounted === true) return this.unknownGate('it is mounted below a folder of another server');
    if (type !== null) return this.unknownGate(`permissions shown by ${type} are not those of the server`);
    const foreign = this.lists.foreign(path, stat.dev);
    if (foreign !== null) return this.unknownGate(`acl-format: ${foreign}`);
    const ways = above === null ? this.ways.atRoot(path) : this.ways.below(path, above.ways);
    const list = (stat.mode & 0o070) === 0 ? '' : this.lists.posix(path, stat.dev);
    // What is made up of the ways at this very place is held nowhere: roots, and folders that a share begins at.
    if (above === null || ways !== above.ways) return this.gateBehind(ways, stat, list, above?.unknown ?? null);
    const key = `${stat.uid}:${stat.gid}:${stat.mode & 0o777}:${list}`;
    let gate = above.folders.get(key);
    if (gate === undefined) {
      gate = this.gateBehind(ways, stat, list, above.unknown);
      holdNew(above.folders, key, gate);
    }
    return gate;
  }

  file(path: () => string | Buffer, stat: FileStat, gate: FolderGate): Access {
    const here = gate instanceof PosixGate ? gate : this.unknownGate('the folder was not looked at');
    if (here.unknown !== null) return here.unknown;
    if (here.isMounted) return this.mountedFile(path(), stat, here);
    const nt = this.storedLists(path, stat.dev, here.attributes);
    // No group bits: the kernel looks at no list. Where others may read a list can't close the file, but it tells who is shut out.
    const isDecided = nt.every((bytes) => bytes === '') && (stat.mode & 0o070) === 0;
    const list = isDecided ? '' : this.lists.posix(path(), stat.dev);
    const key = `${stat.uid}:${stat.gid}:${stat.mode & 0o7777}:${list}${nt.length === 0 ? '' : `|${nt.join('|')}`}`;
    const access = this.held(here, key, () => this.judge(here, stat, list, nt));
    if (access.state !== 'restricted' || !this.isServedElsewhere(here, path, stat.dev)) return access;
    return this.held(here, `${key}|served`, () => this.judge(here, stat, list, nt, SERVED_ELSEWHERE));
  }

  /** Samba keeps a list beside a file of which the shares that are known say nothing: some share served it, and may still. */
  private isServedElsewhere(gate: PosixGate, path: () => string | Buffer, dev: number): boolean {
    if (gate.isServed || !this.exposure.paths.includes('smb')) return false;
    const list = this.lists.read(path(), dev, SAMBA_LIST);
    return list !== '' && list !== UNREADABLE;
  }

  private held(gate: PosixGate, key: string, judge: () => Access): Access {
    let access = gate.verdicts.get(key);
    if (access === undefined) {
      access = judge();
      holdNew(gate.verdicts, key, access);
    }
    return access;
  }

  readers(path: string | Buffer, stat: FileStat, gate: FolderGate): Passers | null {
    if (!(gate instanceof PosixGate) || gate.unknown !== null) return null;
    if (gate.isMounted) return mountedReaders(readDescriptor(this.lists, path, stat.dev), this.directory);
    const nt = this.storedLists(() => path, stat.dev, gate.attributes);
    const posix = this.lists.posix(path, stat.dev);
    const isElsewhere = this.isServedElsewhere(gate, () => path, stat.dev) && this.judge(gate, stat, posix, nt).state === 'restricted';
    return this.through(gate, stat, posix, nt, isElsewhere ? SERVED_ELSEWHERE : null).readers;
  }

  /** The answer is that of `file`, whatever the ways are. */
  tell(folders: readonly Placed[], file: Placed): AccessTold {
    const above = folders.slice(0, -1).reduce<FolderGate | null>((gate, { path, stat }) => this.folder(path, stat, gate), null);
    const folder = folders.at(-1);
    const unseen = this.unknownGate('the folder was not looked at');
    const gate = folder === undefined ? unseen : (this.folder(folder.path, folder.stat, above) as PosixGate);
    const { path, stat } = file;
    const view: PosixView = {
      directory: this.directory,
      bounds: this.bounds,
      server: this.exposure.server ?? '',
      access: this.file(() => path, stat, gate),
      readers: this.readers(path, stat, gate),
      ways: gate.ways,
      isMounted: gate.isMounted,
      isLocal: this.exposure.paths.includes('local'),
      permissionOfFolder: (at, its) => this.permissionOfFolder(at, its),
      posixList: (at, dev) => this.lists.posix(at, dev),
      stored: (attribute) => this.lists.read(path, stat.dev, attribute),
      judgeAs: ({ file: own, folder: outer, list }) => {
        const behind = outer === undefined ? gate : this.behindChanged(folder!, outer, above as PosixGate | null);
        const changed = own === undefined ? stat : withMode(stat, own);
        const posix = own === undefined ? this.lists.posix(path, stat.dev) : listOf(own);
        const stored = this.storedLists(() => path, stat.dev, behind.attributes);
        const after = this.judge(behind, changed, posix, stored, null, list);
        const isElsewhere = after.state === 'restricted' && this.isServedElsewhere(behind, () => path, stat.dev);
        return isElsewhere ? this.judge(behind, changed, posix, stored, SERVED_ELSEWHERE) : after;
      },
    };
    return tellPosix(view, folders, file);
  }

  /** The gate behind a folder if it had this permission. */
  private behindChanged({ path, stat }: Placed, permission: Permission, above: PosixGate | null): PosixGate {
    const ways = above === null ? this.ways.atRoot(path) : this.ways.below(path, above.ways);
    return this.gateBehind(ways, withMode(stat, permission), listOf(permission), above?.unknown ?? null);
  }

  /** A text says why nothing can be judged here by permissions. */
  private permissionOfFolder(path: string | Buffer, stat: FileStat): Permission | string {
    const type = this.host.mounts.syntheticType(stat.dev);
    if (type !== null) return `permissions shown by ${type} are not those of the server`;
    const foreign = this.lists.foreign(path, stat.dev);
    return foreign === null ? permissionOf(stat, this.lists.posix(path, stat.dev)) : `acl-format: ${foreign}`;
  }

  /** Beside the attributes' names, in their order. */
  private storedLists(path: () => string | Buffer, dev: number, attributes: readonly string[]): readonly string[] {
    if (attributes.length === 0) return NO_LISTS;
    const asked = path();
    return attributes.map((name) => this.lists.read(asked, dev, name));
  }

  /** @param doubt why there may be readers besides those by the ways that are known. */
  private judge(
    gate: PosixGate,
    stat: FileStat,
    posix: string,
    stored: readonly string[],
    doubt: string | null = null,
    replaced?: Descriptor,
  ): Access {
    const { readers, told, isStale } = this.through(gate, stat, posix, stored, doubt, replaced);
    const access = judgeReaders(readers, this.directory, this.bounds, told);
    return isStale ? answerFor(readers, { ...access, staleList: true }) : access;
  }

  private through(
    gate: PosixGate,
    stat: FileStat,
    posix: string,
    stored: readonly string[],
    doubt: string | null = null,
    replaced?: Descriptor,
  ): Through {
    const nt = (name: string): string => stored[gate.attributes.indexOf(name)] ?? '';
    const known = together(
      gate.ways.map((way) => readersBy(way, { stat, posix, nt, replaced }, this.directory)),
      this.directory,
    );
    if (doubt === null) return known;
    return { ...known, readers: join(known.readers, allWith(POSSIBLE, this.directory, doubt)), told: { ...known.told, doubt } };
  }

  private mountedFile(path: string | Buffer, stat: FileStat, gate: PosixGate): Access {
    const bytes = readDescriptor(this.lists, path, stat.dev);
    let access = gate.verdicts.get(bytes);
    if (access === undefined) {
      access = judgeMounted(bytes, this.directory, this.bounds);
      holdNew(gate.verdicts, bytes, access);
    }
    return access;
  }

  private gateBehind(ways: readonly Way[], stat: FileStat, list: string, unknown: Access | null): PosixGate {
    const permission = permissionOf(stat, list);
    const pass = ({ served, passers }: Way): Way => ({
      served,
      passers: meet(passers, entrantsOf(permission, served?.gate.directory ?? this.directory)),
    });
    return this.gateOf(ways.map(pass), unknown);
  }

  private gateOf(ways: readonly Way[], unknown: Access | null): PosixGate {
    const key = ways.reduce(
      (inner, { served, passers }) => passersKey(passers, `${this.ways.placeOf(served)} ${inner}`),
      unknown?.reason ?? '',
    );
    let gate = this.gates.get(key);
    if (gate === undefined) {
      gate = new PosixGate(key, ways, unknown, false);
      holdNew(this.gates, key, gate);
    }
    return gate;
  }

  private unknownGate(reason: string): PosixGate {
    return this.gateOf([], unknownAccess(reason));
  }
}

function withMode(stat: FileStat, { mode }: Permission): FileStat {
  return { ...stat, mode: (stat.mode & ~0o777) | mode };
}

/** Forgets all at the bound: what is still in use is judged again, which costs time and nothing else. */
function holdNew<V>(held: Map<string, V>, key: string, value: V): void {
  if (held.size >= HELD_MAX) held.clear();
  held.set(key, value);
}
