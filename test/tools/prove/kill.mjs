/** kill -9 in the middle of a sweep, then the same command again: the result must be that of an undisturbed sweep. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeMixed } from '../make-mixed.mjs';
import { descendants } from '../measure.mjs';
import { PROGRAM, runScan, scanArguments } from '../run-program.mjs';
import { createChance } from '../seeded.mjs';

export const summary = 'kill -9 at random moments with 1, 2 and 4 workers, then again: the same JSONL, over 100 tries';

const TRIES = 100;
const FILES = 5_000;
const WORKERS = [1, 2, 4];
/** Ages are counted from a fixed day, or midnight during the proof would show. */
const AS_OF = ['--as-of', '2026-11-21', '--quiet'];

/** Lines in order, the run's own times taken off: everything else must be equal. */
function comparable(out) {
  const lines = readFileSync(join(out, 'run.jsonl'), 'utf8').split('\n').filter(Boolean);
  const timeless = (line) => {
    if (!line.startsWith('{"schema":"mimawari.run/1"')) return line;
    const { started, ended, ...rest } = JSON.parse(line);
    return JSON.stringify(rest);
  };
  return lines.map(timeless).sort().join('\n');
}

/** Starts a sweep and kills all its processes at once after `ms`. Gives whether it was still running. */
function killAfter(parameters, ms) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [PROGRAM, ...parameters], { stdio: 'ignore', detached: true });
    let killed = false;
    const timer = setTimeout(() => {
      killed = true;
      for (const pid of [child.pid, ...descendants(child.pid)]) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself meanwhile.
        }
      }
    }, ms);
    child.on('exit', () => {
      clearTimeout(timer);
      resolve(killed);
    });
  });
}

export async function prove({ scratch, check, say, scaled }) {
  const share = join(scratch, 'share');
  const { files } = makeMixed(share, scaled(FILES));
  const undisturbed = join(scratch, 'undisturbed');
  const startedMs = performance.now();
  runScan(share, undisturbed, AS_OF);
  const fullMs = performance.now() - startedMs;
  say(`${files} files, undisturbed sweep ${(fullMs / 1000).toFixed(1)} s`);
  const want = comparable(undisturbed);
  const chance = createChance(Date.now());
  let [equal, inside] = [0, 0];
  const tries = scaled(TRIES);
  for (let at = 0; at < tries; at++) {
    const out = join(scratch, `try${at}`);
    // A busy machine may be quicker the next time: not too near the end.
    const ms = Math.round(fullMs * (0.05 + 0.7 * chance.next()));
    const workers = ['--workers', String(WORKERS[at % WORKERS.length])];
    const parameters = scanArguments(share, out, [...AS_OF, ...workers]);
    const killed = await killAfter(parameters, ms);
    if (killed) inside++;
    const again = runScan(share, out, [...AS_OF, ...workers]);
    const same = comparable(out) === want;
    if (same) equal++;
    say(
      `${workers[1]} worker(s): killed ${killed ? `after ${ms} ms` : 'too late'}; exit ${again.exitCode}; ${same ? 'equal' : `DIFFERENT: ${firstDifference(want, comparable(out))}`}`,
    );
    rmSync(out, { recursive: true, force: true });
  }
  check('equal results', equal, tries, equal === tries);
  check('kills that met a running sweep', inside, `≥ ${0.8 * tries}`, inside >= 0.8 * tries);
}

/** Names the fields that differ in the first line that does; their values stay untold. */
function firstDifference(want, got) {
  const [wanted, given] = [want.split('\n'), got.split('\n')];
  if (wanted.length !== given.length) return `${given.length} lines for ${wanted.length}`;
  const at = wanted.findIndex((line, index) => line !== given[index]);
  const [a, b] = [JSON.parse(wanted[at]), JSON.parse(given[at])];
  return `${a.path ?? 'run'}: ${Object.keys(a)
    .filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
    .join(', ')}`;
}
