/** Which settings running smbds have, over made-up folders of /proc. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { otherSmbds } from '../../../src/access/samba/running-smbd.js';

const base = mkdtempSync(join(tmpdir(), 'mimawari-proc-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const read = join(base, 'etc/smb.conf');
const other = join(base, 'etc/other.conf');
mkdirSync(dirname(read));
for (const file of [read, other]) writeFileSync(file, '');
const inContainer = join(base, 'container');
mkdirSync(join(inContainer, dirname(read)), { recursive: true });
writeFileSync(join(inContainer, read), '');

interface Process {
  readonly words: readonly string[];
  readonly name?: string;
  readonly parent?: number;
  readonly exe?: string;
  readonly environ?: string;
  /** The root of its own file system. */
  readonly root?: string;
  readonly space?: string;
}

let count = 0;
function proc(processes: Readonly<Record<number, Process>>): string {
  const folder = join(base, `proc${++count}`);
  mkdirSync(join(folder, 'self/ns'), { recursive: true });
  symlinkSync('mnt:[1]', join(folder, 'self/ns/mnt'));
  for (const [
    pid,
    { words, name = 'smbd', parent = 1, exe = '/usr/sbin/smbd', environ = '', root = '/', space = 'mnt:[1]' },
  ] of Object.entries(processes)) {
    const own = join(folder, pid);
    mkdirSync(join(own, 'ns'), { recursive: true });
    writeFileSync(join(own, 'stat'), `${pid} (${name}) S ${parent} 1 1`);
    writeFileSync(join(own, 'cmdline'), `${words.join('\0')}\0`);
    writeFileSync(join(own, 'environ'), environ);
    symlinkSync(exe, join(own, 'exe'));
    symlinkSync(base, join(own, 'cwd'));
    symlinkSync(root, join(own, 'root'));
    symlinkSync(space, join(own, 'ns/mnt'));
  }
  return folder;
}

describe('otherSmbds', () => {
  it.each<[title: string, process: Process, expected: { shown: string; conf: string | null } | null]>([
    ['the default', { words: ['/usr/sbin/smbd', '-F'] }, null],
    ['the file that was read, by its name', { words: ['smbd', '-s', read] }, null],
    ['another file', { words: ['smbd', '-D', '-s', other] }, { shown: other, conf: other }],
    ['in one word', { words: ['smbd', `-s${other}`] }, { shown: other, conf: other }],
    ['behind other letters', { words: ['smbd', '-Fs', other] }, { shown: other, conf: other }],
    ['by its long name', { words: ['smbd', `--configfile=${other}`] }, { shown: other, conf: other }],
    ['from its working directory', { words: ['smbd', '-s', 'etc/other.conf'] }, { shown: other, conf: other }],
    ['by its environment', { words: ['smbd'], environ: `A=b\0SMB_CONF_PATH=${other}\0` }, { shown: other, conf: other }],
    ['the argument before the environment', { words: ['smbd', '-s', read], environ: `SMB_CONF_PATH=${other}\0` }, null],
    [
      'the default of another build',
      { words: ['smbd'], exe: '/usr/local/samba/sbin/smbd' },
      { shown: '/usr/local/samba/etc/smb.conf', conf: '/usr/local/samba/etc/smb.conf' },
    ],
    ['a build that nobody knows', { words: ['smbd'], exe: '/opt/x/smbd' }, { shown: '/opt/x/smbd', conf: null }],
    ['in a container', { words: ['smbd'], root: inContainer, space: 'mnt:[2]' }, { shown: read, conf: null }],
    ['in a service that sees the same files', { words: ['smbd'], space: 'mnt:[2]' }, null],
    ['another program', { words: ['nmbd', '-s', other], name: 'nmbd' }, null],
  ])('%s', (_title, process, expected) => {
    expect(otherSmbds(read, read, proc({ 700: process }))).toEqual(expected === null ? [] : [expected]);
  });

  it('tells the one that was started and not its children, and one file once', () => {
    const started = { words: ['smbd', '-s', other] };
    const folder = proc({ 700: started, 701: { words: ['smbd: client'], parent: 700 }, 800: started });
    expect(otherSmbds(read, read, folder)).toEqual([{ shown: other, conf: other }]);
  });

  it('tells every one where no settings were read, and none where nobody may look', () => {
    expect(otherSmbds(null, read, proc({ 700: { words: ['smbd'] } }))).toEqual([{ shown: read, conf: read }]);
    expect(otherSmbds(read, read, join(base, 'none'))).toEqual([]);
  });
});
