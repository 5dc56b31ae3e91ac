import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { decryptOoxml } from '../../src/container/ooxml-crypt.js';
import { rc4 } from '../../src/container/rc4.js';
import { xorVerifier } from '../../src/container/xor-office.js';
import { ooxmlEncryptedExtractor } from '../../src/extract/ooxml-encrypted.js';
import { sniff } from '../../src/extract/sniff.js';
import type { Block, MemberBlock, Password } from '../../src/model.js';
import { FileProblem } from '../../src/problem.js';
import { checkPassword, passwordChecks } from '../../src/protect/registry.js';
import { writeAgile } from '../kit/agile-writer.js';
import { cryptoApiHeader, rc4Header } from '../kit/office-locker.js';
import { writeOle } from '../kit/ole-writer.js';
import { writePlainZip } from '../kit/plain-zip.js';
import { corpusFile } from '../kit/read-blocks.js';

function check(bytes: Buffer): Password {
  const source = memorySource('x', bytes);
  return checkPassword(source, sniff(source).format);
}

const NONE = { state: 'none', scheme: null };

describe('rc4', () => {
  it('gives the key streams of RFC 6229', () => {
    expect(rc4(Buffer.from('0102030405', 'hex'), Buffer.alloc(16)).toString('hex')).toBe('b2396305f03dc027ccc3524a0a1118a8');
    expect(rc4(Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex'), Buffer.alloc(16)).toString('hex')).toBe(
      '9ac7cc9a609d1ef7b2932899cde41b97',
    );
  });
});

describe('Office packages', () => {
  const inner = writePlainZip({ '[Content_Types].xml': 'x'.repeat(9000), 'xl/workbook.xml': '' });

  it.each([
    ['himitsu', 'set'],
    ['VelvetSweatshop', 'default'],
  ] as const)('with the password %s: %s', (password, state) => {
    expect(check(writeAgile(inner, password))).toEqual({ state, scheme: 'agile-aes256-sha512' });
  });

  it('opens with a password that is known and stays closed without', () => {
    const source = memorySource('a.xlsx', writeAgile(inner, '秘密123'));
    expect(decryptOoxml(source, '秘密123').equals(inner)).toBe(true);
    expect(() => decryptOoxml(source, 'other')).toThrow(/^encrypted/);
    const read = (passwords: string[]): (Block | MemberBlock)[] => [
      ...(ooxmlEncryptedExtractor.read(source, {
        format: 'ooxml-encrypted',
        problem: () => undefined,
        unpacked: () => undefined,
        passwords,
      }) as Iterable<Block | MemberBlock>),
    ];
    expect(() => read(['a', 'b'])).toThrow(FileProblem);
    const [member] = read(['a', '秘密123']) as MemberBlock[];
    expect(member?.name).toBe('');
    expect(sniff(member!.source).format).toBe('xlsx');
  });

  it('is not tried where a try would take hours, and says so', () => {
    const source = memorySource('a.xlsx', writeAgile(inner, 'himitsu', 2 ** 31));
    expect(checkPassword(source, 'ooxml-encrypted')).toEqual({ state: 'set', scheme: 'agile-aes256-sha512' });
    const context = { format: 'ooxml-encrypted', problem: () => undefined, unpacked: () => undefined, passwords: ['himitsu'] };
    expect(() => [...(ooxmlEncryptedExtractor.read(source, context) as Iterable<Block | MemberBlock>)]).toThrow(
      'encrypted: ooxml: agile-aes256-sha512, 2147483648 rounds of key derivation',
    );
  });

  it('says damaged, not none, when the descriptor can not be read', () => {
    const bytes = writeOle({ EncryptionInfo: Buffer.from('0400040040000000', 'hex'), EncryptedPackage: Buffer.alloc(64) });
    expect(() => check(bytes)).toThrow(/^damaged/);
  });

  it('counts a package under rights management as locked', () => {
    expect(check(writeOle({ EncryptedPackage: Buffer.alloc(64), '\x06DataSpaces/Version': Buffer.alloc(8) }))).toEqual({
      state: 'set',
      scheme: 'rights-managed',
    });
  });
});

describe('old Office files', () => {
  const record = (type: number, data: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type);
    head.writeUInt16LE(data.length, 2);
    return Buffer.concat([head, data]);
  };
  const bof = record(0x0809, Buffer.from('0006050000000000000000000000000000', 'hex').subarray(0, 16));
  const workbook = (...records: Buffer[]): Buffer =>
    writeOle({ Workbook: Buffer.concat([bof, ...records, record(0x0a, Buffer.alloc(0))]) });
  const filePass = (header: Buffer): Buffer => record(0x2f, Buffer.concat([Buffer.from('0100', 'hex'), header]));
  const xor = (password: string): Buffer => {
    const data = Buffer.alloc(6);
    data.writeUInt16LE(0x1234, 2);
    data.writeUInt16LE(xorVerifier(Buffer.from(password)), 4);
    return record(0x2f, data);
  };

  it.each<[string, Buffer, Password]>([
    ['plain workbook', workbook(), NONE as Password],
    ['password for writing only', workbook(record(0x86, Buffer.alloc(0)), record(0x5b, Buffer.alloc(6))), NONE as Password],
    ['sheet protection only', workbook(record(0x12, Buffer.from([1, 0]))), NONE as Password],
    ['obfuscated', workbook(xor('abc')), { state: 'weak', scheme: 'xor' }],
    ['obfuscated with the default password', workbook(xor('VelvetSweatshop')), { state: 'default', scheme: 'xor' }],
    ['40-bit RC4', workbook(filePass(rc4Header('himitsu'))), { state: 'weak', scheme: 'rc4-40' }],
    ['40-bit RC4, default password', workbook(filePass(rc4Header('VelvetSweatshop'))), { state: 'default', scheme: 'rc4-40' }],
    ['CryptoAPI', workbook(filePass(cryptoApiHeader('himitsu', 128))), { state: 'set', scheme: 'rc4-cryptoapi-128' }],
    [
      'CryptoAPI, default password',
      workbook(filePass(cryptoApiHeader('VelvetSweatshop', 128))),
      { state: 'default', scheme: 'rc4-cryptoapi-128' },
    ],
    ['CryptoAPI of 40 bits', workbook(filePass(cryptoApiHeader('himitsu', 40))), { state: 'weak', scheme: 'rc4-cryptoapi-40' }],
    ['plain document', document(0x0000), NONE as Password],
    ['obfuscated document', document(0x8100), { state: 'weak', scheme: 'xor' }],
    ['document with RC4', document(0x0300, { '1Table': rc4Header('himitsu') }), { state: 'weak', scheme: 'rc4-40' }],
    [
      'document with CryptoAPI',
      document(0x0100, { '0Table': cryptoApiHeader('himitsu', 128) }),
      { state: 'set', scheme: 'rc4-cryptoapi-128' },
    ],
  ])('%s', (_, bytes, expected) => {
    expect(check(bytes)).toEqual(expected);
  });

  it('finds the encryption session of a presentation', () => {
    expect(check(presentation(false))).toEqual(NONE);
    expect(check(presentation(true))).toEqual({ state: 'set', scheme: 'rc4-cryptoapi-128' });
  });
});

function document(flags: number, streams: Record<string, Buffer> = {}): Buffer {
  const fib = Buffer.alloc(100);
  fib.writeUInt16LE(0xa5ec, 0);
  fib.writeUInt16LE(0xc1, 2);
  fib.writeUInt16LE(flags, 10);
  return writeOle({ WordDocument: fib, ...streams });
}

function presentation(encrypted: boolean): Buffer {
  const atom = (type: number, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt16LE(type, 2);
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data]);
  };
  const session = atom(0x2f14, cryptoApiHeader('himitsu', 128));
  const directory = atom(0x1772, Buffer.from('030010000000000000000000', 'hex').subarray(0, 8));
  const edit = Buffer.alloc(encrypted ? 32 : 28);
  edit.writeUInt32LE(session.length, 12);
  if (encrypted) edit.writeUInt32LE(3, 28);
  const user = Buffer.alloc(40);
  user.writeUInt32LE(encrypted ? 0xf3d1c4df : 0xe391c05f, 12);
  user.writeUInt32LE(session.length + directory.length, 16);
  return writeOle({ 'PowerPoint Document': Buffer.concat([session, directory, atom(0x0ff5, edit)]), 'Current User': user });
}

describe('PDF', () => {
  const PAD = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
  const id = Buffer.alloc(16, 4);
  const owner = Buffer.alloc(32, 8);
  const pad = (password: string): Buffer => Buffer.concat([Buffer.from(password), PAD]).subarray(0, 32);
  const file = (encrypt: string): Buffer =>
    Buffer.from(
      `%PDF-1.6\n7 0 obj << ${encrypt} >> endobj\ntrailer << /Root 1 0 R /Encrypt 7 0 R /ID [<${id.toString('hex')}>] >>\n`,
      'latin1',
    );
  const keys = (user: Buffer): string => `/O <${owner.toString('hex')}> /U <${user.toString('hex')}> /P -4`;
  const firstKey = (password: string): Buffer =>
    hash('md5', Buffer.concat([pad(password), owner, Buffer.from('fcffffff', 'hex'), id]), 'buffer');

  const revision2 = (password: string): Buffer => file(`/Filter /Standard /V 1 /R 2 ${keys(rc4(firstKey(password).subarray(0, 5), PAD))}`);
  const revision3 = (password: string, extra: string): Buffer => {
    let key = firstKey(password);
    for (let round = 0; round < 50; round++) key = hash('md5', key, 'buffer');
    let user = rc4(key, hash('md5', Buffer.concat([PAD, id]), 'buffer'));
    for (let round = 1; round <= 19; round++) user = rc4(Buffer.from(key.map((byte) => byte ^ round)), user);
    return file(`/Filter /Standard ${extra} ${keys(Buffer.concat([user, Buffer.alloc(16)]))}`);
  };
  const revision5 = (password: string): Buffer => {
    const salt = Buffer.alloc(8, 2);
    const user = Buffer.concat([hash('sha256', Buffer.concat([Buffer.from(password), salt]), 'buffer'), salt, Buffer.alloc(8, 1)]);
    return file(`/Filter /Standard /V 5 /R 5 /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF ${keys(user)}`);
  };
  const aes128 = '/V 4 /R 4 /Length 128 /CF << /StdCF << /CFM /AESV2 /Length 16 >> >>';

  it.each<[string, Buffer, Password]>([
    ['not encrypted', Buffer.from('%PDF-1.4\ntrailer << /Root 1 0 R >>\n'), NONE as Password],
    ['40-bit RC4', revision2('himitsu'), { state: 'weak', scheme: 'rc4-40' }],
    ['40-bit RC4, owner password only', revision2(''), NONE as Password],
    ['128-bit RC4', revision3('himitsu', '/V 2 /R 3 /Length 128'), { state: 'set', scheme: 'rc4-128' }],
    ['128-bit RC4, owner password only', revision3('', '/V 2 /R 3 /Length 128'), NONE as Password],
    ['AES-128', revision3('himitsu', `${aes128} /StmF /StdCF /StrF /StdCF`), { state: 'set', scheme: 'aes-128' }],
    ['AES-128, owner password only', revision3('', `${aes128} /StmF /StdCF /StrF /StdCF`), NONE as Password],
    [
      'attached files only',
      revision3('himitsu', `${aes128} /StmF /Identity /StrF /Identity /EFF /StdCF`),
      { state: 'partial', scheme: 'aes-128' },
    ],
    ['AES-256', revision5('himitsu'), { state: 'set', scheme: 'aes-256' }],
    ['AES-256, owner password only', revision5(''), NONE as Password],
    ['for holders of a certificate', file('/Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4'), { state: 'set', scheme: 'public-key' }],
  ])('%s', (_, bytes, expected) => {
    expect(check(bytes)).toEqual(expected);
  });
});

describe('zip and OpenDocument', () => {
  const parts = { 'a.txt': 'aaa', 'b.txt': 'bbb', 'folder/': '', 'empty.txt': '' };

  it.each<[string, Buffer, Password]>([
    ['plain', writePlainZip(parts), NONE as Password],
    ['ZipCrypto', writePlainZip(parts, { method: 'zipcrypto', names: ['a.txt', 'b.txt'] }), { state: 'weak', scheme: 'zipcrypto' }],
    ['AES', writePlainZip(parts, { method: 'aes', names: ['a.txt', 'b.txt'] }), { state: 'set', scheme: 'aes256' }],
    ['some entries', writePlainZip(parts, { method: 'aes', names: ['b.txt'] }), { state: 'partial', scheme: 'aes256' }],
    [
      'plain text document',
      writePlainZip({ mimetype: 'application/vnd.oasis.opendocument.text', 'META-INF/manifest.xml': '<manifest:manifest/>' }),
      NONE as Password,
    ],
    [
      'encrypted text document',
      writePlainZip({
        mimetype: 'application/vnd.oasis.opendocument.text',
        'META-INF/manifest.xml':
          '<manifest:encryption-data><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></manifest:encryption-data>',
      }),
      { state: 'set', scheme: 'odf-aes256' },
    ],
  ])('%s', (_, bytes, expected) => {
    expect(check(bytes)).toEqual(expected);
  });
});

describe('registry', () => {
  it('answers none for formats that know no password, and unknown for those that no check reads', () => {
    expect(check(Buffer.from('text\n'))).toEqual(NONE);
    expect(check(Buffer.from('!BDN'))).toEqual({ state: 'unknown', scheme: null });
  });

  it('holds each format once', () => {
    const formats = passwordChecks.flatMap((one) => one.formats);
    expect(new Set(formats).size).toBe(formats.length);
  });
});

describe.skipIf(!corpusFile('documents/manifest.tsv'))('real documents', () => {
  const rows = (corpusFile('documents/manifest.tsv')?.toString() ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
  const WANTED: Readonly<Record<string, readonly string[]>> = {
    'open-password': ['set', 'weak'],
    none: ['none'],
    'write-or-sheet-protection-only': ['none'],
    'owner-password-only': ['none'],
    'default-password': ['default'],
    partial: ['partial'],
  };
  const covered = rows.filter(
    ([path, , , , , format, truth]) =>
      WANTED[truth ?? ''] && !/^hostile\//.test(path ?? '') && !/^(?:7z|rar|other|doc-preole)$/.test(format ?? ''),
  );

  it.each(covered.map(([path, , , , , , truth]) => [path ?? '', truth ?? '']))('%s: %s', (path, truth) => {
    expect(WANTED[truth]).toContain(check(corpusFile(`documents/${path}`)!).state);
  });
});
