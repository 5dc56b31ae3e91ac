import { describe, expect, it } from 'vitest';
import type { Cell } from '../../detectors/contract.js';
import { foldLabel } from '../../detectors/fold.js';
import { testDetector } from '../kit/detector-kit.js';
import { testDetectors } from '../kit/detectors.js';

const detectors = testDetectors();
const detector = detectors.list.find(({ kind }) => kind === 'birthdate')!;
const role = (part: string) => detector.roles.find((one) => one.part === part)!;
const whole = role('whole');

const labelled = (date: string) => ({ text: `生年月日 ${date}`, piece: date, normal: '1955-03-04', strength: 'certain' as const });

describe('birthdates in text', () => {
  testDetector(detectors, {
    kind: 'birthdate',
    hits: [
      ...[
        '1955年3月4日',
        '1955/03/04',
        '1955.3.4',
        '1955-03-04',
        '19550304',
        '昭和30年3月4日',
        '昭和三十年三月四日',
        '昭30.03.04',
        'S30.3.4',
        'S300304',
        '昭和30.3.4',
        '昭和 30 年 3 月 4 日',
        's30/3/4',
        '一九五五年三月四日',
        '1955年三月四日',
        '1955 年 3 月 4 日',
        '㍼30年3月4日',
        '昭和30年(1955年)3月4日',
        '1955年(昭和30年)3月4日',
        'S30年3月4日',
        '昭和300304',
        '昭30-3-4',
      ].map(labelled),
      { text: '誕生日:平成元年1月8日', piece: '平成元年1月8日', normal: '1989-01-08', strength: 'certain' },
      { text: '生年月日 令和元年5月1日', piece: '令和元年5月1日', normal: '2019-05-01', strength: 'certain' },
      { text: '大正15年12月24日生まれ', piece: '大正15年12月24日', normal: '1926-12-24', strength: 'certain' },
      { text: '山田太郎は1955年3月4日に生まれた', piece: '1955年3月4日', strength: 'certain' },
      { text: '昭和30年3月4日生', piece: '昭和30年3月4日', strength: 'certain' },
      { text: '山田太郎(昭和30年3月4日生)', piece: '昭和30年3月4日', strength: 'certain' },
      { text: '1955年3月4日、東京都で生まれる', piece: '1955年3月4日', strength: 'certain' },
      { text: '山田太郎(1955年3月4日 - )は', piece: '1955年3月4日' },
      { text: 'DOB: 1955-03-04', piece: '1955-03-04', strength: 'certain' },
      { text: 'Date of birth March 4, 1955', piece: 'March 4, 1955', normal: '1955-03-04', strength: 'certain', wide: false },
      { text: 'born on 4 March 1955', piece: '4 March 1955', normal: '1955-03-04', strength: 'certain', wide: false },
    ],
    misses: [
      '受付日 昭和60年3月4日',
      '平成27年5月8日',
      '2015年5月8日',
      '2015/05/08',
      '支給日 平成20年4月1日',
      '発行日:2010年1月1日',
      '生年月日 1855年3月4日',
      '生年月日 2030年1月1日',
      '昭和30年13月4日生',
      '昭和30年2月30日生',
      '平成元年1月7日生まれ',
      '昭和65年1月1日生',
      '明治45年7月31日生まれ',
      '1955年3月',
      '3月4日生まれ',
      '昭和30年生まれ',
      '19551304 生年月日',
      '生産日 2010年1月1日',
      '法律第141号(昭和34年4月16日)',
      '昭和34年4月16日法律第141号',
      '施行日は平成27年10月1日',
      '1955年3月4日生産',
      '1955年3月4日生放送',
      '作成 2014.3.31',
      '2001年9月11日の事件',
      '平成23年3月11日の震災',
      '資格取得年月日 平成5年4月1日',
      '退職日 平成20年3月31日',
      '死亡年月日 平成20年3月31日',
      '令和2年度',
      '第1955-03-04号',
      '電話 1955-03-0455',
      '1955.3.4.5',
      '価格 19,550,304円',
      '会議は1998年10月20日に開催された',
      '印刷日時 2015/03/23 10:15:00',
      '会期 2010年1月1日から',
      '版 19990101',
      '入社 平成10年4月1日',
      '更新日:2012-12-12',
      '有効期限 2019年3月4日',
      '交付日 昭和61年4月1日',
    ],
  });

  it('gives a date alone as a hint only', () => {
    expect(detectors.find('昭和30年3月4日').map(({ kind, strength }) => [kind, strength])).toEqual([['birthdate', 'weak']]);
  });
});

describe('birthdates in cells', () => {
  it.each<[Cell, string]>([
    ['1955年3月4日', '1955-03-04'],
    ['1955/3/4', '1955-03-04'],
    ['１９５５／０３／０４', '1955-03-04'],
    ['19550304', '1955-03-04'],
    ['昭和30年3月4日', '1955-03-04'],
    ['昭和三十年三月四日', '1955-03-04'],
    ['昭30.03.04', '1955-03-04'],
    ['S30.3.4', '1955-03-04'],
    ['S30.03.04', '1955-03-04'],
    ['S300304', '1955-03-04'],
    ['5-30-03-04', '1955-03-04'],
    ['5300304', '1955-03-04'],
    ['5-300304', '1955-03-04'],
    ['3-150304', '1926-03-04'],
    ['7010108', '1989-01-08'],
    ['9010501', '2019-05-01'],
    ['55.3.4', '1980-03-04'],
    ['平成元年1月8日', '1989-01-08'],
    ['令和元年5月1日', '2019-05-01'],
    ['㍻元年1月8日', '1989-01-08'],
    ['㋿元年5月1日', '2019-05-01'],
    ['㍾45年7月1日', '1912-07-01'],
    ['二〇〇九年八月七日', '2009-08-07'],
    ['1955年3月4日（金）', '1955-03-04'],
    ['1955年3月4日生', '1955-03-04'],
    ['昭和30年3月4日 生まれ', '1955-03-04'],
    ['1955-03-04 00:00:00', '1955-03-04'],
    ['1955-03-04T00:00:00', '1955-03-04'],
    ['昭和30年(1955年)3月4日', '1955-03-04'],
    ['1955年(昭和30年)3月4日', '1955-03-04'],
    ['Mar 4, 1955', '1955-03-04'],
    ['4-Mar-1955', '1955-03-04'],
    ['3/4/1955', '1955-03-04'],
    ['昭和 30年 3月 4日', '1955-03-04'],
    ['S.30.3.4', '1955-03-04'],
    ['s30.3.4', '1955-03-04'],
    ['20152', '1955-03-04'],
    [{ text: '1955-03-04', value: 20_152, isDate: true }, '1955-03-04'],
    [{ text: '20152', value: 20_152, isDate: false }, '1955-03-04'],
    [{ text: '19550304', value: 19_550_304, isDate: false }, '1955-03-04'],
    [{ text: '5300304', value: 5_300_304, isDate: false }, '1955-03-04'],
  ])('reads %o under its header', (cell, normal) => {
    expect(whole.cell(cell, true)).not.toBeNull();
    expect(whole.normal(cell)).toBe(normal);
  });

  it.each<[Cell]>([
    [''],
    ['不明'],
    ['該当なし'],
    ['昭和30年'],
    ['3月4日'],
    ['1955年13月4日'],
    ['2030-01-01'],
    ['1855-03-04'],
    ['昭和65年1月1日'],
    ['平成元年1月7日'],
    ['1234-567890'],
    ['03-1234-5678'],
    ['100'],
    [{ text: '100', value: 100, isDate: false }],
    [{ text: '99999', value: 99_999, isDate: false }],
    [{ text: '2030-01-01', value: 47_484, isDate: true }],
    ['1955年3月4日から1960年1月1日'],
  ])('refuses %o', (cell) => {
    expect(whole.cell(cell, true)).toBeNull();
  });

  it('takes a cell without a header as a hint, and never a bare number', () => {
    expect(whole.cell('昭和30年3月4日', false)).toBe('weak');
    expect(whole.cell({ text: '20152', value: 20_152, isDate: false }, false)).toBeNull();
    expect(whole.cell('5300304', false)).toBeNull();
  });

  it('reads split columns', () => {
    expect(role('era').normal('昭和')).toBe('S');
    expect(role('era').normal('5')).toBe('S');
    expect(role('year').normal('30年')).toBe('30');
    expect(role('year').normal('昭和30年')).toBe('1955');
    expect(role('month').normal('３')).toBe('3');
    expect(role('day').cell('32', true)).toBeNull();
  });

  it.each(['生年月日', '誕生日', '生年月日(和暦)', '生 年 月 日', '配偶者生年月日', '生年月日（西暦）', 'DOB', 'Birth date', 'birthday'])(
    'knows the label %s',
    (label) => {
      expect(whole.labels.some((pattern) => pattern.test(foldLabel(label)))).toBe(true);
    },
  );

  it.each(['受付日', '支給日', '資格取得年月日', '届出年月日', '年月日', '日付', '死亡年月日', '作成日', '更新日', '生年月日変更届'])(
    'leaves the label %s',
    (label) => {
      expect(whole.labels.some((pattern) => pattern.test(foldLabel(label)))).toBe(false);
    },
  );
});
