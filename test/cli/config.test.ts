/** One configuration for a site, as an administrator writes it and each command takes it. Uses the compiled program in dist/. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
