/**
 * Access by POSIX mode, parents and POSIX ACL, on a file system of this host. Folders count from the scanned root down. It reads an access
 * list only where the mode leaves the answer open, and judges equal permissions once. It never takes an error for a restriction.
 */
import type { Access, FileStat } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';
import { type Directory, STRANGER } from './directory.js';
import { ACCESS_BOUNDS, type AccessBounds } from './exposure.js';
import { liveMounts, type Mounts } from './mounts.js';
import { everybody, meet, type Passers, PROVEN, passersKey } from './passers.js';
import { parsePosixAcl } from './posix-acl.js';
import { entrantsOf, judgePosix, type Permission } from './posix-permission.js';
import { ENODATA, ENOTSUP, loadXattrs, type Xattrs } from './xattr.js';

const POSIX_ACL = 'system.posix_acl_access';
/** Lists of other sorts that rule instead of the mode: NFSv4 (ZFS and others), richacl, Synology. */
const FOREIGN_ACL = /^system\.(?:nfs4_acl|richacl|syno_acl)/;
/** IRIX lists of XFS, which as root shows its own POSIX list under this name too. */
const SGI_ACL = 'trusted.SGI_ACL_FILE';
/** Answers held at a time; a share has tens to thousands of distinct permissions. */
const HELD_MAX = 100_000;

/** What posix.ts needs of the host; tests hand in their own. */
export interface PosixHost {
  /** Called at the first need. */
  loadXattrs(): Xattrs | null;
  readonly mounts: Mounts;
}

class PosixGate implements FolderGate {
  /** By owner, group, mode and list of the file. */
  readonly verdicts = new Map<string, Access>();
  readonly folders = new Map<string, PosixGate>();
  constructor(
    readonly key: string,
    readonly passers: Passers,
    /** Set where no permission below can be judged. */
    readonly unknown: Access | null,
  ) {}
}

export function posixSource(
  directory: Directory,
  bounds: AccessBounds = ACCESS_BOUNDS,
  host: PosixHost = { loadXattrs, mounts: liveMounts() },
): AccessSource {
  return new PosixSource(directory, bounds, host);
}

class PosixSource implements AccessSource {
  readonly id = 'posix';
  private readonly top: PosixGate;
  /** Gates by what they let through, so that equal ones are one, wherever they stand. */
  private readonly gates = new Map<string, PosixGate>();
  /** Undefined until the first need. */
  private xattrs: Xattrs | null | undefined;
  /** Devices that keep no access lists at all. */
  private readonly plainDevices = new Set<number>();

  constructor(
    private readonly directory: Directory,
    private readonly bounds: AccessBounds,
    private readonly host: PosixHost,
  ) {
    this.top = new PosixGate('', everybody(directory), null);
  }

  folder(path: string | Buffer, stat: FileStat, parent: FolderGate | null): FolderGate {
    const above = parent instanceof PosixGate ? parent : this.top;
    const type = this.host.mounts.syntheticType(stat.dev);
    if (type !== null) return this.unknownGate(above, `permissions shown by ${type} are not those of the server`);
    const foreign = this.foreignList(path, stat.dev);
    if (foreign !== null) return this.unknownGate(above, `acl-format: ${foreign}`);
    const list = (stat.mode & 0o070) === 0 ? '' : this.readList(path, stat.dev);
    const key = `${stat.uid}:${stat.gid}:${stat.mode & 0o777}:${list}`;
    let gate = above.folders.get(key);
    if (gate === undefined) {
      gate = this.gateOf(meet(above.passers, entrantsOf(permissionOf(stat, list), this.directory)), above.unknown);
      holdNew(above.folders, key, gate);
    }
    return gate;
  }

  file(path: () => string | Buffer, stat: FileStat, gate: FolderGate): Access {
    const { passers, unknown, verdicts } = gate instanceof PosixGate ? gate : this.top;
    if (unknown !== null) return unknown;
    // Others may read and everybody gets here: nothing in a list could close it. No group bits: the kernel looks at no list.
    const isDecided = (stat.mode & 0o070) === 0 || ((stat.mode & 0o004) !== 0 && passers.flags[STRANGER] === PROVEN);
    const list = isDecided ? '' : this.readList(path(), stat.dev);
    const key = `${stat.uid}:${stat.gid}:${stat.mode & 0o777}:${list}`;
    let access = verdicts.get(key);
    if (access === undefined) {
      access = judgePosix(passers, permissionOf(stat, list), this.directory, this.bounds);
      holdNew(verdicts, key, access);
    }
    return access;
  }

  private gateOf(passers: Passers, unknown: Access | null): PosixGate {
    const key = passersKey(passers, unknown?.reason);
    let gate = this.gates.get(key);
    if (gate === undefined) {
      gate = new PosixGate(key, passers, unknown);
      holdNew(this.gates, key, gate);
    }
    return gate;
  }

  private unknownGate(above: PosixGate, reason: string): PosixGate {
    return this.gateOf(above.passers, { state: 'unknown', source: 'none', broad: [], readers: null, reason });
  }

  private loaded(): Xattrs | null {
    if (this.xattrs === undefined) this.xattrs = this.host.loadXattrs();
    return this.xattrs;
  }

  /** The list's bytes as a string of bytes; '' for none, `?` where it could not be read. */
  private readList(path: string | Buffer, dev: number): string {
    const xattrs = this.loaded();
    if (xattrs === null) return UNREADABLE;
    if (this.plainDevices.has(dev)) return '';
    const got = xattrs.get(path, POSIX_ACL);
    if (typeof got !== 'number') return got.toString('latin1');
    if (got === ENOTSUP) this.plainDevices.add(dev);
    return got === ENODATA || got === ENOTSUP ? '' : UNREADABLE;
  }

  /** The name of a list that this source can't read, if the folder has one. */
  private foreignList(path: string | Buffer, dev: number): string | null {
    const names = this.plainDevices.has(dev) ? null : this.loaded()?.list(path);
    if (!Array.isArray(names)) return null;
    return names.find((name) => FOREIGN_ACL.test(name) || (name === SGI_ACL && !names.includes(POSIX_ACL))) ?? null;
  }
}

/** No list starts with this byte: a list starts with its version, 2. */
const UNREADABLE = '?';

function permissionOf(stat: FileStat, list: string): Permission {
  const acl = list === '' ? null : list === UNREADABLE ? 'unreadable' : (parsePosixAcl(Buffer.from(list, 'latin1')) ?? 'unreadable');
  return { mode: stat.mode & 0o777, uid: stat.uid, gid: stat.gid, acl };
}

/** Forgets all at the bound: what is still in use is judged again, which costs time and nothing else. */
function holdNew<V>(held: Map<string, V>, key: string, value: V): void {
  if (held.size >= HELD_MAX) held.clear();
  held.set(key, value);
}
