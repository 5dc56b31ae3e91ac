/**
 * A sweep is broken off in the middle, then the same command runs again: the result must be that of an undisturbed sweep. Broken off by kill -9 of the program
 * alone (its workers are left behind), of all its processes at once (as a power cut does), and by a full disk under the inventory (a small tmpfs; as root).
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeMixed } from '../make-mixed.mjs';
import { descendants } from '../measure.mjs';
import { PROGRAM, runScan, scanArguments } from '../run-program.mjs';
import { createChance } from '../seeded.mjs';

export const summary =
  'kill -9 of the program or of all its processes, or a full disk, at random moments with 1, 2 and 4 workers, then again: the same JSONL, 100 tries';

const TRIES = 100;
const FILES = 5_000;
const WORKERS = [1, 2, 4];
const WAYS = ['program', 'tree', 'full disk'];
/** How often a moment is drawn anew for one try when the sweep had ended before it. */
const DRAWS_MAX = 5;
const KIB = 1024;
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

/** Starts a sweep and kills it after `ms`: alone, or all its processes at once. Null when it was still running, else the time it took. */
function killAfter(parameters, ms, alone) {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const child = spawn(process.execPath, [PROGRAM, ...parameters], { stdio: 'ignore', detached: true });
    let killed = false;
    const timer = setTimeout(() => {
      killed = true;
      for (const pid of [child.pid, ...(alone ? [] : descendants(child.pid))]) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself meanwhile.
        }
      }
    }, ms);
    child.on('exit', () => {
      clearTimeout(timer);
      resolve(killed ? null : performance.now() - startedMs);
    });
  });
}

/** A file system of so many bytes on `folder`; false where mounting is forbidden. */
function mountSmall(folder, bytes) {
  mkdirSync(folder, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${Math.ceil(bytes / KIB)}k`, 'none', folder]).status === 0;
}

export async function prove({ scratch, check, say, scaled }) {
  const share = join(scratch, 'share');
  const { files } = makeMixed(share, scaled(FILES));
  const undisturbed = join(scratch, 'undisturbed');
  const startedMs = performance.now();
  runScan(share, undisturbed, AS_OF);
  const fullMs = performance.now() - startedMs;
  const inventoryBytes = statSync(join(undisturbed, 'inventory.db')).size;
  say(`${files} files, undisturbed sweep ${(fullMs / 1000).toFixed(1)} s, inventory ${Math.round(inventoryBytes / KIB)} KB`);
  const want = comparable(undisturbed);
  const chance = createChance(Date.now());
  const trial = join(scratch, 'small');
  const mayMount = mountSmall(trial, 64 * KIB);
  if (mayMount) spawnSync('umount', [trial]);
  else say('mounting is forbidden here: no full disks');
  const ways = mayMount ? WAYS : WAYS.slice(0, 2);
  // What a sweep takes goes by workers and by what else the machine does: the spans that moments are drawn from follow what was seen.
  const spans = WORKERS.map(() => ({ ms: fullMs, bytes: inventoryBytes }));
  let [equal, inside] = [0, 0];
  const tries = scaled(TRIES);
  for (let at = 0; at < tries; at++) {
    const out = join(scratch, `try${at}`);
    const way = ways[Math.floor(at / WORKERS.length) % ways.length];
    const workers = ['--workers', String(WORKERS[at % WORKERS.length])];
    const parameters = scanArguments(share, out, [...AS_OF, ...workers]);
    const broken = await breakOff({ parameters, out, way, chance, span: spans[at % WORKERS.length] });
    if (broken.met) inside++;
    const again = runScan(share, out, [...AS_OF, ...workers]);
    const same = comparable(out) === want;
    if (same) equal++;
    const result = same ? 'equal' : `DIFFERENT: ${firstDifference(want, comparable(out))}`;
    say(`${workers[1]} worker(s), ${way}: ${broken.told}; then exit ${again.exitCode}; ${result}`);
    if (way === 'full disk') spawnSync('umount', [out]);
    rmSync(out, { recursive: true, force: true });
  }
  check('equal results', equal, tries, equal === tries);
  check('sweeps that were broken off', inside, tries, inside === tries);
}

/** Breaks one sweep off at a random moment (or size of its disk), drawn anew from a narrower span when the sweep was through before it. */
async function breakOff({ parameters, out, way, chance, span }) {
  let told = '';
  for (let draw = 1; draw <= DRAWS_MAX; draw++) {
    if (way === 'full disk') {
      const bytes = 200 * KIB + chance.next() * span.bytes;
      if (!mountSmall(out, bytes)) throw new Error('mounting failed');
      const { status } = spawnSync(process.execPath, [PROGRAM, ...parameters], { stdio: 'ignore' });
      told = `${Math.round(bytes / KIB)} KB, exit ${status}`;
      spawnSync('mount', ['-o', 'remount,size=1g', out]);
      if (status === 2) return { met: true, told };
      spawnSync('umount', [out]);
      span.bytes = bytes;
    } else {
      const ms = Math.round(span.ms * (0.05 + 0.95 * chance.next()));
      const endedMs = await killAfter(parameters, ms, way === 'program');
      told = `after ${ms} ms`;
      if (endedMs === null) return { met: true, told };
      span.ms = endedMs;
    }
    rmSync(out, { recursive: true, force: true });
  }
  return { met: false, told: `${told}: through before that` };
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
