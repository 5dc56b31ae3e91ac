/**
 * Two workers against one on 20,000 files of mixed formats and sizes, detection included, in three alternating pairs. A night has more files than that;
 * with fewer, what every worker pays once (compiling what it runs often takes about six seconds of CPU) would be measured instead.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeMixed, SHORT_AND_LONG } from '../make-mixed.mjs';
import { megabytes } from '../measure.mjs';
import { measureScan } from '../run-program.mjs';

export const summary = 'two workers against one on 20,000 mixed files: speed-up ≥ 1.5, CPU a file ≤ 1.15 times';

const PAIRS = 3;
/** Rarely: a look at the memory of all processes takes a core for milliseconds, and two workers need both. */
const SAMPLE_MS = 2_000;
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

export async function prove({ scratch, check, say, scaled }) {
  const share = join(scratch, 'share');
  const made = makeMixed(share, scaled(20_000), null, { persons: SHORT_AND_LONG });
  const runs = { 1: [], 2: [] };
  for (let pair = 0; pair < PAIRS; pair++) {
    for (const workers of pair % 2 ? [2, 1] : [1, 2]) {
      const out = join(scratch, 'out');
      const run = await measureScan(share, out, ['--workers', String(workers), '--quiet'], { sampleMs: SAMPLE_MS });
      rmSync(out, { recursive: true, force: true });
      const four = run.lines.reduce((sum, { records }) => sum + records.four, 0);
      runs[workers].push(run);
      say(
        `${workers} worker${workers > 1 ? 's' : ' '}: ${(made.files / run.wallS).toFixed(0)} files/s, CPU ${((1000 * run.cpuS) / made.files).toFixed(2)} ms a file, peak ${megabytes(run.peakPssBytes)} MB, ${four} of ${made.records} records`,
      );
    }
  }
  const of = (workers, key) => median(runs[workers].map((run) => run[key]));
  const speedUp = of(1, 'wallS') / of(2, 'wallS');
  const cost = of(2, 'cpuS') / of(1, 'cpuS');
  check('speed-up (medians)', speedUp.toFixed(2), '≥ 1.5', speedUp >= 1.5);
  check('CPU a file, two against one', cost.toFixed(2), '≤ 1.15', cost <= 1.15);
}
