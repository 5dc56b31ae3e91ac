/** Encrypts a package as Office does (MS-OFFCRYPTO agile encryption, AES-256 and SHA-512), with few spins so that tests stay quick. */
import { createCipheriv, hash, randomBytes } from 'node:crypto';
import { writeOle } from './ole-writer.js';

const SPINS = 1000;

/** `told`: the spins that it says it took. */
export function writeAgile(content: Buffer, password: string, told = SPINS): Buffer {
  const [keySalt, salt, secret, verifier] = [randomBytes(16), randomBytes(16), randomBytes(32), randomBytes(16)];
  let spun = hash('sha512', Buffer.concat([salt, Buffer.from(password, 'utf16le')]), 'buffer');
  for (let round = 0; round < SPINS; round++) spun = hash('sha512', Buffer.concat([number(round), spun]), 'buffer');
  const seal = (block: string, bytes: Buffer): string => {
    const key = hash('sha512', Buffer.concat([spun, Buffer.from(block, 'hex')]), 'buffer').subarray(0, 32);
    return encrypt(key, salt, bytes).toString('base64');
  };
  const common =
    'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"';
  const xml =
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
    `<keyData ${common} saltValue="${keySalt.toString('base64')}"/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
    `<p:encryptedKey spinCount="${told}" ${common} saltValue="${salt.toString('base64')}" encryptedVerifierHashInput="${seal('fea7d2763b4b9e79', verifier)}"` +
    ` encryptedVerifierHashValue="${seal('d7aa0f6d3061344e', hash('sha512', verifier, 'buffer'))}" encryptedKeyValue="${seal('146e0be7abacd0d6', secret)}"/></keyEncryptor></keyEncryptors></encryption>`;
  const size = Buffer.alloc(8);
  size.writeUInt32LE(content.length);
  const pieces: Buffer[] = [size];
  for (let at = 0, segment = 0; at < content.length; at += 4096, segment++) {
    const piece = content.subarray(at, at + 4096);
    const vector = hash('sha512', Buffer.concat([keySalt, number(segment)]), 'buffer').subarray(0, 16);
    pieces.push(encrypt(secret, vector, Buffer.concat([piece, Buffer.alloc((16 - (piece.length % 16)) % 16)])));
  }
  return writeOle({
    EncryptionInfo: Buffer.concat([Buffer.from('0400040040000000', 'hex'), Buffer.from(xml)]),
    EncryptedPackage: Buffer.concat(pieces),
  });
}

function encrypt(key: Buffer, vector: Buffer, bytes: Buffer): Buffer {
  return createCipheriv('aes-256-cbc', key, vector).setAutoPadding(false).update(bytes);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
