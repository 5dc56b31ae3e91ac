/**
 * The RC4 schemes of Office 97 to 2003 (MS-OFFCRYPTO 2.3.5 and 2.3.6): reading their headers, whether a password fits, and the ciphers of the
 * blocks with one that does. What is a block, and what of it is left in the clear, each format tells by itself.
 */
import { hash } from 'node:crypto';
import { Rc4 } from './rc4.js';

export type Rc4Scheme = 'rc4-40' | 'rc4-cryptoapi';

export interface Rc4Header {
  readonly scheme: Rc4Scheme;
  readonly keyBits: number;
  readonly salt: Buffer;
  readonly verifier: Buffer;
  readonly verifierHash: Buffer;
}

const CRYPTOAPI_RC4 = 0x6801;

/** A header that begins with its version (vMajor, vMinor); null when it is none of the two schemes, or is cut. */
export function readRc4Header(bytes: Buffer): Rc4Header | null {
  if (bytes.length < 52) return null;
  const major = bytes.readUInt16LE(0);
  const minor = bytes.readUInt16LE(2);
  if (major === 1 && minor === 1) {
    return {
      scheme: 'rc4-40',
      keyBits: 40,
      salt: bytes.subarray(4, 20),
      verifier: bytes.subarray(20, 36),
      verifierHash: bytes.subarray(36, 52),
    };
  }
  if (minor !== 2 || major < 2 || major > 4) return null;
  // Version, flags, header size, then EncryptionHeader (2.3.2) and EncryptionVerifier (2.3.3).
  const headerBytes = bytes.readUInt32LE(8);
  const at = 12 + headerBytes;
  if (headerBytes < 32 || at + 60 > bytes.length || bytes.readUInt32LE(20) !== CRYPTOAPI_RC4) return null;
  return {
    scheme: 'rc4-cryptoapi',
    // Zero means 40 (2.3.2).
    keyBits: bytes.readUInt32LE(28) || 40,
    salt: bytes.subarray(at + 4, at + 20),
    verifier: bytes.subarray(at + 20, at + 36),
    verifierHash: bytes.subarray(at + 40, at + 60),
  };
}

/** Whether the password opens it (2.3.5.6, 2.3.6.4). */
export function opensRc4(header: Rc4Header, password: string): boolean {
  return unlockRc4(header, password) !== null;
}

/** A fresh cipher for the block of that number. */
export type Rc4Blocks = (block: number) => Rc4;

/** The ciphers, null when the password does not open it. */
export function unlockRc4(header: Rc4Header, password: string): Rc4Blocks | null {
  const blocks = header.scheme === 'rc4-40' ? blocksOf40(header, password) : blocksOfCryptoApi(header, password);
  const cipher = blocks(0);
  const verifier = cipher.apply(header.verifier);
  const expected = cipher.apply(header.verifierHash);
  return hash(header.scheme === 'rc4-40' ? 'md5' : 'sha1', verifier, 'buffer').equals(expected) ? blocks : null;
}

/** A stream that is encrypted from its first byte, with a new key every `blockBytes`. */
export function applyBlocks(blocks: Rc4Blocks, bytes: Buffer, blockBytes: number): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  for (let at = 0, block = 0; at < bytes.length; at += blockBytes, block++) {
    blocks(block)
      .apply(bytes.subarray(at, at + blockBytes))
      .copy(out, at);
  }
  return out;
}

function blocksOf40(header: Rc4Header, password: string): Rc4Blocks {
  const first = hash('md5', Buffer.from(password, 'utf16le'), 'buffer').subarray(0, 5);
  const pieces: Buffer[] = [];
  for (let round = 0; round < 16; round++) pieces.push(first, header.salt);
  const base = hash('md5', Buffer.concat(pieces), 'buffer').subarray(0, 5);
  return (block) => new Rc4(hash('md5', Buffer.concat([base, number(block)]), 'buffer'));
}

function blocksOfCryptoApi(header: Rc4Header, password: string): Rc4Blocks {
  const base = hash('sha1', Buffer.concat([header.salt, Buffer.from(password, 'utf16le')]), 'buffer');
  return (block) => {
    const key = hash('sha1', Buffer.concat([base, number(block)]), 'buffer').subarray(0, Math.min(header.keyBits, 160) / 8);
    // A key of 40 bits is filled up with zeros (2.3.5.2).
    return new Rc4(header.keyBits === 40 ? Buffer.concat([key, Buffer.alloc(11)]) : key);
  };
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
