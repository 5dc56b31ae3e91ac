/**
 * Whether the empty user password opens a PDF: then a reader opens it without asking, whatever the owner password forbids. Algorithms of
 * the standard security handler, ISO 32000-1 7.6.3 (revisions 2 to 4) and ISO 32000-2 7.6.4 (5 and 6).
 */
import { createCipheriv, hash } from 'node:crypto';
import { rc4 } from '../container/rc4.js';

export interface StandardHandler {
  readonly revision: number;
  readonly keyBytes: number;
  readonly owner: Buffer;
  readonly user: Buffer;
  readonly permissions: number;
  readonly encryptsMetadata: boolean;
  readonly id: Buffer;
}

/** Algorithm 2, step a: what fills a password up to 32 bytes; all of an empty one. */
const PAD = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

export function opensWithEmpty(handler: StandardHandler): boolean {
  if (handler.revision >= 5) return opensAes256(handler);
  const key = fileKey(handler);
  if (handler.revision === 2) return rc4(key, PAD).equals(handler.user.subarray(0, 32));
  let cipher = rc4(key, hash('md5', Buffer.concat([PAD, handler.id]), 'buffer'));
  for (let round = 1; round <= 19; round++) cipher = rc4(xorKey(key, round), cipher);
  return cipher.equals(handler.user.subarray(0, 16));
}

/** Algorithm 2. */
function fileKey(handler: StandardHandler): Buffer {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(handler.permissions | 0);
  const parts = [PAD, handler.owner.subarray(0, 32), permissions, handler.id];
  if (handler.revision >= 4 && !handler.encryptsMetadata) parts.push(Buffer.alloc(4, 0xff));
  let key = hash('md5', Buffer.concat(parts), 'buffer');
  const bytes = handler.revision === 2 ? 5 : handler.keyBytes;
  if (handler.revision >= 3) for (let round = 0; round < 50; round++) key = hash('md5', key.subarray(0, bytes), 'buffer');
  return key.subarray(0, bytes);
}

function xorKey(key: Buffer, round: number): Buffer {
  return Buffer.from(key.map((byte) => byte ^ round));
}

/** Algorithm 11: the hash of password and validation salt, which stands behind the hash. */
function opensAes256(handler: StandardHandler): boolean {
  const salt = handler.user.subarray(32, 40);
  const first = hash('sha256', salt, 'buffer');
  const actual = handler.revision === 5 ? first : hardened(first);
  return salt.length === 8 && actual.equals(handler.user.subarray(0, 32));
}

/** Algorithm 2.B for an empty password. Ends after 64 rounds or soon after: the last byte decides, and the bound below is far beyond. */
function hardened(first: Buffer): Buffer {
  let key = first;
  for (let round = 0; round < 1024; round++) {
    const block = Buffer.concat(Array.from({ length: 64 }, () => key));
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const encrypted = cipher.update(block);
    let rest = 0;
    for (let at = 0; at < 16; at++) rest += encrypted[at] ?? 0;
    key = hash(['sha256', 'sha384', 'sha512'][rest % 3] ?? 'sha256', encrypted, 'buffer');
    if (round >= 63 && (encrypted.at(-1) ?? 0) <= round - 31) break;
  }
  return key.subarray(0, 32);
}
