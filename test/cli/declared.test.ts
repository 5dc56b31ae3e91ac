/** Declarations against measurements: how answers are read, and the case of 2015 to the record. Uses dist/. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, readAnswers, saidOf } from '../../src/cli/answers.js';
import { UsageError } from '../../src/problem.js';
import { cp932 } from '../kit/cp932.js';
import { readCsv } from '../kit/plain-csv.js';
import { roster, Share, top } from '../kit/share.js';
import { writeWorkbook } from '../kit/xlsx-writer.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimawari-declared-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answersOf = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return readAnswers(join(folder, name));
};

describe('a day', () => {
  it.each([
    ['2015-05-31', '2015-05-31'],
    ['2015/5/31', '2015-05-31'],
    ['2015年5月31日', '2015-05-31'],
    ['平成27年5月31日', '2015-05-31'],
    ['H27.5.31', '2015-05-31'],
    ['令和元年5月1日', '2019-05-01'],
    ['20150531', '2015-05-31'],
    ['２０１５年５月', '2015-05-31'],
    ['平成28年2月分', '2016-02-29'],
    ['R1.5', '2019-05-31'],
    ['平成31年4月', '2019-04-30'],
    ['2015-02', '2015-02-28'],
    ['2015-02-30', null],
    ['昭和70年5月', null],
    ['', null],
    ['月末', null],
  ])('%j is %j', (text, day) => expect(dayOf(text)).toBe(day));

  it('may be a number of Excel, dressed as a date or not', () => {
    expect(dayOf({ text: '2015-05-31', value: 42_155, isDate: true })).toBe('2015-05-31');
    expect(dayOf({ text: '42155', value: 42_155, isDate: false })).toBe('2015-05-31');
    expect(dayOf({ text: '7', value: 7, isDate: false })).toBeNull();
  });
});

describe('an answer', () => {
  it.each([
    '適正',
    '○',
    '〇',
    '適正に管理している',
    'すべて適正',
    '問題なし',
    '違反なし',
    'はい',
    'ok',
    'Proper',
    '遵守している',
    '適 正',
    '適正です。',
    '問題はありません',
  ])('%j says proper', (words) => expect(saidOf(words)).toBe('proper'));
  it.each([
    '不適正',
    '適正でない',
    '適正ではない',
    '適切に管理していない',
    '×',
    '違反あり',
    '問題がある',
    'いいえ',
    'not proper',
    'improper',
    '要改善',
    'No',
    '一部不備',
  ])('%j says improper', (words) => expect(saidOf(words)).toBe('improper'));
  it.each(['', '未回答', '△', '適正？', '確認中', '概ね適正', '該当なし'])('%j says neither', (words) =>
    expect(saidOf(words)).toBe('unclear'),
  );
});

describe('a table of answers', () => {
  const rows = [
    { department: '総務部', day: '2015-05-31', said: 'proper', words: '適正', files: 12 },
    { department: '経理部', day: '2015-05-31', said: 'improper', words: '不適正', files: null },
  ];
  it('is read from CSV in either encoding, below a title and with empty rows', async () => {
    const text = '自己点検\r\n\r\n部署名,点検日,点検結果,ファイル数\r\n総務部,H27.5.31,適正,12件\r\n,,,\r\n経理部,2015/5/31,不適正,\r\n';
    expect(await answersOf('utf8.csv', `\ufeff${text}`)).toEqual(rows);
    expect(await answersOf('sjis.csv', cp932(text))).toEqual(rows);
    expect(
      await answersOf('en.csv', 'Department,Date,Answer,Files declared\n総務部,2015-05-31,適正,12\n経理部,2015-05-31,不適正,\n'),
    ).toEqual(rows);
  });

  it('is read from a workbook, with days as Excel keeps them', async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const head = ['部署', '申告日', '回答', 'ファイル数'].map((text, at) => cell(`${'ABCD'[at]}1`, text)).join('');
    const sheet = `<row r="1">${head}</row><row r="2">${cell('A2', '総務部')}<c r="B2" s="1"><v>42155</v></c>${cell('C2', '適正')}<c r="D2"><v>12</v></c></row>`;
    const book = writeWorkbook({ sheets: [{ name: 'S', rows: sheet }], formats: [14] });
    expect(await answersOf('a.xlsx', book)).toEqual([rows[0]]);
  });

  it.each([
    ['部署,日付,申告\n,2015-05-31,適正\n総務部,月末,適正\n', '2行目: 部署がありません', 'row 3: "月末" is no date'],
    ['部署,日付,申告,ファイル数\n総務部,2015-05-31,適正,多数\n', '「多数」が数ではありません', '"多数" is no number of files'],
    ['名前,値\na,b\n', '申告の表が見つかりません', 'no table of answers'],
  ])('%j is refused, with its rows', async (text, ja, en) => {
    const error = (await answersOf('bad.csv', text).catch((thrown: unknown) => thrown)) as UsageError;
    expect(error).toBeInstanceOf(UsageError);
    expect(error.told).toEqual({ ja: expect.stringContaining(ja), en: expect.stringContaining(en) });
  });
});

describe('the case of 2015, a hundredth of its records', () => {
  type Sums = { personalFiles: number; violations: number; records: number; persons: number; violationsThen: number[] };
  let truth: { departments: Record<string, Sums>; byDay: object[]; records: object; persons: number; sharedPersons: number; files: number };
  let share: Share;
  const run = (command: string, ...args: string[]) => share.run(command, ...args, '--inventory', join(folder, 'inventory.db'));
  beforeAll(() => {
    share = new Share();
    execFileSync(process.execPath, [join(top, 'test/tools/case-2015.mjs'), folder, '--scale', '100']);
    truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
  });
  afterAll(() => share.remove());

  it('is told of each of 395 departments and each of four days as it was made', () => {
    const { code, stdout } = run('declared', join(folder, 'answers.csv'), '--json');
    const table = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(table.byDay).toEqual(truth.byDay.map((day) => ({ declaredFiles: 0, ...day })));
    expect(table.departments).toHaveLength(395);
    for (const { name, measured, declarations } of table.departments) {
      const { violationsThen, ...figures } = truth.departments[name]!;
      expect([name, measured, declarations.map((one: { violationsThen: number }) => one.violationsThen)]).toEqual([
        name,
        figures,
        violationsThen,
      ]);
    }
    expect(table.contradicted).toBe(
      Object.values(truth.departments).filter(({ violationsThen }) => violationsThen.some((count) => count > 0)).length,
    );
    expect([table.proper, table.contradicted]).toEqual([395, 377]);
  });

  it('has the leak table to the record, and says how many persons departments share', () => {
    const table = JSON.parse(run('leak', '--json').stdout);
    expect(table).toMatchObject({
      total: { files: truth.files, records: truth.records, persons: truth.persons },
      sharedPersons: truth.sharedPersons,
    });
    expect(truth.sharedPersons).toBeGreaterThan(0);
    for (const { name, recordSum, persons } of table.parts)
      expect([name, recordSum, persons]).toEqual([name, truth.departments[name]!.records, truth.departments[name]!.persons]);
  });

  it('is said in a sentence, and in a sheet with a row a declaration', () => {
    const said = run('declared', join(folder, 'answers.csv'), '--lang', 'ja');
    expect(said.stdout).toContain('「適正」と申告した 395部署のうち、377部署で違反が見つかりました。');
    expect(said.stdout).toContain('2015-05-29');
    const rows = readCsv(run('declared', join(folder, 'answers.csv'), '--csv', '-', '--lang', 'ja').stdout.slice(1));
    expect(rows).toHaveLength(1 + 4 * 395);
    expect(rows.slice(1).filter((row) => row[3] === '「適正」と申告、違反あり')).toHaveLength(
      truth.byDay.reduce((sum: number, day) => sum + (day as { contradicted: number }).contradicted, 0),
    );
  });
});

describe('departments of another share', () => {
  it('that did not declare, or have no folder, are told', () => {
    const share = new Share();
    share.put('総務部/名簿.csv', roster(3), new Date('2015-03-01'));
    share.put('経理部/議事録.txt', 'なし');
    share.put('秘書課/新しい.csv', roster(2, 50));
    share.scan();
    const answers = share.beside('answers.csv');
    writeFileSync(
      answers,
      '部署,日付,申告\n総務部,2015-02-28,適正\n総務部,2015-03-31,適正\n経理部,2015-03-31,適正\n人事部,2015-03-31,？\n秘書課,2015-03-31,適正\n',
    );
    const { code, stdout, stderr } = share.run('declared', answers, '--inventory', share.beside('inventory.db'), '--json');
    expect([code, stderr]).toEqual([1, '']);
    const standings = (JSON.parse(stdout).departments as { name: string; declarations: { standing: string }[] }[]).map(
      ({ name, declarations }) => [name, declarations.map(({ standing }) => standing)],
    );
    // What came after a declaration does not contradict it.
    expect(standings).toEqual([
      ['総務部', ['agrees', 'contradicted']],
      ['秘書課', ['agrees']],
      ['経理部', ['agrees']],
      ['人事部', ['unmatched']],
    ]);
    share.remove();
  });
});
