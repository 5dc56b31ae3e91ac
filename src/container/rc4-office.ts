/**
 * The RC4 schemes of Office 97 to 2003 (MS-OFFCRYPTO 2.3.5 and 2.3.6): reading their headers, and whether a password fits. It decrypts no
 * content.
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
  const cipher = new Rc4(header.scheme === 'rc4-40' ? keyOf40(header, password) : keyOfCryptoApi(header, password));
  const verifier = cipher.apply(header.verifier);
  const expected = cipher.apply(header.verifierHash);
  return hash(header.scheme === 'rc4-40' ? 'md5' : 'sha1', verifier, 'buffer').equals(expected);
}

function keyOf40(header: Rc4Header, password: string): Buffer {
  const first = hash('md5', Buffer.from(password, 'utf16le'), 'buffer').subarray(0, 5);
  const pieces: Buffer[] = [];
  for (let round = 0; round < 16; round++) pieces.push(first, header.salt);
  const base = hash('md5', Buffer.concat(pieces), 'buffer').subarray(0, 5);
  return hash('md5', Buffer.concat([base, Buffer.alloc(4)]), 'buffer');
}

function keyOfCryptoApi(header: Rc4Header, password: string): Buffer {
  const base = hash('sha1', Buffer.concat([header.salt, Buffer.from(password, 'utf16le')]), 'buffer');
  const key = hash('sha1', Buffer.concat([base, Buffer.alloc(4)]), 'buffer').subarray(0, Math.min(header.keyBits, 160) / 8);
  // A key of 40 bits is filled up with zeros (2.3.5.2).
  return header.keyBits === 40 ? Buffer.concat([key, Buffer.alloc(11)]) : key;
}
