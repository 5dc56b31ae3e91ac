import { describe, expect, it } from 'vitest';
import { namesPassword } from '../../src/scan/password-note.js';
import { cpuMs } from '../kit/cpu-time.js';

describe('namesPassword', () => {
  it.each([
    'パスワードはabc123です。',
    '添付の解凍パスワード：　Himitsu!9',
    'PW: 1234abcd',
    '開くときのパスワード（半角）は「tokyo2020」',
    'ＰＷ＝ａｂｃｄ１２',
    'Password = hunter22',
    'ﾊﾟｽﾜｰﾄﾞ:abcd',
    'パスワードは以下のとおりです。\n\n　Himitsu9\n\nよろしくお願いします。',
    '【パスワード】\r\nabcd1234\r\n',
    '解凍用パスワード：\nabcd1234',
    'PW:\n  ａｂｃｄ１２',
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
    'パスワードは以下の担当者にお尋ねください。\nyamada@example.jp',
    'パスワードの変更は次のとおりです。\nhttps://example.jp/reset',
    'パスワードは以下の規則に従うこと。\n\n1. 8 桁以上\n2. 英数字',
    'パスワード：\n別途ご連絡します',
    'パスワード：\n----------\n',
  ])('is not misled by %s', (text) => {
    expect(namesPassword(text)).toBe(false);
  });

  it('takes time in line with the length', () => {
    const text = 'パスワードpwPWパスワード：：：は は'.repeat(100_000);
    const start = cpuMs();
    namesPassword(text);
    expect(cpuMs() - start).toBeLessThan(2_000);
  });
});
