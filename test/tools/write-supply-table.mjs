// Writes src/supply-chain.md from package-lock.json. The days of releases are those that the registry tells; a mirror that tells none leaves what was known.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PURPOSES, supplyTable } from './supply-chain.mjs';

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
const known = fileURLToPath(new URL('release-days.json', import.meta.url));
const days = JSON.parse(readFileSync(known, 'utf8'));
if (process.argv.includes('--ask'))
  for (const name of Object.keys(PURPOSES)) {
    const { version, name: real = name } = lock.packages[`node_modules/${name}`];
    const { stdout } = spawnSync('npm', ['view', `${real}@${version}`, 'time', '--json'], { encoding: 'utf8' });
    const day = stdout ? JSON.parse(stdout)?.[version]?.slice(0, 10) : undefined;
    if (day) days[name] = day;
  }
writeFileSync(known, `${JSON.stringify(days, null, 2)}\n`);
writeFileSync(new URL('../../src/supply-chain.md', import.meta.url), supplyTable(lock, days));
