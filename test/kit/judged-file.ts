/** Facts and judged files for tests of the policy and of reports: an ordinary file, of which a test changes what it is about. */

import type { Access, AccessState, Facts, JudgedFile, PasswordState, PersonCounts, ProblemCode, RecordCounts } from '../../src/model.js';
import { judge } from '../../src/policy/judge.js';
import { DEFAULT_POLICY, type Policy } from '../../src/policy/policy.js';

export const NO_RECORDS: RecordCounts = { four: 0, three: 0, two: 0, other: 0 };
export const NO_PERSONS: PersonCounts = { 'pension-number': 0, 'my-number': 0, 'name+birthdate': 0, 'name+address': 0 };

/** 2026-11-21 21:00 in Japan. */
export const AS_OF_MS = Date.parse('2026-11-21T21:00:00+09:00');
export const DAY_MS = 86_400_000;

export interface FactsChange extends Partial<Omit<Facts, 'content' | 'access'>> {
  readonly content?: Partial<Facts['content']>;
  readonly access?: Partial<Access>;
}

/** A file of 10 days that was read in full, holds nothing, has no password and is open. */
export function makeFacts(change: FactsChange = {}): Facts {
  return {
    root: '/srv/share',
    path: '総務部/名簿.xlsx',
    pathBytes: null,
    member: null,
    entry: 'file',
    sizeBytes: 18_231,
    modifiedMs: AS_OF_MS - 10 * DAY_MS,
    accessedMs: AS_OF_MS - DAY_MS,
    owner: 'yamada',
    ...change,
    content: {
      format: 'xlsx',
      examined: 'full',
      problems: [],
      kinds: {},
      records: NO_RECORDS,
      persons: NO_PERSONS,
      password: { state: 'none', scheme: null },
      contentHash: `sha256:${'ab'.repeat(32)}`,
      fromPath: false,
      ...change.content,
    },
    access: {
      state: 'open',
      source: 'posix-acl',
      broad: ['other'],
      readers: null,
      reason: 'mode 0644, parents passable',
      ...change.access,
    },
  };
}

/** A roster: 12 persons with pension numbers. */
export const ROSTER: Partial<Facts['content']> = {
  kinds: { 'pension-number': 12, name: 12, birthdate: 12, address: 4 },
  records: { four: 4, three: 8, two: 0, other: 0 },
  persons: { ...NO_PERSONS, 'pension-number': 12 },
};

export const password = (state: PasswordState): Pick<Facts['content'], 'password'> => ({
  password: { state, scheme: state === 'none' ? null : 'agile-aes256' },
});

export const accessState = (state: AccessState): Partial<Access> =>
  state === 'open' ? {} : { state, broad: [], readers: state === 'restricted' ? 3 : null, reason: state };

export const problems = (...codes: ProblemCode[]): Pick<Facts['content'], 'problems'> => ({
  problems: codes.map((code) => ({ stage: 'extract', code, detail: `detail of ${code}` })),
});

export function makeJudged(change: FactsChange = {}, policy: Policy = DEFAULT_POLICY): JudgedFile {
  const facts = makeFacts(change);
  return { ...facts, ...judge(facts, policy, AS_OF_MS) };
}
