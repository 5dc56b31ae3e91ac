/** Faults of a reader, for real: a crash in native code, memory outside the heap, a full heap, an endless loop. Uses the compiled program in dist/. */
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeInventory, composeSweep } from '../../dist/src/cli/compose.js';
import { judgedEntries } from '../../dist/src/cli/judged.js';
import { Store } from '../../dist/src/inventory/store.js';
import { DEFAULT_POLICY } from '../../dist/src/policy/policy.js';
import { Pool } from '../../dist/src/scan/pool.js';
import type { Done, Job, WorkerSetup } from '../../dist/src/scan/protocol.js';
import { roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

const workerModule = fileURLToPath(new URL('../kit/faulty-worker.mjs', import.meta.url));

async function sweep(workers: number) {
  const store = Store.open(':memory:');
  const inventory = composeInventory(store);
  const options = {
    roots: [share.root],
    policy: DEFAULT_POLICY,
    key: new Uint8Array(32),
    workers,
    asOfMs: Date.now(),
    excluded: new Map<string, number>(),
  };
  const end = await composeSweep(inventory, {
    ...options,
    workerModule,
    fileTimeMs: (job: { name: string }) => (job.name.includes('LOOP') ? 1_500 : 60_000),
  }).run();
  const files = [...judgedEntries(inventory, [share.root], DEFAULT_POLICY, options.asOfMs)].map(({ lines }) => lines[0]!);
  store.close();
  return { end, files };
}

describe('a faulty reader', () => {
  it.each([1, 2])('costs one file, told with its code, whatever lies around it (%i workers)', async (workers) => {
    // Filling a heap takes seconds, twice: one number of workers shows it.
    const faults = { SEGV: 'crashed', EXIT: 'crashed', LOOP: 'timed-out', ...(workers === 2 ? { HEAP: 'out-of-memory' } : {}) };
    for (let i = 0; i < 40; i++) share.put(`${String(i).padStart(2, '0')}.csv`, roster(3, i * 3));
    for (const fault of Object.keys(faults)) share.put(`1${fault}.txt`, `FAULT-${fault}\n`);
    const { end, files } = await sweep(workers);
    expect(end).toBe('complete');
    expect(files).toHaveLength(40 + Object.keys(faults).length);
    for (const file of files) {
      const fault = Object.entries(faults).find(([name]) => file.path.includes(name));
      if (fault) expect([file.path, file.content.examined, file.content.problems[0]?.code]).toEqual([file.path, 'none', fault[1]]);
      else expect([file.path, file.content.examined, file.content.records.four]).toEqual([file.path, 'full', 3]);
    }
  });

  it('is told when no worker starts at all, instead of a sweep without an end', async () => {
    share.put('a.csv', roster(1));
    const inventory = composeInventory(Store.open(':memory:'));
    const options = {
      roots: [share.root],
      policy: DEFAULT_POLICY,
      key: new Uint8Array(32),
      workers: 1,
      asOfMs: 0,
      excluded: new Map<string, number>(),
    };
    const broken = fileURLToPath(new URL('../kit/no-such-worker.mjs', import.meta.url));
    await expect(composeSweep(inventory, { ...options, workerModule: broken }).run()).rejects.toThrow(/readers do not start/u);
  });
});

/** What a pool of one worker makes of batches of files, each named by what the worker does at it. */
async function runBundling(...batches: string[][]) {
  const told: Done[] = [];
  const restarted: number[] = [];
  const bundlingWorker = fileURLToPath(new URL('../kit/bundling-worker.mjs', import.meta.url));
  const options = {
    workerModule: bundlingWorker,
    setup: { kind: 'setup', passwords: [] as string[] } as unknown as WorkerSetup,
    workers: 1,
    treeBytesMax: 4 * 1024 ** 3,
    fileTimeMs: () => 300,
  };
  const pool = new Pool(options, {
    persons() {},
    done: (done) => told.push(done),
    restart: (id) => restarted.push(id),
    broken: (detail) => expect.fail(detail),
  });
  let id = 0;
  const jobs = batches.map((names) =>
    names.map((name): Job => ({ id: ++id, name, shown: name, path: name, expected: null, sizeBytes: 1 })),
  );
  await Promise.all(jobs.map((batch) => pool.run(batch)));
  pool.close();
  const blamed = told.filter(({ content }) => content !== undefined);
  return {
    answered: told.map((done) => done.id).sort((a, b) => a - b),
    blamed: blamed.map((done) => [done.id, ...done.content.problems]),
    /** The file that the first death was laid to: it is started again before its neighbours. */
    suspected: restarted[0],
  };
}

describe('a worker that answers for several files at once', () => {
  it('and dies at its third costs the third, not the first that is unanswered', async () => {
    const { answered, blamed, suspected } = await runBundling(['read', 'read', 'die', 'read', 'read']);
    expect(suspected).toBe(3);
    expect(blamed).toEqual([[3, 'crashed']]);
    expect(answered).toEqual([1, 2, 3, 4, 5]);
  });

  it('and hangs at its third costs the third, which gets no second try', async () => {
    const { answered, blamed, suspected } = await runBundling(['read', 'read', 'hang', 'read']);
    expect(suspected).toBe(3);
    expect(blamed).toEqual([[3, 'timed-out']]);
    expect(answered).toEqual([1, 2, 3, 4]);
  });

  it('is known by what it began also after answers, and in its second batch', async () => {
    const { answered, blamed, suspected } = await runBundling(['read', 'answer', 'read'], ['read', 'die', 'read']);
    expect(suspected).toBe(5);
    expect(blamed).toEqual([[5, 'crashed']]);
    expect(answered).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
