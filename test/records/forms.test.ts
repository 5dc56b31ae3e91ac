import { describe, expect, it } from 'vitest';
import type { Cell } from '../../detectors/contract.js';
import { collect, sheet } from './collect.js';
import { digitsOf, familyOf, givenOf, PEOPLE } from './people.js';

type Rows = readonly (readonly Cell[])[];

const [P1, P2, P3] = PEOPLE as [(typeof PEOPLE)[number], (typeof PEOPLE)[number], (typeof PEOPLE)[number]];
const form = (person: (typeof PEOPLE)[number]): Rows => [
  ['年金相談受付票', '', ''],
  ['受付番号', '12', '受付日', '平成27年5月27日'],
  ['基礎年金番号', '', person.number],
  ['フリガナ', '', person.kana],
  ['氏名', '', person.name],
  ['生年月日', '', person.birthdate],
  ['住所', '', person.address],
  ['', ''],
  ['相談内容', '', '氏名変更の届出'],
];

const FORMS: readonly { readonly name: string; readonly rows: Rows; readonly records: Record<string, number> }[] = [
  { name: 'a form', rows: form(P1), records: { four: 1 } },
  { name: 'stacked forms', rows: [...form(P1), [], [], ...form(P2), [], ...form(P3)], records: { four: 3 } },
  {
    name: 'stacked forms, one of them half empty',
    rows: [
      ...form(P1),
      [],
      ['年金相談受付票'],
      ['基礎年金番号', '', ''],
      ['氏名', '', P2.name],
      ['生年月日', '', P2.birthdate],
      [],
      ...form(P3),
    ],
    records: { four: 2, other: 1 },
  },
  {
    name: 'a form with two pairs a row',
    rows: [
      ['氏名', P1.name, '生年月日', P1.birthdate],
      ['住所', P1.address, '電話番号', '03-5555-0123'],
      ['基礎年金番号', P1.number],
    ],
    records: { four: 1 },
  },
  {
    name: 'a form with the value below the label',
    rows: [
      ['基礎年金番号', '氏名'],
      [P1.number, P1.name],
      ['生年月日', '住所'],
      [P1.birthdate, P1.address],
    ],
    records: { four: 1 },
  },
  {
    name: 'a form with one label below the other, values below',
    rows: [['氏名'], [P1.name], ['生年月日'], [P1.birthdate], ['住所'], [P1.address]],
    records: { other: 1 },
  },
  {
    name: 'a form with boxes for digits and date',
    rows: [
      ['基礎年金番号', ...digitsOf(P1)],
      ['氏名', familyOf(P1), givenOf(P1)],
      ['生年月日', '昭和', '30', '年', '3', '月', '4', '日'],
    ],
    records: { three: 1 },
  },
  {
    name: 'a form with a section for the spouse',
    rows: [
      ['氏名', P1.name],
      ['生年月日', P1.birthdate],
      ['基礎年金番号', P1.number],
      ['【配偶者】'],
      ['氏名', P2.name],
      ['生年月日', P2.birthdate],
    ],
    records: { three: 1, other: 1 },
  },
  {
    name: 'labels and values in one cell each',
    rows: [[`基礎年金番号：${P1.number}`], [`氏名：${P1.name}`], [`生年月日：${P1.birthdate}`], [`住所：${P1.address}`]],
    records: { four: 1 },
  },
  {
    name: 'a person a cell',
    rows: [
      ['対象者（基礎年金番号　氏名　生年月日）'],
      ...PEOPLE.map((one, at) => [`${one.number}　${one.name.replace('　', '')}　S${30 + at * 4}.3.1${at}`]),
    ],
    records: { three: 6 },
  },
  {
    name: 'a person a cell of several lines',
    rows: PEOPLE.map((one) => [`氏名：${one.name}\n生年月日：${one.birthdate}\n基礎年金番号：${one.number}`]),
    records: { three: 6 },
  },
];

describe('forms and persons in one cell', () => {
  it.each(FORMS.map((form) => [form.name, form] as const))('%s', (_name, form) => {
    const got = collect([sheet(form.rows)]);
    expect(got.records).toEqual(form.records);
    expect(Object.values(got.persons).reduce((sum, one) => sum + one, 0)).toBe(
      Object.values(form.records).reduce((sum, one) => sum + one, 0),
    );
    expect(collect([sheet(form.rows)], false).records).toEqual(form.records);
  });
});
