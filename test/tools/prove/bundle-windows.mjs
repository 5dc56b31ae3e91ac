/** The bundle for Windows in a Wine prefix made for it, without a network: the same lines as on Linux, check.cmd, the "send to" entry. */
import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layLoader, makeBundle, unpackBundle } from '../bundle-run.mjs';
import { layOut } from '../lay-out.mjs';
import { readJsonl, runScan } from '../run-program.mjs';
import { compareLines } from '../windows-compare.mjs';
import { windowsPath, wineBinary } from '../wine.mjs';

export const summary =
  'win-x64 bundle in a fresh Wine prefix without a network: the lines of the samples as on Linux, check.cmd, "send to"';

export async function prove({ scratch, check, say }) {
  const wine = wineBinary();
  if (wine === null || process.getuid?.() !== 0) throw new Error('needs Wine, and root for a network of its own');
  const bundle = unpackBundle(makeBundle('win-x64', join(scratch, 'made')), join(scratch, 'bundle'));
  const prefix = join(scratch, 'prefix');
  mkdirSync(prefix);
  const { LANG, LC_ALL, LC_MESSAGES, ...rest } = process.env;
  const env = { ...rest, LC_ALL: 'C.UTF-8', WINEPREFIX: prefix, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=' };
  const [out, err] = ['stdout', 'stderr'].map((name) => join(scratch, name));
  // What a pipe out of Wine would lose: output goes to files.
  const run = (...args) => {
    const fds = [out, err].map((file) => openSync(file, 'w'));
    const { status } = spawnSync('unshare', ['-n', wine, ...args], { env, cwd: bundle, stdio: ['ignore', ...fds], timeout: 300_000 });
    for (const fd of fds) closeSync(fd);
    return { code: status, stdout: readFileSync(out, 'utf8'), stderr: readFileSync(err, 'utf8') };
  };
  run('winecfg', '-v', 'win10');
  const loader = layLoader(bundle);
  const before = tree(bundle);
  const at = (name) => windowsPath(join(bundle, name));
  const version = run('cmd', '/c', at('mimawari.cmd'), '--version', '--lang', 'en');
  say(version.stdout.trim().replaceAll(/\r?\n/gu, ', '));
  check('mimawari.cmd --version', version.code, 0, version.code === 0);

  const loaded = run(join(bundle, 'node', 'node.exe'), loader);
  // Wine 8 has no bcryptprimitives.dll, which the canvas of pdfjs-dist asks for and every Windows has: its error is then the only one.
  const others = loaded.stdout
    .trim()
    .split('; ')
    .filter((fault) => !['all load', 'DOMMatrix is not defined'].includes(fault));
  if (loaded.stdout.includes('DOMMatrix')) say('the second reader of PDF does not load under this Wine');
  check('packages that do not load', others.join('; ') || 0, 0, others.length === 0);

  const share = join(scratch, '共有');
  const { asOf } = layOut(share);
  const report = join(scratch, 'run.jsonl');
  const swept = run(
    'cmd',
    '/c',
    at('mimawari.cmd'),
    'scan',
    windowsPath(share),
    '--jsonl',
    windowsPath(report),
    '--as-of',
    asOf,
    '--quiet',
  );
  check('scan, exit code', `${swept.code} ${swept.stderr.trim().slice(0, 200)}`, 1, swept.code === 1);
  const outside = runScan(share, join(scratch, 'out'), ['--as-of', asOf, '--quiet']);
  const { lines } = existsSync(report) ? readJsonl(report) : { lines: [] };
  const { different, alike } = compareLines(outside.lines, lines);
  for (const line of different.slice(0, 10)) say(line);
  say(
    `${lines.length} lines, ${alike} of the same access; ${lines.filter(({ access }) => access.state !== 'unknown').length} of known access`,
  );
  check('lines that differ but for access', different.length, 0, different.length === 0 && lines.length > 0);

  const folder = join(share, '適用グループ');
  const checked = run('cmd', '/c', at('check.cmd'), windowsPath(folder), '--lang', 'ja');
  const marks = (checked.stdout.match(/^[×△]/gmu) ?? []).length;
  check(
    'check.cmd on a folder with a Japanese name: exit code, files marked',
    `${checked.code}, ${marks}`,
    '1, some',
    checked.code === 1 && marks > 0,
  );

  // Wine's cmd has no line of its own to tell: one of another file, and one of a drop, are laid into the environment.
  const plain = join(scratch, '控え.csv');
  writeFileSync(plain, '品名,数\r\nペン,3\r\n');
  const cut = join(scratch, 'R&D　名簿.csv');
  copyFileSync(
    join(share, lines.find(({ verdict, member, format }) => verdict === 'violation' && member === null && format === 'csv').path),
    cut,
  );
  const lineOf = (file) => `C:\\windows\\system32\\cmd.exe /c ""${at('check.cmd')}" ${windowsPath(file)}"`;
  env.CMDCMDLINE = lineOf(plain);
  const own = run('cmd', '/c', at('check.cmd'), windowsPath(folder), '--lang', 'ja');
  check('check.cmd where the line names another file', own.code, 1, own.code === 1 && !own.stdout.includes('控え'));
  env.CMDCMDLINE = lineOf(cut);
  const dropped = run('cmd', '/c', at('check.cmd'), windowsPath(join(scratch, 'R')));
  check('check.cmd on a drop that the shell cut at &', dropped.code, 1, dropped.code === 1 && dropped.stdout.includes('R&D　名簿.csv'));
  delete env.CMDCMDLINE;
  const nothing = run('cmd', '/c', at('check.cmd'));
  check('check.cmd with nothing dropped', nothing.code, '2, and a sentence', nothing.code === 2 && nothing.stderr.includes('check.cmd'));

  const linkOf = () =>
    readdirSync(join(prefix, 'drive_c', 'users'), { recursive: true }).find((name) => name.endsWith('mimawari check.lnk')) ?? null;
  run('cmd', '/c', at('send-to-install.cmd'));
  const link = linkOf();
  check(
    '"send to" entry',
    link ?? readFileSync(out, 'utf8') + readFileSync(err, 'utf8'),
    'in the SendTo folder of the user',
    link?.includes('SendTo') === true,
  );
  run('cmd', '/c', at('send-to-remove.cmd'));
  check('"send to" entry, removed', linkOf() ?? 'gone', 'gone', linkOf() === null);
  check('what lies in the bundle', tree(bundle) === before ? 'unchanged' : 'changed', 'unchanged', tree(bundle) === before);
  spawnSync(wine.replace(/wine(?:64)?$/u, 'wineserver'), ['-k'], { env });
}

/** Names, sizes and times of all files. */
function tree(folder) {
  return JSON.stringify(
    readdirSync(folder, { recursive: true })
      .sort()
      .map((name) => [
        name,
        statSync(join(folder, name)).isFile() && [statSync(join(folder, name)).size, statSync(join(folder, name)).mtimeMs],
      ]),
  );
}
