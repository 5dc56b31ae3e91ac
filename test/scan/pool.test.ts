/** Faults of a reader, for real: a crash in native code, memory outside the heap, a full heap, an endless loop. Uses the compiled program in dist/. */
import { fileURLToPath } from 'node:url';
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
