/** Scans the corpus share as it lies on a server and has it scored by its own score_share.py: the output is brought into the neutral form that is told at that script's top. */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT, runScan } from './run-program.mjs';

const TRUTH = join(PROJECT, '..', 'shared', 'corpus', 'share');
/** Ages in the truth are counted from this day. */
const AS_OF = '2026-11-21';
/** The formats that issue 2 asks for. */
export const SHARE_FORMATS = 'xlsx,xlsm,xls,csv,tsv,txt,docx,pdf';

/** What is true of each file of the share. */
export const readTruth = () =>
  readFileSync(join(TRUTH, 'truth.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export const shareIsThere = () => existsSync(join(TRUTH, 'score_share.py'));

function findsOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** restore.py needs setfacl; where the package acl is missing, set-acl.py does the little of it that is asked for. */
function pathWithSetfacl(scratch) {
  if (findsOnPath('setfacl')) return process.env.PATH;
  const folder = join(scratch, 'bin');
  mkdirSync(folder, { recursive: true });
  copyFileSync(fileURLToPath(new URL('./set-acl.py', import.meta.url)), join(folder, 'setfacl'));
  chmodSync(join(folder, 'setfacl'), 0o755);
  return folder + delimiter + process.env.PATH;
}

function python(parameters, env = {}) {
  const { status, stdout, stderr } = spawnSync('python3', parameters, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`python3 ${parameters[0]} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Lays the corpus share out in `target`; its groups are known only when root may add the accounts. */
export function restoreShare(target, scratch) {
  const accounts = process.getuid?.() === 0 ? ['--accounts'] : [];
  python([join(TRUTH, 'restore.py'), target, ...accounts], { PATH: pathWithSetfacl(scratch) });
}

const LOCKED = { none: false, default: false, partial: false, set: true, weak: true, unknown: null };
const RESTRICTED = { restricted: true, open: false, unknown: null };

/** One line of the program's JSONL in the scorer's form. Lines of members are left out: their container sums them. */
export function toNeutral(line) {
  const { four, three, two, other } = line.records ?? { four: 0, three: 0, two: 0, other: 0 };
  const locked = LOCKED[line.password?.state] ?? null;
  const restricted = RESTRICTED[line.access?.state] ?? null;
  const pension = four + three + two > 0;
  const codes = (line.problems ?? []).map(({ code }) => code);
  let verdict = 'clean';
  if (pension) verdict = locked === false && restricted === false ? 'exposed' : 'protected';
  else if (line.verdict === 'sealed') verdict = 'protected';
  else if (codes.includes('needs-ocr')) verdict = 'needs_ocr';
  else if (line.examined === 'none') verdict = 'unreadable';
  return {
    path: line.path,
    ...(line.pathBytes ? { path_b64: line.pathBytes } : {}),
    kinds: Object.fromEntries(Object.entries(line.kinds ?? {}).map(([kind, count]) => [kind.replaceAll('-', '_'), count])),
    records: { four, three, two, other },
    persons: line.personsBy?.['pension-number'] ?? 0,
    password_protected: locked,
    acl_restricted: restricted,
    stale: { stale: true, within: false }[line.retention?.state] ?? null,
    verdict,
  };
}

const figure = ({ tp, fp, fn }) => ({ hits: tp, falses: fp, misses: fn });
/** The scorer's sum of differences for each file, as false and missed counts. */
const counted = ({ truth, scanner, abs_error: error, on_negatives: negatives }) => ({
  hits: (truth + scanner - error) / 2,
  falses: (error + scanner - truth) / 2 + negatives,
  misses: (error + truth - scanner) / 2,
});

function readFigures(file) {
  const { detection, exposed, records, kinds, persons, files, password, acl } = JSON.parse(readFileSync(file, 'utf8'));
  const named = (group, prefix) => Object.entries(group).map(([name, counts]) => [`${prefix}${name}`, counted(counts)]);
  const rows = [
    ['pension data in file', figure(detection)],
    ['exposed', figure(exposed)],
    ...named(records, 'records: '),
    ...named(kinds, 'kind: '),
  ];
  return { table: Object.fromEntries(rows), persons, records, files, password, acl, detection, exposed };
}

/** Restores, scans and scores. Gives { text of the scorer, raw(formats), figuresOf(formats), lines, run }; `formats` null for all. With `ocr` scans are read and scored too. */
export function scoreShare(scratch, listed = 20, options = [], ocr = false) {
  const share = join(scratch, 'share');
  const out = join(scratch, 'share-out');
  restoreShare(share, scratch);
  const { lines, run, exitCode } = runScan(share, out, ['--as-of', AS_OF, ...(ocr ? ['--ocr'] : []), ...options]);
  const neutral = join(out, 'neutral.jsonl');
  const files = lines.filter(({ member, entry }) => member === null && entry === 'file');
  writeFileSync(neutral, files.map((line) => `${JSON.stringify(toNeutral(line))}\n`).join(''));
  const score = (formats) => {
    const json = join(out, `${formats ? 'some' : 'all'}.json`);
    const text = python([
      join(TRUTH, 'score_share.py'),
      TRUTH,
      neutral,
      '--json',
      json,
      '--list',
      String(listed),
      ...(ocr ? ['--ocr'] : []),
      ...(formats ? ['--formats', formats] : []),
    ]);
    return { text, ...readFigures(json) };
  };
  const some = score(SHARE_FORMATS);
  const all = score(null);
  const raw = (formats) => (formats ? some : all);
  return { text: all.text, raw, figuresOf: (formats) => raw(formats).table, lines, run, exitCode };
}
