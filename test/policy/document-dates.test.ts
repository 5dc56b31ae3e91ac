/** Ages by the dates that documents tell of themselves, where the policy says so, and as evidence where it does not. */
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/model.js';
import { judge } from '../../src/policy/judge.js';
import { judgeContainer } from '../../src/policy/judge-members.js';
import { DEFAULT_POLICY, type Policy } from '../../src/policy/policy.js';
import { AS_OF_MS, DAY_MS, makeFacts, ROSTER } from '../kit/judged-file.js';

const ago = (days: number | null) => (days === null ? null : AS_OF_MS - days * DAY_MS);
const file = (changed: number | null, saved: number | null, created: number | null = saved): Facts =>
  makeFacts({
    path: '平成27年度/名簿.xlsx',
    modifiedMs: ago(changed),
    access: { state: 'restricted' },
    content: { ...ROSTER, ...((saved ?? created) !== null && { documentDates: { created: ago(created), saved: ago(saved) } }) },
  });
const byDocument: Policy = { ...DEFAULT_POLICY, retentionFrom: 'document' };

describe('the age of a document', () => {
  it.each<[string, Facts, Policy, object]>([
    ['a copied old list', file(3, 4000), byDocument, { state: 'stale', ageDays: 4000, basis: 'document' }],
    [
      'a copied old list, by the last change',
      file(3, 4000),
      DEFAULT_POLICY,
      { state: 'within', ageDays: 3, basis: 'modified', staleByDocument: true },
    ],
    ['one that was saved as it was changed', file(3, 3), byDocument, { state: 'within', ageDays: 3, basis: 'document' }],
    ['one whose times were set back', file(4000, 3), byDocument, { state: 'within', ageDays: 3, basis: 'document' }],
    ['one at its limit', file(3, 365), byDocument, { state: 'within', ageDays: 365, basis: 'document' }],
    ['one a day beyond', file(3, 366), byDocument, { state: 'stale', ageDays: 366, basis: 'document' }],
    ['one without dates', file(400, null), byDocument, { state: 'stale', ageDays: 400, basis: 'modified' }],
    ['one that only tells when it was made', file(3, null, 4000), byDocument, { state: 'within', ageDays: 3, basis: 'modified' }],
    ['one from tomorrow', file(3, -0.5), byDocument, { state: 'within', ageDays: 0, basis: 'document' }],
    ['one from the future', file(400, -3), byDocument, { state: 'stale', ageDays: 400, basis: 'modified' }],
    ['one without a time of its last change', file(null, 10), byDocument, { state: 'within', ageDays: 10, basis: 'document' }],
    [
      'one without a limit',
      file(3, 4000),
      { ...byDocument, retention: [{ name: '永年', paths: ['**'], formats: [], limitDays: null }] },
      { state: 'within', basis: 'document' },
    ],
    [
      'by a rule of its own',
      file(3, 4000),
      { ...DEFAULT_POLICY, retention: [{ name: '人事', paths: [], formats: ['xlsx'], from: 'document', limitDays: 100 }] },
      { state: 'stale', basis: 'document', rule: '人事' },
    ],
  ])('%s', (_, facts, policy, expected) => {
    const { retention, verdict, reasons } = judge(facts, policy, AS_OF_MS);
    expect(retention).toMatchObject(expected);
    expect(retention.staleByDocument).toBe((expected as { staleByDocument?: true }).staleByDocument);
    expect([verdict, reasons.includes('stale')]).toEqual(retention.state === 'stale' ? ['violation', true] : ['compliant', false]);
  });

  it('is told beside whatever was used, but for what lies in the future', () => {
    const dates = (facts: Facts) => judge(facts, DEFAULT_POLICY, AS_OF_MS).retention.documentDates;
    expect(dates(file(3, 20, 40))).toEqual({ created: ago(40), saved: ago(20) });
    expect(dates(file(3, -20, 40))).toEqual({ created: ago(40), saved: null });
    expect(dates(file(3, -20))).toBeUndefined();
    expect(dates(file(3, null))).toBeUndefined();
    // --as-of names a day in the past: the document was saved since.
    expect(judge(file(3, 20), byDocument, AS_OF_MS - 30 * DAY_MS, AS_OF_MS).retention).toMatchObject({ ageDays: 0, basis: 'document' });
  });

  it('of a member is its own, else that of its container', () => {
    const mail = { ...file(3, 500), member: null };
    const members = [
      { ...file(3, null), member: 'a.txt' },
      { ...file(3, 4000), member: 'b.xlsx' },
      { ...file(3, 10), member: 'c.xlsx' },
    ];
    const lines = judgeContainer(mail, members, byDocument, AS_OF_MS);
    expect(lines.map(({ retention }) => retention.ageDays)).toEqual([500, 500, 4000, 10]);
    const zip = judgeContainer(file(3, null), members, byDocument, AS_OF_MS);
    expect(zip.map(({ retention, verdict }) => [retention.basis, retention.ageDays, verdict])).toEqual([
      ['document', 4000, 'violation'],
      ['modified', 3, 'compliant'],
      ['document', 4000, 'violation'],
      ['document', 10, 'compliant'],
    ]);
  });

  it('of a container is that of the oldest file inside whose is worse, and says whose it is', () => {
    const quiet = makeFacts({ member: 'q.docx', content: { documentDates: { created: ago(9000), saved: ago(9000) } } });
    const members = [
      { ...file(3, 500), member: 'b.xlsx' },
      { ...file(3, 10), member: 'in.zip' },
      { ...file(3, 4000), member: 'in.zip/c.xlsx' },
      quiet,
    ];
    const whose = (own: Facts, inside: readonly Facts[], policy: Policy) =>
      judgeContainer(own, inside, policy, AS_OF_MS).map(({ retention: { state, ageDays, member, staleByDocument } }) =>
        [state, ageDays, member, staleByDocument].filter((one) => one !== undefined),
      );
    const c = ['stale', 4000, 'in.zip/c.xlsx'];
    expect(whose(file(3, null), members, byDocument).slice(0, 4)).toEqual([c, ['stale', 500], c, ['stale', 4000]]);
    expect(whose(file(3, null), members, DEFAULT_POLICY).slice(0, 2)).toEqual([
      ['within', 3, 'in.zip/c.xlsx', true],
      ['within', 3, true],
    ]);
    // Its own is as bad, or nothing inside holds personal data.
    expect(whose(file(700, null), members, byDocument)[0]).toEqual(['stale', 700]);
    expect(whose(file(3, null), [quiet], byDocument)[0]).toEqual(['within', 3]);
  });
});
