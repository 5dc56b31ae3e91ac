import { describe, expect, it } from 'vitest';
import { builtInCode, createNumberFormat, FormattedNumber, GENERAL } from '../../src/extract/number-format.js';
import { dateText, serialOfIso } from '../../src/extract/serial-date.js';

const NUMBERS: readonly [string, number, string][] = [
  ['General', 1234567890, '1234567890'],
  ['General', 123456789012, '123456789012'],
  ['General', 0.1 + 0.2, '0.3'],
  ['@', 5, '5'],
  ['0000000000', 123456789, '0123456789'],
  ['0000-000000', 123456789, '0123-456789'],
  ['0000\\-000000', 1234567890, '1234-567890'],
  ['000-0000', 600001, '060-0001'],
  ['[<=999]000;[<=9999]000-00;000-0000', 1000001, '100-0001'],
  ['[<=999]000;[<=9999]000-00;000-0000', 12, '012'],
  ['[<=99999999]####-####;\\(00\\)\\ ####-####', 312345678, '(03) 1234-5678'],
  ['#,##0', 1234567890, '1,234,567,890'],
  ['#,##0;[Red]-#,##0', -1234, '-1,234'],
  ['#,##0_);(#,##0)', -1234567, '(1,234,567)'],
  ['0.00', 2.5, '2.50'],
  ['0.0#', 2.5, '2.5'],
  ['#', 0, ''],
  ['0%', 0.256, '26%'],
  ['"No."0000', 12, 'No.0012'],
  ['0"人"', 7, '7人'],
  ['[$¥-411]#,##0', 5000, '¥5,000'],
  ['#,##0,', 1234567, '1,235'],
  ['0.00E+00', 12345, '12345'],
  ['# ?/?', 0.5, '0.5'],
  [';;;', 77, '77'],
  ['0000', -5, '-0005'],
];

const DATES: readonly string[] = [
  'yyyy/m/d',
  '[$-411]ggge"年"m"月"d"日";@',
  '[$-411]ge.m.d',
  'm/d',
  'yyyy"年"m"月"',
  '[Red]yyyy\\-mm\\-dd',
  'd-mmm-yy',
  '[$-F800]dddd, mmmm dd, yyyy',
  'aaa',
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58].map(builtInCode),
];

describe('createNumberFormat', () => {
  it.each(NUMBERS)('%s shows %d as %j', (code, value, expected) => {
    const format = createNumberFormat(code, false);
    expect(format.text(value)).toBe(expected);
    expect(format.isDate).toBe(false);
  });

  it.each(DATES)('%s shows a date', (code) => {
    const format = createNumberFormat(code, false);
    expect(format.isDate).toBe(true);
    expect(format.text(20152)).toBe('1955-03-04');
  });

  it('tells times from dates', () => {
    for (const code of [
      'h:mm',
      'hh:mm:ss',
      '[h]:mm:ss',
      'mm:ss.0',
      'h"時"mm"分"',
      ...[18, 19, 20, 21, 32, 33, 45, 46, 47].map(builtInCode),
    ]) {
      const format = createNumberFormat(code, false);
      expect([code, format.isDate, format.text(0.75)]).toEqual([code, false, '18:00:00']);
    }
    expect(createNumberFormat('yyyy/m/d h:mm', false).text(42086.5)).toBe('2015-03-23 12:00:00');
  });

  it('is not led astray by letters in quotes, escapes, brackets and colours', () => {
    for (const code of ['0"day"', '0\\d', '[Red]0', '[Magenta]0', '0_y', '0*d'])
      expect([code, createNumberFormat(code, false).isDate]).toEqual([code, false]);
  });

  it('survives codes without end', () => {
    for (const code of ['"', '\\', '[', '_', '*', ';;;;;;', '0'.repeat(2000), '#,'.repeat(400)]) {
      expect(createNumberFormat(code, false).text(12)).toMatch(/12|^$/);
    }
  });

  it('keeps the number behind the text', () => {
    const cell = new FormattedNumber(123456789, createNumberFormat('0000000000', false));
    expect([cell.value, cell.text, cell.isDate]).toEqual([123456789, '0123456789', false]);
    expect(new FormattedNumber(1, GENERAL).text).toBe('1');
  });
});

describe('dateText', () => {
  it.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [36526, false, '2000-01-01'],
    [36585, false, '2000-02-29'],
    [2958465, false, '9999-12-31'],
    [0, true, '1904-01-01'],
    [42086.999999, false, '2015-03-24'],
  ])('%d (1904: %s) is %s', (serial, is1904, expected) => expect(dateText(serial, is1904)).toBe(expected));

  it('gives up outside its range, and then the number shows', () => {
    expect([dateText(-1, false), dateText(2958466, false), dateText(Number.NaN, false)]).toEqual([null, null, null]);
    expect(createNumberFormat('yyyy/m/d', false).text(19550304)).toBe('19550304');
  });

  it('agrees with the serial of ISO dates over all days', () => {
    for (let serial = 61; serial < 73_000; serial += 7) expect(serialOfIso(dateText(serial, false) ?? '')).toBe(serial);
    expect(serialOfIso('not a date')).toBeNaN();
  });
});
