/** Broken copies of every form: only clean errors come out, and no broken list makes a file that everybody reads look closed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DirectoryForm, loadRecords } from '../../../src/access/directories/load.js';
import { exportedSource } from '../../../src/access/exported.js';
import { type ExportForm, loadExports } from '../../../src/access/exports/load.js';
import { createDirectory } from '../../../src/access/known-directory.js';
import { noSource } from '../../../src/access/registry.js';
import type { FileStat } from '../../../src/model.js';
import { UsageError } from '../../../src/problem.js';
import { sidBytes } from '../../kit/export-file.js';
import { mutilated } from '../../kit/mutilate.js';

const base = mkdtempSync(join(tmpdir(), 'mimawari-hostile-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const file = join(base, 'export');
const D = 'S-1-5-21-1-2-3';
const OPEN = `(A;;FA;;;SY)(A;;0x1200a9;;;${D}-1101)(A;;0x1200a9;;;WD)`;
const names = Array.from({ length: 12 }, (_, i) => `総務\\名簿${i}.xlsx`);
const stat = {} as FileStat;

const ACL = [
  '# file: /srv/share\n# owner: root\n# group: root\nuser::rwx\ngroup::r-x\nother::r-x\n',
  ...names.map(
    (name, i) =>
      `# file: /srv/share/${name}\n# owner: ${1000 + i}\n# group: 1\nuser::rw-\nuser:1101:rw-\ngroup::---\nmask::r--\nother::r--\n`,
  ),
].join('\n');

const EXPORTS: readonly [ExportForm, string, Buffer][] = [
  ['icacls', 'D:\\共有', Buffer.from(names.map((name) => `共有\\${name}\r\nD:AI${OPEN}\r\n`).join(''), 'utf16le')],
  [
    'get-acl',
    'D:\\共有',
    Buffer.from(
      JSON.stringify(
        names.map((name) => ({ Path: `D:\\共有\\${name}`, Sddl: `O:SYD:${OPEN}` })),
        null,
        1,
      ),
    ),
  ],
  ['get-acl', 'D:\\共有', Buffer.from(`Path,Sddl\r\n${names.map((name) => `D:\\共有\\${name},O:SYD:${OPEN}\r\n`).join('')}`)],
  ['getfacl', '/srv/share', Buffer.from(`${ACL}\n`)],
];

function clean<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return null;
  }
}

describe('broken exports of lists', () => {
  const directory = createDirectory({ accounts: [{ name: 'a', ids: [`${D}-1101`, 'u:1101'] }], groups: [] });

  it.each(EXPORTS)('%s of %s', (form, exportedAs, bytes) => {
    const states = { open: 0, unknown: 0, restricted: 0, refused: 0 };
    const wordsGone: string[] = [];
    for (const [i, broken] of [bytes, ...mutilated(bytes, 80)].entries()) {
      writeFileSync(file, broken);
      const roots = clean(() => loadExports([{ root: '/mnt/copy', file, form, exportedAs, domain: null }]));
      if (roots === null) {
        states.refused++;
        continue;
      }
      const source = exportedSource(roots, noSource('none'), directory);
      const top = source.folder('/mnt/copy', stat, null);
      for (const name of names) {
        // In a dump of POSIX the name holds a backslash, which is no folder.
        const way = form === 'getfacl' ? name : name.replace('\\', '/');
        const { state, reason } = source.file(() => `/mnt/copy/${way}`, stat, top);
        states[state]++;
        // A flipped byte may make another list of the same grammar; a cut one may not.
        if (state === 'restricted' && i < 80) wordsGone.push(`${i}: ${reason}`);
      }
    }
    expect(wordsGone).toEqual([]);
    expect(states.open).toBeGreaterThanOrEqual(names.length);
    expect(states.unknown + states.refused).toBeGreaterThan(20);
  });
});

describe('broken directories', () => {
  const sid = (rid: number): string => `objectSid:: ${sidBytes(`${D}-${rid}`).toString('base64')}`;
  const DIRECTORIES: readonly [DirectoryForm, string][] = [
    ['passwd', 'root:x:0:0::/:/\nyamada:x:5001:6001::/:/\n'],
    ['group', 'kacho:x:6001:yamada,tanaka\nzen:x:6002:yamada\n'],
    [
      'ldif',
      `dn: CN=a,DC=x\nobjectClass: user\nsAMAccountName: a\nprimaryGroupID: 513\n${sid(1)}\n\ndn:: ${Buffer.from('CN=人事課,DC=x').toString('base64')}\nobjectClass: group\nmember: CN=a,DC=x\nmember: CN=人事課,DC=x\n${sid(2)}\n\n`,
    ],
    ['table', `SID,Name,Members,MemberOf\n${D}-1,a,,${D}-2\n${D}-2,g,${D}-1;${D}-2,\n`],
    ['table', JSON.stringify([{ SID: { Value: `${D}-1` }, Name: 'a', GroupSID: `${D}-2` }])],
  ];

  it.each(DIRECTORIES)('%s', (form, text) => {
    for (const broken of mutilated(Buffer.from(text), 300)) {
      writeFileSync(file, broken);
      clean(() => createDirectory(loadRecords([{ form, file, complete: ['unix', D] }], true)).whoIs(`${D}-2`));
    }
    writeFileSync(file, text);
    const directory = createDirectory(loadRecords([{ form, file, complete: [] }], false));
    // Groups that hold themselves come to an end.
    for (const id of ['g:6001', `${D}-2`]) expect(directory.group(id).members.size).toBeLessThan(3);
  });
});
