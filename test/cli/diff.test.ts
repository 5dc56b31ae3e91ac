/** What changed from sweep to sweep, as an administrator asks for it. Uses the compiled program in dist/. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/inventory/database.js';
import { program, roster, Share } from '../kit/share.js';

const isRoot = process.getuid?.() === 0;
let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => {
  chmodSync(share.root, 0o755);
  share.remove();
});

const at = (path: string) => join(share.root, path);
const inventory = () => ['--inventory', share.beside('inventory.db')];
/** Root reads everything: then somebody else sweeps. */
function sweepAsNobody(): number | null {
  if (isRoot) spawnSync('chown', ['-R', '65534:65534', share.folder]);
  const args = [program, 'scan', share.root, ...inventory(), '--quiet'];
  return spawnSync(process.execPath, args, { ...(isRoot && { uid: 65534, gid: 65534 }), encoding: 'utf8' }).status;
}
const sweep = (...args: string[]) => share.run('scan', share.root, ...inventory(), '--quiet', ...args).code;
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000);
const dayText = (ago: number) => `${day(ago).getFullYear()}-${two(day(ago).getMonth() + 1)}-${two(day(ago).getDate())}`;
const two = (value: number) => String(value).padStart(2, '0');

function diff(...args: string[]) {
  const { code, stdout, stderr } = share.run('diff', ...inventory(), '--json', ...args);
  const lines = stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const told = lines.slice(0, -1).map(({ change, path, by, movedFrom }) => [change, path, by ?? movedFrom].filter(Boolean).join(' '));
  return { code, stderr, sums: lines.at(-1)!, told: told.sort() };
}

describe('diff', () => {
  it('sums by the departments of the configuration, and so does the trend', () => {
    for (const path of ['本館/総務/a', '本館/人事/b', '別館/総務/c', '雑/d']) share.put(`${path}.csv`, roster(2));
    const config = share.beside('m.yaml');
    writeFileSync(config, 'departments:\n  - {name: 総務課, paths: ["*/総務/**"]}\n  - {name: 人事課, paths: ["*/人事/**"]}\n');
    expect(sweep('--config', config)).toBe(1);
    const { departments } = diff('--config', config).sums as { departments: { department: string; new: number }[] };
    expect(departments.map(({ department, new: count }) => [department, count])).toEqual([
      ['総務課', 2],
      ['', 1],
      ['人事課', 1],
    ]);
    const shown = share.run('diff', ...inventory(), '--config', config, '--lang', 'ja').stdout;
    expect(shown).toContain('（どの部署でもない）');
    expect(shown.split('変化の大きいフォルダー')[0]).not.toContain('直下');
    const trend = JSON.parse(share.run('diff', '--trend', '--json', ...inventory()).stdout) as { departments: unknown };
    expect(trend.departments).toEqual(
      expect.arrayContaining([
        { department: '総務課', violations: 2 },
        { department: '人事課', violations: 1 },
      ]),
    );
  });

  it('tells new, continuing, recurred and resolved violations, and what resolved them', () => {
    for (const name of ['続く', '消える', '限定', '空に', '再発']) share.put(`総務/${name}.csv`, roster(3));
    share.put('人事/守られた.csv', roster(2, 50));
    chmodSync(at('人事/守られた.csv'), 0o600);
    expect(sweep()).toBe(1);
    expect(diff()).toMatchObject({ code: 1, sums: { from: null, counts: { new: 5, continuing: 0 } } });
    chmodSync(at('総務/再発.csv'), 0o600);
    expect(sweep()).toBe(1);
    expect(diff()).toMatchObject({ code: 0, told: expect.arrayContaining(['resolved 総務/再発.csv restricted']) });
    rmSync(at('総務/消える.csv'));
    chmodSync(at('総務/限定.csv'), 0o600);
    share.put('総務/空に.csv', '氏名,住所\r\n');
    chmodSync(at('総務/再発.csv'), 0o644);
    share.put('人事/新しい.csv', roster(4, 90));
    expect(sweep()).toBe(1);
    const { code, told, sums } = diff();
    expect(code).toBe(1);
    expect(told).toEqual(
      [
        'continuing 総務/続く.csv',
        'new 人事/新しい.csv',
        'recurred 総務/再発.csv',
        'resolved 総務/消える.csv gone',
        'resolved 総務/空に.csv emptied',
        'resolved 総務/限定.csv restricted',
      ].sort(),
    );
    expect(sums).toMatchObject({
      schema: 'mimawari.diff/1',
      from: { run: 2 },
      to: { run: 3 },
      counts: { new: 1, recurred: 1, continuing: 1, resolved: 3, 'not-seen': 0 },
    });
    expect(sums.departments).toEqual([
      { department: '総務', new: 0, recurred: 1, continuing: 1, resolved: 3, 'not-seen': 0 },
      { department: '人事', new: 1, recurred: 0, continuing: 0, resolved: 0, 'not-seen': 0 },
    ]);
    const since = diff('--since', '1');
    expect(since.told).toContain('recurred 総務/再発.csv');
    const shown = share.run('diff', ...inventory(), '--lang', 'ja').stdout;
    for (const words of ['第2回', '第3回', '新しい違反', '人事/新しい.csv', '関係者だけが読めるようになった', '部署', '総務'])
      expect(shown).toContain(words);
  });

  it('ends with 0 when nothing is new, and takes approved exceptions for nothing new', () => {
    share.put('a/一.csv', roster(3));
    sweep();
    sweep();
    expect(diff()).toMatchObject({ code: 0, told: ['continuing a/一.csv'] });
    share.put('b/二.csv', roster(3, 70));
    sweep();
    const policy = share.beside('policy.yaml');
    share.put('../policy.yaml', 'exceptions:\n  - path: "b/**"\n    reason: 移行\n    approver: 管理者\n    expires: 2199-12-31\n');
    expect(diff('--policy', policy)).toMatchObject({ code: 0, sums: { excepted: 1, counts: { new: 1 } } });
    expect(diff()).toMatchObject({ code: 1 });
  });

  it('sees a violation come by age alone, and says since when, without a row for the unchanged file', () => {
    share.put('古びる.csv', roster(3), day(370));
    chmodSync(at('古びる.csv'), 0o600);
    expect(sweep('--as-of', dayText(20))).toBe(0);
    expect(sweep('--as-of', dayText(10))).toBe(0);
    expect(sweep('--as-of', dayText(1))).toBe(1);
    expect(diff()).toMatchObject({ code: 1, told: ['new 古びる.csv'] });
    expect(sweep('--as-of', dayText(0))).toBe(1);
    expect(diff()).toMatchObject({ code: 0, told: ['continuing 古びる.csv'] });
    expect(diff('--since', '2').told).toEqual(['new 古びる.csv']);
    const story = share
      .run('history', '古びる.csv', ...inventory(), '--json')
      .stdout.trim()
      .split('\n');
    expect(story.map((line) => [JSON.parse(line).event, JSON.parse(line).run, JSON.parse(line).verdict])).toEqual([
      ['found', 1, 'compliant'],
      ['aged', 3, 'violation'],
    ]);
  });

  it('tells what was renamed or moved as the same file, whole folders too', () => {
    share.put('総務/名簿.csv', roster(3));
    share.put('総務/古い/記録.csv', roster(5, 60), day(900));
    share.put('総務/古い/名簿の写し.csv', roster(3));
    expect(sweep()).toBe(1);
    mkdirSync(at('人事'));
    renameSync(at('総務/名簿.csv'), at('人事/職員.csv'));
    renameSync(at('総務/古い'), at('人事/移した'));
    expect(sweep()).toBe(1);
    const { code, told, sums } = diff();
    expect(told).toEqual([
      'continuing 人事/移した/名簿の写し.csv 総務/古い/名簿の写し.csv',
      'continuing 人事/移した/記録.csv 総務/古い/記録.csv',
      'continuing 人事/職員.csv 総務/名簿.csv',
    ]);
    expect([code, sums.moved, (sums.counts as { resolved: number }).resolved]).toEqual([0, 3, 0]);
    // Written anew elsewhere: by its content.
    rmSync(at('人事/移した/記録.csv'));
    share.put('別/記録.csv', roster(5, 60));
    expect(sweep()).toBe(1);
    expect(diff().told).toContain('continuing 別/記録.csv 人事/移した/記録.csv');
    const story = share.run('history', at('別/記録.csv'), ...inventory(), '--lang', 'ja').stdout;
    expect(story).toContain('もとは 人事/移した/記録.csv');
    expect(story).toContain('もとは 総務/古い/記録.csv');
    const gone = share.run('history', '総務/古い/記録.csv', ...inventory(), '--lang', 'en').stdout;
    expect(gone).toContain('moved; now 人事/移した/記録.csv');
  });

  it.each<[string, readonly string[], [change: string, movedFrom: string | undefined, since: number], readonly string[]]>([
    ['moved and back', ['甲>乙', '乙>甲'], ['continuing 甲', '乙', 1], ['found', 'moved 甲', 'moved 乙']],
    ['moved, back, and on', ['甲>乙', '乙>甲', '甲>丙'], ['continuing 丙', '甲', 1], ['found', 'moved 甲', 'moved 乙', 'moved 甲']],
    [
      'to and fro',
      ['甲>乙', '乙>甲', '甲>乙', '乙>甲'],
      ['continuing 甲', '乙', 1],
      ['found', 'moved 甲', 'moved 乙', 'moved 甲', 'moved 乙'],
    ],
    ['to a name that another file had', ['+丁', '-丁', '甲>丁'], ['continuing 丁', '甲', 1], ['found', 'gone', 'found', 'moved 甲']],
    ['only taken away and brought back', ['-甲', '+甲'], ['recurred 甲', undefined, 3], ['found', 'gone', 'returned']],
  ])('keeps the age of a folder that was %s', (_, nights, [change, from, since], events) => {
    share.put('甲/名簿.csv', roster(3));
    share.put('甲/中/記録.csv', roster(2, 40));
    expect(sweep()).toBe(1);
    for (const night of nights) {
      const [, first, second] = /^[+-]?(.)>?(.)?$/u.exec(night)!;
      if (night.startsWith('-')) rmSync(at(first!), { recursive: true });
      else if (second === undefined) {
        share.put(`${first}/名簿.csv`, roster(3, first === '甲' ? 0 : 70));
        share.put(`${first}/中/記録.csv`, roster(2, first === '甲' ? 40 : 90));
      } else renameSync(at(first!), at(second));
      sweep();
    }
    const place = change.split(' ')[1];
    const { stdout, code } = share.run('diff', ...inventory(), '--json');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(change.startsWith('continuing') ? 0 : 1);
    expect(lines.slice(0, -1).map((line) => [line.change, line.path, line.movedFrom, line.since.run])).toEqual(
      ['名簿.csv', '中/記録.csv'].map((name) => [change.split(' ')[0], `${place}/${name}`, from && `${from}/${name}`, since]),
    );
    expect(lines.at(-1).moved).toBe(from === undefined ? 0 : 2);
    const story = share
      .run('history', at(`${place}/名簿.csv`), ...inventory(), '--json')
      .stdout.trim()
      .split('\n');
    expect(
      story.map((line) => JSON.parse(line)).map(({ event, movedFrom }) => (movedFrom ? `${event} ${movedFrom.split('/')[0]}` : event)),
    ).toEqual(events);
    // As against the first run the file never was out of violation.
    if (since === 1) expect(diff('--since', '1')).toMatchObject({ code: 0, sums: { counts: { continuing: 2, recurred: 0, new: 0 } } });
  });

  it('follows a file from root to root and back, also where a sweep between was killed or a name stands for another file now', () => {
    const roots = ['東', '西'].map((name) => join(share.folder, name));
    for (const root of roots) mkdirSync(root);
    const place = (root: number, name: string) => join(roots[root]!, name);
    const both = (...args: string[]) => share.run('scan', ...roots, ...inventory(), '--quiet', ...args).code;
    writeFileSync(place(0, '名簿.csv'), roster(3));
    both();
    renameSync(place(0, '名簿.csv'), place(1, '名簿.csv'));
    both();
    // As a sweep leaves it that was killed when it had looked at everything: nothing says that it ended, and no move is noted.
    const db = openDatabase(inventory()[1]!);
    db.exec('DELETE FROM move; UPDATE run SET ended_ms=NULL, complete=0, sums=NULL WHERE id=2');
    db.close();
    renameSync(place(1, '名簿.csv'), place(0, '名簿.csv'));
    both();
    const lines = () =>
      share
        .run('diff', ...inventory(), '--json', '--since', '1')
        .stdout.trim()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    expect(lines().map(({ change, root, since }) => [change, root, since.run])).toEqual([['continuing', roots[0], 1]]);
    renameSync(place(0, '名簿.csv'), place(1, '写し.csv'));
    writeFileSync(place(0, '別.csv'), roster(2, 60));
    both();
    writeFileSync(place(0, '名簿.csv'), roster(4, 80));
    both();
    // What stands under the old name now is another file, and new.
    expect(lines().map(({ change, path, since }) => [change, path, since.run])).toEqual(
      expect.arrayContaining([
        ['continuing', '写し.csv', 1],
        ['new', '名簿.csv', 5],
      ]),
    );
  });

  it('never takes for resolved what can not be read any more', () => {
    share.put('課/中/名簿.csv', roster(3));
    share.put('課/一.csv', roster(3, 80));
    expect(sweepAsNobody()).toBe(1);
    chmodSync(at('課/中'), 0);
    chmodSync(at('課/一.csv'), 0);
    sweepAsNobody();
    expect(diff()).toMatchObject({ code: 0, told: ['not-seen 課/一.csv', 'not-seen 課/中/名簿.csv'] });
    chmodSync(at('課/中'), 0o755);
    chmodSync(at('課/一.csv'), 0o644);
    sweepAsNobody();
    expect(diff('--since', '1')).toMatchObject({ code: 0, told: ['continuing 課/一.csv', 'continuing 課/中/名簿.csv'] });
  });

  it('compares by day, and refuses what is not kept', () => {
    share.put('a.csv', roster(1));
    sweep();
    sweep();
    expect(diff('--since', dayText(0)).sums).toMatchObject({ from: { run: 1 } });
    for (const wrong of ['2', '99', 'gestern', '2026-02-30'])
      expect(diff('--since', wrong)).toMatchObject({ code: 2, stderr: expect.stringContaining(`--since ${wrong}`) });
  });

  it('shows the trend from run to run', () => {
    share.put('総務/a.csv', roster(2));
    sweep();
    share.put('総務/b.csv', roster(3, 40));
    sweep();
    const lines = share
      .run('diff', ...inventory(), '--trend', '--json')
      .stdout.trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        schema: 'mimawari.trend/1',
        run: 1,
        complete: true,
        openViolations: 1,
        exposedPersons: 2,
        departments: [{ department: '総務', violations: 1 }],
      },
      { run: 2, openViolations: 2, exposedPersons: 5, persons: 5 },
    ]);
    const shown = share.run('diff', ...inventory(), '--trend', '--lang', 'ja').stdout;
    expect(shown).toContain('+1');
    expect(shown).toContain('違反（例外を除く）');
    expect(shown).toContain('最後まで');
  });
});

describe('history', () => {
  it('tells the story of a file in words, and of one that the inventory does not know', () => {
    share.put('総務/名簿.csv', roster(3));
    sweep();
    share.put('総務/名簿.csv', roster(8));
    sweep();
    chmodSync(at('総務/名簿.csv'), 0o600);
    sweep();
    rmSync(at('総務/名簿.csv'));
    sweep();
    share.put('総務/名簿.csv', roster(2));
    sweep();
    const told = share.run('history', at('総務/名簿.csv'), ...inventory(), '--lang', 'ja');
    expect(told.code).toBe(0);
    for (const words of ['見つかった', '件数 3 → 8', 'アクセス権 開放 → 限定', '判定: 適合', '消えた', 'また現れた', '現在'])
      expect(told.stdout).toContain(words);
    const unknown = share.run('history', '無い.csv', ...inventory(), '--lang', 'ja');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('台帳にありません')]);
  });
});
