/** What the parameters of a share mean: who, in whose name, which lists. */
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../src/access/known-directory.js';
import { parseSddl } from '../../../src/access/nt/sddl.js';
import { parseSmbConf } from '../../../src/access/samba/smb-conf.js';
import { namesOf } from '../../../src/access/samba/smb-names.js';
import { type SambaShare, sharesOf } from '../../../src/access/samba/smb-shares.js';

const directory = createDirectory({
  accounts: [
    { name: 'sato', ids: ['u:4001'] },
    { name: 'Suzuki', ids: ['u:4002'] },
    { name: 'root', ids: ['u:0'] },
    { name: 'guest1', ids: ['u:4009'] },
  ],
  groups: [{ name: 'soumu', ids: ['g:4500'], members: ['u:4001'] }],
});
const homes = new Map([
  ['sato', '/home/sato'],
  ['Suzuki', '/home/suzuki'],
]);

function shares(text: string): SambaShare[] {
  const conf = parseSmbConf(text, '/x', { read: () => null, isAny: () => false });
  return sharesOf(conf, {
    directory,
    serverName: 'fs1',
    homes,
    listOf: (name) => (name === 'listed' ? parseSddl('D:(A;;FA;;;WD)') : null),
  });
}

function share(lines: string, global = ''): SambaShare {
  return shares(`[global]\n${global}\n[kyoyu]\npath = /srv\n${lines}`)[0]!;
}

describe('sharesOf', () => {
  it.each<[lines: string, key: string, ids: string[]]>([
    ['valid users = sato, SUZUKI;root', 'validUsers', ['u:4001', 'u:4002', 'u:0']],
    ['valid users = @soumu', 'validUsers', ['g:4500']],
    ['valid users = +soumu "+soumu"', 'validUsers', ['g:4500', 'g:4500']],
    ['valid users = &soumu', 'validUsers', ['?&soumu']],
    ['valid users = FS1\\sato "Unix User\\sato"', 'validUsers', ['u:4001', 'u:4001']],
    ['valid users = "OTHER\\sa to"', 'validUsers', ['?OTHER\\sa to']],
    ['valid users = S-1-5-11', 'validUsers', ['S-1-5-11']],
    ['valid users = %U', 'validUsers', ['?%U']],
    ['valid users = nobody-knows', 'validUsers', ['?nobody-knows']],
    // Samba takes the name of a group without its sign for nobody; an empty list would let all in.
    ['valid users = soumu', 'validUsers', ['S-1-0-0']],
    ['valid users =', 'validUsers', []],
    ['invalid users = soumu sato', 'invalidUsers', ['u:4001']],
    ['admin users = @soumu', 'adminUsers', ['g:4500']],
  ])('%s', (lines, key, ids) => {
    expect(share(lines).definition[key as 'validUsers']).toEqual(ids);
  });

  it.each<[lines: string, global: string, expected: object]>([
    ['', '', { guestOk: false, guestOnly: false, forceUser: null, forceGroup: null, guestAccount: 'u:65534' }],
    ['', 'public = yes\nguest account = guest1', { guestOk: true, guestAccount: 'u:4009' }],
    ['guest ok = no', 'guest ok = yes', { guestOk: false }],
    ['only guest = yes', '', { guestOk: true, guestOnly: true }],
    ['force user = sato\ngroup = soumu', '', { forceUser: 'u:4001', forceGroup: 'g:4500' }],
    ['force user = gone\nforce group = gone', '', { forceUser: '?gone', forceGroup: '?+gone' }],
    ['force group = +soumu', '', { forceGroup: null }],
  ])('%s (global: %s)', (lines, global, expected) => {
    expect(share(lines, global).definition).toMatchObject(expected);
  });

  it.each<[lines: string, global: string, lists: SambaShare['lists']]>([
    ['', '', null],
    ['vfs objects = recycle full_audit', '', null],
    ['vfs objects = recycle acl_xattr', '', { attribute: 'security.NTACL', ignoresPosix: false, standIn: 'posix' }],
    [
      'acl_xattr:ignore system acls = yes\nacl_xattr:default acl style = Windows',
      'vfs objects = acl_xattr',
      { attribute: 'security.NTACL', ignoresPosix: true, standIn: 'windows' },
    ],
    [
      'acl_xattr: security_acl_name = user.NTACL',
      'vfs objects = acl_xattr',
      { attribute: 'user.NTACL', ignoresPosix: false, standIn: 'posix' },
    ],
    ['vfs objects = acl_tdb', '', 'acl_tdb'],
    ['vfs objects = zfsacl', 'vfs objects = acl_xattr', 'zfsacl'],
    ['', 'server role = active directory domain controller', { attribute: 'security.NTACL', ignoresPosix: false, standIn: 'posix' }],
  ])('lists: %s (global: %s)', (lines, global, lists) => {
    expect(share(lines, global).lists).toEqual(lists);
  });

  it('leaves out what is not exposed', () => {
    const text =
      '[a]\npath = /a\navailable = no\n[p]\npath = /p\nprint ok = yes\n[printers]\npath = /q\n[none]\ncomment = x\n[ok]\npath = "/ok dir"';
    expect(shares(text).map(({ path }) => path)).toEqual(['/ok dir']);
  });

  it('has a share for each home', () => {
    const found = shares('[homes]\nvalid users = %S\n');
    expect(found.map(({ path, definition }) => [definition.name, path, definition.validUsers])).toEqual([
      ['sato', '/home/sato', ['u:4001']],
      ['Suzuki', '/home/suzuki', ['u:4002']],
    ]);
    expect(shares('[homes]\npath = /data/%S').map(({ path, definition }) => [path, definition.validUsers])).toEqual([
      ['/data/sato', []],
      ['/data/Suzuki', []],
    ]);
  });

  it('a path for each user is for that user alone; one that nobody can follow is in doubt', () => {
    expect(shares('[u]\npath = /u/%U').map(({ path, definition, doubt }) => [path, definition.onlyFor, doubt])).toEqual([
      ['/u/sato', 'u:4001', null],
      ['/u/Suzuki', 'u:4002', null],
    ]);
    expect(shares('[m]\npath = /m/x-%m/y')).toMatchObject([{ path: '/m', doubt: 'the path of the share differs from client to client' }]);
    expect(shares('[s]\npath = /s/%S')[0]!.path).toBe('/s/s');
  });

  it("has the share's own list", () => {
    expect(shares('[Listed]\npath = /l')[0]!.definition.descriptor).toMatchObject({ dacl: [{ sid: 'S-1-1-0' }] });
  });
});

it('namesOf splits at blanks, commas and semicolons, not inside quotes', () => {
  expect(namesOf('a, @b;"c d"\t"DOM\\e f" +"g h" ""')).toEqual(['a', '@b', 'c d', 'DOM\\e f', '+g h']);
});
