/** The source over real files: held against the kernel, user by user, and over made-up answers of the host. */
import { lstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAccounts } from '../../src/access/accounts.js';
import { takePassers } from '../../src/access/exposure.js';
import { NO } from '../../src/access/passers.js';
import { type PosixHost, posixSource } from '../../src/access/posix.js';
import { type AclEntry, writePosixAcl } from '../../src/access/posix-acl.js';
import { createAccessSource, noSource } from '../../src/access/registry.js';
import { loadXattrs } from '../../src/access/xattr.js';
import type { Access, FileStat } from '../../src/model.js';
import type { AccessSource, FolderGate } from '../../src/parts.js';
import { statOf } from '../../src/walk/folder.js';
import { permission } from './posix-text.js';

const groups = parseAccounts('taro:x:5001:6001::/:/\nhanako:x:5002:6001::/:/', 'kacho:x:6001:');

function statWith(mode: number, uid = 5001, gid = 6001, dev = 1): FileStat {
  return { dev, ino: 9, mode, nlink: 1, uid, gid, sizeBytes: 1, modifiedMs: 0, changedMs: 0, accessedMs: 0, bornMs: 0 };
}

/** A host whose only attributes are `acl` (bytes or an errno) and what Samba keeps, and that counts how often it is asked for the first. */
function fakeHost(acl: Buffer | number, names: string[] = [], samba: Buffer | number = 61): PosixHost & { asked: number } {
  const host = {
    asked: 0,
    loadXattrs: () => ({
      get: (_path: string | Buffer, name: string) => {
        if (name === 'security.NTACL') return samba;
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
    expect(source.file(() => '/x/a', statWith(0o100604), gate).state).toBe('open');
    expect(source.file(() => '/x/b', statWith(0o100600), gate).state).toBe('restricted');
    expect(host.asked).toBe(0);
    expect(source.file(() => '/x/c', statWith(0o100640), gate)).toMatchObject({ state: 'restricted', readers: 2, source: 'posix-mode' });
    expect(host.asked).toBe(1);
  });

  it('reads the list of a file that others may read: it says who is shut out', () => {
    const { acl } = permission('5001:6001:u::rw-,u:5002:---,g::r--,m::r--,o::r--');
    const source = posixSource(groups, undefined, fakeHost(writePosixAcl(acl as readonly AclEntry[])));
    const gate = source.folder('/x', statWith(0o40700, 0, 0), null);
    const top = source.folder('/y', statWith(0o40705, 0, 0), null);
    expect(source.file(() => '/x/a', statWith(0o100644), gate).state).toBe('restricted');
    const access = source.file(() => '/y/a', statWith(0o100644), top);
    expect(access.state).toBe('open');
    expect(takePassers(access)!.flags[groups.subjectOf('u:5002')!]).toBe(NO);
  });

  it.each([
    ['no list of Samba', 61, ['smb'], 0o600, 'restricted'],
    ['one that could not be read', 13, ['smb'], 0o600, 'restricted'],
    ['a list that no share leads to', Buffer.of(4, 0), ['smb'], 0o600, 'unknown'],
    ['a list, and nobody comes by SMB', Buffer.of(4, 0), ['local'], 0o600, 'restricted'],
    ['a list beside an open file', Buffer.of(4, 0), ['smb'], 0o604, 'open'],
  ] as const)('Samba without a share that is known: %s', (_title, samba, paths, mode, state) => {
    const source = posixSource(groups, undefined, fakeHost(61, [], samba), { paths, shares: [], doubt: null });
    const gate = source.folder('/', statWith(0o40755, 0, 0), null);
    const stat = statWith(0o100000 | mode);
    const access = source.file(() => '/x', stat, gate);
    expect([access.state, state === 'unknown' && access.reason.includes('security.NTACL')]).toEqual([state, state === 'unknown']);
    expect(source.readers('/x', stat, gate)!.flags[1]).toBe({ restricted: 0, unknown: 1, open: 3 }[state]);
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

/** `npm run prove -- posix-kernel` does the same with more of them. */
const TREES = 300;
/** Few readers is never the question here: a file is open only when strangers or guests read it. */
const NO_BOUND = { readersMax: 1000, knownShare: 1, knownMin: 1000, broadGroups: [] };

const isRoot = process.getuid?.() === 0;
const base = mkdtempSync(join(tmpdir(), 'mimawari-access-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

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
  it(`${TREES} random trees of owners, modes and lists: the same readers, user by user`, async () => {
    const trees = await import(new URL('../tools/posix-trees.mjs', import.meta.url).href);
    const users: readonly { uid: number }[] = trees.USERS;
    const files: string[] = trees.makeTrees(base, TREES);
    const seen: string[] = [...users, ...trees.OTHERS].map((user) => trees.tryAs(user, files));
    const source = posixSource(parseAccounts(trees.PASSWD, trees.GROUP), NO_BOUND);
    const states = { open: 0, restricted: 0, unknown: 0 };
    const sums = new Set<number>();
    for (const [i, file] of files.entries()) {
      const access = answerFor(source, join(base, `t${i}`), file);
      states[access.state]++;
      if (access.readers !== null) sums.add(access.readers);
      const owner = statSync(file).uid;
      // An owner who gets there counts, because chmod is one step away.
      const reads = (u: number, uid: number): boolean => seen[u]![i] === 'r' || (seen[u]![i] === 's' && uid === owner);
      const readers = users.filter(({ uid }, u) => reads(u, uid)).length;
      const isOpen = reads(users.length, 61999) || reads(users.length + 1, 65534);
      expect([file, access.state === 'open', access.readers]).toEqual([file, isOpen, isOpen ? null : readers]);
    }
    expect(states.open).toBeGreaterThan(TREES / 20);
    expect(states.restricted).toBeGreaterThan(TREES / 4);
    expect(states.unknown).toBe(0);
    // The trees must differ in what they let through, or nothing was shown.
    expect([...sums].sort()).toEqual([0, 1, 2, 3, 4]);
  });
});
