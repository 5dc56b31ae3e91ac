/** Content that changed without a sign of it is found by reading again. Uses the compiled program in dist/. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeInventory, composeSweep } from '../../dist/src/cli/compose.js';
import { noteRereading, rereadingOf } from '../../dist/src/cli/rereading.js';
import { Store } from '../../dist/src/inventory/store.js';
import { DEFAULT_POLICY } from '../../dist/src/policy/policy.js';
import { roster, Share } from '../kit/share.js';

const DAY_MS = 86_400_000;
const BEGIN_MS = Date.parse('2026-11-02T22:00:00');
const FILES = 60;
let share: Share;
let inventory: ReturnType<typeof composeInventory>;

/** A night some days after the first one; how many files it read. */
async function night(day: number, { fresh = false, days = null as number | null } = {}): Promise<number> {
  const { runs, entries } = inventory;
  const startedMs = BEGIN_MS + day * DAY_MS;
  const rereads = rereadingOf(inventory, fresh, days, startedMs);
  const base = { roots: [share.root], asOfMs: startedMs };
  const id = runs.start({ ...base, startedMs, version: 'x', policyHash: 'y' });
  entries.beginRun(id);
  if (rereads) noteRereading(inventory, id);
  const options = { ...base, policy: DEFAULT_POLICY, key: new Uint8Array(32), workers: 1, excluded: new Map<string, number>(), rereads };
  const sweep = composeSweep(inventory, options);
  expect(await sweep.run()).toBe('complete');
  const end = { endedMs: startedMs + 1, complete: true, stopped: null, excluded: {}, roots: base.roots, until: null, looked: FILES };
  runs.end(id, end);
  return sweep.progress.examined;
}

beforeAll(async () => {
  share = new Share();
  for (let i = 0; i < FILES; i++) share.put(`課${i % 6}/名簿${i}.csv`, roster(2, i * 2));
  inventory = composeInventory(Store.open(':memory:'));
  expect(await night(0)).toBe(FILES);
});
afterAll(() => share.remove());

describe('unchanged files', () => {
  it('are not read; --fresh reads them all, and keeps no state of what is as it was', async () => {
    expect(await night(1)).toBe(0);
    expect(await night(1, { fresh: true })).toBe(FILES);
    expect(inventory.store.prepare('SELECT name FROM past').all()).toEqual([]);
    expect(await night(2)).toBe(0);
  });

  it('are kept by what is in them when they are read again, and what was known of them until then becomes their past', async () => {
    const { store } = inventory;
    const found = () => (store.prepare("SELECT content FROM entry WHERE name='名簿7.csv'").get() as { content: number | null }).content;
    const content = found();
    expect(content).not.toBeNull();
    // As if the file had been another one, with the same size, number and times.
    store.write("UPDATE entry SET content=NULL WHERE name='名簿7.csv'");
    expect([await night(2), found()]).toEqual([0, null]);
    expect([await night(2, { fresh: true }), found()]).toEqual([FILES, content]);
    expect(store.prepare('SELECT name, content FROM past').all()).toMatchObject([{ name: '名簿7.csv', content: null }]);
  });

  it('are read in turn within the days of the configuration, a night without it or without a sweep made up for', async () => {
    const read: number[] = [];
    for (const day of [3, 4, 4, 5, 7, 8]) read.push(await night(day, { days: 5 }));
    expect(await night(9)).toBe(0);
    read.push(await night(10, { days: 5 }));
    expect(read[2]).toBe(0);
    // Of the first run, by --fresh, the days since count: the round from day 4 to 8 and the two days after it.
    expect(read.slice(1, 6).reduce((sum, one) => sum + one)).toBe(FILES);
    expect(read[6]).toBeGreaterThan(0);
    expect(read[6]).toBeLessThan(FILES);
  });
});

describe('on the command line', () => {
  it('--fresh and the key rereadAfter are taken, days that are none are told with their place', () => {
    const own = new Share();
    try {
      own.put('a.csv', roster(3));
      const scan = (days: string, ...args: string[]) => {
        const config = own.beside(`m${days}.yaml`);
        writeFileSync(config, `rereadAfter: ${days}\nworkers: 1\n`);
        return own.scan('--config', config, ...args);
      };
      for (const args of [[], [], ['--fresh']])
        expect(scan('1', ...args)).toMatchObject({ code: 1, files: [{ path: 'a.csv', persons: 3 }] });
      for (const wrong of ['0', '4000', 'bald'])
        expect(scan(wrong)).toMatchObject({ code: 2, stderr: expect.stringContaining(`m${wrong}.yaml:1:14`) });
    } finally {
      own.remove();
    }
  });
});
