/**
 * Our side of the detection bench, in a process of its own: has one file in memory examined as a worker does it, from its bytes to records and distinct persons.
 * `node bench-examine.mjs FILE TURNS` prints JSON: { bytes, cpuS, wallS, records, persons } of all turns after a first one that only warms up.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { composeExamine } from '../../dist/src/cli/worker.js';
import { memorySource } from '../../dist/src/container/memory-source.js';
import { examineFile } from '../../dist/src/scan/examine.js';

const [file, turns] = process.argv.slice(2);
const bytes = readFileSync(file);
const parts = composeExamine({
  key: Buffer.alloc(32, 7),
  site: { labels: {}, names: [], places: [], known: [], off: [], thresholds: {} },
  asOf: { year: 2026, month: 11, day: 21 },
  wishes: { all: false, dropped: false, unmask: false },
  passwords: [],
});
/** Hashing of the content is a matter of reading, not of detection. */
const open = () => ({ ...memorySource(basename(file), bytes), hash: () => 'sha256:', unchanged: () => true, close() {} });
const examine = () => examineFile(open, basename(file), parts, () => {});

await examine();
const [cpu, wall] = [process.cpuUsage(), performance.now()];
let content = null;
for (let turn = 0; turn < Number(turns); turn++) ({ content } = await examine());
const used = process.cpuUsage(cpu);
const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);
console.log(
  JSON.stringify({
    bytes: bytes.length * Number(turns),
    cpuS: (used.user + used.system) / 1e6,
    wallS: (performance.now() - wall) / 1000,
    records: sum(content.records),
    persons: sum(content.persons),
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
