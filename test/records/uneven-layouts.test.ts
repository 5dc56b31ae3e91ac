import { describe, expect, it } from 'vitest';
import type { Cell } from '../../detectors/contract.js';
import type { Block } from '../../src/model.js';
import { collect, sheet, text } from './collect.js';
import { crowd, rowsOf } from './crowd.js';

type Rows = readonly (readonly Cell[])[];
interface Case {
  readonly name: string;
  readonly rows: Rows;
  readonly records: Record<string, number>;
  /** Distinct persons; the number of records when left out. */
  readonly persons?: number;
}

const TEN = crowd(10);
const FIVE = TEN.slice(0, 5);
const [P1, P2, P3] = TEN as [(typeof TEN)[number], (typeof TEN)[number], (typeof TEN)[number]];
const HEADINGS = [
  '項目,対象者1,対象者2,対象者3,対象者4,対象者5',
  '項目,甲,乙,丙,丁,戊',
  ',1,2,3,4,5',
  '続柄,本人,配偶者,長男,長女,父',
  '項目,被保険者A,被保険者B,被保険者C,被保険者D,被保険者E',
  '',
];

const ON_THEIR_SIDE: readonly Case[] = [
  {
    name: 'three people under headings',
    rows: rowsOf(
      '項目,対象者1,対象者2,対象者3\n氏名,山田太郎,佐藤花子,鈴木一郎\n生年月日,昭和30年3月4日,昭和31年3月4日,昭和32年3月4日\n基礎年金番号,1100-123456,1100-123457,2100-111111',
    ),
    records: { three: 3 },
  },
  ...HEADINGS.map((heading) => ({
    name: `five people under ${heading === '' ? 'nothing' : heading}`,
    rows: [
      heading.split(','),
      ['フリガナ', ...FIVE.map((one) => one.kana)],
      ['氏名', ...FIVE.map((one) => one.name)],
      ['生年月日', ...FIVE.map((one) => one.birthdate)],
      ['住所', ...FIVE.map((one) => one.address)],
      ['基礎年金番号', ...FIVE.map((one) => one.number)],
    ],
    records: { four: 5 },
  })),
];

const FOLDED: readonly Case[] = [
  {
    name: 'two people, the address below the name',
    rows: rowsOf(
      '氏名,生年月日\n住所,\n山田太郎,昭和30年3月4日\n東京都練馬区豊玉北1-12-1,\n佐藤花子,昭和31年3月4日\n東京都練馬区豊玉北1-12-2,',
    ),
    records: { other: 2 },
  },
  {
    name: 'ten people with number and telephone',
    rows: [
      ['基礎年金番号', '氏名', '生年月日'],
      ['住所', '', '電話番号'],
      ...TEN.flatMap((one) => [
        [one.number, one.name, one.birthdate],
        [one.address, '', '03-5555-0123'],
      ]),
    ],
    records: { four: 10 },
  },
  {
    name: 'many people, a blank row between, the header on each page',
    rows: crowd(60).flatMap((one, at) => [
      ...(at % 20 === 0
        ? [
            ['基礎年金番号', '氏名', '生年月日'],
            ['住所', '', '電話番号'],
          ]
        : []),
      [one.number, one.name, one.birthdate],
      [one.address, '', ''],
      [],
    ]),
    records: { four: 60 },
  },
  {
    name: 'one of them without the second row',
    rows: [
      ['氏名', '生年月日'],
      ['住所', ''],
      ...TEN.flatMap((one, at) => [[one.name, one.birthdate], ...(at === 4 ? [] : [[one.address, '']])]),
    ],
    records: { other: 10 },
  },
];

const SHARED: readonly Case[] = [
  {
    name: 'the head of a household over its members',
    rows: [
      ['世帯主', '家族氏名', '生年月日'],
      ['山田太郎', '山田太郎', '昭和30年3月4日'],
      ['', '山田花子', '昭和31年3月4日'],
      ['', '山田一郎', '昭和60年3月4日'],
    ],
    records: { other: 3 },
  },
  {
    name: 'an address over three people',
    rows: [
      ['氏名', '住所'],
      ['山田太郎', P1.address],
      ['山田花子', ''],
      ['山田一郎', ''],
    ],
    records: { other: 3 },
  },
  {
    name: 'an address left of three people each',
    rows: [['住所', '氏名'], ...TEN.slice(0, 9).map((one, at) => [at % 3 === 0 ? one.address : '', one.name])],
    records: { other: 9 },
  },
  {
    name: 'few addresses missing are missing',
    rows: [['氏名', '住所'], ...TEN.map((one, at) => [one.name, at === 4 ? '' : one.address])],
    records: { other: 9 },
  },
];

const TOGETHER: readonly Case[] = [
  {
    name: 'number and name',
    rows: [['基礎年金番号/氏名', '住所'], ...FIVE.map((one) => [`${one.number} ${one.name}`, one.address])],
    records: { other: 5 },
  },
  {
    name: 'number and name on two lines',
    rows: [['基礎年金番号\n氏名', '住所'], ...FIVE.map((one) => [`${one.number}\n${one.spaced}`, one.address])],
    records: { other: 5 },
  },
  {
    name: 'name and birthdate in brackets',
    rows: [['基礎年金番号', '氏名（生年月日）'], ...FIVE.map((one) => [one.number, `${one.spaced}（${one.birthdate}）`])],
    records: { three: 5 },
  },
  {
    name: 'name and birthdate in brackets on two lines',
    rows: [['基礎年金番号', '氏名\n（生年月日）'], ...FIVE.map((one) => [one.number, `${one.spaced}\n（${one.birthdate}）`])],
    records: { three: 5 },
  },
  {
    name: 'name and birthdate with a dot between',
    rows: [['氏名・生年月日', '基礎年金番号'], ...FIVE.map((one) => [`${one.name}・${one.birthdate}`, one.number])],
    records: { three: 5 },
  },
  {
    name: 'all four',
    rows: [
      ['基礎年金番号・氏名・生年月日・住所'],
      ...FIVE.map((one) => [`${one.number}　${one.spaced}　${one.birthdate}　${one.address}`]),
    ],
    records: { four: 5 },
  },
  {
    name: 'one label over a column each',
    rows: [['基礎年金番号・氏名', ''], ...FIVE.map((one) => [one.number, one.name])],
    records: { two: 5 },
  },
  { name: 'in a form', rows: [['氏名（生年月日）', `${P1.spaced}（${P1.birthdate}）`]], records: { other: 1 } },
  {
    name: 'a name with others who are not named',
    rows: [['氏名', '住所'], ...FIVE.map((one, at) => [`${one.spaced} 他${at + 1}名`, one.address])],
    records: { other: 5 },
  },
];

const twoRows = (second: readonly string[]): Rows => [
  ['氏名', '生年月日', ...second.slice(2).map(() => '')],
  ['', ...second.slice(1)],
];
const DATES: readonly Case[] = [
  {
    name: 'western year, month and day',
    rows: [...twoRows(['', '年', '月', '日']), ...FIVE.map((one) => [one.name, `${1925 + one.year}`, `${one.month}`, `${one.day}`])],
    records: { other: 5 },
  },
  {
    name: 'year of an era, month and day',
    rows: [...twoRows(['', '年', '月', '日']), ...FIVE.map((one) => [one.name, `昭和${one.year}`, `${one.month}`, `${one.day}`])],
    records: { other: 5 },
  },
  {
    name: 'era with its code, year, month and day',
    rows: [
      ...twoRows(['', '元号', '年', '月', '日']),
      ...FIVE.map((one) => [one.name, '5.昭和', `${one.year}`, `${one.month}`, `${one.day}`]),
    ],
    records: { other: 5 },
  },
  { name: 'a form with the era and its code', rows: rowsOf('氏名,山田太郎\n生年月日,5.昭和,30,年,3,月,4,日'), records: { other: 1 } },
  {
    name: 'a form with all eras, one of them circled',
    rows: rowsOf('氏名,山田太郎\n生年月日,1明 3大 ⑤昭 7平,30,年,3,月,4,日,性別,男'),
    records: { other: 1 },
  },
  { name: 'a form with all eras, none marked', rows: rowsOf('氏名,山田太郎\n生年月日,1明 3大 5昭 7平,30,年,3,月,4,日'), records: {} },
  { name: 'a form with boxes without units', rows: rowsOf('氏名,山田太郎\n生年月日,昭和,30,3,4'), records: { other: 1 } },
];

const PLACES: readonly Case[] = [
  {
    name: 'where a person can be reached',
    rows: [['氏名', '連絡先住所'], ...FIVE.map((one) => [one.name, one.address])],
    records: { other: 5 },
  },
  { name: 'the same in a form', rows: rowsOf(`氏名,山田太郎\n連絡先住所,${P1.address}`), records: { other: 1 } },
  {
    name: 'where another can be reached',
    rows: [
      ['氏名', '生年月日', '連絡先氏名', '連絡先住所'],
      ...FIVE.map((one, at) => [one.name, one.birthdate, TEN[at + 5]!.name, TEN[at + 5]!.address]),
    ],
    records: { other: 10 },
  },
  {
    name: 'whom to call in an emergency is another',
    rows: [['氏名', '緊急連絡先住所'], ...FIVE.map((one) => [one.name, one.address])],
    records: {},
  },
  {
    name: 'companies and who speaks for them',
    rows: [
      ['事業所名', '所在地', '代表者名'],
      ...[P1, P2, P3].map((one) => [`${one.name.slice(0, 2)}産業株式会社`, one.address, one.name]),
    ],
    records: {},
  },
  {
    name: 'schools and their heads',
    rows: [['学校名', '所在地', '校長名'], ...[P1, P2, P3].map((one) => [`${one.name.slice(0, 2)}小学校`, one.address, one.name])],
    records: {},
  },
];

const check = ({ rows, records, persons }: Case) => {
  const got = collect([sheet(rows)]);
  expect(got.records).toEqual(records);
  expect(Object.values(got.persons).reduce((sum, count) => sum + count, 0)).toBe(
    persons ?? Object.values(records).reduce((sum, count) => sum + count, 0),
  );
  expect(collect([sheet(rows)], false).records).toEqual(records);
};
const all = (cases: readonly Case[]) => it.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => check(one));

describe('tables on their side', () => all(ON_THEIR_SIDE));
describe('records of two rows', () => {
  all(FOLDED);

  it('tells the cells where the values stand', () => {
    const got = collect([sheet(FOLDED[0]!.rows)]);
    expect(got.findings.map((one) => [one.kind, one.where.cell])).toEqual([
      ['name', 'A3'],
      ['birthdate', 'B3'],
      ['address', 'A4'],
      ['name', 'A5'],
      ['birthdate', 'B5'],
      ['address', 'A6'],
    ]);
  });
});
describe('cells that stand for several people', () => all(SHARED));
describe('several kinds in a cell', () => {
  all(TOGETHER);

  it('tells where each stands in the cell', () => {
    const got = collect([sheet([['基礎年金番号/氏名', '住所'], ...FIVE.map((one) => [`${one.number} ${one.name}`, one.address])])]);
    expect(got.findings.slice(0, 3).map((one) => [one.kind, one.where.cell, one.value])).toEqual([
      ['pension-number', 'A2', P1.number],
      ['name', 'A2', P1.name],
      ['address', 'B2', P1.address],
    ]);
  });
});
describe('dates in parts', () => all(DATES));
describe('whose address it is', () => all(PLACES));

const OFFICE = '〒168-8505 東京都杉並区高井戸西3-5-24';
const SIGNED: readonly (readonly [string, readonly string[], Record<string, number>])[] = [
  ['a department', ['日本年金機構 適用課 山田 太郎', OFFICE], {}],
  ['a department below the address', [OFFICE, '日本年金機構 適用課 山田 太郎', '電話 03-5344-1100'], {}],
  ['a section of a company', ['株式会社みたか商会', '営業部　佐藤花子', OFFICE], {}],
  ['a mayor', ['金沢市長　山田太郎', '〒920-8577 石川県金沢市広坂1-1-1'], {}],
  ['one who is written to at home', ['営業部　佐藤花子 様', P1.address], { other: 1 }],
  ['one with a birthdate', ['適用課　山田太郎', OFFICE, '生年月日 昭和30年3月4日'], { other: 1 }],
];

describe('an office that signs', () => {
  it.each(SIGNED)('%s', (_, lines, records) => expect(collect([text(lines)]).records).toEqual(records));
  it('in cells', () => expect(collect([sheet([['営業部', '佐藤花子'], [OFFICE]])]).records).toEqual({}));
});

const BROKEN: readonly (readonly [string, string])[] = [
  ['石川県金沢市鞍', '月1-1'],
  ['石川県金沢市', '鞍月1-1'],
  ['石川県金沢', '市鞍月1-1'],
  ['東京都練馬区豊玉', '北1-12-1'],
  ['大阪府堺市北区百舌鳥', '梅町1-2-3'],
  ['福岡県久留米市城', '南町15番地の3'],
  ['東京都杉並区高井戸西3', '丁目5番24号'],
  ['北海道旭川市神楽四条', '8丁目1番1号'],
];

describe('addresses that go on in the next line', () => {
  it.each(BROKEN)('%s / %s', (first, second) => {
    for (const [label, blank] of [
      ['住所　', '　　　'],
      ['住所：', '      '],
      ['　現住所  ', '          '],
    ] as const) {
      const lines = ['氏名　山田太郎', `${label}${first}`, `${blank}${second}`, '電話　076-225-0000'];
      for (const blocks of [[text(lines)], lines.map((line, at): Block => text(line, { line: at + 1 }))]) {
        const got = collect(blocks);
        expect(got.records).toEqual({ other: 1 });
        const whole = collect([text(['氏名　山田太郎', `住所　${first}${second}`])]);
        expect(got.keys).toEqual(whole.keys);
      }
    }
  });

  it('not into the next field', () => {
    const got = collect([text(['氏名　山田太郎', '住所　石川県金沢市', '　　　氏名　佐藤花子', '　　　電話　076-225-0000'])]);
    expect(got.records).toEqual({});
  });
});
