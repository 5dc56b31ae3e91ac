/** The whole program, as an administrator runs it. Uses the compiled program in dist/. */

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program, roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const old = new Date(Date.now() - 800 * 86_400_000);

describe('scan', () => {
  it('judges every file, adds up, and exits with 1 on a violation', () => {
    share.put('総務/名簿.csv', roster(30));
    share.put('総務/古い名簿.csv', roster(5, 100), old);
    share.put('メモ.txt', '会議は十時から。資料は各自で用意すること。\n');
    share.put('空.txt', '');
    const { code, files, lines, stdout } = share.scan();
    expect(code).toBe(1);
    expect(files.map((file) => [file.path, file.verdict])).toEqual([
      ['メモ.txt', 'clear'],
      ['空.txt', 'clear'],
      ['総務/古い名簿.csv', 'violation'],
      ['総務/名簿.csv', 'violation'],
    ]);
    const list = files.find((file) => file.path === '総務/名簿.csv')!;
    expect(list.records).toEqual({ four: 30, three: 0, two: 0, other: 0 });
    expect(list.persons).toBe(30);
    expect(list.reasons).toEqual(['no-password', 'open-access']);
    expect(files.find((file) => file.path === '総務/古い名簿.csv')!.reasons).toContain('stale');
    const run = lines.at(-1)!;
    expect(run).toMatchObject({ schema: 'mimawari.run/1', complete: true, enumerated: 4, persons: 35 });
    expect(Object.values(run.byExamined as Record<string, number>).reduce((a, b) => a + b)).toBe(4);
    expect(stdout).toContain('名簿.csv');
  });

  it('reads nothing again on the second sweep, and sees an access list that was opened meanwhile', () => {
    const file = share.put('名簿.csv', roster(3));
    chmodSync(file, 0o600);
    const first = share.scan();
    expect(first.files[0]).toMatchObject({ verdict: 'compliant', access: { state: 'restricted' } });
    const before = statSync(file).atimeMs;
    chmodSync(file, 0o604);
    const second = share.scan();
    expect(second.files[0]).toMatchObject({ verdict: 'violation', access: { state: 'open' } });
    expect(statSync(file).atimeMs).toBe(before);
    expect(second.files[0]!.contentHash).toBe(first.files[0]!.contentHash);
  });

  it('forgets what is gone, and finds what came', () => {
    share.put('a/一.csv', roster(3));
    share.put('b/二.csv', roster(4, 50));
    expect(share.scan().files).toHaveLength(2);
    rmSync(join(share.root, 'a'), { recursive: true });
    share.put('c/三.csv', roster(2, 90));
    const { files, lines } = share.scan();
    expect(files.map((file) => file.path)).toEqual(['b/二.csv', 'c/三.csv']);
    expect(lines.at(-1)).toMatchObject({ persons: 6, enumerated: 2 });
  });

  it('counts a person once over copies, hard links and folders, and records per path', () => {
    const file = share.put('a/名簿.csv', roster(10));
    share.put('b/名簿のコピー.csv', roster(10));
    linkSync(file, join(share.root, 'b', 'もう一つ.csv'));
    const { lines } = share.scan();
    expect(lines.at(-1)).toMatchObject({ persons: 10, records: { four: 30 } });
  });

  it('tells links, special names and unreadable things, and follows nothing', () => {
    share.put('a.txt', 'x');
    symlinkSync('/etc', join(share.root, 'etc'));
    symlinkSync('missing', join(share.root, 'dangling'));
    const { files } = share.scan();
    expect(files.map(({ path, entry, verdict }) => [path, entry, verdict])).toEqual([
      ['a.txt', 'file', 'clear'],
      ['dangling', 'link', 'textless'],
      ['etc', 'link', 'textless'],
    ]);
  });

  it.each([
    [['--workers', '0'], '--workers 0'],
    [['--as-of', '2026-02-30'], 'there is no such day'],
    [['--policy', 'missing.yaml'], 'missing.yaml'],
    [['--no-such-option'], 'unknown option'],
    [['--exclude', '['], ''],
  ])('refuses %j with one clear line and exit 2, before any file is read', (args, words) => {
    share.put('a.csv', roster(1));
    const { code, stderr } = share.run('scan', share.root, '--inventory', share.beside('i.db'), ...args);
    if (args[1] === '[') return expect([0, 1, 2]).toContain(code);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(existsSync(share.beside('i.db'))).toBe(false);
  });

  it('ends with exit 2 when a root is missing, and keeps what it knew', () => {
    share.put('名簿.csv', roster(3));
    share.scan();
    renameSync(share.root, share.beside('moved'));
    const { code, stderr } = share.run('scan', share.root, '--inventory', share.beside('inventory.db'));
    expect(code).toBe(2);
    expect(stderr).toContain(share.root);
    renameSync(share.beside('moved'), share.root);
    expect(share.run('report', '--inventory', share.beside('inventory.db'), '--json').stdout).toContain('"enumerated":1');
  });

  it('writes nothing below a root, and its own files for their owner alone', () => {
    share.put('名簿.csv', roster(3));
    for (const option of ['--inventory', '--csv', '--jsonl', '--key']) {
      const { code, stderr } = share.run('scan', share.root, option, join(share.root, 'sub', 'x'));
      expect([option, code]).toEqual([option, 2]);
      expect(stderr).toContain(share.root);
    }
    const { code } = share.scan('--csv', share.beside('out.csv'));
    expect(code).toBe(1);
    for (const name of ['inventory.db', 'inventory.db.key', 'out.csv']) expect(statSync(share.beside(name)).mode & 0o777, name).toBe(0o600);
    expect(readFileSync(share.beside('out.csv')).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('writes a report to standard output and the summary aside', () => {
    share.put('名簿.csv', roster(3));
    const { stdout, stderr } = share.run('scan', share.root, '--inventory', share.beside('i.db'), '--jsonl', '-');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).schema),
    ).toEqual(['mimawari.file/1', 'mimawari.run/1']);
    expect(stderr).toContain('名簿.csv');
  });

  it('looks at a path too, and keeps its finding apart from equal content elsewhere', () => {
    share.put('山田太郎_1234-567890.txt', 'なし\n');
    share.put('なし.txt', 'なし\n');
    const { files } = share.scan();
    expect(files.map((file) => [file.path, (file.records as { two: number }).two])).toEqual([
      ['なし.txt', 0],
      ['山田太郎_1234-567890.txt', 1],
    ]);
  });

  it('shows what would be walked without opening a file or keeping anything', () => {
    share.put('a/b.csv', roster(3));
    mkdirSync(join(share.root, '.snapshot'));
    const { code, stdout } = share.run('scan', share.root, '--dry-run', '--inventory', share.beside('i.db'));
    expect(code).toBe(0);
    expect(stdout).toContain('1 files');
    expect(stdout).toContain('.snapshot');
    expect(existsSync(share.beside('i.db'))).toBe(false);
  });

  it('gives each file once when a root lies inside another, also when it was a root of its own before', () => {
    share.put('a/b/二.csv', roster(2));
    share.put('a/一.csv', roster(1, 50));
    const inner = join(share.root, 'a', 'b');
    expect(share.run('scan', inner, '--inventory', share.beside('inventory.db'), '--quiet').code).toBe(1);
    const { files, lines } = share.scan(inner);
    expect(files.map((file) => file.path)).toEqual(['a/一.csv', 'a/b/二.csv']);
    expect(lines.at(-1)).toMatchObject({ roots: [share.root], enumerated: 2, records: { three: 0, four: 3 } });
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('loses nothing to %s: the next sweep ends where an undisturbed one does', async (signal) => {
    for (let i = 0; i < 400; i++) share.put(`課${i % 8}/名簿${i}.csv`, roster(9, i * 9));
    const child = spawn(process.execPath, [program, 'scan', share.root, '--inventory', share.beside('inventory.db'), '--quiet'], {
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    while (!existsSync(share.beside('inventory.db'))) await pause(20);
    // There is a sweep that can be stopped when it has its first worker; before, it may ask tools of the system about accounts and shares.
    while (child.exitCode === null && !hasWorker(child.pid!)) await pause(20);
    await pause(100);
    child.kill(signal);
    expect([signal === 'SIGINT' ? 130 : null, 1]).toContain(await ended);
    const resumed = share.scan();
    rmSync(share.beside('inventory.db'));
    for (const tail of ['-wal', '-shm']) rmSync(share.beside(`inventory.db${tail}`), { force: true });
    const undisturbed = share.scan();
    expect(resumed.files).toHaveLength(400);
    expect(resumed.files).toEqual(undisturbed.files);
  });
});

/** True where the system does not say. */
function hasWorker(pid: number): boolean {
  const children = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(children)) return true;
  const pids = readFileSync(children, 'utf8').split(' ').filter(Boolean);
  return pids.some((one) => existsSync(`/proc/${one}/cmdline`) && readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('worker'));
}
