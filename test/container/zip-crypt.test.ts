import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { openZip } from '../../src/container/zip.js';
import { fitPassword } from '../../src/container/zip-crypt.js';
import { packArchive } from '../kit/seven-zip-writer.js';
import { writeZip } from '../kit/zip-writer.js';

/** Written by Info-ZIP 3.0 with the password `secret123`: sizes behind the data, so that the time stands in for the CRC. */
const INFO_ZIP =
  'UEsDBAoACQAAAEBkd0ZmNKPIGgAAAA4AAAAFAAAAYS50eHSdKsG93Ok8VcI2+DevESX/oQ2OFS/hP/tF3VBLBwhmNKPIGgAAAA4AAABQSwECHgMKAAkAAABAZHdGZjSjyBoA' +
  'AAAOAAAABQAAAAAAAAABAAAApIEAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAATQAAAAAA';
const TEXT = '架空 太郎 昭和30年1月1日\n'.repeat(9_000);

const open = (bytes: Buffer) => openZip(memorySource('t.zip', bytes));

/** The 12 bytes before an entry's data (APPNOTE 6.1.6): zeros and the byte that is checked. */
function sealHead(password: Buffer, last: number): Buffer {
  const keys = [0x12345678, 0x23456789, 0x34567890];
  const step = (crc: number, byte: number): number => (crc32(Buffer.from([byte]), ~crc >>> 0) ^ 0xffffffff) >>> 0;
  const turn = (byte: number): void => {
    keys[0] = step(keys[0]!, byte);
    keys[1] = (Math.imul(keys[1]! + (keys[0] & 0xff), 134_775_813) + 1) >>> 0;
    keys[2] = step(keys[2]!, keys[1] >>> 24);
  };
  for (const byte of password) turn(byte);
  const head = Buffer.alloc(12);
  head[11] = last;
  return Buffer.from(
    head.map((byte) => {
      const word = (keys[2]! & 0xffff) | 2;
      const sealed = byte ^ ((Math.imul(word, word ^ 1) >>> 8) & 0xff);
      turn(byte);
      return sealed;
    }),
  );
}

describe('unlockEntry', () => {
  it.each([
    ['AES128', 'aes128'],
    ['AES192', 'aes192'],
    ['AES256', 'aes256'],
    ['ZipCrypto', 'zipcrypto'],
  ])('opens what 7-Zip wrote with %s, with its password only', async (method, scheme) => {
    const bytes = await packArchive({ 'long.txt': TEXT, 'short.txt': 'x' }, [
      '-tzip',
      `-mem=${method}`,
      '-phimitsu',
      'long.txt',
      'short.txt',
    ]);
    const zip = open(bytes);
    expect(zip.entries.map((entry) => entry.scheme)).toEqual([scheme, scheme]);
    const [long, short] = [zip.entry('long.txt')!, zip.entry('short.txt')!];
    expect(zip.unlockEntry(long, 'himitsu')?.toString()).toBe(TEXT);
    expect(zip.unlockEntry(short, 'himitsu')?.toString()).toBe('x');
    // ZipCrypto proves a password by one byte and the checksum: one wrong key in 65,536 gives the very content of one character.
    for (let i = 0; i < 300; i++) expect(['x', undefined]).toContain(zip.unlockEntry(short, `wrong${i}`)?.toString());
    expect(zip.unlockEntry(long, '')).toBeNull();
  });

  it('takes a Japanese password in UTF-8 and in the code page of Windows', () => {
    for (const password of [Buffer.from('ひみつ'), Buffer.from('82d082dd82c2', 'hex')]) {
      const fits = fitPassword({ scheme: 'zipcrypto', crc: 0, timeByte: 7 }, sealHead(password, 7), 'ひみつ');
      expect(fits).not.toBeNull();
    }
  });

  it('opens what Info-ZIP wrote as a stream', () => {
    const zip = open(Buffer.from(INFO_ZIP, 'base64'));
    expect(zip.unlockEntry(zip.entries[0]!, 'secret123')?.toString()).toBe('架空 太郎\n');
    expect(zip.unlockEntry(zip.entries[0]!, 'secret124')).toBeNull();
  });

  it('opens no entry that was changed or cut', async () => {
    const bytes = await packArchive({ a: 'x'.repeat(500) }, ['-tzip', '-mem=AES256', '-ppw', '-mx=0', 'a']);
    const changed = Buffer.from(bytes);
    changed[300] = changed[300]! ^ 1;
    const zip = open(changed);
    expect(zip.unlockEntry(zip.entries[0]!, 'pw')).toBeNull();
    const short = open(writeZip([{ name: 'a', content: 'x', method: 0, flags: 1 }]));
    expect(short.unlockEntry(short.entries[0]!, 'pw')).toBeNull();
  });

  it('refuses strong encryption and entries above the bound, whatever the password', async () => {
    const strong = open(writeZip([{ name: 's', content: 'x', flags: 0x41 }]));
    expect(() => strong.unlockEntry(strong.entries[0]!, 'pw')).toThrow(/^encrypted/);
    const large = open(await packArchive({ a: 'x'.repeat(50_000) }, ['-tzip', '-mem=AES256', '-ppw', 'a']));
    expect(() => large.unlockEntry(large.entries[0]!, 'pw', 10_000)).toThrow(/^too-large/);
  });
});
