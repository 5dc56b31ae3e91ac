/** The descriptor of agile encryption (MS-OFFCRYPTO 2.3.4.10): an XML of a fixed form, of which only attributes matter. */
import { FileProblem } from '../problem.js';

export interface AgileKey {
  readonly sort: 'agile';
  /** `aes`, `3des`, …: for the scheme's name. */
  readonly cipher: string;
  /** The cipher as OpenSSL calls it; one that it lacks can't be opened. */
  readonly algorithm: string;
  readonly keyBits: number;
  readonly blockBytes: number;
  readonly hash: string;
  readonly salt: Buffer;
  readonly encryptor: PasswordEncryptor;
}

export interface PasswordEncryptor {
  readonly algorithm: string;
  readonly keyBits: number;
  readonly blockBytes: number;
  readonly hash: string;
  readonly spins: number;
  readonly salt: Buffer;
  readonly verifierInput: Buffer;
  readonly verifierValue: Buffer;
  readonly keyValue: Buffer;
}

const HASHES = new Set(['sha1', 'sha256', 'sha384', 'sha512', 'md5', 'ripemd160']);

/** Throws FileProblem('damaged') when something needed is not there. */
export function readAgileKey(xml: string): AgileKey {
  const data = attributesOf(xml, 'keyData');
  const password = attributesOf(xml, 'encryptedKey');
  return {
    sort: 'agile',
    cipher: cipherName(data),
    algorithm: algorithmOf(data),
    keyBits: numberOf(data, 'keyBits'),
    blockBytes: numberOf(data, 'blockSize'),
    hash: hashOf(data),
    salt: bytesOf(data, 'saltValue'),
    encryptor: {
      algorithm: algorithmOf(password),
      keyBits: numberOf(password, 'keyBits'),
      blockBytes: numberOf(password, 'blockSize'),
      hash: hashOf(password),
      spins: numberOf(password, 'spinCount'),
      salt: bytesOf(password, 'saltValue'),
      verifierInput: bytesOf(password, 'encryptedVerifierHashInput'),
      verifierValue: bytesOf(password, 'encryptedVerifierHashValue'),
      keyValue: bytesOf(password, 'encryptedKeyValue'),
    },
  };
}

function attributesOf(xml: string, element: string): ReadonlyMap<string, string> {
  const start = xml.search(new RegExp(`<(?:\\w{1,20}:)?${element}\\s`));
  const end = start < 0 ? -1 : xml.indexOf('>', start);
  if (end < 0) throw new FileProblem('damaged', `ooxml: no ${element}`);
  const found = new Map<string, string>();
  for (const [, name, value] of xml.slice(start, end).matchAll(/(\w{1,40})="([^"]{0,4096})"/g)) if (name) found.set(name, value ?? '');
  return found;
}

function cipherName(attributes: ReadonlyMap<string, string>): string {
  return (attributes.get('cipherAlgorithm') ?? '')
    .toLowerCase()
    .replace('desede', '3des')
    .replace('3des_112', '3des')
    .replace(/[^a-z0-9]/g, '');
}

function algorithmOf(attributes: ReadonlyMap<string, string>): string {
  const mode = /CFB/i.test(attributes.get('cipherChaining') ?? '') ? 'cfb8' : 'cbc';
  const name = cipherName(attributes);
  if (name === 'aes') return `aes-${numberOf(attributes, 'keyBits')}-${mode}`;
  return name === '3des' ? `des-ede3-${mode}` : `${name}-${mode}`;
}

function hashOf(attributes: ReadonlyMap<string, string>): string {
  const name = (attributes.get('hashAlgorithm') ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
  if (!HASHES.has(name)) throw new FileProblem('damaged', 'ooxml: unknown hash');
  return name;
}

function numberOf(attributes: ReadonlyMap<string, string>, name: string): number {
  const text = attributes.get(name) ?? '';
  if (!/^\d{1,10}$/.test(text)) throw new FileProblem('damaged', `ooxml: ${name} is no number`);
  return Number(text);
}

function bytesOf(attributes: ReadonlyMap<string, string>, name: string): Buffer {
  return Buffer.from(attributes.get(name) ?? '', 'base64');
}
