// `npm test`: installs what is missing, builds where the sources changed, runs all tests, and ends with the line `N passed, N failed`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const inTop = { cwd: top, stdio: 'inherit', shell: process.platform === 'win32' };
if (!existsSync(join(top, 'node_modules', 'typescript'))) execFileSync('npm', ['ci', '--no-audit', '--no-fund'], inTop);
execFileSync(process.execPath, [join(top, 'test', 'tools', 'build.mjs'), '--if-stale'], inTop);

const results = join(top, '.cache', 'test-results.json');
mkdirSync(dirname(results), { recursive: true });
const vitest = join(top, 'node_modules', 'vitest', 'vitest.mjs');
const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: top, stdio: 'inherit' });
if (!existsSync(results)) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const { numPassedTests, numFailedTests, numPendingTests, numTotalTestSuites, success } = JSON.parse(readFileSync(results, 'utf8'));
// A test file that can't even be loaded counts as a failure though none of its tests ran.
const failed = numFailedTests + (success || numFailedTests > 0 ? 0 : 1);
console.log(`${numTotalTestSuites} groups of tests`);
console.log(`${numPassedTests} passed, ${failed} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''}`);
process.exit(failed > 0 || status !== 0 || numPassedTests === 0 ? 1 : 0);
