/**
 * `npm run prove -- NAME… [--keep]`: the long proofs, each a file of test/tools/prove/. Without a name it lists them. Each prints its figures beside the bound
 * and PASS or FAIL; the exit code is 1 when one fails. Big files lie in the system's folder for temporary files, and go with the proof unless --keep.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readParameters } from './parameters.mjs';
import { assertBuilt } from './run-program.mjs';

const FOLDER = new URL('./prove/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.slice(0, -4))
  .sort();
const load = (name) => import(new URL(`${name}.mjs`, FOLDER));

const USAGE =
  'npm run prove -- NAME… [--keep] [--small]   (--small: a tenth of the size, to try the proof itself; its result proves nothing)';
const { values, positionals } = readParameters(USAGE, {
  allowPositionals: true,
  options: { keep: { type: 'boolean' }, small: { type: 'boolean' } },
});

if (positionals.length === 0) {
  for (const name of names) console.log(`${name.padEnd(16)} ${(await load(name)).summary}`);
  console.log(`\n${USAGE}`);
  process.exit(0);
}
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length) {
  console.error(`no such proof: ${unknown.join(', ')}`);
  process.exit(2);
}
assertBuilt();

/** Runs one proof; true when every check held. */
async function run(name) {
  const { prove, summary } = await load(name);
  const scratch = mkdtempSync(join(tmpdir(), `mimawari-prove-${name}-`));
  const remove = () => rmSync(scratch, { recursive: true, force: true });
  const interrupted = () => {
    if (!values.keep) remove();
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  let passed = true;
  console.log(`\n${name}: ${summary}`);
  const check = (what, figure, bound, holds) => {
    passed &&= holds;
    console.log(`  ${holds ? 'ok  ' : 'FAIL'} ${what}: ${figure}   (bound: ${bound})`);
  };
  const say = (text) => console.log(`       ${text}`);
  try {
    // A size in full, or a tenth of it with --small.
    await prove({ scratch, check, say, scaled: (count) => (values.small ? Math.ceil(count / 10) : count) });
  } catch (error) {
    passed = false;
    console.log(`  FAIL ${error.stack ?? error}`);
  } finally {
    process.off('SIGINT', interrupted);
    if (values.keep) say(`kept: ${scratch}`);
    else remove();
  }
  console.log(`${passed ? 'PASS' : 'FAIL'} ${name}`);
  return passed;
}

let failures = 0;
for (const name of positionals) if (!(await run(name))) failures++;
process.exit(failures ? 1 : 0);
