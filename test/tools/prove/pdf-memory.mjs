/** 1,600 PDFs in one worker: its memory must not grow with their number. */
import { join } from 'node:path';
import { makeMixed } from '../make-mixed.mjs';
import { megabytes } from '../measure.mjs';
import { measureScan } from '../run-program.mjs';

export const summary = 'memory flat over 1,600 PDFs in one worker';

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;

export async function prove({ scratch, check, say, scaled }) {
  const share = join(scratch, 'share');
  const made = makeMixed(share, scaled(1_600), 'pdf');
  const run = await measureScan(share, join(scratch, 'out'), ['--workers', '1', '--quiet']);
  const between = (from, to) =>
    mean(
      run.samples
        .filter(({ atMs }) => atMs >= from * run.wallS * 1000 && atMs < to * run.wallS * 1000)
        .map(({ rssBytesMax }) => rssBytesMax),
    );
  const [early, late] = [between(0.25, 0.5), between(0.75, 0.97)];
  say(
    `${made.files} PDFs in ${run.wallS.toFixed(1)} s, peak PSS of the tree ${megabytes(run.peakPssBytes)} MB; largest process: ${megabytes(early)} MB in the second quarter, ${megabytes(late)} MB in the last`,
  );
  const bound = 1.15 * early + 16 * 1048576;
  check(
    'RSS in the last quarter',
    `${megabytes(late)} MB`,
    `≤ 1.15 × the second quarter's + 16 MB = ${megabytes(bound)} MB`,
    late <= bound,
  );
  const read = run.lines.filter(({ examined }) => examined === 'full').length;
  check('PDFs read in full', read, made.files, read === made.files);
}
