/** Locks documents of Office 97 to 2003 and OpenDocument packages for tests, as Office and LibreOffice do: made-up content, salts that stand still. */
import { createCipheriv, createHash, hash, pbkdf2Sync } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { decryptBlowfishCfb } from '../../src/container/blowfish.js';
import { memorySource } from '../../src/container/memory-source.js';
import { openOle } from '../../src/container/ole.js';
import { Rc4, rc4 } from '../../src/container/rc4.js';
import { xorArray, xorKey, xorVerifier } from '../../src/container/xor-office.js';
import { openZip } from '../../src/container/zip.js';
import { writeOle } from './ole-writer.js';
import { writeZip } from './zip-writer.js';

export type OfficeScheme = 'rc4-40' | 'cryptoapi-40' | 'cryptoapi-128' | 'xor';

const SALT_40 = Buffer.alloc(16, 5);
const SALT = Buffer.alloc(16, 6);
const md5 = (bytes: Buffer): Buffer => hash('md5', bytes, 'buffer');
const sha1 = (bytes: Buffer): Buffer => hash('sha1', bytes, 'buffer');
const number = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);

/** MS-OFFCRYPTO 2.3.6.2. */
function key40(password: string, block: number): Buffer {
  const start = md5(Buffer.from(password, 'utf16le')).subarray(0, 5);
  const mixed = md5(Buffer.concat(Array.from({ length: 16 }, () => Buffer.concat([start, SALT_40])))).subarray(0, 5);
  return md5(Buffer.concat([mixed, number(block)]));
}

/** 2.3.5.2. */
function keyCryptoApi(password: string, bits: number, block: number): Buffer {
  const key = sha1(Buffer.concat([sha1(Buffer.concat([SALT, Buffer.from(password, 'utf16le')])), number(block)])).subarray(0, bits / 8);
  return bits === 40 ? Buffer.concat([key, Buffer.alloc(11)]) : key;
}

/** The header of 40-bit RC4, from its version on. */
export function rc4Header(password: string): Buffer {
  const verifier = Buffer.alloc(16, 9);
  const sealed = rc4(key40(password, 0), Buffer.concat([verifier, md5(verifier)]));
  return Buffer.concat([Buffer.from('01000100', 'hex'), SALT_40, sealed]);
}

/** The header of CryptoAPI's RC4, from its version on. */
export function cryptoApiHeader(password: string, bits: number): Buffer {
  const verifier = Buffer.alloc(16, 3);
  const sealed = rc4(keyCryptoApi(password, bits, 0), Buffer.concat([verifier, sha1(verifier)]));
  const header = Buffer.alloc(44);
  for (const [at, value] of [
    [4, 4],
    [8, 32],
    [20, 0x6801],
    [24, 0x8004],
    [28, bits],
  ] as const)
    header.writeUInt32LE(value, at);
  header.writeUInt16LE(2, 0);
  header.writeUInt16LE(2, 2);
  return Buffer.concat([header, number(16), SALT, sealed.subarray(0, 16), number(20), sealed.subarray(16)]);
}

export function officeHeader(scheme: OfficeScheme, password: string): Buffer {
  return scheme === 'rc4-40' ? rc4Header(password) : cryptoApiHeader(password, scheme === 'cryptoapi-40' ? 40 : 128);
}

function keyOf(scheme: OfficeScheme, password: string, block: number): Buffer {
  return scheme === 'rc4-40' ? key40(password, block) : keyCryptoApi(password, scheme === 'cryptoapi-40' ? 40 : 128, block);
}

/** The bytes that a stream is mixed with. */
function keyStream(scheme: OfficeScheme, password: string, bytes: number, blockBytes: number): Buffer {
  const pieces: Buffer[] = [];
  for (let block = 0; block * blockBytes < bytes; block++) pieces.push(rc4(keyOf(scheme, password, block), Buffer.alloc(blockBytes)));
  return Buffer.concat(pieces).subarray(0, bytes);
}

const record = (type: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(Uint16Array.of(type, content.length).buffer), content]);

/** `plain`: a compound file with a `Workbook`. `bytes`: what the password is to the obfuscation. */
export function lockWorkbook(plain: Buffer, scheme: OfficeScheme, password: string, bytes = Buffer.from(password)): Buffer {
  const stream = openOle(memorySource('', plain)).stream('Workbook');
  const isXor = scheme === 'xor';
  const key = xorKey(bytes);
  const filePass = record(
    0x2f,
    Buffer.concat([
      Buffer.from(isXor ? '0000' : '0100', 'hex'),
      isXor ? Buffer.from(Uint16Array.of(key, xorVerifier(bytes)).buffer) : officeHeader(scheme, password),
    ]),
  );
  const first = 4 + stream.readUInt16LE(2);
  const locked = Buffer.concat([stream.subarray(0, first), filePass, stream.subarray(first)]);
  const mask = isXor ? Buffer.alloc(0) : keyStream(scheme, password, locked.length, 1024);
  const array = xorArray(bytes, key, 2);
  for (let at = 0; at + 4 <= locked.length; ) {
    const type = locked.readUInt16LE(at);
    const data = at + 4;
    at = data + locked.readUInt16LE(at + 2);
    if ([0x0809, 0x2f, 0xe1].includes(type)) continue;
    if (type === 0x85) locked.writeUInt32LE(locked.readUInt32LE(data) + filePass.length, data);
    for (let place = type === 0x85 ? data + 4 : data; place < at; place++) {
      const mixed = locked[place]! ^ (isXor ? array[(place + at - data) & 15]! : mask[place]!);
      locked[place] = isXor ? ((mixed >> 3) | (mixed << 5)) & 0xff : mixed;
    }
  }
  return writeOle({ Workbook: locked });
}

/** `plain`: a document of Word 97 whose table is `1Table`. */
export function lockDocument(plain: Buffer, scheme: OfficeScheme, password: string): Buffer {
  const ole = openOle(memorySource('', plain));
  const document = Buffer.from(ole.stream('WordDocument'));
  const table = ole.stream('1Table');
  const isXor = scheme === 'xor';
  const header = isXor ? Buffer.alloc(0) : officeHeader(scheme, password);
  for (let at = 0x9a; at < 0x9a + 93 * 8; at += 8) {
    if (document.readUInt32LE(at + 4) > 0) document.writeUInt32LE(document.readUInt32LE(at) + header.length, at);
  }
  const bytes = Buffer.from(password);
  const array = xorArray(bytes, xorKey(bytes), 7);
  const mix = (plainBytes: Buffer, from: number): Buffer => {
    const mask = isXor ? Buffer.alloc(0) : keyStream(scheme, password, plainBytes.length, 512);
    return Buffer.from(
      plainBytes.map((byte, at) => {
        if (at < from) return byte;
        const mixed = byte ^ (isXor ? array[at & 15]! : mask[at]!);
        return isXor && (byte === 0 || mixed === 0) ? byte : mixed;
      }),
    );
  };
  const locked = mix(document, 0x44);
  locked.writeUInt16LE(locked.readUInt16LE(10) | 0x0100 | (isXor ? 0x8000 : 0), 10);
  locked.writeUInt32LE(isXor ? ((xorKey(bytes) << 16) | xorVerifier(bytes)) >>> 0 : header.length, 14);
  return writeOle({ WordDocument: locked, '1Table': mix(Buffer.concat([header, table]), header.length) });
}

/** Objects are numbered from 1; the session comes behind them. `properties`: an encrypted summary of one set. */
export function lockPresentation(objects: readonly Buffer[], scheme: OfficeScheme, password: string, properties?: Buffer): Buffer {
  const offsets: number[] = [];
  const pieces: Buffer[] = [];
  let at = 0;
  const add = (piece: Buffer): void => {
    offsets.push(at);
    pieces.push(piece);
    at += piece.length;
  };
  for (const [index, object] of objects.entries()) add(rc4(keyOf(scheme, password, index + 1), object));
  const atom = (type: number, content: Buffer): Buffer => Buffer.concat([number(type << 16), number(content.length), content]);
  add(atom(0x2f14, officeHeader(scheme, password)));
  const directory = atom(0x1772, Buffer.concat([number((offsets.length << 20) | 1), ...offsets.map(number)]));
  const edit = atom(0x0ff5, Buffer.concat([0, 0, 0, at, 1, offsets.length + 1, 0, offsets.length].map(number)));
  const user = atom(0x0ff6, Buffer.concat([20, 0xf3d1c4df, at + directory.length].map(number)));
  const streams = { 'PowerPoint Document': Buffer.concat([...pieces, directory, edit]), 'Current User': user };
  return writeOle(properties ? { ...streams, EncryptedSummary: summary(scheme, password, properties) } : streams);
}

/** MS-OFFCRYPTO 2.3.5.4: where the list begins and its size, the set, the list of one. */
function summary(scheme: OfficeScheme, password: string, set: Buffer): Buffer {
  const cipher = (block: number): Rc4 => new Rc4(keyOf(scheme, password, block));
  const name = Buffer.from('\x05SummaryInformation\0', 'utf16le');
  const entry = Buffer.concat([number(8), number(set.length), Buffer.from([1, 0, name.length / 2 - 1, 1, 0, 0, 0, 0]), name]);
  const list = Buffer.concat([number(1), entry]);
  const head = Buffer.concat([number(8 + set.length), number(list.length)]);
  return Buffer.concat([cipher(0).apply(head), cipher(1).apply(set), cipher(0).apply(list)]);
}

export interface OdfLock {
  readonly cipher?: 'aes256-cbc' | 'blowfish' | 'aes256-gcm';
  readonly rounds?: number;
  readonly derivation?: string;
  /** A part that is locked with another password than the rest. */
  readonly apart?: string;
}

/** `plain`: an OpenDocument package; `mimetype` and the manifest stay in the clear. */
export function lockOdf(plain: Buffer, password: string, lock: OdfLock = {}): Buffer {
  const { cipher = 'aes256-cbc', rounds = 1024, derivation = 'PBKDF2', apart } = lock;
  const zip = openZip(memorySource('', plain));
  const isBlowfish = cipher === 'blowfish';
  const names = isBlowfish
    ? { cipher: 'Blowfish CFB', sum: 'SHA1/1K', start: 'SHA1' }
    : {
        cipher: `http://www.w3.org/2001/04/xmlenc#${cipher}`,
        sum: 'urn:oasis#sha256-1k',
        start: 'http://www.w3.org/2000/09/xmldsig#sha256',
      };
  const digest = (bytes: Buffer): Buffer =>
    createHash(isBlowfish ? 'sha1' : 'sha256')
      .update(bytes)
      .digest();
  const entries: string[] = [];
  const files = zip.entries.map(({ name, nameBytes }) => {
    const content = zip.readEntry(zip.entry(name)!);
    if (name === 'mimetype' || name.startsWith('META-INF/')) return { name, content };
    const salt = md5(nameBytes);
    const vector = md5(salt).subarray(0, isBlowfish ? 8 : 16);
    const key = pbkdf2Sync(
      digest(Buffer.from(name === apart ? 'another' : password)),
      salt,
      Math.max(1, Math.min(rounds, 1024)),
      isBlowfish ? 16 : 32,
      'sha1',
    );
    const packed = deflateRawSync(content);
    const part = `<manifest:algorithm manifest:algorithm-name="${names.cipher}" manifest:initialisation-vector="${vector.toString('base64')}"/><manifest:key-derivation manifest:key-derivation-name="${derivation}" manifest:key-size="${key.length}" manifest:iteration-count="${rounds}" manifest:salt="${salt.toString('base64')}"/><manifest:start-key-generation manifest:start-key-generation-name="${names.start}" manifest:key-size="32"/>`;
    entries.push(
      `<manifest:file-entry manifest:full-path="${name}" manifest:size="${content.length}"><manifest:encryption-data manifest:checksum-type="${names.sum}" manifest:checksum="${digest(packed.subarray(0, 1024)).toString('base64')}">${part}</manifest:encryption-data></manifest:file-entry>`,
    );
    return { name, content: isBlowfish ? blowfishCfb(key, vector, packed) : aes(key, vector, packed), stored: true };
  });
  const manifest = `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">${entries.join('')}</manifest:manifest>`;
  return writeZip([...files.filter(({ name }) => name !== 'META-INF/manifest.xml'), { name: 'META-INF/manifest.xml', content: manifest }]);
}

function aes(key: Buffer, vector: Buffer, packed: Buffer): Buffer {
  const added = 16 - (packed.length % 16);
  const filled = Buffer.concat([packed, Buffer.alloc(added, 7)]);
  filled[filled.length - 1] = added;
  return createCipheriv('aes-256-cbc', key, vector).setAutoPadding(false).update(filled);
}

/** Each block is mixed with the block before it, enciphered: what decrypting zeros after that block gives. */
function blowfishCfb(key: Buffer, vector: Buffer, packed: Buffer): Buffer {
  const out = Buffer.alloc(packed.length);
  let before = vector;
  for (let at = 0; at < packed.length; at += 8) {
    const mask = decryptBlowfishCfb(key, before, Buffer.alloc(8));
    for (let i = at; i < Math.min(at + 8, packed.length); i++) out[i] = packed[i]! ^ mask[i - at]!;
    before = out.subarray(at, at + 8);
  }
  return out;
}
