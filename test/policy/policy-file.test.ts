import { describe, expect, it } from 'vitest';
import { limits, SETTABLE, type SettableName } from '../../src/limits.js';
import { EXAMPLE_POLICY } from '../../src/policy/example-policy.js';
import { DEFAULT_POLICY, policyHash } from '../../src/policy/policy.js';
import { readPolicy } from '../../src/policy/policy-file.js';
import { daysOf, nearestOf } from '../../src/policy/policy-values.js';
import { readSite } from '../../src/policy/site-file.js';
import { UsageError } from '../../src/problem.js';

function faultsOf(text: string): string[] {
  try {
    readPolicy(text, 'policy.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message.split('\n');
  }
  return [];
}

describe('readPolicy', () => {
  it('reads the example to the default, and nothing to the default', () => {
    expect(readPolicy(EXAMPLE_POLICY, 'policy.yaml')).toEqual(DEFAULT_POLICY);
    for (const empty of ['', '# nothing\n', '\ufeff', 'retention:\nwords:\n'])
      expect(readPolicy(empty, 'policy.yaml')).toEqual(DEFAULT_POLICY);
  });

  it('reads the example with all its examples in use', () => {
    const used = EXAMPLE_POLICY.replace(/^(tolerate|broadGroups|exclude): \[\]\n/gm, '')
      .replace(/^# (?=tolerate|broadGroups|exclude)/gm, '')
      .replace(/^(retention|directory|accessFrom|concerned|exceptions): \[\]/gm, '$1:')
      .replace('bounds: {}', 'bounds:')
      .replace('labels: {}', 'labels:')
      .replace('thresholds: {}', 'thresholds:')
      .replace(/^# {3}/gm, '  ')
      .replace(/^ {2}# {3}/gm, '    ');
    expect(readPolicy(used, 'policy.yaml')).toMatchObject({
      retention: [
        { name: '健康診断個人票', paths: ['人事部/健診/**'], formats: ['xlsx', 'pdf'], limitDays: 1826 },
        { name: '番号を含むもの', kinds: ['my-number', 'pension-number'], departments: ['総務部'], from: 'business-year', limitDays: 1096 },
      ],
      tolerate: ['needs-ocr', 'offline'],
      directory: [{ form: 'ldif', file: 'ad.ldf', complete: ['S-1-5-21-1004336348-1177238915-682003330'] }],
      accessFrom: [{ root: '/mnt/copy', form: 'icacls', file: 'acl.txt', exportedAs: 'D:\\共有', domain: null }],
      concerned: [{ folder: '人事部', readers: ['人事課', 'S-1-5-21-1004336348-1177238915-682003330-1107'] }],
      exclude: ['**/*.iso', 'システム/ログ/**'],
      site: { labels: { 'pension-number': ['基年番'], name: ['漁業者名'] } },
      bounds: Object.fromEntries(Object.keys(SETTABLE).map((name) => [name, limits[name as SettableName]])),
      exceptions: [
        { path: '企画部/移行作業/**', approver: '情報管理責任者', expires: '2027-03-31' },
        { path: null, hash: expect.stringMatching(/^sha256:/u), expires: '2027-03-31' },
      ],
    });
  });

  it('reads every setting; one value alone is a list of one; numbers keep their zeros', () => {
    const text = `retentionDefault: 90日
keepGone: 無期限
retention: [{paths: a/**, keep: forever}]
weakPasswordProtects: false
readersMax: 10
accessPaths: [smb, local]
include: "*.xlsx"
words: {known: 0467221234, names: [小鳥遊], places: 柿生, off: [phone, email], thresholds: {name: certain}}`;
    expect(readPolicy(text, 'p')).toEqual({
      ...DEFAULT_POLICY,
      retentionDefaultDays: 90,
      keepGoneDays: null,
      retention: [{ name: 'a/**', paths: ['a/**'], formats: [], limitDays: null }],
      weakPasswordProtects: false,
      readersMax: 10,
      accessPaths: ['smb', 'local'],
      include: ['*.xlsx'],
      site: {
        labels: {},
        known: ['0467221234'],
        names: ['小鳥遊'],
        places: ['柿生'],
        off: ['phone', 'email'],
        thresholds: { name: 'certain' },
      },
    });
  });

  it('reads where accounts and lists come from, and who is concerned', () => {
    const text = `directory:
  - form: host
  - {form: group, file: g.txt, complete: unix}
  - {form: ldif, file: ad.ldf, complete: [s-1-5-21-1-2-3]}
sameNameSamePerson: true
accessFrom: {root: /mnt/a, file: a.txt, form: get-acl, exportedAs: '\\\\sv\\共有', domain: S-1-5-21-1-2-3}
concerned:
  - {folder: 人事部/**, readers: 人事課}
  - {folder: "**", readers: [6001, yamada]}`;
    expect(readPolicy(text, 'p')).toEqual({
      ...DEFAULT_POLICY,
      directory: [
        { form: 'host', file: null, complete: [] },
        { form: 'group', file: 'g.txt', complete: ['unix'] },
        { form: 'ldif', file: 'ad.ldf', complete: ['S-1-5-21-1-2-3'] },
      ],
      sameNameSamePerson: true,
      accessFrom: [{ root: '/mnt/a', file: 'a.txt', form: 'get-acl', exportedAs: '\\\\sv\\共有', domain: 'S-1-5-21-1-2-3' }],
      concerned: [
        { folder: '人事部', readers: ['人事課'] },
        { folder: '', readers: ['6001', 'yamada'] },
      ],
    });
  });

  it.each([
    ['retension: []', '1:1: unknown key "retension"; did you mean "retention"?'],
    ['tolerate: [needs_ocr]', '1:12: "needs_ocr": unknown problem code; did you mean "needs-ocr"?'],
    ['words: {names: [" "]}', '1:17: " ": must not be empty'],
    ['words: {names: 3}', '1:16: "3": expected a name, and there is no letter in it'],
    ['words: {places: [柿生, "…"]}', '1:22: "…": expected a name, and there is no letter in it'],
    ['words: {thresholds: {name: sure}}', '1:28: "sure": unknown strength'],
    ['words: {off: [names]}', '1:15: "names": unknown kind; did you mean "name"?'],
    ['words: {label: {}}', '1:9: unknown key "label"; did you mean "labels"?'],
    ['readersMax: 0', '1:13: "0": expected a whole number from 1 to 1000000'],
    ['accessPaths: [smd]', '1:15: "smd": unknown way; did you mean "smb"?'],
    ['accessPaths: []', '1:14: "accessPaths" is empty; write smb, nfs or local'],
    ['readersMax: [3]', '1:13: expected a text'],
    ['bounds: {depthMx: 3}', '1:10: unknown key "depthMx"; did you mean "depthMax"?'],
    ['bounds: {depthMax: 0}', '1:20: "0": expected a whole number from 1 to 32 (K, M and G may be used)'],
    ['bounds: {entryBytesMax: 2G}', '1:25: "2G": expected a whole number from 1048576 to 1073741824 (K, M and G may be used)'],
    ['weakPasswordProtects: nope', '1:23: expected true or false'],
    ['retentionDefault: forever', '1:19: "forever": the default needs a limit; use a rule under "retention" for what is kept forever'],
    ['retentionDefault: 5 yaers', '1:19: "5 yaers": expected a span such as "90 days", "5 years" or "forever"'],
    ['retention: [{paths: a}]', '1:13: "keep" is missing'],
    ['retention: [{paths: [], keep: 1}]', '1:13: "paths" is empty, so the rule fits nothing'],
    ['exclude: ["総務部\\\\作業"]', '1:11: "総務部\\作業": write "/" between folders; "\\" only stands before one of ()[]{}!?+@'],
    ['exclude: [/a/**]', '1:11: "/a/**": patterns are matched below the root: leave out the leading "/" or drive'],
    ['exclude: ["@(a|b"]', '1:11: "@(a|b": ")" is missing at the end of a group'],
    ['exclude: ["a[b"]', '1:11: "a[b": "]" is missing at the end of a group'],
    ['exclude: ["a}b"]', '1:11: "a}b": "}" closes nothing; write "\\}" for the character itself'],
    ['exclude: ["a(1).csv"]', '1:11: "a(1).csv": "(" groups patterns only after one of !?+*@; write "\\(" for the character itself'],
    ['exclude: ["../b"]', '1:11: "../b": "." and ".." don\'t occur in paths below the root'],
    ['exclude: *x', '1:10: anchors and aliases ("&", "*") are not read; quote a pattern that begins with "*"'],
    ['exceptions: [{path: a, reason: r, approver: b, expires: 2026-02-30}]', '1:57: "2026-02-30": the calendar has no such day'],
    ['exceptions: [{path: a, reason: " ", approver: b, expires: 2026-02-03}]', '1:32: " ": must not be empty'],
    ['directory: [{form: ldiff, file: a}]', '1:20: "ldiff": unknown form; did you mean "ldif"?'],
    ['directory: [{form: ldif}]', '1:13: "file" is missing'],
    ['directory: [{file: a}]', '1:13: "form" is missing'],
    ['directory: [{form: host, file: a}]', '1:13: "host" is this host\'s own list and has no "file"'],
    [
      'directory: [{form: ldif, file: a, complete: [S-1-5-21-1]}]',
      '1:46: "S-1-5-21-1": expected the SID of a domain: S-1-5-21- and three numbers',
    ],
    ['sameNameSamePerson: maybe', '1:21: expected true or false'],
    ['accessFrom: [{root: /a, form: getfacl}]', '1:14: "file" is missing'],
    ['accessFrom: [{root: /a, file: b, form: facl}]', '1:40: "facl": unknown form; known: getfacl, icacls, get-acl, get-smbshare'],
    ['accessFrom: [{root: /a, file: b, form: icacls, as: c}]', '1:48: unknown key "as"'],
    ['accessFrom: [{root: /a, file: b, form: icacls, domain: BUILTIN}]', '1:56: "BUILTIN": expected the SID of a domain'],
    ['concerned: [{folder: a, readers: []}]', '1:13: "readers" is empty, so that any reader would be one too many'],
    ['concerned: [{folder: /a, readers: [b]}]', '1:22: "/a": patterns are matched below the root'],
    ['concerned: [{folder: a}]', '1:13: "readers" is missing'],
    ['a: 1\u202e', '1:1: unknown key "a"; known: '],
    ['readersMax: 3\nreadersMax: 4', '2:1: key "readersMax" stands here a second time; put both together'],
    ['方針: \ufffd', '1:5: not valid UTF-8 here; save the file as UTF-8'],
  ])('tells the place and the fault of %j', (text, fault) => {
    const faults = faultsOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`policy.yaml:${fault}`);
  });

  it('tells a key that stands twice beside all other faults, in both of its values too', () => {
    const text = 'readersMax: 3\nreadersMax: 0\nretention:\n  - paths: /x\n    keep: 1y\n    keep: long\nwords:\n  of: []\n';
    expect(faultsOf(text).map((line) => line.split(': ')[0])).toEqual([
      'policy.yaml:2:1',
      'policy.yaml:2:13',
      'policy.yaml:4:12',
      'policy.yaml:6:5',
      'policy.yaml:6:11',
      'policy.yaml:8:3',
    ]);
  });

  it.each([
    ['retension: []', '1:1: 「retension」という項目はありません。「retention」ではありませんか'],
    ['readersMax: 0', '1:13: 「0」: 1 から 1000000 までの整数を書いてください'],
    ['tolerate: [x]', '1:12: 「x」: そのような原因のコードはありません。使えるもの: no-access、'],
    ['exceptions: [{path: a}]', '1:14: 「reason」がありません'],
    ['retention:\n\t- a', '2:1: YAML の書き方に誤りがあります: 字下げにタブは使えません'],
    ['a: "b', '1:6: YAML の書き方に誤りがあります: '],
  ])('tells the fault of %j in Japanese too', (text, fault) => {
    let told = '';
    try {
      readPolicy(text, 'policy.yaml');
    } catch (error) {
      told = (error as UsageError).told.ja;
    }
    expect(told).toContain(`policy.yaml:${fault}`);
  });

  it('tells all faults at once, a line each, in the order of the file', () => {
    const text = 'readersMax: many\nretention:\n  - paths: x/**\n    keep: long\n  - keep: 1y\ntolerat: [encrypted]\n';
    expect(faultsOf(text).map((line) => line.split(': ')[0])).toEqual([
      'policy.yaml:1:13',
      'policy.yaml:4:11',
      'policy.yaml:5:5',
      'policy.yaml:6:1',
    ]);
  });

  it.each(['[', '{a', 'a: [1\nb: 2', '- 1', '"', '['.repeat(20_000), `${'a: '.repeat(500)}`, '\u0000', '? [a]\n: b'])(
    'refuses %j with few lines and no crash',
    (text) => {
      const faults = faultsOf(text);
      expect(faults.length).toBeGreaterThan(0);
      expect(faults.length).toBeLessThan(10);
      for (const fault of faults) expect(fault).toMatch(/^policy\.yaml:/);
    },
  );

  it('bounds what it tells of a file that is no policy', () => {
    expect(faultsOf(Array.from({ length: 400 }, (_, index) => `key${index}: 1`).join('\n'))).toHaveLength(51);
    expect(faultsOf('#'.repeat(1024 * 1024 + 1))).toEqual(['policy.yaml: larger than 1 MB, which is no policy']);
  });
});

describe('rules of retention and exceptions', () => {
  const faultsOf = (text: string) => {
    try {
      readSite(text, 'p', '/');
      return '';
    } catch (error) {
      return (error as UsageError).told.en;
    }
  };
  it('go by departments and kinds, count from the business year, and by content', () => {
    const hash = `sha256:${'0a'.repeat(32)}`;
    const { policy } = readSite(
      `retention:
  - {departments: [総務], kinds: [my-number], from: business-year, keep: 3y}
departments: [{name: 総務, paths: [総務部/**]}]
retentionFrom: business-year
pile: {folder: 10, reader: 200}
announceExceptions: 14
exceptions: [{hash: "${hash.toUpperCase().replace('SHA', 'sha')}", reason: r, approver: a, expires: 2027-03-31}]`,
      'p',
      '/',
    );
    expect(policy.retention).toEqual([
      { name: '総務', paths: [], formats: [], kinds: ['my-number'], departments: ['総務'], from: 'business-year', limitDays: 1096 },
    ]);
    expect(policy.departments).toEqual([{ name: '総務', paths: ['総務部/**'] }]);
    expect([policy.retentionFrom, policy.pile, policy.announceDays]).toEqual(['business-year', { folder: 10, reader: 200 }, 14]);
    expect(policy.exceptions).toEqual([{ path: null, hash, reason: 'r', approver: 'a', expires: '2027-03-31' }]);
  });

  it.each([
    [
      'retention: [{departments: [総務武], keep: 3y}]\ndepartments: [{name: 総務部, paths: [a/**]}]',
      'p:1:27: no department "総務武" stands under "departments"; did you mean "総務部"?',
    ],
    ['retention: [{keep: 3y}]', 'p:1:13: nothing says what the rule is for'],
    ['retention: [{kinds: [], keep: 3y}]', '"kinds" is empty, so the rule fits nothing'],
    ['retention: [{paths: [a/**], from: born, keep: 3y}]', 'unknown beginning of the age; known: modified, business-year, document'],
    ['pile: {folder: 0}', 'p:1:16: "0": expected a number of persons'],
    ['exceptions: [{reason: r, approver: a, expires: 2027-03-31}]', 'give "path" or "hash", one of them'],
    ['exceptions: [{path: a, hash: "sha256:12", reason: r, approver: a, expires: 2027-03-31}]', 'expected a contentHash of a report'],
  ])('%s is refused', (text, words) => {
    expect(faultsOf(text)).toContain(words);
  });
});

describe('policyHash', () => {
  it('is equal for equal policies whatever the order of keys, and differs for any change', () => {
    const reordered = Object.fromEntries(Object.entries(DEFAULT_POLICY).reverse()) as unknown as typeof DEFAULT_POLICY;
    expect(policyHash(reordered)).toBe(policyHash(DEFAULT_POLICY));
    expect(policyHash(DEFAULT_POLICY)).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const text of ['readersMax: 31', 'retentionDefault: 364', 'tolerate: [offline]', 'words: {known: [a]}', 'exclude: [a]']) {
      expect(policyHash(readPolicy(text, 'p'))).not.toBe(policyHash(DEFAULT_POLICY));
    }
  });

  it('does not depend on the known values, which could be found by trying', () => {
    expect(policyHash(readPolicy('words: {known: [1234567890]}', 'p'))).toBe(policyHash(readPolicy('words: {known: [9876543210]}', 'p')));
  });
});

describe('values', () => {
  it.each([
    ['90', 90],
    ['90 days', 90],
    ['1 day', 1],
    ['90d', 90],
    ['1 year', 365],
    ['5y', 1826],
    ['10年', 3653],
    ['forever', null],
    ['無期限', null],
    ['0', 0],
  ])('reads %s as %s days', (text, days) => {
    expect(daysOf(text)).toEqual({ value: days });
  });

  it.each(['', '-1', '1.5 years', '101 years', '5 months', '9999999'])('refuses %j as a span', (text) => {
    expect(daysOf(text)).toHaveProperty('fault');
  });

  it('finds the nearest word, and none for a far one', () => {
    expect(nearestOf('exlcude', ['include', 'exclude'])).toBe('exclude');
    expect(nearestOf('zzz', ['include', 'exclude'])).toBeNull();
  });
});
