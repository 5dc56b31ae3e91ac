/**
 * `npm run bench -- --only access [--access-files 1000000]`: the CPU that access adds to a walk, for each file, over files with 500 distinct permissions: by
 * POSIX lists, by getfattr in place of the native library, and behind a Samba share with stored NT lists; beside `getfacl -R` and `find -printf` over
 * the same files in the same run. Each figure is the best of three. Root on Linux only.
 */
import { closeSync, fchmodSync, fchownSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sysAclBlob } from '../../dist/src/access/nt/sys-acl-blob.js';
import { parsePosixAcl } from '../../dist/src/access/posix-acl.js';
import { measureTree } from './measure.mjs';
import { packStoredAcl } from './pack-ntacl.mjs';
import { ACL_ATTRIBUTE, aclBytes, attributeSetter } from './posix-trees.mjs';
import { createChance } from './seeded.mjs';

const WALK = fileURLToPath(new URL('./bench-access-walk.mjs', import.meta.url));
const FILES_A_FOLDER = 1_000;
const DISTINCT = 500;
const TURNS = 3;
/** What access may add to a sweep. */
const BOUND_US = 20;

/** As in bench-access-walk.mjs. */
const ACCOUNTS = 1_000;
const GROUPS = 100;
const FIRST_ID = 60_000;

/** Owner, group, mode, POSIX list and stored NT list: half of them with a list of named entries. */
function permissions(count) {
  const chance = createChance(20150508);
  const someone = () => FIRST_ID + chance.below(ACCOUNTS);
  const group = () => FIRST_ID + chance.below(GROUPS);
  return Array.from({ length: count }, (_, i) => {
    const [uid, gid, named] = [someone(), group(), i % 2 === 0];
    const mode = named ? 0o660 : chance.pick([0o640, 0o660, 0o600, 0o644]);
    const [one, two] = [someone(), someone()].sort((a, b) => a - b);
    const entries = [
      [1, 6, -1],
      [2, 4, one],
      [2, 6, two],
      [4, 4, -1],
      [8, 4, group()],
      [16, 6, -1],
      [32, 0, -1],
    ];
    const acl = named && one !== two ? aclBytes(entries) : null;
    const access = acl === null ? null : parsePosixAcl(acl);
    const blob = sysAclBlob({ mode: 0o100000 | mode, uid, gid, access, inherited: null });
    const aces = [`S-1-22-1-${uid}`, `S-1-22-2-${gid}`, `S-1-22-2-${group()}`, `S-1-22-1-${someone()}`].map((sid) => [0, 0x1200a9, sid]);
    return { uid, gid, mode, acl, ntacl: packStoredAcl(`S-1-22-1-${uid}`, `S-1-22-2-${gid}`, aces, blob) };
  });
}

function makeFiles(root, count) {
  const set = attributeSetter();
  const distinct = permissions(DISTINCT);
  for (let at = 0; at < count; at++) {
    const folder = join(root, String(Math.floor(at / FILES_A_FOLDER)));
    if (at % FILES_A_FOLDER === 0) mkdirSync(folder, { recursive: true });
    const path = join(folder, `文書${at}.xlsx`);
    const { uid, gid, mode, acl, ntacl } = distinct[(at * 7) % DISTINCT];
    const file = openSync(path, 'w');
    fchownSync(file, uid, gid);
    fchmodSync(file, mode);
    closeSync(file);
    if (acl !== null) set(path, ACL_ATTRIBUTE, acl);
    set(path, 'security.NTACL', ntacl);
  }
}

async function best(command, parameters) {
  let least = null;
  for (let turn = 0; turn < TURNS; turn++) {
    const run = await measureTree(command, parameters, { sampleMs: 1_000 });
    if (run.exitCode !== 0) throw new Error(`${command} ended with ${run.exitCode}: ${run.stderr.slice(0, 500)}`);
    if (least === null || run.cpuS < least.cpuS) least = run;
  }
  return least;
}

export async function benchAccess(scratch, count) {
  if (process.getuid() !== 0) {
    console.log('access: needs root, to make files of many owners: left out');
    return;
  }
  const root = join(scratch, 'access');
  console.log(`access: ${count} files, ${DISTINCT} distinct permissions, ${ACCOUNTS} accounts; best of ${TURNS}`);
  makeFiles(root, count);
  const runs = {
    walk: [process.execPath, [WALK, 'none', root]],
    posix: [process.execPath, [WALK, 'posix', root]],
    samba: [process.execPath, [WALK, 'samba', root]],
    getfattr: [process.execPath, [WALK, 'getfattr', root]],
    getfacl: ['sh', ['-c', 'getfacl -R -p -n "$1" >/dev/null', 'sh', root]],
    find: ['sh', ['-c', 'find "$1" -printf "%m %U %G %s %T@ %p\\n" >/dev/null', 'sh', root]],
  };
  const measured = {};
  for (const [name, [command, parameters]] of Object.entries(runs)) measured[name] = await best(command, parameters);
  const perFile = (seconds) => (1e6 * seconds) / count;
  const show = (title, { cpuS, wallS, stdout }, added) =>
    console.log(
      `  ${title.padEnd(44)}${perFile(cpuS).toFixed(2).padStart(8)} µs CPU a file${String(Math.round(count / wallS)).padStart(10)} files/s${added === undefined ? '' : `   access adds ${perFile(added).toFixed(2)} µs (bound ${BOUND_US}: ${perFile(added) <= BOUND_US ? 'ok' : 'MISSED'})`}  ${stdout.trim()}`,
    );
  const added = (name) => measured[name].cpuS - measured.walk.cpuS;
  show('mimawari, walk alone', measured.walk);
  show('mimawari, walk and POSIX access', measured.posix, added('posix'));
  show('mimawari, walk and Samba access (NT lists)', measured.samba, added('samba'));
  show('mimawari, walk and access by getfattr', measured.getfattr, added('getfattr'));
  show('getfacl -R -p -n', measured.getfacl);
  show('find -printf', measured.find);
}
