/**
 * The rule behind the tables of cases: whatever notation the rules give for a value, a cell under its label is read as that value. Values and
 * notations are drawn by a fixed seed; a failure prints the smallest case that shows it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../detectors/contract.js';
import { AS_OF, testDetectors } from '../kit/detectors.js';

fc.configureGlobal({ seed: 20_150_601, numRuns: 2_000 });

const detectors = testDetectors();
const roleOf = (kind: string, part: string): Role =>
  detectors.list.find((detector) => detector.kind === kind)!.roles.find((role) => role.part === part)!;

const wide = (text: string) =>
  text.replace(/[0-9A-Z.\-/ ]/g, (unit) => (unit === ' ' ? '　' : String.fromCharCode(unit.charCodeAt(0) + 0xfee0)));
const two = (number: number) => String(number).padStart(2, '0');
const KANJI = '〇一二三四五六七八九';
/** 三十, as dates up to 99 are written. */
function kanjiNumber(number: number): string {
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? KANJI[tens] : ''}${tens > 0 ? '十' : ''}${number % 10 > 0 ? KANJI[number % 10] : ''}`;
}
const kanjiDigits = (number: number) => [...String(number)].map((digit) => KANJI[Number(digit)]).join('');

// DOMAIN: the first day of each era, its name, one letter of it, its letter in Latin, the code of pension forms and the sign of one character.
const ERAS = [
  { from: '2019-05-01', name: '令和', short: '令', letter: 'R', code: 9, sign: '㋿' },
  { from: '1989-01-08', name: '平成', short: '平', letter: 'H', code: 7, sign: '㍻' },
  { from: '1926-12-25', name: '昭和', short: '昭', letter: 'S', code: 5, sign: '㍼' },
  { from: '1912-07-30', name: '大正', short: '大', letter: 'T', code: 3, sign: '㍽' },
] as const;

interface Day {
  readonly iso: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly era: (typeof ERAS)[number];
  readonly eraYear: number;
}

/** Days on which somebody who lives on the day of judgement may have been born. */
const days = fc
  .date({ min: new Date('1912-07-30'), max: new Date(Date.UTC(AS_OF.year, AS_OF.month - 1, AS_OF.day)), noInvalidDate: true })
  .map((date): Day => {
    const iso = date.toISOString().slice(0, 10);
    const era = ERAS.find(({ from }) => iso >= from)!;
    const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
    return { iso, year, month, day, era, eraYear: year - Number(era.from.slice(0, 4)) + 1 };
  });

const DATE_NOTATIONS: Record<string, (day: Day) => string> = {
  'western in kanji marks': ({ year, month, day }) => `${year}年${month}月${day}日`,
  'western padded': ({ year, month, day }) => `${year}年${two(month)}月${two(day)}日`,
  'western spaced': ({ year, month, day }) => `${year} 年 ${month} 月 ${day} 日`,
  slashes: ({ year, month, day }) => `${year}/${month}/${day}`,
  dots: ({ year, month, day }) => `${year}.${two(month)}.${two(day)}`,
  iso: ({ iso }) => iso,
  'with a time': ({ iso }) => `${iso} 00:00:00`,
  'eight digits': ({ iso }) => iso.replaceAll('-', ''),
  'western in kanji numerals': ({ year, month, day }) => `${kanjiDigits(year)}年${kanjiNumber(month)}月${kanjiNumber(day)}日`,
  era: ({ era, eraYear, month, day }) => `${era.name}${eraYear === 1 ? '元' : eraYear}年${month}月${day}日`,
  'era in kanji numerals': ({ era, eraYear, month, day }) =>
    `${era.name}${eraYear === 1 ? '元' : kanjiNumber(eraYear)}年${kanjiNumber(month)}月${kanjiNumber(day)}日`,
  'era spaced': ({ era, eraYear, month, day }) => `${era.name} ${eraYear}年 ${month}月 ${day}日`,
  'one letter of the era': ({ era, eraYear, month, day }) => `${era.short}${two(eraYear)}.${two(month)}.${two(day)}`,
  'sign of the era': ({ era, eraYear, month, day }) => `${era.sign}${eraYear}年${month}月${day}日`,
  'Latin letter': ({ era, eraYear, month, day }) => `${era.letter}${eraYear}.${month}.${day}`,
  'small Latin letter': ({ era, eraYear, month, day }) => `${era.letter.toLowerCase()}${eraYear}/${month}/${day}`,
  'Latin letter, six digits': ({ era, eraYear, month, day }) => `${era.letter}${two(eraYear)}${two(month)}${two(day)}`,
  'era, six digits': ({ era, eraYear, month, day }) => `${era.name}${two(eraYear)}${two(month)}${two(day)}`,
  'code of pension forms': ({ era, eraYear, month, day }) => `${era.code}-${two(eraYear)}-${two(month)}-${two(day)}`,
  'code, seven digits': ({ era, eraYear, month, day }) => `${era.code}${two(eraYear)}${two(month)}${two(day)}`,
  'code, hyphen, six digits': ({ era, eraYear, month, day }) => `${era.code}-${two(eraYear)}${two(month)}${two(day)}`,
  'both reckonings': ({ era, eraYear, year, month, day }) => `${era.name}${eraYear}年(${year}年)${month}月${day}日`,
  'with 生': ({ year, month, day }) => `${year}年${month}月${day}日生`,
};

describe('any date in any notation', () => {
  const role = roleOf('birthdate', 'whole');
  it.each(Object.entries(DATE_NOTATIONS))('%s, in half and in full width', (_name, write) => {
    fc.assert(
      fc.property(days, fc.boolean(), (day, isWide) => {
        const cell = isWide ? wide(write(day)) : write(day);
        expect(role.cell(cell, true), cell).toMatch(/^(?:certain|likely)$/);
        expect(role.normal(cell), cell).toBe(day.iso);
      }),
    );
  });
});

describe('any pension number in any notation', () => {
  const role = roleOf('pension-number', 'whole');
  const HYPHENS = [...'-‐‑‒–—―−－ー', ' ', '　', ''];
  /** Ten digits that no form was printed with. */
  const numbers = fc
    .tuple(fc.integer({ min: 101, max: 9_998 }), fc.integer({ min: 1, max: 999_998 }))
    .map(([office, serial]) => [String(office).padStart(4, '0'), String(serial).padStart(6, '0')] as const)
    .filter(([office, serial]) => !/^(\d)\1{9}$/.test(office + serial));

  it('with every hyphen, space or none, in half and in full width', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom(...HYPHENS), fc.boolean(), ([office, serial], hyphen, isWide) => {
        const plain = `${office}${hyphen}${serial}`;
        const cell = isWide ? wide(plain) : plain;
        expect(role.cell(cell, true), cell).toMatch(/^(?:certain|likely)$/);
        expect(role.normal(cell), cell).toBe(office + serial);
      }),
    );
  });

  it('as a number that lost its leading zeros', () => {
    fc.assert(
      fc.property(numbers, ([office, serial]) => {
        const value = Number(office + serial);
        const cell = { text: String(value), value, isDate: false };
        expect(role.cell(cell, true), cell.text).toMatch(/^(?:certain|likely)$/);
        expect(role.normal(cell), cell.text).toBe(office + serial);
      }),
    );
  });
});

describe('any address in any notation', () => {
  const role = roleOf('address', 'whole');
  const PLACES = [
    '東京都杉並区高井戸西',
    '北海道札幌市中央区北一条西',
    '三重県津市一身田上津部田',
    '京都府京都市左京区吉田本町',
    '千葉県八千代市大和田',
    '沖縄県那覇市泉崎',
  ];
  const block = fc.integer({ min: 1, max: 40 });
  const NUMBERS: Record<string, (a: number, b: number, c: number) => string> = {
    hyphens: (a, b, c) => `${a}-${b}-${c}`,
    '丁目 and hyphens': (a, b, c) => `${a}丁目${b}-${c}`,
    丁目番号: (a, b, c) => `${a}丁目${b}番${c}号`,
    丁目番地の: (a, b, c) => `${a}丁目${b}番地の${c}`,
    'kanji 丁目': (a, b, c) => `${kanjiNumber(a)}丁目${b}番${c}号`,
    番地: (a, b) => `${a * 40 + b}番地`,
    の: (a, b) => `${a}の${b}`,
  };

  it.each(Object.entries(NUMBERS))('%s: equal however wide, with or without prefecture, found in text as well', (_name, write) => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), block, block, block, fc.boolean(), (place, a, b, c, isWide) => {
        const plain = place + write(a, b, c);
        const cell = isWide ? wide(plain) : plain;
        expect(role.cell(cell, true), cell).toMatch(/^(?:certain|likely)$/);
        expect(role.normal(cell), cell).toBe(role.normal(plain));
        const found = detectors.find(`届出の際の場所は${cell}。`).filter(({ kind }) => kind === 'address');
        expect(
          found.map(({ start, end }) => `届出の際の場所は${cell}。`.slice(start, end)),
          cell,
        ).toEqual([cell]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('any name in any notation', () => {
  const whole = roleOf('name', 'whole');
  const FAMILIES = ['山田', '佐々木', '髙橋', '五十嵐', '東', '長谷川', '𠮷田', '渡邉'];
  const GIVENS = ['太郎', '花子', '一', '奈々子', '誠', '由紀'];
  const SPACES = ['', ' ', '　'];
  const AFTER = ['', '様', ' 様', '殿', '　殿', '（本人）'];

  it('with and without a space, an honorific or a note behind it', () => {
    const keyOf = (text: string) => whole.normal(text);
    fc.assert(
      fc.property(
        fc.constantFrom(...FAMILIES),
        fc.constantFrom(...GIVENS),
        fc.constantFrom(...SPACES),
        fc.constantFrom(...AFTER),
        (family, given, space, after) => {
          const cell = `${family}${space}${given}${after}`;
          expect(whole.cell(cell, true), cell).toMatch(/^(?:certain|likely)$/);
          expect(keyOf(cell), cell).toBe(keyOf(family + given));
        },
      ),
    );
  });
});
