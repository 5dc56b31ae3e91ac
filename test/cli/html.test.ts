import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstFolders } from '../../src/cli/departments.js';

const program = join(import.meta.dirname, '..', '..', 'bin', 'mimawari.js');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimawari-html-'));
  const place = join(folder, 'share', '総務部');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, '名簿.csv'), '基礎年金番号,氏名,生年月日\r\n1234-567890,山田太郎,昭和30年3月4日\r\n', { mode: 0o644 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...parameters: string[]) => {
  const state = ['--inventory', join(folder, 'state', 'inventory.db'), '--lang', 'ja'];
  return spawnSync(process.execPath, [program, ...parameters, ...state], { encoding: 'utf8' });
};

describe('--html', () => {
  it('writes one private file from a sweep, and the same again from the inventory; no value is in it', () => {
    const first = join(folder, 'scan.html');
    const again = join(folder, 'report.html');
    expect(run('scan', join(folder, 'share'), '--html', first).status).toBe(1);
    expect(run('report', '--html', again).status).toBe(0);
    const text = readFileSync(first, 'utf8');
    expect(readFileSync(again, 'utf8')).toBe(text);
    if (process.platform !== 'win32') expect(statSync(first).mode & 0o777).toBe(0o600);
    expect(text).toContain('名簿.csv');
    for (const value of ['1234-567890', '567890', '山田太郎', '昭和30年3月4日']) expect(text).not.toContain(value);
    expect(text).toContain('保護されていないファイルが 1件あり、1人分の個人情報を関係者以外も読めます。');
  });

  it('goes to standard output with -, and the summary to the error output then', () => {
    const { stdout, stderr } = run('report', '--html', '-');
    expect(stdout.startsWith('<!doctype html>')).toBe(true);
    expect(stderr).toContain('見回りの結果');
  });

  it('is refused below a swept folder and where another report goes', () => {
    expect(run('report', '--html', join(folder, 'share', 'r.html')).status).toBe(2);
    const same = run('report', '--csv', join(folder, 'r'), '--html', join(folder, 'r'));
    expect([same.status, same.stderr.includes('--csv と --html')]).toEqual([2, true]);
  });
});

describe('the first folder', () => {
  it.each([
    ['総務部/名簿.csv', 'file', false, '総務部'],
    ['名簿.csv', 'file', false, ''],
    ['秘書', 'folder', false, '秘書'],
    ['総務部/名簿.csv', 'file', true, 'share/総務部'],
    ['名簿.csv', 'file', true, 'share'],
  ] as const)('%s (%s, several roots: %s) belongs to %j', (path, entry, manyRoots, department) => {
    expect(firstFolders(manyRoots).of({ root: '/srv/share', path, entry })).toBe(department);
  });
});
