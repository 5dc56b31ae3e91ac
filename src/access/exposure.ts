/**
 * Who can pass a folder or read a file, and whether those are few: pure, over permissions that were read elsewhere. It judges subject by
 * subject (each known account, a guest, a stranger), so that the order of rules, masks and folders on the way need no algebra of sets.
 * Whatever can't be known makes a reader possible, never impossible.
 */
import type { Access } from '../model.js';
import { type Groups, GUEST, STRANGER } from './groups.js';
import { ACL_GROUP, ACL_GROUP_OBJ, ACL_MASK, ACL_USER, type AclEntry } from './posix-acl.js';

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

/** How sure it is that a subject passes. The values are sets of bits, so that `&` of two gates is the answer for both. */
export const NO = 0;
export const POSSIBLE = 1;
export const PROVEN = 3;

export interface Passers {
  /** NO, POSSIBLE or PROVEN for each of `Groups.subjects`. */
  readonly flags: Uint8Array;
  /** The same for users without an account here, by uid, where they differ from the stranger. */
  readonly others: ReadonlyMap<number, number>;
  /** Why some are only possible; null when nothing was in doubt. */
  readonly doubt: string | null;
}

export interface AccessBounds {
  /** More readers than this are not "the people concerned". */
  readonly readersMax: number;
  /** From this part of all known accounts on a file is open, where at least `knownMin` are known. */
  readonly knownShare: number;
  readonly knownMin: number;
  /** Groups of this site that stand for the whole organisation, by name or number. */
  readonly broadGroups: readonly string[];
}

/** Built-in rule; a site sets its own. */
export const ACCESS_BOUNDS: AccessBounds = { readersMax: 30, knownShare: 0.5, knownMin: 10, broadGroups: [] };

/** Everybody: the gate above a scanned root. */
export function everybody(groups: Groups): Passers {
  return { flags: new Uint8Array(groups.subjects.length).fill(PROVEN), others: new Map(), doubt: null };
}

/** Who may enter a folder. An owner who can't enter is not counted, although chmod would help: the folders above are what is shared. */
export function entrantsOf(folder: Permission, groups: Groups): Passers {
  return passersOf(folder, ENTER, groups);
}

/** Who may read a file. Its owner always can, by chmod. */
export function readersOf(file: Permission, groups: Groups): Passers {
  return passersOf({ ...file, mode: file.mode | (READ << 6) }, READ, groups);
}

/** Those who pass both. */
export function meet(a: Passers, b: Passers): Passers {
  const flags = a.flags.slice();
  for (let i = 0; i < flags.length; i++) flags[i]! &= b.flags[i]!;
  const others = new Map<number, number>();
  for (const uid of new Set([...a.others.keys(), ...b.others.keys()])) {
    const flag = flagOfUid(a, uid) & flagOfUid(b, uid);
    if (flag !== flags[STRANGER]) others.set(uid, flag);
  }
  return { flags, others, doubt: a.doubt ?? b.doubt };
}

/**
 * The order of the Linux kernel (fs/namei.c acl_permission_check, fs/posix_acl.c): the owner by the owner's bits alone; a named user by that
 * entry and the mask; else any matching group that grants, and if groups match and none grants, nothing; else the bits of others.
 * A mode whose group bits are all 0 silences the whole list: the kernel does not look at it then.
 */
function passersOf(permission: Permission, bit: number, groups: Groups): Passers {
  const { mode, uid } = permission;
  const other = (mode & bit) !== 0 ? PROVEN : NO;
  const flags = new Uint8Array(groups.subjects.length);
  const others = new Map<number, number>();
  let doubt: string | null = null;
  if (permission.acl === 'unreadable' && (mode & 0o070) !== 0) {
    doubt = 'its access list could not be read';
    flags.fill(other !== NO || ((mode >> 3) & bit) !== 0 ? POSSIBLE : NO);
    // Nobody names strangers in a list, so the bits of others are exact for them.
    flags[STRANGER]! |= other;
    flags[GUEST]! |= other;
  } else {
    const entries = groupEntriesOf(permission, bit);
    const unresolved = entries.find((entry) => entry.granted && !groups.isResolved(entry.gid));
    const unlisted = unresolved === undefined ? NO : POSSIBLE;
    if (unresolved !== undefined && other === NO) doubt = `nobody knows who is in group ${unresolved.gid}`;
    flags.fill(other | unlisted);
    for (const entry of entries) if (!entry.granted) for (const member of groups.members(entry.gid)) flags[member] = unlisted;
    for (const entry of entries) if (entry.granted) for (const member of groups.members(entry.gid)) flags[member] = PROVEN;
    for (const entry of namedUsersOf(permission, bit)) setFlag(flags, others, entry.uid, entry.granted ? PROVEN : NO, groups);
  }
  setFlag(flags, others, uid, ((mode >> 6) & bit) !== 0 ? PROVEN : NO, groups);
  return { flags, others, doubt };
}

function setFlag(flags: Uint8Array, others: Map<number, number>, uid: number, flag: number, groups: Groups): void {
  // root is administration: it passes everywhere and is not counted.
  if (uid === 0) return;
  const subject = groups.subjectOfUid(uid);
  if (subject !== undefined) flags[subject] = flag;
  else if (flag === flags[STRANGER]) others.delete(uid);
  else others.set(uid, flag);
}

function flagOfUid(passers: Passers, uid: number): number {
  return passers.others.get(uid) ?? passers.flags[STRANGER]!;
}

function listOf(permission: Permission): readonly AclEntry[] | null {
  return permission.acl === 'unreadable' || (permission.mode & 0o070) === 0 ? null : permission.acl;
}

function maskOf(list: readonly AclEntry[]): number {
  return list.find((entry) => entry.tag === ACL_MASK)?.perm ?? 7;
}

export function groupEntriesOf(permission: Permission, bit: number): { gid: number; granted: boolean }[] {
  const list = listOf(permission);
  if (list === null) return [{ gid: permission.gid, granted: ((permission.mode >> 3) & bit) !== 0 }];
  const mask = maskOf(list);
  return list
    .filter((entry) => entry.tag === ACL_GROUP || entry.tag === ACL_GROUP_OBJ)
    .map((entry) => ({ gid: entry.tag === ACL_GROUP ? entry.id : permission.gid, granted: (entry.perm & mask & bit) !== 0 }));
}

export function namedUsersOf(permission: Permission, bit: number): { uid: number; granted: boolean }[] {
  const list = listOf(permission);
  if (list === null) return [];
  const mask = maskOf(list);
  return list.filter((entry) => entry.tag === ACL_USER).map((entry) => ({ uid: entry.id, granted: (entry.perm & mask & bit) !== 0 }));
}

/** The answer for a file behind its folders: open, restricted, or unknown when a reader who is only possible could change it. */
export function judgeExposure(gate: Passers, file: Permission, groups: Groups, bounds: AccessBounds): Access {
  const own = readersOf(file, groups);
  const readers = meet(gate, own);
  const source = file.acl === null || file.acl === 'unreadable' ? 'posix-mode' : 'posix-acl';
  const broad = [...(readers.flags[STRANGER] === PROVEN ? ['other'] : []), ...(readers.flags[GUEST] === PROVEN ? ['guest'] : [])];
  const mode = `mode 0${(file.mode & 0o777).toString(8).padStart(3, '0')}`;
  if (broad.length > 0) {
    const reason = broad[0] === 'other' ? `${mode}, parents passable` : `${mode}, readable by the guest account`;
    return { state: 'open', source, broad, readers: null, reason };
  }
  const siteGroup = bounds.broadGroups.find((name) => lets(name, gate, readers, file, groups));
  if (siteGroup !== undefined)
    return { state: 'open', source, broad: [siteGroup], readers: null, reason: `${mode}, readable by ${siteGroup}` };
  const proven = count(readers, groups, PROVEN);
  const possible = count(readers, groups, POSSIBLE);
  const who = whoCanRead(gate, file, groups);
  const tooMany = excess(proven, groups, bounds);
  if (tooMany !== null) return { state: 'open', source, broad, readers: proven.all, reason: `${who}: ${tooMany}` };
  const unbounded = readers.flags[STRANGER] !== NO || readers.flags[GUEST] !== NO;
  if (unbounded || excess(possible, groups, bounds) !== null) {
    const doubt = (own.flags[STRANGER] === POSSIBLE ? own.doubt : null) ?? gate.doubt ?? own.doubt ?? 'some readers are only possible';
    return { state: 'unknown', source, broad, readers: null, reason: `${mode}: ${doubt}` };
  }
  return { state: 'restricted', source, broad, readers: possible.all, reason: `${who}: ${plural(possible.all, 'reader')}` };
}

/** Whether this group of the site reads the file: all of its known members do, or the file grants it and the folders let anybody through. */
function lets(name: string, gate: Passers, readers: Passers, file: Permission, groups: Groups): boolean {
  const gid = /^\d+$/u.test(name) ? Number(name) : groups.gidOf(name);
  if (gid === null) return false;
  const granted = groupEntriesOf(file, READ).some((entry) => entry.granted && entry.gid === gid);
  if (granted && gate.flags[STRANGER] === PROVEN) return true;
  const members = [...groups.members(gid)];
  return members.length > 0 && members.every((member) => readers.flags[member] === PROVEN);
}

interface Count {
  readonly all: number;
  readonly persons: number;
}

function count(readers: Passers, groups: Groups, flag: number): Count {
  let all = 0;
  let persons = 0;
  for (let i = 0; i < readers.flags.length; i++) {
    if (i === GUEST || i === STRANGER || (readers.flags[i]! & flag) !== flag) continue;
    all++;
    if (groups.subjects[i]!.isPerson) persons++;
  }
  for (const other of readers.others.values()) if ((other & flag) === flag) all++;
  return { all, persons };
}

function excess(readers: Count, groups: Groups, bounds: AccessBounds): string | null {
  if (readers.all > bounds.readersMax) return `${readers.all} readers > ${bounds.readersMax}`;
  const isShare = groups.persons >= bounds.knownMin && readers.persons >= groups.persons * bounds.knownShare;
  return isShare ? `${readers.persons} of ${groups.persons} known accounts` : null;
}

/** What lets the readers in: groups by name, at most three. */
function whoCanRead(gate: Passers, file: Permission, groups: Groups): string {
  if ((file.mode & READ) !== 0) return gate.flags[STRANGER] === PROVEN ? 'others' : 'readable by others, but parents are closed to them';
  const granted = groupEntriesOf(file, READ).filter((entry) => entry.granted);
  const names = granted.slice(0, 3).map((entry) => groups.groupName(entry.gid) ?? String(entry.gid));
  const users = namedUsersOf(file, READ).filter((entry) => entry.granted).length;
  const parts = [
    ...(names.length > 0 ? [`group ${names.join(', ')}${granted.length > names.length ? ', …' : ''}`] : []),
    ...(users > 0 ? [plural(users, 'named user')] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'owner alone';
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
