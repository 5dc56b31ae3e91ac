/**
 * A share that disappears in the middle of a second sweep, over and over: renamed, and (as root) unmounted. The sweep tells so with exit 2, no file counts as
 * gone or resolved, and when the share is back the sweep goes on: then the JSONL equals that of a sweep that nothing disturbed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeMixed } from '../make-mixed.mjs';
import { PROGRAM, readJsonl, runProgram, runScan, scanArguments } from '../run-program.mjs';
import { createChance } from '../seeded.mjs';

export const summary =
  'a share that is renamed or unmounted in mid-sweep: exit 2, nothing gone; back again, the sweep goes on, over 10 tries each';

const FILES = 2_000;
const TRIES = 10;
const AS_OF = ['--as-of', '2026-11-21', '--quiet'];

/** What of a line must be equal: all but access times, which reading by others may move. */
const linesOf = (file) => readJsonl(file).lines.map(({ accessedAt, lookedAt, ...rest }) => JSON.stringify(rest));

const WAYS = {
  renamed: {
    lose: (share) => renameSync(share, `${share}.away`),
    bringBack: (share) => renameSync(`${share}.away`, share),
  },
  unmounted: {
    // Lazily, because the sweep has files of it open: names are gone at once, as when a server goes down.
    lose: (share) => spawnSync('umount', ['-l', share]),
    bringBack: (share) => spawnSync('mount', ['--bind', `${share}.disk`, share]),
  },
};

export async function prove({ scratch, check, say, scaled }) {
  const chance = createChance(Date.now());
  for (const [way, { lose, bringBack }] of Object.entries(WAYS)) {
    const share = join(scratch, way, 'share');
    const content = way === 'unmounted' ? `${share}.disk` : share;
    const { files } = makeMixed(content, scaled(FILES));
    if (way === 'unmounted') {
      mkdirSync(share);
      if (spawnSync('mount', ['--bind', content, share]).status !== 0) {
        say('mounting is forbidden here: nothing unmounted');
        continue;
      }
    }
    const out = join(scratch, way, 'out');
    const first = performance.now();
    runScan(share, out, AS_OF);
    const fullMs = performance.now() - first;
    let [told, kept, equal] = [0, 0, 0];
    const tries = scaled(TRIES);
    for (let at = 0; at < tries; at++) {
      // Every file has changed, so that the sweep takes as long as the first one. A blank at the end changes no finding of these formats.
      touchAll(content);
      const before = runProgram(['report', '--inventory', join(out, 'inventory.db'), '--json']).stdout;
      const child = spawn(process.execPath, [PROGRAM, ...scanArguments(share, out, AS_OF)], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.on('exit', resolve));
      await new Promise((resolve) => setTimeout(resolve, fullMs * (0.1 + 0.6 * chance.next())));
      lose(share);
      const code = await ended;
      if (code === 2) told++;
      const diff = runProgram(['diff', '--inventory', join(out, 'inventory.db'), '--json'])
        .stdout.trim()
        .split('\n')
        .at(-1);
      const { enumerated } = JSON.parse(runProgram(['report', '--inventory', join(out, 'inventory.db'), '--json']).stdout);
      const isKept = enumerated === files && JSON.parse(before).enumerated === files && JSON.parse(diff).counts.resolved === 0;
      if (isKept) kept++;
      bringBack(share);
      const again = runScan(share, out, AS_OF);
      const fresh = join(scratch, way, 'fresh');
      runScan(share, fresh, ['--key', join(out, 'inventory.db.key'), ...AS_OF]);
      const same = linesOf(join(out, 'run.jsonl')).join('\n') === linesOf(join(fresh, 'run.jsonl')).join('\n');
      if (same && again.run.complete) equal++;
      rmSync(fresh, { recursive: true });
      say(`${way}: exit ${code}, ${enumerated} of ${files} known, then ${same ? 'equal' : 'DIFFERENT'}`);
    }
    if (way === 'unmounted') spawnSync('umount', [share]);
    check(`${way}: told with exit 2`, told, tries, told === tries);
    check(`${way}: nothing gone or resolved`, kept, tries, kept === tries);
    check(`${way}: back again, as a sweep that nothing disturbed`, equal, tries, equal === tries);
  }
}

function touchAll(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    if (/\.(?:txt|csv)$/.test(file)) appendFileSync(file, '\r\n');
    else appendFileSync(file, Buffer.alloc(0));
    if (!/\.(?:txt|csv)$/.test(file)) rewrite(file);
  }
}

/** The same bytes anew: another time of change. */
function rewrite(file) {
  const bytes = readFileSync(file);
  const anew = `${file}.new`;
  appendFileSync(anew, bytes);
  renameSync(anew, file);
}
