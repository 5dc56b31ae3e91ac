/**
 * A sweep that spares the server. Two runs with bounded rates, each a good minute long, measured as what the kernel says that the whole tree of processes
 * has read (rchar, ended workers included); then 1,000 files with access times older than their last change, which an ordinary read would move.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { descendants } from '../measure.mjs';
import { measureScan } from '../run-program.mjs';

export const summary = 'rates hold within 10 % over a minute (rchar of the tree), access times of 1,000 read files unchanged';

const MB = 1048576;
const FILE_BYTES = 250_000;
const BYTES_A_SECOND = 5 * MB;
const FILES_A_SECOND = 60;
const WINDOW_MS = 60_000;

function makeFiles(folder, count, bytes) {
  for (let at = 0; at < count; at++) {
    const below = join(folder, `係${Math.floor(at / 500)}`);
    if (at % 500 === 0) mkdirSync(below, { recursive: true });
    writeFileSync(join(below, `資料${at}.txt`), Buffer.alloc(bytes, `会議の資料 第${at}号\r\n`));
  }
}

/** What a process and its ended children have read; 0 when it has ended meanwhile, and then its parent has the sum. */
function readChars(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/io`, 'latin1').match(/^rchar: (\d+)/)[1]);
  } catch {
    return 0;
  }
}

/** A scan, with what the tree had read by when. */
async function scanWithCurve(share, out, extra) {
  const curve = [];
  let timer;
  const onStart = (pid) => {
    const startedMs = performance.now();
    const sample = () => {
      const bytes = [pid, ...descendants(pid)].reduce((sum, one) => sum + readChars(one), 0);
      curve.push({ atMs: performance.now() - startedMs, bytes: Math.max(bytes, curve.at(-1)?.bytes ?? 0) });
    };
    timer = setInterval(sample, 250);
  };
  const run = await measureScan(share, out, ['--quiet', ...extra], { onStart, sampleMs: 2_000 });
  clearInterval(timer);
  return { ...run, curve };
}

/** The most and the least that was read in any minute of the curve, in bytes a second; shorter runs count as one window. */
function windows(curve) {
  const rates = [];
  for (let from = 0, to = 0; from < curve.length; from++) {
    while (to < curve.length && curve[to].atMs - curve[from].atMs < WINDOW_MS) to++;
    if (to === curve.length) break;
    rates.push(((curve[to].bytes - curve[from].bytes) * 1000) / (curve[to].atMs - curve[from].atMs));
  }
  return { most: Math.max(...rates), least: Math.min(...rates), count: rates.length };
}

async function proveBytes({ scratch, check, say, scaled }) {
  const share = join(scratch, 'bytes');
  const files = scaled(Math.ceil((BYTES_A_SECOND * 68) / FILE_BYTES));
  makeFiles(share, files, FILE_BYTES);
  for (const workers of [1, 2]) {
    const run = await scanWithCurve(share, join(scratch, `out-bytes-${workers}`), [
      '--max-bytes-per-second',
      '5M',
      '--workers',
      String(workers),
    ]);
    const { most, least, count } = windows(run.curve);
    const mean = run.readBytes / run.wallS;
    const [rate, upper, lower] = [mean, most, least].map((value) => (value / MB).toFixed(2));
    say(
      `${workers} workers: ${files} files of ${FILE_BYTES} bytes, ${run.wallS.toFixed(1)} s, ${(run.readBytes / MB).toFixed(0)} MB by read calls of the tree`,
    );
    const near = (value) => Math.abs(value / BYTES_A_SECOND - 1) <= 0.1;
    check(`${workers} workers, MB a second over the run`, rate, '5 ± 10 %', near(mean));
    check(
      `${workers} workers, MB a second in any of ${count} minutes`,
      `${lower} to ${upper}`,
      '5 ± 10 %',
      count > 0 && near(most) && near(least),
    );
    check(`${workers} workers, files examined`, run.run.byExamined.full, files, run.run.byExamined.full === files);
  }
}

async function proveFiles({ scratch, check, scaled }) {
  const share = join(scratch, 'files');
  const files = scaled(FILES_A_SECOND * 66);
  makeFiles(share, files, 200);
  const run = await scanWithCurve(share, join(scratch, 'out-files'), ['--max-files-per-second', String(FILES_A_SECOND)]);
  const rate = files / run.wallS;
  check(
    'files a second over the run',
    `${rate.toFixed(1)} (${run.wallS.toFixed(1)} s)`,
    `${FILES_A_SECOND} ± 10 %`,
    Math.abs(rate / FILES_A_SECOND - 1) <= 0.1,
  );
}

async function proveAccessTimes({ scratch, check, say }) {
  const share = join(scratch, 'times');
  const count = 1_000;
  makeFiles(share, count, 3_000);
  const accessed = new Date('2015-05-08T00:00:00Z');
  const paths = readdirSync(share, { recursive: true, encoding: 'utf8' })
    .map((name) => join(share, name))
    .filter((path) => path.endsWith('.txt'));
  for (const path of paths) utimesSync(path, accessed, new Date('2015-06-01T00:00:00Z'));
  const run = await measureScan(share, join(scratch, 'out-times'), ['--quiet']);
  const kept = paths.filter((path) => statSync(path).atimeMs === accessed.getTime()).length;
  check('files read whole', run.run.byExamined.full, count, run.run.byExamined.full === count);
  check('access times as before', kept, count, kept === count);
  // Else a mount that notes no reading would pass for the program's merit.
  const other = join(scratch, 'ordinary.txt');
  writeFileSync(other, 'x');
  utimesSync(other, accessed, new Date('2015-06-01T00:00:00Z'));
  readFileSync(other);
  const moved = statSync(other).atimeMs !== accessed.getTime();
  check('an ordinary read here moves the access time', moved ? 'yes' : 'no', 'yes', moved);
  say(`${count} files read, access times set to ${accessed.toISOString()}, last change a month later`);
}

export async function prove(kit) {
  await proveAccessTimes(kit);
  await proveFiles(kit);
  await proveBytes(kit);
}
