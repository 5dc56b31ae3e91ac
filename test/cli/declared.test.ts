/** Declarations against measurements: how answers are read, and the case of 2015 to the record. Uses dist/. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

  it.each(['個人情報ファイル数', '対象ファイル数', '件数', '個人情報を含むファイル数', 'ファイル数（件）', '保有ファイル数', 'Files'])(
    'has its number of files under %s',
    async (heading) => {
      const [answer] = await answersOf('files.csv', `部署,日付,申告,${heading}\n総務部,2015-05-31,適正,12\n`);
      expect(answer).toEqual(rows[0]);
    },
  );

  it('tells which columns it does not use; 件数 is one where files have a column of their own', async () => {
    writeFileSync(join(folder, 'more.csv'), '件数,部署,日付,申告,ファイル数,備考\n99,総務部,2015-05-31,適正,12,なし\n');
    const unused: string[] = [];
    expect(await readAnswers(join(folder, 'more.csv'), (heading) => void unused.push(heading))).toEqual([rows[0]]);
    expect(unused).toEqual(['件数', '備考']);
    expect(await answersOf('none.csv', '部署,日付,申告,担当\n総務部,2015-05-31,適正,12\n')).toEqual([{ ...rows[0], files: null }]);
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
    expect(table.byDay).toEqual(truth.byDay.map((day) => ({ declaredFiles: 0, unchecked: 0, ...day })));
    expect(table.departments).toHaveLength(395);
    for (const { name, measured, declarations } of table.departments) {
      const { violationsThen, ...figures } = truth.departments[name]!;
      expect([name, measured, declarations.map((one: { violationsThen: number }) => one.violationsThen)]).toEqual([
        name,
        { ...figures, notExamined: 0 },
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

describe('what can not be checked', () => {
  const told = (share: Share, answers: string, ...args: string[]) => {
    writeFileSync(share.beside('answers.csv'), answers);
    return share.run('declared', share.beside('answers.csv'), '--inventory', share.beside('inventory.db'), ...args);
  };

  it('is never in agreement: damaged files, scans, departments of which nothing was found', () => {
    const share = new Share();
    share.put('乙課/壊れた.xlsx', Buffer.from('PK\x03\x04 not a package'));
    share.put('丙課/議事録.txt', 'なし');
    share.scan();
    const answers = '部署,日付,申告,担当\n乙課,2026-01-05,適正,x\n丙課,2026-01-05,適正,x\n丁課,2026-01-05,適正,x\n';
    const { code, stdout } = told(share, answers, '--json');
    const table = JSON.parse(stdout);
    expect(code).toBe(3);
    expect(table).toMatchObject({ proper: 3, contradicted: 0, unchecked: 2, unusedColumns: ['担当'], byDay: [{ declaredFiles: null }] });
    const standings = table.departments.map((one: { name: string; measured: { notExamined: number }; declarations: object[] }) => [
      one.name,
      one.measured?.notExamined,
      one.declarations,
    ]);
    expect(standings).toMatchObject([
      ['乙課', 1, [{ standing: 'unchecked', violationsThen: 0, notExaminedThen: 1 }]],
      ['丁課', undefined, [{ standing: 'unmatched', violationsThen: null }]],
      ['丙課', 0, [{ standing: 'agrees', violationsThen: 0, notExaminedThen: 0 }]],
    ]);
    const ja = told(share, answers, '--lang', 'ja').stdout;
    expect(ja).toContain('「適正」と申告した 3部署のうち、2部署の申告は確かめられません。違反がないという意味ではありません。');
    expect(ja).toContain('申告の表で使わなかった列: 担当');
    expect(ja).not.toContain('違反は見つかりませんでした');
    const rows = readCsv(told(share, answers, '--csv', '-', '--lang', 'ja').stdout.slice(1));
    expect(rows.find((row) => row[0] === '乙課')?.[3]).toBe('「適正」と申告、確かめられない（調べられなかったファイルあり）');
    // What the policy tolerates is counted, and raises no doubt.
    writeFileSync(share.beside('policy.yaml'), 'tolerate: [damaged, unsupported]\n');
    const tolerated = JSON.parse(
      told(share, '部署,日付,申告\n乙課,2026-01-05,適正\n', '--json', '--policy', share.beside('policy.yaml')).stdout,
    );
    expect(tolerated.departments.find(({ name }: { name: string }) => name === '乙課')).toMatchObject({
      measured: { notExamined: 1 },
      declarations: [{ standing: 'agrees' }],
    });
    share.remove();
  });

  it('goes by the sweeps around the day', () => {
    const share = new Share();
    const noon = (day: string) => new Date(`${day}T12:00:00`);
    const sweepOn = (day: string) => {
      const swept = share.scan();
      expect([swept.code, swept.stderr]).toEqual([1, '']);
      // In a process of its own: a connection is closed for good when its process ends.
      const ms = noon(day).getTime();
      const sql = `UPDATE run SET started_ms=${ms}, ended_ms=${ms}, as_of_ms=${ms} WHERE id=(SELECT max(id) FROM run)`;
      const store = pathToFileURL(join(top, 'dist/src/inventory/store.js')).href;
      const script = `const { Store } = await import(${JSON.stringify(store)}); const store = Store.open(process.argv[1]); store.write(${JSON.stringify(sql)}); store.commit(); store.close();`;
      execFileSync(process.execPath, ['--input-type=module', '-e', script, share.beside('inventory.db')]);
    };
    const put = (path: string, day: string, content = roster(2)) => share.put(path, content, noon(day));
    for (const department of ['消した課', '直した課', '後で直した課', '残した課', '移した課']) put(`${department}/名簿.csv`, '2026-03-01');
    put('増えた課/メモ.txt', '2026-03-01', 'なし');
    sweepOn('2026-04-01');
    rmSync(join(share.root, '消した課/名簿.csv'));
    put('直した課/名簿.csv', '2026-04-05', 'なし');
    put('後で直した課/名簿.csv', '2026-04-15', 'なし');
    put('増えた課/名簿.csv', '2026-04-05', roster(3, 50));
    renameSync(join(share.root, '移した課/名簿.csv'), join(share.root, '移した課/新名簿.csv'));
    sweepOn('2026-04-20');
    const departments = ['消した課', '直した課', '後で直した課', '残した課', '移した課', '増えた課'];
    const days = ['2026-03-31', '2026-04-10', '2026-04-20', '2026-04-21'];
    const answers = departments.flatMap((name) => days.map((day) => `${name},${day},適正\n`)).join('');
    const { code, stdout } = told(share, `部署,日付,申告\n${answers}`, '--json');
    const table = JSON.parse(stdout);
    const counts = Object.fromEntries(
      table.departments.map(({ name, declarations }: { name: string; declarations: { violationsThen: number | null }[] }) => [
        name,
        declarations.map(({ violationsThen }) => violationsThen),
      ]),
    );
    expect(code).toBe(1);
    expect(counts).toEqual({
      消した課: [1, 1, 0, null],
      直した課: [1, 0, 0, null],
      後で直した課: [1, 1, 0, null],
      残した課: [1, 1, 1, null],
      移した課: [1, 1, 1, null],
      増えた課: [0, 1, 1, null],
    });
    const { declarations } = table.departments.find(({ name }: { name: string }) => name === '消した課');
    expect(declarations.map((one: { standing: string }) => one.standing)).toEqual(['contradicted', 'contradicted', 'agrees', 'unmeasured']);
    expect(declarations.map((one: { measuredBy: string | null }) => one.measuredBy?.slice(0, 10))).toEqual([
      '2026-04-01',
      '2026-04-01',
      '2026-04-20',
      undefined,
    ]);
    share.remove();
  });
});
