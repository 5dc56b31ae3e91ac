/**
 * `npm run test:windows`: the built program with the Windows build of Node under Wine. The sweep of the samples and of names that are hard on Windows must
 * give the same JSONL as on Linux (all but who can read, and what follows from that); then access by descriptors, arguments, exit codes, the console in
 * CP932 and Ctrl-C are looked at. Ends with 1 on a difference. Skips, with the reason, where Wine is absent. What Wine can't show is in src/README.md.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { layOut } from './lay-out.mjs';
import { assertBuilt, PROJECT, readJsonl, runScan, scanArguments } from './run-program.mjs';
import { compareLines } from './windows-compare.mjs';
import { hasTerminal, prepareWine, runCommandFile, runOnConsole, runWindows, shareAs, windowsPath } from './wine.mjs';

const NAMES = '氏名,生年月日,住所,基礎年金番号\n架空太郎,昭和45年1月2日,東京都千代田区千代田1-1,1234-567890\n';
/** Names that Windows gives a meaning to, or can't make by itself: they come from other systems over SMB. */
const HARD_NAMES = ['CON', 'aux.csv', 'nul.txt', 'LPT1.csv', '末尾の点.', '末尾の空白 ', '全角　空白.csv', '🗾地図.csv', 'é.csv'];
const LONG_NAME = '長い名前のフォルダー'.repeat(4);

let failures = 0;

function tell(isRight, text, details = []) {
  console.log(`${isRight ? 'ok  ' : 'FAIL'}  ${text}`);
  if (isRight) return;
  failures++;
  for (const line of details.slice(0, 8)) console.log(`        ${line}`);
}

/** Hard names and a folder 500 characters deep beside the samples. Gives the deepest file. */
function addHardNames(share) {
  const odd = join(share, '難しい名前');
  mkdirSync(odd);
  for (const name of HARD_NAMES) writeFileSync(join(odd, name), NAMES);
  let deep = odd;
  for (let i = 0; i < 10; i++) deep = join(deep, `${LONG_NAME}${i}`);
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, '奥の名簿.csv'), NAMES);
  return join(deep, '奥の名簿.csv');
}

const onWindows = (words) => words.map((word) => (word.startsWith('/') ? windowsPath(word) : word));
const readIfThere = (file) => (existsSync(file) ? readJsonl(file) : { lines: [], run: {} });

function compareSweeps(scratch, share, asOf) {
  const options = ['--as-of', asOf, '--quiet'];
  const linux = runScan(share, join(scratch, 'linux'), options);
  const out = join(scratch, 'windows');
  mkdirSync(out);
  const sweep = () => runWindows(scratch, onWindows(scanArguments(windowsPath(share), out, options)));
  const windows = { ...sweep(), ...readIfThere(join(out, 'run.jsonl')) };
  tell(windows.exitCode === linux.exitCode, `sweep: exit ${windows.exitCode}, on Linux ${linux.exitCode}`, windows.stderr.split('\n'));
  const { different, alike } = compareLines(linux.lines, windows.lines);
  tell(
    different.length === 0,
    `sweep: ${windows.lines.length} lines, on Linux ${linux.lines.length}, ${different.length} different; ${alike} with the same access`,
    different,
  );
  const sums = ({ enumerated, members, byExamined, byProblem, records, persons, personsBy }) =>
    JSON.stringify({ enumerated, members, byExamined, byProblem, records, persons, personsBy });
  tell(sums(windows.run) === sums(linux.run), `sweep: ${windows.run.persons} persons, ${JSON.stringify(windows.run.records)}`, [
    sums(linux.run),
    sums(windows.run),
  ]);
  const again = sweep();
  const second = readIfThere(join(out, 'run.jsonl')).lines;
  const moved = compareLines(windows.lines, second).different;
  tell(
    again.exitCode === windows.exitCode && moved.length === 0,
    `sweep again, from the inventory: exit ${again.exitCode}, ${moved.length} lines different`,
    moved,
  );
  return windows;
}

/** Wine turns a list into a mode, where Administrators are the group: others may have nothing. */
function checkPrivacy(folder) {
  const modes = ['inventory.db', 'inventory.db.key', 'run.jsonl'].map((name) => statSync(join(folder, name)).mode & 0o777);
  tell(
    modes.every((mode) => (mode & 0o007) === 0),
    `own files for their owner alone: ${modes.map((mode) => mode.toString(8)).join(', ')}`,
  );
}

/** Wine makes a descriptor of the owner and the mode: Everyone may read what others may read on Linux. */
function checkDescriptors(share, lines) {
  const files = lines.filter(({ entry, member }) => entry === 'file' && member === null);
  const wrong = files.filter(({ path, access, owner }) => {
    const isOpen = (statSync(join(share, path)).mode & 0o004) !== 0;
    const isRight = isOpen
      ? access.state === 'open' && access.broad[0] === 'S-1-1-0'
      : access.state === 'restricted' && access.readers <= 1;
    return !isRight || access.source !== 'windows' || !owner;
  });
  const open = files.filter(({ access }) => access.state === 'open').length;
  tell(
    wrong.length === 0,
    `access: ${files.length} descriptors read, ${open} open, ${files.length - open} restricted; ${files[0]?.access.reason}`,
    wrong.map(({ path, access }) => `${path}: ${JSON.stringify(access)}`),
  );
}

function checkArguments(scratch, share, deep) {
  const run = (title, parameters, exitCode, text, options = {}) => {
    const result = runWindows(scratch, parameters, options);
    const isRight = result.exitCode === exitCode && (text === null || `${result.stdout}${result.stderr}`.includes(text));
    tell(isRight, `${title}: exit ${result.exitCode}`, [...result.stdout.split('\n').slice(-6), ...result.stderr.split('\n')]);
  };
  const root = windowsPath(share);
  const clear = join(scratch, '空のフォルダー');
  mkdirSync(clear);
  writeFileSync(join(clear, '案内.txt'), '会議は十時から\n');
  const broken = join(scratch, '壊れたもの');
  mkdirSync(broken);
  writeFileSync(join(broken, '壊れた.zip'), readFileSync(join(share, '..', 'sample.zip')).subarray(0, 100));
  run('check, a Japanese folder with nothing in it to tell', ['check', windowsPath(clear), '--lang', 'ja'], 0, '案内.txt');
  run('check, a Japanese folder', ['check', `${root}\\適用グループ`, '--lang', 'ja'], 1, 'パスワードがかかっていません');
  run(
    'check, the folder in other letters, with slashes and a slash at the end',
    ['check', `${windowsPath(clear).toUpperCase().replaceAll('\\', '/')}/`, '--lang', 'ja'],
    0,
    '案内.txt',
  );
  run('check, what can not be read', ['check', windowsPath(broken), '--lang', 'ja'], 3, '壊れた.zip');
  run(`check, a path of ${windowsPath(deep).length} characters`, ['check', windowsPath(deep), '--lang', 'ja'], 1, '奥の名簿.csv');
  run('check, the same written \\\\?\\', ['check', `\\\\?\\${windowsPath(deep)}`, '--lang', 'ja'], 1, '奥の名簿.csv');
  const unshare = shareAs('server', '共有', share);
  run('check, a UNC path', ['check', '\\\\server\\共有\\適用グループ', '--lang', 'ja'], 1, 'パスワードがかかっていません');
  unshare();
  run('explain, the same long path', ['explain', windowsPath(deep), '--lang', 'ja'], 0, '架');
  run('check, a missing folder', ['check', `${root}\\ない`, '--lang', 'ja'], 2, 'ない');
  run('check, a stream behind a file', ['check', `${root}\\難しい名前\\aux.csv:old`, '--lang', 'ja'], 2, '代替データ');
  run(
    'a report named as a device',
    ['scan', root, '--csv', windowsPath(join(scratch, 'aux.csv')), '--lang', 'ja'],
    2,
    'Windows で使えない名前',
  );
  for (const [title, place] of [
    ['in other letters', root.toUpperCase()],
    ['written \\\\?\\', `\\\\?\\${root}`],
  ])
    run(
      `a report below the root, ${title}`,
      ['scan', root, '--csv', `${place}\\r.csv`, '--inventory', windowsPath(join(scratch, 'x.db')), '--lang', 'ja'],
      2,
      '中には置けません',
    );
  const far = join(dirname(dirname(deep)).replace(share, join(scratch, 'far')), 'inventory.db');
  run(
    `an inventory at a path of ${windowsPath(far).length} characters`,
    ['scan', windowsPath(clear), '--inventory', windowsPath(far), '--quiet', '--lang', 'ja'],
    0,
    null,
  );
  tell(existsSync(far), 'the inventory lies there');
  const jsonl = join(scratch, 'plain.jsonl');
  run(
    'without koffi',
    ['scan', windowsPath(clear), '--inventory', windowsPath(join(scratch, 'y.db')), '--jsonl', windowsPath(jsonl), '--quiet'],
    0,
    null,
    { env: { NODE_PATH: '' } },
  );
  const told = readIfThere(jsonl).lines[0]?.access;
  tell(told?.state === 'unknown' && told.reason.includes('koffi'), `without koffi: access ${told?.state}, ${told?.reason}`);
}

function showFigures(scratch) {
  const out = join(scratch, 'figures.json');
  const { exitCode } = runWindows(scratch, [windowsPath(join(PROJECT, 'src', 'extract')), windowsPath(out)], {
    entry: join(import.meta.dirname, 'windows-figures.mjs'),
  });
  const { files, equal, ...costs } = existsSync(out) ? JSON.parse(readFileSync(out, 'utf8')) : {};
  tell(
    exitCode === 0 && equal,
    `descriptors of ${files} files: GetFileSecurityW gives the bytes of GetNamedSecurityInfoW; µs a file under Wine: ${JSON.stringify(costs)}`,
  );
}

async function checkConsole(scratch, share) {
  if (!hasTerminal()) {
    console.log('      console and Ctrl-C: skipped, script(1) is missing.');
    return;
  }
  const shown = await runOnConsole(['check', `${windowsPath(share)}\\適用グループ`, '--lang', 'ja'], {
    entry: join(import.meta.dirname, 'windows-console.mjs'),
  });
  const words = ['パスワードがかかっていません', '基礎年金番号', '関係者以外の人も'].filter((word) => shown.drawn.includes(word));
  tell(
    shown.exitCode === 1 && words.length === 3,
    `a console in CP932: exit ${shown.exitCode}, ${words.join(', ')} drawn rightly`,
    shown.drawn.split('\n').slice(0, 6),
  );

  const many = join(scratch, 'many');
  for (let i = 0; i < 40; i++) cpSync(share, join(many, String(i)), { recursive: true });
  const out = join(scratch, 'stopped');
  const hasBegun = () => existsSync(join(out, 'inventory.db-wal')) && statSync(join(out, 'inventory.db-wal')).size > 200_000;
  const parameters = onWindows(scanArguments(windowsPath(many), out, ['--workers', '1']));
  const { exitCode, drawn } = await runOnConsole(parameters, { keys: '\x03', isTime: hasBegun });
  const { lines, run } = readIfThere(join(out, 'run.jsonl'));
  const isRight = exitCode === 130 && run.complete === false && lines.length > 0;
  tell(isRight, `Ctrl-C: exit ${exitCode}, ${lines.length} lines kept`, drawn.split('\n').slice(-8));
}

/** Wine's cmd has no CMDCMDLINE, by which the file takes what Explorer hands it: for a drop it is laid into the environment. */
function checkCommandFiles(scratch) {
  const place = join(scratch, '名 簿&甲');
  mkdirSync(place);
  writeFileSync(join(place, '一覧.csv'), '品名,数\r\nペン,3\r\n');
  const stamp = join(scratch, 'stamps', '印.json');
  const { exitCode, stdout, stderr } = runCommandFile(scratch, 'check.cmd', [windowsPath(place), '--stamp', windowsPath(stamp)]);
  const isRight = exitCode === 0 && stdout.includes('○ 一覧.csv') && existsSync(stamp);
  tell(isRight, `check.cmd: exit ${exitCode}`, [stdout, stderr]);
  checkDrops(scratch);
  const entry = (files) => files.filter((file) => String(file).endsWith('mimawari check.lnk'));
  const menus = () => entry(readdirSync(join(PROJECT, '.cache', 'windows-22', 'wine', 'drive_c', 'users'), { recursive: true })).length;
  const said = [];
  const codes = ['install-sendto.cmd', 'remove-sendto.cmd'].map((name) => {
    const { exitCode, stdout, stderr } = runCommandFile(scratch, name, []);
    said.push(stdout, stderr);
    return [exitCode, menus()];
  });
  tell(String(codes) === '0,1,0,0', `"Send to" installed and removed: ${codes.join(' ')}`, said);
}

function checkDrops(scratch) {
  const folder = windowsPath(scratch);
  for (const name of ['R&D.csv', 'bang!x!.csv', '全角　空白.csv', 'own.csv']) writeFileSync(join(scratch, name), NAMES);
  writeFileSync(join(scratch, 'theirs.csv'), '品名,数\r\nペン,3\r\n');
  const file = windowsPath(join(PROJECT, 'samples', 'windows', 'check.cmd'));
  const line = (tail) => `C:\\windows\\system32\\cmd.exe /c ""${file}" ${tail}"`;
  for (const [title, tail, own, code, word] of [
    ['a name with & that the shell cut', `${folder}\\R&D.csv`, [`${folder}\\R`], 1, 'R&D.csv'],
    ['the line of another file', `${folder}\\theirs.csv`, [`${folder}\\own.csv`], 1, 'own.csv'],
    ['no line: !', null, [`${folder}\\bang!x!.csv`], 1, 'bang!x!.csv'],
    ['no line: a wide space', null, [`${folder}\\全角　空白.csv`], 1, '全角　空白.csv'],
    ['nothing', null, [], 2, '重ねて'],
  ]) {
    const env = tail === null ? {} : { CMDCMDLINE: line(tail) };
    const { exitCode, stdout, stderr } = runCommandFile(scratch, 'check.cmd', own, { env });
    tell(exitCode === code && `${stdout}${stderr}`.includes(word), `check.cmd, ${title}: exit ${exitCode}`, [stdout, stderr]);
  }
}

const missing = prepareWine();
if (missing !== null) {
  console.log(`test:windows: skipped, ${missing}`);
  process.exit(0);
}
assertBuilt();
const scratch = mkdtempSync(join(tmpdir(), 'mimawari-windows-'));
try {
  const version = runWindows(scratch, ['--version']);
  const share = join(scratch, '共有');
  const { asOf, files } = layOut(share);
  cpSync(join(share, files.find(({ path }) => path.endsWith('.zip')).path), join(scratch, 'sample.zip'));
  const deep = addHardNames(share);
  console.log(
    `${version.stdout.split(/\r?\n/)[0]} with Node for Windows, ${readdirSync(share).length} folders, ${files.length} samples and ${HARD_NAMES.length + 1} hard names`,
  );
  const { lines } = compareSweeps(scratch, share, asOf);
  checkDescriptors(share, lines);
  checkPrivacy(join(scratch, 'windows'));
  showFigures(scratch);
  checkArguments(scratch, share, deep);
  checkCommandFiles(scratch);
  await checkConsole(scratch, share);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(failures === 0 ? 'All as on Linux.' : `${failures} DIFFERENCES.`);
process.exit(failures ? 1 : 0);
