/** Which list rules a file behind a share, over made-up attributes; the rest is held against a real smbd (smbd.test.ts). */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../src/access/known-directory.js';
import { UNREADABLE } from '../../../src/access/lists.js';
import { parseSddl } from '../../../src/access/nt/sddl.js';
import { sysAclBlob } from '../../../src/access/nt/sys-acl-blob.js';
import { everybody, POSSIBLE, PROVEN } from '../../../src/access/passers.js';
import { behindShare, standIn } from '../../../src/access/samba/samba-file.js';
import type { SambaShare, StoredLists } from '../../../src/access/samba/smb-shares.js';
import { PLAIN_SHARE } from '../../../src/access/share.js';
import { packNtacl } from '../nt/pack.js';

const directory = createDirectory({
  accounts: ['sato', 'suzuki', 'ito'].map((name, i) => ({ name, ids: [`u:${4001 + i}`] })),
  groups: [{ name: 'soumu', ids: ['g:4500'], members: ['u:4001', 'u:4002'] }],
});
const stat = { dev: 1, mode: 0o100664, uid: 4001, gid: 4500 };
const LISTS: StoredLists = { attribute: 'security.NTACL', ignoresPosix: false, standIn: 'posix' };
const forSuzuki = parseSddl('O:S-1-22-1-4002D:(A;;FA;;;S-1-22-1-4002)');
const written = createHash('sha256')
  .update(sysAclBlob({ ...stat, access: null, inherited: null }))
  .digest();
const inForce = packNtacl(4, forSuzuki, { sysAclHash: Buffer.concat([written, Buffer.alloc(32)]) }).toString('latin1');

function readers(
  lists: SambaShare['lists'],
  nt: string,
  posix = '',
  mode = stat.mode,
): { names: string; doubt: string | null; isStale: boolean } {
  const share: SambaShare = { definition: { ...PLAIN_SHARE, name: 'kyoyu' }, path: '/srv', lists, doubt: null };
  const asked = (name: string): string => (name === LISTS.attribute ? nt : '');
  const answer = behindShare(share, everybody(directory), { stat: { ...stat, mode }, posix, nt: asked }, directory);
  const names = directory.subjects.flatMap(({ name }, i) => {
    const flag = answer.readers.flags[i];
    return flag === PROVEN ? [name] : flag === POSSIBLE ? [`${name}?`] : [];
  });
  return { names: names.join(' '), doubt: answer.told.doubt, isStale: answer.isStale };
}

const EVERYBODY = 'guest other sato suzuki ito';

describe('behindShare', () => {
  it.each<[title: string, lists: SambaShare['lists'], nt: string, posix: string, names: string]>([
    ['no lists are looked at', null, inForce, '', EVERYBODY],
    ['the list is in force', LISTS, inForce, '', 'suzuki'],
    ['there is none', LISTS, '', '', EVERYBODY],
    ['there is none, and POSIX is ignored', { ...LISTS, ignoresPosix: true }, '', '', EVERYBODY],
    [
      'there is none, POSIX is ignored, and the owner alone stands in',
      { ...LISTS, ignoresPosix: true, standIn: 'windows' },
      '',
      '',
      'sato',
    ],
    ['it could not be read', LISTS, UNREADABLE, '', 'guest? other? sato? suzuki? ito?'],
    ['it is damaged', LISTS, inForce.slice(0, 40), '', 'guest? other? sato? suzuki? ito?'],
    ['the POSIX list could not be read', LISTS, inForce, UNREADABLE, 'guest? other? sato? suzuki? ito?'],
    ['lists are kept by another module', 'acl_tdb', inForce, '', 'guest? other? sato? suzuki? ito?'],
  ])('%s', (_title, lists, nt, posix, names) => {
    const answer = readers(lists, nt, posix);
    expect([answer.names, answer.isStale]).toEqual([names, false]);
    expect(answer.doubt === null).toBe(!names.includes('?'));
  });

  it('is stale after a chmod, and the mode rules; where POSIX is ignored, both do', () => {
    expect(readers(LISTS, inForce, '', 0o100660)).toMatchObject({ names: 'sato suzuki', isStale: true });
    expect(readers({ ...LISTS, ignoresPosix: true }, inForce, '', 0o100600)).toMatchObject({ names: '', isStale: false });
  });

  it('everyone stands in by that style', () => {
    expect(standIn('everyone', stat).dacl).toMatchObject([{ sid: 'S-1-1-0', mask: 0x1f01ff }]);
    expect(standIn('posix', { ...stat, mode: 0o100604 }).dacl!.map(({ sid }) => sid)).toEqual(['S-1-22-1-4001', 'S-1-1-0', 'S-1-5-18']);
  });
});
