/** The binary POSIX ACL of Linux (linux/posix_acl_xattr.h). It decides nothing: who may do what is exposure.ts. */

export const ACL_USER_OBJ = 0x01;
export const ACL_USER = 0x02;
export const ACL_GROUP_OBJ = 0x04;
export const ACL_GROUP = 0x08;
export const ACL_MASK = 0x10;
export const ACL_OTHER = 0x20;

export interface AclEntry {
  readonly tag: number;
  /** r 4, w 2, x 1. */
  readonly perm: number;
  /** uid or gid of a named entry. */
  readonly id: number;
}

const VERSION = 2;
const HEADER_BYTES = 4;
const ENTRY_BYTES = 8;
const TAGS = new Set([ACL_USER_OBJ, ACL_USER, ACL_GROUP_OBJ, ACL_GROUP, ACL_MASK, ACL_OTHER]);

/** The entries of `system.posix_acl_access`; null when the bytes are no such list (another version, a cut one, an unknown tag). */
export function parsePosixAcl(bytes: Buffer): AclEntry[] | null {
  if (bytes.length < HEADER_BYTES || (bytes.length - HEADER_BYTES) % ENTRY_BYTES !== 0 || bytes.readUInt32LE(0) !== VERSION) return null;
  const entries: AclEntry[] = [];
  for (let at = HEADER_BYTES; at < bytes.length; at += ENTRY_BYTES) {
    const tag = bytes.readUInt16LE(at);
    if (!TAGS.has(tag)) return null;
    entries.push({ tag, perm: bytes.readUInt16LE(at + 2) & 7, id: bytes.readUInt32LE(at + 4) });
  }
  const has = (tag: number): boolean => entries.some((entry) => entry.tag === tag);
  return has(ACL_USER_OBJ) && has(ACL_GROUP_OBJ) && has(ACL_OTHER) ? entries : null;
}

/** What parsePosixAcl reads, for a list that is only thought of. */
export function writePosixAcl(entries: readonly AclEntry[]): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + entries.length * ENTRY_BYTES);
  bytes.writeUInt32LE(VERSION, 0);
  entries.forEach(({ tag, perm, id }, i) => {
    const at = HEADER_BYTES + i * ENTRY_BYTES;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(perm, at + 2);
    bytes.writeUInt32LE(id, at + 4);
  });
  return bytes;
}
