/** Files and folders of a site, asked for one by one, are judged as the sweep of the whole site judges them. Uses the compiled program in dist/. */
import { chmodSync, cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteRoots } from '../../src/cli/site-roots.js';
import { roster, Share } from '../kit/share.js';

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

interface Line {
  readonly root: string;
  readonly path: string;
  readonly member: string | null;
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly retention: Record<string, unknown>;
  readonly access: Record<string, unknown>;
  readonly kinds: Record<string, number>;
}

let share: Share;
/** By the whole path; what the sweep of the site says. */
const swept = new Map<string, Line>();

/** Open for its owner alone, so that age alone decides; `mode` for others. */
function put(path: string, days: number, mode = 0o600): void {
  chmodSync(share.put(path, roster(2), ago(days)), mode);
}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line.includes('"mimawari.file/1"'))
    .map((line) => JSON.parse(line) as Line);
const wholePath = ({ root, path }: Line) => `${root}/${path}`;
const judged = ({ verdict, reasons, retention, access, kinds }: Line) => ({ verdict, reasons, retention, access: access.state, kinds });
const config = () => share.beside('site.yaml');

beforeAll(() => {
  share = new Share();
  chmodSync(share.folder, 0o755);
  put('営業部/顧客0.csv', 250);
  put('営業部/旧/顧客.csv', 250);
  put('営業部/一時/下書き.csv', 250);
  put('旧/捨てた.csv', 10);
  put('企画部/名簿.csv', 10, 0o644);
  put('企画部/課/名簿.csv', 10, 0o644);
  put('年金課/H25年度/記録.csv', 10);
  put('人事/係/名簿.csv', 120);
  put('人事/係/書きかけ.tmp.csv', 10);
  put('秘書/共有/一覧.csv', 10, 0o644);
  chmodSync(`${share.root}/秘書`, 0o700);
  put('掲示/係/一覧.csv', 10, 0o644);
  put('架空太郎_1234-567890/控え/メモ.csv', 10);
  cpSync(share.root, share.beside('外'), { recursive: true, preserveTimestamps: true });
  symlinkSync(share.root, share.beside('別名'));
  writeFileSync(
    config(),
    [
      `roots: [${JSON.stringify(share.beside('別名'))}, ${JSON.stringify(`${share.root}/企画部`)}, ./away]`,
      'departments:',
      '  - {name: 人事部, paths: [人事/**]}',
      'retention:',
      '  - {name: 営業, paths: [営業部/**], keep: 200 days}',
      '  - {name: 人事, departments: [人事部], keep: 100 days}',
      '  - {name: 年金, paths: [年金課/**], from: business-year, keep: 5 years}',
      'exceptions:',
      '  - {path: 企画部/**, reason: 作業中, approver: 部長, expires: 2999-03-31}',
      'concerned:',
      '  - {folder: 掲示, readers: [S-1-1-0]}',
      'exclude: [旧/**, 営業部/一時, "**/*.tmp.csv"]',
      '',
    ].join('\n'),
  );
  const out = share.beside('swept.jsonl');
  share.run('scan', '--config', config(), '--inventory', share.beside('inventory.db'), '--jsonl', out, '--workers', '1');
  for (const line of linesOf(readFileSync(out, 'utf8'))) swept.set(wholePath(line), line);
});
afterAll(() => share.remove());

it('has a sweep to be held against', () => {
  const told = Object.fromEntries([...swept].map(([path, line]) => [path.slice(share.root.length + 1), line]));
  expect(Object.keys(told).sort()).toEqual(
    [
      '営業部/顧客0.csv',
      '営業部/旧/顧客.csv',
      '企画部/名簿.csv',
      '企画部/課/名簿.csv',
      '年金課/H25年度/記録.csv',
      '人事/係/名簿.csv',
      '秘書/共有/一覧.csv',
      '掲示/係/一覧.csv',
      '架空太郎_1234-567890/控え/メモ.csv',
    ].sort(),
  );
  expect(told['営業部/顧客0.csv']).toMatchObject({ verdict: 'violation', reasons: ['stale'], retention: { rule: '営業' } });
  expect(told['人事/係/名簿.csv']).toMatchObject({ verdict: 'violation', retention: { rule: '人事' } });
  expect(told['企画部/名簿.csv']!.reasons).toContain('excepted');
  expect(told['年金課/H25年度/記録.csv']!.retention).toMatchObject({
    basis: 'business-year',
    businessYear: { year: 2013, told: 'folder' },
  });
  // Everybody is concerned with it.
  expect(told['掲示/係/一覧.csv']).toMatchObject({ verdict: 'compliant', access: { state: 'restricted' } });
  expect(told['秘書/共有/一覧.csv']).toMatchObject({ verdict: 'compliant', access: { state: 'restricted' } });
});

const site = (...args: string[]) => share.run('check', '--config', config(), '--json', '--workers', '1', ...args);

describe('check with the configuration', () => {
  /** `files`: those that it tells of, below the root. */
  const TABLE: readonly {
    readonly what: string;
    readonly of: (root: string) => readonly string[];
    readonly files: readonly string[];
    readonly code: number;
  }[] = [
    {
      what: 'a file, a folder by a relative path, one with .. on the way',
      of: (root) => [`${root}/営業部/顧客0.csv`, relative(process.cwd(), `${root}/人事/係`), `${root}/営業部/../年金課/H25年度`],
      files: ['営業部/顧客0.csv', '人事/係/名簿.csv', '年金課/H25年度/記録.csv'],
      code: 1,
    },
    {
      what: 'a folder with patterns for what lies in it, one by a link to the root',
      of: (root) => [`${root}/営業部`, `${share.beside('別名')}/人事`],
      files: ['営業部/旧/顧客.csv', '営業部/顧客0.csv', '人事/係/名簿.csv'],
      code: 1,
    },
    {
      what: 'a folder that is excepted, one behind a closed one, one of other readers, one below a name that tells of a person',
      of: (root) => [`${root}/企画部/課`, `${root}/秘書/共有`, `${root}/掲示/係`, `${root}/架空太郎_1234-567890/控え`],
      files: ['企画部/課/名簿.csv', '秘書/共有/一覧.csv', '掲示/係/一覧.csv', '架空太郎_1234-567890/控え/メモ.csv'],
      code: 0,
    },
    {
      what: 'a root that a sweep reaches from another',
      of: (root) => [`${root}/企画部`],
      files: ['企画部/名簿.csv', '企画部/課/名簿.csv'],
      code: 0,
    },
  ];

  it.each(TABLE)('judges as the sweep does: $what', ({ of, files, code }) => {
    const run = site(...of(share.root));
    const lines = linesOf(run.stdout);
    expect(lines.map(wholePath).sort()).toEqual(files.map((path) => `${share.root}/${path}`).sort());
    for (const line of lines) expect(judged(line)).toEqual(judged(swept.get(wholePath(line))!));
    expect(run.code).toBe(code);
  });

  it('judges the root as the sweep does, and what lies outside below itself', () => {
    const run = site(share.root, `${share.beside('外')}/営業部`);
    const [inside, outside] = [true, false].map((isIn) => linesOf(run.stdout).filter(({ root }) => (root === share.root) === isIn));
    expect(new Set(inside!.map(wholePath))).toEqual(new Set(swept.keys()));
    for (const line of inside!) expect(judged(line)).toEqual(judged(swept.get(wholePath(line))!));
    // The patterns hold below an argument of which the site says nothing.
    expect(Object.fromEntries(outside!.map(({ path, retention, verdict }) => [path, [retention.rule, verdict]]))).toEqual({
      '顧客0.csv': ['default', 'compliant'],
      '一時/下書き.csv': ['default', 'compliant'],
    });
  });

  it('counts patterns of the command line from the argument, and looks at what a sweep leaves out when it is named', () => {
    const named = `${share.root}/人事/係/書きかけ.tmp.csv`;
    const run = site(named, `${share.root}/営業部`, `${share.root}/旧`, '--exclude', '旧/**');
    const looked = [named, `${share.root}/営業部/顧客0.csv`, `${share.root}/旧/捨てた.csv`];
    expect(linesOf(run.stdout).map(wholePath).sort()).toEqual(looked.sort());
  });
});

describe('the root that counts', () => {
  it.each([
    ['the only one', ['share'], [], 'share/営業部/旧', 'share', '営業部/旧'],
    ['itself', ['share'], [], 'share', 'share', ''],
    ['of two inside each other the outer one', ['share', 'share/営業部'], [], 'share/営業部/旧', 'share', '営業部/旧'],
    [
      'the inner one where the outer one may not enter it',
      ['share', 'share/営業部'],
      ['営業部/**'],
      'share/営業部/旧',
      'share/営業部',
      '旧',
    ],
    ['the middle of three likewise', ['share', 'share/営業部', 'share/営業部/旧'], ['営業部'], 'share/営業部/旧', 'share/営業部', '旧'],
    ['by glob characters', ['share/*'], [], 'share/営業部/旧', 'share/営業部', '旧'],
    ['none for a neighbour of the same beginning', ['share/営業部'], [], 'share/営業部2', null, ''],
    ['none that is away', ['away'], [], 'share/営業部', null, ''],
  ] as const)('is %s', (_what, roots, exclude, folder, root, way) => {
    const known = new SiteRoots(roots.map(share.beside.bind(share)), { include: [], exclude });
    expect(known.of(share.beside(folder))).toEqual(root === null ? null : { root: share.beside(root), way });
    expect(known.folderOf(share.beside(folder))).toBe(way);
  });
});

describe('explain with the configuration', () => {
  it.each([
    [
      '年金課/H25年度/記録.csv',
      /^経過 [\d,]+日（年度の終わりから）、保管期間 1,826日（規則: 年金）: 超過$/mu,
      '名前が示す年度: 2013年度（フォルダー名による）',
    ],
    ['企画部/名簿.csv', '経過 10日（最終更新から）、保管期間 365日（規則: 既定）: 期間内', '例外として承認済み'],
  ] as const)('tells the age of %s by the rule below the root', (path, age, more) => {
    const { stdout } = share.run('explain', '--config', config(), `${share.root}/${path}`, '--lang', 'ja');
    expect(stdout).toMatch(age);
    if (more) expect(stdout).toContain(more);
  });

  it('goes by the people concerned with a folder above', () => {
    const { stdout } = share.run('explain', '--config', config(), `${share.root}/掲示/係/一覧.csv`, '--lang', 'en');
    expect(stdout).toMatch(/^Verdict: compliant/mu);
  });

  it('goes by the folders from the root down; without a configuration by the rest alone', () => {
    const shown = (...args: string[]) => share.run('explain', `${share.root}/秘書/共有/一覧.csv`, '--lang', 'en', ...args).stdout;
    expect(shown('--config', config())).toMatch(/^Verdict: compliant/mu);
    const alone = shown();
    expect(alone).toMatch(/^Verdict: violation/mu);
    expect(alone).toContain('age 10 days (from the last change), retention 365 days (rule: default): within');
  });
});

it('history tells from what the age was counted, where that is not the last change', () => {
  const story = (path: string, ...more: string[]) =>
    share.run('history', `${share.root}/${path}`, '--config', config(), '--inventory', share.beside('inventory.db'), ...more).stdout;
  expect(story('年金課/H25年度/記録.csv', '--lang', 'ja').match(/保管期間は2013年度の終わりから数えた/gu)).toHaveLength(2);
  expect(story('営業部/顧客0.csv', '--lang', 'en')).not.toContain('age counted');
  expect(JSON.parse(story('年金課/H25年度/記録.csv', '--json').split('\n')[0]!)).toMatchObject({
    event: 'found',
    basis: 'business-year',
    businessYear: { year: 2013, told: 'folder' },
  });
});
