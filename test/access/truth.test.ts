/** The truth table of the corpus, row by row: descriptors, shares, POSIX paths and all of them together, with the readers that it names. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Directory, GUEST, STRANGER } from '../../src/access/directory.js';
import { ACCESS_BOUNDS, judgeReaders } from '../../src/access/exposure.js';
import { createDirectory } from '../../src/access/known-directory.js';
import { LOCAL_READING, ntReaders, SMB_READING } from '../../src/access/nt/nt-gate.js';
import { ntTold } from '../../src/access/nt/nt-judge.js';
import { parseSddl, parseSidText } from '../../src/access/nt/sddl.js';
import { everybody, meet, NO, type Passers, PROVEN } from '../../src/access/passers.js';
import { entrantsOf, judgePosix, readersOf } from '../../src/access/posix-permission.js';
import { PLAIN_SHARE, shareGateOf, throughShare } from '../../src/access/share.js';
import type { Access } from '../../src/model.js';
import { permission } from './posix-text.js';

const DOMAIN = 'S-1-5-21-1-2-3';
const sid = (rid: number): string => `${DOMAIN}-${rid}`;
const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

/** Three people with an account of both sorts, 31 more of the domain, 42 of the host, and enough colleagues that none of the groups is half of all. */
function makeDirectory(isComplete: boolean): Directory {
  const both = (rid: number, uid: number): object => ({ name: String(rid), ids: [sid(rid), `u:${uid}`] });
  return createDirectory({
    accounts: [
      both(1001, 5001),
      both(1002, 5002),
      both(1003, 5003),
      ...numbers(2000, 31).map((rid) => ({ name: `d${rid}`, ids: [sid(rid)] })),
      ...numbers(5100, 42).map((uid) => ({ name: `h${uid}`, ids: [`u:${uid}`] })),
      ...numbers(3000, 60).map((rid) => ({ name: `c${rid}`, ids: [sid(rid)] })),
    ] as { name: string; ids: string[] }[],
    groups: [
      { name: '1101', ids: [sid(1101)], members: [sid(1001), sid(1002)] },
      { name: '1106', ids: [sid(1106)], members: numbers(2000, 31).map(sid) },
      { name: '6001', ids: ['g:6001'], members: ['u:5001', 'u:5002'] },
      { name: '6002', ids: ['g:6002'], members: ['u:5003'] },
      { name: '6003', ids: ['g:6003'], members: [5001, 5002, ...numbers(5100, 42)].map((uid) => `u:${uid}`) },
    ],
    completeDomains: isComplete ? [DOMAIN] : [],
  });
}

interface Answer {
  readonly readers: Passers;
  readonly access: Access;
}

function answerTo(kind: string, input: string, context: string, directory: Directory): Answer {
  const option = new Map(context.split(' ').map((pair) => pair.split('=') as [string, string]));
  const sids = (key: string): string[] => (option.has(key) ? [option.get(key)!] : []);
  const bounds = { ...ACCESS_BOUNDS, broadGroups: sids('broad') };
  const [left, right] = input.split(' | ') as [string, string?];
  const path = kind === 'posix' ? left : right;
  const steps = path === undefined ? [] : path.split(' > ').map(permission);
  const gate = steps.slice(0, -1).reduce((above, folder) => meet(above, entrantsOf(folder, directory)), everybody(directory));
  if (kind === 'posix') {
    const file = steps.at(-1)!;
    return { readers: meet(gate, readersOf(file, directory)), access: judgePosix(gate, file, directory, bounds) };
  }
  const descriptor = parseSddl(left);
  const nt = ntReaders(descriptor, directory, option.get('smb') === '0' ? LOCAL_READING : SMB_READING);
  let readers = steps.length === 0 ? nt : meet(nt, meet(gate, readersOf(steps.at(-1)!, directory)));
  if (kind === 'share') {
    const share = {
      ...PLAIN_SHARE,
      name: 'kyoyu',
      available: option.get('available') !== '0',
      guestOk: option.get('guest') === '1',
      validUsers: sids('valid'),
      adminUsers: sids('admin'),
      forceUser: option.get('forceuser') ?? null,
      // Everything behind the first `=`: a descriptor has some of its own.
      descriptor: context.startsWith('sd=') ? parseSddl(context.slice('sd='.length)) : null,
    };
    readers = throughShare(shareGateOf(share, directory), readers);
  }
  return { readers, access: judgeReaders(readers, directory, bounds, ntTold('nt', descriptor, directory, readers.doubt)) };
}

/** The ids of the table: a RID of the domain or a uid. */
function subjectsNamed(words: readonly string[], directory: Directory): number[] {
  return words
    .filter((word) => /^\d+$/.test(word))
    .flatMap((id) => directory.subjectOf(sid(Number(id))) ?? directory.subjectOf(`u:${id}`) ?? []);
}

const table = new URL('../../../shared/corpus/access/truth.tsv', import.meta.url);
const rows = existsSync(table)
  ? readFileSync(table, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
  : [];

describe.skipIf(rows.length === 0)('truth table of the corpus (skipped where it is absent)', () => {
  // A table without rows would leave no test to be told as skipped.
  it.each(rows.length > 0 ? rows : [['no table']])('%s %s %s %s', (_id, kind, input, context, restricted, told) => {
    const directory = makeDirectory(context === 'complete=1');
    const { readers, access } = answerTo(kind!, input!, context!, directory);
    expect(access.state).toBe({ yes: 'restricted', no: 'open', unknown: 'unknown' }[restricted!]);
    const words = told!.split(' ');
    const named = subjectsNamed(words, directory);
    const passing = [...readers.flags.keys()].filter((i) => i !== GUEST && i !== STRANGER && readers.flags[i] !== NO);
    if (restricted === 'yes') expect([passing, access.readers]).toEqual([named, named.length]);
    for (const subject of named) expect(readers.flags[subject]).toBe(PROVEN);
    const count = words.find((word) => word.startsWith('#'));
    if (count !== undefined) expect(passing.length).toBe(Number(count.slice(1)));
    const broad = words.find((word) => /^[A-Z]/.test(word));
    const rid = /-\d+$/.exec(parseSidText(broad ?? '') ?? '')?.[0];
    if (broad === 'OTHER') expect(access.broad).toContain('other');
    else if (broad !== undefined) expect(access.broad[0]).toMatch(new RegExp(`^S-1-.*${rid}$`));
    for (const word of words.filter((one) => one.startsWith('?'))) expect(access.reason).toContain(word.slice(1));
  });
});
