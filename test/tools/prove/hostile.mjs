/**
 * Files that attack whoever reads them: bombs, rings, endless streams, lying sizes, names that lead out of an archive. Each is made by code, and each must come back
 * as one record with its own problem, within the time and the memory that are there for it, and with nothing written anywhere.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { compound } from '../hostile/compound.mjs';
import { packages } from '../hostile/packages.mjs';
import { pages } from '../hostile/pages.mjs';
import { impostors, texts } from '../hostile/texts.mjs';
import { SLIPS, zips } from '../hostile/zips.mjs';
import { megabytes } from '../measure.mjs';
import { measureScan, PROJECT } from '../run-program.mjs';

export const summary = 'more than 200 hostile files: a record each with the right problem, ≤ 1 GB of memory, each within its time';

const TREE_BYTES = 1024 * 1048576;
/** The program's own bound for one file (limits.ts): a floor and a share for each MB. */
const RUN_S_MAX = 600;
const SETS = { zips, packages, compound, pages, texts, impostors };

/** A part of the files: `PROVE_ONLY=pages,texts/deep.json` names sets and files. Without it all. */
const ONLY = process.env.PROVE_ONLY?.split(',');
const isWanted = (set, name) => !ONLY || ONLY.includes(set) || ONLY.includes(`${set}/${name}`);

function writeAll(folder) {
  const expected = new Map();
  for (const [set, cases] of Object.entries(SETS)) {
    mkdirSync(join(folder, set));
    for (const [name, [codes, make]] of Object.entries(cases)) {
      if (!isWanted(set, name)) continue;
      const file = join(folder, set, name);
      const bytes = make(file);
      if (bytes) writeFileSync(file, bytes);
      expected.set(`${set}/${name}`, [codes].flat());
    }
  }
  return expected;
}

/** What differs from the table: the record's own problems must hold one of the expected codes, or none where '' is expected. */
function compare(expected, own) {
  const wrong = [];
  for (const [path, codes] of expected) {
    const line = own.get(path);
    if (!line) continue;
    const told = [...new Set(line.problems.map(({ code }) => code))];
    const right = told.length === 0 ? codes.includes('') : told.some((code) => codes.includes(code));
    const faults = line.problems.filter(({ code }) => ['unexpected', 'crashed', 'out-of-memory'].includes(code) && !codes.includes(code));
    if (!right || faults.length > 0) {
      const problems = line.problems.map(({ stage, code, detail }) => `${code} (${stage}: ${detail})`).join('; ') || 'none';
      wrong.push(
        `${path}: ${line.format}, ${line.examined}: told ${problems}; expected ${codes.map((code) => code || 'none').join(' or ')}`,
      );
    }
  }
  return wrong;
}

export async function prove({ scratch, check, say }) {
  const share = join(scratch, 'in', 'share');
  mkdirSync(share, { recursive: true });
  const expected = writeAll(share);
  const before = readdirSync(share, { recursive: true }).length;
  const run = await measureScan(share, join(scratch, 'out'), ['--workers', '2', '--quiet']);
  const own = new Map();
  let twice = 0;
  for (const line of run.lines) {
    if (line.member !== null) continue;
    if (own.has(line.path)) twice++;
    own.set(line.path, line);
  }
  const missing = [...expected.keys()].filter((path) => !own.has(path));
  const wrong = compare(expected, own);
  say(`${expected.size} files, ${run.lines.length} records with members, ${run.wallS.toFixed(0)} s, CPU ${run.cpuS.toFixed(0)} s`);
  for (const line of [...missing.map((path) => `no record: ${path}`), ...wrong]) say(line);
  if (!ONLY) check('hostile files', expected.size, '≥ 100', expected.size >= 100);
  check('files without a record', missing.length, 0, missing.length === 0);
  check('files with two records', twice, 0, twice === 0);
  check('files with another problem than the table says', wrong.length, 0, wrong.length === 0);
  check('exit code', run.exitCode, '1 or 3', [1, 3].includes(run.exitCode));
  check('peak PSS of the tree', `${megabytes(run.peakPssBytes)} MB`, '≤ 1024 MB', run.peakPssBytes <= TREE_BYTES);
  check('time', `${run.wallS.toFixed(0)} s`, `≤ ${RUN_S_MAX} s`, run.wallS <= RUN_S_MAX);
  const slips = [share, PROJECT, process.cwd()].flatMap((from) => SLIPS.map((name) => resolve(from, 'zips', name.replaceAll('\\', '/'))));
  const written = slips.filter((path) => existsSync(path) || existsSync(join(dirname(dirname(path)), 'mimawari-slip.txt')));
  const after = readdirSync(share, { recursive: true }).length;
  check('files written by a name in an archive', written.length + (after - before), 0, written.length === 0 && after === before);
}
