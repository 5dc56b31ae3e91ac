/** What would close a file by POSIX permissions: what goes, what stays, and that nobody gains anything by it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../../src/access/accounts.js';
import type { Directory } from '../../src/access/directory.js';
import { ACCESS_BOUNDS, type AccessBounds } from '../../src/access/exposure.js';
import { everybody, meet, type Passers } from '../../src/access/passers.js';
import { entrantsOf, judgePosix, type Permission, readersOf } from '../../src/access/posix-permission.js';
import * as remedies from '../../src/access/posix-remedy.js';
import { permission } from './posix-text.js';

const crowd = Array.from({ length: 40 }, (_, i) => `crowd${i}`);
const directory = parseAccounts(
  [
    'taro:x:5001:6001::/:/',
    'hanako:x:5002:6001::/:/',
    'jiro:x:5003:6002::/:/',
    ...crowd.map((name, i) => `${name}:x:${5100 + i}:6009::/:/`),
    ...Array.from({ length: 60 }, (_, i) => `staff${i}:x:${5300 + i}:6008::/:/`),
  ].join('\n'),
  ['kacho:x:6001:', 'soumu:x:6002:', `zen:x:6003:${crowd.join(',')}`, 'small:x:6004:jiro', 'rest:x:6008:', 'c:x:6009:'].join('\n'),
);
const top = everybody(directory);
const placed = (text: string) => ({ path: '/s/f', permission: permission(text) });

type File = { path: string; permission: Permission };

const closeFile = (gate: Passers, file: File, known: Directory, bounds: AccessBounds) =>
  remedies.closeFile(file, known, bounds, (changed) => judgePosix(gate, changed, known, bounds));

const closeFolder = (above: Passers, folder: File, file: Permission, known: Directory, bounds: AccessBounds) =>
  remedies.closeFolder(folder, known, bounds, (changed) => judgePosix(meet(above, entrantsOf(changed, known)), file, known, bounds));

describe('closeFile', () => {
  it.each<[title: string, file: string, commands: string[] | null, removes: string[], keeps: string[]]>([
    ['others go', '5001:6001:644', ['chmod o-rwx'], ['other'], ['u:5001', 'g:6001']],
    ['only what reads counts as staying', '5001:6001:604', ['chmod o-rwx'], ['other'], ['u:5001']],
    ['a group that is too large', '5001:6003:640', ['chmod g-rwx,o-rwx'], ['g:6003'], ['u:5001']],
    ['others and a group that is too large', '5001:6003:664', ['chmod g-rwx,o-rwx'], ['other', 'g:6003'], ['u:5001']],
    ['the guests', '5001:65534:640', ['chmod g-rwx,o-rwx'], ['g:65534'], ['u:5001']],
    [
      'of a list only what is broad',
      '5001:6001:u::rw-,u:5003:r--,u:65534:r--,g::r--,g:6003:r--,g:6004:r--,m::r--,o::r--',
      ['setfacl -n -x u:65534,g:6003 -m o::---'],
      ['other', 'u:65534', 'g:6003'],
      ['u:5001', 'u:5003', 'g:6001', 'g:6004'],
    ],
    [
      'the owning group of a list',
      '5001:6003:u::rw-,g::r--,g:6004:r--,m::r--,o::---',
      ['setfacl -n -m g::---'],
      ['g:6003'],
      ['u:5001', 'g:6004'],
    ],
    ['a guest who owns it goes on reading', '65534:6001:644', null, [], []],
  ])('%s', (_title, file, commands, removes, keeps) => {
    const remedy = closeFile(top, placed(file), directory, ACCESS_BOUNDS);
    if (commands === null) return expect(remedy).toBeNull();
    expect(remedy).toMatchObject({ tool: 'posix', target: 'file', removes, keeps });
    expect(remedy!.commands.map((command) => command.join(' '))).toEqual(commands);
    expect(remedy!.after.state).toBe('restricted');
  });

  it("lets the site's own broad groups go, by name and by number", () => {
    for (const broad of ['kacho', '6001', 'g:6001']) {
      const remedy = closeFile(top, placed('5003:6001:640'), directory, { ...ACCESS_BOUNDS, broadGroups: [broad] });
      expect(remedy).toMatchObject({ removes: ['g:6001'], keeps: ['u:5003'] });
    }
  });

  it('keeps a group that nobody can resolve, and says what is then still unknown', () => {
    expect(closeFile(top, placed('5001:6999:644'), directory, ACCESS_BOUNDS)).toMatchObject({
      keeps: ['u:5001', 'g:6999'],
      after: { state: 'unknown' },
    });
  });
});

describe('closeFolder', () => {
  it('closes the way to a file that others may read', () => {
    const remedy = closeFolder(
      top,
      { path: '/s', permission: permission('5001:6002:755') },
      permission('5001:6001:644'),
      directory,
      ACCESS_BOUNDS,
    );
    expect(remedy).toMatchObject({ target: 'folder', path: '/s', removes: ['other'], keeps: ['u:5001', 'g:6002'], after: { readers: 2 } });
    expect(remedy!.commands).toEqual([['chmod', 'o-rwx']]);
  });
});

const ids = fc.constantFrom(5001, 5003, 65534, 7777);
const gids = fc.constantFrom(6001, 6003, 6004, 6999, 65534);
const bits = fc.constantFrom('r--', '---', 'rw-', 'r-x');
const anyPermission: fc.Arbitrary<Permission> = fc.oneof(
  fc.tuple(ids, gids, fc.integer({ min: 0, max: 0o777 })).map(([uid, gid, mode]) => ({ uid, gid, mode, acl: null })),
  fc
    .record({
      uid: ids,
      gid: gids,
      users: fc.uniqueArray(fc.tuple(ids, bits), { maxLength: 3, selector: ([id]) => id }),
      groups: fc.uniqueArray(fc.tuple(gids, bits), { maxLength: 3, selector: ([id]) => id }),
      own: bits,
      mask: bits,
      other: bits,
    })
    .map(({ uid, gid, users, groups, own, mask, other }) =>
      permission(
        `${uid}:${gid}:${['u::rw-', ...users.map(([id, perm]) => `u:${id}:${perm}`), `g::${own}`, ...groups.map(([id, perm]) => `g:${id}:${perm}`), `m::${mask}`, `o::${other}`].join(',')}`,
      ),
    ),
);

it('closes every open file but one of a guest, and nobody reads afterwards who did not before', () => {
  fc.assert(
    fc.property(anyPermission, anyPermission, (folder, file) => {
      const gate = meet(top, entrantsOf({ ...folder, mode: folder.mode | 0o111 }, directory));
      if (judgePosix(gate, file, directory, ACCESS_BOUNDS).state !== 'open') return;
      const remedy = closeFile(gate, { path: '/s/f', permission: file }, directory, ACCESS_BOUNDS);
      if (remedy === null) {
        expect(file.uid).toBe(65534);
        return;
      }
      expect(remedy.after.state).not.toBe('open');
      const changed = applied(file, remedy.commands);
      expect(judgePosix(gate, changed, directory, ACCESS_BOUNDS)).toEqual(remedy.after);
      expectNoMore(readersOf(changed, directory), readersOf(file, directory));
    }),
    { numRuns: 2000 },
  );
});

/** The change as chmod(1) and setfacl(1) make it, apart from the code that planned it. */
function applied(before: Permission, commands: readonly (readonly string[])[]): Permission {
  let { mode, acl } = before;
  for (const [tool, ...args] of commands) {
    if (tool === 'chmod') mode &= args[0]!.startsWith('g') ? 0o700 : 0o770;
    else if (Array.isArray(acl)) {
      const after = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1]!.split(',') : []);
      const gone = new Set(after('-x'));
      acl = acl.filter(({ tag, id }) => !gone.has(`${tag === 2 ? 'u' : tag === 8 ? 'g' : '-'}:${id}`));
      for (const text of after('-m'))
        acl = acl.map((entry) => (entry.tag === (text.startsWith('g') ? 4 : 0x20) ? { ...entry, perm: 0 } : entry));
      if (after('-m').includes('o::---')) mode &= 0o770;
    }
  }
  return { ...before, mode, acl };
}

function expectNoMore(after: Passers, before: Passers): void {
  // A group of which less is known than before may let somebody in possibly, never for certain.
  after.flags.forEach((flag, i) => {
    if (flag === 3) expect(before.flags[i]).not.toBe(0);
  });
}
