/**
 * Encrypted parts of OpenDocument packages (OpenDocument 1.3 part 2, chapters 3 and 4): how the manifest says they are locked, and a part in the clear with a
 * password that fits. It guesses no password and keeps none.
 */
import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { FileProblem } from '../problem.js';
import { decryptBlowfishCfb } from './blowfish.js';
import { readAttributes } from './odf-manifest.js';

export interface PartLock {
  /** `aes256-cbc`, `blowfish`, …; anything else is not opened here. */
  readonly cipher: string;
  readonly vector: Buffer;
  /** How the password becomes a start key: `sha1` or `sha256`. */
  readonly startHash: string;
  /** `pbkdf2`, or one that is not opened here. */
  readonly derivation: string;
  readonly rounds: number;
  readonly salt: Buffer;
  readonly keyBytes: number;
  /** Null where the manifest has none: the password can't be told to fit by it. */
  readonly checksum: { readonly hash: string; readonly firstBytes: number; readonly value: Buffer } | null;
}

/** LibreOffice writes 100,000, which take some 0.1 to 0.2 s; more than this takes longer than a try may (limits.passwordTryMsMax). */
const ROUNDS_MAX = 250_000;
const CHECKED_BYTES = 1024;
const AES_BLOCK = 16;

/** By the inner XML of `manifest:encryption-data` and its own attributes. Throws FileProblem('damaged') where numbers are none. */
export function readPartLock(element: string): PartLock {
  const data = readAttributes(element, 'encryption-data');
  const algorithm = readAttributes(element, 'algorithm');
  const derivation = readAttributes(element, 'key-derivation');
  const start = readAttributes(element, 'start-key-generation');
  const sum = /sha-?(1|256)(.{0,4}1k)?/i.exec(data.get('checksum-type') ?? '');
  const value = Buffer.from(data.get('checksum') ?? '', 'base64');
  return {
    cipher: cipherOf(algorithm.get('algorithm-name') ?? ''),
    vector: Buffer.from(algorithm.get('initialisation-vector') ?? '', 'base64'),
    startHash: /256/.test(start.get('start-key-generation-name') ?? '') ? 'sha256' : 'sha1',
    derivation: /pbkdf2/i.test(derivation.get('key-derivation-name') ?? '') ? 'pbkdf2' : 'other',
    rounds: numberOf(derivation.get('iteration-count') ?? '1024'),
    salt: Buffer.from(derivation.get('salt') ?? '', 'base64'),
    keyBytes: numberOf(derivation.get('key-size') ?? '16'),
    checksum:
      sum && value.length > 0 ? { hash: `sha${sum[1]}`, firstBytes: sum[2] ? CHECKED_BYTES : Number.POSITIVE_INFINITY, value } : null,
  };
}

function cipherOf(name: string): string {
  const known = /aes-?(128|192|256)-?(cbc|gcm)|blowfish/i.exec(name);
  return known ? known[0].toLowerCase().replace(/(aes)-?(\d{3})-?/, '$1$2-') : 'unknown';
}

/** Why a lock is never opened here, whatever the password; null when it can be. */
export function whyNotOpenable({ cipher, derivation, rounds, keyBytes, vector }: PartLock): string | null {
  if (derivation !== 'pbkdf2') return 'a key derivation that is not supported';
  if (rounds < 1 || rounds > ROUNDS_MAX) return `${rounds} rounds of key derivation`;
  const wanted = /^aes(\d{3})-cbc$/.exec(cipher);
  if (wanted) return keyBytes === Number(wanted[1]) / 8 && vector.length === AES_BLOCK ? null : 'sizes of key and vector do not fit';
  if (cipher !== 'blowfish') return `${cipher}, which is not supported`;
  return keyBytes > 0 && keyBytes <= 56 && vector.length === 8 ? null : 'sizes of key and vector do not fit';
}

/** The deflated content, null when the password does not fit; where there is no checksum any password seems to. */
export function openPart(lock: PartLock, packed: Buffer, password: string): Buffer | null {
  const startKey = createHash(lock.startHash).update(password, 'utf8').digest();
  const key = pbkdf2Sync(startKey, lock.salt, lock.rounds, lock.keyBytes, 'sha1');
  const plain = lock.cipher === 'blowfish' ? decryptBlowfishCfb(key, lock.vector, packed) : decryptAes(lock, key, packed);
  return plain && fits(lock, plain) ? plain : null;
}

/** Filled up to whole blocks, with the count of what was added as the last byte (XML Encryption 5.2). */
function decryptAes({ cipher, vector }: PartLock, key: Buffer, packed: Buffer): Buffer | null {
  if (packed.length === 0 || packed.length % AES_BLOCK !== 0) return null;
  const engine = createDecipheriv(`aes-${cipher.slice(3)}`, key, vector).setAutoPadding(false);
  const plain = Buffer.concat([engine.update(packed), engine.final()]);
  const added = plain.at(-1) ?? 0;
  return added >= 1 && added <= AES_BLOCK ? plain.subarray(0, plain.length - added) : null;
}

function fits({ checksum }: PartLock, plain: Buffer): boolean {
  if (!checksum) return true;
  const checked = plain.subarray(0, Math.min(checksum.firstBytes, plain.length));
  return createHash(checksum.hash).update(checked).digest().equals(checksum.value);
}

function numberOf(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new FileProblem('damaged', 'odf: a number of the manifest is none');
  return Number(text);
}
