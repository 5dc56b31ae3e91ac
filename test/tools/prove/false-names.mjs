/**
 * Names and addresses found where hardly any are: Japanese manuals, documentation and law. The texts are public packages of Debian and npm, kept in .cache; whoever
 * is credited in them is a person all the same, so a name that stands in a line of credits is right.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { examineFiles, listFiles, loadBuild } from '../examine-files.mjs';
import { PROJECT } from '../run-program.mjs';

export const summary = 'Japanese manuals, documentation and law: at most 4 false names a MB, no address';

const DEBIAN = ['manpages-ja', 'debian-policy-ja', 'debian-reference-ja', 'libreoffice-help-ja'];
/** Titles of all laws in force, and pieces of many in its tests. */
const LAW = 'lawtext@0.1.52';
const PER_MB_MAX = 4;
const CREDIT = /@|訳|著|作者|作成|更新|校正|変更|copyright|author|\(c\)|謝/i;
const TEXT = /\.(?:html|txt|md|ts|tsx|json|[1-8]|gz)$/;

const run = (command, parameters, cwd) => spawnSync(command, parameters, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The folder of an unpacked package; null where it can't be had. */
function fetchDebian(folder, name) {
  const target = join(folder, name);
  if (existsSync(target)) return target;
  run('apt-get', ['download', '-qq', name], folder);
  const file = listFiles(folder).find((path) => path.startsWith(`${name}_`));
  return file && run('dpkg-deb', ['-x', file, target], folder).status === 0 ? target : null;
}

function fetchNpm(folder, name) {
  const target = join(folder, 'lawtext');
  if (existsSync(target)) return target;
  const packed = run('npm', ['pack', name, '--silent'], folder);
  if (packed.status !== 0) return null;
  mkdirSync(target);
  return run('tar', ['xzf', join(folder, packed.stdout.trim()), '-C', target], folder).status === 0 ? target : null;
}

const textOf = (file) => {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

const findingsOf = ({ findings, members }) => [...findings, ...members.flatMap(({ content }) => findingsOf(content))];

export async function prove({ check, say }) {
  const folder = join(PROJECT, '.cache', 'documentation');
  mkdirSync(folder, { recursive: true });
  const build = await loadBuild(PROJECT);
  for (const name of [...DEBIAN, LAW]) {
    const root = name === LAW ? fetchNpm(folder, name) : fetchDebian(folder, name);
    if (root === null) {
      say(`${name}: skipped, the package could not be fetched (apt-get download, dpkg-deb, npm pack)`);
      continue;
    }
    const files = listFiles(root).filter((path) => TEXT.test(path));
    const texts = files.map((path) => textOf(join(root, path)));
    const credits = texts.flatMap((text) => text.split('\n').filter((line) => CREDIT.test(line))).join('\n');
    const contents = await examineFiles(build, root, files, { asOfMs: Date.now(), unmask: true, workers: 2 });
    const found = [...contents.values()].flatMap(findingsOf).filter(({ confidence }) => confidence !== 'weak');
    const names = found.filter(({ kind }) => kind === 'name').map(({ value }) => value);
    const falses = names.filter((value) => !credits.includes(value));
    const addresses = found.filter(({ kind }) => kind === 'address').length;
    const megabytes =
      files.reduce((sum, path, at) => sum + (path.endsWith('.gz') ? texts[at].length : statSync(join(root, path)).size), 0) / 1e6;
    say(
      `${name}: ${files.length} files, ${megabytes.toFixed(1)} MB, ${names.length} names of whom ${names.length - falses.length} are credited`,
    );
    if (falses.length > 0) say(`taken for names: ${[...new Set(falses)].slice(0, 40).join(', ')}`);
    check(`${name}: false names a MB`, (falses.length / megabytes).toFixed(2), `≤ ${PER_MB_MAX}`, falses.length <= PER_MB_MAX * megabytes);
    check(`${name}: addresses`, addresses, 0, addresses === 0);
  }
}
