/**
 * Nights that end in time: a sweep that would take about five minutes is given two minutes a night. Each ends within ten seconds of its time with exit 4, and
 * three of them together equal one whole sweep. The pace is bounded, so that the length of the sweep does not depend on the machine.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeMixed } from '../make-mixed.mjs';
import { readJsonl, runProgram, runScan, scanArguments } from '../run-program.mjs';

export const summary = '--until two minutes ahead: ends within 10 s of it, and three such nights equal one whole sweep';

const NIGHT_MS = 120_000;
const AS_OF = ['--as-of', '2026-11-21', '--quiet', '--workers', '1'];
/** So many that two nights are not enough and three are. */
const FILES_A_SECOND = 10;
const NIGHTS = 3;

const stamp = (ms) => {
  const two = (value) => String(value).padStart(2, '0');
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

export async function prove({ scratch, check, say, scaled }) {
  const share = join(scratch, 'share');
  const nightMs = scaled(NIGHT_MS);
  const { files } = makeMixed(share, Math.round((2.4 * nightMs * FILES_A_SECOND) / 1000));
  const whole = join(scratch, 'whole');
  runScan(share, whole, ['--as-of', '2026-11-21', '--quiet']);
  const out = join(scratch, 'nights');
  const key = ['--key', join(whole, 'inventory.db.key')];
  const late = [];
  const codes = [];
  for (let night = 0; night < NIGHTS; night++) {
    // `--until` goes by whole minutes: wait until as much of the night is left as is wanted.
    const endMs = Math.ceil((Date.now() + nightMs) / 60_000) * 60_000;
    await new Promise((resolve) => setTimeout(resolve, endMs - nightMs - Date.now()));
    rmSync(join(out, 'run.jsonl'), { force: true });
    const pace = ['--max-files-per-second', String(FILES_A_SECOND)];
    const { exitCode } = runProgram(scanArguments(share, out, [...AS_OF, ...key, ...pace, '--until', stamp(endMs)]));
    const overMs = Date.now() - endMs;
    codes.push(exitCode);
    if (exitCode === 4) late.push(overMs);
    say(`night ${night + 1}: exit ${exitCode}, ended ${(overMs / 1000).toFixed(1)} s after its time`);
  }
  const lines = (folder) =>
    readJsonl(join(folder, 'run.jsonl'))
      .lines.map(({ accessedAt, ...rest }) => JSON.stringify(rest))
      .sort();
  const [got, wanted] = [lines(out), lines(whole)];
  const same = wanted.filter((line, at) => line === got[at]).length;
  check('exit codes', codes.join(' '), '4 4 1', codes.join(' ') === '4 4 1');
  check(
    'latest end after its time',
    `${(Math.max(...late) / 1000).toFixed(1)} s`,
    '≤ 10 s',
    late.every((ms) => ms >= -1_000 && ms <= 10_000),
  );
  check('lines equal to those of one whole sweep', `${same} of ${got.length}`, files, same === files && got.length === files);
}
