/**
 * What would close a file that is open by POSIX permissions: everybody else and broad groups go, the owner and the other groups and users of the
 * list stay. Pure, and it runs nothing: each change is judged by the same rules as the file itself before it is told.
 */
import type { Access } from '../model.js';
import type { Remedy } from '../parts.js';
import type { Directory } from './directory.js';
import type { AccessBounds } from './exposure.js';
import { ACL_GROUP, ACL_GROUP_OBJ, ACL_MASK, ACL_OTHER, ACL_USER, type AclEntry } from './posix-acl.js';
import { ENTER, type Permission, READ } from './posix-permission.js';
import { GUEST_ID, gidOf, type PrincipalId, uidOf } from './principal.js';

interface Placed {
  readonly path: string | Buffer;
  readonly permission: Permission;
}

/** The answer for the file if the permission were this one, by every way that leads to it. */
type Judge = (permission: Permission) => Access;

/** Null when no change of the file's own permission closes it: its owner is the guest account, or a share opens it in a name of its own. */
export function closeFile(file: Placed, directory: Directory, bounds: AccessBounds, judge: Judge): Remedy | null {
  return close('file', file, READ, directory, bounds, judge);
}

export function closeFolder(folder: Placed, directory: Directory, bounds: AccessBounds, judge: Judge): Remedy | null {
  return close('folder', folder, ENTER, directory, bounds, judge);
}

/** Broad ones first; if too many still get in, the largest group, and so on: what is small enough stays. */
function close(
  target: Remedy['target'],
  { path, permission }: Placed,
  bit: number,
  directory: Directory,
  bounds: AccessBounds,
  judge: Judge,
): Remedy | null {
  const removed = new Set<PrincipalId>(grantedIds(permission, bit).filter((id) => isBroad(id, directory, bounds)));
  const groups = grantedIds(permission, bit)
    .filter((id) => id.startsWith('g:') && !removed.has(id))
    .sort((a, b) => directory.group(a).members.size - directory.group(b).members.size);
  for (;;) {
    const changed = without(permission, removed);
    const after = judge(changed);
    if (after.state !== 'open') {
      const commands = commandsFor(permission, changed, removed);
      const removes = [...((permission.mode & bit) !== 0 ? ['other'] : []), ...removed];
      const keeps = [uidOf(permission.uid), ...grantedIds(changed, bit)];
      return commands.length === 0 ? null : { tool: 'posix', target, path, commands, removes, keeps: [...new Set(keeps)], after };
    }
    const next = groups.pop();
    if (next === undefined) return null;
    removed.add(next);
  }
}

function isBroad(id: PrincipalId, directory: Directory, bounds: AccessBounds): boolean {
  if (id === uidOf(GUEST_ID) || id === gidOf(GUEST_ID) || directory.whoIs(id).kind === 'broad') return true;
  const names = [id, id.slice(2), directory.nameOf(id)];
  return id.startsWith('g:') && bounds.broadGroups.some((broad) => names.includes(broad));
}

/** Owning group, named users and groups that are granted the bit, with the mask. */
function grantedIds({ mode, gid, acl }: Permission, bit: number): PrincipalId[] {
  if (acl === null || acl === 'unreadable') return ((mode >> 3) & bit) !== 0 ? [gidOf(gid)] : [];
  const mask = acl.find(({ tag }) => tag === ACL_MASK)?.perm ?? 7;
  // The kernel looks at no list where the mode's group bits are all 0.
  if ((mode & 0o070) === 0) return [];
  const granted = acl.filter(({ perm }) => (perm & mask & bit) !== 0);
  return granted.flatMap(({ tag, id }) => {
    if (tag === ACL_USER) return [uidOf(id)];
    return tag === ACL_GROUP ? [gidOf(id)] : tag === ACL_GROUP_OBJ ? [gidOf(gid)] : [];
  });
}

/** The permission without others and these. */
function without(permission: Permission, removed: ReadonlySet<PrincipalId>): Permission {
  const { mode, gid, acl } = permission;
  const dropsGroup = removed.has(gidOf(gid));
  if (acl === null || acl === 'unreadable') return { ...permission, mode: mode & ~(dropsGroup ? 0o077 : 0o007) };
  const entries = acl
    .filter((entry) => !removed.has(idOf(entry)))
    .map((entry) => (entry.tag === ACL_OTHER || (entry.tag === ACL_GROUP_OBJ && dropsGroup) ? { ...entry, perm: 0 } : entry));
  // The mode's group bits are the mask, which stays as it is.
  return { ...permission, mode: mode & ~0o007, acl: entries };
}

function idOf({ tag, id }: AclEntry): PrincipalId {
  return tag === ACL_USER ? uidOf(id) : tag === ACL_GROUP ? gidOf(id) : '';
}

/** `-n`: a mask made afresh would give back to the others of the list what it keeps from them. */
function commandsFor(before: Permission, after: Permission, removed: ReadonlySet<PrincipalId>): string[][] {
  const dropsGroup = removed.has(gidOf(before.gid));
  if (before.acl === null || before.acl === 'unreadable') {
    if (before.mode === after.mode) return [];
    return [['chmod', dropsGroup ? 'g-rwx,o-rwx' : 'o-rwx']];
  }
  const named = before.acl.map(idOf).filter((id) => removed.has(id));
  const set = [...(dropsGroup ? ['g::---'] : []), ...((before.mode & 7) !== 0 ? ['o::---'] : [])];
  const options = [...(named.length > 0 ? ['-x', named.join(',')] : []), ...(set.length > 0 ? ['-m', set.join(',')] : [])];
  return options.length === 0 ? [] : [['setfacl', '-n', ...options]];
}
