/** Starts the built program as a user does, and reads what it wrote. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureTree } from './measure.mjs';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const PROGRAM = join(PROJECT, 'bin', 'mimawari.js');

/** Arguments of a scan that keeps inventory and JSONL in `out`; the JSONL of an earlier scan is removed, so that it is not taken for this one's. */
export function scanArguments(roots, out, extra = []) {
  mkdirSync(out, { recursive: true });
  rmSync(join(out, 'run.jsonl'), { force: true });
  return ['scan', ...[roots].flat(), '--inventory', join(out, 'inventory.db'), '--jsonl', join(out, 'run.jsonl'), '--lang', 'en', ...extra];
}

/** Lines of a file of JSONL: those of files and members, and the last, of the run. */
export function readJsonl(file) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return {
    lines: lines.filter(({ schema }) => schema === 'mimawari.file/1'),
    run: lines.find(({ schema }) => schema === 'mimawari.run/1'),
  };
}

export function assertBuilt() {
  if (existsSync(PROGRAM) && existsSync(join(PROJECT, 'dist'))) return;
  console.error('The program is not built: run npm run build first.');
  process.exit(2);
}

/** 0, 1 and 3 are answers, not failures; but Node itself ends with 1 as well when a program cannot even be loaded, and then no report is there. */
function assertAnswered({ exitCode, signal, stderr }, out) {
  if ([0, 1, 3].includes(exitCode) && existsSync(join(out, 'run.jsonl'))) return;
  throw new Error(`scan ended with ${exitCode ?? signal}: ${stderr.slice(0, 2000)}`);
}

/** The same, measured with everything it starts (measure.mjs). */
export async function measureScan(roots, out, extra = [], options = {}) {
  const measured = await measureTree(process.execPath, [PROGRAM, ...scanArguments(roots, out, extra)], options);
  assertAnswered(measured, out);
  return { ...measured, ...readJsonl(join(out, 'run.jsonl')) };
}

/** Runs a command of the program to its end. `node`: another runtime to try it on. */
export function runProgram(parameters, { node = process.execPath, env = {}, maxBuffer = 1 << 30 } = {}) {
  const { status, signal, stdout, stderr } = spawnSync(node, [PROGRAM, ...parameters], {
    encoding: 'utf8',
    maxBuffer,
    env: { ...process.env, ...env },
  });
  return { exitCode: status, signal, stdout, stderr };
}

/** A scan to its end; throws when the program itself failed. */
export function runScan(roots, out, extra = [], options = {}) {
  const result = runProgram(scanArguments(roots, out, extra), options);
  assertAnswered(result, out);
  return { ...result, ...readJsonl(join(out, 'run.jsonl')) };
}
