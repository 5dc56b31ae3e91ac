/** Judging offline: the same answers as on the server, and none for what the export doesn't hold. */
import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAccounts, readAccountRecords } from '../../src/access/accounts.js';
import type { Directory } from '../../src/access/directory.js';
import { exportedSource } from '../../src/access/exported.js';
import { type ExportRequest, loadExports } from '../../src/access/exports/load.js';
import { ACCESS_BOUNDS, takePassers } from '../../src/access/exposure.js';
import { createDirectory } from '../../src/access/known-directory.js';
import { judgeNt } from '../../src/access/nt/nt-judge.js';
import { parseSddl } from '../../src/access/nt/sddl.js';
import { everybody } from '../../src/access/passers.js';
import { posixSource } from '../../src/access/posix.js';
import { noSource } from '../../src/access/registry.js';
import { loadXattrs } from '../../src/access/xattr.js';
import type { Access, FileStat } from '../../src/model.js';
import type { AccessSource, AccessTold, FolderGate } from '../../src/parts.js';
import { statOf } from '../../src/walk/folder.js';
import { faultOf } from '../kit/export-file.js';

const base = mkdtempSync(join(tmpdir(), 'mimawari-exported-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const STAT: FileStat = {
  dev: 1,
  ino: 1,
  mode: 0o100600,
  nlink: 1,
  uid: 0,
  gid: 0,
  sizeBytes: 1,
  modifiedMs: 0,
  changedMs: 0,
  accessedMs: 0,
  bornMs: 0,
};

function put(name: string, content: string | Buffer): string {
  writeFileSync(join(base, name), content);
  return join(base, name);
}

function request(file: string, form: ExportRequest['form'], exportedAs: string | null, root = '/mnt/copy'): ExportRequest {
  return { root, file, form, exportedAs, domain: null };
}

/** The answer for a file whose folders are told by `/`. */
function ask(source: AccessSource, root: string, way: string): Access {
  let gate: FolderGate = source.folder(root, STAT, null);
  const names = way.split('/');
  for (let i = 1; i < names.length; i++) gate = source.folder(`${root}/${names.slice(0, i).join('/')}`, STAT, gate);
  return source.file(() => `${root}/${way}`, STAT, gate);
}

/** The same, told gate by gate. */
function tell(source: AccessSource, root: string, way: string): AccessTold | null {
  const names = way.split('/');
  const placed = (path: string) => ({ path, stat: STAT });
  const folders = [root, ...names.slice(1).map((_, i) => `${root}/${names.slice(0, i + 1).join('/')}`)];
  return source.tell!(folders.map(placed), placed(`${root}/${way}`));
}

// ---- Windows ----------------------------------------------------------------------------------------------------------------

const D = 'S-1-5-21-1-2-3';
const people = Array.from({ length: 60 }, (_, i) => ({ name: `staff${i}`, ids: [`${D}-${1100 + i}`], groups: i < 5 ? [`${D}-2001`] : [] }));
const domain = createDirectory({
  accounts: people,
  groups: [
    { name: '人事課', ids: [`${D}-2001`] },
    { name: '全職員', ids: [`${D}-2002`], members: people.map((person) => person.ids[0]!) },
  ],
  completeDomains: [D],
});
const LISTS: Readonly<Record<string, string>> = {
  共有: 'D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;AU)',
  '共有\\開.txt': 'D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;AU)',
  '共有\\人事': `D:PAI(A;OICI;FA;;;SY)(A;OICI;0x1301bf;;;${D}-2001)`,
  '共有\\人事\\名簿 (1).xlsx': `D:AI(A;ID;FA;;;SY)(A;ID;0x1301bf;;;${D}-2001)`,
  '共有\\人事\\全.xlsx': `D:(A;;0x1200a9;;;${D}-2002)`,
  '共有\\人事\\無.xlsx': 'D:(A;;0x1200a9;;;S-1-5-21-9-9-9-1)',
  '共有\\人事\\壊.xlsx': 'D:(A;;0x12',
};
const icacls = put(
  'icacls.txt',
  Buffer.from(
    Object.entries(LISTS)
      .map(([name, list]) => `${name}\r\n${list}\r\n`)
      .join(''),
    'utf16le',
  ),
);

describe('icacls and Get-Acl', () => {
  const sourceOf = (requests: ExportRequest[], directory: Directory = domain): AccessSource =>
    exportedSource(loadExports(requests), noSource('no live source here'), directory);
  const owned = Object.entries(LISTS).map(([name, list]) => ({
    Path: `Microsoft.PowerShell.Core\\FileSystem::D:\\${name}`,
    Sddl: `O:${D}-1100G:DU${list}`,
  }));
  const getAcl = put('get-acl.json', `\ufeff${JSON.stringify(owned, null, 4)}`);

  it.each([
    ['開.txt', 'open', null],
    ['人事/名簿 (1).xlsx', 'restricted', 5],
    ['人事/全.xlsx', 'open', 60],
    ['人事/無.xlsx', 'unknown', null],
    ['人事/壊.xlsx', 'unknown', null],
    ['人事/新.xlsx', 'unknown', null],
  ])('%s is %s by both', (way, state, readers) => {
    const answer = ask(sourceOf([request(getAcl, 'get-acl', 'D:\\共有')]), '/mnt/copy', way);
    expect(answer).toMatchObject({ state, readers, source: 'get-acl' });
    // The owner, whom icacls doesn't save, may be one more.
    const saved = ask(sourceOf([request(icacls, 'icacls', 'D:\\共有')]), '/mnt/copy', way);
    expect(saved).toMatchObject({ state, readers: state === 'restricted' ? readers! + 1 : readers, source: 'icacls' });
  });

  it('gives what the judge of descriptors gives on the server', () => {
    const source = sourceOf([request(getAcl, 'get-acl', 'D:\\共有')]);
    for (const { Path, Sddl } of owned.filter((one) => !one.Path.includes('壊') && one.Path.includes('.'))) {
      const way = Path.slice(Path.indexOf('共有') + 3).replaceAll('\\', '/');
      const live = judgeNt('get-acl', everybody(domain), parseSddl(Sddl), domain, ACCESS_BOUNDS);
      expect([way, ask(source, '/mnt/copy', way)]).toEqual([way, live]);
    }
  });

  it('reasons say what is missing', () => {
    const source = sourceOf([request(icacls, 'icacls', 'D:\\共有')]);
    expect(ask(source, '/mnt/copy', '人事/新.xlsx').reason).toBe('not in the export icacls.txt');
    expect(ask(source, '/mnt/copy', '人事/壊.xlsx').reason).toContain('its list in the export: SDDL: ');
    expect(ask(source, '/mnt/copy', '人事/名簿 (1).xlsx').reason).toBe('人事課: 5 to 6 readers');
    expect(ask(source, '/mnt/elsewhere', 'x')).toMatchObject({ state: 'unknown', reason: 'no live source here' });
    expect(ask(source, '/mnt/copy', '人事\\名簿 (1).xlsx').reason).toBe('not in the export icacls.txt');
    expect(ask(source, '/mnt/copy', '人事/全.XLSX').state).toBe('open');
  });

  it('a scanned folder below the root of the export, and one that is not Unicode', () => {
    const source = sourceOf([request(icacls, 'icacls', 'D:\\共有')]);
    expect(ask(source, '/mnt/copy/人事', '名簿 (1).xlsx').state).toBe('restricted');
    const gate = source.folder(Buffer.from('/mnt/copy'), STAT, null);
    expect(source.file(() => Buffer.from([...Buffer.from('/mnt/copy/'), 0x83]), STAT, gate).state).toBe('unknown');
  });

  it('equal lists behind equal gates give one object', () => {
    const source = sourceOf([request(icacls, 'icacls', 'D:\\共有')]);
    const gate = source.folder('/mnt/copy', STAT, null);
    expect(source.folder('/mnt/copy/人事', STAT, gate).key).toBe(gate.key);
    expect(source.file(() => '/mnt/copy/開.txt', STAT, gate)).toBe(source.file(() => '/mnt/copy/開.txt', STAT, gate));
  });

  it('behind shares: the loosest one decides, and administration lets nobody in', () => {
    const shares = put(
      'shares.json',
      JSON.stringify([
        { Name: '共有', Path: 'D:\\共有', SecurityDescriptor: `O:SYG:SYD:(A;;0x1200a9;;;${D}-2001)` },
        { Name: '公開', Path: 'D:\\共有\\公開', SecurityDescriptor: 'D:(A;;0x1200a9;;;WD)' },
        { Name: 'D$', Path: 'D:\\', SecurityDescriptor: null },
      ]),
    );
    const open = { Path: 'D:\\共有\\公開\\a', Sddl: 'O:SYD:(A;;0x1200a9;;;AU)' };
    const lists = put('lists.json', JSON.stringify([open, { ...open, Path: 'D:\\共有\\b' }]));
    const source = sourceOf([request(lists, 'get-acl', 'D:\\共有'), request(shares, 'get-smbshare', 'D:\\共有')]);
    expect(ask(source, '/mnt/copy', 'b')).toMatchObject({ state: 'restricted', readers: 5 });
    expect(ask(source, '/mnt/copy', 'b').reason).toContain('through share 共有');
    expect(ask(source, '/mnt/copy', '公開/a')).toMatchObject({ state: 'open' });
    const told = tell(source, '/mnt/copy', 'b')!;
    expect(told.access).toEqual(ask(source, '/mnt/copy', 'b'));
    expect(told.gates.map(({ gate, of, entries }) => [gate, of, entries])).toEqual([
      ['share', '共有', []],
      ['file', '/mnt/copy/b', [open.Sddl]],
    ]);
    expect(told.readers.differing.filter(({ certainty }) => certainty === 3).map(({ principal }) => principal.name)).toContain('staff4');
    expect(tell(source, '/mnt/elsewhere', 'x')).toBeNull();
    const unread = put('unread.json', JSON.stringify([{ Name: '共有', Path: 'D:\\共有', SecurityDescriptor: 'D:(damaged' }]));
    expect(
      ask(sourceOf([request(lists, 'get-acl', 'D:\\共有'), request(unread, 'get-smbshare', 'D:\\共有')]), '/mnt/copy', 'b').state,
    ).toBe('unknown');
  });

  it("tells exports that can't be for this folder", () => {
    const fault = (...requests: ExportRequest[]): string => faultOf(() => loadExports(requests));
    expect(fault(request(getAcl, 'get-acl', 'E:\\共有'))).toContain('tells nothing of /mnt/copy; write under "exportedAs"');
    expect(fault(request(getAcl, 'get-acl', 'E:\\共有'))).toContain('a path in the file: D:\\共有');
    expect(fault(request(getAcl, 'get-smbshare', null))).toContain('a list of shares alone decides nothing');
    expect(fault(request(getAcl, 'get-acl', 'D:\\共有'), request(icacls, 'getfacl', 'D:\\共有'))).toContain('both getfacl and Windows');
    expect(fault(request(join(base, 'none'), 'icacls', null))).toContain('no such file');
  });

  it.each<[as: string | null, sddl: string, path: string | null, noRemedy: string | null]>([
    ['D:\\共有', 'O:BAD:(A;;FA;;;BA)(A;;FR;;;WD)', 'D:\\共有\\b c.txt', null],
    ['\\\\nas\\共有\\', 'O:BAD:(A;;FA;;;BA)(A;;FR;;;AU)', '\\\\nas\\共有\\b c.txt', null],
    ['D:\\共有', 'O:BAD:(A;;FA;;;BA)(A;;FR;;;DU)', null, 'exported-entries'],
    ['/srv/share', 'O:BAD:(A;;FA;;;BA)(A;;FR;;;WD)', null, 'exported-path'],
    ['D:\\共有', 'O:BAD:(A;;FA;;;BA)', null, null],
  ])('what closes a file there: %s %s', (as, sddl, path, noRemedy) => {
    const lists = put('close.json', JSON.stringify([{ Path: `${as?.replace(/\\$/, '')}\\b c.txt`, Sddl: sddl }]));
    const told = tell(sourceOf([request(lists, 'get-acl', as)]), '/mnt/copy', 'b c.txt')!;
    expect([told.closeFile?.path ?? null, told.noRemedy]).toEqual([path, noRemedy]);
    if (told.closeFile !== null) expect([told.closeFile.tool, told.closeFile.after.state]).toEqual(['icacls', 'restricted']);
  });

  it('icacls of what lies in a folder (`\\*`)', () => {
    const star = put('star.txt', Buffer.from('a.txt\r\nD:(A;;FA;;;SY)\r\n', 'utf16le'));
    expect(ask(sourceOf([request(star, 'icacls', 'D:\\共有\\*')]), '/mnt/copy', 'a.txt').state).toBe('restricted');
  });
});

// ---- POSIX ------------------------------------------------------------------------------------------------------------------

describe('getfacl by names', () => {
  const dump = put(
    'names.facl',
    [
      '# file: /srv/share\n# owner: root\n# group: root\nuser::rwx\ngroup::r-x\nother::r-x\n',
      '# file: /srv/share/a\n# owner: taro\n# group: kacho\nuser::rw-\ngroup::r--\nother::---\n',
      '# file: /srv/share/b\n# owner: taro\n# group: 知らない\nuser::rw-\ngroup::r--\nother::---\n',
      '# file: /srv/share/c\n# owner: gone\n# group: root\nuser::rw-\ngroup::---\nother::---\n',
      '# file: /srv/share/d\n# owner: root\n# group: root\nuser::rw-\nuser:nobody:r--\ngroup::---\nmask::r--\nother::---\n',
      '# file: /srv/share/e\n# owner: root\nuser::rw-\n',
      '# file: /srv/share/f/g\n# owner: taro\n# group: root\nuser::rw-\ngroup::---\nother::---\n',
    ].join('\n'),
  );
  const source = exportedSource(
    loadExports([request(dump, 'getfacl', '/srv/share')]),
    noSource('none'),
    parseAccounts('taro:x:5001:6001::/:/\nhanako:x:5002:6001::/:/', 'kacho:x:6001:'),
  );

  it.each([
    ['a', 'restricted', 2, 'group kacho: 2 readers'],
    ['b', 'unknown', null, 'mode 0640: nobody knows who is in group 知らない; at least 1 reader'],
    ['c', 'restricted', 1, 'owner alone: 1 reader'],
    ['d', 'open', null, 'mode 0640, readable by the guest account'],
    ['e', 'unknown', null, 'its list in the export is damaged'],
    ['f/g', 'unknown', null, 'a folder above it is not in the export names.facl'],
    ['h', 'unknown', null, 'not in the export names.facl'],
  ])('%s', (way, state, readers, reason) => {
    const access = ask(source, '/mnt/copy', way);
    expect(access).toMatchObject({ state, readers, reason, source: 'getfacl' });
    expect(tell(source, '/mnt/copy', way)).toMatchObject({ access, knowsRemedies: true, closeFolder: null });
  });

  it.each<[title: string, list: string, as: string | null, command: string[] | null, noRemedy: string | null]>([
    ['others', '# owner: taro\n# group: kacho\nuser::rw-\ngroup::r--\nother::r--\n', '/srv/share', ['chmod', 'o-rwx'], null],
    [
      'the guests by their number',
      '# owner: 5001\n# group: 6001\nuser::rw-\nuser:65534:r--\ngroup::---\nmask::r--\nother::---\n',
      '/srv/share',
      ['setfacl', '-n', '-x', 'u:65534'],
      null,
    ],
    [
      'the guests by name',
      '# owner: taro\n# group: kacho\nuser::rw-\nuser:nobody:r--\ngroup::---\nmask::r--\nother::---\n',
      '/srv/share',
      null,
      'exported-names',
    ],
    ['a guest owns it', '# owner: nobody\n# group: kacho\nuser::rw-\ngroup::---\nother::---\n', '/srv/share', null, 'owner-guest'],
    ['it is closed', '# owner: taro\n# group: kacho\nuser::rw-\ngroup::r--\nother::---\n', '/srv/share', null, null],
  ])('what closes a file there: %s', (_title, list, as, command, noRemedy) => {
    const text = `# file: /srv/share\n# owner: root\n# group: root\nuser::rwx\ngroup::r-x\nother::r-x\n\n# file: /srv/share/名 簿\n${list}`;
    const one = exportedSource(
      loadExports([request(put('one.facl', text), 'getfacl', as)]),
      noSource('none'),
      parseAccounts('taro:x:5001:6001::/:/', 'kacho:x:6001:'),
    );
    const told = tell(one, '/mnt/copy', '名 簿')!;
    expect([told.closeFile?.commands[0] ?? null, told.noRemedy]).toEqual([command, noRemedy]);
    if (told.closeFile !== null) expect([told.closeFile.path, told.closeFile.after.state]).toEqual(['/srv/share/名 簿', 'restricted']);
  });

  it('tells gates and readers by the export, and a sweep knows them too', () => {
    const told = tell(source, '/mnt/copy', 'a')!;
    expect(told.gates.map(({ gate, permission }) => [gate, permission])).toEqual([
      ['folder', '0755 root:root'],
      ['file', '0640 taro:kacho'],
    ]);
    expect([told.readers.everybody, told.readers.differing.map(({ principal }) => principal.name)]).toEqual([
      0,
      expect.arrayContaining(['taro', 'hanako']),
    ]);
    const fresh = exportedSource(loadExports([request(dump, 'getfacl', '/srv/share')]), noSource('none'), parseAccounts('', ''));
    expect(takePassers(ask(fresh, '/mnt/copy', 'a'))).not.toBeNull();
    expect(tell(source, '/mnt/copy', 'h')).toMatchObject({ readers: { everybody: 1 }, gates: [{ gate: 'folder' }] });
  });
});

const tools = ['getfacl', 'setfacl'].every((tool) => spawnSync(tool, ['--version']).status === 0);
const canTry = tools && process.getuid?.() === 0 && loadXattrs() !== null;

describe.skipIf(!canTry)('getfacl against the live answer (as root, with the package acl; skipped elsewhere)', () => {
  it.each([['-n'], ['-p']])('120 folders with random owners, modes and lists, dumped with %s: the same for every file', (option) => {
    const root = mkdtempSync(join(base, 'tree'));
    chmodSync(root, 0o755);
    const ways: string[] = [];
    let seed = 20150508;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let i = 0; i < 120; i++) {
      const folder = ['a b', 'n\nl', 'back\\slash', '総務'][random(4)]! + i;
      mkdirSync(join(root, folder, 'sub'), { recursive: true });
      ways.push(folder, `${folder}/sub`, `${folder}/x`, `${folder}/sub/名簿`);
      for (const file of [`${folder}/x`, `${folder}/sub/名簿`]) writeFileSync(join(root, file), 'x');
    }
    const bits = (): string => ['rwx', 'r-x', 'r--', '--x', '---'][random(5)]!;
    const quoted = (name: string): string => name.replaceAll('\\', '\\\\').replaceAll('\n', '\\012');
    const blocks = ways.map((way) => {
      const named = ['user:1:', 'user:4242:', 'group:2:', 'group:4343:'].filter(() => random(3) === 0).map((entry) => entry + bits());
      const ids = [['0', '1', '4242', '65534'][random(4)]!, ['0', '1', '2', '4343'][random(4)]!];
      const mask = named.length > 0 ? [`mask::${bits()}`] : [];
      return [
        `# file: ${quoted(join(root, way))}`,
        `# owner: ${ids[0]}`,
        `# group: ${ids[1]}`,
        `user::${bits()}`,
        ...named,
        `group::${bits()}`,
        ...mask,
        `other::${random(2) === 0 ? '---' : bits()}`,
        '',
      ].join('\n');
    });
    const restored = spawnSync('setfacl', ['--restore', put('restore.facl', `${blocks.join('\n')}\n`)], { encoding: 'utf8' });
    expect(restored.stderr).toBe('');
    const dumped = spawnSync('getfacl', ['-R', '-p', option, root], { maxBuffer: 1 << 26 });
    const directory = createDirectory(readAccountRecords());
    const live = posixSource(directory);
    const exported = exportedSource(
      loadExports([request(put('dump.facl', dumped.stdout), 'getfacl', null, root)]),
      noSource('none'),
      directory,
    );
    const states = new Set<string>();
    const compare = (folder: string, liveAbove: FolderGate | null, exportedAbove: FolderGate | null): void => {
      const stat = statOf(lstatSync(folder));
      const gates = [live.folder(folder, stat, liveAbove), exported.folder(folder, stat, exportedAbove)] as const;
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          compare(path, ...gates);
          continue;
        }
        const answers = [live, exported].map((source, i) => ({
          ...source.file(() => path, statOf(lstatSync(path)), gates[i]!),
          source: '',
        }));
        expect([path, answers[1]]).toEqual([path, answers[0]]);
        states.add(answers[0]!.state);
      }
    };
    compare(root, null, null);
    expect([...states].sort()).toEqual(['open', 'restricted', 'unknown']);
  });
});
