// Five million pairs of file and person: how long `reach` takes, and how much memory, on a share like an office's and on one made to be as bad as possible.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { composeInventory } from '../../../dist/src/cli/compose.js';
import { Store } from '../../../dist/src/inventory/store.js';
import { measureTree, megabytes } from '../measure.mjs';
import { PROGRAM } from '../run-program.mjs';
import { createChance } from '../seeded.mjs';

export const summary = 'reach over 5 million pairs of file and person: time and memory';

const ACCOUNTS = 3_000;
const SECONDS_MAX = 60;
const MEMORY_MB_MAX = 700;

/** @param readersOf of the nth file; @param personsOf its persons, numbers below 2^31. */
function makeInventory(path, files, readersOf, personsOf) {
  const store = Store.open(path);
  const { entries, readers, runs } = composeInventory(store);
  const accounts = Array.from({ length: ACCOUNTS }, (_, i) => ({ id: `u:${1000 + i}`, kind: 'account', name: `user${i}`, aliases: [] }));
  readers.keepAccounts(accounts);
  runs.start({ startedMs: 1, asOfMs: 2, version: 'x', policyHash: 'y', roots: ['/r'] });
  const root = entries.visitFolder(null, '/r');
  const access = new Map();
  let folder = root;
  let pairs = 0;
  for (let i = 0; i < files; i++) {
    if (i % 50 === 0) folder = entries.visitFolder(root, `d${i}`);
    const [key, told] = readersOf(i, accounts);
    if (!access.has(key))
      access.set(
        key,
        store.intern(
          'access',
          JSON.stringify({ state: 'open', source: 'posix-mode', broad: [], readers: null, reason: key, readerSet: readers.keep(told()) }),
        ),
      );
    const ids = BigUint64Array.from(new Set(personsOf(i)), (person) => createHash('md5').update(String(person)).digest().readBigUInt64LE());
    ids.sort();
    pairs += ids.length;
    const records = { four: ids.length, three: 0, two: 0, other: 0 };
    const outcome = store.intern(
      'outcome',
      JSON.stringify({
        format: 'csv',
        examined: 'full',
        problems: [],
        kinds: {},
        records,
        persons: {},
        password: { state: 'none', scheme: null },
        memberCount: 0,
      }),
    );
    let content = null;
    if (ids.length > 0) {
      content = store.write('INSERT INTO content(hash, outcome, from_path, findings) VALUES (NULL,?,0,?)', outcome, '[]');
      store.write('INSERT INTO person(content, run, seq, ids) VALUES (?,0,0,?)', content, new Uint8Array(ids.buffer));
    }
    entries.put(
      folder,
      { name: `f${i}`, state: 's', sort: 'file', sizeBytes: 1, modifiedMs: 1, accessedMs: 1, owner: null, access: access.get(key) },
      { outcome, content, hash: null, documentCreatedMs: null, documentSavedMs: null },
    );
    store.commitWhenDue(performance.now());
  }
  store.close();
  return { pairs, answers: access.size };
}

const only = (accounts) => ({ everybody: 0, guests: 0, differing: accounts.map((principal) => ({ principal, certainty: 3 })) });

/** Departments of 100 with a folder each, homes, a fifth open to all; a tenth of the files hold rosters of 50. */
function office(files) {
  const { next: random } = createChance(5);
  return [
    (i, accounts) => {
      const at = Math.floor(random() * 30);
      if (i % 5 === 0) return ['open', () => ({ everybody: 3, guests: 3, differing: [] })];
      if (i % 5 < 4) return [`department ${at}`, () => only(accounts.slice(at * 100, at * 100 + 100))];
      const owner = Math.floor(random() * ACCOUNTS);
      return [`home ${owner}`, () => only([accounts[owner]])];
    },
    (i) => (i % 10 === 0 ? Array.from({ length: Math.round(5e7 / files) }, () => Math.floor(random() * 1_500_000)) : []),
  ];
}

/** Every person in five homes of a thousand, picked by lot: nearly as many combinations as persons. */
function scattered(files) {
  const { next: random } = createChance(6);
  return [
    (i, accounts) => [`home ${i % 1000}`, () => only([accounts[i % 1000]])],
    () => Array.from({ length: Math.round(5e6 / files) }, () => Math.floor(random() * 1_000_000)),
  ];
}

/** Groups of 300 that overlap at random, and persons in five of them. */
function overlapping(files) {
  const { next: random } = createChance(7);
  return [
    (i, accounts) => [`group ${i % 500}`, () => only(accounts.filter(() => random() < 0.1))],
    () => Array.from({ length: Math.round(5e6 / files) }, () => Math.floor(random() * 1_000_000)),
  ];
}

export async function prove({ scratch, check, say, scaled }) {
  for (const [name, files, make] of [
    ['an office', 1_000_000, office],
    ['scattered', 100_000, scattered],
    ['overlapping groups', 100_000, overlapping],
  ]) {
    const path = join(scratch, `${name}.db`);
    const { pairs, answers } = makeInventory(path, scaled(files), ...make(files));
    const { exitCode, cpuS, wallS, peakPssBytes } = await measureTree(process.execPath, [PROGRAM, 'reach', '--inventory', path, '--json']);
    say(`${name}: ${scaled(files)} files, ${pairs} pairs, ${ACCOUNTS} accounts, ${answers} distinct answers`);
    check(`${name}: exit code`, exitCode, '0', exitCode === 0);
    check(
      `${name}: time`,
      `${cpuS.toFixed(1)} s of CPU, ${wallS.toFixed(1)} s by the clock`,
      `${SECONDS_MAX} s of CPU`,
      cpuS <= SECONDS_MAX,
    );
    check(`${name}: memory`, `${megabytes(peakPssBytes)} MB`, `${MEMORY_MB_MAX} MB`, megabytes(peakPssBytes) <= MEMORY_MB_MAX);
  }
}
