/** The bundle for Linux in a root of its own that holds nothing but it, the C and C++ libraries and /dev/null, without a network. Needs root. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { layLoader, makeBundle, unpackBundle } from '../bundle-run.mjs';
import { layOut } from '../lay-out.mjs';
import { deadLinks } from '../links.mjs';
import { PROJECT, readJsonl, runScan } from '../run-program.mjs';
import { compareLines } from '../windows-compare.mjs';

export const summary = 'linux-x64 bundle: equal bytes twice; in an empty root without a network, scan (the same lines), check, --version';

export async function prove({ scratch, check, say }) {
  if (process.getuid?.() !== 0 || process.arch !== 'x64') throw new Error('needs root on Linux x64');
  const archive = makeBundle('linux-x64', join(scratch, 'one'));
  // Also of a build anew, dictionaries and all.
  for (const stamp of ['build-stamp', 'lexicon.stamp']) rmSync(join(PROJECT, 'dist', 'data', stamp), { force: true });
  const again = makeBundle('linux-x64', join(scratch, 'two'));
  check(
    'two bundles of one commit',
    readFileSync(archive).equals(readFileSync(again)) ? 'equal' : 'different',
    'equal',
    readFileSync(archive).equals(readFileSync(again)),
  );
  const root = join(scratch, 'root');
  const bundle = unpackBundle(archive, join(root, 'opt'));
  const sums = spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: bundle, encoding: 'utf8' });
  check('SHA256SUMS', sums.status === 0 ? 'hold' : sums.stdout, 'hold', sums.status === 0);
  const paths = readdirSync(bundle, { recursive: true }).filter((name) => !/(?:^|\/)(?:node_modules|licences)\//u.test(name));
  const dead = deadLinks(paths, (path) => readFileSync(join(bundle, path), 'utf8'));
  check('dead links in its texts', dead.slice(0, 5).join(', ') || 0, 0, dead.length === 0);
  const native = readdirSync(bundle, { recursive: true }).filter((name) => name.endsWith('.node'));
  for (const file of ['node/node', ...native].flatMap((name) => librariesOf(join(bundle, name)))) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    copyFileSync(file, join(root, file));
  }
  const loader = layLoader(bundle);
  mkdirSync(join(root, 'dev'));
  spawnSync('mknod', ['-m', '666', join(root, 'dev', 'null'), 'c', '1', '3']);
  const { asOf } = layOut(join(root, 'share'));
  mkdirSync(join(root, 'state'));
  const inside = bundle.slice(root.length);
  const run = (...args) =>
    spawnSync('unshare', ['-n', 'chroot', root, `${inside}/node/node`, `${inside}/app/bin/mimawari.js`, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, XDG_STATE_HOME: '/state', LANG: 'C.UTF-8' },
    });
  const version = run('--version');
  say(version.stdout.trim().replaceAll('\n', ', '));
  check('--version', version.status, 0, version.status === 0);
  const loaded = spawnSync('unshare', ['-n', 'chroot', root, `${inside}/node/node`, `${inside}/${loader}`], { encoding: 'utf8' });
  check('packages', (loaded.stdout + loaded.stderr).trim(), 'all load', loaded.stdout.trim() === 'all load');
  const swept = run('scan', '/share', '--jsonl', '/state/run.jsonl', '--as-of', asOf, '--quiet');
  check('scan, exit code', `${swept.status} ${swept.stderr.trim().slice(0, 300)}`, 1, swept.status === 1);
  const outside = runScan(join(root, 'share'), join(scratch, 'out'), ['--as-of', asOf, '--quiet']);
  const { lines } = existsSync(join(root, 'state', 'run.jsonl')) ? readJsonl(join(root, 'state', 'run.jsonl')) : { lines: [] };
  const { different } = compareLines(outside.lines, lines);
  for (const line of different.slice(0, 10)) say(line);
  check('lines that differ from those outside', different.length, 0, different.length === 0 && lines.length > 0);
  const one = lines.find(({ verdict, member }) => verdict === 'violation' && member === null);
  const checked = run('check', `/share/${one.path}`, '--lang', 'ja');
  check('check, exit code', checked.status, 1, checked.status === 1 && checked.stdout.includes('×'));
  const left = spawnSync(
    'find',
    [root, '-newer', join(root, 'dev', 'null'), '-type', 'f', '-not', '-path', `${root}/state/*`, '-not', '-path', `${root}/share*`],
    {
      encoding: 'utf8',
    },
  ).stdout.trim();
  check('files written outside the state folder', left === '' ? 0 : left, 0, left === '');
}

/** As the loader names them, and the loader itself. */
function librariesOf(binary) {
  const { stdout } = spawnSync('ldd', [binary], { encoding: 'utf8' });
  return [...stdout.matchAll(/(\/\S+) \(0x/gu)].map(([, file]) => file);
}
