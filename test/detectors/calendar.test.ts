import { describe, expect, it } from 'vitest';
import { ageOn, eraDate, eraOf, isDate, isoDate, readNumeral, serialDate } from '../../detectors/calendar.js';

describe('the calendar', () => {
  it.each([
    ['M', 1, 1, 25, '1868-01-25'],
    ['M', 45, 7, 30, '1912-07-30'],
    ['T', 1, 7, 30, '1912-07-30'],
    ['T', 15, 12, 25, '1926-12-25'],
    ['S', 1, 12, 25, '1926-12-25'],
    ['S', 64, 1, 7, '1989-01-07'],
    ['H', 1, 1, 8, '1989-01-08'],
    ['H', 31, 4, 30, '2019-04-30'],
    ['R', 1, 5, 1, '2019-05-01'],
  ] as const)('%s%i-%i-%i is %s', (era, year, month, day, iso) => {
    expect(isoDate(eraDate(era, year, month, day)!)).toBe(iso);
  });

  it.each([
    ['M', 1, 1, 24],
    ['T', 1, 7, 29],
    ['S', 1, 12, 24],
    ['S', 64, 1, 8],
    ['S', 65, 1, 1],
    ['H', 1, 1, 7],
    ['R', 1, 4, 30],
    ['S', 30, 2, 30],
    ['S', 0, 1, 1],
  ] as const)('%s%i-%i-%i is no date', (era, year, month, day) => {
    expect(eraDate(era, year, month, day)).toBeNull();
  });

  it('knows eras by word, letter, ligature and form code', () => {
    expect(['昭和', '昭', 'S', 's', '㍼', '5'].map(eraOf)).toEqual(['S', 'S', 'S', 'S', 'S', 'S']);
    expect(['2', 'X', '年'].map(eraOf)).toEqual([null, null, null]);
  });

  it('counts leap days as the Gregorian calendar does', () => {
    expect([isDate(2000, 2, 29), isDate(1900, 2, 29), isDate(2024, 2, 29), isDate(2023, 2, 29)]).toEqual([true, false, true, false]);
  });

  it('reads serial numbers of the 1900 system', () => {
    expect([61, 5_480, 20_152, 36_526, 46_350].map((serial) => isoDate(serialDate(serial)!))).toEqual([
      '1900-03-01',
      '1915-01-01',
      '1955-03-04',
      '2000-01-01',
      '2026-11-24',
    ]);
    expect(serialDate(20_152.75)).toEqual({ year: 1955, month: 3, day: 4 });
    expect([serialDate(0), serialDate(-5), serialDate(Number.NaN), serialDate(1e9)]).toEqual([null, null, null, null]);
  });

  it('agrees with the engine on every serial day', () => {
    for (let serial = 61; serial < 50_000; serial += 7) {
      expect(isoDate(serialDate(serial)!)).toBe(new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10));
    }
  });

  it.each([
    ['三十', 30],
    ['三', 3],
    ['十', 10],
    ['十二', 12],
    ['二十一', 21],
    ['二〇〇九', 2009],
    ['一九五五', 1955],
    ['元', 1],
    ['30', 30],
    ['千二百三十四', 1234],
    ['山', -1],
    ['', -1],
  ])('%s says %i', (text, number) => {
    expect(readNumeral(text)).toBe(number);
  });

  it('counts full years', () => {
    const asOf = { year: 2026, month: 11, day: 21 };
    expect([
      ageOn({ year: 1955, month: 11, day: 21 }, asOf),
      ageOn({ year: 1955, month: 11, day: 22 }, asOf),
      ageOn({ year: 2027, month: 1, day: 1 }, asOf),
    ]).toEqual([71, 70, -1]);
  });
});
