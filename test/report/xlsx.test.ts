import { describe, expect, it } from 'vitest';
import type { JudgedFile } from '../../src/model.js';
import { SheetNames } from '../../src/report/sheet-names.js';
import { cellText, columnName, serialOf, serialOfDay } from '../../src/report/sheet-xml.js';
import { type BookInput, writeBook } from '../../src/report/xlsx.js';
import { csvColumns } from '../../src/words/csv-columns.js';
import { makeJudged } from '../kit/judged-file.js';
import { EXCEPTIONS, FILES, HOSTILE_NAMES, PILES, RUN, TOTALS } from '../kit/report-run.js';
import { memorySpool, readWorkbook, readZipPart } from '../kit/workbook.js';

process.env.TZ = 'Asia/Tokyo';

const none = { four: 0, three: 0, two: 0, other: 0 };
const part = (name: string) => ({
  name,
  files: 1,
  records: { ...none, four: 3 },
  recordSum: 3,
  persons: 3,
  exposedSum: 3,
  exposedPersons: 3,
  notExamined: 0,
});
const LEAK = { parts: [part('総務部'), part('経理部')], total: part(''), sharedPersons: 3, personsInSeveral: 3, overlaps: [] };
const withDepartment = (file: JudgedFile): JudgedFile => ({ ...file, department: /^(総務部|経理部)\//.exec(file.path)?.[1] ?? '' });

function bookOf(files: Iterable<JudgedFile>, change: Partial<BookInput> = {}) {
  const input = { files, run: RUN, totals: TOTALS, leak: LEAK, lang: 'ja', spool: memorySpool(), ...change } as const;
  return readWorkbook(Buffer.concat([...writeBook(input)]));
}

describe('the workbook', () => {
  const files = FILES.map(withDepartment);
  const sheets = bookOf(files);

  it('has a marked summary, a sheet a department and one that explains the columns', () => {
    expect(Object.keys(sheets)).toEqual(['概要', '総務部', '経理部', '（部署なし）', '列の説明']);
    expect(sheets.概要![0]![0]).toMatch(/^取扱注意/);
    expect(sheets.列の説明).toHaveLength(csvColumns('ja').length + 1);
  });

  it('holds each row once, in the columns of the CSV', () => {
    const rows = Object.entries(sheets).filter(([name]) => !['概要', '列の説明'].includes(name));
    for (const [, [head]] of rows) expect(head).toEqual(csvColumns('ja'));
    expect(rows.reduce((sum, [, all]) => sum + all.length - 1, 0)).toBe(FILES.length);
  });

  it('keeps hostile names as they are, but for characters that nobody sees', () => {
    const paths = sheets['（部署なし）']!.map((row) => row[4]);
    for (const name of HOSTILE_NAMES.filter((one) => !/[\p{Cc}\u202e]|\\u\{/u.test(one))) expect(paths).toContain(name);
    expect(paths).toContain('gpj.\\u{202e}txt');
    expect(paths).toContain('line\\u{d}\\u{a}break.txt');
  });

  it('has dates as dates, numbers as numbers, numbers of accounts as texts', () => {
    const [head, row] = sheets.総務部!;
    const cell = (name: string) => row![head!.indexOf(name)];
    // 2015-03-23 09:00 in Japan: day 42086 of the 1900 system.
    expect(cell('最終更新日時')).toBeCloseTo(42_086 + 9 / 24, 6);
    expect(cell('サイズ（バイト）')).toBe(18_231);
    expect(cell('リスク')).toBe(53);
    expect(cell('読める人数')).toBe('');
    expect(sheets['（部署なし）']!.at(-1)![head!.indexOf('所有者')]).toBe('0012');
  });

  it('counts in its summary what the run counts, and says that persons overlap', () => {
    const summary = sheets.概要!;
    const sums = summary.filter((row) => row[0] === '合計');
    expect(sums.map((row) => row.slice(1, 4))).toEqual(
      [
        [TOTALS.enumerated, '', ''],
        [TOTALS.enumerated, '', ''],
        ['', TOTALS.enumerated, TOTALS.members],
      ].map((row) => expect.arrayContaining(row.filter((cell) => cell !== ''))),
    );
    expect(summary.flat().join()).toContain('部署どうしで重なる');
  });

  it('has sheets of piles and of exceptions where the policy has rules for them, also with nothing to tell', () => {
    const totals = { ...TOTALS, piles: PILES, exceptions: EXCEPTIONS };
    const named = [...files, { ...makeJudged(), department: '例外' }];
    const book = bookOf(named, { totals });
    expect(Object.keys(book)).toEqual(['概要', '集まりすぎ', '例外', '総務部', '経理部', '（部署なし）', '例外 (2)', '列の説明']);
    expect(book.集まりすぎ!.slice(1)).toEqual([
      ['一つのフォルダーにある', '=総務部/名簿', 1200, 1000, '/srv/share', ''],
      ['一つのアカウントが読める', '全員', 900, 500, '', 'everybody'],
      ['一つのフォルダーにある', '（対象フォルダーの直下）', 800, 500, '/srv/share', ''],
      ['一つのアカウントが読める', '<b>yamada\\u{202e}', 600, 500, '', 'u:5001'],
    ]);
    expect(book.例外!.slice(1).map((row) => [row[0], row[1], row[4], row[5], row[6]])).toEqual([
      ['終了（無効）', '総務部/**', serialOfDay('2026-11-20'), 0, '－'],
      ['有効（まもなく終了）', '=経理部/<i>\\u{202e}', serialOfDay('2026-12-01'), 3, 'あり'],
      ['有効', '経理課/**', serialOfDay('2027-03-31'), 0, 'なし（要確認）'],
      ['有効', `sha256:${'ab'.repeat(32)}`, serialOfDay('2028-03-31'), 2, 'あり'],
    ]);
    expect(book.概要!.filter(([name]) => name === '集まりすぎ' || name === '例外').map((row) => row.slice(0, 2))).toEqual([
      ['集まりすぎ', 4],
      ['例外', 4],
      ['例外', '例外 (2)'],
    ]);
    expect(bookOf(files, { totals: { ...TOTALS, piles: [] } }).集まりすぎ).toHaveLength(1);
  });

  it('cuts a cell at what Excel takes, visibly, and says so', () => {
    const details = [{ stage: 'extract', code: 'damaged', detail: 'x'.repeat(40_000) }] as const;
    const cut = bookOf([makeJudged({ content: { problems: details } })]);
    const [head, row] = cut['（部署なし）']!;
    const cell = String(row![head!.indexOf('問題の詳細')]);
    expect([cell.length, cell.at(-1)]).toEqual([32_767, '…']);
    expect(cut.概要!.flat().join()).toContain('1 セル');
  });

  it('goes on in a further sheet when one is full', () => {
    const rows = Array.from({ length: 25 }, (_, at) => ({ ...makeJudged({ path: `総務部/${at}.csv` }), department: '総務部' }));
    const book = bookOf(rows, { rowsMax: 11 });
    expect(Object.keys(book)).toEqual(['概要', '総務部', '総務部 (2)', '総務部 (3)', '列の説明']);
    expect(['総務部', '総務部 (2)', '総務部 (3)'].map((name) => book[name]!.length)).toEqual([11, 11, 6]);
    expect(book['総務部 (3)']!.map((row) => row[4])).toEqual(['パス', ...[20, 21, 22, 23, 24].map((at) => `総務部/${at}.csv`)]);
    expect(book.概要!.find((row) => row[0] === '総務部')?.slice(1, 3)).toEqual(['総務部、総務部 (2)、総務部 (3)', 25]);
  });
});

describe('a sheet of rows', () => {
  it('keeps its header in sight and filters all of its rows', () => {
    const parts = new Map<string, string>();
    const input = {
      files: [{ ...makeJudged(), department: '総務部' }],
      run: RUN,
      totals: TOTALS,
      leak: LEAK,
      lang: 'ja',
      spool: memorySpool(),
    } as const;
    const bytes = Buffer.concat([...writeBook(input)]);
    for (const name of ['xl/worksheets/sheet2.xml', 'xl/workbook.xml']) parts.set(name, readZipPart(bytes, name));
    const sheet = parts.get('xl/worksheets/sheet2.xml')!;
    const last = columnName(csvColumns('ja').length - 1);
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain(`<autoFilter ref="A1:${last}2"/>`);
    expect(sheet).toContain('<oddHeader>&amp;R取扱注意');
    expect(parts.get('xl/workbook.xml')).toContain(`_xlnm._FilterDatabase" localSheetId="1" hidden="1">'総務部'!$A$1:$${last}$2<`);
  });
});

describe('cells', () => {
  it.each([
    ['_x000D_', '_x005F_x000D_'],
    ['a_xyz', 'a_xyz'],
    ['\u0000\uffff', '\\u{0}\\u{ffff}'],
    ['\ud800', '\\u{d800}'],
  ])('%j is written %j', (text, written) => expect(cellText(text)).toBe(written));

  it('has serial numbers of days only where spreadsheets agree on them', () => {
    expect(serialOf(Date.parse('1900-02-28T00:00:00+09:00'))).toBeNull();
    expect(serialOf(Date.parse('1900-03-01T00:00:00+09:00'))).toBe(61);
    expect(serialOf(Date.parse('2026-12-01T12:00:00+09:00'))).toBe(46_357.5);
    expect(serialOfDay('2019-05-01')).toBe(43_586);
    expect(serialOf(Number.NaN)).toBeNull();
  });
});

describe('names of sheets', () => {
  it('are short, without signs of Excel, each once', () => {
    const names = new SheetNames();
    expect(names.take('総務部')).toBe('総務部');
    expect(names.take('総務部')).toBe('総務部 (2)');
    expect(names.take("a/b:c[d]'")).toBe('a_b_c_d__');
    expect(names.take('History')).toBe('History (2)');
    expect(names.take('あ'.repeat(40))).toHaveLength(31);
    expect(names.take('あ'.repeat(40))).toBe(`${'あ'.repeat(27)} (2)`);
    expect(names.take('𠮷'.repeat(20))).toBe('𠮷'.repeat(15));
    expect(names.take('')).toBe('_');
  });
});
