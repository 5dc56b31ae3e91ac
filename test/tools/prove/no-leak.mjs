/**
 * Values of all kinds are planted, and then looked for in everything that the program leaves behind: inventory and its journal, key, reports, output, temporary
 * files, also after a sweep that was killed. The same search over `explain --unmask` must find them, or it would prove nothing.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOut } from '../lay-out.mjs';
import { descendants } from '../measure.mjs';
import { plantFiles } from '../plant-files.mjs';
import { findPlanted, needlesOf } from '../planted.mjs';
import { PROGRAM, runProgram, scanArguments } from '../run-program.mjs';

export const summary = 'planted values in inventory, journal, reports, output, temporary files: none; in explain --unmask: all';

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Kills a sweep in its middle and keeps what lay about at that moment: journal and temporary files too. */
async function killMidway(parameters, env, ms) {
  const child = spawn(process.execPath, [PROGRAM, ...parameters], { stdio: 'ignore', env: { ...process.env, ...env } });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (const pid of [...descendants(child.pid), child.pid]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  }
  await ended;
}

export async function prove({ scratch, check, say }) {
  const share = join(scratch, 'share');
  layOut(share);
  const planted = plantFiles(join(share, '植付け'));
  const left = join(scratch, 'left');
  const places = Object.fromEntries(['home', 'state', 'tmp', 'cache', 'texts'].map((name) => [name, join(left, name)]));
  for (const folder of Object.values(places)) mkdirSync(folder, { recursive: true });
  const env = { HOME: places.home, XDG_STATE_HOME: places.state, XDG_CACHE_HOME: places.cache, TMPDIR: places.tmp };
  const needles = needlesOf(planted.people);

  await killMidway(scanArguments(share, join(left, 'killed')), env, 1_500);
  const keep = (name, { stdout, stderr }) => {
    writeFileSync(join(places.texts, `${name}.out`), stdout);
    writeFileSync(join(places.texts, `${name}.err`), stderr);
  };
  const runs = {
    scan: [...scanArguments(share, join(left, 'scan')), '--csv', join(left, 'scan', 'run.csv'), '--html', join(left, 'scan', 'run.html')],
    again: [...scanArguments(share, join(left, 'scan')), '--csv', join(left, 'scan', 'run.csv')],
    check: ['check', share],
    'check-english': ['check', share, '--lang', 'en'],
  };
  for (const [name, parameters] of Object.entries(runs)) keep(name, runProgram(parameters, { env }));
  planted.files.forEach((file, at) => {
    keep(`explain${at}`, runProgram(['explain', '--json', '--dropped', '--min-confidence', 'weak', file], { env }));
  });

  const seen = filesBelow(left);
  const hits = seen.flatMap((file) =>
    findPlanted(readFileSync(file), needles).map((needle) => ({ file: file.slice(left.length + 1), ...needle })),
  );
  say(
    `${needles.length} forms of ${planted.people.length} people's values, ${seen.length} files left behind: ${seen
      .map((file) => file.slice(left.length + 1))
      .filter((file) => !file.startsWith('texts'))
      .join(', ')}`,
  );
  for (const { file, kind, form, encoding } of hits.slice(0, 10)) say(`found: ${kind} (${form}, ${encoding}) in ${file}`);
  check('values found in what is left behind', hits.length, 0, hits.length === 0);
  check('files left behind that were searched', seen.length, '≥ 10', seen.length >= 10);

  const unmasked = planted.files
    .map((file) => runProgram(['explain', '--json', '--unmask', '--min-confidence', 'weak', file], { env }).stdout)
    .join('\n');
  const found = new Set(findPlanted(Buffer.from(unmasked), needles).map(({ kind, owner }) => `${kind} ${owner}`));
  const wanted = new Set(needles.map(({ kind, owner }) => `${kind} ${owner}`));
  const missed = [...wanted].filter((value) => !found.has(value));
  check('values found by the same search in explain --unmask', `${found.size}`, wanted.size, missed.length === 0);
  for (const value of missed.slice(0, 10)) say(`not found unmasked: ${value}`);
  check('unmasked values kept nowhere', filesBelow(left).length, seen.length, filesBelow(left).length === seen.length);
}
