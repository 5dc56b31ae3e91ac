import { beforeAll, describe, expect, it } from 'vitest';
import type { JudgedFile } from '../../src/model.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { csvForm, csvRow } from '../../src/report/csv.js';
import { dataDictionary } from '../../src/report/data-dictionary.js';
import { jsonlForm } from '../../src/report/jsonl.js';
import { reportForms } from '../../src/report/registry.js';
import { COLUMNS, csvColumns } from '../../src/words/csv-columns.js';
import { expectGolden } from '../kit/golden.js';
import { makeJudged } from '../kit/judged-file.js';
import { readCsv } from '../kit/plain-csv.js';
import { FILES, HOSTILE_NAMES, incompleteRun, RUN, TOTALS } from '../kit/report-run.js';

beforeAll(() => {
  process.env.TZ = 'Asia/Tokyo';
});

/** As they were published first: macros count on them. */
const FIRST_COLUMNS =
  'Verdict|Reasons|Risk|Root|Path|Member|Entry|Format|Size (bytes)|Modified|Accessed|Owner|Examined|Why not examined|4 items (records)|3 items (records)|2 items (records)|Other (records)|Total (records)|Persons|Pension numbers|Names|Birthdates|Addresses|Other kinds|Password|Scheme|Access|Broad readers|Readers|Access reason|Retention|Age (days)|Limit (days)|Retention rule|Verdict code|Reason codes|Problem codes|Problem details|Content hash|Password beside|Looked at in this run'.split(
    '|',
  );

const UNSEEN = /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe('jsonl', () => {
  const text = [...jsonlForm.write(FILES, RUN, TOTALS, 'ja')].join('');
  const rows = () =>
    [...jsonlForm.write(FILES, RUN, TOTALS, 'ja')]
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('is as the golden file', () => {
    expectGolden('run.jsonl', [...jsonlForm.write(FILES, RUN, TOTALS, 'ja')].join(''));
  });

  it('has the fields of the contract in their order', () => {
    expect(Object.keys(rows()[0]!).join(' ')).toBe(
      'schema root path member entry format sizeBytes modifiedAt accessedAt owner contentHash examined problems kinds records persons personsBy password access retention verdict reasons risk',
    );
    expect(rows()[0]).toMatchObject({
      modifiedAt: '2015-03-23T09:00:00+09:00',
      persons: 12,
      retention: { state: 'stale', ageDays: 4261, limitDays: 365 },
    });
  });

  it('keeps every name as it is, bytes too, and no line shows an unseen character', () => {
    const paths = rows()
      .slice(0, -1)
      .map((row) => row.path);
    expect(paths).toEqual(FILES.map((file) => file.path));
    expect(rows().find((row) => 'pathBytes' in row)?.pathBytes).toBe('g2UudHh0');
    for (const line of text.split('\n')) expect(line).not.toMatch(UNSEEN);
  });

  it('ends with the run, whose sums add up', () => {
    const run = rows().at(-1) as {
      enumerated: number;
      byVerdict: Record<string, number>;
      byExamined: Record<string, number>;
      members: number;
    };
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
    expect(run.enumerated).toBe(FILES.filter((file) => file.member === null).length);
    expect([sum(run.byVerdict), sum(run.byExamined)]).toEqual([run.enumerated, run.enumerated]);
    expect(run.members).toBe(1);
    expect(Object.keys(run.byVerdict)).toEqual(['violation', 'compliant', 'sealed', 'undetermined', 'clear', 'textless']);
  });

  it('says of a run that did not reach its end why, and what share of the files it looked at', () => {
    const line = (stopped: 'time-limit' | null) => JSON.parse([...jsonlForm.write([], incompleteRun(stopped), TOTALS, 'en')].join(''));
    expect(line('time-limit')).toMatchObject({
      complete: false,
      stopped: 'time-limit',
      lookedAt: { files: 250, known: 1000, percent: 25, unopenedFolders: 3 },
      lastComplete: { run: 3 },
    });
    expect(line(null)).toMatchObject({ complete: false, stopped: null, lookedAt: { files: null, percent: null } });
    expect(rows().at(-1)).not.toHaveProperty('lookedAt');
  });

  it('streams: many files come in pieces of about 64 KB, and no more files are taken than a piece needs', () => {
    let taken = 0;
    const many = function* (): Generator<JudgedFile> {
      for (; taken < 100_000; taken++) yield FILES[0]!;
    };
    const first = jsonlForm.write(many(), RUN, TOTALS, 'ja')[Symbol.iterator]().next();
    expect(String(first.value).length).toBeGreaterThan(60_000);
    expect(String(first.value).length).toBeLessThan(80_000);
    expect(taken).toBeLessThan(200);
  });

  it('writes unknown times as null', () => {
    const line = [...jsonlForm.write([makeJudged({ modifiedMs: null, accessedMs: Number.NaN })], RUN, TOTALS, 'ja')]
      .join('')
      .split('\n')[0]!;
    expect(JSON.parse(line)).toMatchObject({ modifiedAt: null, accessedAt: null });
  });
});

describe('csv', () => {
  it.each(['ja', 'en'] as const)('is as the golden file (%s)', (lang) => {
    expectGolden(`run.${lang}.csv`, [...csvForm.write(FILES, RUN, TOTALS, lang)].join(''));
  });

  it('has one row a file or member, and as many cells as headers', () => {
    const text = [...csvForm.write(FILES, RUN, TOTALS, 'ja')].join('');
    expect(text.startsWith('\ufeff"判定",')).toBe(true);
    const rows = readCsv(text.slice(1));
    expect(rows).toHaveLength(FILES.length + 1);
    for (const row of rows) expect(row).toHaveLength(csvColumns('ja').length);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.replaceAll('\r\n', '').slice(1)).not.toMatch(UNSEEN);
  });

  it('says in its first row that the run did not reach its end, and in each row whether it was looked at', () => {
    const files = [FILES[0]!, { ...FILES[1]!, lookedAt: false }];
    const rows = readCsv([...csvForm.write(files, incompleteRun('time-limit'), TOTALS, 'ja')].join('').slice(1));
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => csvColumns('ja').length));
    expect(rows[1]!.slice(0, 2)).toEqual([
      '未完了',
      '時間の上限で止まりました。まだ見ていないファイルがあります。これまでに分かった 1,000件のうち 250件（多くて 25%）。ほかに、まだ一度も開いていないフォルダーが 3',
    ]);
    expect(rows[1]!.slice(35, 37)).toEqual(['incomplete', 'time-limit']);
    expect(rows.slice(2).map((row) => row[41])).toEqual(['はい', 'いいえ（前回までの結果）']);
  });

  it('keeps hostile names as harmless text', () => {
    const rows = readCsv([...csvForm.write(FILES, RUN, TOTALS, 'en')].join('').slice(1));
    const shown = rows.slice(-HOSTILE_NAMES.length).map((row) => row[4]);
    expect(shown).toEqual([
      "'=cmd|' /C calc'!A0.xlsx",
      "'+81.csv",
      "'-1+2.txt",
      "'@SUM(A1).txt",
      "'＝1＋1",
      'a,b"c".txt',
      'line\\u{d}\\u{a}break.txt',
      'tab\\u{9}name.txt',
      'gpj.\\u{202e}txt',
      '\\u{1b}[31mred.txt',
      "'00123",
      "'2015/3",
      "'R5.4.1",
      "'1E5",
      "'TRUE",
      "''quoted",
      '𠮷田😀.txt',
      'ガ.txt'.normalize('NFD'),
      'bell\\u{7}\\u{9b}.txt',
      'literal\\u{5c}u{202e}.txt',
    ]);
    expect(rows.at(-1)?.[11]).toBe("'0012");
    const handling = COLUMNS.findIndex(({ id }) => id === 'handling');
    expect(rows.slice(1).map((row) => row[handling])).toEqual(FILES.map(() => 'confidential'));
  });

  it.each(['平成27年4月1日', 'Apr 2015', '3-Apr', '9:30', '9 PM', '１２３', '(3)', '12%', '¥300', '1 1/2', ' =1', '5月1日', '−1'])(
    'keeps %j a text',
    (name) => {
      const row = readCsv([...csvForm.write([makeJudged({ path: name })], RUN, TOTALS, 'ja')].join('').slice(1))[1];
      expect(row?.[4]).toBe(`'${name}`);
    },
  );

  it.each(['名簿.xlsx', '総務部/2015/名簿.xlsx', 'march.txt', 'R5年度', 'a1', 'May', 'S30系'])('leaves %j alone', (name) => {
    const row = readCsv([...csvForm.write([makeJudged({ path: name })], RUN, TOTALS, 'ja')].join('').slice(1))[1];
    expect(row?.[4]).toBe(name);
  });
});

describe('columns', () => {
  it('keep their order; new ones come at the end', () => {
    expect(COLUMNS.slice(0, 42).map(({ en }) => en)).toEqual(FIRST_COLUMNS);
  });

  it('tell who approved an exception, and whose folder it is', () => {
    const exception = { reason: '訴訟中', approver: '情報管理課長', expires: '2027-03-31' };
    const row = readCsv(csvRow({ ...makeJudged(), department: '総務部', exception }, 'ja'))[0]!;
    expect(row.slice(42, 47)).toEqual(['総務部', '訴訟中', '情報管理課長', '2027-03-31', '取扱注意']);
  });

  it.each([
    ['総務部/名簿.csv', 'modified', ['最終更新', '', '']],
    ['H27年度/名簿.csv', 'modified', ['最終更新', '2015', 'フォルダー名']],
    ['H27年度/名簿R7年度.csv', 'business-year', ['年度の終わり', '2025', 'ファイル名']],
  ] as const)('tell from what the age of %s was counted (%s), and the year that names tell', (path, retentionFrom, cells) => {
    const file = makeJudged({ path }, { ...DEFAULT_POLICY, retentionFrom });
    expect(readCsv(csvRow(file, 'ja'))[0]!.slice(47)).toEqual(cells);
  });

  it('are explained by the data dictionary', () => {
    expectGolden('../../../src/report/data-dictionary.md', dataDictionary());
  });
});

describe('registry', () => {
  it('names each form once', () => {
    expect(reportForms.map((form) => form.id)).toEqual(['csv', 'jsonl']);
  });
});
