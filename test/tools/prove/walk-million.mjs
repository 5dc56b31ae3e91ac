/** 1,000,000 files are walked in the memory that 100,000 take. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { measureTree, megabytes } from '../measure.mjs';
import { PROGRAM } from '../run-program.mjs';

export const summary = '1,000,000 files walked with --dry-run in constant memory';

const FILES_A_FOLDER = 1_000;

function makeTree(root, count) {
  for (let at = 0; at < count; at++) {
    const folder = join(root, String(Math.floor(at / FILES_A_FOLDER / 100)), String(Math.floor(at / FILES_A_FOLDER)));
    if (at % FILES_A_FOLDER === 0) mkdirSync(folder, { recursive: true });
    closeSync(openSync(join(folder, `文書${at}.xlsx`), 'w'));
  }
}

export async function prove({ scratch, check, say, scaled }) {
  const sizes = { small: scaled(100_000), large: scaled(1_000_000) };
  const peaks = {};
  for (const [name, count] of Object.entries(sizes)) {
    const root = join(scratch, name);
    makeTree(root, count);
    const run = await measureTree(process.execPath, [PROGRAM, 'scan', root, '--dry-run', '--lang', 'en']);
    peaks[name] = run.peakPssBytes;
    const numbers = run.stdout.replaceAll(/(\d)[,_ ](?=\d{3})/g, '$1').match(/\d+/g) ?? [];
    say(
      `${count} files: ${run.wallS.toFixed(1)} s, CPU ${((1e6 * run.cpuS) / count).toFixed(1)} µs a file, peak ${megabytes(run.peakPssBytes)} MB`,
    );
    check(
      'files told',
      numbers.includes(String(count)) ? count : run.stdout.trim().slice(0, 200),
      count,
      run.exitCode === 0 && numbers.includes(String(count)),
    );
  }
  check(
    'peak PSS, ten times the files',
    `${megabytes(peaks.large)} MB`,
    `≤ 1.2 × ${megabytes(peaks.small)} MB + 20 MB`,
    peaks.large <= 1.2 * peaks.small + 20 * 1048576,
  );
}
