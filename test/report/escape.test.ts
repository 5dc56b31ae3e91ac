import { describe, expect, it } from 'vitest';
import { showJson, showText } from '../../src/report/escape.js';

describe('showText', () => {
  it.each([
    ['a\u001b[2Jb', 'a\\u{1b}[2Jb'],
    ['a\nb\r\tc', 'a\\u{a}b\\u{d}\\u{9}c'],
    ['x\u202etxt.exe', 'x\\u{202e}txt.exe'],
    ['\u2066a\u2069\u200e\u200f\u061c', '\\u{2066}a\\u{2069}\\u{200e}\\u{200f}\\u{61c}'],
    ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    ['\u0085\u009b\u007f', '\\u{85}\\u{9b}\\u{7f}'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['\ud842.txt', '\\u{d842}.txt'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\\u{202e}', '\\u{5c}u{202e}'],
    ['山田 太郎　𠮷😀\u{1f468}\u200d\u{1f469}', '山田 太郎　𠮷😀\u{1f468}\u200d\u{1f469}'],
    ['C:\\users\\x', 'C:\\users\\x'],
  ])('shows %j as %j', (text, shown) => {
    expect(showText(text)).toBe(shown);
  });
});

describe('showJson', () => {
  it('shows no unseen character and means the same', () => {
    const value = { name: 'a\u202eb\u009b\u{e0041}\u2028"\\\ud842' };
    const shown = showJson(JSON.stringify(value));
    expect(shown).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(shown)).toEqual(value);
  });
});
