/** The people concerned with a folder: who reads besides them, by name, and which rule holds where. */
import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../../src/access/accounts.js';
import { concernedOf, idsOfEntry, withListed } from '../../src/access/concerned.js';
import { concernedSource } from '../../src/access/concerned-source.js';
import { ACCESS_BOUNDS } from '../../src/access/exposure.js';
import { createDirectory } from '../../src/access/known-directory.js';
import { judgeNt } from '../../src/access/nt/nt-judge.js';
import { parseSddl } from '../../src/access/nt/sddl.js';
import { everybody, meet } from '../../src/access/passers.js';
import { entrantsOf, judgePosix } from '../../src/access/posix-permission.js';
import type { Access, FileStat } from '../../src/model.js';
import type { AccessSource, AccessTold, FolderGate } from '../../src/parts.js';
import { permission } from './posix-text.js';

const staff = Array.from({ length: 40 }, (_, i) => `s${i}`);
const known = parseAccounts(
  ['taro:x:5001:6001::/:/', 'hanako:x:5002:6002::/:/', ...staff.map((name, i) => `${name}:x:${5100 + i}:6003::/:/`)].join('\n'),
  `kacho:x:6001:\nsoumu:x:6002:taro\nzen:x:6003:\nmore:x:6004:${staff.slice(0, 8)}`,
);

function judge(path: string, entries: string[]): Access {
  const ids = entries.flatMap((entry) => idsOfEntry(entry, known));
  const concerned = concernedOf(ids, known);
  const directory = withListed(known, concerned);
  const steps = path.split(' > ').map(permission);
  const gate = steps.slice(0, -1).reduce((above, folder) => meet(above, entrantsOf(folder, directory)), everybody(directory));
  return judgePosix(gate, steps.at(-1)!, directory, { ...ACCESS_BOUNDS, concerned });
}

describe('POSIX', () => {
  it.each<[string, string, string[], string, number | null, string]>([
    [
      'the group that is listed',
      '0:0:755 > 0:6002:640',
      ['soumu'],
      'restricted',
      2,
      'group soumu: 2 readers, all among the people concerned',
    ],
    [
      'forty people, all of them listed',
      '0:0:755 > 0:6003:640',
      ['zen'],
      'restricted',
      40,
      'group zen: 40 readers, all among the people concerned',
    ],
    ['one reader too many, by name', '0:0:755 > 0:6002:640', ['kacho'], 'open', 2, 'group soumu: not among the people concerned: hanako'],
    [
      'many too many',
      '0:0:755 > 0:6004:640',
      ['kacho'],
      'open',
      8,
      'group more: not among the people concerned: s0, s1, s2, s3, s4 and 3 more',
    ],
    ['an owner who is not listed', '0:0:755 > 7777:6001:600', ['kacho'], 'open', 1, 'owner alone: not among the people concerned: u:7777'],
    [
      'an owner who is listed by number',
      '0:0:755 > 7777:6001:600',
      ['u:7777'],
      'restricted',
      1,
      'owner alone: 1 reader, all among the people concerned',
    ],
    ['others', '0:0:755 > 5001:6001:644', ['kacho'], 'open', null, 'mode 0644, parents passable'],
    [
      'others behind a closed folder',
      '0:6001:750 > 0:0:644',
      ['6001'],
      'restricted',
      1,
      'readable by others, but parents are closed to them: 1 reader, all among the people concerned',
    ],
    [
      'a group that nobody can resolve',
      '0:0:755 > 5001:6999:640',
      ['kacho'],
      'unknown',
      null,
      'mode 0640: nobody knows who is in group 6999; they may not be among the people concerned',
    ],
    [
      'such a group that is listed',
      '0:0:755 > 5001:6999:640',
      ['kacho', 'g:6999'],
      'restricted',
      1,
      'group 6999: 1 reader, all among the people concerned',
    ],
    ['nobody reads it', '0:0:755 > 0:0:600', ['kacho'], 'restricted', 0, 'administrators alone: 0 readers, all among the people concerned'],
  ])('%s', (_title, path, entries, state, readers, reason) => {
    expect(judge(path, entries)).toMatchObject({ state, readers, reason });
  });

  it('knows entries by name of a group and of an account, and none that nobody has', () => {
    expect([idsOfEntry('taro', known), idsOfEntry('soumu', known), idsOfEntry('Soumu', known), idsOfEntry('s-1-22-1-7', known)]).toEqual([
      ['u:5001'],
      ['g:6002'],
      [],
      ['u:7'],
    ]);
  });
});

describe('NT lists', () => {
  const D = 'S-1-5-21-1-2-3';
  const directory = createDirectory({
    accounts: ['a', 'b'].map((name, i) => ({ name, ids: [`${D}-${1101 + i}`] })),
    groups: [{ name: 'g', ids: [`${D}-2001`], members: [`${D}-1101`] }],
  });
  const of = (sddl: string, listed: string[]): Access => {
    const concerned = concernedOf(listed, directory);
    const seen = withListed(directory, concerned);
    return judgeNt('x', everybody(seen), parseSddl(sddl), seen, { ...ACCESS_BOUNDS, concerned });
  };

  it.each<[string, string, string[], string]>([
    ['listed', `O:SYD:(A;;FA;;;${D}-2001)`, [`${D}-2001`], 'restricted'],
    ['one more', `O:SYD:(A;;FA;;;${D}-2001)(A;;FR;;;${D}-1102)`, [`${D}-2001`], 'open'],
    ['a broad one', 'O:SYD:(A;;FR;;;AU)', [`${D}-2001`], 'open'],
    ['a broad one that is listed', 'O:SYD:(A;;FR;;;AU)', ['S-1-5-11'], 'restricted'],
    ['guests too', 'O:SYD:(A;;FR;;;WD)', ['S-1-5-11'], 'open'],
    ['an unknown group', `O:SYD:(A;;FR;;;${D}-3000)`, [`${D}-2001`], 'unknown'],
    ['an unknown group that is listed', `O:SYD:(A;;FR;;;${D}-3000)`, [`${D}-3000`], 'restricted'],
  ])('%s', (_title, sddl, listed, state) => {
    expect(of(sddl, listed).state).toBe(state);
  });
});

describe('which rule holds', () => {
  const stat = {} as FileStat;
  const asked: string[] = [];
  const source = (id: string): AccessSource => ({
    id,
    folder: (path, _stat, parent): FolderGate => {
      asked.push(`${id} ${path}`);
      return { key: `${parent === null ? '' : parent.key}>${path}` };
    },
    file: (path, _stat, gate) => ({ state: 'unknown', source: id, broad: [], readers: null, reason: `${gate.key} ${path()}` }),
  });
  const rules: Readonly<Record<string, number>> = { '/r/a': 0, '/r/a/c/d': 1 };
  const routed = concernedSource(
    (path, root) => (root === '/r' ? (rules[String(path)] ?? null) : null),
    [source('A'), source('D')],
    source('-'),
  );

  it('the innermost one, with the folders above it judged by its own source, each once', () => {
    const top = routed.folder('/r', stat, null);
    const a = routed.folder('/r/a', stat, top);
    const c = routed.folder('/r/a/c', stat, a);
    const d = routed.folder('/r/a/c/d', stat, c);
    const b = routed.folder('/r/b', stat, top);
    const answers = [top, a, c, d, b].map((gate) => routed.file(() => 'f', stat, gate));
    expect(answers.map((answer) => `${answer.source} ${answer.reason}`)).toEqual([
      '- >/r f',
      'A >/r>/r/a f',
      'A >/r>/r/a>/r/a/c f',
      'D >/r>/r/a>/r/a/c>/r/a/c/d f',
      '- >/r>/r/b f',
    ]);
    expect(new Set(asked).size).toBe(asked.length);
    expect(d.key).toBe('1/>/r>/r/a>/r/a/c>/r/a/c/d');
  });

  it('tells by the source of the rule that holds, and nothing where that tells nothing', () => {
    const told = (id: string) => ({ ...source(id), tell: () => ({ readers: id }) as unknown as AccessTold });
    const by = concernedSource((path) => rules[String(path)] ?? null, [told('A'), source('D')], told('-'));
    const tell = (...paths: string[]) =>
      by.tell!(
        paths.map((path) => ({ path, stat })),
        { path: 'f', stat },
      );
    expect(tell('/r')).toEqual({ readers: '-' });
    expect(tell('/r', '/r/a', '/r/a/c')).toEqual({ readers: 'A' });
    expect(tell('/r', '/r/a', '/r/a/c', '/r/a/c/d')).toBeNull();
  });
});
