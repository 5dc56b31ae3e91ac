import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/model.js';
import { collect, sheet, text } from './collect.js';
import { crowd, grouped, pad } from './crowd.js';

interface Case {
  readonly name: string;
  readonly blocks: readonly Block[];
  readonly records: Record<string, number>;
}

const MANY = crowd(60);
const TEN = MANY.slice(0, 10);
const FIVE = MANY.slice(0, 5);
const [P1, P2, P3] = MANY as [(typeof MANY)[number], (typeof MANY)[number], (typeof MANY)[number]];
const lines = (people: typeof MANY, line: (one: (typeof MANY)[number], at: number) => string) => text(people.map(line));
const wide = (digits: string) => digits.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

const DUMPS: readonly Case[] = [
  {
    name: 'four lines',
    blocks: [
      text([
        '1100123456 ﾔﾏﾀﾞ ﾀﾛｳ      5300304',
        '1100123457 ｻﾄｳ ﾊﾅｺ       5310304',
        '2100123458 ｽｽﾞｷ ｲﾁﾛｳ     5320304',
        '2100123459 ﾀﾅｶ ｼﾞﾛｳ      5330304',
      ]),
    ],
    records: { three: 4 },
  },
  { name: 'sixty lines', blocks: [lines(MANY, (one) => `${one.digits} ${pad(one.kana, 14)}${one.code}`)], records: { three: 60 } },
  { name: 'number and name glued', blocks: [lines(MANY, (one) => `${one.digits}${pad(one.kana, 14)}${one.code}`)], records: { three: 60 } },
  {
    name: 'number and date glued',
    blocks: [lines(MANY, (one) => `${one.digits}${one.code}${pad(one.kana, 14)}1`)],
    records: { three: 60 },
  },
  {
    name: 'dates as 5-30-03-04',
    blocks: [lines(MANY, (one) => `${one.digits} ${pad(one.kana, 14)}${grouped(one.code, '-')}`)],
    records: { three: 60 },
  },
  {
    name: 'dates as 5 30 03 04',
    blocks: [lines(MANY, (one) => `${one.digits} ${pad(one.kana, 14)}${grouped(one.code, ' ')}`)],
    records: { three: 60 },
  },
  {
    name: 'names without a blank inside',
    blocks: [lines(MANY, (one) => `${one.digits} ${pad(one.kana.replace(' ', ''), 14)}${one.code}`)],
    records: { three: 60 },
  },
  {
    name: 'everything glued, a digit behind the date',
    blocks: [lines(MANY, (one, at) => `${one.digits}${pad(one.kana.replace(' ', ''), 14)}${one.code}${1 + (at % 2)}`)],
    records: { three: 60 },
  },
  {
    name: 'fields before and behind',
    blocks: [lines(MANY, (one) => `01 ${one.digits} ${pad(one.kana, 20)}${one.code} 1 1040032 ${one.year}`)],
    records: { three: 60 },
  },
  {
    name: 'a field that is empty in some lines',
    blocks: [lines(MANY, (one, at) => `${one.digits} ${pad(one.kana, 20)}${at % 3 === 0 ? ' ' : 'M'} ${one.code}`)],
    records: { three: 60 },
  },
  {
    name: 'everything in full width',
    blocks: [lines(FIVE, (one) => `${wide(one.digits)}　${one.name}　${wide(one.code)}`)],
    records: { three: 5 },
  },
  { name: 'number and name alone', blocks: [lines(TEN, (one) => `${one.digits} ${one.kana}`)], records: { two: 10 } },
  { name: 'number and name alone in a CSV', blocks: [sheet(TEN.map((one) => [one.digits, one.kana]))], records: { two: 10 } },
];

const HEADED: readonly Case[] = [
  {
    name: 'fields below their labels',
    blocks: [
      text([
        '被保険者一覧',
        '',
        '基礎年金番号  氏名           生年月日',
        ...TEN.map((one) => `${pad(one.digits, 14)}${pad(one.spaced, 15)}${one.birthdate}`),
      ]),
    ],
    records: { three: 10 },
  },
  {
    name: 'a dump below its labels',
    blocks: [text(['基礎年金番号  氏名         生年月日', ...TEN.map((one) => `${pad(one.digits, 14)}${pad(one.kana, 13)}${one.code}`)])],
    records: { three: 10 },
  },
  {
    name: 'columns that touch',
    blocks: [
      text([
        '番号  氏名        生年月日        住所',
        ...TEN.map((one, at) => `${pad(`${at + 1}`, 6)}${pad(one.name, 12)}${pad(one.birthdate, 16)}${one.address}`),
      ]),
    ],
    records: { other: 10 },
  },
  {
    name: 'number and name',
    blocks: [text(['基礎年金番号  氏名', ...TEN.map((one) => `${pad(one.digits, 14)}${one.kana}`)])],
    records: { two: 10 },
  },
  {
    name: 'number and name, going on in the next block',
    blocks: [
      text(['基礎年金番号  氏名', ...FIVE.map((one) => `${pad(one.digits, 14)}${one.kana}`)]),
      text(
        TEN.slice(5).map((one) => `${pad(one.digits, 14)}${one.kana}`),
        { line: 7 },
      ),
    ],
    records: { two: 10 },
  },
  {
    name: 'labels with blanks inside, fields not below them',
    blocks: [
      text(['基礎年金番号　氏　名　　　　生　年　月　日', ...TEN.map((one) => `${one.number} ${pad(one.spaced, 14)}${one.birthdate}`)]),
    ],
    records: { three: 10 },
  },
  {
    name: 'a heading on each page',
    blocks: [
      text(
        TEN.flatMap((one, at) => [
          ...(at % 5 === 0 ? ['', `- ${at} -`, '番号          氏名           生年月日', '----------------------------'] : []),
          `${pad(one.number, 14)}${pad(one.spaced, 15)}${one.birthdate}`,
        ]),
      ),
    ],
    records: { three: 10 },
  },
  {
    name: 'boxes drawn around',
    blocks: [
      text([
        '┌──────┬────┬────┐',
        '│基礎年金番号│氏名│生年月日│',
        '├──────┼────┼────┤',
        ...FIVE.map((one) => `│${one.number}│${one.name}│${one.birthdate}│`),
        '└──────┴────┴────┘',
      ]),
    ],
    records: { three: 5 },
  },
  {
    name: 'bars between',
    blocks: [
      text(['基礎年金番号 | 氏名 | 生年月日', '---|---|---', ...FIVE.map((one) => `${one.number} | ${one.spaced} | ${one.birthdate}`)]),
    ],
    records: { three: 5 },
  },
  {
    name: 'a box of ASCII',
    blocks: [
      text([
        '+------+------+------+',
        '| 基礎年金番号 | 氏名 | 生年月日 |',
        '+------+------+------+',
        ...FIVE.map((one) => `| ${one.number} | ${one.spaced} | ${one.birthdate} |`),
        '+------+------+------+',
      ]),
    ],
    records: { three: 5 },
  },
  {
    name: 'a drawn form',
    blocks: [text([`│氏名　　　　│${P1.name}│`, `│生年月日　　│${P1.birthdate}│`, `│基礎年金番号│${P1.digits}│`])],
    records: { three: 1 },
  },
  {
    name: 'numbers like telephones below a label',
    blocks: [text(['│基礎年金番号│氏名│', ...[P1, P2, P3].map((one, at) => `│0137-42${at}001│${one.name}│`)])],
    records: { two: 3 },
  },
  {
    name: 'one column of numbers and names',
    blocks: [text(['基礎年金番号・氏名', ...[P1, P2, P3].map((one, at) => `0137-42${at}001 ${one.name}`)])],
    records: { two: 3 },
  },
];

const NEGATIVES: readonly Case[] = [
  {
    name: 'slips',
    blocks: [
      text(['伝票番号    担当者      受付日', ...MANY.map((one, at) => `${one.digits}  ${pad(one.spaced, 12)}2015/05/${10 + (at % 20)}`)]),
    ],
    records: {},
  },
  {
    name: 'staff with their date of hire',
    blocks: [
      text(['職員番号    氏名        採用年月日', ...MANY.map((one) => `${one.digits}  ${pad(one.spaced, 12)}${1960 + one.year}/04/01`)]),
    ],
    records: {},
  },
  {
    name: 'a log',
    blocks: [lines(MANY, (_, at) => `${1_790_000_000 + at * 37} INFO 給付バッチ 開始 5300304 件数=${at}`)],
    records: {},
  },
  {
    name: 'a listing of files',
    blocks: [lines(MANY, (_, at) => `-rw-r--r-- 1 yamada users ${1_234_567 + at * 991}  5 10 03:04 名簿_${at}.xlsx`)],
    records: {},
  },
  { name: 'telephones', blocks: [lines(TEN, (one, at) => `04672212${30 + at} ${one.kana}`)], records: {} },
  { name: 'accounts', blocks: [lines(TEN, (one, at) => `${1_234_000_000 + at} ${one.kana}  ${2_345_671 + at * 7}`)], records: {} },
  {
    name: 'receipts of a year',
    blocks: [lines(FIVE, (one, at) => `2021-00012${at} ${one.name} 令和3年4月1日`)],
    records: {},
  },
  {
    name: 'receipts of a year in a CSV',
    blocks: [sheet(FIVE.map((one, at) => [`2021-00012${at}`, one.name, `令和3年4月${at + 1}日`]))],
    records: {},
  },
  {
    name: 'what a form asks for',
    blocks: [text(['氏名　住所　生年月日', '上の欄に本人が記入し', '窓口に提出すること', '', '窓口　適用課'])],
    records: {},
  },
  {
    name: 'drawn lines without a person',
    blocks: [text(['│項目│金額│備考│', '│印刷製本費│12,000│山田印刷│', '│消耗品費│3,400│田中文具│'])],
    records: {},
  },
];

const check = ({ blocks, records }: Case) => {
  expect(collect(blocks).records).toEqual(records);
  expect(collect(blocks, false).records).toEqual(records);
};

describe('dumps of fixed width', () => it.each(DUMPS.map((one) => [one.name, one] as const))('%s', (_, one) => check(one)));
describe('tables in text', () => {
  it.each(HEADED.map((one) => [one.name, one] as const))('%s', (_, one) => check(one));

  it('tells the place in the line', () => {
    const got = collect([text(['記', '', '│基礎年金番号│氏名│', `│${P1.number}│${P1.name}│`, `│${P2.number}│${P2.name}│`])]);
    expect(got.findings.map((one) => [one.kind, one.where.line, one.value, one.why[0]])).toEqual([
      ['pension-number', 4, P1.number, 'column:基礎年金番号'],
      ['name', 4, P1.name, 'column:氏名'],
      ['pension-number', 5, P2.number, 'column:基礎年金番号'],
      ['name', 5, P2.name, 'column:氏名'],
    ]);
  });

  it('takes time that grows with the lines alone', () => {
    const timeOf = (count: number) => {
      const block = text(
        Array.from({ length: count }, (_, at) => (at % 2 === 0 ? '基礎年金番号  氏名  生年月日' : '│氏名│住所│ | 未記入 |')),
      );
      const from = performance.now();
      collect([block], false);
      return performance.now() - from;
    };
    timeOf(100);
    expect(timeOf(2_000)).toBeLessThan(timeOf(250) * 24 + 200);
  });
});
describe('lines that are none', () => it.each(NEGATIVES.map((one) => [one.name, one] as const))('%s', (_, one) => check(one)));
