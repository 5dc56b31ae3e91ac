/** Mounts of the kernel's SMB client, over made-up attributes: no kernel with that client is at hand, so this is a fixture. */
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../src/access/known-directory.js';
import { parseSddl } from '../../src/access/nt/sddl.js';
import { PROVEN } from '../../src/access/passers.js';
import { posixSource } from '../../src/access/posix.js';
import { ENODATA, ENOTSUP } from '../../src/access/xattr.js';
import type { Access, FileStat } from '../../src/model.js';
import { packDescriptor } from './nt/pack.js';

const directory = createDirectory({
  accounts: [{ name: 'sato', ids: ['S-1-5-21-1-2-3-1001'] }],
  groups: [],
  completeDomains: ['S-1-5-21-1-2-3'],
});
const stat: FileStat = {
  ...{ dev: 7, ino: 1, mode: 0o100777, nlink: 1, uid: 0, gid: 0, sizeBytes: 1 },
  ...{ modifiedMs: 0, changedMs: 0, accessedMs: 0, bornMs: 0 },
};
const forSato = packDescriptor(parseSddl('O:S-1-5-21-1-2-3-1001D:(A;;FA;;;S-1-5-21-1-2-3-1001)'));
const forAll = packDescriptor(parseSddl('D:(A;;FR;;;WD)'));

function ask(type: string, attributes: Record<string, Buffer | number>): { access: Access; asked: string[]; readers: number[] | null } {
  const asked: string[] = [];
  const xattrs = {
    get: (_path: string | Buffer, name: string) => {
      asked.push(name);
      return attributes[name] ?? ENOTSUP;
    },
    list: () => [],
  };
  const source = posixSource(directory, undefined, { loadXattrs: () => xattrs, mounts: { syntheticType: () => type } });
  const gate = source.folder('/mnt/x', { ...stat, mode: 0o40700 }, source.folder('/mnt', { ...stat, mode: 0o40700 }, null));
  const access = source.file(() => '/mnt/x/f', stat, gate);
  expect(source.file(() => '/mnt/x/g', stat, gate)).toEqual(access);
  return {
    access,
    asked,
    readers: source.readers('/mnt/x/f', stat, gate)?.flags === undefined ? null : [...source.readers('/mnt/x/f', stat, gate)!.flags],
  };
}

describe('a mount of the SMB client', () => {
  it.each<[type: string, attribute: string, bytes: Buffer, state: string]>([
    ['cifs', 'system.cifs_ntsd', forSato, 'restricted'],
    ['smb3', 'system.smb3_ntsd', forSato, 'restricted'],
    ['cifs', 'system.cifs_acl', forAll, 'open'],
    ['smb3', 'system.smb3_acl', forAll, 'open'],
    ['cifs', 'system.cifs_ntsd', forSato.subarray(0, 30), 'unknown'],
  ])('%s by %s', (type, attribute, bytes, state) => {
    expect(ask(type, { [attribute]: bytes }).access.state).toBe(state);
  });

  it('is never judged by its mode, which mount options made up', () => {
    expect(ask('cifs', {}).access).toMatchObject({ state: 'unknown', source: 'none', reason: 'the server gave no access list' });
    expect(ask('cifs', { 'system.cifs_ntsd': ENODATA }).access.state).toBe('unknown');
    expect(ask('cifs', { 'system.cifs_ntsd': 13 }).access.reason).toContain('acl-unreadable');
  });

  it('asks a device no more for what it does not keep', () => {
    expect(ask('cifs', { 'system.cifs_acl': forAll }).asked.filter((name) => name === 'system.cifs_ntsd').length).toBe(1);
  });

  it('names the readers, and counts folders above for nothing', () => {
    const { access, readers } = ask('smb3', { 'system.smb3_ntsd': forSato });
    expect([access.source, access.readers, readers]).toEqual(['cifs-ntsd', 1, [0, 0, PROVEN]]);
    expect(ask('smb3', {}).readers).toBeNull();
  });
});
