import Encoding from 'encoding-japanese';
import { describe, expect, it } from 'vitest';
import { type DecodeCount, decodeStream, decodeText, detectEncoding, type TextEncoding } from '../../src/extract/encoding.js';

function encode(text: string, encoding: TextEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  if (encoding === 'latin1') return Buffer.from(text, 'latin1');
  const to = encoding === 'shift_jis' ? 'SJIS' : encoding === 'euc-jp' ? 'EUCJP' : 'JIS';
  return Buffer.from(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to }));
}

const TEXTS = [
  '山田太郎',
  '氏名,住所\n',
  '基礎年金番号,氏名,生年月日\r\n1234-567890,山田　花子,昭和30年4月5日\r\n',
  'ヤマダ タロウ 様\n',
  '〒168-0071 東京都杉並区高井戸西3丁目5番24号\n',
  '平成27年5月8日付けで通知したとおり、被保険者の記録を確認されたい。\n（担当：業務課　鈴木）\n',
  'No.1 髙橋 S30.3.4\n',
  '①佐藤一郎 ②伊藤さくら\n',
  '高橋',
  'No\tName\t備考\n1\tSuzuki\t済\n',
];

describe('detectEncoding', () => {
  for (const encoding of ['utf-8', 'shift_jis', 'euc-jp', 'iso-2022-jp', 'utf-16le', 'utf-16be'] as const) {
    it.each(TEXTS)(`knows ${encoding}: %j`, (text) => {
      // Without a line end or ASCII beside it, a few characters of UTF-16 can be anything.
      if (encoding.startsWith('utf-16') && !/[\n\w]/.test(text)) return expect(text.length).toBeLessThan(5);
      if (encoding !== 'shift_jis' && /[髙①②]/.test(text) && !encoding.startsWith('utf')) return expect(text).toMatch(/[髙①②]/);
      expect(detectEncoding(encode(text, encoding), true)).toBe(encoding);
    });
  }

  it.each([
    ['ﾔﾏﾀﾞ ﾀﾛｳ\nｽｽﾞｷ ﾊﾅｺ\n', 'shift_jis'],
    ['1234-567890,ﾃｽﾄ ﾃﾙｺ,S30\n', 'shift_jis'],
    ['café, déjà vu, naïve\n', 'utf-8'],
    ['plain ascii\n', 'utf-8'],
  ] as const)('tells half-width kana from Latin letters: %j', (text, encoding) => {
    expect(detectEncoding(encode(text, encoding), true)).toBe(encoding);
  });

  it('reads Latin text without Japanese as latin1', () => {
    expect(detectEncoding(encode('Müller, Straße 5; café déjà vu, Größe\n', 'latin1'), true)).toBe('latin1');
  });

  it.each(['utf-8', 'shift_jis', 'euc-jp', 'utf-16le'] as const)(
    'is not misled by a sample that is cut inside a character: %s',
    (encoding) => {
      const bytes = encode('年金相談受付票の控えを送付します。\n'.repeat(40), encoding);
      for (let cut = 500; cut < 510; cut++) expect(detectEncoding(bytes.subarray(0, cut), false)).toBe(encoding);
    },
  );

  it.each([
    ['utf-8', Buffer.concat([Buffer.from('efbbbf', 'hex'), Buffer.from('a,b')])],
    ['utf-16le', Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from('a,b', 'utf16le')])],
    ['utf-16be', Buffer.concat([Buffer.from('feff', 'hex'), encode('a,b', 'utf-16be')])],
    ['utf-16le', Buffer.from('only ascii, no mark\n', 'utf16le')],
  ] as const)('obeys a byte order mark, or NULs beside ASCII: %s', (encoding, bytes) => {
    expect(detectEncoding(bytes, true)).toBe(encoding);
  });
});

describe('decodeText', () => {
  it.each(['utf-8', 'shift_jis', 'euc-jp', 'iso-2022-jp'] as const)('decides late: Japanese of %s far behind an ASCII head', (encoding) => {
    const head = Buffer.from('id,value\n1,2\n'.repeat(20_000));
    const tail = encode('氏名,山田太郎\n'.repeat(3), encoding);
    const all = Buffer.concat([head, tail]);
    const chunks: Buffer[] = [];
    for (let at = 0; at < all.length; at += 100_003) chunks.push(all.subarray(at, at + 100_003));
    expect([...decodeText(chunks)].join('')).toBe(`${head.toString()}${'氏名,山田太郎\n'.repeat(3)}`);
  });

  it.each(['utf-8', 'shift_jis', 'euc-jp', 'iso-2022-jp', 'utf-16le', 'utf-16be'] as const)(
    'keeps characters whole across chunks: %s',
    (encoding) => {
      const text = '住所は東京都杉並区ソ表示能ABCである。\n'.repeat(30);
      const bytes = encode(text, encoding);
      for (const size of [1, 2, 3, 7, 64]) {
        const chunks: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
        expect([...decodeStream(chunks, encoding)].join('')).toBe(text);
      }
    },
  );

  it('drops a byte order mark and counts what it replaced', () => {
    const count: DecodeCount = { chars: 0, replaced: 0 };
    const bytes = Buffer.concat([Buffer.from('efbbbf', 'hex'), Buffer.from('氏名'), Buffer.from('ff', 'hex')]);
    expect([...decodeStream([bytes], 'utf-8', count)].join('')).toBe('氏名\ufffd');
    expect(count).toEqual({ chars: 3, replaced: 1 });
  });
});

describe('Shift_JIS', () => {
  it.each([
    ['822c41', '\ufffd,A'],
    ['82', '\ufffd'],
    ['820a', '\ufffd\n'],
    ['f040', '\ue000'],
    ['835c', 'ソ'],
    ['8740878a', '①㈱'],
  ])('loses no separator behind half a character, and keeps private characters: %s', (hex, text) => {
    expect([...decodeStream([Buffer.from(hex, 'hex')], 'shift_jis')].join('')).toBe(text);
  });
});
