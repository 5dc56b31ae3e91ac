/** `mimawari access` as an administrator runs it, and the commands that it prints as he would run them. Uses the compiled program in dist/. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
  chmodSync(share.folder, 0o755);
  chmodSync(share.root, 0o755);
});
afterEach(() => share.remove());

const hasAcl = spawnSync('bash', ['-c', 'command -v getfacl setfacl']).status === 0;

interface Told {
  readonly access: { state: string; reason: string };
  readonly root: string;
  readonly gates: readonly { gate: string; of: string; permission: string; entries: string[]; passers: { everybody: string } }[];
  readonly readers: { everybody: string; proven: { id: string }[] };
  readonly notCounted: readonly { of: string }[];
  readonly close: readonly { target: string; commands: string[]; restore: string; after: string }[];
}

function told(file: string, ...args: string[]): Told {
  const { code, stdout, stderr } = share.run('access', file, '--json', ...args);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Told;
}

function runAsPrinted(lines: readonly string[]): void {
  const { status, stderr } = spawnSync('bash', ['-c', lines.join('\n')], { encoding: 'utf8', env: { ...process.env, HOME: share.folder } });
  expect([status, stderr]).toEqual([0, '']);
}

const stateOf = (file: string): string => spawnSync('getfacl', ['-p', '-n', '--', file], { encoding: 'utf8' }).stdout;

describe('access', () => {
  it('tells the gates from the shared folder down, and its verdict is that of a sweep', () => {
    const file = share.put('総務/名簿.csv', roster(3));
    chmodSync(join(share.root, '総務'), 0o750);
    const { gates, access, root, readers } = told(file, '--root', share.root);
    expect(gates.map(({ gate, passers }) => [gate, passers.everybody])).toEqual([
      ['folder', 'yes'],
      ['folder', 'no'],
      ['file', 'yes'],
    ]);
    expect(root).toBe(share.root);
    expect([access.state, readers.everybody]).toEqual(['restricted', 'no']);
    expect(share.scan().files[0]!.access).toEqual({ ...access });
    // The inventory of that sweep tells the shared folder too.
    expect(told(file, '--inventory', share.beside('inventory.db')).access).toEqual(access);
    chmodSync(join(share.root, '総務'), 0o755);
    expect(told(file).access.state).toBe('open');
  });

  it('names a closed folder above the shared one without counting it', () => {
    const file = share.put('a/b/名簿.csv', 'x');
    chmodSync(join(share.root, 'a'), 0o700);
    const { access, notCounted, root } = told(file);
    expect([access.state, root]).toEqual(['open', join(share.root, 'a', 'b')]);
    expect(notCounted.map(({ of }) => of)).toContain(join(share.root, 'a'));
  });

  it('counts the folders above where the policy has people log on to the server, as a sweep does', () => {
    const file = share.put('a/b/名簿.csv', roster(3));
    chmodSync(join(share.root, 'a'), 0o700);
    const policy = share.beside('local.yaml');
    writeFileSync(policy, 'accessPaths: [local]\n');
    const root = join(share.root, 'a', 'b');
    const { access, notCounted, gates } = told(file, '--root', root, '--policy', policy);
    expect([access.state, notCounted]).toEqual(['restricted', []]);
    expect(gates.map(({ of }) => of)).toContain(join(share.root, 'a'));
  });

  it('speaks both languages, and names everything needed in a human form', () => {
    const file = share.put('名簿.csv', 'x');
    for (const [lang, words] of [
      ['ja', ['閉じるには', '読める人', 'スナップショット', 'mimawari は実行しません']],
      ['en', ['What would close it', 'Who can read it', 'snapshots', 'mimawari does not run this']],
    ] as const) {
      const { code, stdout } = share.run('access', file, '--lang', lang);
      expect(code).toBe(0);
      for (const word of [...words, 'chmod o-rwx --', 'getfacl -p --']) expect(stdout).toContain(word);
    }
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it.each([
    [['missing.csv'], 'no such file'],
    [[''], 'an empty name'],
    [['.'], 'no file'],
    [[], 'no file was given'],
  ])('refuses %j with one line and exit 2', (args, words) => {
    const { code, stdout, stderr } = share.run('access', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  it('refuses a shared folder that is not above the file, and an inventory that is not there', () => {
    const file = share.put('a.csv', 'x');
    expect(share.run('access', file, '--root', '/usr')).toMatchObject({ code: 2, stdout: '' });
    expect(share.run('access', file, '--inventory', share.beside('none.db'))).toMatchObject({ code: 2, stdout: '' });
  });

  it('goes by the policy: a group of the whole house is open', () => {
    const file = share.put('a.csv', 'x');
    chmodSync(file, 0o640);
    const policy = share.beside('policy.yaml');
    writeFileSync(policy, `broadGroups: ["${statSync(file).gid}"]\n`);
    const { access } = told(file, '--policy', policy);
    // Group 0 is administration and is never broad; any other group of the one who runs this is.
    if (statSync(file).gid !== 0) expect(access.state).toBe('open');
  });
});

describe.skipIf(!hasAcl)('the printed commands', () => {
  const HOSTILE = [
    '名簿.csv',
    "it's.csv",
    "';touch PWNED;'.csv",
    '$(touch PWNED).csv',
    '`touch PWNED`.csv',
    '-rf.csv',
    'a "b" $HOME.csv',
    'line\nbreak; touch PWNED.csv',
    '\u001b[31mred\u202e.csv',
    'back\\slash\\012.csv',
    'ends in newline\n',
  ];

  it.each(HOSTILE)('close %j and put it back, and touch nothing else', (name) => {
    const folder = join(share.root, 'd');
    mkdirSync(folder);
    const file = join(folder, name);
    writeFileSync(file, 'x');
    writeFileSync(join(folder, 'closed'), 'x', { mode: 0o600 });
    const before = [stateOf(file), stateOf(join(folder, 'closed'))];
    const { close } = told(file);
    expect(close.map(({ target }) => target)).toEqual(['file']);
    runAsPrinted(close[0]!.commands);
    expect(told(file).access.state).toBe(close[0]!.after);
    expect(stateOf(file)).not.toBe(before[0]);
    runAsPrinted([close[0]!.restore]);
    expect([stateOf(file), stateOf(join(folder, 'closed'))]).toEqual(before);
    expect(spawnSync('find', [share.folder, '-name', 'PWNED'], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('close a whole folder when all in it is open, and take broad entries out of a list without widening its mask', () => {
    const file = share.put('d/a.csv', 'x');
    share.put('d/below/b.csv', 'x');
    const before = stateOf(join(share.root, 'd'));
    const { close } = told(file, '--root', share.root);
    expect(close.map(({ target }) => target)).toEqual(['folder', 'file']);
    runAsPrinted(close[0]!.commands);
    expect(told(join(share.root, 'd', 'below', 'b.csv'), '--root', share.root).access.state).toBe('restricted');
    runAsPrinted([close[0]!.restore]);
    expect(stateOf(join(share.root, 'd'))).toBe(before);

    if (spawnSync('setfacl', ['-m', 'u:65534:r--,g:64999:rw-,m::r--,o::r--', file]).status !== 0) return;
    const own = told(file).close.find(({ target }) => target === 'file')!;
    runAsPrinted(own.commands);
    expect(told(file).access.state).toBe(own.after);
    expect(stateOf(file)).toMatch(/group:64999:rw-\s+#effective:r--/u);
    expect(stateOf(file)).not.toContain('user:65534');
  });
});

it('explain tells of an open file with personal data what would close it', () => {
  const file = share.put('名簿.csv', roster(3));
  expect(share.run('explain', file, '--lang', 'en').stdout).toContain('chmod o-rwx --');
  chmodSync(file, 0o600);
  expect(share.run('explain', file, '--lang', 'en').stdout).not.toContain('chmod');
});
