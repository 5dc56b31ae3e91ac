/** Puts an Office document behind a password with agile encryption (MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15: AES-256-CBC, SHA-512), as Excel 2010 and later do. */
import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { writeCfb } from './write-cfb.mjs';

const SPIN = 100_000;
const PIECE = 4096;
/** Block keys: each use of the password's hash is kept apart by one of these (2.3.4.13, 2.3.4.14). */
const BLOCK = {
  verifierInput: 'fea7d2763b4b9e79',
  verifierHash: 'd7aa0f6d3061344e',
  keyValue: '146e0be7abacd0d6',
  hmacKey: '5fb2ad010cb9e1f6',
  hmacValue: 'a0677f02b22c8433',
};
const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();
const word = (number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
};

function aes(key, vector, data) {
  const cipher = createCipheriv('aes-256-cbc', key, vector.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

function passwordHash(password, salt) {
  let hash = sha(salt, Buffer.from(password, 'utf16le'));
  for (let round = 0; round < SPIN; round++) hash = sha(word(round), hash);
  return hash;
}

const fill16 = (bytes) => Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)]);

/** `plain`: bytes of an xlsx, docx or pptx. Salts and keys come from `chance`, so that a sample can be made again. */
export function encryptOoxml(plain, password, chance) {
  const [keySalt, passwordSalt, verifier, key, hmacKey] = [16, 16, 16, 32, 64].map((length) => chance.bytes(length));
  const pieces = [];
  for (let at = 0; at * PIECE < plain.length; at++) {
    pieces.push(aes(key, sha(keySalt, word(at)), fill16(plain.subarray(at * PIECE, (at + 1) * PIECE))));
  }
  const size = Buffer.alloc(8);
  size.writeUInt32LE(plain.length);
  const encryptedPackage = Buffer.concat([size, ...pieces]);
  const hash = passwordHash(password, passwordSalt);
  const wrapped = (use, data) => aes(sha(hash, Buffer.from(BLOCK[use], 'hex')).subarray(0, 32), passwordSalt, data).toString('base64');
  const signed = (use, data) => aes(key, sha(keySalt, Buffer.from(BLOCK[use], 'hex')), data).toString('base64');
  const hmac = createHmac('sha512', hmacKey).update(encryptedPackage).digest();
  const cipher = (salt) =>
    `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${salt.toString('base64')}"`;
  const xml =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' +
    '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">' +
    `<keyData ${cipher(keySalt)}/><dataIntegrity encryptedHmacKey="${signed('hmacKey', hmacKey)}" encryptedHmacValue="${signed('hmacValue', hmac)}"/>` +
    '<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">' +
    `<p:encryptedKey spinCount="${SPIN}" ${cipher(passwordSalt)} encryptedVerifierHashInput="${wrapped('verifierInput', verifier)}" ` +
    `encryptedVerifierHashValue="${wrapped('verifierHash', sha(verifier))}" encryptedKeyValue="${wrapped('keyValue', key)}"/>` +
    '</keyEncryptor></keyEncryptors></encryption>';
  // Version 4.4, then the flag 0x40 that says agile (2.3.4.10).
  const info = Buffer.concat([Buffer.from('0400040040000000', 'hex'), Buffer.from(xml)]);
  return writeCfb([
    ['EncryptionInfo', info],
    ['EncryptedPackage', encryptedPackage],
  ]);
}
