/** Who can read by POSIX mode, parents and list: the answer for every user equals what the kernel does when a child that is that user opens the file. */
import { lstatSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAccounts } from '../../../dist/src/access/accounts.js';
import { liveMounts } from '../../../dist/src/access/mounts.js';
import { posixSource } from '../../../dist/src/access/posix.js';
import { loadXattrs } from '../../../dist/src/access/xattr.js';
import { toolXattrs } from '../../../dist/src/access/xattr-tools.js';
import { runTool } from '../../../dist/src/cli/tools.js';
import { statOf } from '../../../dist/src/walk/folder.js';
import { GROUP, makeTrees, OTHERS, PASSWD, tryAs, USERS } from '../posix-trees.mjs';

export const summary =
  '2,000 random trees of users, groups, modes, lists and parents: the same readers as the kernel, user by user (as root on Linux)';

/** Few readers is never the question here: a file is open only when strangers or guests read it. */
const NO_BOUND = { readersMax: 1000, knownShare: 1, knownMin: 1000, broadGroups: [] };
const PROVEN = 3;

function answers(directory, host, files, base) {
  const source = posixSource(directory, NO_BOUND, host);
  return files.map((file) => {
    let gate = null;
    let path = base;
    for (const part of dirname(file)
      .slice(base.length + 1)
      .split('/')) {
      path = join(path, part);
      gate = source.folder(path, statOf(lstatSync(path)), gate);
    }
    const stat = statOf(lstatSync(file));
    return { access: source.file(() => file, stat, gate), flags: source.readers(file, stat, gate)?.flags };
  });
}

export async function prove({ scratch, check, say, scaled }) {
  if (process.platform !== 'linux' || process.getuid() !== 0 || loadXattrs() === null) {
    say('needs root on Linux and the native library: skipped');
    return;
  }
  const count = scaled(2_000);
  const files = makeTrees(scratch, count);
  const directory = parseAccounts(PASSWD, GROUP);
  const people = [...USERS, ...OTHERS];
  const places = people.map(({ name, uid }) => (name === 'other' ? 1 : directory.subjectOf(`u:${uid}`)));
  const seen = people.map((user) => tryAs(user, files));
  const ways = { 'by the native library': loadXattrs, 'by getfattr': () => toolXattrs(runTool) };
  for (const [way, load] of Object.entries(ways)) {
    if (load() === null) {
      say(`${way}: not there, skipped`);
      continue;
    }
    const began = performance.now();
    const all = answers(directory, { loadXattrs: load, mounts: liveMounts() }, files, scratch);
    const states = { open: 0, restricted: 0, unknown: 0 };
    let equal = 0;
    for (const [i, { access, flags }] of all.entries()) {
      const owner = statSync(files[i]).uid;
      states[access.state]++;
      for (const [u, { uid, name }] of people.entries()) {
        // An owner who gets there counts, because chmod is one step away.
        const reads = seen[u][i] === 'r' || (seen[u][i] === 's' && uid === owner);
        if (flags?.[places[u]] === (reads ? PROVEN : 0)) equal++;
        else say(`${files[i]} ${name}: kernel ${seen[u][i]}, answer ${flags?.[places[u]]}, ${access.reason}`);
      }
    }
    check(`trees × users, ${way}`, `${equal} of ${count * people.length} equal`, 'all', equal === count * people.length);
    const readBy = (i) => people.map(({ uid }, u) => seen[u][i] === 'r' || (seen[u][i] === 's' && uid === statSync(files[i]).uid));
    const isOpen = all.filter(({ access }, i) => (access.state === 'open') === readBy(i).slice(USERS.length).includes(true)).length;
    check(`open where strangers or guests read, ${way}`, `${isOpen} of ${count}`, 'all', isOpen === count);
    check(
      'answers of each sort',
      JSON.stringify(states),
      'open and restricted each > 5 %, none unknown',
      states.unknown === 0 && states.open > count / 20 && states.restricted > count / 20,
    );
    say(`${way}: ${((1000 * (performance.now() - began)) / count).toFixed(0)} µs a tree`);
  }
}
