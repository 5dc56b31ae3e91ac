/** The inventory as an administrator meets it: in use, on the share, damaged, of another version. Uses the compiled program in dist/. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkKey } from '../../src/cli/key-check.js';
import { openDatabase } from '../../src/inventory/database.js';
import { Store } from '../../src/inventory/store.js';
import { writePlainZip } from '../kit/plain-zip.js';
import { program, roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const inventory = () => share.beside('inventory.db');

/** Until the sweep has written its first lines. */
async function writing(child: ChildProcess): Promise<void> {
  const log = () => statSync(`${inventory()}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  while (log() === 0 && child.exitCode === null) await pause(2);
}

it('is used by one sweep at a time: the second is told, and the first one loses nothing', async () => {
  for (let i = 0; i < 200; i++) share.put(`課${i % 8}/名簿${i}.csv`, roster(20, i * 20));
  const first = spawn(process.execPath, [program, 'scan', share.root, '--inventory', inventory(), '--quiet'], { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => first.on('close', resolve));
  await writing(first);
  first.kill('SIGSTOP');
  const codes = ['scan', 'report'].map((command) => {
    const args = command === 'scan' ? [command, share.root] : [command];
    return share.run(...args, '--inventory', inventory(), '--lang', 'ja');
  });
  first.kill('SIGCONT');
  for (const { code, stderr } of codes) expect([code, stderr]).toEqual([2, expect.stringContaining('ほかの見回りが使っています')]);
  expect(await ended).toBe(1);
  const { files, lines } = share.scan();
  expect(files).toHaveLength(200);
  expect(lines.at(-1)).toMatchObject({ complete: true, enumerated: 200, persons: 4000 });
});

it('is refused on the share', () => {
  const inside = share.run('scan', share.root, '--inventory', join(share.root, 'i.db'), '--lang', 'ja');
  expect([inside.code, inside.stderr]).toEqual([2, expect.stringContaining('中には置けません')]);
  expect(existsSync(join(share.root, 'i.db'))).toBe(false);
});

describe('a damaged inventory', () => {
  it('is put aside by the next sweep, which takes over its history and reads everything again', async () => {
    for (let i = 0; i < 300; i++) share.put(`課${i % 3}/名簿${String(i).padStart(3, '0')}.csv`, roster(1, i));
    const first = share.scan();
    // A sweep that dies leaves its run without an end: that is why the next one looks.
    share.put('課0/新しい.csv', roster(200, 900));
    const child = spawn(process.execPath, [program, 'scan', share.root, '--inventory', inventory(), '--quiet'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await writing(child);
    child.kill('SIGKILL');
    await ended;
    const { size } = statSync(inventory());
    const fd = openSync(inventory(), 'r+');
    writeSync(fd, Buffer.alloc(4096 * 4, 0xa5), 0, 4096 * 4, Math.floor(size / 2 / 4096) * 4096);
    closeSync(fd);
    const again = share.scan('--lang', 'ja');
    expect(again.stderr).toContain('台帳が壊れていたので');
    expect(again.stderr).toContain('引き継いだもの: 見回りの記録');
    expect(again.code).toBe(1);
    expect(again.files).toHaveLength(first.files.length + 1);
    expect(again.lines.at(-1)).toMatchObject({ persons: 500 });
    expect(readdirSync(share.folder).filter((name) => name.includes('.damaged-'))).not.toEqual([]);
    const trend = share.run('diff', '--trend', '--json', '--inventory', inventory()).stdout.trim().split('\n');
    expect(trend.length).toBeGreaterThan(0);
  });
});

describe('a page that is torn between two sweeps, none of which died', () => {
  const tear = (table: string): void => {
    const db = openDatabase(inventory());
    const { rootpage } = db.prepare('SELECT rootpage FROM sqlite_master WHERE name=?').get(table) as { rootpage: number };
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const fd = openSync(inventory(), 'r+');
    writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, (rootpage - 1) * 4096);
    closeSync(fd);
  };
  const asides = () => readdirSync(share.folder).filter((name) => /\.damaged-[\d-]+$/u.test(name));
  beforeEach(() => {
    for (let i = 0; i < 20; i++) share.put(`課${i % 3}/名簿${i}.csv`, roster(1, i));
    share.scan();
  });

  it.each(['entry', 'outcome', 'content', 'person'])(
    'of %s is mended by the sweep that meets it, which tells of itself as any other',
    (table) => {
      tear(table);
      // Else the sweep has no reason to look at what was found in files.
      for (let i = 0; i < 20; i++) share.put(`課${i % 3}/名簿${i}.csv`, roster(2, i));
      const prom = share.beside('m.prom');
      const { code, stdout, files, stderr } = share.scan('--log', 'json', '--prometheus', prom, '--lang', 'en');
      expect([code, files.length, stderr]).toEqual([1, 20, expect.stringContaining('the inventory was damaged; it is kept as')]);
      expect(JSON.parse(stdout)).toMatchObject({ exitCode: 1, complete: true, enumerated: 20, inventoryRebuilt: true });
      expect(readFileSync(prom, 'utf8')).toMatch(/^mimawari_sweep_exit_code 1$[\s\S]*^mimawari_inventory_rebuilt 1$/mu);
      expect(asides()).toHaveLength(1);
      const trend = share.run('diff', '--trend', '--json', '--inventory', inventory()).stdout.trim().split('\n');
      expect(trend.map((line) => JSON.parse(line).complete)).toEqual(table === 'person' ? [true, true] : [true, false, true]);
      // What is only not remembered is never told as new since the run before.
      const isLost = table === 'entry' || table === 'outcome';
      const diff = () =>
        share
          .run('diff', '--json', '--inventory', inventory())
          .stdout.trim()
          .split('\n')
          .map((line) => JSON.parse(line));
      const newest = trend.length;
      const sums = diff().at(-1);
      expect([sums.from?.run ?? null, sums.historyLost, sums.counts.new, sums.counts.continuing]).toEqual(
        isLost ? [null, true, 20, 0] : [1, undefined, 0, 20],
      );
      expect(stderr.includes(`the history before this sweep (run ${newest})`)).toBe(isLost);
      const words = (...args: string[]) => share.run(...args, '--inventory', inventory(), '--lang', 'en').stdout;
      expect(words('diff').includes('what earlier runs found could not all be read: none of them is compared with')).toBe(isLost);
      expect(words('history', '課0/名簿0.csv').includes('is lost: the inventory was damaged')).toBe(isLost);
      expect(words('history', '課0/名簿0.csv', '--json').includes(`"lostBefore":${newest}`)).toBe(isLost);
      expect(share.scan()).toMatchObject({ code: 1, stderr: '' });
      expect(asides()).toHaveLength(1);
      // From then on as ever; how old a violation is can't be said.
      const [first, ...others] = diff();
      expect(first).toMatchObject({ change: 'continuing', since: { run: isLost ? newest : 1, orBefore: isLost } });
      expect(others.at(-1)).toMatchObject({ from: { run: newest }, counts: { new: 0, recurred: 0, continuing: 20 } });
    },
  );

  it('that a report meets is told by doctor, and mended by the next sweep', () => {
    tear('entry');
    const report = share.run('report', '--inventory', inventory(), '--csv', share.beside('r.csv'));
    expect([report.code, report.stderr]).toEqual([2, expect.stringContaining('The next mimawari scan puts it aside')]);
    expect(share.run('doctor', share.root, '--inventory', inventory(), '--lang', 'en').stdout).toContain('inventory: damaged');
    expect(share.scan('--lang', 'en').stderr).toContain('it is kept as');
    expect([asides().length, existsSync(`${inventory()}.suspect`)]).toEqual([1, false]);
    expect(share.run('doctor', share.root, '--inventory', inventory(), '--lang', 'en').stdout).not.toContain('inventory: damaged');
  });

  it('is not looked for again when a sound copy has taken its place', () => {
    writeFileSync(`${inventory()}.suspect`, '');
    expect(share.scan()).toMatchObject({ code: 1, stderr: '' });
    expect([asides().length, existsSync(`${inventory()}.suspect`)]).toEqual([0, false]);
  });
});

it('reads files again that met a bound when the bounds change, and no others', async () => {
  const inner = writePlainZip({ '名簿.csv': roster(3) });
  const outer = share.put('束.zip', writePlainZip({ '中.zip': inner }));
  share.put('名簿.csv', roster(2, 50));
  const policy = (depthMax: number) => {
    const file = share.beside(`depth${depthMax}.yaml`);
    writeFileSync(file, `bounds: {depthMax: ${depthMax}}\n`);
    return ['--policy', file];
  };
  const told = (...args: string[]) => {
    const { files, lines } = share.scan(...args);
    const own = files.find(({ path, member }) => path === '束.zip' && member === null) as {
      examined: string;
      problems: { code: string }[];
    };
    return [own.examined, own.problems.map(({ code }) => code), lines.at(-1)!.persons];
  };
  expect(told(...policy(1))).toEqual(['partial', ['too-deep'], 2]);
  expect(told(...policy(3))).toEqual(['full', [], 5]);
  expect(share.run('explain', outer, ...policy(1)).code).toBe(3);
  expect(share.run('check', outer, ...policy(1), '--json').stdout).toContain('too-deep');
});

it('takes no other key than its own, which would count every person twice', () => {
  share.put('名簿.csv', roster(3));
  expect(share.scan().code).toBe(1);
  const other = share.beside('other.key');
  writeFileSync(other, Buffer.alloc(32, 7));
  share.put('名簿2.csv', roster(2));
  const refused = share.scan('--key', other, '--lang', 'ja');
  expect([refused.code, refused.lines]).toEqual([2, []]);
  for (const words of ['この台帳の鍵ではありません', '--key', other]) expect(refused.stderr).toContain(words);
  expect(share.scan().lines.at(-1)).toMatchObject({ enumerated: 2, persons: 3 });
});

it('of before there was a check takes the key of its next sweep, and no other from then on', () => {
  const store = Store.open(':memory:');
  const [own, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  for (let i = 0; i < 2; i++) checkKey(store, own, 'own.key');
  expect(() => checkKey(store, other, 'other.key')).toThrow('other.key');
  checkKey(store, own, 'own.key');
});
