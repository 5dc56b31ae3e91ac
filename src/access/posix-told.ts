/** The gates before one file on a POSIX file system, as `mimawari access` tells it. Pure: the permissions were read elsewhere. */
import type { GateTold } from '../parts.js';
import type { Directory } from './directory.js';
import { allWith, type Passers, POSSIBLE } from './passers.js';
import { ACL_GROUP, ACL_GROUP_OBJ, ACL_MASK, ACL_USER, ACL_USER_OBJ, type AclEntry } from './posix-acl.js';
import { entrantsOf, type Permission, readersOf, selfGiver } from './posix-permission.js';
import { gidOf, uidOf } from './principal.js';
import { toldReaders } from './readers.js';

/** `permission` is a text where nothing can be judged: it says why. */
export interface PosixFolder {
  readonly path: string | Buffer;
  readonly permission: Permission | string;
}

export interface PosixFile {
  readonly path: string | Buffer;
  readonly permission: Permission;
}

/** @param folders from the one that is shared down to that of the file; @param file null where its permission is not known. */
export function gatesTold(folders: readonly PosixFolder[], file: PosixFile | null, directory: Directory): GateTold[] {
  const gates = folders.map(({ path, permission }) =>
    gateTold('folder', path, permission, passersOfFolder(permission, directory), directory),
  );
  // Nothing of the file's own says who reads where a server or another sort of list rules.
  if (file === null || folders.some(({ permission }) => typeof permission === 'string')) return gates;
  const giver = selfGiver(file.permission, directory);
  return [
    ...gates,
    {
      ...gateTold('file', file.path, file.permission, readersOf(file.permission, directory), directory),
      ...(giver === null ? {} : { selfGiver: directory.nameOf(giver) ?? giver.slice(2) }),
    },
  ];
}

function passersOfFolder(permission: Permission | string, directory: Directory): Passers {
  return typeof permission === 'string' ? allWith(POSSIBLE, directory, permission) : entrantsOf(permission, directory);
}

function gateTold(
  gate: GateTold['gate'],
  of: string | Buffer,
  permission: Permission | string,
  passers: Passers,
  directory: Directory,
): GateTold {
  const told = { gate, of, passers: toldReaders(passers, directory), doubt: passers.doubt };
  if (typeof permission === 'string') return { ...told, permission: '', entries: [] };
  return { ...told, permission: permissionText(permission, directory), entries: entryTexts(permission, directory) };
}

/** `0750 root:soumu`. */
function permissionText({ mode, uid, gid }: Permission, directory: Directory): string {
  const owner = uid === 0 ? 'root' : (directory.nameOf(uidOf(uid)) ?? String(uid));
  return `0${(mode & 0o777).toString(8).padStart(3, '0')} ${owner}:${directory.nameOf(gidOf(gid)) ?? gid}`;
}

/** As getfacl(1) writes them; what the mask takes away is told behind. */
function entryTexts({ acl }: Permission, directory: Directory): string[] {
  if (acl === null || acl === 'unreadable') return [];
  const mask = acl.find(({ tag }) => tag === ACL_MASK)?.perm ?? 7;
  return acl.map((entry) => {
    const isMasked = entry.tag === ACL_USER || entry.tag === ACL_GROUP || entry.tag === ACL_GROUP_OBJ;
    const effective = isMasked && (entry.perm & mask) !== entry.perm ? `  #effective:${bits(entry.perm & mask)}` : '';
    return `${entryName(entry, directory)}:${bits(entry.perm)}${effective}`;
  });
}

function entryName({ tag, id }: AclEntry, directory: Directory): string {
  if (tag === ACL_USER) return `user:${directory.nameOf(uidOf(id)) ?? id}`;
  if (tag === ACL_GROUP) return `group:${directory.nameOf(gidOf(id)) ?? id}`;
  return `${tag === ACL_USER_OBJ ? 'user' : tag === ACL_GROUP_OBJ ? 'group' : tag === ACL_MASK ? 'mask' : 'other'}:`;
}

function bits(perm: number): string {
  return `${(perm & 4) !== 0 ? 'r' : '-'}${(perm & 2) !== 0 ? 'w' : '-'}${(perm & 1) !== 0 ? 'x' : '-'}`;
}
