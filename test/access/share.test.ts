/** What a share adds to or takes from what its files allow. */
import { describe, expect, it } from 'vitest';
import { ACCESS_BOUNDS, judgeReaders } from '../../src/access/exposure.js';
import { createDirectory } from '../../src/access/known-directory.js';
import { ntReaders } from '../../src/access/nt/nt-gate.js';
import { ntTold } from '../../src/access/nt/nt-judge.js';
import { parseSddl } from '../../src/access/nt/sddl.js';
import { everybody, join, meet, PROVEN } from '../../src/access/passers.js';
import { entrantsOf, readersOf } from '../../src/access/posix-permission.js';
import { PLAIN_SHARE, type ShareDefinition, settingsOf, shareGateOf, throughShare, toldThrough } from '../../src/access/share.js';
import type { Access } from '../../src/model.js';

const ADMIN_GROUP = 'S-1-5-32-544';
const directory = createDirectory({
  accounts: [
    { name: 'sato', ids: ['u:4001', 'S-1-5-21-7-8-9-1201'] },
    { name: 'suzuki', ids: ['u:4002'] },
    { name: 'ito', ids: ['u:4003'] },
    { name: 'kanri', ids: ['u:4004'] },
    ...Array.from({ length: 20 }, (_, i) => ({ name: `p${i}`, ids: [`u:${4100 + i}`] })),
  ],
  groups: [
    { name: 'soumu', ids: ['g:4500'], members: ['u:4001', 'u:4002'] },
    { name: 'keiri', ids: ['g:4501'], members: ['u:4003'] },
    { name: 'Administrators', ids: [ADMIN_GROUP], members: ['u:4004'] },
  ],
});

/** `owner:group:mode` of a file below a folder that all may enter, or SDDL. */
function judge(file: string, limits: Partial<ShareDefinition>): { access: Access; names: string } {
  const share = { ...PLAIN_SHARE, name: 'kyoyu', ...limits };
  const gate = shareGateOf(share, directory);
  const [, uid, gid, mode] = /^(\d+):(\d+):(\d+)$/.exec(file) ?? [];
  const folder = entrantsOf({ mode: 0o755, uid: 0, gid: 0, acl: null }, gate.directory);
  const descriptor = parseSddl(mode === undefined ? file : 'D:(A;;FA;;;WD)');
  const own =
    mode === undefined
      ? ntReaders(descriptor, gate.directory)
      : readersOf({ mode: Number.parseInt(mode, 8), uid: Number(uid), gid: Number(gid), acl: null }, gate.directory);
  const readers = throughShare(gate, meet(folder, own));
  const names = [...readers.flags].map((flag, i) => (flag === 0 ? '' : `${directory.subjects[i]!.name}${flag === PROVEN ? '' : '?'}`));
  const told = toldThrough(gate, ntTold('samba', descriptor, directory, readers.doubt));
  const access = judgeReaders(readers, directory, ACCESS_BOUNDS, told);
  const shown = names.filter((name) => name !== '');
  return { access, names: shown.length > 10 ? `${shown.length}` : shown.join(' ') };
}

describe('shares', () => {
  const ALL = String(directory.subjects.length);
  const ALL_BUT_GUESTS = String(directory.subjects.length - 1);
  it.each<[title: string, file: string, share: Partial<ShareDefinition>, state: string, names: string]>([
    ['nothing limited', '4001:4500:644', {}, 'open', ALL_BUT_GUESTS],
    ['guests may connect', '4001:4500:644', { guestOk: true }, 'open', ALL],
    ['guests may connect, but the file is not theirs', '4001:4500:640', { guestOk: true }, 'restricted', 'sato suzuki'],
    ['valid users', '4001:4500:644', { validUsers: ['g:4501'] }, 'restricted', 'ito'],
    ['valid users, one of whom nobody can resolve', '4001:4500:644', { validUsers: ['?%U'] }, 'unknown', ALL_BUT_GUESTS],
    ['invalid users win over valid ones', '4001:4500:644', { validUsers: ['g:4500'], invalidUsers: ['u:4002'] }, 'restricted', 'sato'],
    ['invalid users nobody can resolve shut nobody out', '4001:4500:640', { invalidUsers: ['?%G'] }, 'restricted', 'sato suzuki'],
    ['guests must be valid too', '4001:4500:644', { guestOk: true, validUsers: ['g:4501'] }, 'restricted', 'ito'],
    ['the guest account as valid user', '4001:4500:644', { guestOk: true, validUsers: ['u:65534'] }, 'open', 'guest'],
    ['admin users', '4001:4500:600', { adminUsers: ['u:4003'] }, 'restricted', 'sato ito'],
    ['admin users must get in', '4001:4500:600', { adminUsers: ['u:4003'], validUsers: ['g:4500'] }, 'restricted', 'sato'],
    ['all are admin users', '0:0:600', { adminUsers: ['S-1-5-11'] }, 'open', ALL_BUT_GUESTS],
    ['force user opens its private files to all', '4001:4500:600', { forceUser: 'u:4001' }, 'open', ALL_BUT_GUESTS],
    ['force user shuts all out of what is not its own', '4001:4500:600', { forceUser: 'u:4003' }, 'restricted', ''],
    ['force user by another id of the same person', '4001:4500:600', { forceUser: 'S-1-5-21-7-8-9-1201' }, 'open', ALL_BUT_GUESTS],
    ['force user without an account here', '7001:4500:600', { forceUser: 'u:7001' }, 'open', ALL_BUT_GUESTS],
    ['force user is root', '0:0:600', { forceUser: 'u:0', validUsers: ['g:4500'] }, 'restricted', 'sato suzuki'],
    ['force user is an administrator', 'D:(A;;FA;;;BA)', { forceUser: 'u:4004', validUsers: ['g:4500'] }, 'restricted', 'sato suzuki'],
    ['force user that nobody can resolve', '4001:4500:600', { forceUser: '?DOM\\taro' }, 'unknown', ALL_BUT_GUESTS],
    ['force group', '4001:4500:640', { forceGroup: 'g:4500' }, 'open', ALL_BUT_GUESTS],
    ['force group behind valid users', '4001:4500:640', { forceGroup: 'g:4500', validUsers: ['g:4501'] }, 'restricted', 'ito'],
    ['force group on a descriptor', 'D:(A;;FR;;;S-1-22-2-4500)', { forceGroup: 'g:4500', validUsers: ['g:4501'] }, 'restricted', 'ito'],
    ['guest only', '65534:65534:600', { guestOk: true, guestOnly: true }, 'open', ALL],
    ['guest only, files of others', '4001:4500:600', { guestOk: true, guestOnly: true }, 'restricted', ''],
    ['the share is switched off', '4001:4500:644', { available: false }, 'restricted', ''],
    ['its own list', '4001:4500:644', { descriptor: parseSddl('D:(A;;0x1200a9;;;S-1-22-2-4501)') }, 'restricted', 'ito'],
    [
      'rights over its own list are no reading',
      '4001:4500:644',
      { descriptor: parseSddl('O:S-1-22-1-4003D:(A;;WD;;;WD)') },
      'restricted',
      '',
    ],
    ['its own list could not be read', '4001:4500:644', { descriptor: 'unreadable' }, 'unknown', ALL_BUT_GUESTS],
    ['the same where the files are closed', '4001:4500:640', { descriptor: 'unreadable' }, 'restricted', 'sato? suzuki?'],
  ])('%s', (_title, file, share, state, names) => {
    const answer = judge(file, share);
    expect([answer.access.state, answer.names]).toEqual([state, names]);
  });

  it('names the broad principal that passes both, not the wider one of a single gate', () => {
    expect(judge('D:(A;;FR;;;WD)', {}).access.broad).toEqual(['S-1-5-11']);
    expect(judge('D:(A;;FR;;;WD)', { guestOk: true }).access.broad).toEqual(['S-1-1-0']);
    expect(judge('D:(A;;FR;;;AU)', { guestOk: true }).access.broad).toEqual(['S-1-5-11']);
  });

  it('tells the share and in whose name it opens files', () => {
    expect(judge('4001:4500:600', { forceUser: 'u:4001' }).access.reason).toBe(
      'NT access list: Authenticated Users (S-1-5-11) may read, through share kyoyu, where files are opened as sato',
    );
  });

  it('a file under two shares is read through either', () => {
    const behind = readersOf({ mode: 0o644, uid: 0, gid: 0, acl: null }, directory);
    const through = (validUsers: string[]): ReturnType<typeof throughShare> =>
      throughShare(shareGateOf({ ...PLAIN_SHARE, name: 'x', validUsers }, directory), behind);
    const both = join(through(['g:4501']), through(['u:4001']));
    expect([...both.flags].flatMap((flag, i) => (flag === PROVEN ? [directory.subjects[i]!.name] : []))).toEqual(['sato', 'ito']);
    expect(everybody(directory).flags.length).toBe(both.flags.length);
  });
});

describe('settings', () => {
  it.each<[Partial<ShareDefinition>, string[]]>([
    [{}, []],
    [{ available: false, guestOk: true }, ['available = no', 'guest ok = yes']],
    [{ guestOk: true, guestOnly: true, forceUser: 'u:4003' }, ['guest only = yes', 'force user = ito']],
    [
      { validUsers: ['g:4500', '?gone'], invalidUsers: ['u:4001'], adminUsers: ['u:4004'], forceGroup: 'g:4501' },
      ['valid users = soumu, unknown name "gone"', 'invalid users = sato', 'admin users = kanri', 'force group = keiri'],
    ],
  ])('of %j are told in the words of smb.conf', (limits, told) => {
    expect(settingsOf({ ...PLAIN_SHARE, name: 'kyoyu', ...limits }, directory)).toEqual(told);
  });
});
