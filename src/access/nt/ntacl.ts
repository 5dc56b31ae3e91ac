/**
 * The NT descriptor that Samba keeps beside a file: `security.NTACL` (librpc/idl/xattr.idl), versions 1 to 4, and whether it is still in force
 * (modules/vfs_acl_common.c): Samba drops it when the POSIX permissions were changed behind its back.
 */
import { createHash } from 'node:crypto';
import { FileProblem } from '../../problem.js';
import { type Descriptor, parseDescriptor } from './descriptor.js';

export interface StoredAcl {
  readonly version: 1 | 2 | 3 | 4;
  /** 0 none, 1 SHA-256; 0 in versions without one. */
  readonly hashType: number;
  /** Version 3 and 4: of the descriptor as Samba made it from the POSIX permissions. */
  readonly hash: Buffer | null;
  /** Version 4: which module wrote it. */
  readonly description: string;
  /** Version 4: of the POSIX permissions that it was written with. */
  readonly sysAclHash: Buffer | null;
  readonly descriptor: Descriptor;
}

/**
 * `in-force`: Samba judges by it. `stale`: the permissions changed since, so they rule. `ignored`: Samba does not look at it on this share.
 * `unknown`: only Samba's own table of ids could tell.
 */
export type Force = 'in-force' | 'stale' | 'ignored' | 'unknown';

const HASH_BYTES = 64;
const SHA256 = 1;
const SHA256_BYTES = 32;
const DESCRIPTION_AT = 14 + HASH_BYTES;

/** Throws FileProblem('damaged'). All numbers are little endian, and offsets in the descriptor count from the start of the value. */
export function parseNtacl(bytes: Buffer): StoredAcl {
  need(bytes, 8);
  const version = bytes.readUInt16LE(0);
  if (bytes.readUInt16LE(2) !== version || bytes.readUInt32LE(4) === 0) throw damaged('a broken header');
  const plain = { hashType: 0, hash: null, description: '', sysAclHash: null };
  if (version === 1) return { version, ...plain, descriptor: parseDescriptor(bytes, 8, 0) };
  if (version !== 2 && version !== 3 && version !== 4) throw damaged('another version');
  need(bytes, 12);
  if (bytes.readUInt32LE(8) === 0) throw damaged('it holds no descriptor');
  // Version 2 has a hash of 16 bytes that Samba never used.
  if (version === 2) return { version, ...plain, descriptor: parseDescriptor(bytes, 28, 0) };
  need(bytes, DESCRIPTION_AT);
  const hashType = bytes.readUInt16LE(12);
  const hash = Buffer.from(bytes.subarray(14, DESCRIPTION_AT));
  if (version === 3) return { version, ...plain, hashType, hash, descriptor: parseDescriptor(bytes, aligned(DESCRIPTION_AT), 0) };
  const end = bytes.indexOf(0, DESCRIPTION_AT);
  if (end < 0) throw damaged('its description has no end');
  const sysAclHashAt = aligned(end + 1) + 8;
  const descriptorAt = sysAclHashAt + HASH_BYTES;
  need(bytes, descriptorAt);
  return {
    version,
    hashType,
    hash,
    description: bytes.toString('utf8', DESCRIPTION_AT, end),
    sysAclHash: Buffer.from(bytes.subarray(sysAclHashAt, descriptorAt)),
    descriptor: parseDescriptor(bytes, descriptorAt, 0),
  };
}

/**
 * @param ignoresPosix the share's `acl_xattr:ignore system acls`; @param sysAcl gives the bytes of `sysAclBlob` for the file as it is now, and
 * is called only where they decide; null where the POSIX list could not be read.
 */
export function forceOf(stored: StoredAcl, ignoresPosix: boolean, sysAcl: () => Buffer | null): Force {
  if (ignoresPosix || stored.version <= 2) return 'in-force';
  if (stored.hashType !== SHA256) return 'ignored';
  // Version 3 holds no hash of POSIX permissions. All zero: written where they are ignored.
  if (stored.sysAclHash === null) return stored.hash!.every((byte) => byte === 0) ? 'ignored' : 'unknown';
  const now = sysAcl();
  if (now === null) return 'unknown';
  const hash = createHash('sha256').update(now).digest();
  return hash.equals(stored.sysAclHash.subarray(0, SHA256_BYTES)) ? 'in-force' : 'stale';
}

function aligned(at: number): number {
  return (at + 3) & ~3;
}

function need(bytes: Buffer, length: number): void {
  if (bytes.length < length) throw damaged('it is cut');
}

function damaged(detail: string): FileProblem {
  return new FileProblem('damaged', `security.NTACL: ${detail}`);
}
