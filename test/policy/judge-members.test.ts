import { describe, expect, it } from 'vitest';
import type { Facts, Verdict } from '../../src/model.js';
import { judgeContainer } from '../../src/policy/judge-members.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { AS_OF_MS, type FactsChange, makeFacts, password, problems, ROSTER } from '../kit/judged-file.js';

const part = (content: NonNullable<FactsChange['content']>): FactsChange => ({ content });
const locked = part({ ...ROSTER, ...password('set') });
const sealed = part({ examined: 'none', ...password('set'), ...problems('encrypted') });
const plain = part(ROSTER);
/** As the containers' own contents are: sums of what their members hold. */
const sums = plain;
const unread = part({ examined: 'none', ...problems('encrypted') });

function verdicts(container: FactsChange, members: Readonly<Record<string, FactsChange>>): Verdict[] {
  const inside = Object.entries(members).map(([member, change]): Facts => ({ ...makeFacts(change), member }));
  return judgeContainer(makeFacts(container), inside, DEFAULT_POLICY, AS_OF_MS).map(({ verdict }) => verdict);
}

describe('containers in containers', () => {
  it.each<[string, FactsChange, Record<string, FactsChange>, Verdict[]]>([
    ['a locked list in a zip in a mail', sums, { 'a.zip': sums, 'a.zip/b.xlsx': locked }, ['compliant', 'compliant', 'compliant']],
    ['three deep', sums, { a: sums, 'a/b': sums, 'a/b/c': locked }, ['compliant', 'compliant', 'compliant', 'compliant']],
    ['a sealed one', unread, { a: unread, 'a/b': sealed }, ['sealed', 'sealed', 'sealed']],
    [
      'one locked and one not, each in its own zip',
      sums,
      { a: sums, 'a/b': locked, c: sums, 'c/d': plain },
      ['violation', 'compliant', 'compliant', 'violation', 'violation'],
    ],
    ['names of which one begins the other', sums, { a: part({}), 'ab/c': locked }, ['compliant', 'clear', 'compliant']],
  ])('%s', (_title, container, members, expected) => {
    expect(verdicts(container, members)).toEqual(expected);
  });
});
