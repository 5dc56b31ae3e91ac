/** Packs descriptors as Windows and Samba keep them, so that the readers can be held against bytes that they did not make themselves. */
import type { Ace, Descriptor } from '../../../src/access/nt/descriptor.js';

export function packSid(sid: string): Buffer {
  const [, , authority, ...parts] = sid.split('-');
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes.writeUIntBE(Number(authority), 2, 6);
  for (const [i, part] of parts.entries()) bytes.writeUInt32LE(Number(part), 8 + 4 * i);
  return bytes;
}

/** @param extra stands between mask and SID (object entries); @param tail behind the SID (conditions). */
export function packAce(ace: Ace, extra = Buffer.alloc(0), tail = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([extra, packSid(ace.sid), tail]);
  const head = Buffer.alloc(8);
  head[0] = ace.type;
  head[1] = ace.flags;
  head.writeUInt16LE(8 + body.length, 2);
  head.writeUInt32LE(ace.mask, 4);
  return Buffer.concat([head, body]);
}

/** @param base what offsets count from, before the descriptor; @param aces the packed entries, where they are not those of the descriptor. */
export function packDescriptor(descriptor: Descriptor, base = 0, aces = descriptor.dacl?.map((ace) => packAce(ace))): Buffer {
  const head = Buffer.alloc(20);
  head[0] = 1;
  head.writeUInt16LE(descriptor.control, 2);
  const parts: Buffer[] = [head];
  let at = base + head.length;
  const add = (place: number, part: Buffer): void => {
    head.writeUInt32LE(at, place);
    parts.push(part);
    at += part.length;
  };
  if (descriptor.owner !== null) add(4, packSid(descriptor.owner));
  if (descriptor.group !== null) add(8, packSid(descriptor.group));
  if (aces !== undefined) {
    const body = Buffer.concat(aces);
    const listHead = Buffer.from([4, 0, 0, 0, aces.length, 0, 0, 0]);
    listHead.writeUInt16LE(8 + body.length, 2);
    add(16, Buffer.concat([listHead, body]));
  }
  return Buffer.concat(parts);
}

export interface NtaclParts {
  readonly hashType?: number;
  readonly hash?: Buffer;
  readonly description?: string;
  readonly sysAclHash?: Buffer;
}

/** The value of `security.NTACL`. */
export function packNtacl(version: number, descriptor: Descriptor, parts: NtaclParts = {}): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(version, 0);
  head.writeUInt16LE(version, 2);
  head.writeUInt32LE(0x20000, 4);
  const pieces: Buffer[] = [head];
  const size = (): number => pieces.reduce((sum, piece) => sum + piece.length, 0);
  const align = (): number => pieces.push(Buffer.alloc((4 - (size() % 4)) % 4));
  const hashed = (hash: Buffer | undefined, length: number): Buffer =>
    Buffer.concat([hash ?? Buffer.alloc(0), Buffer.alloc(64)]).subarray(0, length);
  if (version >= 2) pieces.push(Buffer.from([4, 0, 2, 0]));
  if (version === 2) pieces.push(Buffer.alloc(16, 0x55));
  if (version >= 3) pieces.push(Buffer.from([parts.hashType ?? 1, 0]), hashed(parts.hash, 64));
  if (version === 4) {
    pieces.push(Buffer.from(`${parts.description ?? 'posix_acl'}\0`));
    align();
    pieces.push(Buffer.alloc(8), hashed(parts.sysAclHash, 64));
  }
  align();
  pieces.push(packDescriptor(descriptor, size()));
  return Buffer.concat(pieces);
}
