import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { mailExtractor } from '../../src/extract/mail.js';
import { PackedText } from '../../src/extract/packed-text.js';
import { sniff } from '../../src/extract/sniff.js';
import { textExtractor } from '../../src/extract/text.js';
import { readMembers } from '../kit/read-members.js';

/** "Cat" and "山田太郎\n" in UTF-8, as uuencode of POSIX writes them. */
const CAT = 'begin 644 cat.txt\n#0V%T\n`\nend\n';
const YAMADA = 'begin-base64 644 名簿.txt\n5bGx55Sw5aSq6YOO\n====\n';
const PGP =
  '-----BEGIN PGP MESSAGE-----\nVersion: GnuPG v2\n\nuCiZFwx4r2i4SUfFfh2vlwvsyofLUQIc\nQvfz+Q==\n=abcd\n-----END PGP MESSAGE-----\n';

interface Unpacked {
  readonly text: string;
  readonly members: readonly string[];
  readonly problems: readonly string[];
}

function unpack(pieces: readonly string[]): Unpacked {
  const problems: string[] = [];
  const context = { format: 'txt', passwords: [], problem: (code: string) => void problems.push(code), unpacked: () => undefined };
  const packed = new PackedText(context, 'text');
  const text = [...packed.plain(pieces)].join('');
  const members = [...packed.members()].map(({ name, source }) => `${name}: ${source.whole().toString()}`);
  return { text, members, problems };
}

const cases: [string, string, Unpacked][] = [
  ['nothing', '山田太郎\nx', { text: '山田太郎\nx', members: [], problems: [] }],
  ['a file between lines', `前\n${CAT}後\n`, { text: '前\n後\n', members: ['cat.txt: Cat'], problems: [] }],
  ['a file in base64', `${YAMADA}後`, { text: '後', members: ['名簿.txt: 山田太郎'], problems: [] }],
  ['two files of one name', CAT + CAT, { text: '', members: ['cat.txt: Cat', 'cat-2.txt: Cat'], problems: [] }],
  ['other line ends', `前\r\n${CAT.replaceAll('\n', '\r\n')}後\r\n`, { text: '前\r\n後\r\n', members: ['cat.txt: Cat'], problems: [] }],
  ['old line ends', `前\r${CAT.replaceAll('\n', '\r')}後\r`, { text: '前\r後\r', members: ['cat.txt: Cat'], problems: [] }],
  ['spaces for zeros, cut at the end', 'begin 644 a\n#0V\n \nend\n', { text: '', members: ['a: C`\0'], problems: [] }],
  ['a path for a name', CAT.replace('cat', 'C:\\x\\cat'), { text: '', members: ['cat.txt: Cat'], problems: [] }],
  ['a file without end', `${CAT.slice(0, 24)}山田`, { text: '山田', members: ['cat.txt: Cat'], problems: ['damaged'] }],
  ['a file cut at the end of all', CAT.slice(0, 23), { text: '', members: ['cat.txt: Cat'], problems: ['damaged'] }],
  ['words like a beginning', 'begin 644 times\n山田太郎\n', { text: 'begin 644 times\n山田太郎\n', members: [], problems: [] }],
  ['words like a beginning, last', 'a\nbegin 644 times', { text: 'a\nbegin 644 times', members: [], problems: [] }],
  ['capitals behind a beginning', 'begin 644 TIMES\nHELLO\n', { text: 'begin 644 TIMES\nHELLO\n', members: [], problems: [] }],
  ['an encrypted message', `前\n${PGP}後`, { text: '前\n後', members: [], problems: ['encrypted'] }],
  [
    'an encrypted message that is quoted',
    `> 前\n${PGP.replace(/^(?=.)/gm, '> ')}`,
    { text: '> 前\n', members: [], problems: ['encrypted'] },
  ],
  [
    'one without end, text behind it',
    `${PGP.slice(0, 80)}\n氏名 山田太郎\n`,
    { text: '氏名 山田太郎\n', members: [], problems: ['encrypted'] },
  ],
  ['PKCS 7', '-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----\n', { text: '', members: [], problems: ['encrypted'] }],
  ...['SIGNED MESSAGE', 'SIGNATURE', 'PUBLIC KEY BLOCK'].map((sort): [string, string, Unpacked] => {
    const text = `-----BEGIN PGP ${sort}-----\nHash: SHA256\n\n山田太郎\n`;
    return [`PGP ${sort}`, text, { text, members: [], problems: [] }];
  }),
  [
    'yEnc',
    '=ybegin line=128 size=3 name=a\nabc\n=yend size=3\n',
    { text: '=ybegin line=128 size=3 name=a\nabc\n=yend size=3\n', members: [], problems: ['unsupported'] },
  ],
  [
    'BinHex',
    '(This file must be converted with BinHex 4.0)\n:abc:\n',
    { text: '(This file must be converted with BinHex 4.0)\n:abc:\n', members: [], problems: ['unsupported'] },
  ],
];

describe('packed in a text', () => {
  it.each(cases)('%s', (_title, text, expected) => {
    expect(unpack([text])).toEqual(expected);
  });

  it.each(cases)('%s, wherever the text is cut', (_title, text, expected) => {
    for (let size = 1; size < text.length; size += size < 8 ? 1 : 7) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, at * size + size));
      expect([size, unpack(pieces)]).toEqual([size, expected]);
    }
  });

  it('does not begin inside of a long line', () => {
    const text = `${'x'.repeat(400)}`;
    expect(unpack([text, CAT])).toEqual({ text: text + CAT, members: [], problems: [] });
  });

  it('is a text, whatever its lines hold', () => {
    const format = (text: string) => sniff(memorySource('a', Buffer.from(text))).format;
    expect([CAT, PGP, `a,b,c\n${PGP}`].map(format)).toEqual(['txt', 'txt', 'txt']);
  });

  it('comes as a member out of texts and mails', async () => {
    const expected = [['cat.txt', Buffer.from('Cat')]];
    const text = await readMembers(textExtractor, Buffer.from(`前\n${CAT}`));
    expect([text.members, text.texts]).toEqual([expected, ['前\n']]);
    const mail = await readMembers(mailExtractor, Buffer.from(`From: a\nSubject: b\nContent-Type: text/plain; format=flowed\n\nx\n${CAT}`));
    expect([mail.members, mail.texts[1]]).toEqual([expected, 'x\n']);
  });

  it('leaves the text of a mail that holds an encrypted message', async () => {
    const { texts, problems } = await readMembers(mailExtractor, Buffer.from(`From: a\nSubject: b\n\n山田\n${PGP}`));
    expect([texts[1], problems]).toEqual(['山田\n', ['encrypted: mail: 1 encrypted messages']]);
  });
});
