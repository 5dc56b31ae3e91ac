/** Compound files whose chains run in circles or out of the file, and the Office streams inside them with false lengths. */
import { writeCfb } from '../write-cfb.mjs';

const SECTOR = 512;
const END = 0xfffffffe;

/** A large stream and small ones, so that all tables are there. */
const base = (name = 'Workbook', content = Buffer.alloc(20_000, 0x20)) =>
  writeCfb([
    [name, content],
    ['small', Buffer.from('あ'.repeat(100))],
    ['\u0005SummaryInformation', Buffer.alloc(300)],
  ]);

/** Offset of the FAT (its first sector), of the directory, of the mini FAT: as the header tells. */
const fatAt = (file) => (file.readUInt32LE(76) + 1) * SECTOR;
const directoryAt = (file) => (file.readUInt32LE(48) + 1) * SECTOR;
const miniFatAt = (file) => (file.readUInt32LE(60) + 1) * SECTOR;

function changed(change, file = base()) {
  change(file);
  return file;
}
const word = (at, value) => (file) => file.writeUInt32LE(value >>> 0, typeof at === 'function' ? at(file) : at);
const entryOf = (file, index) => directoryAt(file) + index * 128;

const biff = (...records) =>
  Buffer.concat(
    records.map(([type, data, statedBytes]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(type, 0);
      head.writeUInt16LE(statedBytes ?? data.length, 2);
      return Buffer.concat([head, data]);
    }),
  );
const hex = (text) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const BOF = [0x809, hex('0006 0500 bb0d cc07 0000 0000 0600 0000')];
const SHEET_BOF = [0x809, hex('0006 1000 bb0d cc07 0000 0000 0600 0000')];
const EOF = [0x0a, Buffer.alloc(0)];
const boundSheet = (offset) => [
  0x85,
  Buffer.concat([hex('00000000 0000 01 00 41').fill(0, 0, 0), Buffer.alloc(0)]).fill(offset & 255, 0, 1),
];
const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc(Math.max(0, 5_000 - bytes.length))]);
const workbook = (...records) => base('Workbook', padded(biff(...records)));

/** The header of a Word document (MS-DOC 2.5.1) with every offset and length of its table at the edge. */
function wordHeader(fill) {
  const bytes = Buffer.alloc(6_000, fill);
  hex('eca5 c100 0000 1104 0000').copy(bytes);
  bytes.writeUInt16LE(0x0e, 32);
  bytes.writeUInt16LE(0x16, 62);
  bytes.writeUInt16LE(0x5d, 152);
  return bytes;
}

function slideRecords(depth) {
  let bytes = Buffer.alloc(0);
  for (let at = 0; at < depth; at++) {
    const head = Buffer.alloc(8);
    head.writeUInt16LE(0x0f, 0);
    head.writeUInt16LE(0x03e8, 2);
    head.writeUInt32LE(bytes.length, 4);
    bytes = Buffer.concat([head, bytes]);
  }
  return bytes;
}

const powerPoint = (records) =>
  writeCfb([
    ['PowerPoint Document', padded(records)],
    ['Current User', Buffer.concat([hex('0000f60f 20000000 14000000 5fc091e3'), Buffer.alloc(200)])],
  ]);

export const compound = {
  'fat-ring.xls': ['damaged', () => changed((file) => file.writeUInt32LE(0, fatAt(file) + 4 * 10))],
  'fat-points-outside.xls': ['damaged', () => changed(word((file) => fatAt(file) + 4 * 3, 0x00ffffff))],
  'directory-ring.xls': [
    'damaged',
    () => changed((file) => file.writeUInt32LE(file.readUInt32LE(48), fatAt(file) + 4 * file.readUInt32LE(48))),
  ],
  'siblings-in-a-ring.xls': [['damaged', 'unsupported'], () => changed(word((file) => entryOf(file, 1) + 72, 1))],
  'child-is-root.xls': [['damaged', 'unsupported'], () => changed(word((file) => entryOf(file, 0) + 76, 0))],
  'stream-holds-child.xls': ['damaged', () => changed(word((file) => entryOf(file, 1) + 76, 1))],
  'mini-ring.xls': ['damaged', () => changed(word((file) => miniFatAt(file), 0))],
  'size-4gb.xls': [
    'damaged',
    () =>
      changed((file) => {
        for (let at = 1; at < 4; at++) file.writeUInt32LE(0xffffffff, entryOf(file, at) + 120);
      }),
  ],
  'sector-shift-31.xls': ['damaged', () => changed((file) => file.writeUInt16LE(31, 30))],
  'mini-shift-0.xls': ['damaged', () => changed((file) => file.writeUInt16LE(0, 32))],
  'fat-sectors-4g.xls': ['damaged', () => changed(word(44, 0xffffffff))],
  'difat-ring.xls': [
    'damaged',
    () =>
      changed((file) => {
        file.writeUInt32LE(0, 68);
        file.writeUInt32LE(0xffffffff, 72);
      }),
  ],
  'directory-outside.xls': ['damaged', () => changed(word(48, 0x7fffffff))],
  'mini-fat-outside.xls': ['damaged', () => changed(word(60, 0x7fffffff))],
  'cutoff-4g.xls': ['damaged', () => changed(word(56, 0xffffffff))],
  'all-free.xls': ['damaged', () => changed((file) => file.fill(0xff, fatAt(file), fatAt(file) + SECTOR))],
  'all-end.xls': [
    'damaged',
    () =>
      changed((file) => {
        for (let at = 0; at < 128; at++) file.writeUInt32LE(END, fatAt(file) + at * 4);
      }),
  ],
  'only-header.xls': ['damaged', () => base().subarray(0, 512)],
  'spaces.xls': ['damaged', () => base()],
  'record-runs-out.xls': ['damaged', () => workbook(BOF, [0xfc, Buffer.alloc(8, 0xff), 0xffff])],
  'strings-4g.xls': ['damaged', () => workbook(BOF, [0xfc, Buffer.alloc(8, 0xff)], EOF)],
  'string-runs-in-a-ring.xls': [
    'damaged',
    () => workbook(BOF, [0xfc, hex('01000000 01000000 ffff 0d ffff ffffffff 41')], ...Array(50).fill([0x3c, Buffer.alloc(20, 0xff)]), EOF),
  ],
  'dimension-4g.xls': [
    'damaged',
    () => workbook(BOF, EOF, SHEET_BOF, [0x200, Buffer.alloc(14, 0xff)], [0x204, Buffer.alloc(12, 0xff)], EOF),
  ],
  'sheets-without-end.xls': [
    'damaged',
    () => base('Workbook', Buffer.concat([biff(BOF), biff(...Array(30_000).fill(boundSheet(0))), biff(EOF)])),
  ],
  'nested-bof.xls': ['damaged', () => base('Workbook', biff(...Array(20_000).fill(BOF)))],
  'offsets-ff.doc': [
    'encrypted',
    () =>
      writeCfb([
        ['WordDocument', wordHeader(0xff)],
        ['1Table', Buffer.alloc(5_000, 0xff)],
      ]),
  ],
  'offsets-7f.doc': [
    'encrypted',
    () =>
      writeCfb([
        ['WordDocument', wordHeader(0x7f)],
        ['1Table', Buffer.alloc(5_000, 0x7f)],
        ['0Table', Buffer.alloc(5_000, 2)],
      ]),
  ],
  'offsets-zero.doc': [
    'damaged',
    () =>
      writeCfb([
        ['WordDocument', wordHeader(0)],
        ['1Table', Buffer.alloc(5_000)],
      ]),
  ],
  'no-table.doc': ['damaged', () => writeCfb([['WordDocument', wordHeader(0)]])],
  'records-deep.ppt': ['damaged', () => powerPoint(slideRecords(5_000))],
  'records-ff.ppt': ['damaged', () => powerPoint(Buffer.alloc(50_000, 0xff))],
  'properties-ff.msg': [
    'damaged',
    () =>
      writeCfb([
        ['__properties_version1.0', Buffer.alloc(5_000, 0xff)],
        ['__substg1.0_1000001F', Buffer.from('あ'.repeat(3_000))],
        ['__substg1.0_10090102', Buffer.alloc(6_000, 0xff)],
      ]),
  ],
  'encryption-ff.xlsx': [
    'damaged',
    () =>
      writeCfb([
        ['EncryptionInfo', Buffer.alloc(5_000, 0xff)],
        ['EncryptedPackage', Buffer.alloc(9_000, 0xff)],
      ]),
  ],
  'encryption-spin-2g.xlsx': [
    'encrypted',
    () => {
      const key =
        'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAAAAAAAAAAAAAAAAAAAAA=="';
      const word64 = Buffer.alloc(64).toString('base64');
      const xml = `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData ${key}/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password" spinCount="2000000000" ${key} encryptedVerifierHashInput="${word64}" encryptedVerifierHashValue="${word64}" encryptedKeyValue="${word64}"/></keyEncryptor></keyEncryptors></encryption>`;
      return writeCfb([
        ['EncryptionInfo', Buffer.concat([hex('0400 0400 40000000'), Buffer.from(xml)])],
        ['EncryptedPackage', Buffer.alloc(9_000, 1)],
      ]);
    },
  ],
};
