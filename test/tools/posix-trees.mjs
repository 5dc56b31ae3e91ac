/**
 * Random trees of owners, modes, POSIX lists and parents, and what the kernel lets each user do with the file at their end: the truth against which
 * answers about access are held. Root on Linux only.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createChance } from './seeded.mjs';

export const USERS = [
  { name: 'u61001', uid: 61001, groups: [62001] },
  { name: 'u61002', uid: 61002, groups: [62001, 62002] },
  { name: 'u61003', uid: 61003, groups: [62002, 62003] },
  { name: 'u61004', uid: 61004, groups: [62004] },
];
/** In no group that a file names; and the account of guests. */
export const OTHERS = [
  { name: 'other', uid: 61999, groups: [61999] },
  { name: 'guest', uid: 65534, groups: [65534] },
];
const GIDS = [62001, 62002, 62003, 62004];

/** In the form of passwd(5) and group(5). */
export const PASSWD = USERS.map(({ name, uid, groups }) => `${name}:x:${uid}:${groups[0]}::/:/`).join('\n');
export const GROUP = GIDS.map((gid) => {
  const members = USERS.filter(({ groups }) => groups.includes(gid)).map(({ name }) => name);
  return `g${gid}:x:${gid}:${members}`;
}).join('\n');

/** Tries each path as one user: `r` opened, `s` reached but not opened, `-` not reached. */
const CHILD = `process.setgroups(JSON.parse(process.argv[2])); process.setgid(JSON.parse(process.argv[2])[0]); process.setuid(+process.argv[1]);
const fs = require('fs');
console.log(fs.readFileSync(0, 'utf8').split('\\n').map((path) => {
  try { fs.closeSync(fs.openSync(path, 'r')); return 'r'; } catch { try { fs.statSync(path); return 's'; } catch { return '-'; } }
}).join(''));`;

export const ACL_ATTRIBUTE = 'system.posix_acl_access';

/** Throws where the file system keeps no such attribute. */
export function attributeSetter() {
  const koffi = createRequire(import.meta.url)('koffi');
  const set = koffi.load(null).func('lsetxattr', 'int', ['const char *', 'const char *', 'void *', 'size_t', 'int']);
  return (path, name, bytes) => {
    if (set(path, name, bytes, bytes.length, 0) !== 0) throw new Error(`${name} can't be set here: errno ${koffi.errno()}`);
  };
}

/** Entries `[tag, bits, id]` of a list in the order in which the kernel wants them. */
export function aclBytes(entries) {
  const bytes = Buffer.alloc(4 + entries.length * 8);
  bytes.writeUInt32LE(2, 0);
  for (const [i, [tag, bits, id]] of entries.entries()) {
    bytes.writeUInt16LE(tag, 4 + i * 8);
    bytes.writeUInt16LE(bits, 6 + i * 8);
    bytes.writeUInt32LE(id >>> 0, 8 + i * 8);
  }
  return bytes;
}

function randomAcl({ below }) {
  const named = (tag, ids) => ids.filter(() => below(3) === 0).map((id) => [tag, below(8), id]);
  const users = USERS.map(({ uid }) => uid);
  return aclBytes([
    [1, 6 | below(2), -1],
    ...named(2, users),
    [4, below(8), -1],
    ...named(8, GIDS),
    [16, below(8), -1],
    [32, below(8) & below(8), -1],
  ]);
}

/** @returns the files, each at the end of a tree `t0`, `t1`, … of its own below `base`, which all may enter then. */
export function makeTrees(base, count, seed = 20150508) {
  const chance = createChance(seed);
  const set = attributeSetter();
  const owners = [0, 65534, ...USERS.map(({ uid }) => uid)];
  const dress = (path) => {
    chownSync(path, chance.pick(owners), chance.pick(GIDS));
    chmodSync(path, chance.below(3) === 0 ? chance.below(512) : chance.pick([0o755, 0o750, 0o711, 0o705, 0o640, 0o644, 0o770]));
    if (chance.below(2) === 0) set(path, ACL_ATTRIBUTE, randomAcl(chance));
  };
  chmodSync(base, 0o755);
  return Array.from({ length: count }, (_, i) => {
    const top = join(base, `t${i}`);
    const folder = join(top, ...['a', 'b', 'c'].slice(chance.below(4)));
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'f');
    writeFileSync(file, 'x');
    dress(file);
    for (let path = folder; path !== base; path = dirname(path)) dress(path);
    return file;
  });
}

/** A letter a file: what the kernel lets this user do. */
export function tryAs({ uid, groups }, files) {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', CHILD, String(uid), JSON.stringify(groups)], {
    input: files.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (stderr !== '') throw new Error(stderr);
  return stdout.trimEnd();
}
