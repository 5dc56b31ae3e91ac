import { describe, expect, it } from 'vitest';
import { bytesOfKey, compareKeys, isDoubtful, keyOfBytes, keyPathBytes, openablePath, showKey, sortKeys } from '../../src/walk/name.js';

const SJIS = Buffer.from('96bc95eb2e786c73', 'hex'); // 名簿.xls in CP932
const EUC = Buffer.from('ccbeca ed2e786c73'.replace(' ', ''), 'hex'); // 名簿.xls in EUC-JP

describe('keyOfBytes and bytesOfKey', () => {
  it.each(['a.txt', '名簿.xlsx', 'が', '𠮷野家', '\uFFFD literal', 'x\ny', '\u{10FEFF}'])('a valid name is its own key: %j', (name) => {
    expect(keyOfBytes(Buffer.from(name))).toBe(name);
    expect(bytesOfKey(name)).toEqual(Buffer.from(name));
    expect(keyPathBytes(name)).toBeNull();
  });

  it.each<[string, Buffer, string]>([
    ['a lone byte', Buffer.from([0x41, 0xff, 0x42]), 'A\u{10FFFF}B'],
    ['the lowest byte', Buffer.from([0x80]), '\u{10FF80}'],
    ['an overlong slash', Buffer.from([0xc0, 0xaf]), '\u{10FFC0}\u{10FFAF}'],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80]), '\u{10FFED}\u{10FFA0}\u{10FF80}'],
    ['above Unicode', Buffer.from([0xf4, 0x90, 0x80, 0x80]), '\u{10FFF4}\u{10FF90}\u{10FF80}\u{10FF80}'],
    ['a cut sequence', Buffer.from([0xe5, 0x90]), '\u{10FFE5}\u{10FF90}'],
    ['a name that looks like an escape', Buffer.from('\u{10FF96}'), '\u{10FFF4}\u{10FF8F}\u{10FFBE}\u{10FF96}'],
  ])('escapes %s, and can undo it', (_title, bytes, key) => {
    expect(keyOfBytes(bytes)).toBe(key);
    expect(bytesOfKey(key)).toEqual(bytes);
    expect(keyPathBytes(key)).toEqual(bytes);
  });

  it('is one to one over every two bytes and over mixed sequences', () => {
    const keys = new Set<string>();
    const heads = [Buffer.alloc(0), Buffer.from('名'), Buffer.from([0xf4, 0x8f])];
    for (const head of heads) {
      for (let pair = 0; pair < 65536; pair++) {
        const bytes = Buffer.concat([head, Buffer.of(pair >> 8, pair & 255)]);
        const key = keyOfBytes(bytes);
        if (bytesOfKey(key).compare(bytes) !== 0) expect.fail(bytes.toString('hex'));
        keys.add(key);
      }
    }
    expect(keys.size).toBe(3 * 65536);
  });

  it('tells which decoded names must be read again', () => {
    expect([isDoubtful(SJIS.toString('utf8')), isDoubtful('\u{10FF96}'), isDoubtful('名簿'), isDoubtful('𠮷')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('showKey', () => {
  it.each<[string, Buffer, string]>([
    ['CP932', SJIS, '名簿.xls'],
    ['EUC-JP', EUC, '名簿.xls'],
    ['half-width kana in CP932', Buffer.from('b6c52e747874', 'hex'), 'ｶﾅ.txt'],
    ['neither', Buffer.from([0x41, 0xff, 0x42]), 'A\\xFFB'],
    ['valid UTF-8', Buffer.from('総務部/名簿'), '総務部/名簿'],
    ['each name of a path by itself', Buffer.concat([Buffer.from('総務部/'), SJIS]), '総務部/名簿.xls'],
  ])('%s', (_title, bytes, shown) => {
    expect(showKey(keyOfBytes(bytes))).toBe(shown);
  });
});

describe('openablePath', () => {
  it('is a string where it can be, and bytes where it must be', () => {
    expect(openablePath('/srv', '')).toBe('/srv');
    expect(openablePath('/srv', 'a/名簿')).toBe('/srv/a/名簿');
    expect(openablePath('/', 'a')).toBe('/a');
    expect(openablePath('/共有', `a/${keyOfBytes(SJIS)}`)).toEqual(Buffer.concat([Buffer.from('/共有/a/'), SJIS]));
  });
});

describe('compareKeys', () => {
  const names = ['a', 'B', 'ab', 'あ', '\uFF71', '𠮷', '\u{10FF80}', '\uE000', 'a.txt', 'a/b', ''];
  const byBytes = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

  it('orders by UTF-8 bytes, also beyond the basic plane', () => {
    expect([...names].sort(compareKeys)).toEqual(byBytes);
    expect(sortKeys([...names])).toEqual(byBytes);
    expect(sortKeys(['b', 'a', 'あ', 'B'])).toEqual(['B', 'a', 'b', 'あ']);
  });
});
