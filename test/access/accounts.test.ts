import { describe, expect, it } from 'vitest';
import { accountRecords, parseAccounts } from '../../src/access/accounts.js';
import { GUEST } from '../../src/access/directory.js';
import { gidOf, uidOf } from '../../src/access/principal.js';

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
