import { describe, expect, it } from 'vitest';
import type { AccessState, Examined, PasswordState, ProblemCode, Reason, Verdict } from '../../src/model.js';
import { exitCode, raisesNotExamined } from '../../src/policy/exit-code.js';
import { isExposed, isOpenViolation, judge } from '../../src/policy/judge.js';
import { withMembers } from '../../src/policy/judge-members.js';
import { DEFAULT_POLICY, type Policy } from '../../src/policy/policy.js';
import { AS_OF_MS, accessState, DAY_MS, makeFacts, makeJudged, password, problems, ROSTER } from '../kit/judged-file.js';

/** holds, examined, password, access, age in days, problem → verdict, reasons. The strict policy takes weak passwords for none. */
type Case = readonly [
  holds: 'data' | 'none',
  examined: Examined,
  password: PasswordState,
  access: AccessState,
  ageDays: number | null,
  problem: ProblemCode | null,
  verdict: Verdict,
  reasons: readonly Reason[],
  policy?: 'strict',
];

const CASES: readonly Case[] = [
  // Read in full, nothing found: clear, however it lies.
  ['none', 'full', 'none', 'open', 10, null, 'clear', []],
  ['none', 'full', 'none', 'open', 4000, null, 'clear', []],
  ['none', 'full', 'none', 'unknown', 10, null, 'clear', []],
  ['none', 'full', 'none', 'restricted', null, null, 'clear', []],
  ['none', 'full', 'set', 'open', 10, null, 'clear', []],
  ['none', 'full', 'default', 'open', 10, null, 'clear', []],
  ['none', 'full', 'weak', 'open', 10, null, 'clear', ['weak-password']],
  // Formats without text.
  ['none', 'textless', 'none', 'open', 10, null, 'textless', []],
  ['none', 'textless', 'unknown', 'unknown', 4000, null, 'textless', []],
  ['data', 'textless', 'none', 'open', 10, null, 'violation', ['no-password', 'open-access']],
  ['data', 'textless', 'none', 'restricted', 10, null, 'compliant', []],
  // Read in full, personal data: password and access.
  ['data', 'full', 'none', 'open', 10, null, 'violation', ['no-password', 'open-access']],
  ['data', 'full', 'set', 'open', 10, null, 'compliant', []],
  ['data', 'full', 'weak', 'open', 10, null, 'compliant', ['weak-password']],
  ['data', 'full', 'weak', 'open', 10, null, 'violation', ['weak-password', 'open-access'], 'strict'],
  ['data', 'full', 'weak', 'restricted', 10, null, 'compliant', ['weak-password'], 'strict'],
  ['data', 'full', 'weak', 'unknown', 10, null, 'undetermined', ['weak-password', 'access-unknown'], 'strict'],
  ['data', 'full', 'weak', 'unknown', 10, null, 'compliant', ['weak-password']],
  ['data', 'full', 'default', 'open', 10, null, 'violation', ['default-password', 'open-access']],
  ['data', 'full', 'default', 'restricted', 10, null, 'compliant', ['default-password']],
  ['data', 'full', 'default', 'unknown', 10, null, 'undetermined', ['default-password', 'access-unknown']],
  ['data', 'full', 'partial', 'open', 10, null, 'violation', ['no-password', 'open-access']],
  ['data', 'full', 'partial', 'restricted', 10, null, 'compliant', []],
  ['data', 'full', 'partial', 'unknown', 10, null, 'undetermined', ['no-password', 'access-unknown']],
  ['data', 'full', 'unknown', 'open', 10, null, 'undetermined', ['password-unknown', 'open-access']],
  ['data', 'full', 'unknown', 'restricted', 10, null, 'compliant', []],
  ['data', 'full', 'unknown', 'unknown', 10, null, 'undetermined', ['password-unknown', 'access-unknown']],
  ['data', 'full', 'none', 'restricted', 10, null, 'compliant', []],
  ['data', 'full', 'none', 'unknown', 10, null, 'undetermined', ['no-password', 'access-unknown']],
  ['data', 'full', 'set', 'unknown', 10, null, 'compliant', []],
  ['data', 'full', 'set', 'restricted', 10, null, 'compliant', []],
  // Retention: whole days, the limit itself is still within; one proven breach suffices.
  ['data', 'full', 'set', 'restricted', 365, null, 'compliant', []],
  ['data', 'full', 'set', 'restricted', 366, null, 'violation', ['stale']],
  ['data', 'full', 'none', 'open', 366, null, 'violation', ['no-password', 'open-access', 'stale']],
  ['data', 'full', 'none', 'unknown', 366, null, 'violation', ['no-password', 'access-unknown', 'stale']],
  ['data', 'full', 'unknown', 'unknown', 366, null, 'violation', ['password-unknown', 'access-unknown', 'stale']],
  ['data', 'full', 'weak', 'open', 366, null, 'violation', ['weak-password', 'stale']],
  ['data', 'full', 'set', 'open', 0, null, 'compliant', []],
  ['data', 'full', 'set', 'open', -1, null, 'compliant', []],
  ['data', 'full', 'set', 'open', -5, null, 'undetermined', ['age-unknown']],
  ['data', 'full', 'set', 'open', null, null, 'undetermined', ['age-unknown']],
  ['data', 'full', 'none', 'open', null, null, 'violation', ['no-password', 'open-access', 'age-unknown']],
  // Read in part.
  ['none', 'partial', 'none', 'open', 10, 'damaged', 'undetermined', ['partly-read']],
  ['none', 'partial', 'none', 'restricted', 10, 'needs-ocr', 'undetermined', ['partly-read']],
  ['none', 'partial', 'partial', 'open', 10, 'encrypted', 'undetermined', ['partly-read']],
  ['data', 'partial', 'none', 'open', 10, 'damaged', 'violation', ['no-password', 'open-access', 'partly-read']],
  ['data', 'partial', 'none', 'restricted', 10, 'damaged', 'compliant', ['partly-read']],
  ['data', 'partial', 'none', 'restricted', 400, 'damaged', 'violation', ['stale', 'partly-read']],
  ['data', 'partial', 'none', 'unknown', 10, 'timed-out', 'undetermined', ['no-password', 'access-unknown', 'partly-read']],
  ['data', 'partial', 'partial', 'open', 10, 'encrypted', 'violation', ['no-password', 'open-access', 'partly-read']],
  // Sealed.
  ['none', 'none', 'set', 'open', 10, 'encrypted', 'sealed', []],
  ['none', 'none', 'set', 'restricted', 10, 'encrypted', 'sealed', []],
  ['none', 'none', 'set', 'unknown', 10, 'encrypted', 'sealed', []],
  ['none', 'none', 'set', 'open', 366, 'encrypted', 'sealed', ['sealed-stale']],
  ['none', 'none', 'weak', 'open', 10, 'encrypted', 'sealed', ['weak-password']],
  ['none', 'none', 'weak', 'open', 366, 'encrypted', 'sealed', ['weak-password', 'sealed-stale']],
  ['none', 'none', 'weak', 'open', 10, 'encrypted', 'undetermined', ['weak-password', 'unread'], 'strict'],
  ['none', 'none', 'weak', 'restricted', 10, 'encrypted', 'sealed', ['weak-password'], 'strict'],
  ['data', 'none', 'set', 'open', 10, 'encrypted', 'sealed', []],
  ['data', 'none', 'set', 'open', 366, 'encrypted', 'violation', ['stale', 'unread']],
  // Unread for any other cause is never sealed, clear or compliant.
  ['none', 'none', 'set', 'open', 10, 'damaged', 'undetermined', ['unread']],
  ['none', 'none', 'default', 'open', 10, 'encrypted', 'undetermined', ['default-password', 'unread']],
  ['none', 'none', 'unknown', 'open', 10, 'encrypted', 'undetermined', ['unread']],
  ['none', 'none', 'partial', 'open', 10, 'encrypted', 'undetermined', ['unread']],
  ['none', 'none', 'unknown', 'unknown', 4000, 'no-access', 'undetermined', ['unread']],
  ['none', 'none', 'none', 'restricted', 10, 'needs-ocr', 'undetermined', ['unread']],
  ['none', 'none', 'none', 'open', 10, 'too-large', 'undetermined', ['unread']],
  ['none', 'none', 'none', 'open', 10, null, 'undetermined', ['unread']],
  ['data', 'none', 'none', 'open', 10, 'damaged', 'violation', ['no-password', 'open-access', 'unread']],
  ['data', 'none', 'none', 'restricted', 10, 'damaged', 'undetermined', ['unread']],
  ['data', 'none', 'unknown', 'open', 10, 'no-access', 'undetermined', ['password-unknown', 'open-access', 'unread']],
];

const STRICT: Policy = { ...DEFAULT_POLICY, weakPasswordProtects: false };

describe('judge', () => {
  for (const [holds, examined, state, access, age, problem, verdict, reasons, policy] of CASES) {
    const name = `${holds}, ${examined}, password ${state}, access ${access}, ${age} days, ${problem}, ${policy ?? 'default'} policy: ${verdict}`;
    it(name, () => {
      const facts = makeFacts({
        modifiedMs: age === null ? null : AS_OF_MS - age * DAY_MS,
        content: { ...(holds === 'data' ? ROSTER : {}), examined, ...password(state), ...(problem === null ? {} : problems(problem)) },
        access: accessState(access),
      });
      const judged = judge(facts, policy === 'strict' ? STRICT : DEFAULT_POLICY, AS_OF_MS);
      expect([judged.verdict, judged.reasons]).toEqual([verdict, reasons]);
    });
  }

  it('tells a list that no longer holds of protected files too, if they hold personal data', () => {
    const access = { ...accessState('restricted'), staleList: true as const };
    const reasonsOf = (content: object) => judge(makeFacts({ content, access }), DEFAULT_POLICY, AS_OF_MS).reasons;
    expect([reasonsOf(ROSTER), reasonsOf({})]).toEqual([expect.arrayContaining(['stale-acl']), []]);
  });

  it('has a table of at least sixty cases', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });

  it('takes a link for not applicable, an unreadable folder and a special file for unread', () => {
    const none = { format: 'none', contentHash: null };
    const link = makeJudged({ entry: 'link', content: { ...none, examined: 'textless' } });
    const folder = makeJudged({
      entry: 'folder',
      content: { ...none, examined: 'none', ...problems('no-access'), ...password('unknown') },
    });
    const special = makeJudged({
      entry: 'special',
      content: { ...none, examined: 'none', ...problems('special-file'), ...password('unknown') },
    });
    expect([link.verdict, folder.verdict, special.verdict]).toEqual(['textless', 'undetermined', 'undetermined']);
    expect(folder.reasons).toEqual(['unread']);
  });

  it('counts whole days only: a second before the 366th day is still within', () => {
    const at = (ms: number) => makeJudged({ modifiedMs: AS_OF_MS - ms, content: { ...ROSTER, ...password('set') } });
    expect(at(366 * DAY_MS - 1000)).toMatchObject({ verdict: 'compliant', retention: { state: 'within', ageDays: 365, limitDays: 365 } });
    expect(at(366 * DAY_MS)).toMatchObject({ verdict: 'violation', retention: { state: 'stale', ageDays: 366, rule: 'default' } });
  });

  it('takes the first retention rule that fits by path and format', () => {
    const policy: Policy = {
      ...DEFAULT_POLICY,
      retention: [
        { name: 'health', paths: ['人事部/健診/**'], formats: ['pdf'], limitDays: 1826 },
        { name: 'forever', paths: ['**/永年/**'], formats: [], limitDays: null },
        { name: 'work', paths: ['**/作業用/*', '作業用/**'], formats: [], limitDays: 30 },
      ],
    };
    const rule = (path: string, format: string, days: number | null) =>
      makeJudged({ path, modifiedMs: days === null ? null : AS_OF_MS - days * DAY_MS, content: { ...ROSTER, format } }, policy).retention;
    expect(rule('人事部/健診/2024/a.pdf', 'pdf', 700)).toMatchObject({ rule: 'health', state: 'within' });
    expect(rule('人事部/健診/2024/a.xlsx', 'xlsx', 700)).toMatchObject({ rule: 'default', state: 'stale' });
    expect(rule('総務/永年/.隠し/作業用/a.xlsx', 'xlsx', 9000)).toMatchObject({ rule: 'forever', state: 'within', limitDays: null });
    expect(rule('総務/永年/a.xlsx', 'xlsx', null)).toMatchObject({ rule: 'forever', state: 'within' });
    expect(rule('総務/作業用/a.xlsx', 'xlsx', 31)).toMatchObject({ rule: 'work', state: 'stale' });
    expect(rule('作業用/深い/所/a.xlsx', 'xlsx', 30)).toMatchObject({ rule: 'work', state: 'within' });
  });

  it('matches composed patterns to names that a Mac has written decomposed, and members by their container', () => {
    const policy: Policy = {
      ...DEFAULT_POLICY,
      retention: [{ name: 'r', paths: ['データ/**/*.csv', 'ガ.zip'], formats: [], limitDays: 1 }],
    };
    expect(makeJudged({ path: 'データ/x/a.csv'.normalize('NFD') }, policy).retention.rule).toBe('r');
    expect(makeJudged({ path: 'データ/x.zip', member: 'b/名簿.csv' }, policy).retention.rule).toBe('r');
    expect(makeJudged({ path: 'ガ.zip', member: 'b/名簿.txt' }, policy).retention.rule).toBe('r');
    const bracket: Policy = { ...DEFAULT_POLICY, retention: [{ name: 'b', paths: ['名簿\\(1\\).xlsx'], formats: [], limitDays: 1 }] };
    expect(makeJudged({ path: '名簿(1).xlsx' }, bracket).retention.rule).toBe('b');
    expect(makeJudged({ path: 'データ/x.zip' }, policy).retention.rule).toBe('default');
  });

  it('keeps the verdict of an excepted violation, until the last day of the exception has passed', () => {
    const exception = { path: '総務部/**', reason: 'move', approver: 'Sato', expires: '2026-11-21' };
    const policy: Policy = { ...DEFAULT_POLICY, exceptions: [exception] };
    const noon = new Date(2026, 10, 21, 12).getTime();
    const facts = makeFacts({ content: ROSTER });
    const today = judge(facts, policy, noon);
    expect(today).toMatchObject({ verdict: 'violation', reasons: ['no-password', 'open-access', 'excepted'] });
    expect(isOpenViolation(today)).toBe(false);
    const tomorrow = judge(facts, policy, noon + DAY_MS);
    expect(tomorrow.reasons).toEqual(['no-password', 'open-access']);
    expect(isOpenViolation(tomorrow)).toBe(true);
    expect(judge(makeFacts(), policy, noon).reasons).toEqual([]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['企画', ['企画', '企画/a.csv', '企画/中/b.csv'], ['企画書.csv', '総務/企画/a.csv']],
    ['人事/', ['人事/a.csv', '人事/中/b.csv'], ['人事課/a.csv']],
    ['総務/名簿.csv', ['総務/名簿.csv'], ['総務/名簿2.csv']],
    ['**/移行', ['移行/a.csv', '課/移行/中/a.csv'], ['課/移行済/a.csv']],
    ['課*/', ['課1/a.csv', '課1/中/a.csv'], ['別/課1/a.csv']],
    // What has glob characters at its end means no folder by itself: `*` excuses the files of the root, not the share.
    ['*', ['a.csv'], ['課/a.csv']],
    ['課/*.csv', ['課/a.csv'], ['課/x.csv/b.txt', '課/中/a.csv']],
    ['課/**', ['課/a.csv', '課/中/a.csv'], ['他/a.csv']],
  ])('an exception for %s covers what it names, and of a folder all below it', (path, inside, outside) => {
    const policy: Policy = { ...DEFAULT_POLICY, exceptions: [{ path, reason: 'r', approver: 'a', expires: '2999-01-01' }] };
    const isExcepted = (file: string) => makeJudged({ path: file, content: ROSTER }, policy).reasons.includes('excepted');
    expect([inside.filter((file) => !isExcepted(file)), outside.filter(isExcepted)]).toEqual([[], []]);
  });

  it('tells what lies exposed, which a stale but protected violation is not', () => {
    expect(isExposed(makeFacts({ content: ROSTER }), DEFAULT_POLICY)).toBe(true);
    expect(isExposed(makeFacts(), DEFAULT_POLICY)).toBe(false);
    expect(isExposed(makeFacts({ content: { ...ROSTER, ...password('set') }, modifiedMs: 0 }), DEFAULT_POLICY)).toBe(false);
    expect(isExposed(makeFacts({ content: ROSTER, access: accessState('unknown') }), DEFAULT_POLICY)).toBe(false);
  });
});

describe('withMembers', () => {
  const of = (verdict: Verdict, risk: number, ...reasons: Reason[]) => ({ ...makeJudged(), verdict, risk, reasons });

  it.each([
    ['violation', ['clear', 'violation', 'compliant']],
    ['undetermined', ['clear', 'undetermined', 'sealed']],
    ['sealed', ['clear', 'sealed', 'compliant']],
    ['compliant', ['clear', 'compliant', 'textless']],
    ['clear', ['textless', 'clear']],
  ] satisfies [Verdict, Verdict[]][])('takes the worst: %s', (worst, verdicts) => {
    expect(
      withMembers(
        of('clear', 0),
        verdicts.map((verdict) => of(verdict, 1)),
      ).verdict,
    ).toBe(worst);
  });

  it('joins reasons in their order and takes the highest risk', () => {
    const joined = withMembers(of('clear', 1, 'partly-read'), [
      of('violation', 80, 'open-access', 'stale'),
      of('violation', 20, 'no-password'),
    ]);
    expect(joined).toMatchObject({ risk: 80, reasons: ['no-password', 'open-access', 'stale', 'partly-read'] });
  });

  it('is read in part where a member could not be read, and unread only where nothing was', () => {
    expect(withMembers(of('undetermined', 0, 'partly-read'), [of('undetermined', 0, 'unread')]).reasons).toEqual(['partly-read']);
    expect(withMembers(of('undetermined', 0, 'unread'), [of('undetermined', 0, 'unread')]).reasons).toEqual(['unread']);
  });

  it('is not excepted while one of its members is in open violation', () => {
    const excepted = of('violation', 1, 'stale', 'excepted');
    expect(withMembers(of('clear', 0), [excepted]).reasons).toContain('excepted');
    expect(withMembers(of('clear', 0), [excepted, of('violation', 1, 'stale')]).reasons).not.toContain('excepted');
  });
});

describe('raisesNotExamined', () => {
  const tolerant: Policy = { ...DEFAULT_POLICY, tolerate: ['needs-ocr'] };
  const raises = (change: Parameters<typeof makeFacts>[0], policy = DEFAULT_POLICY) => {
    const facts = makeFacts(change);
    return raisesNotExamined(facts, judge(facts, policy, AS_OF_MS), policy);
  };

  it.each([
    ['read in full', {}, DEFAULT_POLICY, false],
    ['textless', { content: { examined: 'textless' } }, DEFAULT_POLICY, false],
    ['sealed', { content: { examined: 'none', ...password('set'), ...problems('encrypted') } }, DEFAULT_POLICY, false],
    ['unread', { content: { examined: 'none', ...problems('damaged') } }, DEFAULT_POLICY, true],
    ['unread for no told cause', { content: { examined: 'none' } }, tolerant, true],
    ['read in part with personal data', { content: { ...ROSTER, examined: 'partial', ...problems('damaged') } }, DEFAULT_POLICY, true],
    ['needs OCR', { content: { examined: 'none', ...problems('needs-ocr') } }, DEFAULT_POLICY, true],
    ['needs OCR, tolerated', { content: { examined: 'none', ...problems('needs-ocr') } }, tolerant, false],
    ['needs OCR tolerated, but damaged too', { content: { examined: 'partial', ...problems('needs-ocr', 'damaged') } }, tolerant, true],
    ['access not known', { content: ROSTER, access: accessState('unknown') }, DEFAULT_POLICY, true],
    ['an unreadable folder', { entry: 'folder', content: { examined: 'none', ...problems('no-access') } }, DEFAULT_POLICY, true],
  ] satisfies [string, Parameters<typeof makeFacts>[0], Policy, boolean][])('%s', (_name, change, policy, expected) => {
    expect(raises(change, policy)).toBe(expected);
  });
});

describe('exitCode', () => {
  const done = { violations: 0, notExamined: 0, complete: true, interrupted: false, timeLimit: false };

  it.each([
    [0, {}],
    [1, { violations: 1 }],
    [1, { violations: 1, notExamined: 5 }],
    [3, { notExamined: 1 }],
    [4, { complete: false, timeLimit: true, violations: 3, notExamined: 1 }],
    [130, { complete: false, interrupted: true, timeLimit: true, violations: 3 }],
    [130, { complete: false, interrupted: true }],
    [2, { complete: false, violations: 3 }],
  ])('%i for %j', (code, change) => {
    expect(exitCode({ ...done, ...change })).toBe(code);
  });
});
