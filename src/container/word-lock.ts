/** The encryption of a document of Word 97 to 2003 (MS-DOC 2.2.6): how it is locked, and its streams in the clear with a password that fits. */
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';
import { type OfficeLock, rc4Lock } from './office-lock.js';
import type { OleDirectory } from './ole.js';
import { applyBlocks, unlockRc4 } from './rc4-office.js';
import { unlockXor } from './xor-office.js';

/** Flags of the FIB (2.5.2) at byte 10. */
const FLAGS = 10;
const ENCRYPTED = 0x0100;
const TABLE_1 = 0x0200;
const OBFUSCATED = 0x8000;
/** `lKey`: key and verifier of the obfuscation, or the bytes of the encryption header. */
const KEY = 14;
const HEADER_BYTES_MAX = 4096;
const BLOCK_BYTES = 512;
/** Of the main stream (2.2.6.1 to 2.2.6.3). */
const CLEAR_BYTES = 0x44;
/** Word 6 and 95 have other streams, and know obfuscation only. */
const VERSION_MIN = 0xc1;

/** Null without encryption. Throws FileProblem('damaged'). */
export function readWordLock(ole: OleDirectory): OfficeLock | null {
  const fib = ole.head('WordDocument', 64);
  if (fib.length < 18) throw new FileProblem('damaged', 'doc: header is cut');
  const flags = fib.readUInt16LE(FLAGS);
  if (!(flags & ENCRYPTED)) return null;
  if (flags & OBFUSCATED || fib.readUInt16LE(2) < VERSION_MIN) {
    return { sort: 'xor', xor: { key: fib.readUInt16LE(KEY + 2), verifier: fib.readUInt16LE(KEY) } };
  }
  return rc4Lock(ole.head(tableName(flags), HEADER_BYTES_MAX));
}

/** Its streams as they are without a password; null when this one does not open it, or the document is older than Word 97. */
export function openWord(ole: OleDirectory, lock: OfficeLock, password: string): Map<string, Buffer> | null {
  const open = decryption(lock, password);
  if (!open) return null;
  const document = ole.stream('WordDocument');
  const flags = document.readUInt16LE(FLAGS);
  if (document.readUInt16LE(2) < VERSION_MIN) return null;
  const plain = open(document);
  document.copy(plain, 0, 0, CLEAR_BYTES);
  plain.writeUInt16LE(flags & ~(ENCRYPTED | OBFUSCATED), FLAGS);
  plain.writeUInt32LE(0, KEY);
  const streams = new Map([['WordDocument', plain]]);
  for (const name of [tableName(flags), 'Data']) {
    const bytes = ole.head(name, limits.wholeBytesMax);
    if (bytes.length > 0) streams.set(name, open(bytes));
  }
  return streams;
}

function decryption(lock: OfficeLock, password: string): ((bytes: Buffer) => Buffer) | null {
  if (lock.sort === 'rc4') {
    const blocks = unlockRc4(lock.header, password);
    return blocks && ((bytes) => applyBlocks(blocks, bytes, BLOCK_BYTES));
  }
  const array = lock.sort === 'xor' ? unlockXor(lock.xor, password, 7) : null;
  return array && ((bytes) => mix(bytes, array));
}

/** Zeros, and bytes that would become zero, are left as they are (MS-OFFCRYPTO 2.3.7.6). */
function mix(bytes: Buffer, array: Buffer): Buffer {
  const out = Buffer.from(bytes);
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const mixed = byte ^ (array[at & 15] ?? 0);
    if (byte !== 0 && mixed !== 0) out[at] = mixed;
  }
  return out;
}

function tableName(flags: number): string {
  return flags & TABLE_1 ? '1Table' : '0Table';
}
