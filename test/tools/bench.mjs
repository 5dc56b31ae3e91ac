/**
 * `npm run bench [-- --files 400] [--formats xlsx,pdf] [--only detection | scan | access] [--access-files 100000]`: the speed of detection beside a tokenizer (bench-detect.mjs), then speed, CPU and
 * memory of a whole scan by format (walk, read, detect, judge, keep), always beside a peer that merely reads the same files in one process in the same run; then what access adds
 * to a walk (bench-access.mjs). Linux only.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchAccess } from './bench-access.mjs';
import { benchDetection } from './bench-detect.mjs';
import { makeMixed } from './make-mixed.mjs';
import { measureTree, megabytes } from './measure.mjs';
import { readParameters, refuse } from './parameters.mjs';
import { assertBuilt, measureScan } from './run-program.mjs';

const PEER = fileURLToPath(new URL('./bench-peer.mjs', import.meta.url));
const PEERS = {
  xlsx: 'SheetJS',
  xls: 'SheetJS',
  docx: 'mammoth',
  pdf: 'pdf-parse',
  csv: 'readFile + TextDecoder',
  txt: 'readFile + TextDecoder',
};
/** Small text files go by much faster than others: more of them, so that start-up does not decide. */
const TIMES = { csv: 5, txt: 5 };

const USAGE = `usage: npm run bench [-- --only detection|scan|access] [--files 400] [--access-files 100000] [--formats ${Object.keys(PEERS).join(',')}] [--workers N]`;
const { values } = readParameters(USAGE, {
  options: {
    files: { type: 'string', default: '400' },
    formats: { type: 'string', default: Object.keys(PEERS).join(',') },
    workers: { type: 'string' },
    only: { type: 'string' },
    'access-files': { type: 'string', default: '100000' },
  },
});
const files = Number(values.files);
const formats = values.formats.split(',');
const parts = values.only === undefined ? ['detection', 'scan', 'access'] : [values.only];
if (
  !Number.isInteger(files) ||
  files < 1 ||
  formats.some((format) => !PEERS[format]) ||
  !['detection', 'scan', 'access'].includes(parts[0]) ||
  !/^\d{3,8}$/.test(values['access-files'])
) {
  refuse('--files takes a whole number, --only detection, scan or access, --access-files 100 to 99999999', USAGE);
}
assertBuilt();

function show(name, made, { wallS, cpuS, peakPssBytes }) {
  const figures = [
    (made.files / wallS).toFixed(0),
    (made.bytes / 1e6 / wallS).toFixed(2),
    cpuS.toFixed(2),
    ((1000 * cpuS) / made.files).toFixed(2),
    megabytes(peakPssBytes),
  ];
  console.log(`  ${name.padEnd(30)}${figures.map((figure) => String(figure).padStart(13)).join('')}`);
}

async function benchScans(scratch) {
  console.log(`${''.padEnd(32)}${['files/s', 'MB/s', 'CPU s', 'CPU ms/file', 'peak MB'].map((title) => title.padStart(13)).join('')}`);
  for (const format of formats) {
    const share = join(scratch, format);
    const made = makeMixed(share, files * (TIMES[format] ?? 1), format);
    console.log(`${format}: ${made.files} files, ${(made.bytes / 1e6).toFixed(1)} MB, ${made.records} records`);
    const ours = await measureScan(share, join(scratch, `${format}-out`), [
      '--quiet',
      ...(values.workers ? ['--workers', values.workers] : []),
    ]);
    show('mimawari, whole scan', made, ours);
    const peer = await measureTree(process.execPath, [PEER, format, share]);
    if (peer.exitCode !== 0) throw new Error(`the peer ended with ${peer.exitCode}: ${peer.stderr.slice(0, 1000)}`);
    show(`${PEERS[format]}, reading alone`, made, peer);
    const found = ours.lines.reduce((sum, { records }) => sum + records.four, 0);
    if (found !== made.records) console.log(`  found ${found} of ${made.records} records`);
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'mimawari-bench-'));
try {
  if (parts.includes('detection')) benchDetection(scratch);
  if (parts.includes('scan')) await benchScans(scratch);
  if (parts.includes('access')) await benchAccess(scratch, Number(values['access-files']));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
