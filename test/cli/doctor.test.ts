/** What is told before the first night. Uses the compiled program in dist/. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noSource } from '../../src/access/registry.js';
import { bytesText, percentText, spanText } from '../../src/cli/doctor/figures.js';
import { exitOf } from '../../src/cli/doctor/line.js';
import { survey } from '../../src/cli/doctor/survey.js';
import { SCHEMA_VERSION } from '../../src/inventory/schema.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { resolveRoots } from '../../src/walk/roots.js';
import { program, roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
});
afterEach(() => share.remove());

interface Told {
  readonly check: string;
  readonly mark: string;
  readonly place?: string;
  readonly text: string;
  readonly todo?: string;
}

function doctor(...args: string[]): { code: number | null; lines: readonly Told[]; of: (check: string) => readonly Told[] } {
  const { code, stdout, stderr } = share.run('doctor', '--json', '--lang', 'en', ...args);
  expect(stderr).toBe('');
  const { lines } = JSON.parse(stdout) as { lines: Told[] };
  return { code, lines, of: (check) => lines.filter((line) => line.check === check) };
}

/** A host that serves shares by Samba has more to say of access than the share alone. */
function byModeAlone(): string {
  const policy = share.beside('policy.yaml');
  writeFileSync(policy, 'accessPaths: [nfs]\n');
  return policy;
}

describe('doctor', () => {
  it('finds nothing wrong where nothing is, and leaves no trace', () => {
    share.put('総務/名簿.csv', roster(30));
    const file = share.put('メモ.txt', 'なし\n');
    utimesSync(file, new Date('2015-05-08T00:00:00Z'), new Date('2015-06-01T00:00:00Z'));
    mkdirSync(share.beside('keys'), { mode: 0o700 });
    const { code, lines, of } = doctor(
      share.root,
      '--policy',
      byModeAlone(),
      '--inventory',
      share.beside('state/i.db'),
      '--key',
      share.beside('keys/k'),
    );
    expect([code, lines.filter((line) => line.mark !== 'ok')]).toEqual([0, []]);
    expect(lines.map((line) => line.check)).toEqual(
      expect.arrayContaining([
        'node',
        'memory',
        'sqlite',
        'worker',
        'files',
        'readable',
        'access',
        'access-times',
        'time',
        'inventory',
        'key',
      ]),
    );
    expect(of('files')[0]).toMatchObject({ place: share.root, text: expect.stringMatching(/^2 files in 2 folders/) });
    expect(of('inventory')[0]!.text).toContain('the folder is not there yet, and the sweep will make it');
    expect(of('key')[0]!.text).toMatch(/can be written, [^;]* free$/u);
    expect(of('readable')[0]!.text).toContain('2 of 2');
    expect(of('time')[0]!.text).toContain('from 2 files read here');
    expect(existsSync(share.beside('state'))).toBe(false);
    expect(statSync(file).atime.toISOString()).toBe('2015-05-08T00:00:00.000Z');
  });

  it('tells in Japanese too, with what to do', () => {
    share.put('名簿.csv', roster(3));
    const { code, stdout } = share.run('doctor', share.root, '--policy', byModeAlone(), '--lang', 'ja');
    expect(code).toBe(0);
    expect(stdout).toContain('△ 鍵: 台帳と同じフォルダーにあります');
    expect(stdout).toContain('見回りを始められます。');
    expect(stdout.replaceAll(share.folder, '')).not.toMatch(/[A-Za-z]{4,} [a-z]{3,} [a-z]{3,}/);
  });

  it('looks at the rest when the configuration has faults, and tells each', () => {
    const config = share.beside('m.yaml');
    writeFileSync(config, 'roots: [share]\nreadersMax: 0\nlimit: {}\n');
    const { code, of } = doctor('--config', config);
    expect([code, of('configuration').map((line) => line.text.replace(/^.*m\.yaml/u, ''))]).toEqual([
      2,
      [':2:13: "0": expected a whole number from 1 to 1000000', ':3:1: unknown key "limit"; did you mean "limits"?'],
    ]);
    expect(of('worker')[0]!.mark).toBe('ok');
  });

  it('names what keeps a sweep from running: roots, places, keys', () => {
    share.put('a.csv', roster(1));
    const config = share.beside('m.yaml');
    writeFileSync(config, `roots: [share, gone]\ninventory: share/i.db\nkey: m.yaml/k\noutputs: {csv: "share/{date}.csv"}\n`);
    const { code, of } = doctor('--config', config);
    expect([code, of('root')[0]!.place]).toEqual([2, share.beside('gone')]);
    for (const check of ['inventory', 'csv']) expect([check, of(check)[0]!.text]).toEqual([check, expect.stringContaining('lies below')]);
    writeFileSync(share.beside('i.db'), 'not a database');
    const second = doctor(share.root, '--inventory', share.beside('i.db'));
    expect(second.code).toBe(2);
    // One line, with what to do: not that it can be written beside it.
    expect(second.of('inventory').map(({ mark, text }) => [mark, text])).toEqual([
      ['bad', expect.stringMatching(/^inventory: not an inventory of mimawari.*move it aside, restore a copy/u)],
    ]);
    expect(second.of('key').map((line) => line.text)).toContainEqual(expect.stringContaining('its key is not'));
    expect(doctor().of('root')[0]!.text).toBe('no folder to sweep was given');
  });

  it.each(process.platform === 'linux' ? ['/proc/nope/o.csv', '/proc/o.csv', '/etc/passwd/o.csv', '/etc'] : [])(
    'says of %s what a sweep says of it, which ends with exit 2',
    (place) => {
      share.put('a.csv', roster(1));
      const config = share.beside('m.yaml');
      writeFileSync(config, `roots: [share]\noutputs: {csv: "${place}"}\n`);
      const looked = doctor('--config', config);
      expect([looked.code, looked.of('csv').map(({ mark }) => mark)]).toEqual([2, ['bad']]);
      for (const file of [place.replace('.csv', '.db'), ...(place === '/etc' ? [] : [`${place}/i.db`])])
        expect(share.run('scan', share.root, '--inventory', file)).toMatchObject({
          code: 2,
          stderr: expect.stringMatching(/^mimawari: .+\n$/u),
        });
      const { code, stderr } = share.run('scan', '--config', config);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^mimawari: .*(?:can't be (?:made|written)|is a folder).*\n$/u)]);
    },
  );

  it('leaves an older inventory as it is', () => {
    share.put('a.csv', roster(1));
    const file = share.beside('i.db');
    expect(share.run('scan', share.root, '--inventory', file, '--quiet').code).toBe(1);
    const old = readFileSync(file);
    // The head of the file holds the version (SQLite file format, 1.3).
    old.writeUInt32BE(SCHEMA_VERSION - 1, 60);
    writeFileSync(file, old);
    expect(
      doctor(share.root, '--inventory', file)
        .of('inventory')
        .map((line) => line.text),
    ).toContainEqual(expect.stringContaining('of an older version'));
    expect(readFileSync(file).equals(old)).toBe(true);
    expect(readdirSync(share.folder).filter((name) => name.startsWith('i.db'))).toEqual(['i.db', 'i.db.key']);
    old.writeUInt32BE(SCHEMA_VERSION + 1, 60);
    writeFileSync(file, old);
    expect(doctor(share.root, '--inventory', file)).toMatchObject({ code: 2 });
    writeFileSync(file, old.fill(0, 0, 100));
    expect(
      doctor(share.root, '--inventory', file)
        .of('inventory')
        .map(({ mark, text }) => [mark, text.slice(0, 60)]),
    ).toEqual([
      ['ok', expect.stringContaining('can be written')],
      ['warn', expect.stringContaining('inventory: damaged; the next sweep puts it aside')],
    ]);
    expect(readFileSync(file).equals(old)).toBe(true);
  });

  it('warns of rules of access that fit nothing, as a sweep does, and of settings of Samba that are not there', () => {
    share.put('人事/名簿.csv', roster(3));
    const policy = share.beside('policy.yaml');
    const group = 'concerned: [{folder: 人事, readers: [u:1]}, {folder: 人事課, readers: [u:1]}]\nbroadGroups: [綴り違い]\n';
    writeFileSync(policy, `accessPaths: [nfs]\n${group}`);
    const { of } = doctor(share.root, '--policy', policy, '--inventory', share.beside('i.db'));
    expect(of('concerned').map(({ mark, text }) => [mark, text.includes('"人事課"')])).toEqual([['warn', true]]);
    expect(of('broad-groups').map(({ mark, text }) => [mark, text.includes('"綴り違い"')])).toEqual([['warn', true]]);
    const { stderr } = share.run('scan', share.root, '--policy', policy, '--inventory', share.beside('i.db'), '--lang', 'en');
    expect(stderr.match(/concerned of the policy/gu)).toHaveLength(1);
    expect(stderr).toContain('no swept folder fits "人事課"');
    // Nothing has changed: the rules are met all the same.
    const again = share.run('scan', share.root, '--policy', policy, '--inventory', share.beside('i.db'), '--lang', 'en');
    expect(again.stderr.match(/no swept folder fits/gu)).toHaveLength(1);
    const other = share.beside('other.yaml');
    writeFileSync(other, 'smbConf: nowhere.conf\n');
    const missing = doctor(share.root, '--policy', other, '--inventory', share.beside('i.db'));
    if (process.platform === 'linux')
      expect([missing.code, missing.of('access')[0]!.text]).toEqual([2, expect.stringContaining('nowhere.conf')]);
  });

  it('warns of departments that hold nothing, and of a bound that makes the night long', () => {
    for (let i = 0; i < 30; i++) share.put(`総務部/${i}.txt`, 'なし\n');
    const config = share.beside('m.yaml');
    writeFileSync(
      config,
      'roots: [share]\nlimits: {filesPerSecond: 0.1}\ndepartments:\n  - {name: 総務, paths: [総務部/**]}\n  - {name: 人事, paths: [人事部/**]}\n',
    );
    const { code, of } = doctor('--config', config);
    expect([code, of('departments').map((line) => line.text)]).toEqual([0, ['departments without any file among those looked at: 人事']]);
    expect(of('pace')[0]!.text).toContain('5 min');
    // Managers are named: nobody is written to unless it is said, and that is told until it is settled either way.
    const withManager = (departments: string, file: string): readonly string[] => {
      const other = share.beside(file);
      const smtp = 'smtp: {host: 127.0.0.1, port: 9, security: none, from: a@example.jp}';
      writeFileSync(
        other,
        `roots: [share]\nnotify: {${departments}${smtp}}\ndepartments: [{name: 総務, paths: [総務部/**], manager: b@example.jp}]\n`,
      );
      return doctor('--config', other)
        .of('departments')
        .map(({ mark, text, todo }) => `${mark} ${text} → ${todo}`);
    };
    expect(withManager('', 'm1.yaml')).toEqual([expect.stringMatching(/^warn managers are named.*: 総務 → write "departments: true"/u)]);
    expect(withManager('departments: false, ', 'm2.yaml')).toEqual([]);
  });

  const asNobody =
    process.getuid?.() === 0 && spawnSync('setpriv', ['--reuid=65534', '--clear-groups', process.execPath, program, '-V']).status === 0;
  it.skipIf(!asNobody)('tells an ordinary user what will not be read, and exits with 3', () => {
    chmodSync(share.put('a/zu.csv', roster(2)), 0o600);
    share.put('a/offen.csv', roster(2, 5));
    mkdirSync(join(share.root, 'geheim'), { mode: 0o700 });
    for (const folder of [share.folder, share.root, join(share.root, 'a')]) chmodSync(folder, 0o755);
    const args = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, program];
    const { status, stdout } = spawnSync(
      'setpriv',
      [...args, 'doctor', share.root, '--lang', 'en', '--inventory', '/tmp/mimawari-nobody/i.db'],
      {
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      },
    );
    expect(status).toBe(3);
    for (const words of [
      '1 of 2 sampled files can be opened',
      "folders that can't be listed: 1",
      'access times will move',
      "can't be told",
    ])
      expect(stdout).toContain(words);
  });
});

it('estimates a tree that is too large to be walked', () => {
  for (let a = 0; a < 12; a++) for (let b = 0; b < 12; b++) for (let c = 0; c < 5; c++) share.put(`${a}/${b}/${c}.txt`, 'x');
  const [root] = resolveRoots([share.root]);
  const walked = survey(root!, DEFAULT_POLICY, noSource('none'), 60_000);
  expect(walked).toMatchObject({ isExact: true, files: 720, folders: 157, bytes: 720 });
  const guessed = survey(root!, DEFAULT_POLICY, noSource('none'), 2);
  expect(guessed.isExact).toBe(false);
  // Every way down looks alike here, so even one descent is right.
  expect([Math.round(guessed.files), Math.round(guessed.folders)]).toEqual([720, 157]);
  expect(new Set(guessed.sample.map(({ path }) => path)).size).toBe(guessed.sample.length);
});

it('writes figures as a person reads them', () => {
  expect([0, 900, 1536, 3.4 * 1024 ** 3, 250 * 1024 ** 2].map(bytesText)).toEqual(['0 B', '900 B', '1.5 KB', '3.4 GB', '250 MB']);
  expect([0, 0.001, 0.5, 0.999, 1].map(percentText)).toEqual(['0 %', '<1 %', '50 %', '>99 %', '100 %']);
  expect([0.2, 40, 600, 20_000].map((seconds) => spanText(seconds, 'ja'))).toEqual(['1秒', '40秒', '10分', '5.6時間']);
  expect(spanText(600, 'en')).toBe('10 min');
});

it('exits by the worst line', () => {
  const line = { check: 'x', text: '', mark: 'warn' } as const;
  expect([
    exitOf([line]),
    exitOf([line, { ...line, effect: 'unexamined' }]),
    exitOf([
      { ...line, effect: 'cannot-run' },
      { ...line, effect: 'unexamined' },
    ]),
  ]).toEqual([0, 3, 2]);
});
