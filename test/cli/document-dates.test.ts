/** An old list that was copied yesterday, from the sweep to every report that tells its age. Uses the compiled program in dist/. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageData } from '../../src/page/data.js';
import { writeMail } from '../kit/mail-writer.js';
import { roster, Share } from '../kit/share.js';
import { writeWorkbook } from '../kit/xlsx-writer.js';
import { writeZip } from '../kit/zip-writer.js';

const SAVED = '2015-03-23T00:00:00Z';
const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;

function workbook(saved: string): Buffer {
  const rows = roster(3).trim().split('\r\n');
  const core = `<cp:coreProperties xmlns:cp="c" xmlns:dcterms="t"><dcterms:created>2015-03-20T00:00:00Z</dcterms:created><dcterms:modified>${saved}</dcterms:modified></cp:coreProperties>`;
  return writeWorkbook({
    sheets: [{ name: '名簿', rows: rows.map((row) => `<row>${row.split(',').map(inline).join('')}</row>`).join('') }],
    parts: { 'docProps/core.xml': core },
  });
}

let share: Share;
let swept: ReturnType<Share['scan']>;
beforeAll(() => {
  share = new Share();
  share.put('コピー.xlsx', workbook(SAVED));
  share.put('新しい.xlsx', workbook(new Date().toISOString()));
  share.put('未来.xlsx', workbook('2999-01-01T00:00:00Z'));
  share.put('平文.csv', roster(3));
  share.put('書庫.zip', writeZip([{ name: '古い.xlsx', content: workbook(SAVED) }]));
  share.put(
    '手紙.eml',
    writeMail(['From: a@example.jp', `Date: ${new Date(SAVED).toUTCString()}`, 'Content-Type: text/csv; charset=utf-8'], roster(3)),
  );
  swept = share.scan();
});
afterAll(() => share.remove());

const inventory = () => ['--inventory', share.beside('inventory.db')];
interface Line {
  readonly path: string;
  readonly member: string | null;
  readonly reasons: readonly string[];
  readonly retention: Record<string, unknown>;
}
const told = (files: readonly Record<string, unknown>[]) =>
  Object.fromEntries(
    (files as unknown as Line[]).map(({ path, member, reasons, retention }) => [
      member === null ? path : `${path} > ${member}`,
      [
        retention.basis,
        retention.state,
        ...(retention.staleByDocument ? ['older'] : []),
        ...reasons.filter((reason) => reason === 'stale'),
      ],
    ]),
  );

it('tells the dates beside the last change, which decides', () => {
  expect(told(swept.files)).toMatchObject({
    'コピー.xlsx': ['modified', 'within', 'older'],
    '新しい.xlsx': ['modified', 'within'],
    '未来.xlsx': ['modified', 'within'],
    '平文.csv': ['modified', 'within'],
    '書庫.zip': ['modified', 'within', 'older'],
    '書庫.zip > 古い.xlsx': ['modified', 'within', 'older'],
    '手紙.eml': ['modified', 'within', 'older'],
  });
  const { retention } = (swept.files as unknown as Line[]).find(({ path }) => path === 'コピー.xlsx')!;
  const { created, saved } = retention.documentDates as { created: string; saved: string };
  expect([new Date(created).toISOString(), new Date(saved).toISOString()]).toEqual([
    '2015-03-20T00:00:00.000Z',
    '2015-03-23T00:00:00.000Z',
  ]);
  expect(saved).toMatch(/^2015-03-2\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  const future = (swept.files as unknown as Line[]).find(({ path }) => path === '未来.xlsx')!;
  expect(future.retention.documentDates).toMatchObject({ saved: null });
});

it('counts and marks what is past its retention by its own day alone', () => {
  const csv = share.beside('older.csv');
  const html = share.beside('older.html');
  const { stdout } = share.run('report', ...inventory(), '--csv', csv, '--html', html, '--lang', 'ja');
  expect(stdout).toContain('文書自身の日付では保管期間を過ぎているファイル（個人情報あり） 3件');
  const rows = readFileSync(csv, 'utf8').trim().split('\r\n');
  expect(rows[0]).toMatch(/,"文書の日付では期間超過"$/u);
  const marked = rows.filter((row) => row.endsWith(',"はい"'));
  expect(marked.map((row) => /,"([^"]*)","([^"]*)","ファイル"/u.exec(row)!.slice(1).join(' > '))).toEqual([
    'コピー.xlsx > ',
    '手紙.eml > ',
    '手紙.eml > part-1.csv',
    '書庫.zip > ',
    '書庫.zip > 古い.xlsx',
  ]);
  const { columns, profiles } = JSON.parse(/id="data">(.*?)<\/script>/su.exec(readFileSync(html, 'utf8'))![1]!) as PageData;
  const ofFile = (name: string) => {
    const at = columns.name.indexOf(name);
    const { staleByDocument, ageInside, lookedAt } = profiles[columns.profile[at]!]!;
    return [Math.floor(columns.saved[at]! / 100), staleByDocument, ageInside, lookedAt];
  };
  expect(['コピー.xlsx', '書庫.zip', '平文.csv'].map(ofFile)).toEqual([
    [201503, true, false, true],
    [201503, true, true, true],
    [0, false, false, true],
  ]);
  expect(share.run('explain', `${share.root}/書庫.zip`, '--lang', 'ja').stdout).toContain('中のファイル「古い.xlsx」のものです');
});

it('shows them to whoever asks about the file', () => {
  const file = `${share.root}/コピー.xlsx`;
  const explained = share.run('explain', file, '--lang', 'ja').stdout;
  expect(explained).toMatch(/文書の日付: 作成 2015-03-2\d、最終保存 2015-03-2\d$/mu);
  expect(explained).toContain('経過 0日（最終更新から）、保管期間 365日（規則: 既定）: 期間内');
  expect(explained).toContain('文書の最終保存で数えると、保管期間を過ぎています');
  expect(share.run('check', file, '--lang', 'ja').stdout).toMatch(/最後に保存されたのは 2015-03-2\d/);
  expect(share.run('explain', `${share.root}/平文.csv`, '--lang', 'ja').stdout).not.toContain('文書の日付');
  expect(share.run('history', file, ...inventory(), '--lang', 'en').stdout).toMatch(
    /document last saved 2015-03-2\d \(past its retention by it\)/,
  );
  const [event] = share.run('history', file, ...inventory(), '--json').stdout.split('\n');
  expect(JSON.parse(event!)).toMatchObject({ event: 'found', documentDates: { saved: expect.stringMatching(/^2015-03-2/) } });
});

it('judges by them from the inventory alone, when the policy says so', () => {
  const policy = share.beside('document.yaml');
  writeFileSync(policy, 'retentionFrom: document\n');
  const away = `${share.root}-away`;
  renameSync(share.root, away);
  try {
    const jsonl = share.run('report', ...inventory(), '--policy', policy, '--jsonl', '-').stdout;
    const files = jsonl
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ schema }) => schema === 'mimawari.file/1');
    expect(told(files)).toMatchObject({
      'コピー.xlsx': ['document', 'stale', 'stale'],
      '新しい.xlsx': ['document', 'within'],
      '未来.xlsx': ['modified', 'within'],
      '平文.csv': ['modified', 'within'],
      '書庫.zip': ['document', 'stale', 'stale'],
      '書庫.zip > 古い.xlsx': ['document', 'stale', 'stale'],
      '手紙.eml': ['document', 'stale', 'stale'],
    });
    const csv = share.run('report', ...inventory(), '--policy', policy, '--csv', '-', '--lang', 'en').stdout.split('\r\n');
    const at = csv[0]!.split(',').findIndex((head) => head.includes('Document saved'));
    expect(at).toBeGreaterThan(0);
    expect(csv.find((line) => line.includes('コピー.xlsx'))).toMatch(/2015-03-2\d \d\d:\d\d:\d\d/);
    const story = share.run('history', `${share.root}/コピー.xlsx`, ...inventory(), '--policy', policy, '--lang', 'ja').stdout;
    expect(story).toMatch(/保管期間を超過/);
  } finally {
    renameSync(away, share.root);
  }
  const checked = share.run('check', share.root, '--policy', policy, '--lang', 'ja').stdout;
  expect(checked).toContain('文書が最後に保存されてから');
  expect(checked).toContain('中に、置いておける期間を過ぎたファイルがあります');
});
