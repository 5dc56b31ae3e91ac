import { describe, expect, it } from 'vitest';
import { accountRecords, accountsOf, groupsOf, parseAccounts } from '../../src/access/accounts.js';
import { mergeRecords } from '../../src/access/directories/merge.js';
import { type Directory, GUEST } from '../../src/access/directory.js';
import { ACCESS_BOUNDS } from '../../src/access/exposure.js';
import { createDirectory } from '../../src/access/known-directory.js';
import { everybody } from '../../src/access/passers.js';
import { judgePosix, readersOf } from '../../src/access/posix-permission.js';
import { gidOf, uidOf } from '../../src/access/principal.js';
import { permission } from './posix-text.js';

const passwd = `root:x:0:0:root:/root:/bin/bash
www-data:x:33:33::/:/
nobody:x:65534:65534::/:/
# a comment
taro:x:1001:2000:山田 太郎:/home/taro:/bin/sh
hanako:x:1002:2999::/:/
twin:x:1001:2000::/:/
+nis::::::
broken line
odd:x:minus:1:::
`;
const group = `root:x:0:
soumu:x:2000:hanako,ldapuser,root, nobody
empty:x:2001:
+:::
`;

describe('parseAccounts', () => {
  const groups = parseAccounts(passwd, group);
  const names = (gid: number): string[] => [...groups.group(gidOf(gid)).members].map((subject) => groups.subjects[subject]!.name);

  it('takes primary and named members, a name from a directory service too, never root', () => {
    expect(names(2000)).toEqual(['taro', 'hanako', 'ldapuser', 'guest']);
    expect(names(65534)).toEqual(['guest']);
    expect(names(0)).toEqual([]);
  });

  it('tells an empty group from one that nobody can resolve', () => {
    expect([groups.group(gidOf(2001)).isResolved, names(2001)]).toEqual([true, []]);
    expect([groups.group(gidOf(2999)).isResolved, names(2999)]).toEqual([false, ['hanako']]);
  });

  it('counts persons only once, and no system account among them', () => {
    expect(groups.subjects.filter((subject) => subject.isPerson).map((subject) => subject.name)).toEqual(['taro', 'hanako', 'ldapuser']);
    expect(groups.persons).toBe(3);
    expect(groups.subjectOf(uidOf(65534))).toBe(GUEST);
  });

  it('names owners and groups', () => {
    expect([0, 1001, 4711].map((uid) => groups.nameOf(uidOf(uid)))).toEqual(['root', 'taro', null]);
    expect([2000, 4711].map((gid) => groups.nameOf(gidOf(gid)))).toEqual(['soumu', null]);
  });

  it('knows nobody on a host without such files', () => {
    const none = parseAccounts('', '');
    expect([none.persons, none.group(gidOf(1000)).isResolved, none.group(gidOf(0)).isResolved]).toEqual([0, false, true]);
  });
});

it('knows the homes of persons, not those of the system, which may be the top folder', () => {
  const passwd =
    'net:x:998:998::/:/\nnobody:x:65534:65534::/nonexistent:/\nsato:x:4001:4500::/home/sato:/bin/sh\nito:x:4002:4500::/:/\nx:x:4003:1:::/\n';
  expect([...accountRecords(passwd, '').homes]).toEqual([['sato', '/home/sato']]);
});

describe('two names of one number', () => {
  const passwd = 'a:x:1001:2000::/:/\nb:x:1001:2001::/:/\nc:x:1001:2001::/:/\n';
  const group = 'own:x:2000:\nother:x:2001:\nshut:x:2002:a\n';
  const sources = { accounts: [...accountsOf(passwd)], groups: [...groupsOf(group)] };
  // SIDs of Samba's own accounts go to the login of their name.
  const samba = [{ name: 'b', ids: ['u:1001', 'S-1-5-21-1-2-3-1001'] }];
  for (const [name, directory] of [
    ['of this host', parseAccounts(passwd, group)],
    ['of files that a policy names', createDirectory(mergeRecords([sources], false))],
    ['with accounts of Samba', createDirectory({ ...sources, accounts: [...sources.accounts, ...samba] })],
  ] as const) {
    it(`are read by the groups of each: ${name}`, () => {
      expect(directory.subjects.map((subject) => subject.name)).toEqual(['guest', 'other', 'a', 'b']);
      const answer = (text: string): [state: string, readers: number | null] => {
        const access = judgePosix(everybody(directory), permission(text), directory, ACCESS_BOUNDS);
        return [access.state, access.readers];
      };
      // The group of one login denies, and others may read: the other login does.
      expect(flagsOf(directory, '5000:2002:u::rw-,g::---,o::r--')).toEqual([3, 3, 0, 3]);
      expect(flagsOf(directory, '5000:2001:u::rw-,g:2002:---,g::r--,m::r--,o::---')).toEqual([0, 0, 0, 3]);
      expect(answer('1001:2002:u::rw-,g::---,o::---')).toEqual(['restricted', 2]);
      expect(answer('5000:2001:u::rw-,g:2002:---,g::r--,m::r--,o::---')).toEqual(['restricted', 2]);
    });
  }

  it('have a SID each', () => {
    const directory = createDirectory({ ...sources, accounts: [...sources.accounts, ...samba] });
    expect([directory.subjectOf('u:1001'), directory.subjectOf('S-1-5-21-1-2-3-1001')]).toEqual([2, 3]);
  });

  function flagsOf(directory: Directory, text: string): number[] {
    return [...readersOf(permission(text), directory).flags];
  }
});
