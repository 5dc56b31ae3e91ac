import { describe, expect, it } from 'vitest';
import { namesPassword } from '../../src/scan/password-note.js';

describe('namesPassword', () => {
  it.each([
    'パスワードはabc123です。',
    '添付の解凍パスワード：　Himitsu!9',
    'PW: 1234abcd',
    '開くときのパスワード（半角）は「tokyo2020」',
    'ＰＷ＝ａｂｃｄ１２',
    'Password = hunter22',
    'ﾊﾟｽﾜｰﾄﾞ:abcd',
  ])('sees %s', (text) => {
    expect(namesPassword(`お世話になっております。\n${text}\n以上`)).toBe(true);
  });

  it.each([
    'パスワードは別途お知らせします。',
    'パスワード: https://example.jp/reset',
    'パスワードを忘れたときは総務へ',
    'パスワードは8桁以上にする',
    'SPW: 123456',
    'パスワード\n備考: abcdef',
    '名簿はabc123です',
  ])('is not misled by %s', (text) => {
    expect(namesPassword(text)).toBe(false);
  });

  it('takes time in line with the length', () => {
    const text = 'パスワードpwPWパスワード：：：は は'.repeat(100_000);
    const start = performance.now();
    namesPassword(text);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
