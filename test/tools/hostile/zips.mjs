/** Zips, packed files and tapes that want memory, time or a way out of their archive. Each case: the codes of which one must be told ('' stands for none), and its bytes. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packedZeros, rawZip } from './raw-zip.mjs';

const ROSTER = '基礎年金番号,氏名,生年月日\r\n1234-567890,架空 太郎,昭和30年3月4日\r\n';
const text = { name: 'a.csv', data: ROSTER };
const zipOf = (name, data) => rawZip([{ name, data }]);
const wrap = (inner, times, by) => {
  let bytes = inner;
  for (let depth = 0; depth < times; depth++) bytes = by(bytes);
  return bytes;
};

/** Each of its ten entries is the same archive one level below. */
function pyramid(levels, width) {
  let bytes = rawZip([{ name: 'leaf.txt', ...packedZeros(20, 0x61) }]);
  for (let level = 0; level < levels; level++) {
    bytes = rawZip(Array.from({ length: width }, (_, at) => ({ name: `${at}.zip`, data: bytes })));
  }
  return bytes;
}

/** An entry whose stored content is the whole file, so that it holds itself without end. */
function ouroboros() {
  const plain = rawZip([{ name: 'self.zip', method: 0, data: '' }]);
  return rawZip([{ name: 'self.zip', method: 0, data: '', statedBytes: plain.length, statedPackedBytes: plain.length, crc: 0 }]);
}

/** Many directory entries over one packed stream (Fifield's construction without quoting). */
function overlapping(count) {
  const kernel = { name: 'kernel', ...packedZeros(60) };
  return rawZip([kernel, ...Array.from({ length: count }, (_, at) => ({ ...kernel, name: `k${at}`, shared: true, headerOffset: 0 }))]);
}

function tapeHeader(name, size, type = '0') {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  block.write('0000644\0', 100);
  block.write(size, 124);
  block.write('14000000000\0', 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
const octal = (bytes) => `${bytes.toString(8).padStart(11, '0')}\0`;
const endOfTape = Buffer.alloc(1024);

/** Names that would leave the folder if anyone used them as paths; `checkOutside` of the proof looks whether one did. */
export const SLIPS = [
  '../../mimawari-slip.txt',
  join(tmpdir(), 'mimawari-slip.txt'),
  '..\\..\\mimawari-slip.txt',
  'C:\\mimawari-slip.txt',
  'a/../../mimawari-slip.txt',
];

export const zips = {
  'flat-bomb.zip': ['too-large', () => rawZip([{ name: 'zeros.txt', ...packedZeros(300) }])],
  'flat-bomb-below-bound.zip': ['too-large', () => rawZip([{ name: 'zeros.txt', ...packedZeros(200) }])],
  'many-flat-bombs.zip': [
    'too-large',
    () => rawZip(Array.from({ length: 200 }, (_, at) => ({ name: `${at}.txt`, ...packedZeros(60, 0x61) }))),
  ],
  'lying-bomb.zip': ['too-large', () => rawZip([{ name: 'small.txt', ...packedZeros(300), statedBytes: 100 }])],
  'stated-4gb.zip': ['too-large', () => rawZip([{ ...text, statedBytes: 0xfffffffe }])],
  'nested-8.zip': ['too-deep', () => wrap(Buffer.from(ROSTER), 8, (inner) => zipOf('next.zip', inner))],
  'pyramid.zip': ['too-large', () => pyramid(4, 10)],
  'ouroboros.zip': ['damaged', ouroboros],
  'overlapping-entries.zip': ['damaged', () => overlapping(500)],
  'same-header-twice.zip': ['damaged', () => rawZip([text, { ...text, shared: true, headerOffset: 0 }])],
  'slip-names.zip': ['', () => rawZip(SLIPS.map((name) => ({ name, data: ROSTER })))],
  'odd-names.zip': [
    '',
    () =>
      rawZip(
        ['', 'con', 'a\0b', '\u202e\u202dvsc.exe', '\x1b]0;x\x07', '__proto__', `${'n'.repeat(60_000)}`].map((name) => ({
          name,
          data: ROSTER,
        })),
      ),
  ],
  'entries-100001.zip': ['too-large', () => rawZip(Array.from({ length: 100_001 }, (_, at) => ({ name: `${at}`, data: 'x' })))],
  'members-20001.zip': ['too-large', () => rawZip(Array.from({ length: 20_001 }, (_, at) => ({ name: `${at}.txt`, data: 'x' })))],
  'count-lies.zip': ['damaged', () => rawZip([text], { count: 40_000 })],
  'directory-outside.zip': ['damaged', () => rawZip([text], { directoryOffset: 0xfffffff0, directoryBytes: 0xffff })],
  'no-directory.zip': ['damaged', () => rawZip([text]).subarray(0, 60)],
  'header-outside.zip': ['damaged', () => rawZip([{ ...text, headerOffset: 0x7fffffff }])],
  'method-12.zip': ['unsupported', () => rawZip([{ ...text, method: 12 }])],
  'wrong-crc.zip': ['damaged', () => rawZip([{ ...text, crc: 1 }])],
  'broken-deflate.zip': ['damaged', () => rawZip([{ ...text, packed: Buffer.alloc(50, 0xff) }])],
  'flag-encrypted.zip': ['encrypted', () => rawZip([{ ...text, flags: 1 }])],
  'comment-of-ends.zip': ['', () => rawZip([text], { tail: 'PK\x05\x06'.repeat(200_000) })],
  'bomb.gz': ['too-large', () => gzipSync(Buffer.alloc(300 * 1024 * 1024), { level: 9 })],
  'nested-9.gz': ['too-deep', () => wrap(Buffer.from(ROSTER), 9, (inner) => gzipSync(inner))],
  'cut.gz': ['damaged', () => gzipSync(Buffer.from(ROSTER.repeat(500))).subarray(0, 100)],
  'members-50000.gz': ['', () => Buffer.concat(Array(50_000).fill(gzipSync(Buffer.from('あ'))))],
  'size-8gb.tar': ['damaged', () => Buffer.concat([tapeHeader('a.txt', octal(8 * 1024 ** 3 - 1)), Buffer.from(ROSTER)])],
  'size-negative.tar': [
    'damaged',
    () => Buffer.concat([tapeHeader('a.txt', Buffer.from('ffffffffffffffffffffff00', 'hex').toString('latin1')), endOfTape]),
  ],
  'long-name-1gb.tar': ['damaged', () => Buffer.concat([tapeHeader('././@LongLink', octal(1024 ** 3), 'L'), endOfTape])],
  'links.tar': [
    '',
    () =>
      Buffer.concat([tapeHeader('passwd', octal(0), '2'), tapeHeader('../x', octal(0), '1'), tapeHeader('dev', octal(0), '3'), endOfTape]),
  ],
  'entries-100001.tar': ['too-large', () => Buffer.concat([...Array(100_001).fill(tapeHeader('a', octal(0))), endOfTape])],
  'header-64-bit.7z': ['damaged', () => Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(24, 0xff)])],
  'noise.7z': ['damaged', () => Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(50_000, 0x5a)])],
  'noise.rar': ['damaged', () => Buffer.concat([Buffer.from('526172211a070100', 'hex'), Buffer.alloc(50_000, 0x5a)])],
  'size-4gb.rar': ['damaged', () => Buffer.concat([Buffer.from('526172211a0700', 'hex'), Buffer.alloc(60, 0xff)])],
  'noise.xz': ['damaged', () => Buffer.concat([Buffer.from('fd377a585a000004', 'hex'), Buffer.alloc(50_000, 0x5a)])],
  'noise.bz2': ['damaged', () => Buffer.concat([Buffer.from('BZh91AY&SY', 'latin1'), Buffer.alloc(50_000, 0x5a)])],
  'noise.zst': ['damaged', () => Buffer.concat([Buffer.from('28b52ffd', 'hex'), Buffer.alloc(50_000, 0x5a)])],
  'noise.cab': ['damaged', () => Buffer.concat([Buffer.from('MSCF\0\0\0\0', 'latin1'), Buffer.alloc(50_000, 0x5a)])],
  'stated-4gb.lzh': ['damaged', () => lzhHeader(0xfffffff0)],
  'noise.lzh': ['damaged', () => Buffer.concat([lzhHeader(5_000), Buffer.alloc(20_000, 0xff)])],
};

/** A header of level 0 (LHA's own notes): length, checksum, method, sizes, name. */
function lzhHeader(unpackedBytes) {
  const header = Buffer.alloc(2 + 22 + 5);
  header[0] = header.length - 2;
  header.write('-lh5-', 2, 'latin1');
  header.writeUInt32LE(20_000, 7);
  header.writeUInt32LE(unpackedBytes, 11);
  header[21] = 5;
  header.write('a.csv', 22, 'latin1');
  header[1] = header.subarray(2).reduce((sum, byte) => (sum + byte) & 255, 0);
  return header;
}
