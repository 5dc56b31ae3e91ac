/**
 * Who reads a file behind one share of Samba: the kernel's permission of whoever opens it, and the NT list that Samba keeps beside the file
 * where that is in force (vfs_acl_common.c). Pure: attributes were read elsewhere.
 */
import type { Directory } from '../directory.js';
import type { Told } from '../exposure.js';
import { entriesOf, type PosixStat, permissionOf, UNREADABLE } from '../lists.js';
import { type Ace, ALLOW, DACL_PRESENT, type Descriptor, SELF_RELATIVE } from '../nt/descriptor.js';
import { ntReaders } from '../nt/nt-gate.js';
import { ntTold } from '../nt/nt-judge.js';
import { type Force, forceOf, parseNtacl } from '../nt/ntacl.js';
import { sysAclBlob } from '../nt/sys-acl-blob.js';
import { allWith, join, meet, type Passers, POSSIBLE } from '../passers.js';
import { posixTold, readersOf } from '../posix-permission.js';
import { EVERYONE, gidOf, uidOf } from '../principal.js';
import type { SambaShare, StoredLists } from './smb-shares.js';

export interface FileLists {
  readonly stat: PosixStat;
  /** Bytes of the POSIX list. */
  readonly posix: string;
  /** A list that is thought of in place of those that are stored. */
  readonly replaced?: Descriptor | undefined;
  /** Bytes of the NT list that is stored in an attribute. */
  nt(attribute: string): string;
}

export interface BehindShare {
  readonly readers: Passers;
  readonly told: Told;
  /** The stored list was set aside, because the permissions were changed behind Samba. */
  readonly isStale: boolean;
}

const SYSTEM = 'S-1-5-18';
const FULL = 0x1f01ff;
const READ_EXECUTE = 0x1200a9;
const WRITE = 0x120116;

/** @param folders who gets as far as the file's folder; @param directory as the share sees it. */
export function behindShare(share: SambaShare, folders: Passers, file: FileLists, directory: Directory): BehindShare {
  const permission = permissionOf(file.stat, file.posix);
  const own = readersOf(permission, directory);
  const readers = meet(folders, own);
  const told = posixTold(folders, permission, directory, own);
  const possible = (doubt: string): Passers => allWith(POSSIBLE, directory, doubt);
  if (share.lists === null) return { readers, told, isStale: false };
  if (typeof share.lists === 'string') {
    const doubt = `acl-format: lists of Samba's module ${share.lists} are not read`;
    return { readers: possible(doubt), told: { ...told, doubt }, isStale: false };
  }
  const { descriptor, force } = listInForce(share.lists, file);
  if (force === 'stale') {
    const note = 'the NT list of Samba is no longer in force: permissions were changed behind it';
    return { readers, told: { ...told, permission: `${told.permission} (${note})` }, isStale: true };
  }
  if (descriptor === null) {
    if (force === 'ignored') return { readers, told, isStale: false };
    const doubt = 'the NT list of Samba could not be read';
    return { readers: meet(readers, possible(doubt)), told: { ...told, doubt }, isStale: false };
  }
  const nt = ntReaders(descriptor, directory);
  const both = meet(nt, readers);
  const ntWords = ntTold('samba-ntacl', descriptor, directory, nt.doubt ?? readers.doubt);
  const words: Told = {
    ...ntWords,
    permission: `NT access list within ${told.permission}`,
    who: () => `${ntWords.who()}, within ${told.who()}`,
  };
  if (force === 'in-force') return { readers: both, told: words, isStale: false };
  const doubt = 'only Samba itself knows whether its NT list is still in force';
  return { readers: join(both, meet(readers, possible(doubt))), told: { ...words, doubt }, isStale: false };
}

/** The list that Samba judges by, if any; `ignored`: it judges by POSIX permissions alone. A null list in force could not be read. */
export function listInForce(lists: StoredLists, file: FileLists): { descriptor: Descriptor | null; force: Force } {
  if (file.replaced !== undefined) return { descriptor: file.replaced, force: 'in-force' };
  const bytes = file.nt(lists.attribute);
  if (bytes === '') {
    return lists.ignoresPosix
      ? { descriptor: standIn(lists.standIn, file.stat), force: 'in-force' }
      : { descriptor: null, force: 'ignored' };
  }
  if (bytes === UNREADABLE) return { descriptor: null, force: 'unknown' };
  try {
    const stored = parseNtacl(Buffer.from(bytes, 'latin1'));
    return { descriptor: stored.descriptor, force: forceOf(stored, lists.ignoresPosix, () => sysAclOf(file)) };
  } catch {
    // Samba takes a value that it can't unpack for none, and so does another version of it for what this one can.
    return { descriptor: null, force: 'unknown' };
  }
}

function sysAclOf({ stat, posix }: FileLists): Buffer | null {
  const access = entriesOf(posix);
  return access === 'unreadable' ? null : sysAclBlob({ mode: stat.mode, uid: stat.uid, gid: stat.gid, access, inherited: null });
}

/** What Samba makes up for a file without a stored list (make_default_filesystem_acl, lib/util_sd.c); `posix` looks at the mode alone. */
export function standIn(style: StoredLists['standIn'], { mode, uid, gid }: PosixStat): Descriptor {
  const owner = `S-1-22-1-${uid}`;
  const group = `S-1-22-2-${gid}`;
  const allow = (sid: string, mask: number): Ace => ({ type: ALLOW, flags: 0, mask, sid });
  const ofBits = (sid: string, bits: number): Ace[] => {
    const mask = ((bits & 4) !== 0 ? READ_EXECUTE : 0) | ((bits & 2) !== 0 ? WRITE : 0);
    return mask === 0 ? [] : [allow(sid, mask)];
  };
  const dacl: Record<StoredLists['standIn'], () => Ace[]> = {
    posix: () => [...ofBits(owner, 6), ...ofBits(group, mode >> 3), ...ofBits(EVERYONE, mode), allow(SYSTEM, FULL)],
    windows: () => [allow(owner, FULL), allow(SYSTEM, FULL)],
    everyone: () => [allow(EVERYONE, FULL)],
  };
  return { control: SELF_RELATIVE | DACL_PRESENT, owner: uidOf(uid), group: gidOf(gid), dacl: dacl[style]() };
}
