/** Who can read, by POSIX permissions alone. */
import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../../src/access/accounts.js';
import type { Directory } from '../../src/access/directory.js';
import { ACCESS_BOUNDS } from '../../src/access/exposure.js';
import { everybody, meet } from '../../src/access/passers.js';
import { entrantsOf, judgePosix, type Permission } from '../../src/access/posix-permission.js';
import { permission } from './posix-text.js';

function judge(path: string, groups: Directory, broadGroups: readonly string[] = []): ReturnType<typeof judgePosix> {
  const steps = path.split(' > ').map(permission);
  const gate = steps.slice(0, -1).reduce((above, folder) => meet(above, entrantsOf(folder, groups)), everybody(groups));
  return judgePosix(gate, steps.at(-1)!, groups, { ...ACCESS_BOUNDS, broadGroups });
}

const many = Array.from({ length: 44 }, (_, i) => `user${5100 + i}`);
const passwd = [
  'root:x:0:0:root:/root:/bin/sh',
  'taro:x:5001:6001::/:/bin/sh',
  'hanako:x:5002:6001::/:/bin/sh',
  'jiro:x:5003:6002::/:/bin/sh',
  ...many.map((name, i) => `${name}:x:${5100 + i}:6004::/:/bin/sh`),
  // Enough colleagues that no group of the table is half of all.
  ...Array.from({ length: 60 }, (_, i) => `staff${i}:x:${5300 + i}:6005::/:/bin/sh`),
].join('\n');
const group = ['root:x:0:', 'kacho:x:6001:', 'soumu:x:6002:', `zen:x:6003:${many.join(',')}`, 'a:x:6004:', 'b:x:6005:'].join('\n');
const groups = parseAccounts(passwd, group);

describe('rules', () => {
  it.each<[title: string, path: string, state: string, readers: number | null, reason: string]>([
    ['31 readers are too many', '0:0:755 > 5001:6003:640', 'open', 45, 'group zen: 45 readers > 30'],
    ['an unknown owner is one reader', '0:0:755 > 7777:6001:600', 'restricted', 1, 'owner alone: 1 reader'],
    [
      'a named user without an account here counts',
      '0:0:755 > 5001:6002:u::rw-,u:7777:r--,g::r--,m::r--,o::---',
      'restricted',
      3,
      'group soumu and 1 named user: 3 readers',
    ],
    ['the same unknown user on the way and at the file', '7777:6001:700 > 7777:6001:600', 'restricted', 1, 'owner alone: 1 reader'],
    [
      'an unknown user stopped on the way',
      '5001:6001:700 > 7777:6001:600',
      'restricted',
      0,
      'owner alone, but parents are closed to him: 0 readers',
    ],
    ['an unresolved group behind a closed folder', '0:6001:750 > 5001:6999:640', 'restricted', 2, 'group 6999: 1 to 2 readers'],
    [
      'an unresolved group on the way',
      '0:6999:750 > 5001:6001:644',
      'unknown',
      null,
      'mode 0644: nobody knows who is in group 6999; nobody is known to read it',
    ],
    ['a guest owns it', '0:0:755 > 65534:6001:600', 'open', null, 'mode 0600, readable by the guest account'],
    ['the guests may', '0:0:755 > 5001:65534:640', 'open', null, 'mode 0640, readable by the guest account'],
    [
      'readable by all behind a closed folder',
      '0:6001:750 > 0:0:644',
      'restricted',
      2,
      'readable by others, but parents are closed to them: 2 readers',
    ],
    [
      'no group bits silence the list, as in the kernel',
      '0:0:755 > 5001:6001:u::rw-,u:5003:---,g::---,m::---,o::r--',
      'open',
      null,
      'mode 0604, parents passable',
    ],
    [
      'the mask closes a named group',
      '0:0:755 > 5001:6001:u::rw-,g::r--,g:6003:rw-,m::-w-,o::---',
      'restricted',
      1,
      'owner alone: 1 reader',
    ],
  ])('%s', (_title, path, state, readers, reason) => {
    expect(judge(path, groups)).toMatchObject({ state, readers, reason });
  });

  it('half of at least ten known accounts is open, less is not, and system accounts are no staff', () => {
    const known = (n: number): Directory =>
      parseAccounts(
        ['daemon:x:1:1::/:/', ...Array.from({ length: n }, (_, i) => `p${i}:x:${2000 + i}:${i < 5 ? 3000 : 3001}::/:/`)].join('\n'),
        'half:x:3000:\nrest:x:3001:',
      );
    expect(judge('0:0:755 > 0:3000:640', known(10))).toMatchObject({
      state: 'open',
      readers: 5,
      reason: 'group half: 5 of 10 known accounts',
    });
    expect(judge('0:0:755 > 0:3000:640', known(11)).state).toBe('restricted');
    expect(judge('0:0:755 > 0:3000:640', known(9)).state).toBe('restricted');
  });

  it('a list that could not be read is never taken for a restriction', () => {
    const unread = (mode: number): Permission => ({ uid: 5001, gid: 6001, mode, acl: 'unreadable' });
    const gate = everybody(groups);
    expect(judgePosix(gate, unread(0o640), groups, ACCESS_BOUNDS)).toMatchObject({ state: 'unknown', readers: null });
    expect(judgePosix(gate, unread(0o644), groups, ACCESS_BOUNDS).state).toBe('open');
    expect(judgePosix(gate, unread(0o600), groups, ACCESS_BOUNDS)).toMatchObject({ state: 'restricted', readers: 1 });
    const behind = meet(gate, entrantsOf(unread(0o750), groups));
    expect(judgePosix(behind, { ...unread(0o644), acl: null }, groups, ACCESS_BOUNDS).state).toBe('unknown');
  });
});

describe('groups of the site that stand for everybody', () => {
  it.each([
    ['0:0:u::rwx,g::rwx,o::rwx > 5001:6001:u::rw-,g::r--,o::---', ['kacho'], 'open'],
    ['0:0:u::rwx,g::rwx,o::rwx > 5001:6001:u::rw-,g::r--,o::---', ['6001'], 'open'],
    ['0:0:u::rwx,g::rwx,o::rwx > 5001:6001:u::rw-,g::r--,o::---', ['soumu', 'no-such-group'], 'restricted'],
    ['0:0:u::rwx,g::rwx,o::rwx > 5001:6001:u::rw-,g::---,o::---', ['kacho'], 'restricted'],
    ['0:6001:u::rwx,g::--x,o::--- > 0:0:u::rw-,g::r--,o::r--', ['kacho'], 'open'],
  ])('%s with %j is %s', (path, broadGroups, state) => {
    expect(judge(path, groups, broadGroups).state).toBe(state);
  });
});
