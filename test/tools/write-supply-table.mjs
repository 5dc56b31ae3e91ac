// Writes src/supply-chain.md from package-lock.json. The days of releases are those that the registry tells; a mirror that tells none leaves what was known.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shippedPackages, shippedRuntimes, supplyTable } from './supply-chain.mjs';

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
const known = fileURLToPath(new URL('release-days.json', import.meta.url));
const days = JSON.parse(readFileSync(known, 'utf8'));
// `--ask` for all that the table has, `--ask NAME…` for some.
const at = process.argv.indexOf('--ask');
const asked = at < 0 ? [] : process.argv.slice(at + 1);
if (at >= 0)
  for (const { name, version } of [...shippedPackages(lock), ...shippedRuntimes()]) {
    const release = `${name}@${version}`;
    if (release in days || (asked.length > 0 && !asked.includes(name))) continue;
    const { stdout } = spawnSync('npm', ['view', release, 'time', '--json'], { encoding: 'utf8' });
    const day = stdout ? JSON.parse(stdout)?.[version]?.slice(0, 10) : undefined;
    if (day) days[release] = day;
  }
writeFileSync(known, `${JSON.stringify(Object.fromEntries(Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`);
writeFileSync(new URL('../../src/supply-chain.md', import.meta.url), supplyTable(lock, days));
