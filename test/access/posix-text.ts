/** POSIX permissions as tests write them. */
import { ACL_GROUP, ACL_GROUP_OBJ, ACL_MASK, ACL_OTHER, ACL_USER, ACL_USER_OBJ, type AclEntry } from '../../src/access/posix-acl.js';
import type { Permission } from '../../src/access/posix-permission.js';

const NO_ID = 0xffffffff;

/** `5001:6001:640`, or with a list in the short form of getfacl: `5001:6001:u::rw-,u:5002:r--,g::---,m::r--,o::---`. */
export function permission(text: string): Permission {
  const [, uid, gid, rest] = /^(\d+):(\d+):(.+)$/.exec(text)!;
  if (/^[0-7]+$/.test(rest!)) return { uid: Number(uid), gid: Number(gid), mode: Number.parseInt(rest!, 8) & 0o777, acl: null };
  const acl = rest!.split(',').map(entry);
  const perm = (tag: number): number => acl.find((one) => one.tag === tag)?.perm ?? 0;
  const mode =
    (perm(ACL_USER_OBJ) << 6) | ((acl.some((one) => one.tag === ACL_MASK) ? perm(ACL_MASK) : perm(ACL_GROUP_OBJ)) << 3) | perm(ACL_OTHER);
  return { uid: Number(uid), gid: Number(gid), mode, acl };
}

function entry(text: string): AclEntry {
  const [letter, id, bits] = text.split(':') as [string, string, string];
  const tags: Record<string, number> = {
    u: id === '' ? ACL_USER_OBJ : ACL_USER,
    g: id === '' ? ACL_GROUP_OBJ : ACL_GROUP,
    m: ACL_MASK,
    o: ACL_OTHER,
  };
  const perm = (bits.includes('r') ? 4 : 0) | (bits.includes('w') ? 2 : 0) | (bits.includes('x') ? 1 : 0);
  return { tag: tags[letter]!, perm, id: id === '' ? NO_ID : Number(id) };
}
