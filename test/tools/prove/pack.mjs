/** `npm pack`, and what it makes installed globally into a clean prefix without scripts: needs a registry for the packages it depends on. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { layOut } from '../lay-out.mjs';
import { deadLinks } from '../links.mjs';
import { PROJECT, readJsonl, runScan } from '../run-program.mjs';
import { compareLines } from '../windows-compare.mjs';

export const summary = 'npm pack, installed with -g and --ignore-scripts: --version, scan (the same lines) and check from any folder';
const MB_MAX = 8;
/** Only what is compiled, the dictionaries, and texts; npm puts in every README on the way. */
const SHIPPED =
  /^(?:bin\/(?:mimawari|check-dropped)\.js|dist\/program\/cli\/[\w-]+\.js|dist\/data\/(?:[\w-]+\.bin|page\.(?:css|js)|parts\.json)|dist\/man\/(?:ja\/)?man1\/mimawari\.1|(?:src|detectors)\/(?:\w+\/)?[\w-]+\.md|LICENSE|NOTICE|README[\w.]*\.md|package\.json|samples\/(?:README\.md|(?:guides|schedule|windows)\/.*))$/u;

export async function prove({ scratch, check, say }) {
  const npm = (args, cwd) => spawnSync('npm', args, { cwd, encoding: 'utf8', env: { ...process.env, npm_config_prefix: undefined } });
  // What is built is taken away, as in a fresh clone: packing builds it.
  for (const name of ['program', 'man']) rmSync(join(PROJECT, 'dist', name), { recursive: true, force: true });
  const { stdout } = npm(['pack', '--json', '--pack-destination', scratch], PROJECT);
  // What the steps before packing say stands before it.
  const packed = JSON.parse(stdout.slice(stdout.search(/^\[$/mu)))[0];
  const dead = deadLinks(
    packed.files.map(({ path }) => path),
    (path) => readFileSync(join(PROJECT, path), 'utf8'),
  );
  check('dead links in its texts', dead.slice(0, 5).join(', ') || 0, 0, dead.length === 0);
  const odd = packed.files.map(({ path }) => path).filter((path) => !SHIPPED.test(path));
  check(
    'size, packed',
    `${(packed.size / 1e6).toFixed(1)} MB (${(packed.unpackedSize / 1e6).toFixed(1)} MB in ${packed.files.length} files)`,
    `${MB_MAX} MB`,
    packed.size < MB_MAX * 1e6,
  );
  check('files that do not belong there', odd.slice(0, 5).join(', ') || 0, 0, odd.length === 0);
  const prefix = join(scratch, 'prefix');
  mkdirSync(prefix);
  const installed = npm(
    ['install', '-g', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', join(scratch, packed.filename)],
    scratch,
  );
  check('npm install -g --ignore-scripts', installed.status === 0 ? 0 : installed.stderr.slice(0, 500), 0, installed.status === 0);
  const elsewhere = join(scratch, 'どこか');
  mkdirSync(elsewhere);
  const run = (...args) =>
    spawnSync(join(prefix, 'bin', 'mimawari'), args, {
      cwd: elsewhere,
      encoding: 'utf8',
      env: { ...process.env, XDG_STATE_HOME: join(scratch, 'state') },
    });
  const version = run('--version');
  say(version.stdout.trim().replaceAll('\n', ', '));
  const { version: wanted } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  check(
    '--version',
    version.stdout.split('\n')[0],
    `mimawari ${wanted}`,
    version.status === 0 && version.stdout.startsWith(`mimawari ${wanted}\n`),
  );
  const share = join(scratch, 'share');
  const { asOf } = layOut(share);
  const swept = run('scan', '../share', '--jsonl', '../run.jsonl', '--as-of', asOf, '--quiet');
  check('scan, exit code', `${swept.status} ${swept.stderr.trim().slice(0, 200)}`, 1, swept.status === 1);
  const { lines } = readJsonl(join(scratch, 'run.jsonl'));
  const { different } = compareLines(runScan(share, join(scratch, 'out'), ['--as-of', asOf, '--quiet']).lines, lines);
  check('lines that differ from those of the checkout', different.length, 0, different.length === 0 && lines.length > 0);
  const checked = run('check', '../share/適用グループ', '--lang', 'ja');
  check('check, exit code', checked.status, 1, checked.status === 1 && checked.stdout.includes('×'));
}
