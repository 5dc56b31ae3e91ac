import { describe, expect, it } from 'vitest';
import { businessYearOf } from '../../src/policy/business-year.js';
import { exceptionsOn } from '../../src/policy/exceptions.js';
import { judge } from '../../src/policy/judge.js';
import { DEFAULT_POLICY, type Policy } from '../../src/policy/policy.js';
import { AS_OF_MS, DAY_MS, makeFacts, ROSTER } from '../kit/judged-file.js';

describe('businessYearOf', () => {
  it.each<[string, [number, 'name' | 'folder'] | null]>([
    ['平成27年度/名簿.xlsx', [2015, 'folder']],
    ['平成２７年度/名簿.xlsx', [2015, 'folder']],
    ['平成二十七年度/名簿.xlsx', [2015, 'folder']],
    ['平成十年度/名簿.xlsx', [1998, 'folder']],
    ['令和〇三年度/名簿.xlsx', [2021, 'folder']],
    ['二〇一五年度/名簿.xlsx', [2015, 'folder']],
    ['平成二十五〜二十七年度/名簿.xlsx', [2015, 'folder']],
    ['平成十十年度/名簿.xlsx', null],
    ['第三年度/名簿.xlsx', null],
    ['H27年度/令和元年度名簿.xlsx', [2019, 'name']],
    ['2015年度/係/名簿.xlsx', [2015, 'folder']],
    ['FY2015/a.csv', [2015, 'folder']],
    ['R5年度/FY2021 list.csv', [2021, 'name']],
    ['平成25~27年度/a.csv', [2015, 'folder']],
    ['昭和63年度 平成2年度/a.csv', [1990, 'folder']],
    // No year: a month, a birthdate, a department of the year, eras that had no such year.
    ['2015年3月/名簿.xlsx', null],
    ['山田太郎_昭和30年1月2日.xlsx', null],
    ['年度末/a.csv', null],
    ['昭和70年度/a.csv', null],
    ['12年度/a.csv', null],
    ['ZFY2015/a.csv', null],
  ])('%s', (path, expected) => {
    const found = businessYearOf(path);
    expect(found && [found.year, found.told]).toEqual(expected);
  });
});

const file = (path: string, ageDays: number) => makeFacts({ path, modifiedMs: AS_OF_MS - ageDays * DAY_MS, content: ROSTER });

describe('retention', () => {
  const byYear: Policy = { ...DEFAULT_POLICY, retentionFrom: 'business-year', retentionDefaultDays: 1000 };
  it('counts from the end of the business year where the policy says so, and tells which was used', () => {
    const copied = file('平成27年度/名簿.xlsx', 3);
    expect(judge(copied, byYear, AS_OF_MS).retention).toMatchObject({
      state: 'stale',
      basis: 'business-year',
      businessYear: { year: 2015, told: 'folder' },
    });
    expect(judge(copied, DEFAULT_POLICY, AS_OF_MS).retention).toMatchObject({
      state: 'within',
      ageDays: 3,
      basis: 'modified',
      businessYear: { year: 2015 },
    });
    expect(judge(file('名簿.xlsx', 3), byYear, AS_OF_MS).retention).toMatchObject({ ageDays: 3, basis: 'modified' });
    // The year after this one is prepared now; 令和27年度 is a slip of the pen, or a plan.
    expect(judge(file('令和9年度/名簿.xlsx', 3), byYear, AS_OF_MS).retention).toMatchObject({ ageDays: 0, basis: 'business-year' });
    expect(judge(file('令和27年度/名簿.xlsx', 1001), byYear, AS_OF_MS).retention).toMatchObject({ state: 'stale', basis: 'modified' });
    const { ageDays } = judge(copied, byYear, new Date(2016, 3, 2).getTime()).retention;
    expect(ageDays).toBe(1);
  });

  it.each<[number, number, string, number | null]>([
    // Days after the day of judging, days of the clock after it.
    [0.5, 0, 'within', 0],
    [0.99, 0, 'within', 0],
    [2, 0, 'unknown', null],
    [30_000, 0, 'unknown', null],
    // --as-of names a day in the past: the file was changed since.
    [20, 30, 'within', 0],
    [40, 30, 'unknown', null],
  ])('a last change %d days ahead, the clock %d, is %s', (ahead, clock, state, ageDays) => {
    const facts = { ...file('名簿.xlsx', -ahead), access: { ...file('', 0).access, state: 'restricted' as const } };
    const { retention, verdict, reasons } = judge(facts, DEFAULT_POLICY, AS_OF_MS, AS_OF_MS + clock * DAY_MS);
    expect(retention).toMatchObject({ state, ageDays });
    expect([verdict, reasons.includes('age-unknown')]).toEqual(state === 'unknown' ? ['undetermined', true] : ['compliant', false]);
  });

  it('goes by departments and by kinds', () => {
    const policy: Policy = {
      ...DEFAULT_POLICY,
      departments: [
        { name: '人事', paths: ['人事部/**'] },
        { name: '他', paths: ['**'] },
      ],
      retention: [
        { name: 'by kind', paths: [], formats: [], kinds: ['my-number'], limitDays: 1 },
        { name: 'by department', paths: [], formats: [], departments: ['他'], limitDays: 10 },
      ],
    };
    const rule = (path: string, kinds = ROSTER.kinds ?? {}) =>
      judge(makeFacts({ path, modifiedMs: AS_OF_MS, content: { ...ROSTER, kinds } }), policy, AS_OF_MS).retention.rule;
    expect(rule('人事部/a.csv')).toBe('default');
    expect(rule('総務部/a.csv')).toBe('by department');
    expect(rule('人事部/a.csv', { 'my-number': 1 })).toBe('by kind');
    expect(rule('人事部/a.csv', { 'my-number': 0 })).toBe('default');
  });
});

describe('exceptions', () => {
  const exception = (expires: string) => ({ path: 'a/**', reason: 'r', approver: 'b', expires });
  it('are announced before their end, and told when they have ended', () => {
    const asOfMs = new Date(2026, 10, 21).getTime();
    const policy: Policy = { ...DEFAULT_POLICY, exceptions: ['2026-12-22', '2026-12-21', '2026-11-20', '2026-11-21'].map(exception) };
    expect(exceptionsOn(policy, asOfMs).map((one) => [one.exception.expires, one.state])).toEqual([
      ['2026-11-20', 'expired'],
      ['2026-11-21', 'expiring'],
      ['2026-12-21', 'expiring'],
      ['2026-12-22', 'in-force'],
    ]);
  });

  it('may be for one content, wherever it lies', () => {
    const hash = `sha256:${'0a'.repeat(32)}`;
    const policy: Policy = { ...DEFAULT_POLICY, exceptions: [{ path: null, hash, reason: 'r', approver: 'b', expires: '2099-12-31' }] };
    const reasons = (contentHash: string) =>
      judge(makeFacts({ path: 'x', modifiedMs: 0, content: { ...ROSTER, contentHash } }), policy, AS_OF_MS).reasons;
    expect(reasons(hash)).toContain('excepted');
    expect(reasons(hash.replace('0a', '0b'))).not.toContain('excepted');
  });
});
