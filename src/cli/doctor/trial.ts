/** Reads a few files as a sweep does, to see that the reading processes work and how fast they are here. Keeps nothing of what it reads. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../policy/policy.js';
import { EXAMPLES_ONLY } from '../../scan/findings.js';
import { Pool } from '../../scan/pool.js';
import type { Done, Job } from '../../scan/protocol.js';
import { poolOptions, workerSetup } from '../compose.js';

const START_MS_MAX = 60_000;
/** Files of one hand-over: small, so that the clock can end the trial. */
const BATCH = 4;
const FILES_MAX = 120;

/** A made-up person: the number is in no office's range of use, the place is a ministry's. */
const MADE_UP = '基礎年金番号,氏名,生年月日,住所\r\n1100-100000,架空 太郎,昭和30年1月1日,東京都千代田区霞が関1-1-1\r\n';

export interface Trial {
  /** Milliseconds from the start to the first answer; null when the made-up person was not found. */
  readonly startMs: number | null;
  readonly detail: string;
  readonly files: number;
  readonly ms: number;
}

/** `jobs` are read until `budgetMs` is over. */
export async function tryReading(jobs: readonly Job[], policy: Policy, workers: number, budgetMs: number): Promise<Trial> {
  const setup = workerSetup(policy, randomBytes(32), Date.now(), EXAMPLES_ONLY);
  const answered = new Map<number, Done>();
  let detail = '';
  let fail = (): void => {};
  const broken = new Promise<void>((resolve) => {
    fail = resolve;
  });
  const pool = new Pool(poolOptions(setup, workers), {
    persons: () => {},
    done: (done) => answered.set(done.id, done),
    restart: () => {},
    broken: (words) => {
      detail = words.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
      fail();
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'mimawari-doctor-'));
  try {
    const startMs = performance.now();
    const warm = madeUpJobs(folder, workers);
    const until = (ms: number) => Promise.race([broken, pause(ms)]);
    await Promise.race([Promise.all(warm.map((job) => pool.run([job]))), until(START_MS_MAX)]);
    const found = warm.every(({ id }) => answered.get(id)?.content.quiet === false);
    const firstMs = performance.now() - startMs;
    if (!found) return { startMs: null, detail: detail || 'no answer', files: 0, ms: 0 };
    const sinceMs = performance.now();
    const batches: Promise<void>[] = [];
    for (let at = 0; at < Math.min(jobs.length, FILES_MAX); at += BATCH) batches.push(pool.run(jobs.slice(at, at + BATCH)));
    await Promise.race([Promise.all(batches), until(budgetMs)]);
    return { startMs: firstMs, detail: '', files: answered.size - warm.length, ms: performance.now() - sinceMs };
  } finally {
    pool.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One for each worker, so that all have started before the clock runs. */
function madeUpJobs(folder: string, workers: number): Job[] {
  return Array.from({ length: workers }, (_, at) => {
    const path = join(folder, `${at}.csv`);
    writeFileSync(path, MADE_UP, { mode: 0o600 });
    return { id: -1 - at, path, shown: 'x', name: 'x.csv', expected: null, sizeBytes: MADE_UP.length };
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
