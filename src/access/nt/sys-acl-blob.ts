/**
 * The bytes over which Samba takes the hash of a file's POSIX permissions (`sys_acl_blob`, posix_sys_acl_blob_get_file of
 * source3/modules/vfs_posix_acl.c, packed as NDR by librpc/idl/smb_acl.idl). Equal bytes mean that nobody has changed them since.
 */
import { ACL_GROUP, ACL_GROUP_OBJ, ACL_MASK, ACL_OTHER, ACL_USER, ACL_USER_OBJ, type AclEntry } from '../posix-acl.js';

/** smb_acl_tag_t, which counts its tags otherwise than the kernel. */
const TAGS: Readonly<Record<number, number>> = {
  [ACL_USER]: 1,
  [ACL_USER_OBJ]: 2,
  [ACL_GROUP]: 3,
  [ACL_GROUP_OBJ]: 4,
  [ACL_OTHER]: 5,
  [ACL_MASK]: 6,
};

/** Pointers that are not NULL, as Samba's packer numbers them. */
const ACCESS_POINTER = 0x20000;
const DEFAULT_POINTER = 0x20004;
const TYPE_MASK = 0o170000;
const FOLDER = 0o040000;

export interface PosixState {
  /** Whole `st_mode`, with the bits of the type. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Entries in the order of the attribute; null without one: the mode's three entries stand for it. */
  readonly access: readonly AclEntry[] | null;
  /** `system.posix_acl_default` of a folder; null without one, and for files. */
  readonly inherited: readonly AclEntry[] | null;
}

export function sysAclBlob(state: PosixState): Buffer {
  const isFolder = (state.mode & TYPE_MASK) === FOLDER;
  const out = new Packer();
  out.u32(ACCESS_POINTER);
  out.u32(isFolder ? DEFAULT_POINTER : 0);
  out.hyper(state.uid);
  out.hyper(state.gid);
  out.u32(state.mode);
  packAcl(out, state.access ?? entriesOfMode(state.mode));
  if (isFolder) packAcl(out, state.inherited ?? []);
  return out.bytes();
}

function packAcl(out: Packer, entries: readonly AclEntry[]): void {
  // The size of the array that follows, then the struct's own count and its unused place of the next entry.
  out.u32(entries.length);
  out.align();
  out.u32(entries.length);
  out.u32(0);
  for (const entry of entries) {
    out.align();
    out.u16(TAGS[entry.tag]!);
    out.u16(TAGS[entry.tag]!);
    if (entry.tag === ACL_USER || entry.tag === ACL_GROUP) {
      out.align();
      out.hyper(entry.id);
    }
    out.u32(entry.perm);
    out.align();
  }
}

function entriesOfMode(mode: number): AclEntry[] {
  return [
    { tag: ACL_USER_OBJ, perm: (mode >> 6) & 7, id: 0 },
    { tag: ACL_GROUP_OBJ, perm: (mode >> 3) & 7, id: 0 },
    { tag: ACL_OTHER, perm: mode & 7, id: 0 },
  ];
}

/** NDR: little endian; a `hyper` and a struct that holds one lie at multiples of 8. */
class Packer {
  private readonly out: number[] = [];

  u16(value: number): void {
    this.out.push(value & 0xff, value >> 8);
  }

  u32(value: number): void {
    this.u16(value & 0xffff);
    this.u16(value >>> 16);
  }

  /** Ids are of 32 bits. */
  hyper(value: number): void {
    this.align();
    this.u32(value);
    this.u32(0);
  }

  align(): void {
    while (this.out.length % 8 !== 0) this.out.push(0);
  }

  bytes(): Buffer {
    return Buffer.from(this.out);
  }
}
