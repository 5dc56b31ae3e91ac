import { describe, expect, it } from 'vitest';
import type { Kind } from '../../detectors/contract.js';
import { mask } from '../../src/scan/mask.js';

const CASES: readonly [Kind, string, string][] = [
  ['pension-number', '1234-567890', '＊＊＊＊-＊＊＊＊90'],
  ['pension-number', '１２３４‐５６７８９０', '＊＊＊＊‐＊＊＊＊９０'],
  ['name', '架空　太郎', '架＊＊＊＊'],
  ['name', '𠮷田', '𠮷＊＊＊'],
  ['birthdate', '昭和30年3月4日', '昭和＊＊年＊月＊日'],
  ['birthdate', '1955/03/04', '＊＊＊＊/＊＊/＊＊'],
  ['birthdate', '昭和三十年三月四日', '昭和＊＊年＊月＊日'],
  ['address', '東京都千代田区架空町1-2-3', '東京都＊＊＊＊＊＊＊＊'],
  ['my-number', '123456789018', '＊＊＊＊＊＊＊＊＊＊18'],
  ['passport', 'TK1234567', '＊＊＊＊＊＊＊＊＊'],
  ['email', 'taro@example.jp', 't＊＊＊＊＊＊＊＊'],
];

describe('mask', () => {
  it.each(CASES)('%s %s', (kind, value, masked) => {
    expect(mask(kind, value)).toBe(masked);
  });

  it('never leaves a whole value, nor most of it', () => {
    for (const [kind, value, masked] of CASES) {
      expect(mask(kind, value)).not.toContain(value);
      const kept = [...value].filter(
        (char, i) => !'昭和年月日'.includes(char) && /[\p{L}\p{Nd}]/u.test(char) && [...masked][i] === char,
      ).length;
      expect(kept, kind).toBeLessThanOrEqual([...value].length / 2);
    }
  });

  it('shows nothing of a single character', () => {
    expect(mask('name', '林')).toBe('＊＊＊');
  });
});
