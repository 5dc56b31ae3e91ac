/**
 * Opens encrypted entries of a zip with a password that is handed in: the old stream cipher (PKWARE APPNOTE 6.3.10, section 6.1) and AES by
 * WinZip (AE-1, AE-2). It guesses nothing, keeps no password, and knows neither directory nor compression.
 */
import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';
import { codePageBytes } from './code-page.js';
import type { ZipScheme } from './zip-directory.js';

/** What of an entry tells whether a password fits. */
export interface EntryLock {
  readonly scheme: ZipScheme | null;
  readonly crc: number;
  /** The upper byte of the time in the local header: what the old cipher checks where the CRC was not known when writing began. */
  readonly timeByte: number;
}

/** Takes the whole packed entry; null when it turns out that the password was not the right one. */
export type Decrypt = (packed: Buffer) => Buffer | null;

/** Bytes of an entry that `fitPassword` wants: the longest salt with its verifier. */
export const LOCK_HEAD_BYTES = 18;

const AES_KEY_BYTES: Readonly<Partial<Record<ZipScheme, number>>> = { aes128: 16, aes192: 24, aes256: 32 };

/** True for the schemes that can be opened here. */
export function isOpenable(scheme: ZipScheme | null): boolean {
  return scheme === 'zipcrypto' || (scheme !== null && AES_KEY_BYTES[scheme] !== undefined);
}

/**
 * Looks at the first bytes of an entry. Null when the password can't be the right one; of wrong ones 1 of 128 passes with the old cipher and
 * 1 of 65,536 with AES.
 */
export function fitPassword(lock: EntryLock, head: Buffer, password: string): Decrypt | null {
  for (const bytes of bytesOf(password)) {
    const decrypt = fitBytes(lock, head, bytes);
    if (decrypt) return decrypt;
  }
  return null;
}

/** Programs of Japanese Windows take a password's bytes in its code page, others in UTF-8: one and the same for ASCII. */
function bytesOf(password: string): Buffer[] {
  const bytes = Buffer.from(password, 'utf8');
  return bytes.length === password.length ? [bytes] : [bytes, ...codePageBytes(password)];
}

function fitBytes(lock: EntryLock, head: Buffer, password: Buffer): Decrypt | null {
  if (lock.scheme === 'zipcrypto') return fitStreamCipher(lock, head, password);
  const keyBytes = lock.scheme === null ? undefined : AES_KEY_BYTES[lock.scheme];
  return keyBytes === undefined ? null : fitAes(keyBytes, head, password);
}

// ---- AES (WinZip AE-1 and AE-2): salt of half the key's length, 2 bytes of verifier, data, 10 bytes of authentication ------------------

const VERIFIER_BYTES = 2;
const AUTH_BYTES = 10;
const AES_ROUNDS = 1000;
const AES_BLOCK = 16;
/** Counters that are enciphered in one call. */
const COUNTERS = 4096;

function fitAes(keyBytes: number, head: Buffer, password: Buffer): Decrypt | null {
  const saltBytes = keyBytes / 2;
  const dataAt = saltBytes + VERIFIER_BYTES;
  if (head.length < dataAt) return null;
  const derived = pbkdf2Sync(password, head.subarray(0, saltBytes), AES_ROUNDS, 2 * keyBytes + VERIFIER_BYTES, 'sha1');
  if (!derived.subarray(2 * keyBytes).equals(head.subarray(saltBytes, dataAt))) return null;
  return (packed) => {
    const end = packed.length - AUTH_BYTES;
    if (end < dataAt) return null;
    const data = packed.subarray(dataAt, end);
    const auth = createHmac('sha1', derived.subarray(keyBytes, 2 * keyBytes))
      .update(data)
      .digest();
    return auth.subarray(0, AUTH_BYTES).equals(packed.subarray(end)) ? countUp(derived.subarray(0, keyBytes), data) : null;
  };
}

/** Counter mode whose counter is little endian and begins with 1: the library's is big endian, so the counters are enciphered as a text. */
function countUp(key: Buffer, data: Buffer): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  const plain = Buffer.allocUnsafe(data.length);
  const counters = Buffer.alloc(Math.min(COUNTERS, Math.ceil(data.length / AES_BLOCK)) * AES_BLOCK);
  for (let at = 0, counter = 1; at < data.length; at += counters.length) {
    for (let block = 0; block < counters.length; block += AES_BLOCK) counters.writeUInt32LE(counter++, block);
    const stream = cipher.update(counters);
    const end = Math.min(at + counters.length, data.length);
    for (let i = at; i < end; i++) plain[i] = data[i]! ^ stream[i - at]!;
  }
  return plain;
}

// ---- the old stream cipher: three keys of 32 bits, 12 bytes before the data ------------------------------------------------------------

const STREAM_HEAD_BYTES = 12;
const CRC_TABLE = makeCrcTable();

function fitStreamCipher(lock: EntryLock, head: Buffer, password: Buffer): Decrypt | null {
  if (head.length < STREAM_HEAD_BYTES) return null;
  const cipher = new StreamCipher(password);
  const last = cipher.decrypt(head.subarray(0, STREAM_HEAD_BYTES))[STREAM_HEAD_BYTES - 1];
  // Section 6.1.6 says the CRC; writers of streams take the time, not all of them with the flag that should tell.
  if (last !== lock.crc >>> 24 && last !== lock.timeByte) return null;
  return (packed) => cipher.decrypt(packed.subarray(STREAM_HEAD_BYTES));
}

class StreamCipher {
  private key0 = 0x12345678;
  private key1 = 0x23456789;
  private key2 = 0x34567890;

  constructor(password: Buffer) {
    for (const byte of password) this.turn(byte);
  }

  decrypt(packed: Buffer): Buffer {
    const plain = Buffer.allocUnsafe(packed.length);
    for (let i = 0; i < packed.length; i++) {
      const word = (this.key2 & 0xffff) | 2;
      const byte = packed[i]! ^ ((Math.imul(word, word ^ 1) >>> 8) & 0xff);
      plain[i] = byte;
      this.turn(byte);
    }
    return plain;
  }

  private turn(byte: number): void {
    this.key0 = CRC_TABLE[(this.key0 ^ byte) & 0xff]! ^ (this.key0 >>> 8);
    this.key1 = (Math.imul(this.key1 + (this.key0 & 0xff), 134_775_813) + 1) | 0;
    this.key2 = CRC_TABLE[(this.key2 ^ (this.key1 >>> 24)) & 0xff]! ^ (this.key2 >>> 8);
  }
}

/** CRC-32, one byte at a time: the keys turn with each. */
function makeCrcTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}
