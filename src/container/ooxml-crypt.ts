/**
 * Encrypted Office packages (MS-OFFCRYPTO 2.3.4): how they are encrypted, whether a password fits, and their content with one that does.
 * It guesses no passwords and keeps none.
 */
import { createDecipheriv, getCipherInfo, hash } from 'node:crypto';
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';
import { type AgileKey, readAgileKey } from './agile-key.js';
import { type OleDirectory, openOle } from './ole.js';
import { opensRc4, type Rc4Header, readRc4Header } from './rc4-office.js';

interface StandardKey {
  readonly sort: 'standard';
  readonly keyBits: number;
  readonly salt: Buffer;
  readonly verifier: Buffer;
  readonly verifierHash: Buffer;
}

export type OoxmlKey =
  | AgileKey
  | StandardKey
  | { readonly sort: 'rc4'; readonly header: Rc4Header }
  | { readonly sort: 'other'; readonly scheme: string };

const INFO_BYTES_MAX = 256 * 1024;
/** Excel writes 100,000; the format allows 10,000,000, with which one try takes a worker's whole time. */
const SPINS_MAX = 1_000_000;
const STANDARD_SPINS = 50_000;
const SEGMENT_BYTES = 4096;
/** Block keys of agile encryption (2.3.4.13, 2.3.4.14). */
const VERIFIER_INPUT_BLOCK = Buffer.from('fea7d2763b4b9e79', 'hex');
const VERIFIER_VALUE_BLOCK = Buffer.from('d7aa0f6d3061344e', 'hex');
const KEY_VALUE_BLOCK = Buffer.from('146e0be7abacd0d6', 'hex');
/** AlgID of EncryptionHeader (2.3.2) and its key length in bits. */
const STANDARD_AES = new Map([
  [0x660e, 128],
  [0x660f, 192],
  [0x6610, 256],
]);

const knownKeys = new WeakMap<OleDirectory, OoxmlKey>();
/** What passwords gave with a key, null for one that does not fit: a try costs some 0.1 s, and check, reader and decryption each need it. */
const knownSecrets = new WeakMap<OoxmlKey, Map<string, Buffer | null>>();

/** How a package is encrypted; read once for each directory. Throws FileProblem('damaged') when that can't be read. */
export function readOoxmlKey(ole: OleDirectory): OoxmlKey {
  const key = knownKeys.get(ole) ?? readKey(ole);
  knownKeys.set(ole, key);
  return key;
}

function readKey(ole: OleDirectory): OoxmlKey {
  const info = ole.head('EncryptionInfo', INFO_BYTES_MAX);
  if (info.length < 8) return { sort: 'other', scheme: ole.entry('\x06DataSpaces') ? 'rights-managed' : 'unknown' };
  const major = info.readUInt16LE(0);
  const minor = info.readUInt16LE(2);
  if (major === 4 && minor === 4) return readAgileKey(info.subarray(8).toString('utf8'));
  if (minor === 3) return { sort: 'other', scheme: 'extensible' };
  if (minor !== 2 || major < 2 || major > 4 || info.length < 12) throw new FileProblem('damaged', 'ooxml: unknown encryption version');
  const rc4 = readRc4Header(info);
  return rc4 ? { sort: 'rc4', header: rc4 } : readStandardKey(info);
}

/** `agile-aes256-sha512`, `standard-aes128`, `rc4-cryptoapi-128`, … */
export function schemeOf(key: OoxmlKey): string {
  if (key.sort === 'agile') return `agile-${key.cipher}${key.keyBits}-${key.hash}`;
  if (key.sort === 'standard') return `standard-aes${key.keyBits}`;
  return key.sort === 'rc4' ? `${key.header.scheme}-${key.header.keyBits}` : key.scheme;
}

/** Why no password is tried on a package; null when they are. */
export function whyNotTried(key: OoxmlKey): string | null {
  if (key.sort === 'agile' && key.encryptor.spins > SPINS_MAX) return `${key.encryptor.spins} rounds of key derivation`;
  const isOpenable = key.sort === 'standard' || (key.sort === 'agile' && getCipherInfo(key.encryptor.algorithm) !== undefined);
  return isOpenable ? null : 'which is not opened here';
}

/** Whether the password opens the package; false also where the scheme is not one that is tried here. */
export function opensOoxml(key: OoxmlKey, password: string): boolean {
  return key.sort === 'rc4' ? opensRc4(key.header, password) : secretOf(key, password) !== null;
}

/** The package inside, unencrypted. Throws FileProblem('encrypted') when the password does not open it, 'damaged' and 'too-large'. */
export function decryptOoxml(source: Source, password: string): Buffer {
  const ole = openOle(source);
  const key = readOoxmlKey(ole);
  const secret = secretOf(key, password);
  if (secret && key.sort === 'agile') return openPackage(ole, (bytes) => decryptSegments(key, secret, bytes));
  if (secret && key.sort === 'standard') return openPackage(ole, (bytes) => decipher(`aes-${key.keyBits}-ecb`, secret, null, bytes));
  throw new FileProblem('encrypted', `ooxml: ${schemeOf(key)}`);
}

/** The key of the content, null when the password does not open it. */
function secretOf(key: OoxmlKey, password: string): Buffer | null {
  if (key.sort !== 'agile' && key.sort !== 'standard') return null;
  const secrets = knownSecrets.get(key) ?? new Map<string, Buffer | null>();
  knownSecrets.set(key, secrets);
  let secret = secrets.get(password);
  if (secret === undefined) {
    secret = key.sort === 'agile' ? agileSecret(key, password) : standardSecret(key, password);
    secrets.set(password, secret);
  }
  return secret;
}

/** The stream begins with the size of what is encrypted; its last block is filled up (2.3.4.4). */
function openPackage(ole: OleDirectory, decrypt: (bytes: Buffer) => Buffer): Buffer {
  const stream = ole.stream('EncryptedPackage', limits.wholeBytesMax);
  if (stream.length < 8) throw new FileProblem('damaged', 'ooxml: no content');
  const sizeBytes = Number(stream.readBigUInt64LE(0));
  const packed = stream.subarray(8, stream.length - ((stream.length - 8) % 16));
  if (sizeBytes > packed.length) throw new FileProblem('damaged', 'ooxml: content is cut');
  return decrypt(packed).subarray(0, sizeBytes);
}

function readStandardKey(info: Buffer): StandardKey {
  const headerBytes = info.readUInt32LE(8);
  const at = 12 + headerBytes;
  if (headerBytes < 32 || at + 72 > info.length) throw new FileProblem('damaged', 'ooxml: encryption header is cut');
  const keyBits = STANDARD_AES.get(info.readUInt32LE(20)) ?? info.readUInt32LE(28);
  if (keyBits !== 128 && keyBits !== 192 && keyBits !== 256) throw new FileProblem('damaged', 'ooxml: unknown cipher');
  const [salt, verifier, verifierHash] = [info.subarray(at + 4, at + 20), info.subarray(at + 20, at + 36), info.subarray(at + 40, at + 72)];
  return { sort: 'standard', keyBits, salt, verifier, verifierHash };
}

/** 2.3.4.7 and 2.3.4.9. */
function standardSecret(key: StandardKey, password: string): Buffer | null {
  const spun = spin('sha1', key.salt, password, STANDARD_SPINS);
  const block = hash('sha1', Buffer.concat([spun, Buffer.alloc(4)]), 'buffer');
  const padded = (fill: number): Buffer => {
    const pad = Buffer.alloc(64, fill);
    for (let at = 0; at < block.length; at++) pad[at] = (block[at] ?? 0) ^ fill;
    return hash('sha1', pad, 'buffer');
  };
  const secret = Buffer.concat([padded(0x36), padded(0x5c)]).subarray(0, key.keyBits / 8);
  const verifier = decipher(`aes-${key.keyBits}-ecb`, secret, null, key.verifier);
  const expected = decipher(`aes-${key.keyBits}-ecb`, secret, null, key.verifierHash).subarray(0, 20);
  return hash('sha1', verifier, 'buffer').equals(expected) ? secret : null;
}

/** 2.3.4.11 to 2.3.4.13. */
function agileSecret(key: AgileKey, password: string): Buffer | null {
  const { encryptor } = key;
  if (encryptor.spins > SPINS_MAX || !getCipherInfo(encryptor.algorithm)) return null;
  const spun = spin(encryptor.hash, encryptor.salt, password, encryptor.spins);
  const open = (block: Buffer, bytes: Buffer): Buffer => {
    const blockKey = fitTo(hash(encryptor.hash, Buffer.concat([spun, block]), 'buffer'), encryptor.keyBits / 8);
    return decipher(encryptor.algorithm, blockKey, fitTo(encryptor.salt, encryptor.blockBytes), bytes);
  };
  const verifier = open(VERIFIER_INPUT_BLOCK, encryptor.verifierInput).subarray(0, encryptor.salt.length);
  const expected = open(VERIFIER_VALUE_BLOCK, encryptor.verifierValue);
  const actual = hash(encryptor.hash, verifier, 'buffer');
  if (!actual.equals(expected.subarray(0, actual.length))) return null;
  return open(KEY_VALUE_BLOCK, encryptor.keyValue).subarray(0, key.keyBits / 8);
}

/** 2.3.4.15: segments of 4,096 bytes, each with an initialisation vector of its own. */
function decryptSegments(key: AgileKey, secret: Buffer, bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  const number = Buffer.alloc(4);
  for (let at = 0, segment = 0; at < bytes.length; at += SEGMENT_BYTES, segment++) {
    number.writeUInt32LE(segment);
    const vector = fitTo(hash(key.hash, Buffer.concat([key.salt, number]), 'buffer'), key.blockBytes);
    decipher(key.algorithm, secret, vector, bytes.subarray(at, at + SEGMENT_BYTES)).copy(out, at);
  }
  return out;
}

function spin(algorithm: string, salt: Buffer, password: string, spins: number): Buffer {
  let state = hash(algorithm, Buffer.concat([salt, Buffer.from(password, 'utf16le')]), 'buffer');
  const input = Buffer.alloc(4 + state.length);
  for (let round = 0; round < spins; round++) {
    input.writeUInt32LE(round, 0);
    state.copy(input, 4);
    state = hash(algorithm, input, 'buffer');
  }
  return state;
}

/** Cut, or filled up with 0x36 (2.3.4.11). */
function fitTo(bytes: Buffer, length: number): Buffer {
  return bytes.length >= length ? bytes.subarray(0, length) : Buffer.concat([bytes, Buffer.alloc(length - bytes.length, 0x36)]);
}

function decipher(algorithm: string, key: Buffer, vector: Buffer | null, bytes: Buffer): Buffer {
  try {
    const cipher = createDecipheriv(algorithm, key, vector).setAutoPadding(false);
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
  } catch {
    throw new FileProblem('damaged', 'ooxml: sizes of keys and content do not fit');
  }
}
