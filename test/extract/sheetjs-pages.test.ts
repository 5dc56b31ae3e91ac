import { describe, expect, it } from 'vitest';
import { codePages } from '../../src/extract/sheetjs-pages.js';

const decode = (page: number, bytes: string | readonly number[]) =>
  codePages.utils.decode(page, typeof bytes === 'string' ? Buffer.from(bytes, 'hex') : bytes);

describe('code pages for the second reader of workbooks', () => {
  it('are those of Windows', () => {
    expect(decode(932, '8e5293638740878a')).toBe('山田①㈱');
    expect(decode(1252, '4196')).toBe('A–');
    expect(decode(1250, '5a61b3b9637a6e696b')).toBe('Załącznik');
    expect(decode(10000, '8d')).toBe('ç');
    expect(decode(1200, '715c3075')).toBe('山田');
  });

  it('take a list of codes, and a text of them, as well as bytes', () => {
    expect(decode(932, [0xb1, 0])).toBe('ｱ\0');
    expect(codePages.utils.decode(1252, 'a\x80')).toBe('a€');
  });

  it('come from the library where Node knows none or too little of one', () => {
    expect(decode(437, '80')).toBe('Ç');
    expect(decode(949, '8141')).toBe('갂');
  });
});
