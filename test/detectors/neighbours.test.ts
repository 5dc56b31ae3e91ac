import { describe, expect, it } from 'vitest';
import type { Cell, Kind } from '../../detectors/contract.js';
import { foldLabel } from '../../detectors/fold.js';
import { myNumberDigit } from '../../detectors/my-number.js';
import { testDetector } from '../kit/detector-kit.js';
import { testDetectors } from '../kit/detectors.js';

const detectors = testDetectors();
const wholeOf = (kind: Kind) => detectors.list.find((one) => one.kind === kind)!.roles[0]!;

const CASES: readonly (readonly [Kind, readonly (readonly [string, string])[], readonly string[]])[] = [
  [
    'my-number',
    [
      ['個人番号 123456789018', '123456789018'],
      ['マイナンバー：1234 5678 9018', '1234 5678 9018'],
      ['個人番号（1234-5678-9018）', '1234-5678-9018'],
    ],
    [
      '123456789018',
      '個人番号 123456789012',
      '201503231015',
      '個人番号 12345678901',
      '免許証番号 123456789018',
      '個人番号 111111111111',
      '1234567890181',
    ],
  ],
  ['resident-code', [['住民票コード 12345678901', '12345678901']], ['09012345678', '12345678901', '住民票 123']],
  [
    'employment-insurance',
    [
      ['雇用保険被保険者番号 1234-567890-1', '1234-567890-1'],
      ['雇用保険番号：12345678901', '12345678901'],
    ],
    ['1234-567890', '1234-567890-12', '健康保険 1234-567890-1'],
  ],
  [
    'driving-licence',
    [
      ['運転免許証番号 301234567890', '301234567890'],
      ['免許証番号 第301234567890号', '301234567890'],
    ],
    ['301234567890', '口座 301234567890'],
  ],
  [
    'passport',
    [
      ['旅券番号 TK1234567', 'TK1234567'],
      ['パスポート番号: TZ 1234567', 'TZ 1234567'],
    ],
    ['TK1234567', '型番 AB1234567'],
  ],
  ['residence-card', [['在留カード番号 AB12345678CD', 'AB12345678CD']], ['AB12345678C', 'AB12345678CD', 'XAB12345678CD']],
  [
    'phone',
    [
      ['電話 03-1234-5678', '03-1234-5678'],
      ['090-1234-5678', '090-1234-5678'],
      ['TEL 0467-22-1234', '0467-22-1234'],
      ['(03)1234-5678', '(03)1234-5678'],
      ['0120-123-456', '0120-123-456'],
      ['電話番号 0312345678', '0312345678'],
      ['電話 0467-221234', '0467-221234'],
    ],
    ['0312345678', '1234-567890', '2015-03-23', '100-0013', '12-34-56'],
  ],
  [
    'email',
    [
      ['taro.yamada@example.co.jp', 'taro.yamada@example.co.jp'],
      ['メール: a_b+c@mail.example.com まで', 'a_b+c@mail.example.com'],
    ],
    ['@example', 'a@b', 'user@@example.com', '価格@100円'],
  ],
  [
    'bank-account',
    [
      ['口座番号 1234567', '1234567'],
      ['普通 7654321', '7654321'],
      ['ゆうちょ銀行 記号番号 12340-12345671', '12340-12345671'],
    ],
    ['1234567', '郵便番号 1234567'],
  ],
  [
    'health-insurance',
    [
      ['健康保険証 記号 1234 番号 567', '1234'],
      ['被保険者証の記号番号 12-345', '12-345'],
    ],
    ['保険料 12345 円', '健康保険法 第5条'],
  ],
];

describe.each(CASES)('%s', (kind, hits, misses) => {
  testDetector(detectors, {
    kind,
    hits: hits.map(([text, piece]) => ({ text, piece, wide: kind !== 'email' && kind !== 'phone' })),
    misses,
  });
});

describe('the check digit of individual numbers', () => {
  it('accepts exactly one digit for each eleven', () => {
    const role = wholeOf('my-number');
    for (let turn = 0; turn < 200; turn++) {
      const eleven = String(10_000_000_000 + turn * 123_456_789).slice(0, 11);
      const accepted = [...'0123456789'].filter((digit) => role.cell(eleven + digit, true) !== null);
      expect(accepted).toEqual([String(myNumberDigit(eleven))]);
    }
  });
  it('is never certain without context', () => {
    expect(wholeOf('my-number').cell('123456789018', false)).toBe('weak');
    expect(wholeOf('my-number').cell('123456789018', true)).toBe('certain');
  });
});

describe('columns', () => {
  it.each<[string, Kind]>([
    ['個人番号', 'my-number'],
    ['マイナンバー', 'my-number'],
    ['電話番号', 'phone'],
    ['携帯電話', 'phone'],
    ['TEL', 'phone'],
    ['FAX番号', 'phone'],
    ['メールアドレス', 'email'],
    ['E-mail', 'email'],
    ['口座番号', 'bank-account'],
    ['雇用保険被保険者番号', 'employment-insurance'],
    ['運転免許証番号', 'driving-licence'],
    ['旅券番号', 'passport'],
    ['在留カード番号', 'residence-card'],
    ['住民票コード', 'resident-code'],
    ['被保険者証記号番号', 'health-insurance'],
  ])('%s is %s and nothing else', (label, kind) => {
    const kinds = detectors.list
      .filter((one) => one.roles.some((role) => role.labels.some((pattern) => pattern.test(foldLabel(label)))))
      .map((one) => one.kind);
    expect(kinds).toEqual([kind]);
  });
  it('puts back a lost leading zero of a telephone number under its header', () => {
    const cell: Cell = { text: '312345678', value: 312_345_678, isDate: false };
    expect(wholeOf('phone').cell(cell, true)).not.toBeNull();
    expect(wholeOf('phone').normal(cell)).toBe('0312345678');
  });
});
