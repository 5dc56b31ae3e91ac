/**
 * A share of a million files, most of them small, a quarter lists of twenty people: the first sweep, the second beside `find`, and reports by another policy.
 * It takes hours; every figure is told as soon as it is known.
 */
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../dist/src/inventory/database.js';
import { csv, encodeText } from '../encode-text.mjs';
import { makeMixed } from '../make-mixed.mjs';
import { measureTree, megabytes } from '../measure.mjs';
import { wareki } from '../notations.mjs';
import { createCrowd, hyphened } from '../people.mjs';
import { PROGRAM } from '../run-program.mjs';

export const summary =
  '1,000,000 files, 5,000,000 file–person pairs: memory and inventory ≤ 1 GB, second sweep ≤ 12 × find, another policy ≤ 60 s';

const GB = 2 ** 30;
const FILES_A_FOLDER = 100;
const FOLDERS_A_DEPARTMENT = 200;
const PEOPLE_A_LIST = 20;
const MODES = [0o644, 0o640, 0o600];
const MIXED_SHARE = 0.005;

/** Every fourth file a list, every hundredth of the others empty; the rest notes of a few lines. Modes differ from folder to folder. */
function makeShare(share, count) {
  const mixed = Math.round(count * MIXED_SHARE);
  makeMixed(join(share, '各種'), mixed);
  let folder = '';
  for (let at = 0; at < count - mixed; at++) {
    const number = Math.floor(at / FILES_A_FOLDER);
    if (at % FILES_A_FOLDER === 0) {
      folder = join(share, `部${Math.floor(number / FOLDERS_A_DEPARTMENT)}`, `係${number}`);
      mkdirSync(folder, { recursive: true });
    }
    const mode = MODES[number % MODES.length];
    if (at % 4 === 0) writeFileSync(join(folder, `一覧${at}.csv`), listOf(at), { mode });
    else writeFileSync(join(folder, `会議資料${at}.txt`), at % 100 === 1 ? '' : `会議の資料 第${at}号\r\n議題: 来期の予定\r\n`, { mode });
  }
  return count;
}

function listOf(seed) {
  const { people } = createCrowd(100_000 + seed);
  const rows = people(PEOPLE_A_LIST).map((person) => [hyphened(person), person.name, wareki(person.birth)]);
  return encodeText(csv([['基礎年金番号', '氏名', '生年月日'], ...rows]), 'cp932');
}

/** The most memory in a part of a run, from 0 to 1 of its time. */
function peakWithin(run, from, to) {
  const end = run.samples.at(-1)?.atMs ?? 0;
  return run.samples.reduce((peak, { atMs, pssBytes }) => (atMs >= from * end && atMs <= to * end ? Math.max(peak, pssBytes) : peak), 0);
}

export async function prove({ scratch, check, say, scaled }) {
  const [share, out] = [join(scratch, 'share'), join(scratch, 'out')];
  mkdirSync(out);
  const inventory = join(out, 'inventory.db');
  const count = scaled(1_000_000);
  const madeMs = performance.now();
  makeShare(share, count);
  say(`${count} files made in ${Math.round((performance.now() - madeMs) / 1000)} s`);
  const scan = (sampleMs) =>
    measureTree(process.execPath, [PROGRAM, 'scan', share, '--inventory', inventory, '--quiet', '--json', '--lang', 'en'], { sampleMs });
  const first = await scan(1_000);
  const run = JSON.parse(first.stdout || '{}');
  tell('first sweep', first);
  check('first sweep', `exit ${first.exitCode}, ${run.enumerated} files`, `1, ${count}`, first.exitCode === 1 && run.enumerated === count);
  const peak = first.peakPssBytes;
  check('peak memory of the tree (PSS)', `${megabytes(peak)} MB`, '≤ 1,024 MB', peak <= GB);
  const [early, late] = [peakWithin(first, 0, 0.3), peakWithin(first, 0.7, 1)];
  check('it does not grow', `${megabytes(early)} → ${megabytes(late)} MB`, 'the last third ≤ 1.25 × the first', late <= 1.25 * early);
  const pairs = pairsIn(inventory);
  const size = statSync(inventory).size;
  const bytesMax = (GB * count) / 1_000_000;
  check('file–person pairs', pairs, `≥ ${5 * count}`, pairs >= 4.9 * count);
  check('inventory', `${megabytes(size)} MB`, `≤ ${megabytes(bytesMax)} MB (1 GB a million files)`, size <= bytesMax);

  const opened = join(share, '部0', '係1', '一覧100.csv');
  chmodSync(opened, 0o604);
  const second = await scan(1_000);
  tell('second sweep', second);
  const third = await scan(1_000);
  tell('third sweep', third);
  const find = await measureTree('find', [share, '-printf', '%s %T@ %C@ %i\\n'], { sampleMs: 1_000 });
  tell('find', find);
  const seen = JSON.parse(second.stdout).byVerdict.violation - run.byVerdict.violation;
  check('a list opened in between', `${seen} more violation`, 1, seen === 1);
  check('third sweep, wall', `${(third.wallS / find.wallS).toFixed(1)} × find`, '≤ 12', third.wallS <= 12 * find.wallS);
  check('third sweep, CPU', `${(third.cpuS / find.cpuS).toFixed(1)} × find`, '≤ 12', third.cpuS <= 12 * find.cpuS);
  check('its memory', `${megabytes(third.peakPssBytes)} MB`, '≤ 1,024 MB', third.peakPssBytes <= GB);

  const policy = join(out, 'policy.yaml');
  writeFileSync(policy, 'retentionDefault: 90 days\nretention:\n  - {name: 部0, paths: ["部0/**"], keep: 5 years}\nreadersMax: 10\n');
  const report = await measureTree(process.execPath, [PROGRAM, 'report', '--inventory', inventory, '--policy', policy, '--json'], {
    sampleMs: 1_000,
  });
  tell('another policy', report);
  check('judged again', `${report.wallS.toFixed(1)} s`, '≤ 60 s', report.exitCode === 0 && report.wallS <= 60);

  function tell(name, { wallS, cpuS, peakPssBytes }) {
    const each = ((1e6 * cpuS) / count).toFixed(1);
    say(`${name.padEnd(14)} ${wallS.toFixed(1)} s, CPU ${cpuS.toFixed(1)} s = ${each} µs a file, peak ${megabytes(peakPssBytes)} MB`);
  }
}

function pairsIn(file) {
  const db = openDatabase(file);
  const { bytes } = db.prepare('SELECT sum(length(ids)) AS bytes FROM person').get();
  db.close();
  return Number(bytes) / 8;
}
