/** Directories from LDIF: the syntax of RFC 2849, and what Active Directory and Unix put into it. */
import { describe, expect, it } from 'vitest';
import { canonicalDn } from '../../../src/access/directories/dn.js';
import { readLdif } from '../../../src/access/directories/ldap-records.js';
import { ldifEntries } from '../../../src/access/directories/ldif.js';
import type { Directory } from '../../../src/access/directory.js';
import { createDirectory } from '../../../src/access/known-directory.js';
import { ended, exportFile, faultOf, sidBytes } from '../../kit/export-file.js';

const DOMAIN = 'S-1-5-21-1004336348-1177238915-682003330';
const BASE = 'DC=city,DC=example';
const b64 = (text: string | Buffer): string => Buffer.from(text as string).toString('base64');
const sid = (rid: number): string => `objectSid:: ${b64(sidBytes(`${DOMAIN}-${rid}`))}`;

function user(name: string, rid: number, more: string[] = []): string {
  return [
    `dn: CN=${name},OU=staff,${BASE}`,
    'changetype: add',
    'objectClass: top',
    'objectClass: user',
    `sAMAccountName: ${name}`,
    'userAccountControl: 512',
    'primaryGroupID: 513',
    sid(rid),
    ...more,
    '',
    '',
  ].join('\r\n');
}

function group(name: string, rid: number, members: string[]): string {
  return [`dn: CN=${name},OU=groups,${BASE}`, 'objectClass: group', `sAMAccountName: ${name}`, sid(rid), ...members, '', ''].join('\r\n');
}

const directoryOf = (text: string, complete: string[] = []): Directory =>
  createDirectory(readLdif(exportFile(text, 'utf8', 4096), complete));

function membersOf(directory: Directory, rid: number): [string[], boolean] {
  const { members, isResolved } = directory.group(`${DOMAIN}-${rid}`);
  return [[...members].map((place) => directory.subjects[place]!.name).sort(), isResolved];
}

describe('ldifEntries', () => {
  it('unfolds lines, decodes base64, keeps options, passes over comments and blocks without a name', () => {
    const text =
      'version: 1\n\n# a comment\n that goes on\ndn:: Q049\n 5bGx55Sw\nmember;range=0-1499: CN=a\n  b\nphoto:< file:///x\nempty:\n\n# refs\nref: ldap://x\n\nresult: 0 Success\n';
    expect([...ldifEntries(exportFile(text))]).toEqual([
      {
        dn: 'CN=山田',
        line: 5,
        attributes: [
          { name: 'member', options: ['range=0-1499'], value: { text: 'CN=a b', bytes: null } },
          { name: 'empty', options: [], value: { text: '', bytes: null } },
        ],
        isWhole: true,
      },
    ]);
  });

  it.each([
    ['dn: a\nno colon', 'export.txt:2: is no line of LDIF'],
    ['dn: a\nobjectSid:: AQ!A', 'export.txt:2: a value in base64 is damaged'],
    ['dn: a\n\nresult: 4 Size limit exceeded\n', 'export.txt:3: the search did not come to an end (result: 4 Size limit exceeded)'],
    [`dn: a\n${' x\n'.repeat(6_000_000)}`, 'export.txt:1: too long here'],
    ['\0\0\0\0', 'is no line of LDIF'],
  ])('tells what is wrong (%#)', (text, fault) => {
    expect(faultOf(() => [...ldifEntries(exportFile(ended(text), 'utf8', 65_536))])).toContain(fault);
  });

  it('names in one form', () => {
    expect(canonicalDn('CN=Yamada\\, T , OU=A')).toBe('cn=yamada\\, t,ou=a');
    expect(canonicalDn('cn=Yamada\\2C T;ou=a')).toBe('cn=yamada\\, t,ou=a');
    expect(canonicalDn('CN=\\E5\\B1\\B1')).toBe('cn=山');
    expect(canonicalDn(`cn=${' '.repeat(200_000)}x`)).toHaveLength(200_004);
  });
});

describe('Active Directory', () => {
  const text =
    user('yamada', 1101) +
    user('tanaka', 1102, [`sIDHistory:: ${b64(sidBytes('S-1-5-21-9-9-9-77'))}`]) +
    user('left', 1103).replace('userAccountControl: 512', 'userAccountControl: 514') +
    user('primary', 1104).replace('primaryGroupID: 513', 'primaryGroupID: 2001') +
    user('pc$', 1105).replace('objectClass: user', 'objectClass: user\r\nobjectClass: computer') +
    group('人事課', 2001, [
      `member:: ${b64(`CN=yamada,OU=staff,${BASE}`)}`,
      `member: cn=left, ou=Staff,${BASE}`,
      `member: CN=部,OU=groups,${BASE}`,
    ]) +
    group('部', 2002, [`member: CN=tanaka,OU=staff,${BASE}`, `member: CN=人事課,OU=groups,${BASE}`]) +
    group('外', 2003, [`member: CN=S-1-5-11,CN=ForeignSecurityPrincipals,${BASE}`]) +
    group('穴', 2004, [`member: CN=yamada,OU=staff,${BASE}`, `member: CN=nobody knows,OU=x,${BASE}`]) +
    group('大', 2005, [`member;range=0-1499: CN=yamada,OU=staff,${BASE}`]) +
    group('大2', 2006, [`member;range=0-0: CN=yamada,OU=staff,${BASE}`]) +
    group('大2', 2006, [`member;range=1-*: CN=tanaka,OU=staff,${BASE}`]) +
    group('空', 2007, []);
  const directory = directoryOf(text);

  it.each<[string, number, string[], boolean]>([
    ['nested in a circle, primary group, no disabled account', 2001, ['primary', 'tanaka', 'yamada'], true],
    ['the other one of the circle', 2002, ['primary', 'tanaka', 'yamada'], true],
    ['a member whom nobody told', 2004, ['yamada'], false],
    ['a cut range', 2005, ['yamada'], false],
    ['ranges to the end', 2006, ['tanaka', 'yamada'], true],
    ['no members', 2007, [], true],
  ])('%s', (_title, rid, names, isResolved) => {
    expect(membersOf(directory, rid)).toEqual([names, isResolved]);
  });

  it('knows broad members, disabled accounts, old SIDs, and machines that are no persons', () => {
    expect(directory.whoIs(`${DOMAIN}-2003`)).toMatchObject({ kind: 'broad', reach: 'authenticated' });
    expect(directory.whoIs(`${DOMAIN}-1103`)).toEqual({ kind: 'disabled' });
    expect(directory.subjectOf('S-1-5-21-9-9-9-77')).toBe(directory.subjectOf(`${DOMAIN}-1102`));
    expect(directory.persons).toBe(3);
    expect(directory.nameOf(`${DOMAIN}-2001`)).toBe('人事課');
  });

  it('a domain that is declared complete has orphans, and members that are no principals', () => {
    const complete = directoryOf(text, [DOMAIN]);
    expect(complete.whoIs(`${DOMAIN}-9999`)).toEqual({ kind: 'orphan' });
    expect(directory.whoIs(`${DOMAIN}-9999`)).toMatchObject({ kind: 'group', isResolved: false });
    expect(membersOf(complete, 2004)).toEqual([['yamada'], true]);
    expect(membersOf(complete, 2005)).toEqual([['yamada'], false]);
  });

  it('groups that accounts alone tell are whole only in a complete domain', () => {
    const told = user('a', 1101, [`memberOf: CN=g,OU=groups,${BASE}`]) + group('g', 2001, []);
    expect(membersOf(directoryOf(told), 2001)).toEqual([['a'], false]);
    expect(membersOf(directoryOf(told, [DOMAIN]), 2001)).toEqual([['a'], true]);
  });

  it('two entries of one name (letters that were lost) are taken for neither', () => {
    const lost = user('??', 1101) + user('??', 1102) + group('g', 2001, [`member: CN=??,OU=staff,${BASE}`]);
    expect(membersOf(directoryOf(lost, [DOMAIN]), 2001)).toEqual([[], false]);
  });

  it('a file that ends in a group may have lost members of it', () => {
    const text = user('a', 1101) + group('g', 2001, [`member: CN=a,OU=staff,${BASE}`]);
    expect(membersOf(directoryOf(text), 2001)).toEqual([['a'], true]);
    expect(membersOf(directoryOf(text.replace(/\r\n\r\n$/u, '\r\n')), 2001)).toEqual([['a'], false]);
    expect(faultOf(() => directoryOf(text.slice(0, -6)))).toContain('is cut here');
  });

  it.each([
    [user('a', 1101).replace(/primaryGroupID.*\r\n/u, '') + group('g', 2, ['member: x']), 'the attribute primaryGroupID is missing'],
    [user('a', 1101) + group('g', 2, []), 'the attribute member is missing'],
    [user('a', 1101).replace(/objectSid.*\r\n/u, ''), 'the attribute objectSid is missing'],
    [user('a', 1101).replace(/objectSid.*\r\n/u, 'objectSid:: AQUAAA==\r\n'), 'export.txt:1: its SID (objectSid) is damaged'],
    ['dn: OU=x\nou: x\n', 'holds neither accounts nor groups'],
  ])('tells what is missing (%#)', (ldif, fault) => {
    expect(faultOf(() => directoryOf(ldif))).toContain(fault);
  });
});

describe('RFC 2307 and Samba', () => {
  it('numbers and SIDs of one entry are one person', () => {
    const text = [
      'dn: uid=yamada,ou=people,dc=x\nobjectClass: posixAccount\nuid: yamada\nuidNumber: 5001\ngidNumber: 6001\nsambaSID: S-1-5-21-1-2-3-1001\n',
      'dn: cn=kacho,ou=group,dc=x\nobjectClass: posixGroup\ncn: kacho\ngidNumber: 6001\nmemberUid: yamada\nmemberUid: gone\n',
      'dn: cn=names,ou=group,dc=x\nobjectClass: groupOfNames\ncn: names\nmember: uid=yamada,ou=people,dc=x\n',
    ].join('\n');
    const directory = directoryOf(text);
    expect(directory.subjectOf('u:5001')).toBe(directory.subjectOf('S-1-5-21-1-2-3-1001'));
    const { members, isResolved } = directory.group('g:6001');
    expect([[...members].map((place) => directory.subjects[place]!.name), isResolved]).toEqual([['yamada', 'gone'], true]);
  });
});
