/** What is told beside the verdicts of files: the same list in several places, piles, exceptions that end. Uses the compiled program in dist/. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

const inventory = () => ['--inventory', share.beside('inventory.db')];
const put = (path: string, content: string, mode: number, year: number) =>
  chmodSync(share.put(path, content, new Date(Date.UTC(year, 5, 1))), mode);

function duplicates(...args: string[]) {
  const { code, stdout } = share.run('duplicates', '--json', ...inventory(), ...args);
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(
      (line) =>
        JSON.parse(line) as {
          files: number;
          same: string;
          persons: number;
          oldest: { path: string };
          widest: { path: string };
          copies: unknown[];
        },
    );
}

describe('duplicates', () => {
  it('are told by content and by the persons in them, with the oldest and the most widely readable copy', () => {
    for (let at = 0; at < 3; at++) put(`課${at}/名簿.csv`, roster(5), at === 1 ? 0o644 : 0o600, 2016 + at);
    // The same people, sorted anew and with a column less.
    const rows = roster(5).trimEnd().split('\r\n');
    const anew = [rows[0]!, ...rows.slice(1).reverse()].map((row) => row.split(',').slice(0, 3).join(',')).join('\r\n');
    put('別館/一覧.csv', anew, 0o600, 2014);
    for (const name of ['a', 'b']) put(`課0/${name}.csv`, roster(3, 100), 0o600, 2020);
    put('課0/別人.csv', roster(5, 50), 0o644, 2010);
    for (const name of ['x', 'y']) put(`課0/${name}.txt`, '個人情報なし\n', 0o644, 2010);
    share.scan('--quiet');
    const found = duplicates();
    expect(found.map(({ files, same, persons, oldest, widest }) => [files, same, persons, oldest.path, widest.path])).toEqual([
      [4, 'persons', 5, '別館/一覧.csv', '課1/名簿.csv'],
      [2, 'content', 3, '課0/a.csv', '課0/a.csv'],
    ]);
    expect(found[0]!.copies).toHaveLength(4);
    expect(duplicates('--top', '1')).toHaveLength(1);
    const { stdout } = share.run('duplicates', ...inventory(), '--lang', 'ja', '--top', '1');
    for (const words of ['4件', '5人', '最も古い: 別館/一覧.csv', '最も広く読める: 課1/名簿.csv', '中身は 2通り', 'ほかに 1組'])
      expect(stdout).toContain(words);
  });

  it('are none where there is none', () => {
    put('a.csv', roster(2), 0o600, 2020);
    share.scan('--quiet');
    expect(duplicates()).toEqual([]);
    expect(share.run('duplicates', ...inventory(), '--lang', 'en').stdout).toContain('No two files');
  });
});

describe('a pile', () => {
  it('is a finding even where every file obeys: in one folder, and readable by one account', () => {
    for (const name of ['a', 'b']) chmodSync(share.put(`課/${name}.csv`, roster(6, name === 'a' ? 0 : 4)), 0o600);
    chmodSync(share.put('別/c.csv', roster(3, 50)), 0o600);
    // Each configuration is read once by a process: another one has another name.
    let policy = '';
    const scan = (pile: string) => {
      policy = share.beside(`policy-${pile.replace(/\W+/gu, '-')}.yaml`);
      writeFileSync(policy, `accessPaths: [nfs]\npile: ${pile}\n`);
      return share.run('scan', share.root, ...inventory(), '--policy', policy, '--lang', 'en');
    };
    expect(scan('{}').code).toBe(0);
    expect(scan('{folder: 10, reader: 1000}').code).toBe(0);
    const { code, stdout } = scan('{folder: 9}');
    expect([code, stdout]).toEqual([1, expect.stringContaining('課: 10 persons in one folder (bound: 9 persons)')]);
    const json = share.run('report', ...inventory(), '--policy', policy, '--json').stdout;
    expect(JSON.parse(json)).toMatchObject({
      piles: [{ sort: 'folder', root: share.root, folder: '課', persons: 10, bound: 9 }],
      byVerdict: { compliant: 3 },
    });
    chmodSync(join(share.root, '別/c.csv'), 0o644);
    expect(scan('{reader: 2}').stdout).toContain('everybody: can read 3 persons alone');
  });
});

describe('the register of exceptions', () => {
  it('announces those that end soon, ignores and tells those that have ended, and keeps excepted rows in reports', () => {
    put('移行/a.csv', roster(2), 0o644, 2026);
    put('移行/b.csv', roster(2, 9), 0o644, 2026);
    const scan = (expires: string) => {
      const policy = share.beside(`policy-${expires}.yaml`);
      writeFileSync(policy, `exceptions: [{path: "移行/**", reason: 移行, approver: 部長, expires: ${expires}}]\n`);
      return share.scan('--policy', policy, '--as-of', '2026-06-10', '--lang', 'en');
    };
    const valid = scan('2026-07-01');
    expect([valid.code, valid.stderr]).toEqual([0, expect.stringContaining('the exception 移行/** (approved by 部長) ends on 2026-07-01')]);
    expect(valid.files.map(({ path, reasons }) => [path, (reasons as string[]).includes('excepted')])).toEqual([
      ['移行/a.csv', true],
      ['移行/b.csv', true],
    ]);
    const again = (...more: string[]) =>
      share.run(
        'report',
        ...inventory(),
        '--policy',
        share.beside('policy-2026-07-01.yaml'),
        '--as-of',
        '2026-06-10',
        '--lang',
        'en',
        ...more,
      );
    expect([again().stderr, again('--quiet').stderr]).toEqual([expect.stringContaining('ends on 2026-07-01'), '']);
    const ended = scan('2026-06-09');
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('ended on 2026-06-09 and is ignored')]);
    expect(scan('2027-06-09').stderr).not.toContain('exception');
  });

  it('tells exceptions that fit no file with findings; by a folder and by content they fit', () => {
    put('移行/中/a.csv', roster(2), 0o644, 2026);
    put('c.csv', roster(2, 9), 0o644, 2026);
    put('空/b.txt', 'なし', 0o644, 2026);
    const { files } = share.scan();
    const hash = files.find(({ path }) => path === 'c.csv')!.contentHash as string;
    const policy = share.beside('idle.yaml');
    const rest = 'reason: r, approver: 部長, expires: 2999-01-01}';
    const items = ['path: 移行', 'path: 移向/', 'path: "空/**"', `hash: "${hash}"`, `hash: "sha256:${'0'.repeat(64)}"`];
    writeFileSync(policy, `exceptions:\n${items.map((item) => `  - {${item}, ${rest}\n`).join('')}`);
    const { code, stderr } = share.scan('--policy', policy, '--lang', 'ja');
    const told = stderr.split('\n').filter((line) => line.includes('当たるファイル'));
    expect([code, told.map((line) => /例外 (\S+?)（/u.exec(line)![1])]).toEqual([0, ['移向/', '空/**', `sha256:${'0'.repeat(64)}`]]);
    const { exceptions } = JSON.parse(share.run('report', ...inventory(), '--policy', policy, '--json').stdout);
    const figures = (one: { files: number; idle: boolean; state: string }) => [one.files, one.idle, one.state];
    const none = [0, true, 'in-force'];
    expect(exceptions.map(figures)).toEqual([[1, false, 'in-force'], none, none, [1, false, 'in-force'], none]);
    expect(share.scan('--policy', policy, '--quiet').stderr).toBe('');
  });
});
