/** 100,000 small files swept a second time: nothing is read, and an access list that was opened in between is seen. */
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csv, encodeText } from '../encode-text.mjs';
import { measureTree, megabytes } from '../measure.mjs';
import { wareki } from '../notations.mjs';
import { createCrowd, hyphened } from '../people.mjs';
import { measureScan, PROGRAM } from '../run-program.mjs';

export const summary = 'the second sweep of 100,000 unchanged files: no content read, ≤ 30 µs CPU a file, chmod o+r seen';

const FILES_A_FOLDER = 500;
/** Padding, so that reading contents again would show in the byte counters. */
const FILE_BYTES = 4_000;
const QUIET = ['--quiet'];

function makeFiles(share, count) {
  const { people } = createCrowd(920);
  const crowd = people(300);
  for (let at = 0; at < count; at++) {
    const folder = join(share, `係${Math.floor(at / FILES_A_FOLDER)}`);
    if (at % FILES_A_FOLDER === 0) mkdirSync(folder, { recursive: true });
    const rows = [0, 1, 2]
      .map((shift) => crowd[(at + shift) % crowd.length])
      .map((person) => [hyphened(person), person.name, wareki(person.birth)]);
    const bytes = encodeText(csv([['基礎年金番号', '氏名', '生年月日'], ...rows]), 'cp932');
    writeFileSync(join(folder, `表${at}.csv`), Buffer.concat([bytes, Buffer.alloc(FILE_BYTES - bytes.length, '\r\n')]), { mode: 0o600 });
  }
}

export async function prove({ scratch, check, say, scaled }) {
  const share = join(scratch, 'share');
  const out = join(scratch, 'out');
  const count = scaled(100_000);
  makeFiles(share, count);
  const first = await measureScan(share, out, QUIET);
  const opened = first.lines[Math.floor(count / 3)];
  chmodSync(join(share, opened.path), 0o604);
  const second = await measureScan(share, out, QUIET);
  // What the report writes and reads is not the sweep's cost of a file, so it is told apart: the same sweep without a report.
  const bare = await measureTree(process.execPath, [PROGRAM, 'scan', share, '--inventory', join(out, 'inventory.db'), '--quiet']);
  const find = await measureTree('find', [share, '-printf', '%s %T@ %C@ %i\\n']);
  const perFile = (run) => (run.cpuS * 1e6) / count;
  for (const [name, run] of Object.entries({ first, second, 'second, no report': bare, find })) {
    say(
      `${name.padEnd(18)} ${run.wallS.toFixed(1)} s, CPU ${run.cpuS.toFixed(2)} s = ${perFile(run).toFixed(1)} µs a file, ${megabytes(run.readBytes)} MB through read calls, ${run.peakProcesses} processes`,
    );
  }
  const inventory = statSync(join(out, 'inventory.db')).size;
  say(`the files hold ${megabytes(count * FILE_BYTES)} MB, the inventory ${megabytes(inventory)} MB`);
  check('CPU a file', `${perFile(bare).toFixed(1)} µs`, '≤ 30 µs', perFile(bare) <= 30);
  // CPU, because wall times of a second or less say more of who else uses the machine; `million` holds the wall times against each other.
  check('CPU beside that of find', `${(bare.cpuS / find.cpuS).toFixed(1)} ×`, '≤ 12 ×', bare.cpuS <= 12 * find.cpuS);
  check('processes of the sweep (contents are read in workers alone)', bare.peakProcesses, 1, bare.peakProcesses === 1);
  const readsMax = 3 * inventory + 64 * 1048576;
  check(
    'bytes through read calls',
    `${megabytes(bare.readBytes)} MB`,
    `≤ 3 × inventory + 64 MB = ${megabytes(readsMax)} MB`,
    bare.readBytes <= readsMax,
  );
  check('lines', second.lines.length, count, second.lines.length === count);
  const after = second.lines.find(({ path }) => path === opened.path);
  check(
    'access of the file opened in between',
    `${opened.access.state} → ${after?.access.state}, ${after?.verdict}`,
    'restricted → open, violation',
    opened.access.state === 'restricted' && after?.access.state === 'open' && after?.verdict === 'violation',
  );
  const rest = second.lines.filter(({ path }) => path !== opened.path);
  const same = rest.filter((line) => line.access.state === 'restricted').length;
  check('all others restricted as before', same, count - 1, same === count - 1);
}
