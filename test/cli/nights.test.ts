/** Sweeps that don't reach their end in one night: where the next one goes on, and what reports say meanwhile. Uses the compiled program in dist/. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeInventory, composeSweep } from '../../dist/src/cli/compose.js';
import { judgedEntries } from '../../dist/src/cli/judged.js';
import { Store } from '../../dist/src/inventory/store.js';
import { DEFAULT_POLICY } from '../../dist/src/policy/policy.js';
import { roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

const FILES = 420;
const FOLDERS = 14;

function putMany(rows = 3): void {
  for (let i = 0; i < FILES; i++) share.put(`課${i % FOLDERS}/係/名簿${i}.csv`, roster(rows, i * 3));
}

/** One night on an inventory that is open: it is stopped as by `--until` when `stopAt` files have been examined. */
function nights(workers: number) {
  const inventory = composeInventory(Store.open(':memory:'));
  const { runs, entries } = inventory;
  const base = { roots: [share.root], policy: DEFAULT_POLICY, key: new Uint8Array(32), workers, asOfMs: Date.parse('2026-11-21') };
  const night = async (stopAt: number) => {
    const from = runs.goOnFrom(base.roots);
    const start = { startedMs: Date.now(), asOfMs: base.asOfMs, version: 'x', policyHash: 'y', roots: base.roots, from };
    const id = runs.start(start);
    entries.beginRun(id);
    const sweep = composeSweep(inventory, { ...base, excluded: new Map<string, number>(), from });
    const watch = setInterval(() => {
      if (sweep.progress.examined >= stopAt) sweep.stop('time-limit');
    }, 1);
    const end = await sweep.run();
    clearInterval(watch);
    const complete = end === 'complete';
    const { lines: looked } = sweep.looked;
    const until = complete ? null : sweep.until;
    runs.end(id, {
      endedMs: Date.now(),
      complete,
      stopped: complete ? null : 'time-limit',
      excluded: {},
      roots: base.roots,
      until,
      looked,
    });
    return { end, from, until, looked, examined: sweep.progress.examined };
  };
  const lines = () => [...judgedEntries(inventory, base.roots, DEFAULT_POLICY, base.asOfMs)].flatMap((one) => one.lines);
  return { inventory, night, lines };
}

describe('three nights', () => {
  it.each([1, 2, 4])('together equal one whole sweep (%i workers)', async (workers) => {
    putMany();
    const parts = nights(workers);
    const first = await parts.night(100);
    const second = await parts.night(100);
    const third = await parts.night(Number.POSITIVE_INFINITY);
    expect([first.end, second.end, third.end]).toEqual(['time-limit', 'time-limit', 'complete']);
    // Each goes on where the one before stopped; nothing is examined twice but what was in hand.
    expect([second.from, third.from]).toEqual([first.until, second.until]);
    expect(first.examined + second.examined + third.examined).toBe(FILES);
    expect(first.looked).toBeLessThan(FILES);
    const whole = nights(workers);
    expect((await whole.night(Number.POSITIVE_INFINITY)).end).toBe('complete');
    expect(parts.lines()).toHaveLength(FILES);
    expect(parts.lines()).toEqual(whole.lines());
  });

  it('go round: what was looked at longest ago comes first, also when everything is unchanged', async () => {
    putMany();
    const { night } = nights(2);
    await night(Number.POSITIVE_INFINITY);
    for (let i = 0; i < FILES; i++) share.put(`課${i % FOLDERS}/係/名簿${i}.csv`, roster(4, i * 3));
    const begun: (string | undefined)[] = [];
    const looks: number[] = [];
    for (let at = 0; at < 6; at++) {
      const { end, from, examined } = await night(100);
      begun.push(from?.folder);
      looks.push(examined);
      if (end === 'complete') break;
    }
    expect(looks.reduce((sum, count) => sum + count, 0)).toBe(FILES);
    expect(begun[0]).toBeUndefined();
    // A night may end before the folder in which it began is done, when one of the readers was slow.
    expect(new Set(begun).size).toBeGreaterThan(1);
  });
});

describe('--until', () => {
  it('ends within ten seconds of it with exit 4, and every report says so; three nights together equal one sweep', () => {
    putMany(60);
    const args = ['--as-of', '2026-11-21', '--workers', '3'];
    const begunMs = Date.now();
    const whole = share.scan(...args);
    const wholeMs = Date.now() - begunMs;
    for (const tail of ['', '-wal', '-shm']) rmSync(share.beside(`inventory.db${tail}`), { force: true });
    const codes: (number | null)[] = [];
    for (const part of [0.4, 0.5]) {
      const until = new Date(Date.now() + part * wholeMs).toISOString();
      const csv = share.beside('night.csv');
      const night = share.scan(...args, '--until', until, '--csv', csv, '--lang', 'ja');
      codes.push(night.code);
      if (night.code !== 4) continue;
      expect(Date.now() - Date.parse(until)).toBeLessThan(10_000);
      expect(night.stdout).toContain('時間の上限で止まりました');
      expect(night.stdout).toMatch(/(?:これまでに分かった|分かっている) .*件のうち .*件（(?:多くて )?\d+%）/);
      expect(readFileSync(csv, 'utf8').split('\r\n')[1]).toMatch(/^"未完了",.*件のうち/);
      const run = night.lines.at(-1) as { complete: boolean; stopped: string; lookedAt: { files: number; percent: number } };
      expect(run).toMatchObject({ complete: false, stopped: 'time-limit' });
      expect(run.lookedAt.percent).toBeLessThan(100);
      const shown = share.run('report', '--inventory', share.beside('inventory.db'), '--lang', 'en');
      expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('stopped at its time limit')]);
    }
    expect(codes[0]).toBe(4);
    const third = share.scan(...args);
    expect(third.code).toBe(1);
    expect(third.files).toEqual(whole.files);
    const timeless = ({ started: _s, ended: _e, ...rest }: Record<string, unknown>) => rest;
    expect(timeless(third.lines.at(-1)!)).toEqual(timeless(whole.lines.at(-1)!));
  });
});

describe('report after an interrupted run', () => {
  it('tells the newest facts and says so; the last complete run can be reported as it was', async () => {
    for (let i = 0; i < 6; i++) share.put(`課${i}/名簿${i}.csv`, roster(3, i * 3));
    const complete = share.scan('--as-of', '2026-11-21');
    expect(complete.code).toBe(1);
    rmSync(join(share.root, '課0', '名簿0.csv'));
    share.put('課0/新しい名簿.csv', roster(9, 500));
    share.put('課1/名簿1.csv', roster(8, 700));
    const store = Store.open(share.beside('inventory.db'));
    const inventory = composeInventory(store);
    const base = { roots: [share.root], asOfMs: Date.parse('2026-11-21T23:59:59.999'), version: '0.1.0', policyHash: 'y' };
    const id = inventory.runs.start({ ...base, startedMs: Date.now() });
    inventory.entries.beginRun(id);
    const key = readFileSync(share.beside('inventory.db.key'));
    const sweep = composeSweep(inventory, { ...base, policy: DEFAULT_POLICY, key, workers: 1, excluded: new Map<string, number>() });
    await sweep.run();
    const until = { root: share.root, folder: '課2' };
    const end = { complete: false, stopped: 'time-limit' as const, excluded: {}, roots: base.roots, until, looked: 2 };
    inventory.runs.end(id, { ...end, endedMs: Date.now() });
    store.close();
    const lines = (...args: string[]) => {
      const { stdout, stderr } = share.run('report', '--inventory', share.beside('inventory.db'), '--jsonl', '-', ...args);
      if (stdout === '') throw new Error(stderr);
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    const newest = lines();
    expect(newest.map(({ path, records, lookedAt }) => [path, (records as { four: number }).four, lookedAt])).toEqual([
      ['課0/新しい名簿.csv', 9, undefined],
      ['課1/名簿1.csv', 8, undefined],
      ...[2, 3, 4, 5].map((i) => [`課${i}/名簿${i}.csv`, 3, false]),
      [undefined, 29, { files: 2, known: 6, percent: 33, unopenedFolders: 0 }],
    ]);
    const then = lines('--run', 'last-complete');
    const known = (rows: readonly Record<string, unknown>[]) => rows.map(({ accessedAt: _a, ended: _e, started: _s, ...rest }) => rest);
    expect(known(then).slice(0, -1)).toEqual(known(complete.files));
    expect(then.at(-1)).toMatchObject({ complete: true, persons: 18, enumerated: 6 });
    const say = (command: string, ...args: string[]) =>
      share.run(command, ...args, '--inventory', share.beside('inventory.db'), '--lang', 'ja').stdout;
    const withEarlier = '今回見ていないものは前回までの結果で数え、どの回もまだ見ていないものは入っていません';
    for (const text of [say('report'), say('report', '--html', '-'), say('leak')]) expect(text).toContain(withEarlier);
    const again = Store.open(share.beside('inventory.db'));
    // As if it had stopped within the folder in which it had found a file gone.
    composeInventory(again).runs.end(id, { ...end, until: { root: share.root, folder: '課0' }, endedMs: Date.now() });
    again.close();
    const story = say('history', '課0/名簿0.csv');
    expect([story.includes('消えた'), story.includes('この回では見ていません')]).toEqual([true, false]);
    expect(say('history', '課3/名簿3.csv')).toContain('この回では見ていません');
    const refused = share.run('report', '--inventory', share.beside('inventory.db'), '--run', '7');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('last-complete')]);
  });
});

describe('a share that disappears in the middle of a sweep', () => {
  it('ends it as incomplete, nothing of it counts as gone, and back again the sweep goes on', async () => {
    putMany();
    const { inventory, night, lines } = nights(2);
    await night(Number.POSITIVE_INFINITY);
    for (let i = 0; i < FILES; i++) share.put(`課${i % FOLDERS}/係/名簿${i}.csv`, roster(4, i * 3));
    const away = share.beside('away');
    const roots = [share.root];
    const id = inventory.runs.start({ startedMs: 1, asOfMs: 1, version: 'x', policyHash: 'y', roots });
    inventory.entries.beginRun(id);
    const options = { roots, policy: DEFAULT_POLICY, key: new Uint8Array(32), workers: 2, asOfMs: Date.parse('2026-11-21') };
    const sweep = composeSweep(inventory, { ...options, excluded: new Map<string, number>() });
    const watch = setInterval(() => {
      if (sweep.progress.examined < 50) return;
      clearInterval(watch);
      renameSync(share.root, away);
    }, 1);
    await expect(sweep.run()).rejects.toThrow(/reachable/u);
    const end = { complete: false, stopped: 'root-lost' as const, excluded: {}, roots, until: sweep.until, looked: sweep.looked.lines };
    inventory.runs.end(id, { ...end, endedMs: 2 });
    expect(lines()).toHaveLength(FILES);
    renameSync(away, share.root);
    const rest = await night(Number.POSITIVE_INFINITY);
    expect([rest.end, rest.from]).toEqual(['complete', end.until]);
    expect(lines().map(({ content }) => content.records.four)).toEqual(Array(FILES).fill(4));
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'tells a mount point below it that is not mounted as unread (as root; skipped where mounting is forbidden)',
    ({ skip }) => {
      const point = join(share.root, '課', '外付け');
      mkdirSync(point, { recursive: true });
      share.put('課/一.csv', roster(2));
      if (spawnSync('mount', ['-t', 'tmpfs', 'none', point]).status !== 0) skip('mounting is forbidden here');
      try {
        share.put('課/外付け/中/名簿.csv', roster(3, 50));
        expect(share.scan().files.map(({ path }) => path)).toEqual(['課/一.csv', '課/外付け/中/名簿.csv']);
      } finally {
        spawnSync('umount', [point]);
      }
      const { files, code } = share.scan();
      expect(files.map(({ path, problems }) => [path, (problems as { code: string }[])[0]?.code])).toEqual([
        ['課/一.csv', undefined],
        ['課/外付け', 'offline'],
      ]);
      expect(code).toBe(1);
      const diff = share.run('diff', '--json', '--inventory', share.beside('inventory.db')).stdout;
      expect(JSON.parse(diff.trim().split('\n').at(-1)!)).toMatchObject({ counts: { continuing: 1, resolved: 0, 'not-seen': 1 } });
    },
  );
});

describe('one of several roots that is lost', () => {
  const two = () => [join(share.root, '一'), join(share.root, '二')] as const;
  const sweep = (...args: string[]) => share.run('scan', '--inventory', share.beside('inventory.db'), '--lang', 'en', ...args);
  const told = () => {
    const file = share.beside('told.jsonl');
    share.run('report', '--inventory', share.beside('inventory.db'), '--jsonl', file, '--quiet');
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('does not keep the others from being swept, and goes on when it is back', () => {
    const [one, other] = two();
    for (const root of [one, other])
      for (const name of ['a', 'b']) share.put(`${root.slice(-1)}/課/${name}.csv`, roster(2, name === 'a' ? 0 : 9));
    expect(sweep(one, other).code).toBe(1);
    // As a share that is not mounted: an empty folder in its place.
    renameSync(one, share.beside('away'));
    mkdirSync(one);
    share.put('二/課/c.csv', roster(3, 50));
    const night = sweep(one, other);
    expect([night.code, night.stderr]).toEqual([2, expect.stringContaining(`${one}: another folder stands here`)]);
    const lines = told();
    expect(lines.at(-1)).toMatchObject({ complete: false, stopped: 'root-lost', enumerated: 5 });
    expect(lines.slice(0, -1).map(({ path, lookedAt }) => [path, lookedAt ?? true])).toEqual([
      ['課/a.csv', false],
      ['課/b.csv', false],
      ['課/a.csv', true],
      ['課/b.csv', true],
      ['課/c.csv', true],
    ]);
    rmSync(one, { recursive: true });
    renameSync(share.beside('away'), one);
    expect(sweep(one, other).code).toBe(1);
    expect(told().at(-1)).toMatchObject({ complete: true, enumerated: 5 });
  });

  it('is told when a root of the configuration is away from the beginning, and the others are swept', () => {
    const [one, other] = two();
    for (const root of [one, other]) share.put(`${root.slice(-1)}/課/a.csv`, roster(2));
    const config = share.beside('m.yaml');
    writeFileSync(config, `roots: [share/一, share/二]\ninventory: inventory.db\n`);
    // Never seen: no share of the known files says how much of it is missing.
    renameSync(one, share.beside('away'));
    expect(sweep('--config', config).stdout).toContain('1 of 1 known files; a folder to be swept was not reached, and how many');
    expect(told().at(-1)).toMatchObject({ stopped: 'root-lost', lookedAt: { files: 1, known: 1, percent: null } });
    renameSync(share.beside('away'), one);
    expect(sweep('--config', config).code).toBe(1);
    renameSync(one, share.beside('away'));
    share.put('二/課/c.csv', roster(3, 50));
    const night = sweep('--config', config);
    expect([night.code, night.stderr]).toEqual([2, expect.stringContaining(`${one}: can't be reached now`)]);
    expect(told().at(-1)).toMatchObject({ complete: false, stopped: 'root-lost', enumerated: 3 });
    renameSync(share.beside('away'), one);
    expect(sweep('--config', config).code).toBe(1);
    expect(told().at(-1)).toMatchObject({ complete: true, enumerated: 3 });
    rmSync(share.root, { recursive: true });
    expect(sweep('--config', config)).toMatchObject({ code: 2, stderr: expect.stringContaining('no such folder') });
    mkdirSync(share.root);
  });
});

describe('a root in whose place another one stands', () => {
  it('is told with exit 2, and nothing of it counts as gone; with --accept-replaced it does', () => {
    share.put('名簿.csv', roster(3));
    expect(share.scan().code).toBe(1);
    const away = share.beside('away');
    renameSync(share.root, away);
    const other = new Share();
    renameSync(other.root, share.root);
    other.remove();
    expect(statSync(share.root).isDirectory()).toBe(true);
    const unmounted = share.run('scan', share.root, '--inventory', share.beside('inventory.db'), '--lang', 'ja');
    expect([unmounted.code, unmounted.stderr]).toEqual([2, expect.stringContaining('共有の接続が外れていませんか')]);
    const report = () => share.run('report', '--inventory', share.beside('inventory.db'), '--json').stdout;
    expect(JSON.parse(report())).toMatchObject({ complete: false, stopped: 'root-lost', enumerated: 1, byVerdict: { violation: 1 } });
    expect(share.scan('--accept-replaced')).toMatchObject({ code: 0, files: [] });
    rmSync(share.root, { recursive: true });
    renameSync(away, share.root);
    expect(share.scan()).toMatchObject({ code: 1, files: [{ path: '名簿.csv' }] });
  });
});
