/** Access lists as the file system keeps them beside a file: read, with what each device can't keep remembered. It judges nothing. */
import { type AclEntry, parsePosixAcl, writePosixAcl } from './posix-acl.js';
import type { Permission } from './posix-permission.js';
import { ENODATA, ENOTSUP, type Xattrs } from './xattr.js';

const POSIX_ACL = 'system.posix_acl_access';
/** Lists of other sorts that rule instead of the mode: NFSv4 (ZFS and others), richacl, Synology. */
const FOREIGN_ACL = /^system\.(?:nfs4_acl|richacl|syno_acl)/;
/** IRIX lists of XFS, which as root shows its own POSIX list under this name too. */
const SGI_ACL = 'trusted.SGI_ACL_FILE';

/** Stands for a list that could not be read. No list starts with this byte: theirs is a version or a revision, 1 to 4. */
export const UNREADABLE = '?';

/** What of a stat decides about access. */
export interface PosixStat {
  readonly dev: number;
  /** Whole `st_mode`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Lists are given as a string of their bytes, '' for none, UNREADABLE where they could not be read. */
export class Lists {
  /** Undefined until the first need. */
  private xattrs: Xattrs | null | undefined;
  /** Devices that keep no attribute of a name, as `dev:name`. */
  private readonly without = new Set<string>();

  constructor(private readonly load: () => Xattrs | null) {}

  posix(path: string | Buffer, dev: number): string {
    return this.read(path, dev, POSIX_ACL);
  }

  read(path: string | Buffer, dev: number, name: string): string {
    const xattrs = this.loaded();
    if (xattrs === null) return UNREADABLE;
    if (this.isWithout(dev, name)) return '';
    const got = xattrs.get(path, name);
    if (typeof got !== 'number') return got.toString('latin1');
    if (got === ENOTSUP) this.without.add(`${dev}:${name}`);
    return got === ENODATA || got === ENOTSUP ? '' : UNREADABLE;
  }

  isWithout(dev: number, name: string): boolean {
    return this.without.size > 0 && this.without.has(`${dev}:${name}`);
  }

  /** The name of a list that nothing here can judge, if the entry has one. */
  foreign(path: string | Buffer, dev: number): string | null {
    const names = this.isWithout(dev, POSIX_ACL) ? null : this.loaded()?.list(path);
    if (!Array.isArray(names)) return null;
    return names.find((name) => FOREIGN_ACL.test(name) || (name === SGI_ACL && !names.includes(POSIX_ACL))) ?? null;
  }

  private loaded(): Xattrs | null {
    if (this.xattrs === undefined) this.xattrs = this.load();
    return this.xattrs;
  }
}

/** @param list the bytes of the POSIX list. */
export function permissionOf(stat: PosixStat, list: string): Permission {
  return { mode: stat.mode & 0o777, uid: stat.uid, gid: stat.gid, acl: entriesOf(list) };
}

export function entriesOf(list: string): readonly AclEntry[] | null | 'unreadable' {
  if (list === '') return null;
  return list === UNREADABLE ? 'unreadable' : (parsePosixAcl(Buffer.from(list, 'latin1')) ?? 'unreadable');
}

/** The bytes of the list of a permission, as `permissionOf` takes them. */
export function listOf({ acl }: Permission): string {
  if (acl === null) return '';
  return acl === 'unreadable' ? UNREADABLE : writePosixAcl(acl).toString('latin1');
}
