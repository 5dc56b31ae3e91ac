/** The source over real files: held against the kernel, user by user, and over made-up answers of the host. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAccounts } from '../../src/access/accounts.js';
import { type PosixHost, posixSource } from '../../src/access/posix.js';
import { createAccessSource, noSource } from '../../src/access/registry.js';
import { loadXattrs } from '../../src/access/xattr.js';
import type { Access, FileStat } from '../../src/model.js';
import type { AccessSource, FolderGate } from '../../src/parts.js';
import { statOf } from '../../src/walk/folder.js';

const groups = parseAccounts('taro:x:5001:6001::/:/\nhanako:x:5002:6001::/:/', 'kacho:x:6001:');

function statWith(mode: number, uid = 5001, gid = 6001, dev = 1): FileStat {
  return { dev, ino: 9, mode, nlink: 1, uid, gid, sizeBytes: 1, modifiedMs: 0, changedMs: 0, accessedMs: 0, bornMs: 0 };
}

/** A host whose only attribute is `acl` (bytes or an errno), and that counts how often it is asked. */
function fakeHost(acl: Buffer | number, names: string[] = []): PosixHost & { asked: number } {
  const host = {
    asked: 0,
    loadXattrs: () => ({
      get: () => {
        host.asked++;
        return acl;
      },
      list: () => names,
    }),
    mounts: { syntheticType: (dev: number) => (dev === 2 ? 'cifs' : null) },
  };
  return host;
}

function ask(source: AccessSource, file: FileStat, folder = statWith(0o40755, 0, 0)): Access {
  return source.file(() => '/x/y', file, source.folder('/x', folder, null));
}

describe('posixSource', () => {
  it('reads no list where the mode decides', () => {
    const host = fakeHost(61);
    const source = posixSource(groups, undefined, host);
    const gate = source.folder('/x', statWith(0o40755, 0, 0), null);
    host.asked = 0;
    expect(source.file(() => '/x/a', statWith(0o100644), gate).state).toBe('open');
    expect(source.file(() => '/x/b', statWith(0o100600), gate).state).toBe('restricted');
    expect(host.asked).toBe(0);
    expect(source.file(() => '/x/c', statWith(0o100640), gate)).toMatchObject({ state: 'restricted', readers: 2, source: 'posix-mode' });
    expect(host.asked).toBe(1);
  });

  it('gives the same object for equal permissions, and equal gates one key', () => {
    const source = posixSource(groups, undefined, fakeHost(61));
    const top = source.folder('/x', statWith(0o40755, 0, 0), null);
    const below = source.folder('/x/y', statWith(0o40711, 5001, 6001), top);
    expect(below.key).toBe(top.key);
    expect(source.folder('/x/z', statWith(0o40750), top).key).not.toBe(top.key);
    expect(source.file(() => '/x/a', statWith(0o100640), below)).toBe(source.file(() => '/x/b', statWith(0o100640), top));
  });

  it.each([
    ['EACCES', 13],
    ['a damaged list', Buffer.from('nonsense')],
  ])('answers unknown, never the mode as it is, on %s', (_title, answer) => {
    expect(ask(posixSource(groups, undefined, fakeHost(answer)), statWith(0o100640))).toMatchObject({ state: 'unknown', readers: null });
  });

  it('takes the mode as exact on a file system without lists', () => {
    expect(ask(posixSource(groups, undefined, fakeHost(95)), statWith(0o100640)).state).toBe('restricted');
  });

  it('answers unknown without the native library, unless the mode alone decides', () => {
    const source = posixSource(groups, undefined, { ...fakeHost(61), loadXattrs: () => null });
    expect([0o644, 0o640, 0o600].map((mode) => ask(source, statWith(0o100000 | mode)).state)).toEqual(['open', 'unknown', 'restricted']);
  });

  it.each(['system.nfs4_acl', 'system.nfs4_acl_xdr', 'system.richacl', 'system.syno_acl_self', 'trusted.SGI_ACL_FILE'])(
    'answers unknown below a list of the sort %s',
    (name) => {
      expect(ask(posixSource(groups, undefined, fakeHost(61, [name])), statWith(0o100600))).toMatchObject({
        state: 'unknown',
        source: 'none',
        reason: `acl-format: ${name}`,
      });
    },
  );

  it('knows the second name that XFS shows for a POSIX list', () => {
    const source = posixSource(groups, undefined, fakeHost(61, ['trusted.SGI_ACL_FILE', 'system.posix_acl_access']));
    expect(ask(source, statWith(0o100600)).state).toBe('restricted');
  });

  it('answers unknown on a mount whose permissions are made up, and in all folders below', () => {
    const source = posixSource(groups, undefined, fakeHost(61));
    const gate = source.folder('/x/y', statWith(0o40755, 0, 0, 2), source.folder('/x', statWith(0o40755, 0, 0, 2), null));
    expect(source.file(() => '/x/y/z', statWith(0o100644, 5001, 6001, 2), gate)).toMatchObject({ state: 'unknown', source: 'none' });
  });

  it('has an answer where no source is: unknown, with the reason', () => {
    const source = noSource('nothing here');
    expect(ask(source, statWith(0o100644))).toMatchObject({ state: 'unknown', source: 'none', reason: 'nothing here' });
    expect(createAccessSource(groups).id).toBe(process.platform === 'linux' ? 'posix' : 'none');
  });
});

// ---- against the kernel -----------------------------------------------------------------------------------------------------

const USERS = [
  { uid: 61001, groups: [62001] },
  { uid: 61002, groups: [62001, 62002] },
  { uid: 61003, groups: [62002, 62003] },
  { uid: 61004, groups: [62004] },
];
const STRANGER = { uid: 61999, groups: [61999] };
const KERNEL_GROUPS = parseAccounts(
  USERS.map((user) => `u${user.uid}:x:${user.uid}:${user.groups[0]}::/:/`).join('\n'),
  [62001, 62002, 62003, 62004]
    .map((gid) => `g${gid}:x:${gid}:${USERS.filter((user) => user.groups.includes(gid)).map((user) => `u${user.uid}`)}`)
    .join('\n'),
);
const TREES = 300;
/** Few readers is never the question here: a file is open only when strangers or guests read it. */
const NO_BOUND = { readersMax: 1000, knownShare: 1, knownMin: 1000, broadGroups: [] };

/** Tries each path as one user: `r` opened, `s` reached but not opened, `-` not reached. */
const CHILD = `process.setgroups(JSON.parse(process.argv[2])); process.setgid(JSON.parse(process.argv[2])[0]); process.setuid(+process.argv[1]);
const fs = require('fs');
console.log(fs.readFileSync(0, 'utf8').split('\\n').map((path) => {
  try { fs.closeSync(fs.openSync(path, 'r')); return 'r'; } catch { try { fs.statSync(path); return 's'; } catch { return '-'; } }
}).join(''));`;

const isRoot = process.getuid?.() === 0;
const base = mkdtempSync(join(tmpdir(), 'mimawari-access-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Park and Miller's generator: the same trees in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function aclBytes(random: (below: number) => number): Buffer {
  const perm = (): number => random(8);
  const named = (tag: number, ids: number[]): number[][] => ids.filter(() => random(3) === 0).map((id) => [tag, perm(), id]);
  const entries = [
    [1, 6 | random(2), -1],
    ...named(
      2,
      USERS.map((user) => user.uid),
    ),
    [4, perm(), -1],
    ...named(8, [62001, 62002, 62003, 62004]),
    [16, perm(), -1],
    [32, perm() & perm(), -1],
  ];
  const bytes = Buffer.alloc(4 + entries.length * 8);
  bytes.writeUInt32LE(2, 0);
  for (const [i, [tag, bits, id]] of entries.entries()) {
    bytes.writeUInt16LE(tag!, 4 + i * 8);
    bytes.writeUInt16LE(bits!, 6 + i * 8);
    bytes.writeUInt32LE(id! >>> 0, 8 + i * 8);
  }
  return bytes;
}

function setterOfAcls(): (path: string, acl: Buffer) => void {
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi').default;
  const set = koffi.load(null).func('lsetxattr', 'int', ['const char *', 'const char *', 'void *', 'size_t', 'int']);
  return (path, acl) => {
    if (set(path, 'system.posix_acl_access', acl, acl.length, 0) !== 0) throw new Error(`no ACL can be set here: errno ${koffi.errno()}`);
  };
}

function makeTree(top: string, random: (below: number) => number, setAcl: (path: string, acl: Buffer) => void): string {
  const owners = [0, ...USERS.map((user) => user.uid)];
  const dress = (path: string): void => {
    chownSync(path, owners[random(owners.length)]!, 62001 + random(4));
    chmodSync(path, random(3) === 0 ? random(512) : [0o755, 0o750, 0o711, 0o705, 0o640, 0o644, 0o770][random(7)]!);
    if (random(2) === 0) setAcl(path, aclBytes(random));
  };
  const folders = ['a', 'b'].slice(random(3));
  const folder = join(top, ...folders);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'f');
  writeFileSync(file, 'x');
  dress(file);
  for (let path = folder; path !== dirname(top); path = dirname(path)) dress(path);
  return file;
}

function answerFor(source: AccessSource, top: string, file: string): Access {
  let gate: FolderGate | null = null;
  let path = top;
  for (const part of dirname(file).slice(top.length).split('/')) {
    path = part === '' ? path : join(path, part);
    gate = source.folder(path, statOf(lstatSync(path)), gate);
  }
  return source.file(() => file, statOf(lstatSync(file)), gate!);
}

describe.skipIf(!isRoot || loadXattrs() === null)('against the kernel (as root on Linux; skipped elsewhere)', () => {
  it(`${TREES} random trees of owners, modes and lists: the same readers, user by user`, () => {
    chmodSync(base, 0o755);
    const setAcl = setterOfAcls();
    const random = randomFrom(20150508);
    const files = Array.from({ length: TREES }, (_, i) => makeTree(join(base, `t${i}`), random, setAcl));
    const seen = [...USERS, STRANGER].map((user) => {
      const run = spawnSync(process.execPath, ['-e', CHILD, String(user.uid), JSON.stringify(user.groups)], {
        input: files.join('\n'),
        encoding: 'utf8',
      });
      expect(run.stderr).toBe('');
      return run.stdout.trimEnd();
    });
    const source = posixSource(KERNEL_GROUPS, NO_BOUND);
    const states = { open: 0, restricted: 0, unknown: 0 };
    const sums = new Set<number>();
    for (const [i, file] of files.entries()) {
      const access = answerFor(source, join(base, `t${i}`), file);
      states[access.state]++;
      if (access.readers !== null) sums.add(access.readers);
      const owner = statSync(file).uid;
      // An owner who gets there counts, because chmod is one step away.
      const readers = USERS.filter((user, u) => seen[u]![i] === 'r' || (seen[u]![i] === 's' && user.uid === owner)).length;
      const strangerReads = seen.at(-1)![i] === 'r';
      expect([file, access.state === 'open', access.readers]).toEqual([file, strangerReads, strangerReads ? null : readers]);
    }
    expect(states.open).toBeGreaterThan(TREES / 20);
    expect(states.restricted).toBeGreaterThan(TREES / 4);
    expect(states.unknown).toBe(0);
    // The trees must differ in what they let through, or nothing was shown.
    expect([...sums].sort()).toEqual([0, 1, 2, 3, 4]);
  });
});
