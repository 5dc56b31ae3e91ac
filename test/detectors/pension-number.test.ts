import { describe, expect, it } from 'vitest';
import type { Cell } from '../../detectors/contract.js';
import { foldLabel } from '../../detectors/fold.js';
import { testDetector } from '../kit/detector-kit.js';
import { testDetectors } from '../kit/detectors.js';

const detectors = testDetectors();
const detector = detectors.list.find(({ kind }) => kind === 'pension-number')!;
const role = (part: string) => detector.roles.find((one) => one.part === part)!;
const number = (value: number, text = String(value)): Cell => ({ text, value, isDate: false });

describe('pension numbers in text', () => {
  testDetector(detectors, {
    kind: 'pension-number',
    hits: [
      { text: '基礎年金番号 1234-567890', piece: '1234-567890', normal: '1234567890', strength: 'certain' },
      { text: '基礎年金番号：1234-567890', piece: '1234-567890', strength: 'certain' },
      { text: '基礎年金番号は1234567890です', piece: '1234567890', normal: '1234567890', strength: 'certain' },
      { text: '年金番号 0123-456789', piece: '0123-456789', normal: '0123456789', strength: 'certain' },
      { text: '基年番1234 567890', piece: '1234 567890', normal: '1234567890', strength: 'certain' },
      { text: '年金証書の番号 1234-567890-1150', piece: '1234-567890', normal: '1234567890', strength: 'certain' },
      { text: '証書 1234-567890-1350', piece: '1234-567890' },
      { text: '山田太郎 1234-567890 昭和30年3月4日生', piece: '1234-567890' },
      { text: '1234-567890 佐藤 花子', piece: '1234-567890' },
      { text: 'pension number: 1234-567890', piece: '1234-567890', strength: 'certain' },
      { text: '基礎年金番号(1234-567890)', piece: '1234-567890', strength: 'certain' },
      { text: '年金手帳の記号番号　4321-098765', piece: '4321-098765', strength: 'certain' },
    ],
    misses: [
      '電話 0467-221234',
      'TEL 0467-221234',
      'TEL:1234-567890',
      'FAX 0467-221234',
      '携帯 0901-234567',
      '代表 0467-221234 山田太郎',
      '0467-221234',
      '連絡先 0467-221234',
      '雇用保険 1234-567890-1',
      '雇用保険被保険者番号 1234-567890-1',
      '1234-567890-1',
      '1234-567890-12',
      '1234-567890-123',
      '12-1234-567890',
      '1-1234-567890',
      '1234-567890-9',
      'A-1234-567890',
      'AB1234-567890',
      'INV-1234-567890',
      'X1234-567890',
      '1234-567890A',
      '1234-567890-ABC',
      '9999-999999',
      '0000-000000',
      '1111-111111',
      '2222-222222',
      '1234-000000',
      '0000-123456',
      '1234567890',
      '1432912345',
      '1700000000',
      '2015-032301234',
      '注文番号 1234-567890',
      '伝票番号 1234-567890',
      '請求書番号:1234-567890',
      '口座番号 1234567890',
      '口座番号 1234-567890',
      '受注No.1234-567890',
      '契約番号 1234-567890',
      '製品番号 1234-567890',
      '型番 1234-567890',
      '部品番号 1234-567890',
      '会員番号 1234-567890',
      '文書番号 1234-567890',
      '事業所番号 1234-567890',
      '追跡番号 1234-567890',
      '管理番号 1234-567890',
      '社員番号 1234-567890',
      '12345-67890',
      '123-4567890',
      '1234-56789',
      '1234-5678901',
      '12345-678901',
      '1234--567890',
      '1234-567-890',
      '03-1234-5678',
      '090-1234-5678',
      '0120-123-456',
      'ISBN 978-4-1234-5678-9',
      '2015-03-23',
      '192.168.1234-567890.1',
      '1234-567890.5',
      '￥1,234,567,890',
      '1234_567890',
      'v1234-567890',
      'report_2014-123456_v2',
      '郵便番号 123-4567',
      '番号1234-5678-9012',
      '介護保険被保険者番号 1234567890',
      'user@1234-567890',
    ],
  });

  it('takes every hyphen', () => {
    for (const hyphen of '-‐‑‒–—―−－ー˗﹣') {
      for (const text of [`基礎年金番号 1234${hyphen}567890`, `基礎年金番号 １２３４${hyphen}５６７８９０`]) {
        const found = detectors.find(text).filter(({ kind }) => kind === 'pension-number');
        expect(
          found.map(({ normal, strength }) => [normal, strength]),
          text,
        ).toEqual([['1234567890', 'certain']]);
      }
    }
  });

  it('lifts a hyphenated number beside a name, but a telephone-like one only beside a birthdate', () => {
    const strengths = (text: string) =>
      detectors
        .find(text)
        .filter(({ kind }) => kind === 'pension-number')
        .map(({ strength }) => strength);
    expect(strengths('1234-567890')).toEqual(['weak']);
    expect(strengths('1234-567890 山田太郎')).toEqual(['likely']);
    expect(strengths('0467-221234 山田太郎')).toEqual(['weak']);
    expect(strengths('0467-221234 山田太郎 昭和30年3月4日生')).toEqual(['likely']);
  });
});

describe('pension numbers in cells', () => {
  const whole = role('whole');

  it.each<[Cell, string, string | null]>([
    ['1234-567890', '1234567890', 'certain'],
    ['１２３４－５６７８９０', '1234567890', 'certain'],
    ['1234567890', '1234567890', 'certain'],
    ['1234 567890', '1234567890', 'certain'],
    [' 1234-567890 ', '1234567890', 'certain'],
    ['1234-567890-1150', '1234567890', 'certain'],
    ['1 2 3 4 5 6 7 8 9 0', '1234567890', 'certain'],
    ['1234-567890（本人）', '1234567890', 'certain'],
    [number(1234567890), '1234567890', 'certain'],
    [number(123456789), '0123456789', 'likely'],
    ['123456789', '0123456789', 'likely'],
    [number(123456789, '0123-456789'), '0123456789', 'likely'],
    ['0123456789', '0123456789', 'certain'],
    ['1.100123456E+09', '1100123456', 'certain'],
    ['1.23456789E+08', '0123456789', 'likely'],
    ['1.234567890E+08', '0123456789', 'likely'],
    ['1100123456.0', '1100123456', 'certain'],
    ['3,116,302,511', '3116302511', 'certain'],
  ])('reads %o under its header', (cell, normal, strength) => {
    expect(whole.cell(cell, true)).toBe(strength);
    expect(whole.normal(cell)).toBe(normal);
  });

  it.each<[Cell]>([
    [''],
    ['該当なし'],
    ['9999-999999'],
    ['1234-567890-1'],
    ['12345678'],
    ['12345678901'],
    ['03-1234-5678'],
    ['1.1E+09'],
    ['1100123456.5'],
    ['1,100,12,3456'],
    [number(12345678)],
    [number(1234567890.5)],
    [{ text: '2015-03-23', value: 1_234_567_890, isDate: true }],
  ])('refuses %o even under its header', (cell) => {
    expect(whole.cell(cell, true)).toBeNull();
  });

  it('judges a cell without a header by its hyphen', () => {
    expect(whole.cell('1234-567890', false)).toBe('likely');
    expect(whole.cell('0467-221234', false)).toBe('weak');
    expect(whole.cell('1234567890', false)).toBe('weak');
    expect(whole.cell(number(123456789), false)).toBeNull();
    expect(whole.cell('123456789', false)).toBeNull();
  });

  it('reads split columns and puts lost zeros back', () => {
    expect(role('office').normal(number(123))).toBe('0123');
    expect(role('serial').normal(number(7890))).toBe('007890');
    expect(role('office').cell('1234', true)).toBe('likely');
    expect(role('serial').cell('567890', true)).toBe('likely');
    expect(role('office').cell('12345', true)).toBeNull();
    expect(role('digit').cell('７', false)).toBe('weak');
  });

  it.each([
    ['基礎年金番号', 'whole'],
    ['基礎\n年金番号', 'whole'],
    ['年金番号', 'whole'],
    ['基年番', 'whole'],
    ['基礎年金番号（10桁）', 'whole'],
    ['本人の基礎年金番号', 'whole'],
    ['配偶者 基礎年金番号', 'whole'],
    ['Pension No.', 'whole'],
    ['① 基礎年金番号：', 'whole'],
    ['課所符号', 'office'],
    ['基礎年金番号　一連番号', 'serial'],
  ])('knows the label %s', (label, part) => {
    expect(role(part).labels.some((pattern) => pattern.test(foldLabel(label)))).toBe(true);
  });

  it.each(['電話番号', '口座番号', '番号', '雇用保険被保険者番号', '年金額', '郵便番号', '年金の種類', '受付番号'])(
    'leaves the label %s',
    (label) => {
      expect(detector.roles.filter((one) => one.labels.some((pattern) => pattern.test(foldLabel(label))))).toEqual([]);
    },
  );
});
