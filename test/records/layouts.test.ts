import { describe, expect, it } from 'vitest';
import type { Cell } from '../../detectors/contract.js';
import { collect, sheet } from './collect.js';
import { datePartsOf, digitsOf, familyOf, givenOf, officeOf, PEOPLE, serialOf } from './people.js';

type Rows = readonly (readonly Cell[])[];
interface Layout {
  readonly name: string;
  readonly rows: Rows;
  readonly records: Record<string, number>;
  /** Distinct persons; the number of records when left out. */
  readonly persons?: number;
}

const four = (person: (typeof PEOPLE)[number]) => [person.number, person.name, person.birthdate, person.address];
const HEADER = ['基礎年金番号', '氏名', '生年月日', '住所'];
const [P1, P2, P3] = PEOPLE as [(typeof PEOPLE)[number], (typeof PEOPLE)[number], (typeof PEOPLE)[number]];
const LAYOUTS: readonly Layout[] = [
  { name: 'header in the first row', rows: [HEADER, ...PEOPLE.map(four)], records: { four: 6 } },
  { name: 'without addresses', rows: [HEADER.slice(0, 3), ...PEOPLE.map((one) => four(one).slice(0, 3))], records: { three: 6 } },
  { name: 'number and name', rows: [HEADER.slice(0, 2), ...PEOPLE.map((one) => four(one).slice(0, 2))], records: { two: 6 } },
  {
    name: 'number, name, address',
    rows: [['基礎年金番号', '氏名', '住所'], ...PEOPLE.map((one) => [one.number, one.name, one.address])],
    records: { other: 6 },
  },
  { name: 'name and birthdate', rows: [['氏名', '生年月日'], ...PEOPLE.map((one) => [one.name, one.birthdate])], records: { other: 6 } },
  { name: 'numbers alone', rows: [['基礎年金番号'], ...PEOPLE.map((one) => [digitsOf(one)])], records: { other: 6 } },
  {
    name: 'names alone do not count',
    rows: [['番号', '氏名', '所属'], ...PEOPLE.map((one, at) => [String(at), one.name, '年金課'])],
    records: {},
  },
  {
    name: 'below title rows',
    rows: [['対象者リスト（平成27年5月現在）'], ['', '', '', '徴収課'], HEADER, ...PEOPLE.map(four)],
    records: { four: 6 },
  },
  {
    name: 'header on row 7',
    rows: [['対象者名簿'], [], ['作成日', '平成27年5月22日'], ['作成者', '井上'], ['件数', '6'], [], HEADER, ...PEOPLE.map(four)],
    records: { four: 6 },
  },
  {
    name: 'two header rows with split columns',
    rows: [
      ['氏名', '', '基礎年金番号', '', '住所', '', '生年月日', '', '', ''],
      ['苗字', '名前', '', '', '都道府県', '市区町村番地', '元号', '年', '月', '日'],
      ...PEOPLE.map((one) => {
        const [prefecture, rest] = /^(東京都|北海道|大阪府|..県)(.+)$/.exec(one.address)!.slice(1) as [string, string];
        return [familyOf(one), givenOf(one), officeOf(one), serialOf(one), prefecture, rest, ...datePartsOf(one)];
      }),
    ],
    records: { four: 6 },
  },
  {
    name: 'one merged header cell over 4|6 and family|given',
    rows: [
      ['No', '基礎年金番号', '', '氏名', '', '生年月日'],
      ...PEOPLE.map((one, at) => [String(at + 1), officeOf(one), serialOf(one), familyOf(one), givenOf(one), one.birthdate]),
    ],
    records: { three: 6 },
  },
  {
    name: '4|6 as numbers that lost their zeros',
    rows: [
      ['課所符号', '一連番号', '氏名', '生年月日'],
      ...PEOPLE.slice(0, 3).map((one, at) => [
        { text: '123', value: 123, isDate: false },
        { text: `${at}5678`, value: at * 10_000 + 5678, isDate: false },
        one.name,
        one.birthdate,
      ]),
    ],
    records: { three: 3 },
  },
  {
    name: 'ten boxes of a digit each',
    rows: [['基礎年金番号', '', '', '', '', '', '', '', '', '', '氏名'], ...PEOPLE.map((one) => [...digitsOf(one), one.name])],
    records: { two: 6 },
  },
  {
    name: 'header repeated on each page',
    rows: [HEADER, ...PEOPLE.slice(0, 3).map(four), [], HEADER, ...PEOPLE.slice(3).map(four)],
    records: { four: 6 },
  },
  {
    name: 'subtotals, blank rows and notes in between',
    rows: [HEADER, four(P1), ['小計', '', '1件', ''], [], four(P2), ['合計', '', '2件'], [], ['※ 平成27年5月現在。取扱注意。']],
    records: { four: 2 },
  },
  {
    name: 'stacked tables with other columns',
    rows: [
      HEADER,
      ...PEOPLE.slice(0, 3).map(four),
      [],
      ['国民年金第３号'],
      ['氏名', '誕生日', '年金番号'],
      ...PEOPLE.slice(3).map((one) => [one.name, one.birthdate, one.number]),
    ],
    records: { four: 3, three: 3 },
  },
  {
    name: 'side by side with a gap',
    rows: [
      ['連番', '氏名', '基礎年金番号', '', '連番', '基礎年金番号', '氏名', '生年月日'],
      ...[0, 1, 2].map((at) => {
        const [one, other] = [PEOPLE[at]!, PEOPLE[at + 3]!];
        return [String(at), one.name, one.number, '', String(at), other.number, other.name, other.birthdate];
      }),
    ],
    records: { two: 3, three: 3 },
  },
  {
    name: 'side by side without a gap',
    rows: [
      ['氏名', '生年月日', '氏名', '生年月日'],
      [P1.name, P1.birthdate, P2.name, P2.birthdate],
      [P3.name, P3.birthdate, '', ''],
    ],
    records: { other: 3 },
  },
  {
    name: 'applicant and spouse in a row',
    rows: [
      ['基礎年金番号', '氏名', '生年月日', '住所', '配偶者氏名', '配偶者生年月日', '配偶者の基礎年金番号'],
      [...four(P1), P2.name, P2.birthdate, P2.number],
      [...four(P3), '', '', ''],
    ],
    records: { four: 2, three: 1 },
  },
  {
    name: 'groups 本人 and 配偶者 above the header',
    rows: [
      ['本人', '', '配偶者', ''],
      ['氏名', '生年月日', '氏名', '生年月日'],
      [P1.name, P1.birthdate, P2.name, P2.birthdate],
    ],
    records: { other: 2 },
  },
  {
    name: 'transposed: labels in the first column',
    rows: [
      ['氏名', ...PEOPLE.map((one) => one.name)],
      ['基礎年金番号', ...PEOPLE.map((one) => one.number)],
      ['生年月日', ...PEOPLE.map((one) => one.birthdate)],
      ['住所', ...PEOPLE.map((one) => one.address)],
    ],
    records: { four: 6 },
  },
  { name: 'no header', rows: PEOPLE.map(four), records: { four: 6 } },
  {
    name: 'no header, bare digits, kana, compact dates',
    rows: PEOPLE.map((one, at) => [digitsOf(one), one.kana, `19${40 + at * 7}0413`, one.address, String(at * 37)]),
    records: { four: 6 },
  },
  {
    name: 'no header, two columns of dates: the earlier is the birthdate',
    rows: PEOPLE.map((one, at) => [one.name, `20${14 + (at % 2)}/05/0${at + 1}`, one.birthdate]),
    records: { other: 6 },
  },
  {
    name: 'kana row under the name',
    rows: [HEADER, ...PEOPLE.flatMap((one) => [four(one), ['', one.kana, '', '']])],
    records: { four: 6 },
  },
  {
    name: 'kana row above, number beside the kana',
    rows: [
      HEADER,
      ...PEOPLE.flatMap((one) => [
        [one.number, one.kana, one.birthdate, one.address],
        ['', one.name, '', ''],
      ]),
    ],
    records: { four: 6 },
  },
  {
    name: 'address wrapped into the next row',
    rows: [
      HEADER,
      ...PEOPLE.flatMap((one) => [
        [one.number, one.name, one.birthdate, ''],
        ['', '', '', one.address],
      ]),
    ],
    records: { four: 6 },
  },
  {
    name: 'name, address and number with line breaks in their cells',
    rows: [
      ['基礎\n年金番号', '氏　名', '生 年 月 日', '住　　所'],
      ...PEOPLE.map((one) => [
        one.number,
        `${one.kana}\n${one.name}`,
        one.birthdate,
        `〒100-0001\n${one.address.slice(0, 9)}\n${one.address.slice(9)}`,
      ]),
    ],
    records: { four: 6 },
  },
  {
    name: 'a remark holds the number',
    rows: [
      ['氏名', '受付日', '備考'],
      [P1.name, '2015/05/01', `基礎年金番号${P1.number}について照会あり`],
      [P2.name, '2015/05/02', ''],
    ],
    records: { two: 1 },
  },
  {
    name: 'a remark tells of another person',
    rows: [
      ['基礎年金番号', '氏名', '備考'],
      [P1.number, P1.name, `基礎年金番号${P2.number}の${P2.name.replace('　', '')}さんと同居`],
    ],
    records: { two: 2 },
  },
  {
    name: 'the name column is called something else',
    rows: [['基礎年金番号', '連絡を要する方', '生年月日'], ...PEOPLE.map((one) => [one.number, one.name, one.birthdate])],
    records: { three: 6 },
  },
  {
    name: 'the same person twice',
    rows: [HEADER, four(P1), four(P2), four(P1)],
    records: { four: 3 },
    persons: 2,
  },
  {
    name: 'blank cells make their classes',
    rows: [HEADER, four(P1), [P2.number, P2.name, P2.birthdate, ''], [P3.number, P3.name, '', ''], ['', P3.name, P3.birthdate, '']],
    records: { four: 1, three: 1, two: 1, other: 1 },
  },
  {
    name: 'another date beside the birthdate',
    rows: [['氏名', '資格取得年月日', '生年月日'], ...PEOPLE.map((one) => [one.name, '平成10年6月2日', one.birthdate])],
    records: { other: 6 },
  },
  {
    name: 'a letter on a sheet: name and address in cells of their own',
    rows: [['山田 太郎 様'], [P1.address], ['お知らせ']],
    records: { other: 1 },
  },
  {
    name: 'my number, number and name of the family',
    rows: [
      ['個人番号', '氏名'],
      ['123456789018', P1.name],
    ],
    records: { other: 1 },
  },
];

const NEGATIVES: readonly { readonly name: string; readonly rows: Rows }[] = [
  {
    name: 'companies with their representative',
    rows: [
      ['事業所名', '所在地', '代表者'],
      ['三鷹産業株式会社', P1.address, P1.name],
      ['株式会社府中商会', P2.address, P2.name],
    ],
  },
  {
    name: 'companies with a contact',
    rows: [
      ['会社名', '住所', '担当者名', '電話番号'],
      ['三鷹産業株式会社', P1.address, P1.name, '03-5555-0123'],
    ],
  },
  {
    name: 'invoices that look like 4-6',
    rows: [
      ['請求書番号', '取引先', '住所', '金額'],
      ['2009-709925', '大興産業　株式会社', P1.address, '8,178'],
      ['2011-690222', '西条　税務署', P2.address, '2,637'],
    ],
  },
  { name: 'ten digits in a column of telephones', rows: [['氏名', '電話番号'], ...PEOPLE.map((one) => [one.name, digitsOf(one)])] },
  { name: 'a date that is no birthdate', rows: [['氏名', '受付日'], ...PEOPLE.map((one) => [one.name, one.birthdate])] },
  {
    name: 'year, month and day of a ledger',
    rows: [
      ['年', '月', '日', '担当者', '金額'],
      ['2015', '4', '1', P1.name, '300'],
      ['2015', '4', '2', P2.name, '400'],
    ],
  },
  {
    name: 'a rota of family names',
    rows: [
      ['日付', '曜日', '当番'],
      ['5月1日', '木', '篠原'],
      ['5月2日', '金', '田中'],
    ],
  },
  {
    name: 'an empty form',
    rows: [
      ['基礎年金番号', ''],
      ['氏名', ''],
      ['生年月日', '年　月　日'],
      ['住所', ''],
    ],
  },
  { name: 'an empty table', rows: [HEADER, ['', '', '', ''], ['', '', '', '']] },
];

describe('layouts of tables and forms', () => {
  it.each(LAYOUTS.map((layout) => [layout.name, layout] as const))('%s', (_name, layout) => {
    const got = collect([sheet(layout.rows)]);
    const persons = Object.values(got.persons).reduce((sum, one) => sum + one, 0);
    expect(got.records).toEqual(layout.records);
    expect(persons).toBe(layout.persons ?? Object.values(layout.records).reduce((sum, one) => sum + one, 0));
  });

  it.each(NEGATIVES.map((layout) => [layout.name, layout.rows] as const))('no record: %s', (_name, rows) => {
    expect(collect([sheet(rows)]).records).toEqual({});
  });

  it.each(LAYOUTS.map((layout) => [layout.name, layout] as const))('the same without examples: %s', (_name, layout) => {
    expect(collect([sheet(layout.rows)], false).records).toEqual(layout.records);
  });
});
