import { describe, expect, it } from 'vitest';
import { GUEST, parseGroups } from '../../src/access/groups.js';

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

describe('parseGroups', () => {
  const groups = parseGroups(passwd, group);
  const names = (gid: number): string[] => [...groups.members(gid)].map((subject) => groups.subjects[subject]!.name);

  it('takes primary and named members, a name from a directory service too, never root', () => {
    expect(names(2000)).toEqual(['taro', 'hanako', 'ldapuser', 'guest']);
    expect(names(65534)).toEqual(['guest']);
    expect(names(0)).toEqual([]);
  });

  it('tells an empty group from one that nobody can resolve', () => {
    expect([groups.isResolved(2001), names(2001)]).toEqual([true, []]);
    expect([groups.isResolved(2999), names(2999)]).toEqual([false, ['hanako']]);
  });

  it('counts persons only once, and no system account among them', () => {
    expect(groups.subjects.filter((subject) => subject.isPerson).map((subject) => subject.name)).toEqual(['taro', 'hanako', 'ldapuser']);
    expect(groups.persons).toBe(3);
    expect(groups.subjectOfUid(65534)).toBe(GUEST);
  });

  it('names owners and groups', () => {
    expect([groups.ownerName(0), groups.ownerName(1001), groups.ownerName(4711)]).toEqual(['root', 'taro', null]);
    expect([groups.groupName(2000), groups.groupName(4711)]).toEqual(['soumu', null]);
  });

  it('knows nobody on a host without such files', () => {
    const none = parseGroups('', '');
    expect([none.persons, none.isResolved(1000), none.isResolved(0)]).toEqual([0, false, true]);
  });
});
