import { describe, expect, it } from 'vitest';
import { Cp932 } from '../../src/report/cp932.js';

function encode(text: string): { bytes: Buffer; back: string; replaced: number } {
  const encoder = new Cp932();
  const bytes = Buffer.concat([...encoder.encode([text])]);
  return { bytes, back: new TextDecoder('shift_jis').decode(bytes), replaced: encoder.replaced };
}

describe('text as CP932', () => {
  it.each(['名簿.xlsx', 'ﾊﾝｶｸ', '髙﨑①㈱Ⅳⅳ', '～－∥￠￡￢', '\\ ~ "a"\r\n', '表能ソ', '\ue000'])('%j comes back as it was', (text) => {
    expect(encode(text)).toMatchObject({ back: text, replaced: 0 });
  });

  it('writes of doubles the one that Windows writes', () => {
    // Microsoft KB 170559: ∵ 81E6 (not 879A), ㈱ 878A (not FA58), ¬ 81CA, 髙 FBFC (not EEE0), ⅰ FA40 (not EEEF), Ⅰ 8754 (not FA4A).
    expect(encode('∵㈱￢髙ⅰⅠ').bytes.toString('hex')).toBe('81e6878a81cafbfcfa408754');
  });

  it.each([
    ['𠮷田.xlsx', '\\u{20bb7}田.xlsx', 1],
    ['😀', '\\u{1f600}', 1],
    ['10\u301c12', '10～12', 1],
    ['\u22121', '－1', 1],
    ['ガパ'.normalize('NFD'), 'ガパ', 2],
    ['é', '\\u{e9}', 1],
    ['é'.normalize('NFD'), 'e\\u{301}', 1],
    ['\u00a5100', '\\u{a5}100', 1],
    ['café\u{20bb7}', 'caf\\u{e9}\\u{20bb7}', 2],
  ])('%j is written %j', (text, shown, replaced) => {
    expect(encode(text)).toMatchObject({ back: shown, replaced });
  });

  it('leaves the byte order mark away, at the start alone', () => {
    expect(encode('\ufeffa')).toMatchObject({ back: 'a', replaced: 0 });
    expect(encode('a\ufeff')).toMatchObject({ back: 'a\\u{feff}', replaced: 1 });
  });

  it('holds much that it does not have', () => {
    const { back, replaced } = encode('\u{10ffff}'.repeat(10_000));
    expect([replaced, back.length]).toEqual([10_000, 100_000]);
  });
});
