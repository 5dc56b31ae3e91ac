import { describe, expect, it } from 'vitest';
import { mailExtractor } from '../../src/extract/mail.js';
import { encodedWord, jis, joinParts, writeMail, writePart } from '../kit/mail-writer.js';
import { countFaults, readMembers } from '../kit/read-members.js';

const TEXT = ['Content-Type: text/plain; charset=utf-8'];
const cp932 = (hex: string): Buffer => Buffer.from(hex, 'hex');
/** 山田 in CP932. */
const YAMADA_CP932 = cp932('8e529363');

function mixed(parts: readonly Buffer[], closed = true, type = 'multipart/mixed'): Buffer {
  return writeMail(['From: a@example.jp', 'Subject: x', `Content-Type: ${type}; boundary="=_b"`], joinParts('=_b', parts, closed));
}

describe('header fields', () => {
  it.each<[string, string | Buffer, string]>([
    ['an encoded word in ISO-2022-JP', `Subject: ${encodedWord('ISO-2022-JP', jis('山田太郎'))}`, 'Subject: 山田太郎'],
    [
      'words that follow each other, cut inside of a character',
      `Subject: ${encodedWord('UTF-8', Buffer.from('山田').subarray(0, 4))}\r\n ${encodedWord('utf-8', Buffer.from('山田').subarray(4))}`,
      'Subject: 山田',
    ],
    [
      'words in ISO-2022-JP that follow each other',
      `Subject: ${encodedWord('ISO-2022-JP', jis('山'))} ${encodedWord('ISO-2022-JP', jis('田'))}`,
      'Subject: 山田',
    ],
    ['quoted-printable words', 'From: =?UTF-8?Q?=E5=B1=B1=E7=94=B0_x?= <a@example.jp>', 'From: 山田 x <a@example.jp>'],
    ['a word between other text', 'Subject: Re: =?utf-8?b?5bGx?= (1)', 'Subject: Re: 山 (1)'],
    ['raw CP932', Buffer.concat([Buffer.from('Subject: '), YAMADA_CP932]), 'Subject: 山田'],
    ['raw ISO-2022-JP', Buffer.concat([Buffer.from('Subject: '), jis('名簿')]), 'Subject: 名簿'],
    ['a character set that does not hold', `Subject: ${encodedWord('utf-8', YAMADA_CP932)}`, 'Subject: 山田'],
  ])('reads %s', async (_, field, expected) => {
    const { texts } = await readMembers(mailExtractor, writeMail(['Message-ID: <1>', field], 'body'));
    expect(texts).toEqual([expected, 'body']);
  });
});

describe('bodies', () => {
  it.each<[string, readonly string[], Buffer, string]>([
    ['ISO-2022-JP', ['Content-Type: text/plain; charset=ISO-2022-JP'], jis('山田太郎\r\n'), '山田太郎\n'],
    ['CP932 without a word about it', [], Buffer.concat([YAMADA_CP932, YAMADA_CP932, Buffer.from('\r\n')]), '山田山田\n'],
    [
      'base64',
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: BASE64'],
      Buffer.from(Buffer.from('山田太郎').toString('base64')),
      '山田太郎',
    ],
    [
      'quoted-printable with soft breaks',
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
      Buffer.from('=E5=B1=\r\n=B1a=3Db =x'),
      '山a=b =x',
    ],
    [
      'flowed lines',
      ['Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes'],
      Buffer.from('山 \r\n田\r\n太\r\n'),
      '山田\n太\n',
    ],
  ])('reads %s', async (_, fields, body, expected) => {
    const { texts, problems } = await readMembers(mailExtractor, writeMail(['Subject: x', 'From: y', ...fields], body));
    expect([texts[1], problems]).toEqual([expected, []]);
  });

  it('reads the plain version, and the HTML one only where the plain one says less', async () => {
    const html = writePart(['Content-Type: text/html; charset=utf-8'], '<p>山田太郎 昭和40年1月1日</p>');
    const same = await readMembers(mailExtractor, mixed([writePart(TEXT, '山田太郎 昭和40年1月1日'), html], true, 'multipart/alternative'));
    expect([same.members, same.texts[1]]).toEqual([[], '山田太郎 昭和40年1月1日']);
    const less = await readMembers(mailExtractor, mixed([writePart(TEXT, 'HTML'), html], true, 'multipart/alternative'));
    expect(less.members.map(([name, bytes]) => [name, bytes.toString()])).toEqual([['body.html', '\ufeff<p>山田太郎 昭和40年1月1日</p>']]);
  });
});

describe('text beside the parts', () => {
  const part = '--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n';
  const inner = `--b\r\nContent-Type: multipart/mixed; boundary="c"\r\n\r\n中の前\r\n--c\r\n\r\nhi\r\n--c--\r\n中の後\r\n`;
  it.each<[string, string, string[]]>([
    ['none', `\r\n${part}--b--\r\n\r\n`, ['hi']],
    ['before', `山田\r\n${part}--b--\r\n`, ['山田', 'hi']],
    ['behind', `${part}--b--\r\n山田\r\n`, ['hi', '山田\n']],
    ['of parts in parts', `前\r\n${inner}--b--\r\n後`, ['前', '中の前', 'hi', '中の後', '後']],
    ['of versions, once each', `前\r\n${part}${part}--b--`, ['前', 'hi', 'hi']],
  ])('%s', async (_title, body, expected) => {
    const { texts, problems } = await readMembers(mailExtractor, writeMail(['From: a', 'Content-Type: multipart/mixed; boundary=b'], body));
    expect([texts.slice(1), problems]).toEqual([expected, []]);
  });
});

describe('attachments', () => {
  it.each<[string, string, string]>([
    ['RFC 2231 in pieces', "filename*0*=utf-8''%E5%90%8D; filename*1*=%E7%B0%BF.csv", '名簿.csv'],
    ['RFC 2047 inside of quotes', `filename="${encodedWord('ISO-2022-JP', jis('名簿'))}"`, '名簿.csv'],
    ['a path', 'filename="C:\\\\temp\\\\list.csv"', 'list.csv'],
    ['a semicolon in quotes', 'filename="a;b.csv"', 'a;b.csv'],
  ])('names them by %s', async (_, parameter, expected) => {
    const part = writePart([`Content-Disposition: attachment; ${parameter}`, 'Content-Type: text/csv'], 'a,b');
    const { members } = await readMembers(mailExtractor, mixed([writePart(TEXT, 'x'), part]));
    expect(members[0]?.[0]).toBe(expected.replace(/^名簿\.csv$/, parameter.startsWith('filename="=') ? '名簿' : '名簿.csv'));
    expect(members[0]?.[1].toString()).toBe('a,b');
  });

  it('hands on mails in mails, and names equal names apart', async () => {
    const inner = writePart(['Content-Type: message/rfc822'], writeMail(['Subject: inner', 'From: z'], 'deep'));
    const file = writePart(['Content-Type: text/plain; name=a.txt'], '1');
    const { members } = await readMembers(mailExtractor, mixed([inner, file, file]));
    expect(members.map(([name]) => name)).toEqual(['part-1.eml', 'a.txt', 'a-2.txt']);
    expect((await readMembers(mailExtractor, members[0]![1])).texts).toEqual([
      'From: z\nSubject: inner'.split('\n').reverse().join('\n'),
      'deep',
    ]);
  });

  it('reads a saved web page by the names of its parts', async () => {
    const page = writePart(
      ['Content-Type: text/html; charset=utf-8', 'Content-Location: http://example.jp/dir/page.htm?x=1'],
      '<p>山田</p>',
    );
    const { members } = await readMembers(mailExtractor, mixed([page], true, 'multipart/related'));
    expect(members.map(([name]) => name)).toEqual(['page.htm']);
  });
});

describe('what is not whole', () => {
  it('tells a mail that breaks off, and reads it up to there', async () => {
    const { texts, problems } = await readMembers(mailExtractor, mixed([writePart(TEXT, '山田')], false));
    expect([texts[1]?.trim(), problems]).toEqual(['山田', ['damaged: mail: a part has no end']]);
  });

  it('tells encrypted parts and unknown transfer encodings', async () => {
    const odd = writePart(['Content-Type: text/plain', 'Content-Transfer-Encoding: x-uuencode'], 'begin 644 a');
    const { problems } = await readMembers(mailExtractor, mixed([odd], true, 'multipart/encrypted'));
    expect(problems).toEqual(['encrypted: mail: encrypted parts', 'unsupported: mail: 1 parts in an unknown transfer encoding']);
  });

  it('bounds parts inside of each other', async () => {
    let body: Buffer = Buffer.from('x');
    for (let depth = 0; depth < 100; depth++)
      body = writePart([`Content-Type: multipart/mixed; boundary=b${depth}`], joinParts(`b${depth}`, [body]));
    const { problems } = await readMembers(mailExtractor, Buffer.concat([Buffer.from('From: a\r\n'), body]));
    expect(problems).toContain('damaged: mail: parts deeper than 32');
  });

  it('never breaks on damaged bytes', async () => {
    const whole = mixed([
      writePart([...TEXT, 'Content-Transfer-Encoding: base64'], '5bGx'),
      writePart(['Content-Type: text/html'], '<p>x</p>'),
    ]);
    expect(await countFaults(mailExtractor, whole)).toBe(0);
  });
});
