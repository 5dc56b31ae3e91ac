import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JudgedFile } from '../../src/model.js';
import type { Evidence, PageData, UiWords } from '../../src/page/data.js';
import { approvalOf } from '../../src/policy/judge.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { showText } from '../../src/report/escape.js';
import { writeHtml } from '../../src/report/html/form.js';
import { html, jsonText, outside } from '../../src/report/html/markup.js';
import { expectGolden } from '../kit/golden.js';
import { htmlRun, SMALL_BOUNDS } from '../kit/html-run.js';
import { AS_OF_MS, makeJudged, problems, ROSTER } from '../kit/judged-file.js';
import { EXCEPTIONS, FILES, HOSTILE_NAMES, incompleteRun, PILES } from '../kit/report-run.js';

beforeAll(() => {
  process.env.TZ = 'Asia/Tokyo';
});

const ATTACKS = [
  '</script><script>alert(1)</script>.txt',
  '<!--<script>',
  ']]>',
  '"onclick="alert(1)',
  "'onclick='alert(1)",
  '<img src=x onerror=alert(1)>',
  '&lt;b&gt;',
  'null\u0000.txt',
  '\u2028\u2029.txt',
  '\ud800.txt',
  '__proto__',
  '{n}',
];
const hostile = (): JudgedFile[] =>
  [...HOSTILE_NAMES, ...ATTACKS].flatMap((name) => [
    makeJudged({ path: name, owner: name, content: ROSTER }),
    makeJudged({ path: `${name}/${name}/${name}`, content: ROSTER, access: { reason: name, broad: [name] } }),
  ]);

const page = (...parameters: Parameters<typeof writeHtml>) => [...writeHtml(...parameters)].join('');
const block = <T>(text: string, id: string): T => JSON.parse(new RegExp(`id="${id}">(.*)</script>`, 'u').exec(text)![1]!) as T;
const scriptOf = (text: string) => /<script>(.*?)<\/script>/su.exec(text)![1]!;
const styleOf = (text: string) => /<style>(.*?)<\/style>/su.exec(text)![1]!;
const count = (text: string, piece: string) => text.split(piece).length - 1;
/** What a reader sees of a part in one language. */
const part = (text: string, lang: 'ja' | 'en', name: string) =>
  new RegExp(`<section class="${name}" aria-labelledby="${name}-${lang}">(.*?)</section>`, 'su').exec(text)![1]!;

describe('markup', () => {
  it('escapes what is put in, and shows what can not be seen', () => {
    expect(html`<p title="${'"&\'<>'}">${['a\u202eb', html`<b>${'<'}</b>`, null, 3]}</p>`.text).toBe(
      '<p title="&quot;&amp;&#39;&lt;&gt;">a\\u{202e}b<b>&lt;</b>3</p>',
    );
    expect(outside('<x>').text).toBe('<bdi>&lt;x&gt;</bdi>');
  });

  it('makes JSON from which no script can be left', () => {
    expect(jsonText(['</script>', '<!--', '\u2028'])).toBe('["\\u003c/script>","\\u003c!--","\\u2028"]');
  });
});

describe('the page', () => {
  it.each(['ja', 'en'] as const)('is as the golden file (%s)', (lang) => {
    const text = page(htmlRun(FILES), lang);
    const bare = text
      .replace(scriptOf(text), '')
      .replace(styleOf(text), '')
      .replaceAll(/'sha256-[^']+'/gu, "'sha256-…'");
    // The words of the other parts have their own tests.
    expectGolden(`run.${lang}.html`, bare.replace(/(id="words">).*?(?=<\/script>)/u, '$1'));
  });

  it('speaks of departments as the site does where it says whose folders are whose', () => {
    const files = ['給付/平成26年/a.xlsx', '旧給付/平成26年/b.xlsx', 'c.xlsx'].map((path) => makeJudged({ path, content: ROSTER }));
    const run = htmlRun(files);
    const configured = page(
      {
        ...run,
        departmentsConfigured: true,
        files: [...run.files].map((one) => ({ ...one, department: one.file.path.includes('/') ? '給付課' : '' })),
      },
      'ja',
    );
    expect(part(configured, 'ja', 'departments')).toContain('設定（departments）で決めたもの');
    expect(part(configured, 'ja', 'departments')).toContain('（どの部署でもない）');
    // Folders of the same name below two first folders are two.
    for (const name of ['旧給付/平成26年', '給付/平成26年']) expect(part(configured, 'ja', 'map')).toContain(name);
    expect(block<Record<'ja' | 'en', UiWords>>(configured, 'words').en.noDepartment).toBe('(of no department)');
    const plain = page(htmlRun(files), 'ja');
    expect(part(plain, 'ja', 'departments')).toContain('すぐ下のフォルダー');
    expect(part(plain, 'ja', 'departments')).toContain('（対象フォルダーの直下）');
  });

  it('allows its own script and style by their hashes, and nothing else', () => {
    const text = page(htmlRun(FILES), 'ja');
    const hash = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    const policy = /Content-Security-Policy" content="([^"]+)"/u.exec(text)![1];
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(scriptOf(text))}; style-src ${hash(styleOf(text))}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'));
  });

  it('loads nothing, and has neither handlers nor styles in its elements', () => {
    const text = page(htmlRun(hostile()), 'ja');
    expect(text).not.toMatch(/https?:|\/\/[a-z]+\.|@import|url\(/iu);
    const tags = text.match(/<[a-z][^>]*>/giu)!;
    expect(tags.filter((tag) => /\s(?:src|style|on\w+)\s*=/iu.test(tag.replaceAll(/"[^"]*"/gu, '""')))).toEqual([]);
    expect(tags.filter((tag) => /\shref="(?!#)/iu.test(tag))).toEqual([]);
  });

  it('keeps hostile names as text, in their shown form', () => {
    const files = hostile();
    const text = page(htmlRun(files), 'ja');
    expect(count(text, '<script')).toBe(4);
    expect(count(text, '</script')).toBe(4);
    expect(count(text, '<img')).toBe(0);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
    const { columns, folders, departments } = block<PageData>(text, 'data');
    const paths = columns.name.map((name, row) => [folders[columns.folder[row]!], name].filter((one) => one !== '').join('/'));
    expect(paths.sort()).toEqual(files.map(({ path }) => showText(path)).sort());
    expect(departments).toContain('__proto__');
  });

  it('counts what the JSONL counts', () => {
    const input = htmlRun(FILES);
    const text = page(input, 'en');
    const { columns, profiles, holdings } = block<PageData>(text, 'data');
    expect(columns.name).toHaveLength(input.totals.enumerated);
    const verdicts: Record<string, number> = {};
    for (const profile of columns.profile) verdicts[profiles[profile]!.verdict] = (verdicts[profiles[profile]!.verdict] ?? 0) + 1;
    expect(verdicts).toEqual(input.totals.byVerdict);
    const records = [0, 1, 2, 3].map((at) => columns.holding.reduce((sum, holding) => sum + holdings[holding]![at]!, 0));
    expect(records).toEqual(Object.values(input.totals.records));
    const numbers = (name: string) =>
      [...part(text, 'en', name).matchAll(/class="number">([\d,]+)</gu)].map(([, number]) => Number(number!.replaceAll(',', '')));
    const found = input.totals.enumerated;
    expect(numbers('counts').filter((number) => number === found)).toHaveLength(2);
    expect(part(text, 'en', 'counts')).toContain(`Equals the ${found} found.`);
    expect(numbers('leak').slice(-4, -2)).toEqual(
      [records, Object.values(input.exposed.records)].map((list) => list.reduce((a, b) => a + b)),
    );
    expect(numbers('leak').slice(-2)).toEqual([input.totals.persons, input.exposed.persons]);
    const columnsOf = 7;
    const departments = numbers('departments');
    expect(departments.filter((_, at) => at % columnsOf === columnsOf - 1).reduce((a, b) => a + b)).toBe(found);
  });

  it('says so when its figures do not add up, and when the round did not reach its end', () => {
    const input = htmlRun(FILES);
    const odd = page({ ...input, totals: { ...input.totals, enumerated: input.totals.enumerated + 1 } }, 'en');
    expect(part(odd, 'en', 'counts')).toContain('a fault of the program');
    const { coverage } = incompleteRun('time-limit');
    const half = page({ ...input, run: { ...input.run, complete: false, coverage }, stopped: 'time-limit' }, 'ja');
    expect(half.match(/これまでに分かった 1,000件のうち 250件（多くて 25%）/gu)).toHaveLength(2);
    expect(part(half, 'ja', 'counts')).toContain('今回見ていないものは前回までの結果で数え');
    expect(half).toContain('見回りは最後まで終わっていません');
    expect(part(half, 'ja', 'counts')).toContain('これまでに見つけた数');
  });

  it('tells piles and exceptions where the policy has rules for them, with what to look at first', () => {
    const bare = htmlRun(FILES);
    expect(page(bare, 'ja')).not.toMatch(/<section class="(?:piles|exceptions)"/u);
    const text = page({ ...bare, totals: { ...bare.totals, piles: PILES, exceptions: EXCEPTIONS } }, 'ja');
    const piles = part(text, 'ja', 'piles');
    expect([...piles.matchAll(/class="number">([\d,]+)</gu)].map(([, number]) => number)).toEqual(
      PILES.flatMap(({ persons, bound }) => [persons.toLocaleString('ja-JP'), bound.toLocaleString('ja-JP')]),
    );
    // A folder asks the list for what lies in it; neither a reader nor the root itself has such a word.
    expect([...piles.matchAll(/data-query="([^"]*)"/gu)].map(([, query]) => query)).toEqual(['=総務部/名簿/']);
    expect(piles).toContain('<bdi>&lt;b&gt;yamada\\u{202e}</bdi>');
    const exceptions = part(text, 'en', 'exceptions');
    expect([...exceptions.matchAll(/<th scope="row"><bdi>(.*?)<\/bdi>/gu)].map(([, path]) => path)).toEqual([
      '総務部/**',
      '=経理部/&lt;i&gt;\\u{202e}',
      '経理課/**',
      `sha256:${'ab'.repeat(32)}`,
    ]);
    expect(exceptions.match(/<strong>.*?<\/strong>/gu)).toEqual([
      '<strong>ended, ignored</strong>',
      '<strong>in force, ends soon</strong>',
      '<strong>no: see to it</strong>',
    ]);
    const lead = part(text, 'ja', 'lead');
    expect(lead).toContain('集まっているところが 4か所あります');
    expect(lead).toContain('当たるファイルのない例外 3件');
    const clean = htmlRun([makeJudged({})]);
    const obeying = part(page({ ...clean, totals: { ...clean.totals, piles: PILES } }, 'en'), 'en', 'lead');
    expect(obeying).not.toContain('Nothing has to be mended now.');
  });

  it('tells of each file from what its age was counted, the year of its names, and who excused it until when', () => {
    const policy = {
      ...DEFAULT_POLICY,
      retentionFrom: 'business-year',
      exceptions: [{ path: '**', reason: '訴訟\u202e', approver: '課長', expires: '2027-03-31' }],
    } as const;
    const exception = approvalOf(makeJudged({ content: ROSTER }), policy, AS_OF_MS)!;
    const files = [
      makeJudged({ path: 'H26年度/a.csv', content: ROSTER }, policy),
      makeJudged({ path: 'b.csv', content: ROSTER }, policy),
    ].map((file) => ({ ...file, exception }));
    const { profiles, columns } = block<PageData>(page(htmlRun(files), 'ja'), 'data');
    const told = { reason: '訴訟\\u{202e}', approver: '課長', expires: '2027-03-31' };
    expect(profiles.map(({ basis, exception: excused }) => [basis, excused])).toEqual([
      ['business-year', told],
      ['modified', told],
    ]);
    expect(columns.year).toEqual([-2014, 0]);
  });

  it('says what matters first: exposed files and persons, and where to begin', () => {
    const lead = part(page(htmlRun(FILES), 'ja'), 'ja', 'lead');
    expect(lead).toContain('保護されていないファイルが 2件あり、24人分の個人情報を関係者以外も読めます。');
    expect(lead).toContain('「総務部」から始めてください');
    const clean = part(page(htmlRun([makeJudged({})]), 'en'), 'en', 'lead');
    expect(clean).toContain('No personal data was found.');
    expect(clean).toContain('Nothing has to be mended now.');
    const unread = part(page(htmlRun([makeJudged({ content: { examined: 'none', ...problems('damaged') } })]), 'en'), 'en', 'lead');
    expect(unread).toContain('this does not mean that there is none');
  });

  it('lists only the worst beyond its bound, and says how many are left out', () => {
    const files = Array.from({ length: 40 }, (_, at) =>
      makeJudged({ path: `課/${at}.xlsx`, modifiedMs: at * 86_400_000 * 400, content: at % 2 ? ROSTER : {} }),
    );
    const text = page(htmlRun(files), 'en', SMALL_BOUNDS);
    const { columns } = block<PageData>(text, 'data');
    const worst = files.map(({ risk }) => Math.round(risk * 10)).sort((a, b) => b - a);
    expect(columns.risk).toEqual(worst.slice(0, SMALL_BOUNDS.rowsMax));
    expect(text).toContain('The 5 files of the highest risk are listed, of 40.');
    expect(part(text, 'en', 'list')).toContain('Not listed: violation 15, clear 20.');
    expect(part(text, 'en', 'counts')).toContain('Equals the 40 found.');
  });

  it('ends its evidence at its bound, highest risk first', () => {
    const files = Array.from({ length: 40 }, (_, at) => makeJudged({ path: `課/${at}.xlsx`, content: ROSTER }));
    const { rows, endRow } = block<Evidence>(page(htmlRun(files), 'en', { ...SMALL_BOUNDS, rowsMax: 40 }), 'evidence');
    expect(endRow).toBeLessThan(40);
    expect(rows.map(([row]) => row)).toEqual(Array.from({ length: endRow }, (_, at) => at));
    const whole = block<Evidence>(page(htmlRun(files), 'en'), 'evidence');
    expect(whole.rows).toHaveLength(40);
    expect(whole.endRow).toBe(40);
  });

  it('shows masked findings alone, no weak ones, and the words of their reasons', () => {
    const text = page(htmlRun(FILES), 'ja');
    const { sorts, masked, rows } = block<Evidence>(text, 'evidence');
    expect(masked).toContain('12＊＊-＊＊＊＊＊＊');
    expect(sorts.every(({ confidence }) => confidence !== 'weak')).toBe(true);
    const { codes } = block<Record<'ja' | 'en', UiWords>>(text, 'words').ja;
    for (const { why } of sorts) for (const code of why) expect(codes.why[code]).toBeTruthy();
    expect(rows.find(([, , members]) => members.length > 0)?.slice(2)).toEqual([[['中/名簿.csv', 'violation', 12]], 1]);
    expect(text).not.toContain('fingerprint');
  });

  it('gives factors whose product is the risk', () => {
    const { columns, profiles, holdings } = block<PageData>(page(htmlRun(FILES), 'ja'), 'data');
    for (const [row, risk] of columns.risk.entries()) {
      const [password, access] = profiles[columns.profile[row]!]!.factors;
      const holding = holdings[columns.holding[row]!]!;
      const product = (holding[5]! / 10_000) * (holding[6]! / 10_000) * password * access * (columns.ageFactor[row]! / 1000);
      expect(Math.abs(product * 1000 - risk)).toBeLessThan(1.5);
    }
  });

  it('has a trend only when there is something to compare with', () => {
    const night = {
      startedMs: Date.parse('2026-11-20T21:00:00+09:00'),
      complete: true,
      openViolations: 9,
      exposedPersons: 90,
      notExamined: 2,
    };
    expect(page(htmlRun(FILES, { nights: [night] }), 'ja')).not.toContain('これまでの推移');
    const nights = [night, { ...night, startedMs: night.startedMs + 86_400_000, complete: false, openViolations: 4 }];
    const trend = part(page(htmlRun(FILES, { nights }), 'ja'), 'ja', 'trend');
    expect(trend).toContain('2026-11-20 9 → 2026-11-21 4');
    expect(count(trend, 'dot hollow')).toBe(3);
    expect(count(trend, '<tr>')).toBe(3);
  });

  it('is marked confidential before anything else, in its title and on each printed page', () => {
    const text = page(htmlRun(FILES), 'ja');
    expect(text.split('\n')[1]).toBe('<!-- 取扱注意 / Confidential -->');
    expect(text).toContain('<title>取扱注意 見回りの報告 2026-11-21</title>');
    expect(styleOf(text)).toMatch(/@page\s*\{[^}]*@top-left\s*\{\s*content:\s*"取扱注意/u);
    expect(text.indexOf('class="secret"')).toBeLessThan(text.indexOf('<h1>'));
  });

  it('is a stream: what it holds does not grow with what it has written', () => {
    const many = Array.from({ length: 3_000 }, (_, at) => makeJudged({ path: `課/表${at}.xlsx` }));
    const pieces = [...writeHtml(htmlRun(many), 'ja')];
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.length).toBeLessThan(100_000);
  });
});
