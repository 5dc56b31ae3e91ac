import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/model.js';
import { collect, sheet, text } from './collect.js';
import { digitsOf, familyOf, givenOf, officeOf, PEOPLE, serialOf } from './people.js';

interface Layout {
  readonly name: string;
  readonly blocks: readonly Block[];
  readonly records: Record<string, number>;
  readonly persons: number;
}

type Someone = (typeof PEOPLE)[number];
const [P1, P2, P3, P4] = PEOPLE as [Someone, Someone, Someone, Someone];
const SPOUSES: readonly (readonly [Someone, Someone])[] = [
  [P1, P2],
  [P3, P4],
];
const FULL_KANA = [...'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309a　'];
const HALF_KANA = [...'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ '];
const half = (kana: string) => [...kana.normalize('NFD')].map((letter) => HALF_KANA[FULL_KANA.indexOf(letter)]).join('');
const COMPACT: Record<string, string> = {
  昭和30年3月4日: 'S300304',
  昭和41年12月25日: 'S411225',
  平成2年7月15日: 'H020715',
  昭和22年1月30日: 'S220130',
  昭和15年9月9日: 'S150909',
  昭和63年5月1日: 'S630501',
};

/** A table of a letter: no sheet, so no name of one. */
const documentTable = (rows: readonly (readonly string[])[]): Block => ({ kind: 'table', where: {}, rows: [{ firstRow: 1, rows }] });

const LAYOUTS: readonly Layout[] = [
  {
    name: 'a letter to a person above the labelled fields of the same person',
    blocks: [
      text(['令和8年9月3日', `${P1.name} 様`, '宛先不明で返送されたため、次のとおり保管します。', '', `基礎年金番号 ${P1.number}`]),
      documentTable([
        ['氏名', P1.name],
        ['生年月日', P1.birthdate],
        ['住所', P1.address],
      ]),
    ],
    records: { four: 1 },
    persons: 1,
  },
  {
    name: 'a letter to a person above fields that do not repeat the name',
    blocks: [
      text([`${P1.name} 様`, '下記の記録についてお知らせします。']),
      documentTable([
        ['基礎年金番号', P1.number],
        ['生年月日', P1.birthdate],
      ]),
    ],
    records: { three: 1 },
    persons: 1,
  },
  {
    name: 'a letter about one person above the fields of another',
    blocks: [
      text([`基礎年金番号 ${P1.number}　氏名 ${P1.name}`]),
      sheet([
        ['氏名', P2.name],
        ['生年月日', P2.birthdate],
        ['住所', P2.address],
      ]),
    ],
    records: { two: 1, other: 1 },
    persons: 2,
  },
  {
    name: 'a letter above a list: whom it was sent to is none of the list',
    blocks: [
      text([`${P4.name} 様`, `生年月日 ${P4.birthdate}`, '対象者は次のとおりです。']),
      sheet([['氏名', '生年月日'], ...[P1, P2, P3].map((one) => [one.name, one.birthdate])]),
    ],
    records: { other: 4 },
    persons: 4,
  },
  {
    name: 'labels whose brackets say what they are',
    blocks: [
      sheet([
        ['番号（基礎年金番号）', '対象（氏名）', '日付（生年月日）'],
        ...PEOPLE.map((one) => [digitsOf(one), one.name, one.birthdate]),
      ]),
    ],
    records: { three: 6 },
    persons: 6,
  },
  {
    name: 'a page header with a slip, the number and the name',
    blocks: [text(`整理票　${P1.number}　${P1.name} 様`)],
    records: { two: 1 },
    persons: 1,
  },
  {
    name: 'applicant and spouse in two columns of a form',
    blocks: [
      sheet([
        ['', '申請者', '配偶者'],
        ['氏名', P1.name, P2.name],
        ['生年月日', P1.birthdate, P2.birthdate],
        ['基礎年金番号', P1.number, P2.number],
      ]),
    ],
    records: { three: 2 },
    persons: 2,
  },
  {
    name: 'label above its value, two and two',
    blocks: [sheet([['氏名', '', '生年月日'], [P1.name, '', P1.birthdate], [], ['基礎年金番号', '', '住所'], [P1.number, '', P1.address]])],
    records: { four: 1 },
    persons: 1,
  },
  {
    name: 'many forms stacked, with headings and a signature box each',
    blocks: [
      sheet(
        PEOPLE.flatMap((one, at) => [
          [`届書 ${at + 1}`],
          ['基礎年金番号', one.number, '', '受付印'],
          ['フリガナ', one.kana],
          ['氏名', one.name, '', '担当'],
          ['生年月日', one.birthdate],
          [],
        ]),
      ),
    ],
    records: { three: 6 },
    persons: 6,
  },
  {
    name: 'two forms side by side on a sheet',
    blocks: [
      sheet([
        ['氏名', P1.name, '', '氏名', P2.name],
        ['生年月日', P1.birthdate, '', '生年月日', P2.birthdate],
        ['基礎年金番号', P1.number, '', '基礎年金番号', P2.number],
      ]),
    ],
    records: { three: 2 },
    persons: 2,
  },
  {
    name: '4|6 with a hyphen in a column of its own',
    blocks: [
      sheet([
        ['基礎年金番号', '', '', '氏名', '生年月日'],
        ...PEOPLE.map((one) => [officeOf(one), '-', serialOf(one), one.name, one.birthdate]),
      ]),
    ],
    records: { three: 6 },
    persons: 6,
  },
  {
    name: 'a kana row under each name in brackets',
    blocks: [
      sheet([
        ['基礎年金番号', '氏名', '生年月日'],
        ...PEOPLE.flatMap((one) => [
          [one.number, one.name, one.birthdate],
          ['', `（${one.kana}）`, ''],
        ]),
      ]),
    ],
    records: { three: 6 },
    persons: 6,
  },
  {
    name: 'a fixed-width dump in half-width kana',
    blocks: [text(PEOPLE.map((one) => `${digitsOf(one)}${half(one.kana).padEnd(20)}${COMPACT[one.birthdate]} 1`))],
    records: { three: 6 },
    persons: 6,
  },
  {
    name: 'a numbered list in prose, two lines a person',
    blocks: [
      text(
        PEOPLE.flatMap((one, at) => [
          `${at + 1}. ${one.name}（${one.birthdate}生）`,
          `　　基礎年金番号：${one.number}　住所：${one.address}`,
        ]),
      ),
    ],
    records: { four: 6 },
    persons: 6,
  },
  {
    name: 'sentences that tell of one person each',
    blocks: [
      text(
        [P1, P2, P3].map(
          (one) =>
            `${one.address}に住む${one.name.replace('　', '')}さん（${one.birthdate}生まれ、基礎年金番号${one.number}）から相談があった。`,
        ),
      ),
    ],
    records: { four: 3 },
    persons: 3,
  },
  {
    name: 'key=value lines of a log',
    blocks: [text(PEOPLE.flatMap((one) => [`基礎年金番号=${one.number}`, `氏名=${one.name}`, `生年月日=${one.birthdate}`, '']))],
    records: { three: 6 },
    persons: 6,
  },
  {
    name: 'values under labels with units of their own: 年 月 日 in cells between',
    blocks: [
      sheet([
        ['氏名', '生年月日', '', '', '', '', ''],
        [P1.name, '昭和', '30', '年', '3', '月', '4日'],
        [P2.name, '昭和', '41', '年', '12', '月', '25日'],
        [P4.name, '昭和', '22', '年', '1', '月', '30日'],
      ]),
    ],
    records: { other: 3 },
    persons: 3,
  },
  {
    name: 'groups of a family: the number once, members below',
    blocks: [
      sheet([
        ['区分', '氏名', '生年月日', '基礎年金番号'],
        ['本人', P1.name, P1.birthdate, P1.number],
        ['妻', P2.name, P2.birthdate, ''],
        ['子', P3.name, P3.birthdate, ''],
      ]),
    ],
    records: { three: 1, other: 2 },
    persons: 3,
  },
  {
    name: 'names over two columns without a label for the second, English labels',
    blocks: [
      sheet([
        ['pension_number', 'last_name', 'first_name', 'birth_date', 'address'],
        ...PEOPLE.map((one) => [one.number, familyOf(one), givenOf(one), one.birthdate, one.address]),
      ]),
    ],
    records: { four: 6 },
    persons: 6,
  },
  {
    name: 'names with their reading in brackets under 氏名（フリガナ）',
    blocks: [sheet([['氏名（フリガナ）', '生年月日'], ...PEOPLE.map((one) => [`${one.name}（${one.kana}）`, one.birthdate])])],
    records: { other: 6 },
    persons: 6,
  },
  {
    name: '氏 and 名 below each other before one name',
    blocks: [
      sheet([
        ['氏', '山田太郎'],
        ['名', ''],
        ['生年月日', P1.birthdate],
      ]),
    ],
    records: { other: 1 },
    persons: 1,
  },
  {
    name: 'old and new name of one person',
    blocks: [
      sheet([
        ['基礎年金番号', '旧氏名', '新氏名', '生年月日'],
        ...SPOUSES.map(([one, other]) => [one.number, one.name, other.name, one.birthdate]),
      ]),
    ],
    records: { three: 2 },
    persons: 2,
  },
  {
    name: 'a list with a bullet before each number',
    blocks: [text(PEOPLE.map((one) => `・${one.number} ${one.name.replace('　', '')} 様 ${one.birthdate}`))],
    records: { three: 6 },
    persons: 6,
  },
  {
    name: 'labels on lines of their own above the values',
    blocks: [text(['基礎年金番号', digitsOf(P1), '氏名', P1.name, '生年月日', P1.birthdate, '住所', P1.address])],
    records: { four: 1 },
    persons: 1,
  },
  {
    name: 'a mail that names the person first and the data after',
    blocks: [text(['To: 年金事務所', '', '山田太郎様の件です。', `番号は${P1.number}、生年月日は${P1.birthdate}です。`])],
    records: { three: 1 },
    persons: 1,
  },
  {
    name: 'traps: minutes, duties, dates of hire, vendors, an office that signs',
    blocks: [
      text(['議事録', '日時：令和6年3月4日', `出席者：${P1.name}、${P2.name}`, `場所：${P1.address} 本部会議室`]),
      sheet([
        ['日付', '担当', '内容'],
        ['2015/05/22', P1.name, '窓口'],
        ['2015/05/23', P2.name, '電話'],
      ]),
      sheet([['職員番号', '氏名', '採用年月日'], ...[P1, P2, P3].map((one) => [digitsOf(one), one.name, '1985/04/01'])]),
      sheet([['取引先', '代表者', '所在地'], ...[P1, P2].map((one) => [`${familyOf(one)}商店`, one.name, one.address])]),
      text([`年金事務所長　${P1.name}`, P1.address, '電話 0467-221234']),
    ],
    records: {},
    persons: 0,
  },
  {
    name: 'traps: staff, slips and telephone numbers beside names',
    blocks: [
      sheet([
        ['伝票番号', '担当者', '受付日', '電話番号'],
        ['1234-567890', '山田　太郎', '2015-05-22', '0467-221234'],
        ['1234-567891', '鈴木　花子', '2015-05-23', '0467-221235'],
      ]),
    ],
    records: {},
    persons: 0,
  },
];

describe('more layouts', () => {
  for (const { name, blocks, records, persons } of LAYOUTS) {
    it(`counts ${name}`, () => {
      const got = collect(blocks);
      expect({ records: got.records, persons: Object.values(got.persons).reduce((sum, count) => sum + count, 0) }).toEqual({
        records,
        persons,
      });
    });
  }
  it('applicant and spouse in a row keep their own values', () => {
    const rows = SPOUSES.map(([one, other]) => [one.number, one.name, one.birthdate, other.name, other.birthdate, other.number]);
    const head = ['基礎年金番号', '氏名', '生年月日', '配偶者氏名', '配偶者生年月日', '配偶者年金番号'];
    expect(collect([sheet([head, ...rows])]).recordKeys.length).toBe(4);
  });
});

describe('columns without a label behind an address', () => {
  it('hold what their cells say: numbers and birthdates, a person in a remark', () => {
    const rows = [
      ['山田 太郎', '東京都千代田区霞が関1-2-3', '4001-100137', '昭和31年2月2日'],
      ['山田 花子', '東京都千代田区霞が関1-2-4', '4001-100138', '昭和32年2月2日'],
    ];
    expect(collect([sheet([['氏名', '住所', '', ''], ...rows])]).records).toEqual({ four: 2 });
    const notes = [
      ['厚生商店', '大阪府大阪市北区梅田2-5-10', '03-5253-1111'],
      ['霞商会', '北海道札幌市中央区北1条西2-3', '基礎年金番号 4003-100411 高橋 和夫'],
    ];
    expect(collect([sheet([['事業所', '住所', ''], ...notes])]).records).toEqual({ other: 1 });
  });

  it('go on with the address where nothing else stands in them', () => {
    const rows = [
      ['山田 太郎', '東京都千代田区', '霞が関1-2-3', 'コーポ霞101'],
      ['山田 花子', '東京都千代田区', '霞が関1-2-4', ''],
    ];
    expect(collect([sheet([['氏名', '住所', '', ''], ...rows])]).records).toEqual({ other: 2 });
  });
});

/**
 * What a file's name tells, its underscores read as spaces. Ten bare digits are a number only under a label (they are as often a telephone, a slip or a
 * time in seconds), and a bare date in a file's name is the day it was made: neither makes a record of the name beside it.
 */
describe('names of files', () => {
  it.each([
    ['山田太郎 1234-567890', { two: 1 }],
    ['1234-567890 山田太郎', { two: 1 }],
    ['年金番号1234567890 山田太郎', { two: 1 }],
    ['基礎年金番号 1234567890', { other: 1 }],
    ['山田太郎 昭和30年3月4日生', { other: 1 }],
    ['山田太郎 S30.3.4生', { other: 1 }],
    ['山田太郎 1234567890', {}],
    ['1432262400 山田太郎', {}],
    ['山田太郎 20150522', {}],
    ['山田太郎 平成27年5月22日', {}],
    ['20150522 山田太郎 履歴', {}],
  ])('%s', (name, records) => {
    expect(collect([text(name, { part: 'path' })]).records).toEqual(records);
  });
});
