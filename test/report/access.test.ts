import { beforeAll, describe, expect, it } from 'vitest';
import type { Lang } from '../../detectors/contract.js';
import { shownId } from '../../src/access/principal.js';
import type { Principal, Readers } from '../../src/model.js';
import type { AccessTold, GateTold, Remedy } from '../../src/parts.js';
import { type AccessInput, accessJson, renderAccess } from '../../src/report/access.js';
import { plainId, type ReachInput, reachJson, renderReach, renderReachOf } from '../../src/report/reach.js';
import { accessWords } from '../../src/words/access.js';
import { doubtText } from '../../src/words/access-doubt.js';
import { reachWords } from '../../src/words/reach.js';
import { expectGolden } from '../kit/golden.js';
import { AS_OF_MS, NO_RECORDS } from '../kit/judged-file.js';
import { reachLine } from '../kit/report-run.js';

beforeAll(() => {
  process.env.TZ = 'Asia/Tokyo';
});

const LANGS: readonly Lang[] = ['ja', 'en'];
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff\uff01-\uff60]/u;

const who = (id: string, name: string | null, kind: Principal['kind'] = 'account'): Principal => ({ id, name, kind, aliases: [] });
const readers = (everybody: number, guests: number, ...differing: [Principal, number][]): Readers => ({
  everybody,
  guests,
  differing: differing.map(([principal, certainty]) => ({ principal, certainty })),
});
const soumu = Array.from({ length: 12 }, (_, i): [Principal, number] => [who(`u:${5001 + i}`, `soumu${i + 1}`), 3]);
const gate = (of: string, permission: string, passers: Readers, doubt: string | null = null, entries: string[] = []): GateTold => ({
  gate: of.endsWith('.xlsx') ? 'file' : of.startsWith('/') ? 'folder' : 'share',
  of,
  permission,
  passers,
  doubt,
  entries,
});
const answer = (state: 'open' | 'restricted' | 'unknown', reason: string) =>
  ({ state, source: 'posix-acl', broad: [], readers: state === 'restricted' ? 13 : null, reason }) as const;
const remedy = (target: Remedy['target'], path: string, command: string[]): Remedy => ({
  tool: 'posix',
  target,
  path,
  commands: [command],
  removes: ['other', 'g:6003'],
  keeps: ['u:5001', 'g:6001', 'u:7777'],
  after: answer('restricted', 'group soumu: 13 readers'),
});
const NAMES: Readonly<Record<string, string>> = { 'u:5001': 'yamada', 'g:6001': 'soumu', 'g:6003': 'zen\u202e' };
const base = { path: '/srv/share/総務/名\u202e簿.xlsx', root: '/srv/share', above: [], shown: String };
const remedies = {
  file: null,
  folder: null,
  why: null,
  owner: 'yamada',
  isExported: false,
  shares: [],
  stamp: '20261121120000',
  nameOf: (id: string) => NAMES[id] ?? null,
  shown: String,
};
const told = (
  access: AccessTold['access'],
  gates: readonly GateTold[],
  passers: Readers,
  doubt: string | null = null,
): Pick<AccessInput, 'access' | 'told'> => ({
  access,
  told: {
    access,
    ways: gates
      .filter(({ gate: sort }) => sort === 'share')
      .map(({ of }) => ({ by: 'share' as const, of: String(of), folders: 'top' as const, ntList: false })),
    gates,
    readers: passers,
    doubt,
    countsAbove: false,
    knowsRemedies: true,
    closeFile: null,
    closeFolder: null,
    noRemedy: null,
  },
});

const all = readers(3, 3);
const INPUTS: readonly AccessInput[] = [
  {
    ...base,
    ...told(
      answer('open', 'mode 0644, parents passable'),
      [
        gate('/srv/share', '0755 root:root', readers(3, 0, [who('u:5009', 'saburo'), 0])),
        gate('/srv/share/総務/名簿.xlsx', '0644 yamada:soumu', all, null, [
          'user::rw-',
          'group:zen:rw-  #effective:r--',
          'mask::r--',
          'other::r--',
        ]),
      ],
      readers(3, 0, [who('u:5009', 'saburo'), 0]),
    ),
    remedies: {
      ...remedies,
      file: remedy('file', "/srv/share/総務/it's.xlsx", ['setfacl', '-n', '-x', 'g:6003', '-m', 'o::---']),
      folder: { remedy: remedy('folder', '/srv/share/総務', ['chmod', 'o-rwx']), files: 12, isRoot: true },
    },
  },
  {
    ...base,
    above: [gate('/srv', '0700 root:root', readers(0, 0))],
    ...told(
      answer('restricted', 'group soumu: 12 readers'),
      [
        gate('部署', 'valid users: soumu', readers(0, 0, ...soumu)),
        gate('/srv/share', '0755 root:root', all),
        gate('/srv/share/総務/名簿.xlsx', '0640 root:soumu', readers(0, 0, ...soumu)),
      ],
      readers(0, 0, ...soumu),
    ),
    remedies,
  },
  {
    ...base,
    ...told(
      answer('unknown', 'mode 0640: nobody knows who is in group 6999; at least 1 reader'),
      [
        gate(
          '/srv/share/総務/名簿.xlsx',
          '0640 7777:6999',
          readers(1, 1, [who('u:7777', null, 'person'), 3], [who('g:6999', null, 'unresolved'), 3]),
        ),
      ],
      readers(1, 1, [who('u:7777', null, 'person'), 3], [who('g:6999', null, 'unresolved'), 3]),
      'nobody knows who is in group 6999',
    ),
    remedies,
  },
  {
    ...base,
    ...told(
      answer('unknown', 'x'),
      [gate('/srv/share', '', readers(1, 1))],
      readers(1, 1),
      'permissions shown by cifs are not those of the server',
    ),
    remedies,
  },
  { ...base, access: answer('unknown', 'access lists of sunos are not read'), told: null, remedies: null },
  { ...base, ...told(answer('open', 'mode 0600, readable by the guest account'), [], readers(0, 3)), remedies },
];

const REACH: ReachInput = {
  roots: ['/srv/share', '/srv/古い\u202e'],
  startedMs: AS_OF_MS,
  complete: false,
  total: { files: 33, filesFound: 7, records: { ...NO_RECORDS, four: 20 }, persons: 14 },
  lines: [
    reachLine('account', 'u:5001', 'yamada\u001b[31m', 14, 6, 33),
    reachLine('unresolved', 'g:6999', null, 12, 5, 30),
    reachLine('service', 'u:33', 'www-data', 12, 5, 30),
    reachLine('person', 'u:7777', null, 12, 5, 30),
    reachLine('everybody', null, null, 12, 4, 29),
    reachLine('guests', null, null, 0, 0, 3),
  ],
  more: 2_000,
  likeEverybody: 1_234,
  filesUntold: 3,
};

describe.each(LANGS)('in %s', (lang) => {
  it('the answers of access are as the golden file', () => {
    expectGolden(`access.${lang}.txt`, INPUTS.map((input) => renderAccess(input, lang, false)).join('\n----\n'));
  });

  it('reach is as the golden file', () => {
    const detail = renderReachOf({ ...REACH.lines[0]!, likeEverybody: true }, { ...REACH, filesUntold: 0, complete: true }, lang, false);
    expectGolden(`reach.${lang}.txt`, `${renderReach(REACH, lang, false)}\n----\n${detail}`);
  });
});

it('lines of JSON are as the golden file', () => {
  expectGolden('access.jsonl', INPUTS.map(accessJson).join(''));
  expectGolden('reach.jsonl', [...reachJson(REACH)].join(''));
});

it('the tables have words for all, and no Japanese in the English ones', () => {
  for (const wordsOf of [accessWords, reachWords]) {
    expect(Object.keys(wordsOf('ja')).sort()).toEqual(Object.keys(wordsOf('en')).sort());
    expect(JSON.stringify(wordsOf('en'))).not.toMatch(JAPANESE);
  }
  expect(INPUTS.map((input) => renderAccess({ ...input, path: '/x', told: null }, 'en', false)).join('')).not.toMatch(/[\u3002\u3001]/u);
});

it.each([
  'its access list could not be read',
  "the share's access list could not be read",
  'nobody knows who is in group 6999',
  'nobody knows whom S-1-5-21-1-2-3-4 stands for',
  'permissions shown by cifs are not those of the server',
  'acl-format: system.nfs4_acl',
  'access lists of sunos are not read',
])('%s is said in Japanese too', (doubt) => {
  expect(doubtText(doubt, 'ja')).toMatch(JAPANESE);
  expect(doubtText(doubt, 'en')).toBe(doubt);
});

it('shows a name that nobody knows without the mark that it is kept by', () => {
  expect([plainId('?nosuchuser'), plainId('u:7'), shownId('?nosuchuser'), shownId('u:7')]).toEqual([
    '"nosuchuser"',
    'uid 7',
    'unknown name "nosuchuser"',
    'u:7',
  ]);
});
