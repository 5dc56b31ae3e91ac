/** What is told of a file behind Samba's own list: its ways, the list as a gate of its own, and the change that closes it by the same rules. */
import { describe, expect, it } from 'vitest';
import { concernedOf } from '../../src/access/concerned.js';
import { ACCESS_BOUNDS, type AccessBounds } from '../../src/access/exposure.js';
import { createDirectory } from '../../src/access/known-directory.js';
import { parseSddl } from '../../src/access/nt/sddl.js';
import { posixSource } from '../../src/access/posix.js';
import type { SambaShare } from '../../src/access/samba/smb-shares.js';
import { PLAIN_SHARE, type ShareDefinition } from '../../src/access/share.js';
import type { AccessPath, FileStat } from '../../src/model.js';
import type { AccessTold } from '../../src/parts.js';
import { packNtacl } from './nt/pack.js';

const directory = createDirectory({
  accounts: ['sato', 'suzuki'].map((name, i) => ({ name, ids: [`u:${4001 + i}`] })),
  groups: [{ name: 'soumu', ids: ['g:4500'], members: ['u:4001'] }],
});
const EVERYONE = 'O:S-1-22-1-4001D:(A;;FA;;;S-1-22-1-4001)(A;;0x1200a9;;;WD)';
const STAT: FileStat = {
  dev: 1,
  ino: 9,
  mode: 0o100644,
  nlink: 1,
  uid: 4001,
  gid: 4500,
  sizeBytes: 1,
  modifiedMs: 0,
  changedMs: 0,
  accessedMs: 0,
  bornMs: 0,
};

interface Case {
  /** Samba's list; null for none. */
  readonly list?: string | null;
  readonly ignoresPosix?: boolean;
  readonly share?: Partial<ShareDefinition> | null;
  readonly paths?: readonly AccessPath[];
  readonly file?: Partial<FileStat>;
  readonly concerned?: readonly string[];
}

function tell({ list = EVERYONE, ignoresPosix = false, share = {}, paths = ['smb'], file = {}, concerned }: Case): AccessTold {
  const bytes = list === null ? null : packNtacl(1, parseSddl(list));
  const get = (path: string | Buffer, name: string) => (name === 'security.NTACL' && path === '/none/f' && bytes ? bytes : 61);
  const host = { loadXattrs: () => ({ get, list: () => [] }), mounts: { syntheticType: () => null } };
  const served: SambaShare = {
    definition: { ...PLAIN_SHARE, name: 'kyoyu', ...share },
    path: '/none',
    lists: { attribute: 'security.NTACL', ignoresPosix, standIn: 'posix' },
    doubt: null,
  };
  const bounds: AccessBounds = concerned === undefined ? ACCESS_BOUNDS : { ...ACCESS_BOUNDS, concerned: concernedOf(concerned, directory) };
  const source = posixSource(directory, bounds, host, { paths, shares: share === null ? [] : [served], doubt: null, server: 'nas' });
  const folder = { path: '/none', stat: { ...STAT, mode: 0o40755, uid: 0, gid: 0 } };
  return source.tell([folder], { path: '/none/f', stat: { ...STAT, ...file } });
}

describe('tellPosix', () => {
  it('shows the list as a gate, with its entries and who passes', () => {
    const told = tell({ list: 'O:S-1-22-1-4002D:(D;;FR;;;S-1-22-1-4001)(A;;FA;;;S-1-22-1-4002)(A;;FR;;;S-1-22-2-4500)' });
    expect(told.access.state).toBe('restricted');
    expect(told.gates.map(({ gate, permission }) => [gate, permission])).toEqual([
      ['share', '/none'],
      ['folder', '0755 root:root'],
      ['file', 'NT access list'],
      ['file', '0644 sato:soumu'],
    ]);
    const list = told.gates[2]!;
    expect(list.entries).toEqual([
      'owner suzuki (S-1-22-1-4002)',
      'sato (S-1-22-1-4001):(DENY)(R)',
      'suzuki (S-1-22-1-4002):(F)',
      'soumu (S-1-22-2-4500):(R)',
    ]);
    expect([list.passers.everybody, list.passers.differing.map(({ principal }) => principal.name)]).toEqual([0, ['suzuki', 'soumu']]);
    // What passes all gates is who reads.
    expect(told.readers.differing.filter(({ principal }) => principal.kind === 'account')).toEqual(
      list.passers.differing.filter(({ principal }) => principal.kind === 'account'),
    );
  });

  it.each<[title: string, given: Case, ways: string[]]>([
    ['one share', {}, ['share kyoyu top +']],
    ['a share, and people on the server', { paths: ['smb', 'local'] }, ['share kyoyu top +', 'server  top ']],
    ['no share', { share: null, list: null }, ['root  root ']],
    ['no share, and people on the server', { share: null, list: null, paths: ['local', 'smb'] }, ['server  top ', 'root  root ']],
    ['all', { paths: ['smb', 'local', 'nfs'], list: null }, ['share kyoyu top ', 'server  top ', 'root  root ']],
  ])('ways: %s', (_title, given, ways) => {
    expect(tell(given).ways.map(({ by, of, folders, ntList }) => `${by} ${of ?? ''} ${folders} ${ntList ? '+' : ''}`)).toEqual(ways);
  });

  it.each<[title: string, given: Case, tool: string | null, noRemedy: string | null]>([
    ['the mode closes what both lists open', {}, 'chmod o-rwx', null],
    ['the owner is not concerned', { share: null, list: null, concerned: ['u:4002'] }, null, 'owner-not-concerned'],
    ['the guest owns it', { share: null, list: null, file: { uid: 65534, mode: 0o100600 } }, null, 'owner-guest'],
    ['the share opens it in a name of its own', { share: { forceUser: 'u:4001' } }, null, 'share'],
    ['it is closed', { list: null, file: { mode: 0o100600 } }, null, null],
  ])('what closes it: %s', (_title, given, command, noRemedy) => {
    const told = tell(given);
    expect(told.closeFile?.commands[0]?.slice(0, 2).join(' ') ?? null).toBe(command);
    expect(told.noRemedy).toBe(told.closeFolder === null ? noRemedy : null);
    if (told.closeFile !== null) expect(told.closeFile.after.state).not.toBe('open');
  });

  it('the list is changed through the share where the mode would close nothing', () => {
    // The owner is forced upon all by the share, and whoever it is the list must not let in.
    const told = tell({ ignoresPosix: true, list: 'O:BAD:(A;;FA;;;BA)(A;;0x1200a9;;;WD)', share: { forceUser: 'u:4001' } });
    expect(told.access).toMatchObject({ state: 'open', source: 'samba-ntacl' });
    expect(told.closeFile).toMatchObject({ tool: 'icacls', path: '\\\\nas\\kyoyu\\f', removes: ['S-1-1-0'] });
    expect(told.closeFile!.after.state).toBe('restricted');
  });
});
