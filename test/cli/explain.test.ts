/** `mimawari explain`, as staff run it. Uses the compiled program in dist/. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roster, Share } from '../kit/share.js';
import { writeZip } from '../kit/zip-writer.js';

let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

/** Three rows, the last of them without a number of ten digits. */
const LIST = `${roster(2)}照会中,架空 花子,昭和40年5月6日,東京都千代田区霞が関1-2-3\r\n`;

describe('explain', () => {
  it('tells for each finding its place and why: the label, the shape, how many cells of the column', () => {
    const file = share.put('名簿.csv', LIST);
    const { stdout, code } = share.run('explain', file, '--lang', 'en', '--as-of', '2026-11-21');
    expect(code).toBe(0);
    const line = stdout.split('\n').find((text) => text.includes('basic pension number'))!;
    expect(line).toMatch(/^ {2}row 2 column A 1-11 .*certain .*column "基礎年金番号", four and six digits, 2 of 3 cells$/);
    expect(stdout).toContain('column "氏名", 3 of 3 cells');
    expect(stdout).not.toContain('照会中');
    expect(stdout).not.toContain('100000');
  });

  it('shows what was rejected only when asked, with its reason', () => {
    const file = share.put('名簿.csv', LIST);
    expect(share.run('explain', file, '--lang', 'ja').stdout).not.toContain('個人情報としなかったもの');
    const { stdout } = share.run('explain', file, '--lang', 'ja', '--dropped');
    expect(stdout.slice(stdout.indexOf('個人情報としなかったもの'))).toMatch(/4行目 A列 1-3 +基礎年金番号/);
    const log = share.put('記録.txt', '受付番号 1790000037 を処理した。\n請求書番号 4821-330175\n');
    const told = share.run('explain', log, '--lang', 'ja', '--dropped').stdout;
    expect(told).toMatch(/1行目 6-15 +基礎年金番号 /);
    expect(told).toMatch(/2行目 7-17 +基礎年金番号 /);
  });

  it('gives the same reasons as codes in JSON', () => {
    const file = share.put('名簿.csv', LIST);
    const lines = share
      .run('explain', file, '--json')
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      kind: 'pension-number',
      where: { line: 2, cell: 'A' },
      start: 0,
      end: 11,
      confidence: 'certain',
      why: ['column:基礎年金番号', 'shape-4-6', 'cells:2/3'],
    });
    expect(lines.every((line) => !('dropped' in line) && !('fingerprint' in line) && !('value' in line))).toBe(true);
  });

  it('explains each file of an archive by itself', () => {
    const file = share.put('送付.zip', writeZip([{ name: '名簿.csv', content: LIST }]));
    const { stdout } = share.run('explain', file, '--lang', 'ja');
    expect(stdout).toContain('中のファイルで見つけました');
    expect(stdout).not.toContain('個人情報は見つかりませんでした');
    expect(stdout).toMatch(/送付\.zip > 名簿\.csv[\s\S]*2行目 A列 1-11/);
  });
});
