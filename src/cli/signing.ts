/**
 * Signatures of manifests: Ed25519 (RFC 8032) over the bytes of the manifest, 64 bytes in a file of their own beside it, as OpenSSL makes and checks them
 * too (`openssl pkeyutl -verify -pubin -inkey KEY.pub -rawin -in MANIFEST -sigfile MANIFEST.sig`). Keys are PEM files: PKCS #8 and SPKI.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { UsageError } from '../problem.js';
import { keepPrivate } from '../windows/private-file.js';
import { unwritable } from './output.js';
import { codeOf, makeFolderFor } from './paths.js';
import { readRegularFile } from './regular-file.js';

export const SIGNATURE_BYTES = 64;

export interface Signer {
  /** SHA-256 of the public key (SPKI, DER): tells which key it was. */
  readonly id: string;
  sign(bytes: Uint8Array): Buffer;
}

/** @throws UsageError for a file that holds no private key of Ed25519 that opens without a password */
export function readSigner(file: string): Signer {
  const key = readKeyFile(file, createPrivateKey, { ja: '署名用の秘密鍵', en: 'a private key' });
  return { id: keyId(createPublicKey(key)), sign: (bytes) => sign(null, bytes, key) };
}

/** @throws UsageError for a file that holds no key of Ed25519; of a private key its public half is taken */
export function readVerifier(file: string): { readonly id: string; isGood(bytes: Uint8Array, signature: Uint8Array): boolean } {
  const key = readKeyFile(file, createPublicKey, { ja: '公開鍵', en: 'a public key' });
  return { id: keyId(key), isGood: (bytes, signature) => signature.length === SIGNATURE_BYTES && verify(null, bytes, key, signature) };
}

/** Makes a new pair: `file` for its owner alone, and `file.pub` to be given away. @throws UsageError when one of them is there already */
export function makeKeyPair(file: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  makeFolderFor(file);
  for (const [place, text] of [
    [file, privateKey.export({ type: 'pkcs8', format: 'pem' })],
    [`${file}.pub`, publicKey.export({ type: 'spki', format: 'pem' })],
  ] as const) {
    try {
      const fd = openSync(place, 'wx', place === file ? 0o600 : 0o644);
      if (place === file) keepPrivate(place);
      writeSync(fd, text.toString());
      closeSync(fd);
    } catch (error) {
      if (codeOf(error) === 'EEXIST')
        throw new UsageError({ ja: `${place}: すでにあります。別の名前にしてください`, en: `${place}: exists already; give another name` });
      throw unwritable(place, error);
    }
  }
}

function readKeyFile(file: string, read: (pem: Buffer) => KeyObject, what: { readonly ja: string; readonly en: string }): KeyObject {
  const pem = readRegularFile(file, { ja: '鍵を', en: 'the key ' });
  try {
    const key = read(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below: what the library says may quote the file.
  }
  throw new UsageError({
    ja: `${file}: Ed25519 の${what.ja}（PEM、パスワードなし）ではありません。作るには mimawari keygen ファイル`,
    en: `${file}: is not ${what.en} of Ed25519 (PEM, without a password); to make one: mimawari keygen FILE`,
  });
}

function keyId(key: KeyObject): string {
  return `sha256:${createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')}`;
}
