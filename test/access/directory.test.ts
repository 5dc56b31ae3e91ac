/** Directories made from records: one person under several ids, groups in groups, what stays unresolved. */
import { describe, expect, it } from 'vitest';
import { createDirectory, type DirectoryRecords } from '../../src/access/known-directory.js';
import { canonicalId, wellKnownName, wellKnownOf } from '../../src/access/principal.js';

const DOMAIN = 'S-1-5-21-7-8-9';
const sid = (rid: number): string => `${DOMAIN}-${rid}`;
const records: DirectoryRecords = {
  accounts: [
    { name: 'sato', ids: ['u:4001', sid(1201)], groups: [sid(1301)] },
    { name: 'DOM\\sato', ids: [sid(1201), sid(1299)] },
    { name: 'suzuki', ids: [sid(1202)] },
    { name: 'retired', ids: [sid(1203)], groups: [sid(1301)], isDisabled: true },
    { name: 'svc', ids: [sid(1204)], isPerson: false },
    { name: 'Administrator', ids: [sid(500)], groups: [sid(1301)] },
  ],
  groups: [
    { name: 'inner', ids: [sid(1301), 'g:4301'], members: [sid(1302)] },
    { name: 'outer', ids: [sid(1302)], members: [sid(1301), sid(1202), sid(1203)] },
    { name: 'foreign', ids: [sid(1303)], members: [sid(1201), 'S-1-5-21-1-1-1-1000'] },
    { name: 'ours', ids: [sid(1304)], members: [sid(1201), sid(1777)] },
    { name: 'partly', ids: [sid(1305)], members: [sid(1201)], isComplete: false },
    { name: 'lobby', ids: [sid(1306)], members: [sid(1201), 'S-1-5-11'] },
    { name: 'hall', ids: [sid(1307)], members: [sid(1306)] },
    { name: 'admins', ids: ['S-1-5-32-544'], members: [sid(1204)] },
  ],
  completeDomains: [DOMAIN],
};

describe('createDirectory', () => {
  const directory = createDirectory(records);
  const members = (id: string): unknown[] => {
    const group = directory.group(id);
    return [[...group.members].map((i) => directory.subjects[i]!.name).sort(), group.isResolved];
  };

  it('joins the ids of one person, Unix SIDs among them', () => {
    expect(new Set(['u:4001', sid(1201), sid(1299), 'S-1-22-1-4001'].map((id) => directory.subjectOf(id))).size).toBe(1);
    expect(directory.subjects.map((subject) => subject.name)).toEqual(['guest', 'other', 'sato', 'suzuki', 'svc']);
    expect(directory.subjects[2]!.ids).toEqual(['u:4001', sid(1201), sid(1299)]);
    expect(directory.persons).toBe(2);
  });

  it('follows groups in groups, also in a circle, and leaves disabled accounts and administration out', () => {
    expect(members(sid(1301))).toEqual([['sato', 'suzuki'], true]);
    expect(members(sid(1302))).toEqual([['sato', 'suzuki'], true]);
    expect(members('S-1-22-2-4301')).toEqual([['sato', 'suzuki'], true]);
  });

  it.each([
    ['a member of a domain that nobody knows', 1303, false],
    ['a deleted member of a domain that is complete', 1304, true],
    ['a list that may not be whole', 1305, false],
  ])('%s', (_title, rid, isResolved) => {
    expect(members(sid(rid))).toEqual([['sato'], isResolved]);
  });

  it('takes a group that holds a broad one for broad, at any depth', () => {
    expect(directory.whoIs(sid(1306))).toEqual({ kind: 'broad', reach: 'authenticated', isSure: false });
    expect(directory.group(sid(1306)).isResolved).toBe(false);
    expect(directory.whoIs(sid(1307))).toMatchObject({ kind: 'broad', reach: 'authenticated' });
  });

  it.each([
    [sid(1203), 'disabled'],
    [sid(1777), 'orphan'],
    [sid(512), 'admin'],
    ['S-1-3-0', 'nobody'],
    ['u:9999', 'person'],
    ['g:9999', 'group'],
    ['S-1-5-21-1-1-1-1000', 'group'],
    ['?DOM\\taro', 'group'],
    [sid(1201), 'account'],
  ])('%s is %s', (id, kind) => {
    expect(directory.whoIs(id).kind).toBe(kind);
  });

  it('knows administrators by what they are and by their groups', () => {
    expect(['u:0', 'g:0', sid(500), sid(1204), sid(1201)].map((id) => directory.isAdmin(id))).toEqual([true, true, true, true, false]);
  });

  it('finds names and ids, which decide nothing', () => {
    expect([sid(1203), sid(1301), 'S-1-5-11', 'u:9999'].map((id) => directory.nameOf(id))).toEqual([
      'retired',
      'inner',
      'Authenticated Users',
      null,
    ]);
    expect([directory.groupNamed('outer'), directory.groupNamed('sato'), directory.groupNamed('none')]).toEqual([sid(1302), null, null]);
  });
});

describe('well-known principals', () => {
  it.each([
    [
      'broad',
      ['S-1-1-0', 'S-1-5-11', 'S-1-5-32-545', 'S-1-5-32-546', 'S-1-5-32-554', 'S-1-5-32-568', 'S-1-5-7', 'S-1-5-2', 'S-1-5-4', 'S-1-5-1'],
    ],
    [
      'broad',
      ['S-1-5-3', 'S-1-5-13', 'S-1-5-14', 'S-1-5-15', 'S-1-5-17', 'S-1-5-113', 'S-1-5-1000', 'S-1-2-0', 'S-1-2-1', 'S-1-18-1', 'S-1-18-2'],
    ],
    ['broad', ['S-1-5-64-10', sid(513), sid(514), sid(515), sid(501), 'S-1-5-21-*-513']],
    [
      'admin',
      ['S-1-5-18', 'S-1-5-19', 'S-1-5-20', 'S-1-5-9', 'S-1-5-6', 'S-1-5-114', 'S-1-5-80-1-2-3-4-5', 'u:0', 'g:0', 'S-1-5-21-*-512'],
    ],
    ['admin', [544, 547, 548, 549, 550, 551, 552].map((rid) => `S-1-5-32-${rid}`)],
    ['admin', [498, 500, 502, 512, 516, 517, 518, 519, 520, 521, 522, 526, 527].map(sid)],
    ['nobody', ['S-1-3-0', 'S-1-3-1', 'S-1-3-4', 'S-1-5-10', 'S-1-5-12', 'S-1-15-2-1', 'S-1-16-12288', 'S-1-5-88-1-4001', 'S-1-0-0']],
    [undefined, [sid(1000), sid(5130), 'S-1-5-32-555', 'u:4001', 'g:4001', 'S-1-5-21-513', '?x']],
  ])('%s: %j', (kind, ids) => {
    expect(ids.map((id) => wellKnownOf(id)?.kind)).toEqual(ids.map(() => kind));
  });

  it('maps Unix SIDs and names the rest', () => {
    expect(['S-1-22-1-0', 'S-1-22-2-7', 'S-1-22-3-7'].map(canonicalId)).toEqual(['u:0', 'g:7', 'S-1-22-3-7']);
    expect([wellKnownName(sid(513)), wellKnownName(sid(1201))]).toEqual(['Domain Users', null]);
  });
});
