/** What is read of this host's Samba, over a settings file of our own and made-up answers of its tools. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { accountRecords } from '../../../src/access/accounts.js';
import { defaultConf, readSamba, type Samba } from '../../../src/access/samba/read-samba.js';
import type { RunTool } from '../../../src/access/tools.js';

const base = mkdtempSync(join(tmpdir(), 'mimawari-samba-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const accounts = accountRecords('root:x:0:0::/root:\nsato:x:4001:4500::/home/sato:\n', 'soumu:x:4500:\n');
const path = join(base, 'smb.conf');
const state = join(base, 'state');

/** Answers by command; others are not there. */
function tools(answers: Record<string, string>): RunTool & { asked: string[] } {
  const asked: string[] = [];
  const run = (command: string) => {
    asked.push(command);
    const text = answers[command];
    return text === undefined ? null : { status: 0, stdout: Buffer.from(text), stderr: Buffer.from('') };
  };
  return Object.assign(run, { asked });
}

function read(conf: string, run: RunTool = tools({})): Samba {
  writeFileSync(path, `[global]\nstate directory = ${state}\n${conf}`);
  return readSamba(run, accounts, path)!;
}

function database(...names: string[]): void {
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state);
  for (const name of names) writeFileSync(join(state, name), '');
}

describe('readSamba', () => {
  it('is nothing where there is no smb.conf', () => {
    expect(readSamba(tools({}), accounts, join(base, 'none'))).toBeNull();
  });

  it('reads the file itself where testparm is not there, and its answer where it is', () => {
    database();
    expect(read('[a]\npath = /a').shares.map(({ path: at }) => at)).toEqual(['/a']);
    const told = read('config backend = registry', tools({ testparm: '[global]\n[b]\n\tpath = /b\n' }));
    expect([told.shares.map(({ path: at }) => at), told.doubt]).toEqual([['/b'], null]);
    expect(read('config backend = registry').doubt).toContain('registry');
  });

  it.each([
    ['settings that can be followed', '[b]\npath = /b\n[c]\npath = /c\n', ['/a', '/b', '/c']],
    ['settings in the registry', '[global]\nconfig backend = registry\n', ['/a', '/']],
    ['settings that are gone', null, ['/a', '/']],
  ])('a running smbd with other settings may share what they say: %s', (_title, text, paths) => {
    database();
    const other = join(base, 'other.conf');
    rmSync(other, { force: true });
    if (text !== null) writeFileSync(other, text);
    writeFileSync(path, `[global]\nstate directory = ${state}\n[a]\npath = /a\n`);
    const samba = readSamba(tools({}), accounts, path, [{ shown: other, conf: other }])!;
    expect(samba.shares.map(({ path: at }) => at)).toEqual(paths);
    const isKnown = samba.shares.map(({ doubt }) => doubt === null);
    expect(isKnown).toEqual(paths.map((at) => at === '/a'));
    // Without settings of the host's own it is all that is known.
    expect(readSamba(tools({}), accounts, join(base, 'none'), samba.others)!.shares).toHaveLength(paths.length - 1);
  });

  it.each([
    ['Paths:\n   CONFIGFILE: /opt/samba/etc/smb.conf\n', '/opt/samba/etc/smb.conf'],
    ['', /smb4?\.conf$/],
  ])('the default of the build: %j', (text, conf) => {
    expect(defaultConf(tools({ smbd: text }))).toMatch(conf);
  });

  it('does not take the shares of a file that testparm refuses for all there are', () => {
    database();
    const refusing: RunTool = () => ({ status: 1, stdout: Buffer.from('[b]\npath = /b\n'), stderr: Buffer.from('') });
    expect(read('[a]\npath = /a', refusing).doubt).toBe('smb.conf is refused by testparm');
  });

  it('keeps the domains all of whose accounts are told', () => {
    database();
    writeFileSync(path, `[global]\nstate directory = ${state}\n`);
    const { directory } = readSamba(tools({}), { ...accounts, completeDomains: ['S-1-5-21-7-8-9'] }, path)!;
    expect(directory.whoIs('S-1-5-21-7-8-9-1234')).toEqual({ kind: 'orphan' });
  });

  it('tells settings for single clients where there are any, though testparm does not', () => {
    const conf = `include = ${base}/smb.conf.%m\n[a]\npath = /a`;
    const run = tools({ testparm: '[global]\n[a]\n\tpath = /a\n' });
    expect(read(conf, run).doubt).toBeNull();
    writeFileSync(join(base, 'smb.conf.pc1'), '');
    expect(read(conf, run).doubt).toContain('other settings for each client');
  });

  it('asks for lists and accounts only where Samba keeps some, so that no tool makes a database', () => {
    database();
    const none = tools({});
    expect(read('[a]\npath = /a', none).shares[0]!.definition.descriptor).toBeNull();
    expect(none.asked).toEqual(['testparm']);
    database('share_info.tdb', 'passdb.tdb', 'group_mapping.tdb');
    const run = tools({
      sharesec: '[a]\nREVISION:1\nACL:S-1-22-1-4001:ALLOWED/0x0/READ\n',
      pdbedit: 'Unix username:  sato\nUser SID: S-1-5-21-1-2-3-1000\n---\nUnix username: root\nUser SID: S-1-5-21-1-2-3-1001\n',
      net: 'x (S-1-5-21-1-2-3-1005) -> soumu\n',
    });
    const { shares, directory } = read('[a]\npath = /a\n[b]\npath = /b', run);
    expect(shares.map(({ definition }) => definition.descriptor)).toEqual([expect.objectContaining({ control: 0x8004 }), 'unreadable']);
    expect(directory.subjectOf('S-1-5-21-1-2-3-1000')).toBe(directory.subjectOf('u:4001'));
    expect(directory.whoIs('S-1-5-21-1-2-3-1001')).toEqual({ kind: 'admin' });
    expect(directory.isAdmin('S-1-5-21-1-2-3-1001')).toBe(true);
    expect([...directory.group('S-1-5-21-1-2-3-1005').members]).toEqual([directory.subjectOf('u:4001')]);
  });

  it('lists that nobody could read are not taken for none', () => {
    database('share_info.tdb');
    expect(read('[a]\npath = /a').shares[0]!.definition.descriptor).toBe('unreadable');
  });

  it('reads shares that users made, and not those of what their maker does not own', () => {
    database();
    const folder = join(base, 'usershares');
    mkdirSync(folder);
    mkdirSync(join(base, 'own'));
    const text = (at: string): string => `#VERSION 2\npath=${at}\nusershare_acl=S-1-1-0:R\nguest_ok=y\nsharename=X\n`;
    writeFileSync(join(folder, 'x'), text(join(base, 'own')));
    writeFileSync(join(folder, 'gone'), text(join(base, 'gone')));
    const conf = `usershare max shares = 10\nusershare path = ${folder}\n`;
    const found = read(conf).shares.map(({ definition, path: at }) => [definition.name, at, definition.guestOk]);
    expect(found).toEqual(
      process.getuid?.() === 0 ? expect.arrayContaining([['X', join(base, 'own'), false]]) : [['X', join(base, 'own'), false]],
    );
    expect(read(`${conf}usershare allow guests = yes`).shares[0]!.definition.guestOk).toBe(true);
    expect(read(conf.replace('10', '0')).shares).toEqual([]);
  });
});
