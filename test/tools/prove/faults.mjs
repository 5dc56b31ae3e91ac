/** Readers that crash, swallow memory outside the JavaScript heap, fill the heap or loop: each costs one file, told with its code. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeInventory, composeSweep } from '../../../dist/src/cli/compose.js';
import { judgedEntries } from '../../../dist/src/cli/judged.js';
import { Store } from '../../../dist/src/inventory/store.js';
import { DEFAULT_POLICY } from '../../../dist/src/policy/policy.js';

export const summary =
  'a worker that gets SIGSEGV, one that takes 4 GB outside the heap, one that loops, one that fills its heap: one file each';

const FAULTS = { SEGV: 'crashed', HOG: 'out-of-memory', LOOP: 'timed-out', HEAP: 'out-of-memory', EXIT: 'crashed' };
const NEIGHBOURS = 400;
const LOOP_MS = 5_000;
const workerModule = fileURLToPath(new URL('../../kit/faulty-worker.mjs', import.meta.url));

/** A file with one person in it, so that a neighbour that was not examined would be seen. */
const neighbour = (i) => `基礎年金番号,氏名,生年月日\r\n1234-${String(i + 1).padStart(6, '0')},架空 太郎,昭和30年3月4日\r\n`;

export async function prove({ scratch, check }) {
  const root = join(scratch, 'share');
  mkdirSync(root);
  for (let i = 0; i < NEIGHBOURS; i++) writeFileSync(join(root, `${String(i).padStart(4, '0')}.csv`), neighbour(i));
  for (const fault of Object.keys(FAULTS)) writeFileSync(join(root, `0200-${fault}.txt`), `FAULT-${fault}\n`);
  for (const workers of [1, 2]) {
    const store = Store.open(':memory:');
    const inventory = composeInventory(store);
    const options = { roots: [root], policy: DEFAULT_POLICY, key: new Uint8Array(32), workers, asOfMs: Date.now(), excluded: new Map() };
    const end = await composeSweep(inventory, {
      ...options,
      workerModule,
      fileTimeMs: (job) => (job.name.includes('LOOP') ? LOOP_MS : 60_000),
    }).run();
    const files = [...judgedEntries(inventory, [root], DEFAULT_POLICY, options.asOfMs)].map(({ lines }) => lines[0]);
    store.close();
    const told = Object.entries(FAULTS).map(([fault, code]) => {
      const file = files.find((one) => one.path.includes(fault));
      return `${fault} → ${file?.content.problems[0]?.code}${file?.content.problems[0]?.code === code ? '' : ` (expected ${code})`}`;
    });
    const judged = files.filter((file) => file.content.examined === 'full' && file.content.records.three === 1).length;
    check(`${workers} worker(s): the sweep ends`, end, 'complete', end === 'complete');
    check(`${workers} worker(s): faults told`, told.join(', '), 'each with its code', !told.some((line) => line.includes('expected')));
    check(`${workers} worker(s): neighbours examined in full`, judged, NEIGHBOURS, judged === NEIGHBOURS);
  }
}
