/** The forms of export: paths with their lists, in what the programs really write. */
import { describe, expect, it } from 'vitest';
import { below, posixPath, windowsPath } from '../../../src/access/exports/export-path.js';
import { readGetAcl } from '../../../src/access/exports/get-acl.js';
import { permissionOf, readGetfacl } from '../../../src/access/exports/getfacl.js';
import { readIcacls } from '../../../src/access/exports/icacls.js';
import { readSmbShares } from '../../../src/access/exports/smb-shares.js';
import { ACL_GROUP, ACL_GROUP_OBJ, ACL_MASK, ACL_OTHER, ACL_USER, ACL_USER_OBJ } from '../../../src/access/posix-acl.js';
import { exportFile, faultOf } from '../../kit/export-file.js';

const NO_LINE = { reason: 'its line with a list is missing in the export' };

describe('paths', () => {
  it.each([
    ['D:\\共有\\総務\\a.xlsx', 'D:\\共有\\総務\\A.XLSX'],
    ['d:/共有//総務/a.xlsx', 'D:\\共有\\総務\\A.XLSX'],
    ['Microsoft.PowerShell.Core\\FileSystem::D:\\共有\\', 'D:\\共有'],
    ['Microsoft.PowerShell.Core\\FileSystem::\\\\sv\\共有\\a', '\\\\SV\\共有\\A'],
    ['\\\\?\\UNC\\sv\\共有\\a', '\\\\SV\\共有\\A'],
    ['\\\\?\\D:\\a', 'D:\\A'],
    ['D:\\', 'D:'],
    ['.\\a', 'A'],
    ['straße.txt', 'STRAßE.TXT'],
    ['ſı', 'ſı'],
    ['ａé', 'ＡÉ'],
  ])('of Windows: %s', (path, form) => {
    expect(windowsPath(path)).toBe(form);
  });

  it.each([
    ['/srv/share', 'srv/share'],
    ['srv/share', 'srv/share'],
    ['./a//b/', 'a/b'],
    ['.', ''],
    ['..a/.b', '..a/.b'],
  ])('of POSIX: %s', (path, form) => {
    expect(posixPath(path)).toBe(form);
  });

  it('below a folder', () => {
    expect(['a', 'a/b', 'ab', 'b'].map((path) => below('a', path, '/'))).toEqual(['', 'b', null, null]);
    expect(below('', 'x/y', '/')).toBe('x/y');
  });
});

describe('icacls /save', () => {
  const saved = (lines: string[]): Buffer => Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'utf16le');

  it('pairs of lines in UTF-16 without a mark', () => {
    const file = exportFile(
      saved(['共有', 'D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)', '共有\\名簿.xlsx', 'D:AI', '共有\\b', 'D:NO_ACCESS_CONTROL']),
    );
    expect([...readIcacls(file)]).toEqual([
      { path: '共有', list: 'D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)' },
      { path: '共有\\名簿.XLSX', list: 'D:AI' },
      { path: '共有\\B', list: 'D:NO_ACCESS_CONTROL' },
    ]);
  });

  it('a name without a list is told, and the names after it keep theirs', () => {
    const lines = ['a', 'D:(A;;FA;;;SY)', 'lost', 'b', 'D:(A;;FA;;;BA)', 'last'];
    expect([...readIcacls(exportFile(saved(lines)))]).toEqual([
      { path: 'A', list: 'D:(A;;FA;;;SY)' },
      { path: 'LOST', list: NO_LINE },
      { path: 'B', list: 'D:(A;;FA;;;BA)' },
      { path: 'LAST', list: NO_LINE },
    ]);
  });

  it('a name that looks like a list is taken for a name in its place, and not for the list of another', () => {
    const lines = ['a', 'D:(A;;FA;;;SY)', 'D:\\odd(A;;FA;;;WD)', 'D:(A;;FA;;;BA)'];
    expect([...readIcacls(exportFile(saved(lines)))].map(({ path }) => path)).toEqual(['A', 'D:\\ODD(A;;FA;;;WD)']);
    const lost = ['a', 'D:\\odd(A;;FA;;;WD)', 'D:(A;;FA;;;BA)'];
    expect([...readIcacls(exportFile(saved(lost)))][0]).toEqual({ path: 'A', list: NO_LINE });
  });

  it('a last list without its line end may have lost entries', () => {
    const cut = saved(['a', 'D:(A;;FA;;;SY)', 'b', 'D:(A;;FA;;;SY)(A;;FR;;;WD)']).subarray(0, -4 - 2 * 12);
    expect([...readIcacls(exportFile(cut))].at(-1)).toEqual({ path: 'B', list: { reason: 'the export is cut here' } });
  });

  it('reads a file that somebody has saved anew as UTF-8', () => {
    expect([...readIcacls(exportFile('\ufeffa\nD:(A;;FA;;;SY)\n'))]).toEqual([{ path: 'A', list: 'D:(A;;FA;;;SY)' }]);
  });

  it.each(['', 'a\n', '# file: a\n# owner: b\n', 'x\n'.repeat(100_000)])('refuses what is none', (text) => {
    expect(faultOf(() => [...readIcacls(exportFile(text, 'utf8', 65_536))])).toContain('is not what icacls saved');
  });
});

describe('Get-Acl', () => {
  it('JSON and CSV, with the provider before the path', () => {
    const path = 'Microsoft.PowerShell.Core\\FileSystem::D:\\共有\\a.txt';
    const sddl = 'O:BAG:S-1-5-21-1-2-3-513D:AI(A;ID;FA;;;SY)';
    const wanted = [{ path: 'D:\\共有\\A.TXT', list: sddl }];
    const value = { Path: path, Owner: 'BUILTIN\\Administrators', Access: [{ FileSystemRights: 2032127 }], Sddl: sddl };
    expect([...readGetAcl(exportFile(JSON.stringify([value], null, 4)))]).toEqual(wanted);
    expect([...readGetAcl(exportFile(JSON.stringify(value)))]).toEqual(wanted);
    expect([...readGetAcl(exportFile(`"PSPath","Sddl"\r\n"${path}","${sddl}"\r\n`))]).toEqual(wanted);
  });

  it('an empty list is told; letters that were lost are refused with their line', () => {
    expect([...readGetAcl(exportFile('Path,Sddl\nD:\\a,\n\\\\?\\D:\\b,D:\n'))].map(({ list }) => list)).toEqual([
      { reason: 'its list is empty in the export' },
      'D:',
    ]);
    expect(faultOf(() => [...readGetAcl(exportFile('Path,Sddl\nD:\\??\\a,D:\n'))])).toBe(
      'export.txt:2: letters of this path have become "?"; export it again with -Encoding UTF8',
    );
  });
});

describe('Get-SmbShare', () => {
  it('leaves out shares of administration', () => {
    const rows = [
      { Name: '共有', Path: 'D:\\共有', SecurityDescriptor: 'O:SYG:SYD:(A;;0x1200a9;;;WD)', Special: false },
      { Name: '人事$', Path: 'D:\\共有\\人事', SecurityDescriptor: null, Special: false },
      { Name: 'D$', Path: 'D:\\', SecurityDescriptor: '', Special: true },
      { Name: 'IPC$', Path: '', SecurityDescriptor: '', Special: true },
    ];
    expect(readSmbShares(exportFile(JSON.stringify(rows)))).toEqual([
      { name: '共有', path: 'D:\\共有', sddl: 'O:SYG:SYD:(A;;0x1200a9;;;WD)' },
      { name: '人事$', path: 'D:\\共有\\人事', sddl: null },
    ]);
    expect(faultOf(() => readSmbShares(exportFile('Name,Path\na,D:\\a\n')))).toContain('the column SecurityDescriptor is missing');
  });
});

describe('getfacl', () => {
  const idOfName = (sort: 'user' | 'group', name: string): number => (sort === 'user' ? 1000 : 2000) + Buffer.byteLength(name);

  it('blocks with quoted names; messages of its other stream are passed over', () => {
    const text =
      "getfacl: Removing leading '/' from absolute path names\n# file: srv/a\n# owner: root\n# group: root\nuser::rwx\n\n" +
      '# file: srv/a/n\\012l\\\\x\\303\\251 \n# owner: 1\nuser::r--\n# file: srv/b\n\n\n';
    expect([...readGetfacl(exportFile(text))]).toEqual([
      { path: 'srv/a', list: '# owner: root\n# group: root\nuser::rwx\n' },
      { path: 'srv/a/n\nl\\x\xc3\xa9 ', list: '# owner: 1\nuser::r--\n' },
      { path: 'srv/b', list: '' },
    ]);
  });

  it('the permission of a block: names and numbers, flags, default entries, remarks', () => {
    const block = [
      '# owner: yamada',
      '# group: 2500',
      '# flags: -s-',
      'user::rwx',
      'user:DOM\\134tanaka:rwx\t\t#effective:r-x',
      'user:1500:---',
      'group::r-x',
      'group:総務:r--',
      'mask::r-x',
      'other::--X',
      'default:user::rwx',
      'default:other::rwx',
    ].join('\n');
    expect(permissionOf(Buffer.from(block).toString('latin1'), idOfName)).toEqual({
      mode: 0o751,
      uid: 1006,
      gid: 2500,
      acl: [
        { tag: ACL_USER_OBJ, perm: 7, id: 0xffffffff },
        { tag: ACL_USER, perm: 7, id: 1010 },
        { tag: ACL_USER, perm: 0, id: 1500 },
        { tag: ACL_GROUP_OBJ, perm: 5, id: 0xffffffff },
        { tag: ACL_GROUP, perm: 4, id: 2006 },
        { tag: ACL_MASK, perm: 5, id: 0xffffffff },
        { tag: ACL_OTHER, perm: 1, id: 0xffffffff },
      ],
    });
    const plain = '# owner: 1\n# group: 2\nuser::rw-\ngroup::r--\nother::---';
    expect(permissionOf(plain, idOfName)).toEqual({ mode: 0o640, uid: 1, gid: 2, acl: null });
  });

  it.each([
    '# group: 2\nuser::rw-\ngroup::r--\nother::---',
    '# owner: 1\n# group: 2\nuser::rw-\ngroup::r--',
    '# owner: 1\n# group: 2\nuser::rw-\ngroup::r--\nother::--',
    '# owner: 1\n# group: 2\nuser::rw-\nuser::r--\ngroup::r--\nother::---',
    '# owner: 1\n# group: 2\nuser::rw-\nuser:3:r--\ngroup::r--\nother::---',
    '# owner: 1\n# group: 2\nuser::rw-\ngroup::r--\nother::---\nmask:3:rwx',
    '# owner: 1\n# group: 2\nuser::rw-\ngroup::r--\nother::---\nA::OWNER@:rw',
    '',
  ])('a block that is no whole list has no permission: %j', (block) => {
    expect(permissionOf(block, idOfName)).toBeNull();
  });

  it('refuses other texts with their line', () => {
    expect(faultOf(() => [...readGetfacl(exportFile('\nuser::rwx\n'))])).toContain('export.txt:2: is not what getfacl writes');
    expect(faultOf(() => [...readGetfacl(exportFile(`# file: a\n${'user::rwx\n'.repeat(200_000)}`, 'latin1', 65_536))])).toContain(
      'too long here',
    );
  });
});
