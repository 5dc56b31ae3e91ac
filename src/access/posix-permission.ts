/**
 * The gate of one folder or file on a POSIX file system: mode, owner, group, access list. Pure: the permissions were read elsewhere.
 * Whatever can't be known makes a passer possible, never impossible.
 */
import type { Access } from '../model.js';
import { type Directory, GUEST, STRANGER } from './directory.js';
import { type AccessBounds, judgeReaders, plural, type Told } from './exposure.js';
import { flagOf, meet, NO, type Passers, POSSIBLE, PROVEN } from './passers.js';
import { ACL_GROUP, ACL_GROUP_OBJ, ACL_MASK, ACL_USER, type AclEntry } from './posix-acl.js';
import { gidOf, type PrincipalId, uidOf } from './principal.js';

/** The bits of one class of a mode. */
export const READ = 4;
export const ENTER = 1;

/** What a file system says of one entry. `acl`: null when it has none, `unreadable` when it may have one that could not be read. */
export interface Permission {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly acl: readonly AclEntry[] | null | 'unreadable';
}

/** Who may enter a folder. An owner who can't enter is not counted, although chmod would help: the folders above are what is shared. */
export function entrantsOf(folder: Permission, directory: Directory): Passers {
  return passersOf(folder, ENTER, directory);
}

/** Who may read a file. Its owner always can, by chmod. */
export function readersOf(file: Permission, directory: Directory): Passers {
  return passersOf({ ...file, mode: file.mode | (READ << 6) }, READ, directory);
}

/**
 * The order of the Linux kernel (fs/namei.c acl_permission_check, fs/posix_acl.c): the owner by the owner's bits alone; a named user by that
 * entry and the mask; else any matching group that grants, and if groups match and none grants, nothing; else the bits of others.
 * A mode whose group bits are all 0 silences the whole list: the kernel does not look at it then.
 */
function passersOf(permission: Permission, bit: number, directory: Directory): Passers {
  const { mode, uid } = permission;
  const other = (mode & bit) !== 0 ? PROVEN : NO;
  const flags = new Uint8Array(directory.subjects.length);
  const others = new Map<PrincipalId, number>();
  const groups = new Map<PrincipalId, number>();
  let doubt: string | null = null;
  if (permission.acl === 'unreadable' && (mode & 0o070) !== 0) {
    doubt = 'its access list could not be read';
    flags.fill(other !== NO || ((mode >> 3) & bit) !== 0 ? POSSIBLE : NO);
    // Nobody names strangers in a list, so the bits of others are exact for them.
    flags[STRANGER]! |= other;
    flags[GUEST]! |= other;
  } else {
    const entries = groupEntriesOf(permission, bit).map(({ gid, granted }) => ({ gid, granted, ...directory.group(gidOf(gid)) }));
    const unresolved = entries.find((entry) => entry.granted && !entry.isResolved);
    const unlisted = unresolved === undefined ? NO : POSSIBLE;
    if (unresolved !== undefined && other === NO) doubt = `nobody knows who is in group ${groupWord(unresolved.gid, directory)}`;
    flags.fill(other | unlisted);
    for (const entry of entries) if (!entry.granted) for (const member of entry.members) flags[member] = unlisted;
    for (const entry of entries) if (entry.granted) for (const member of entry.members) flags[member] = PROVEN;
    // A group says something of its own only where it differs from others, so that folders that let the same people in stay one gate.
    for (const entry of entries) if (!entry.granted && other !== NO) groups.set(gidOf(entry.gid), unlisted);
    for (const entry of entries) if (entry.granted && other === NO) groups.set(gidOf(entry.gid), PROVEN);
    for (const entry of namedUsersOf(permission, bit)) setFlag(flags, others, entry.uid, entry.granted ? PROVEN : NO, directory);
  }
  setFlag(flags, others, uid, ((mode >> 6) & bit) !== 0 ? PROVEN : NO, directory);
  return { flags, others, groups, doubt };
}

function setFlag(flags: Uint8Array, others: Map<PrincipalId, number>, uid: number, flag: number, directory: Directory): void {
  const id = uidOf(uid);
  const standing = directory.whoIs(id);
  if (standing.kind === 'account') for (const login of standing.logins) flags[login] = flag;
  // root is administration: it passes everywhere and is not counted.
  else if (standing.kind !== 'person') return;
  else if (flag === flags[STRANGER]) others.delete(id);
  else others.set(id, flag);
}

function listOf(permission: Permission): readonly AclEntry[] | null {
  return permission.acl === 'unreadable' || (permission.mode & 0o070) === 0 ? null : permission.acl;
}

function maskOf(list: readonly AclEntry[]): number {
  return list.find((entry) => entry.tag === ACL_MASK)?.perm ?? 7;
}

function groupEntriesOf(permission: Permission, bit: number): { gid: number; granted: boolean }[] {
  const list = listOf(permission);
  if (list === null) return [{ gid: permission.gid, granted: ((permission.mode >> 3) & bit) !== 0 }];
  const mask = maskOf(list);
  return list
    .filter((entry) => entry.tag === ACL_GROUP || entry.tag === ACL_GROUP_OBJ)
    .map((entry) => ({ gid: entry.tag === ACL_GROUP ? entry.id : permission.gid, granted: (entry.perm & mask & bit) !== 0 }));
}

function namedUsersOf(permission: Permission, bit: number): { uid: number; granted: boolean }[] {
  const list = listOf(permission);
  if (list === null) return [];
  const mask = maskOf(list);
  return list.filter((entry) => entry.tag === ACL_USER).map((entry) => ({ uid: entry.id, granted: (entry.perm & mask & bit) !== 0 }));
}

/** The answer for a file behind its folders: open, restricted, or unknown when a reader who is only possible could change it. */
export function judgePosix(gate: Passers, file: Permission, directory: Directory, bounds: AccessBounds): Access {
  const own = readersOf(file, directory);
  return judgeReaders(meet(gate, own), directory, bounds, posixTold(gate, file, directory, own));
}

/** The words of a file's permission; @param gate who gets as far as the file; @param own who reads it by its own permission. */
export function posixTold(gate: Passers, file: Permission, directory: Directory, own: Passers): Told {
  const mode = `mode 0${(file.mode & 0o777).toString(8).padStart(3, '0')}`;
  return {
    source: file.acl === null || file.acl === 'unreadable' ? 'posix-mode' : 'posix-acl',
    permission: mode,
    openTo: (broad) => {
      if (broad === 'other') return `${mode}, parents passable`;
      return broad === 'guest' ? `${mode}, readable by the guest account` : `${mode}, readable by ${directory.nameOf(broad) ?? broad}`;
    },
    who: () => whoCanRead(gate, file, directory),
    doubt: (own.flags[STRANGER] === POSSIBLE ? own.doubt : null) ?? gate.doubt ?? own.doubt,
  };
}

/** What lets the readers in: groups by name, at most three; an owner who would have to give himself the right is said to. */
export function whoCanRead(gate: Passers, file: Permission, directory: Directory): string {
  if ((file.mode & READ) !== 0) return gate.flags[STRANGER] === PROVEN ? 'others' : 'readable by others, but parents are closed to them';
  const granted = groupEntriesOf(file, READ).filter((entry) => entry.granted);
  const named = [...new Set(granted.map((entry) => groupWord(entry.gid, directory)))];
  const names = named.slice(0, 3);
  const users = namedUsersOf(file, READ).filter((entry) => entry.granted).length;
  const giver = selfGiver(file, directory);
  const parts = [
    ...(names.length > 0 ? [`group ${names.join(', ')}${named.length > names.length ? ', …' : ''}`] : []),
    ...(users > 0 ? [plural(users, 'named user')] : []),
    ...(giver !== null && flagAt(gate, giver, directory) !== NO ? [`${ownerWord(giver, directory)}, ${SELF_GIVEN}`] : []),
  ];
  if (parts.length > 0) return parts.join(' and ');
  if (directory.isAdmin(uidOf(file.uid))) return 'administrators alone';
  return flagAt(gate, uidOf(file.uid), directory) === NO ? 'owner alone, but parents are closed to him' : 'owner alone';
}

/** An owner may change the mode (chmod(2)), whatever it says. */
export const SELF_GIVEN = 'who may give himself the right';

/** The owner who can't open the file as it is, but may give himself the right; null where he can, or is administration. */
export function selfGiver({ mode, uid }: Permission, directory: Directory): PrincipalId | null {
  return (mode & (READ << 6)) !== 0 || directory.isAdmin(uidOf(uid)) ? null : uidOf(uid);
}

function flagAt(passers: Passers, id: PrincipalId, directory: Directory): number {
  const standing = directory.whoIs(id);
  return standing.kind === 'account' ? standing.logins.reduce((sum, login) => sum | passers.flags[login]!, NO) : flagOf(passers, id);
}

function ownerWord(id: PrincipalId, directory: Directory): string {
  return `owner ${directory.nameOf(id) ?? id.slice(2)}`;
}

function groupWord(gid: number, directory: Directory): string {
  return directory.nameOf(gidOf(gid)) ?? String(gid);
}
