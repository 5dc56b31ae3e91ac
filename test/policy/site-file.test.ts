import { describe, expect, it } from 'vitest';
import { departmentFinder } from '../../src/policy/department.js';
import { EXAMPLE_SITE } from '../../src/policy/example-site.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { DEFAULT_SITE } from '../../src/policy/site.js';
import { readSite } from '../../src/policy/site-file.js';
import { byteRateOf } from '../../src/policy/site-values.js';
import { UsageError } from '../../src/problem.js';

const read = (text: string) => readSite(text, 'm.yaml', '/etc/mimawari');

function faultsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message.split('\n').map((line) => line.replace('m.yaml:', ''));
  }
  return [];
}

describe('readSite', () => {
  it('reads the example to the defaults, and so does an empty file', () => {
    for (const text of [EXAMPLE_SITE, '', 'outputs:\nnotify:\nlimits:\n'])
      expect(read(text)).toEqual({ site: DEFAULT_SITE, policy: DEFAULT_POLICY });
  });

  it('reads the example with all its examples in use', () => {
    // The policy's half has a test of its own.
    const used = EXAMPLE_SITE.slice(0, EXAMPLE_SITE.indexOf('# ここから方針'))
      .replace(/^roots: \[\]\n/m, '')
      .replace(/^(departments): \[\]|^(outputs|notify): \{\}/gm, '$1$2:')
      .replace(/^# (?=roots|inventory:|key:|workers:|until:|passwords:|lang:)/gm, '')
      .replace(/^# {3}(?=\S)/gm, '  ')
      .replace(/^# {5}/gm, '    ')
      .replace(/^ {2}# (?=filesPerSecond|bytesPerSecond)/gm, '  ');
    const { site } = read(used);
    expect(site).toMatchObject({
      roots: ['/srv/share', '/etc/mimawari/D:\\共有'],
      inventory: '/var/lib/mimawari/inventory.db',
      key: '/etc/mimawari/mimawari.key',
      workers: 2,
      until: '06:00',
      lang: 'ja',
      departments: [{ name: '総務部', paths: ['総務部/**'], manager: 'soumu-bucho@example.jp' }],
      pace: { filesPerSecond: 200, bytesPerSecond: 20 * 1024 * 1024, priority: 'low', backOff: true },
      outputs: { csv: '/var/lib/mimawari/reports/{date}.csv', log: 'json' },
      notify: {
        departments: true,
        when: 'always',
        lang: 'ja',
        smtp: { host: 'mail.example.jp', port: 587, security: 'starttls', passwordEnv: null },
      },
    });
  });

  it('takes any policy file as it is, and tells faults of both parts at once, each at its line', () => {
    expect(read('readersMax: 5').policy.readersMax).toBe(5);
    expect(
      faultsOf(`rots: [/srv]
readersMax: 0
limits: {bytesPerSecond: fast, filesPerSecond: 0, priority: lowest}
departments:
  - {name: A, paths: []}
  - {name: A, paths: /a/**, manager: taro}
outputs: {csv: "x-{day}.csv", prometheus: m.txt, log: xml}
notify:
  departments: true
workers: 0`),
    ).toEqual([
      '1:1: unknown key "rots"; did you mean "roots"?',
      '2:13: "0": expected a whole number from 1 to 1000000',
      '3:26: "fast": expected an amount such as 20M or 500K',
      '3:48: "0": expected a number from 0.1 to 1000000',
      '3:61: "lowest": unknown priority; known: low, normal',
      '5:5: "paths" is empty, so nothing belongs to this department',
      '6:5: department "A" stands here a second time',
      '6:22: "/a/**": patterns are matched below the root: leave out the leading "/" or drive',
      '6:38: "taro": expected one mail address such as soumu@example.jp',
      '7:16: "x-{day}.csv": "{day}" is not known here; only {date} is',
      '7:43: "m.txt": its name must end in .prom, without {date}: the collector reads no other',
      '7:55: "xml": unknown form; known: json, text',
      '9:3: "smtp" is missing: there is no server to send mails by',
      '10:10: "0": expected a whole number from 1 to 256',
    ]);
  });

  it.each([
    ['{host: m, from: a@b, user: u, passwordEnv: P, security: none}', /go in the clear/],
    ['{host: m, from: a@b, user: u}', /goes together/],
    ['{host: m, from: a@b, passwordFile: p}', /goes together/],
    ['{host: m, from: a@b, user: u, passwordEnv: P, passwordFile: p}', /not both/],
    ['{host: m, from: "x\\ny <a@b>"}', /one mail address/],
    ['{host: m}', /"from" is missing/],
    ['{host: m, from: a@b, password: secret}', /unknown key "password"/],
    ['mail.example.jp', /expected keys/],
  ])('refuses smtp %s', (smtp, words) => {
    const faults = faultsOf(`notify: {administrators: [a@b], smtp: ${smtp}}`);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(words);
    expect(faults[0]).not.toContain('secret');
  });

  it('counts relative places from the folder of the file', () => {
    const { site } = read(
      'roots: [../share, /srv]\noutputs: {jsonl: "out/{date}.jsonl"}\nnotify: {smtp: {host: m, from: a@b, caFile: ca.pem}}',
    );
    expect(site.roots).toEqual(['/etc/share', '/srv']);
    expect(site.outputs.jsonl).toBe('/etc/mimawari/out/{date}.jsonl');
    expect(site.notify.smtp).toMatchObject({ caFile: '/etc/mimawari/ca.pem', port: 587 });
  });
});

it('reads amounts of bytes in any usual notation', () => {
  const value = (text: string) => ('value' in byteRateOf(text) ? (byteRateOf(text) as { value: number }).value : null);
  expect(['64K', '20M', '1G', '8MB/s', '1.5MiB', '100000', ' 2m '].map(value)).toEqual([
    65536, 20971520, 1073741824, 8388608, 1572864, 100000, 2097152,
  ]);
  for (const text of ['1K', '2T', '-1M', '1e6', '', 'M']) expect(value(text)).toBeNull();
});

it('finds the department of a path, the first that fits, however the name is composed', () => {
  const find = departmentFinder([
    { name: '経理', paths: ['経理部/**', '**/会計/**'], manager: null },
    { name: 'ほか', paths: ['**'], manager: null },
  ]);
  expect(['経理部/a.csv', 'x/会計/b', 'a', 'ガ/b', '経理部/.x/\n'].map((path) => find(path)?.name)).toEqual([
    '経理',
    '経理',
    'ほか',
    'ほか',
    '経理',
  ]);
  expect(departmentFinder([])('a')).toBeNull();
});
