/** Writes Samba's stored NT list, version 4 (librpc/idl/xattr.idl), for files that are made to be measured. */
import { createHash } from 'node:crypto';

const SELF_RELATIVE_WITH_LIST = 0x8004;
const DESCRIPTOR_AT = 160;

function packSid(sid) {
  const [, , authority, ...rest] = sid.split('-').map(Number);
  const bytes = Buffer.alloc(8 + 4 * rest.length);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(rest.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  for (const [i, part] of rest.entries()) bytes.writeUInt32LE(part, 8 + 4 * i);
  return bytes;
}

/** @param aces `[type, mask, sid]`; @param posix the bytes whose hash tells that permissions are as they were. */
export function packStoredAcl(owner, group, aces, posix) {
  const head = Buffer.alloc(DESCRIPTOR_AT + 20);
  head.writeUInt16LE(4, 0);
  head.writeUInt16LE(4, 2);
  head.writeUInt32LE(0x20000, 4);
  head.writeUInt32LE(0x20004, 8);
  head.writeUInt16LE(1, 12);
  head.write('posix_acl', 78, 'latin1');
  createHash('sha256').update(posix).digest().copy(head, 96);
  head.writeUInt8(1, DESCRIPTOR_AT);
  head.writeUInt16LE(SELF_RELATIVE_WITH_LIST, DESCRIPTOR_AT + 2);
  const [ownerSid, groupSid] = [packSid(owner), packSid(group)];
  head.writeUInt32LE(head.length, DESCRIPTOR_AT + 4);
  head.writeUInt32LE(head.length + ownerSid.length, DESCRIPTOR_AT + 8);
  head.writeUInt32LE(head.length + ownerSid.length + groupSid.length, DESCRIPTOR_AT + 16);
  const entries = aces.map(([type, mask, sid]) => {
    const sidBytes = packSid(sid);
    const entry = Buffer.alloc(8);
    entry.writeUInt8(type, 0);
    entry.writeUInt16LE(8 + sidBytes.length, 2);
    entry.writeUInt32LE(mask, 4);
    return Buffer.concat([entry, sidBytes]);
  });
  const list = Buffer.concat([Buffer.alloc(8), ...entries]);
  list.writeUInt8(2, 0);
  list.writeUInt16LE(list.length, 2);
  list.writeUInt16LE(entries.length, 4);
  return Buffer.concat([head, ownerSid, groupSid, list]);
}
