import { beforeAll, describe, expect, it } from 'vitest';
import type { Lang } from '../../detectors/contract.js';
import type { Finding } from '../../src/model.js';
import type { Coverage } from '../../src/parts.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { riskFactors } from '../../src/policy/risk.js';
import { type CheckedFile, Checklist, markOf, renderCheck, renderCheckedFile } from '../../src/report/check.js';
import { renderExplain } from '../../src/report/explain.js';
import { alignRows, widthOf } from '../../src/report/layout.js';
import { renderSummary } from '../../src/report/summary.js';
import { expectGolden } from '../kit/golden.js';
import { AS_OF_MS, DAY_MS, makeJudged, password, problems, ROSTER } from '../kit/judged-file.js';
import { FILES, FINDINGS, HOSTILE_NAMES, incompleteRun, RUN, SUMMARY, TOTALS } from '../kit/report-run.js';

beforeAll(() => {
  process.env.TZ = 'Asia/Tokyo';
});

const LANGS: readonly Lang[] = ['ja', 'en'];
const UNSEEN = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const CHECKED: readonly CheckedFile[] = FILES.map((file) => ({ file, findings: file.risk > 0 ? FINDINGS : [] }));

describe.each(LANGS)('in %s', (lang) => {
  it('the summary is as the golden file', () => {
    expectGolden(`summary.${lang}.txt`, renderSummary(SUMMARY, lang, false));
  });

  it('the check is as the golden file', () => {
    expectGolden(`check.${lang}.txt`, renderCheck(CHECKED, lang, false));
  });

  it('the explanation is as the golden file', () => {
    const rejected = [
      { kind: 'pension-number', where: { line: 4 }, start: 3, end: 13, masked: '＊＊＊＊＊＊＊＊＊21', why: ['telephone'] },
      { kind: 'name', where: { sheet: 'Sheet1', cell: 'C9' }, start: 0, end: 4, why: ['unheard-of'] },
    ] as const;
    expectGolden(`explain.${lang}.txt`, renderExplain({ file: FILES[0]!, findings: FINDINGS, rejected, moreFindings: 40 }, lang, false));
  });

  it('no unseen character of a name reaches the terminal, with colours only those of the program', () => {
    const worstFiles = HOSTILE_NAMES.map((path) => makeJudged({ path, content: ROSTER }));
    const checked = worstFiles.map((file) => ({ file, findings: FINDINGS }));
    for (const color of [false, true]) {
      const texts = [renderSummary({ ...SUMMARY, worstFiles }, lang, color), renderCheck(checked, lang, color)];
      for (const text of texts) expect(text.replaceAll(/\u001b\[\d+m/g, '')).not.toMatch(UNSEEN);
    }
    expect(renderCheck(checked, lang, false)).toContain('\\u{1b}[31mred.txt');
  });
});

describe('the summary', () => {
  it('says at the top that a run is not complete, and why', () => {
    const stopped = renderSummary({ ...SUMMARY, run: incompleteRun('time-limit') }, 'en', false);
    expect(stopped.split('\n').slice(0, 5).join('\n')).toContain('stopped at its time limit');
    expect(stopped).toContain('Run the same command again');
    expect(stopped).toContain('250 of the 1,000 files known so far (at most 25 %); besides, folders never opened yet: 3');
    expect(stopped).toContain('mimawari report --run last-complete');
    expect(renderSummary({ ...SUMMARY, run: { ...RUN, complete: false } }, 'ja', false)).toContain('最後まで見回れませんでした');
  });

  it('tells when its sums do not add up', () => {
    const wrong = renderSummary({ ...SUMMARY, totals: { ...TOTALS, enumerated: TOTALS.enumerated + 1 } }, 'ja', false);
    expect(wrong.match(/一致しません/g)).toHaveLength(2);
    expect(renderSummary(SUMMARY, 'ja', false)).not.toContain('一致しません');
  });

  it('does not call a run clean that could not read everything', () => {
    const totals = { ...TOTALS, openViolations: 0, notExamined: 1, byVerdict: { ...TOTALS.byVerdict, violation: 0 } };
    const text = renderSummary({ ...SUMMARY, totals }, 'ja', false);
    expect(text).toContain('「違反なし」とは言えません');
    expect(text).not.toContain('違反は見つかりませんでした');
    expect(renderSummary({ ...SUMMARY, totals: { ...totals, notExamined: 0 } }, 'ja', false)).toContain('違反は見つかりませんでした');
  });

  it('says that all violations are excepted, and never that there was none', () => {
    const totals = { ...TOTALS, openViolations: 0, notExamined: 0, byVerdict: { ...TOTALS.byVerdict, violation: 3 } };
    const text = renderSummary({ ...SUMMARY, totals }, 'ja', false);
    expect(text).toContain('違反は 3件ありますが、すべて方針で承認された例外です');
    expect(text).not.toContain('違反は見つかりませんでした');
  });

  it('does not call the sum of an interrupted run that of all files', () => {
    const text = renderSummary({ ...SUMMARY, run: incompleteRun('interrupted') }, 'ja', false);
    expect(text).not.toContain('と一致');
    expect(text.match(/今回見ていないものは前回までの結果で数え、/g)).toHaveLength(2);
    const told = (change: Partial<Coverage>) => {
      const run = incompleteRun('interrupted');
      return renderSummary({ ...SUMMARY, run: { ...run, coverage: { ...run.coverage!, ...change } } }, 'ja', false);
    };
    const first = told({ earlier: false, lastComplete: null });
    expect(first.match(/まだ見ていないファイルは入っていません/g)).toHaveLength(2);
    expect(first).toContain('見ていないものは、下の数に入っていません');
    expect(first).not.toContain('前回まで');
    expect(told({ lastComplete: null })).toContain('今回見ていないものは、前回までに見た分だけが下の数に入っています');
  });

  it('counts what only its own day makes too old, where there is any', () => {
    const told = (count: number) => renderSummary({ ...SUMMARY, totals: { ...TOTALS, staleByDocument: count } }, 'ja', false);
    expect(told(3)).toContain('文書自身の日付では保管期間を過ぎているファイル（個人情報あり） 3件');
    expect(told(0)).not.toContain('文書自身の日付');
  });

  it('names the root of each place when there are several', () => {
    const run = { ...RUN, roots: ['/srv/share', '/srv/other'] };
    expect(renderSummary({ ...SUMMARY, run }, 'ja', false)).toContain('/srv/share/総務部/名簿.xlsx');
  });

  it('colours only when asked', () => {
    expect(renderSummary(SUMMARY, 'ja', false)).not.toContain('\u001b');
    expect(renderSummary(SUMMARY, 'ja', true)).toContain('\u001b[');
  });
});

it.each([
  ['none', '分かりません'],
  ['partial', '読めた所に'],
  ['full', '個人情報は見つかりませんでした'],
] as const)('explain does not take a file read %s for one without personal data', (examined, words) => {
  const file = makeJudged({ content: { examined } });
  expect(renderExplain({ file, findings: [], rejected: [], moreFindings: 0 }, 'ja', false)).toContain(words);
});

it.each([
  [ROSTER, '  100 × 件数 0.53 × 種類 1.00 × パスワード 1.00 × アクセス権 1.00 × 経過 0.70'],
  [{}, null],
] as const)('explain says what the risk is made of: %j', (content, line) => {
  const file = makeJudged({ content });
  const factors = riskFactors(file, file.retention);
  const lines = renderExplain({ file, factors, findings: [], rejected: [], moreFindings: 0 }, 'ja', false).split('\n');
  if (line === null) expect(lines.join()).not.toContain('×');
  else expect(lines).toContain(line);
  const inside = renderExplain({ file: { ...file, risk: 99 }, factors, findings: [], rejected: [], moreFindings: 0 }, 'en', false);
  expect(inside).toContain('the highest risk of what is inside');
});

it.each([
  [
    {},
    '経過 10日（最終更新から）、保管期間 365日（規則: 既定）: 期間内',
    'age 10 days (from the last change), retention 365 days (rule: default): within',
  ],
  [{ modifiedMs: AS_OF_MS - DAY_MS }, '経過 1日（最終更新から）', 'age 1 day (from the last change)'],
  [
    { modifiedMs: null },
    '経過日数は不明（最終更新の日時がないか、未来の日時です）、保管期間 365日（規則: 既定）: 不明',
    'age unknown (no time of',
  ],
  [{ path: '永年/一覧.csv' }, '保管期間 無期限（規則: 永年）: 期間内', 'retention forever (rule: 永年): within'],
  [
    { path: '年度/H25年度/一覧.csv' },
    '（年度の終わりから）、保管期間 30日（規則: 年度）: 超過\n  名前が示す年度: 2013年度（フォルダー名による）\n',
    '(from the end of the business year), retention 30 days (rule: 年度): past\n  business year told by names: 2013 (by the folder name)\n',
  ],
  [{ siteFolder: '永年', path: '一覧.csv' }, '規則: 永年', 'rule: 永年'],
] as const)('explain tells the age of %j, by what it was counted and judged', (change, ja, en) => {
  const rule = { formats: [], paths: ['永年/**'], name: '永年', limitDays: null };
  const byYear = { formats: [], paths: ['年度/**'], name: '年度', limitDays: 30, from: 'business-year' as const };
  const file = makeJudged({ ...change, content: ROSTER }, { ...DEFAULT_POLICY, retention: [rule, byYear] });
  for (const [lang, words] of [
    ['ja', ja],
    ['en', en],
  ] as const)
    expect(renderExplain({ file, findings: [], rejected: [], moreFindings: 0 }, lang, false)).toContain(words);
});

describe('the check', () => {
  it.each([
    ['good', {}],
    ['good', { content: { ...ROSTER, ...password('set') } }],
    ['good', { content: { examined: 'none', ...password('set'), ...problems('encrypted') } }],
    ['bad', { content: ROSTER }],
    ['unknown', { modifiedMs: 0, content: { examined: 'none', ...password('set'), ...problems('encrypted') } }],
    ['unknown', { content: { examined: 'none', ...problems('needs-ocr') } }],
    ['unknown', { content: { ...ROSTER, examined: 'partial', ...password('set'), ...problems('damaged') } }],
    ['none', { content: { examined: 'textless' } }],
  ] satisfies [string, Parameters<typeof makeJudged>[0]][])('marks %s: %j', (mark, change) => {
    expect(markOf(makeJudged(change))).toBe(mark);
  });

  it.each([
    ['xlsx', 'ブックの保護'],
    ['docx', '文書の保護'],
    ['pptx', 'プレゼンテーションの保護'],
    ['xls', '名前を付けて保存'],
    ['pdf', '開くときのパスワード'],
    ['zip', 'AES-256'],
    ['csv', 'この種類のファイルにはパスワードをかけられません'],
    ['something', 'AES-256'],
  ])('tells the steps for %s', (format, step) => {
    const text = renderCheckedFile({ file: makeJudged({ content: { ...ROSTER, format } }), findings: [] }, 'ja', false);
    expect(text).toContain(step);
    expect(text).toContain('削除してください');
    expect(text).toContain('関係者だけが読めるフォルダーへ移してください');
  });

  it('names the files inside an archive that could not be read, and says what to do at each', () => {
    const content = {
      format: 'zip',
      examined: 'partial',
      problems: [{ stage: 'extract', code: 'damaged', detail: 'in 1 member' }],
    } as const;
    const container = {
      file: makeJudged({ path: '束.zip', content }),
      findings: [],
      unread: ['中/名簿\u202e.csv', 'b', 'c', 'd', 'e', 'f'],
    };
    const text = renderCheckedFile(container, 'ja', false);
    expect(text).toContain('読めなかったもの: 中/名簿\\u{202e}.csv、b、c、d、e、ほか1件');
    expect(text).toContain('中のファイルごとの案内');
    expect(text).not.toContain('壊れているようです');
    expect(text).not.toContain('ほかにも個人情報');
    const member = makeJudged({ path: '束.zip', member: 'b', content: { examined: 'none', ...problems('damaged') } });
    expect(renderCheckedFile({ file: member, findings: [] }, 'ja', false)).toMatch(/^？ 束\.zip > b\n[\s\S]*壊れているようです/);
  });

  it('does not say of an archive that it both has a password and has none', () => {
    const file = makeJudged({ path: '束.zip', content: { ...ROSTER, format: 'zip', ...password('partial') } });
    const text = renderCheckedFile({ file, findings: [] }, 'ja', false);
    expect(text).toContain('中に、パスワードのかかっていないファイルがあります');
    expect(text).not.toContain('パスワードがかかっていません');
  });

  it('lets an approved violation stay for its time, and says so', () => {
    const exceptions = [{ path: '**', reason: '移行', approver: '管理者', expires: '2099-12-31' }];
    const file = makeJudged({ content: ROSTER }, { ...DEFAULT_POLICY, exceptions });
    const text = renderCheck([{ file, findings: [] }], 'ja', false);
    expect(markOf(file)).toBe('excepted');
    expect(text).toMatch(/× 0 {2}△ 1 {2}？ 0/);
    expect(text).toContain('例外として承認されているあいだだけ');
    expect(text).not.toContain('このまま置いておけません');
    expect(text).not.toContain('直すところはありません');
  });

  it('tells files of several folders apart', () => {
    expect(renderCheckedFile({ file: makeJudged({ path: 'a.txt' }), findings: [], withRoot: true }, 'ja', false)).toContain(
      '/srv/share/a.txt',
    );
  });

  it('does not ask for a password where only the age is wrong', () => {
    const text = renderCheckedFile(
      { file: makeJudged({ modifiedMs: 0, content: { ...ROSTER, ...password('set') } }), findings: [] },
      'ja',
      false,
    );
    expect(text).toContain('要らなければ削除');
    expect(text).not.toContain('パスワードをかけてください');
  });

  it('asks for another name where the name holds the data', () => {
    const finding = { ...FINDINGS[0]!, where: { part: 'path' } };
    const text = (findings: readonly Finding[]) => renderCheckedFile({ file: makeJudged({ content: ROSTER }), findings }, 'ja', false);
    expect(text([finding])).toContain('名前を変えてください');
    expect(text([FINDINGS[0]!])).not.toContain('名前を変えてください');
  });

  it('says that it was stopped, and still what it knows', () => {
    const list = new Checklist('ja', false);
    list.add({ file: makeJudged({ content: ROSTER }), findings: [] });
    expect(list.end(false)).toMatch(/^\n途中で止められました。[^\n]*\n\n合計 1件/u);
  });

  it('says that there was nothing to check', () => {
    expect(renderCheck([], 'ja', false)).toBe('調べるファイルがありませんでした。\n');
  });

  it('counts each file once, members not at all', () => {
    const total = renderCheck(CHECKED, 'en', false).match(/Total (\d+) files {2}○ (\d+) {2}× (\d+) {2}\? (\d+) {2}- (\d+)/)!;
    const [all, ...marks] = total.slice(1).map(Number);
    expect(all).toBe(TOTALS.enumerated);
    expect(marks.reduce((sum, count) => sum + count, 0)).toBe(all);
  });
});

describe('layout', () => {
  it.each([
    ['abc', 3],
    ['総務部', 6],
    ['ﾔﾏﾀﾞ', 4],
    ['ガ'.normalize('NFD'), 2],
    ['𠮷', 2],
    ['😀', 2],
    ['Ａ１', 4],
    ['', 0],
  ])('takes %j for %i places', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('aligns Japanese and Latin cells, and leaves no blanks at the end', () => {
    expect(
      alignRows(
        [
          ['違反', '1', 'x'],
          ['ab', '1,000', ''],
        ],
        ['left', 'right', 'left'],
      ),
    ).toEqual(['違反      1  x', 'ab    1,000']);
  });
});
