/** One configuration for a site, as an administrator writes it and each command takes it. Uses the compiled program in dist/. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
  share.put('総務/名簿.csv', roster(3));
});
afterEach(() => share.remove());

function configure(text: string): string {
  const file = share.beside('mimawari.yaml');
  writeFileSync(file, text);
  return file;
}

describe('a configuration', () => {
  it('is all that a sweep needs: folders, policy, inventory, dated outputs, language', () => {
    const config = configure(`roots: [share]
inventory: state/inventory.db
lang: ja
readersMax: 10
exceptions: [{path: "総務/**", reason: r, approver: a, expires: 2999-01-01}]
outputs: {csv: "out/{date}.csv", jsonl: "out/{date}.jsonl"}
`);
    const { code, stdout } = share.run('scan', '--config', config);
    expect([code, stdout]).toEqual([0, expect.stringContaining('見回りの結果')]);
    const all = readdirSync(share.beside('out')).sort();
    const names = all.filter((name) => !name.endsWith('.manifest.json'));
    expect(all).toEqual(names.flatMap((name) => [name, `${name}.manifest.json`]));
    expect(names).toEqual([expect.stringMatching(/^\d{4}-\d{2}-\d{2}\.csv$/), expect.stringMatching(/^\d{4}-\d{2}-\d{2}\.jsonl$/)]);
    expect(readFileSync(join(share.beside('out'), names[1]!), 'utf8')).toContain('"excepted"');
    expect(readdirSync(share.beside('state'))).toContain('inventory.db.key');
    expect(share.run('report', '--config', config, '--json', '--lang', 'en').stdout).toContain('"enumerated":1');
    expect(share.run('explain', join(share.root, '総務/名簿.csv'), '--config', config).stdout).toContain('判定');
  });

  it('tells which of its patterns leave nothing out, and none that do', () => {
    for (const file of ['label/a.txt', '下/label/b.txt', '書庫/c.txt', 'd.txt']) share.put(file, 'なし\n');
    const config = configure('roots: [share]\ninventory: i.db\nlang: en\nexclude: ["label/**", "**/label/**", "書庫/", "*.csv"]\n');
    const { code, stderr } = share.run('scan', '--config', config, '--exclude', 'nirgends');
    expect([code, stderr.match(/^.* fits nothing/gmu)]).toEqual([
      1,
      ['mimawari: exclude of the configuration: "*.csv" fits nothing', 'mimawari: --exclude nirgends fits nothing'],
    ]);
  });

  it('gives way to the command line, and reads nothing of what it is not asked for', () => {
    const config = configure('roots: [nowhere]\nlang: ja\nworkers: 1\noutputs: {csv: out.csv}\nexclude: ["**/*.csv"]\n');
    const { code, stdout } = share.run(
      'scan',
      share.root,
      '--config',
      config,
      '--lang',
      'en',
      '--csv',
      share.beside('other.csv'),
      '--quiet',
      '--json',
    );
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ enumerated: 0, roots: [share.root] })]);
    expect(readdirSync(share.folder).filter((name) => name.endsWith('.csv'))).toEqual(['other.csv']);
    // The policy of its own file wins over that of the configuration.
    const policy = share.beside('policy.yaml');
    writeFileSync(policy, 'readersMax: 3\n');
    expect(share.run('check', share.root, '--config', config, '--policy', policy).code).toBe(1);
    expect(share.run('check', share.root, '--config', config).code).toBe(0);
  });

  it('is checked as a whole before anything is read: every fault at its line, in its language', () => {
    const config = configure('roots: [share]\nlang: ja\nretention: [{paths: a}]\nnotify: {when: never}\noutput: {}\n');
    for (const args of [['scan'], ['check', share.root], ['report']]) {
      const { code, stderr, stdout } = share.run(...args, '--config', config, '--lang', 'en');
      expect([code, stdout, stderr.split('\n').map((line) => line.replace(/^.*mimawari\.yaml/u, ''))]).toEqual([
        2,
        '',
        [
          ':3:13: "keep" is missing',
          ':4:16: "never": unknown value; known: always, findings',
          ':5:1: unknown key "output"; did you mean "outputs"?',
          '',
        ],
      ]);
    }
  });

  it.each([
    [['scan'], '', 'no folder was given'],
    [['scan', '--config', 'missing.yaml'], '', "the configuration can't be read"],
    [['scan', '--max-bytes-per-second', '12'], '', 'from 64K to 1024G a second'],
    [['scan', '--priority', 'high'], '', 'give low or normal'],
  ])('%j is refused with what to do', (args, _none, words) => {
    const { code, stderr } = share.run(args[0]!, ...(args.length > 1 && !args.includes('--config') ? [share.root] : []), ...args.slice(1));
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it('is checked with all that it names: text and places in one list, of a sweep and of the doctor', () => {
    for (const [name, text] of [
      ['a-file', ''],
      ['bad-key', 'short'],
      ['bad.pem', 'x'],
    ] as const)
      writeFileSync(share.beside(name), text);
    mkdirSync(share.beside('inv.db'));
    const config = share.beside('faulty.yaml');
    writeFileSync(
      config,
      `roots: [share, gone, a-file]
inventory: inv.db
key: bad-key
passwords: none.txt
readersMax: 0
directory: [{form: passwd, file: nobody}]
smbConf: no-smb.conf
outputs:
  csv: share/x.csv
  xlsx: ./out/y
  html: out/y
  jsonl: bad-key
  byDepartment: a-file/x
  sign: bad.pem
`,
    );
    const faults: readonly [place: string, words: RegExp, check?: string][] = [
      ['1:16', /gone: no such folder/, 'root'],
      ['1:22', /takes folders/, 'root'],
      ['2:12', /is a folder/, 'inventory'],
      ['3:6', /not a key file/],
      ['4:12', /none\.txt: the passwords can't be read/],
      ['5:13', /expected a whole number/],
      ['6:34', /nobody: no such file/],
      ['7:10', /no-smb\.conf: no such file/],
      ['9:8', /lies below the folder/, 'csv'],
      ['11:9', /outputs\.xlsx and outputs\.html name the same place/],
      ['12:10', /key and outputs\.jsonl name the same place/],
      ['13:17', /x[\\/]manifest\.json: can't be written/],
      ['14:9', /bad\.pem: /],
    ];
    const swept = share.run('scan', '--config', config, '--lang', 'en');
    const lines = swept.stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^.*faulty\.yaml:/u, ''));
    expect([swept.code, lines]).toEqual([
      2,
      faults.map(([place, words]) => expect.stringMatching(new RegExp(`^${place}: .*${words.source}`, 'u'))),
    ]);
    const looked = share.run('doctor', '--config', config, '--lang', 'en', '--json');
    const told = (JSON.parse(looked.stdout) as { lines: { mark: string; check: string; text: string; at?: string }[] }).lines.filter(
      ({ mark }) => mark === 'bad',
    );
    for (const [place, , check] of faults) {
      const one = told.filter(({ text, at }) => `${text} ${at}`.includes(`faulty.yaml:${place}`));
      expect([place, one.length, one[0]?.check]).toEqual([
        place,
        1,
        check ?? (place.startsWith('6') || place.startsWith('7') ? expect.any(String) : 'configuration'),
      ]);
    }
    expect(readdirSync(share.folder).sort()).toEqual(['a-file', 'bad-key', 'bad.pem', 'faulty.yaml', 'inv.db', 'share']);
  });

  it('of which only roots are away is no faulty one, and neither is one whose way is closed', () => {
    if (process.platform === 'win32') return;
    symlinkSync('loop', share.beside('loop'));
    const config = share.beside('away.yaml');
    writeFileSync(config, 'roots: [share, gone, loop]\n');
    const some = share.run('scan', '--config', config, '--lang', 'en', '--quiet');
    expect([some.code, some.stderr.split('\n').length, some.stderr]).toEqual([
      2,
      3,
      expect.stringMatching(/gone: can't be reached now[\s\S]*loop: can't be/u),
    ]);
    const none = share.beside('none.yaml');
    writeFileSync(none, 'roots:\n  - gone\n  - loop\n');
    expect(share.run('scan', '--config', none, '--lang', 'en').stderr).toMatch(/none\.yaml:2:5: .*gone[^\n]*\n.*none\.yaml:3:5: .*loop/u);
  });

  it('never lets an output lie below a root, and opens nothing for --dry-run', () => {
    const config = configure('roots: [share]\noutputs: {csv: "share/out/{date}.csv"}\n');
    expect(share.run('scan', '--config', config)).toMatchObject({ code: 2, stderr: expect.stringContaining('lies below the folder') });
    expect(share.run('scan', '--config', config, '--dry-run')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 files') });
  });

  it('tells of groups that nobody knows: they would open no file', () => {
    const config = configure('roots: [share]\nbroadGroups: [全職員の綴り違い, 0, S-1-5-21-1-2-3-513]\n');
    const { stderr } = share.run('scan', '--config', config, '--quiet', '--lang', 'en');
    expect(stderr).toContain('nobody here knows "全職員の綴り違い"; no file');
    expect(stderr).not.toContain('S-1-5');
  });

  it('is written by init, and reads back', () => {
    mkdirSync(share.beside('etc'));
    const file = join(share.beside('etc'), 'mimawari.yaml');
    expect(share.run('init', file, '--lang', 'ja').stdout).toContain('mimawari doctor --config');
    expect(share.run('check', share.root, '--config', file).code).toBe(1);
    expect(share.run('init', '-')).toMatchObject({ code: 0, stdout: readFileSync(file, 'utf8') });
    expect(share.run('init', file)).toMatchObject({ code: 2, stderr: expect.stringContaining('exists already') });
  });
});
