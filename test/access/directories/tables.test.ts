/** Directories from tables, from getent, and put together. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRecords } from '../../../src/access/directories/load.js';
import { mergeRecords } from '../../../src/access/directories/merge.js';
import { readObjectTable } from '../../../src/access/directories/object-table.js';
import type { Directory } from '../../../src/access/directory.js';
import { createDirectory } from '../../../src/access/known-directory.js';
import { cp932 } from '../../kit/cp932.js';
import { ended, exportFile, faultOf, sidBytes } from '../../kit/export-file.js';

const D = 'S-1-5-21-1-2-3';
const base = mkdtempSync(join(tmpdir(), 'mimawari-directory-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

function membersOf(directory: Directory, id: string): [string[], boolean] {
  const { members, isResolved } = directory.group(id);
  return [[...members].map((place) => directory.subjects[place]!.name).sort(), isResolved];
}

const tableOf = (content: string | Buffer, complete: string[] = []): Directory =>
  createDirectory(readObjectTable(exportFile(typeof content === 'string' ? ended(content) : content, 'utf8', 4096), complete));

describe('tables of PowerShell', () => {
  const users = [
    '"DistinguishedName","Enabled","Name","ObjectClass","SamAccountName","SID","MemberOf"',
    `"CN=山田 太郎,OU=s,DC=x","True","山田 太郎","user","yamada","${D}-1101","CN=人事課,OU=g,DC=x;CN=soumu,OU=g,DC=x"`,
    `"CN=B,OU=s,DC=x","False","B","user","left","${D}-1102","CN=人事課,OU=g,DC=x"`,
    `"CN=人事課,OU=g,DC=x","","人事課","group","人事課","${D}-2001",""`,
    '',
  ].join('\r\n');

  it.each<[string, Buffer]>([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${users}`)],
    ['UTF-16', Buffer.from(`\ufeff${users}`, 'utf16le')],
    ['CP932', cp932(users)],
  ])('Get-ADUser and Get-ADGroup in %s', (_title, bytes) => {
    const directory = tableOf(bytes);
    expect(membersOf(directory, `${D}-2001`)).toEqual([['yamada'], false]);
    expect(membersOf(tableOf(bytes, [D]), `${D}-2001`)).toEqual([['yamada'], true]);
    expect(directory.whoIs(`${D}-1102`)).toEqual({ kind: 'disabled' });
    expect(directory.nameOf(`${D}-2001`)).toBe('人事課');
  });

  it('Get-ADGroupMember: the rows of a group are all of its members, groups among them', () => {
    const rows = [
      {
        GroupSID: `${D}-2001`,
        GroupName: '人事課',
        SamAccountName: 'yamada',
        objectClass: 'user',
        SID: { BinaryLength: 28, Value: `${D}-1101` },
      },
      {
        GroupSID: `${D}-2001`,
        GroupName: '人事課',
        SamAccountName: 'soumu',
        objectClass: 'group',
        SID: { BinaryLength: 28, Value: `${D}-2002` },
      },
      {
        GroupSID: `${D}-2002`,
        GroupName: 'soumu',
        SamAccountName: 'tanaka',
        objectClass: 'user',
        SID: { BinaryLength: 28, Value: `${D}-1102` },
      },
    ];
    const directory = tableOf(JSON.stringify(rows, null, 2));
    expect(membersOf(directory, `${D}-2001`)).toEqual([['tanaka', 'yamada'], true]);
    const without = tableOf(JSON.stringify(rows.slice(0, 2)));
    expect(membersOf(without, `${D}-2001`)).toEqual([['yamada'], false]);
  });

  it('tables by hand: members joined, csvde, numbers of Unix, primary groups, groups in groups', () => {
    const text = [
      'SID,Name,Members,PrimaryGroupID,UidNumber,MemberOf,GroupScope',
      `X'${sidBytes(`${D}-1101`).toString('hex')}',yamada,,2002,5001,,`,
      `${D}-1102,tanaka,,513,,${D}-2002,`,
      `${D}-2001,人事課,${D}-1101;${D}-2002,,,,Global`,
      `${D}-2002,soumu,,,,,Global`,
      `${D}-2003,in,,,,${D}-2001,Global`,
    ].join('\n');
    const directory = tableOf(text);
    expect(directory.subjectOf('u:5001')).toBe(directory.subjectOf(`${D}-1101`));
    expect(membersOf(directory, `${D}-2001`)).toEqual([['tanaka', 'yamada'], true]);
    expect(membersOf(directory, `${D}-2002`)).toEqual([['tanaka', 'yamada'], true]);
  });

  it.each([
    ['Name\na', 'the column SID / ObjectSID is missing (there are: Name)'],
    [`SID\n${D}-1`, 'the column SamAccountName / Name is missing'],
    ['SID,Name\n,a', 'export.txt:2: the SID is missing, or has not the form of one'],
    [
      `SID,Name,MemberOf\n${D}-1,a,Microsoft.ActiveDirectory.Management.ADPropertyValueCollection`,
      "export.txt:2: the column MemberOf holds no values; export it as @{n='MemberOf';e={$_.MemberOf -join ';'}}",
    ],
  ])('tells what is wrong (%#)', (text, fault) => {
    expect(faultOf(() => tableOf(text))).toContain(fault);
  });
});

describe('getent', () => {
  const put = (name: string, text: string): string => {
    writeFileSync(join(base, name), text);
    return join(base, name);
  };
  const passwd = put('passwd', 'root:x:0:0::/:/\nyamada:x:5001:6001::/:/\ntanaka:x:5002:6002::/:/\n');
  const group = put('group', 'kacho:x:6001:tanaka\nsoumu:x:6002:\nempty:x:6003:\n');
  const load = (complete: string[]): Directory =>
    createDirectory(
      loadRecords(
        [
          { form: 'passwd', file: passwd, complete: [] },
          { form: 'group', file: group, complete },
        ],
        false,
      ),
    );

  it('an empty group says nothing unless the site says that it is empty', () => {
    expect(membersOf(load([]), 'g:6001')).toEqual([['tanaka', 'yamada'], true]);
    expect(membersOf(load([]), 'g:6002')).toEqual([['tanaka'], false]);
    expect(membersOf(load(['unix']), 'g:6002')).toEqual([['tanaka'], true]);
    expect(membersOf(load(['unix']), 'g:6003')).toEqual([[], true]);
  });

  it('tells a line that is cut, and one that is none', () => {
    const fault = (file: string): string => faultOf(() => loadRecords([{ form: 'passwd', file, complete: [] }], false));
    expect(fault(put('cut', 'yamada:x:5001:6001::/:/\ntana'))).toContain('cut:2: is cut here');
    expect(fault(put('odd', 'yamada:x:5001:6001::/:/\ntana\n'))).toContain('odd:2: is no line of getent passwd');
    const empty = put('none', '\n');
    expect(faultOf(() => loadRecords([{ form: 'group', file: empty, complete: [] }], false))).toContain('is empty');
  });
});

describe('mergeRecords', () => {
  const unix = {
    accounts: [{ name: 'yamada', ids: ['u:5001'], groups: ['g:6001'] }],
    groups: [{ name: 'kacho', ids: ['g:6001'], memberNames: ['yamada', 'gone'] }],
  };
  const windows = {
    accounts: [
      { name: 'Yamada', ids: [`${D}-1101`], groups: [`${D}-2001`] },
      { name: 'root', ids: [`${D}-1102`] },
    ],
    groups: [{ name: 'DOM\\kacho', ids: [`${D}-2001`], members: [] }],
    completeDomains: [D],
  };

  it('equal names are one person where the policy says so', () => {
    const one = createDirectory(mergeRecords([unix, windows], true));
    expect(one.subjectOf('u:5001')).toBe(one.subjectOf(`${D}-1101`));
    expect(membersOf(one, 'g:6001')[0]).toEqual(['gone', 'yamada']);
    expect(membersOf(one, `${D}-2001`)[0]).toEqual(['gone', 'yamada']);
    const two = createDirectory(mergeRecords([unix, windows], false));
    expect(two.subjectOf('u:5001')).not.toBe(two.subjectOf(`${D}-1101`));
    expect(two.whoIs(`${D}-9`)).toEqual({ kind: 'orphan' });
  });

  it('nobody becomes administration by a name', () => {
    const root = { accounts: [{ name: 'root', ids: ['u:0'] }], groups: [] };
    expect(createDirectory(mergeRecords([root, windows], true)).whoIs(`${D}-1102`).kind).toBe('account');
  });

  it("Samba's SID of a number is that number", () => {
    const samba = { accounts: [{ name: 'other name', ids: ['S-1-22-1-5001', 'S-1-5-21-7-7-7-1'] }], groups: [] };
    const one = createDirectory(mergeRecords([unix, samba], false));
    expect(one.subjectOf('S-1-5-21-7-7-7-1')).toBe(one.subjectOf('u:5001'));
  });

  it('an account is disabled only where all who tell it say so', () => {
    const told = (...states: (boolean | undefined)[]): unknown =>
      mergeRecords(
        states.map((isDisabled) => ({
          accounts: [{ name: 'a', ids: ['u:1'], ...(isDisabled === undefined ? {} : { isDisabled }) }],
          groups: [],
        })),
        false,
      ).accounts[0]?.isDisabled;
    expect([told(true, undefined), told(true, false), told(true, true), told(undefined, undefined)]).toEqual([
      true,
      false,
      true,
      undefined,
    ]);
  });
});
