/** A sweep that spares the server: rates over all workers, files in use, access times. Uses the compiled program in dist/. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, statSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeInventory, composeSweep } from '../../dist/src/cli/compose.js';
import { judgedEntries } from '../../dist/src/cli/judged.js';
import { Store } from '../../dist/src/inventory/store.js';
import { DEFAULT_POLICY } from '../../dist/src/policy/policy.js';
import { program, roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

const LEASE = `
import fcntl, os, signal, sys, time
fd = os.open(sys.argv[1], os.O_RDWR)
def let_go(*_):
    time.sleep(float(sys.argv[2]))
    fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    print('let go', flush=True)
signal.signal(signal.SIGIO, let_go)
fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_WRLCK)
print('held', flush=True)
time.sleep(60)
`;

/** Holds a file under a write lease (fcntl(2)): whoever opens it without waiting is told that it is in use, until the holder lets go. */
async function hold(file: string, seconds: number): Promise<() => void> {
  const child = spawn('python3', ['-c', LEASE, file, String(seconds)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return () => child.kill('SIGKILL');
}

const canHold = process.platform === 'linux' && spawnSync('python3', ['-c', 'import fcntl']).status === 0;

/** Beside this process, which would else stand still while it looks after what it holds. */
function scanBeside(...args: string[]): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [program, 'scan', share.root, '--inventory', share.beside('i.db'), '--lang', 'en', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout })));
}

describe('a polite sweep', () => {
  it.skipIf(!canHold)('reads a file again at the end that was in use when its turn came', async () => {
    share.put('a.csv', roster(2));
    const release = await hold(share.put('b.csv', roster(3, 10)), 1);
    const { code, stdout } = await scanBeside();
    release();
    expect(code).toBe(1);
    expect(stdout).toMatch(/persons\s+5/u);
    expect(stdout).toContain('1 file in use were read once more at the end');
  });

  it.skipIf(!canHold)('tells a file that stays in use, and does not call it read', async () => {
    const release = await hold(share.put('b.csv', roster(3)), 20);
    const { code, stdout } = await scanBeside('--json');
    release();
    expect([code, JSON.parse(stdout)]).toEqual([
      3,
      expect.objectContaining({ byProblem: { changing: 1 }, byVerdict: expect.objectContaining({ undetermined: 1 }) }),
    ]);
  });

  it('begins no more files a second than it may, by all workers together', () => {
    for (let i = 0; i < 16; i++) share.put(`${i}.txt`, 'なし\n');
    const sinceMs = performance.now();
    const { files } = share.scan('--max-files-per-second', '5', '--workers', '2', '--priority', 'low');
    expect(performance.now() - sinceMs).toBeGreaterThan(2_900);
    expect(files.map((file) => file.examined)).toEqual(Array(16).fill('full'));
  });

  it('does not count the waiting as time of the file', async () => {
    for (let i = 0; i < 3; i++) share.put(`${i}.csv`, roster(1, i));
    const inventory = composeInventory(Store.open(':memory:'));
    const pace = { filesPerSecond: 0.3, bytesPerSecond: null, priority: 'normal', backOff: true } as const;
    const task = {
      roots: [share.root],
      policy: DEFAULT_POLICY,
      key: new Uint8Array(32),
      workers: 2,
      asOfMs: Date.now(),
      excluded: new Map(),
    };
    const sweep = composeSweep(inventory, { ...task, pace, fileTimeMs: () => 3_000 });
    expect(await sweep.run()).toBe('complete');
    const lines = [...judgedEntries(inventory, [share.root], DEFAULT_POLICY, Date.now())].map((one) => one.lines[0]!.content);
    expect(lines.map((content) => [content.examined, content.problems])).toEqual(Array(3).fill(['full', []]));
  });

  it('ends at its time limit, however long the files that were handed out would wait for their turn', async () => {
    for (let i = 0; i < 6; i++) share.put(`${i}.csv`, roster(1, i));
    const pace = { filesPerSecond: 0.05, bytesPerSecond: null, priority: 'normal', backOff: false } as const;
    const task = { policy: DEFAULT_POLICY, key: new Uint8Array(32), workers: 2, asOfMs: Date.now(), excluded: new Map() };
    const sweep = composeSweep(composeInventory(Store.open(':memory:')), { ...task, roots: [share.root], pace });
    let stoppedMs = 0;
    setTimeout(() => {
      stoppedMs = performance.now();
      sweep.stop('time-limit');
    }, 1_000);
    expect(await sweep.run()).toBe('time-limit');
    expect(performance.now() - stoppedMs).toBeLessThan(10_000);
  });

  it.skipIf(process.platform !== 'linux')('keeps access times, and tells where the user may not', () => {
    const files = [0, 1, 2].map((i) => share.put(`${i}.csv`, roster(2, i * 5)));
    const before = new Date('2015-05-08T00:00:00Z');
    for (const file of files) utimesSync(file, before, new Date('2015-06-01T00:00:00Z'));
    const { stdout } = share.scan();
    expect(files.map((file) => statSync(file).atimeMs)).toEqual(Array(3).fill(before.getTime()));
    expect(stdout).not.toContain('access times');
    const isRoot = process.getuid?.() === 0 && spawnSync('setpriv', ['--version']).status === 0;
    if (!isRoot) return;
    for (const folder of [share.folder, share.root]) chmodSync(folder, 0o777);
    const nobody = spawnSync(
      'setpriv',
      [
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        process.execPath,
        program,
        'scan',
        share.root,
        '--inventory',
        share.beside('n.db'),
      ],
      { encoding: 'utf8', env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } },
    );
    // The program may lie where nobody can read it.
    if (nobody.status === 1) expect(nobody.stdout).toContain('access times of 3 files moved');
  });
});
