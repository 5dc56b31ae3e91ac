import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/problem.js';
import { keyOfBytes } from '../../src/walk/name.js';
import { createChooser, expandRoots } from '../../src/walk/pattern.js';

describe('createChooser', () => {
  it.each<[include: string[], exclude: string[], path: string, wanted: boolean]>([
    [[], [], 'a/.hidden', true],
    [[], ['*.bak'], 'x.bak', false],
    [[], ['*.bak'], 'a/x.bak', true],
    [[], ['**/*.bak'], 'a/b/x.bak', false],
    [[], ['**/*.bak'], 'a/.b/.x.bak', false],
    [[], ['**/*.{tmp,bak}'], 'x.tmp', false],
    [[], ['~$*'], '~$名簿.xlsx', false],
    [[], ['\\[x\\]*'], '[x]1', false],
    [[], ['./a.txt'], 'a.txt', false],
    [[], ['旧/'], '旧', true],
    [['**/*.xlsx'], [], 'a/名簿.xlsx', true],
    [['**/*.xlsx'], [], 'a/名簿.csv', false],
    [['総務部'], [], '総務部/a/b.csv', true],
    [['総務部/**'], [], '人事部/b.csv', false],
    // A name on POSIX may hold line ends.
    [['総務部/**'], [], '総務部/a\nb.csv', true],
    [[], ['**'], 'a\r\nb.csv', false],
    [[], ['a\nb.csv'], 'a\nb.csv', false],
    [[], ['a?b.csv'], 'a\nb.csv', false],
    [['**/*.xlsx', '!**/旧/**'], [], 'a/旧/名簿.xlsx', false],
    [['**/!(a).txt'], [], 'x/b.txt', true],
    [['**/!(a).txt'], [], 'x/a.txt', false],
    [['**/*.xlsx'], ['a/**'], 'a/名簿.xlsx', false],
    [[], ['**/が*'], 'x/か\u3099.txt', false],
    [[], ['名簿*'], keyOfBytes(Buffer.from('96bc95eb2e786c73', 'hex')), false],
  ])('include %j exclude %j: %s → %s', (include, exclude, path, wanted) => {
    expect(createChooser(include, exclude, new Map()).listsFile(path)).toBe(wanted);
  });

  it.each<[include: string[], exclude: string[], folder: string, entered: boolean]>([
    [[], ['a/**'], 'a', false],
    [[], ['a/'], 'a', false],
    [[], ['a'], 'a', false],
    [[], ['a/**'], 'b/a', true],
    [[], ['**/a/**'], 'b/a', false],
    [[], ['**/*.xlsx'], 'a', true],
    [['総務部/*.xlsx'], [], '総務部', true],
    [['総務部/年金/*.xlsx'], [], '総務部', true],
    [['総務部/*.xlsx'], [], '人事部', false],
    [['**/*.xlsx'], [], '人事部', true],
    [[], [], '$RECYCLE.BIN', true],
    [[], [], '.Trash-1000', true],
    [[], [], 'a/.snapshot', false],
    [[], [], '~snapshot', false],
    [[], [], '.zfs', true],
    [[], [], '.zfs/snapshot', false],
    [[], [], 'a/snapshot', true],
    [[], [], '@GMT-2015.05.08-00.00.00', false],
    [[], [], 'System Volume Information', false],
  ])('include %j exclude %j: folder %s entered: %s', (include, exclude, folder, entered) => {
    expect(createChooser(include, exclude, new Map()).entersFolder(folder)).toBe(entered);
  });

  it('counts what it leaves out, folders apart from files', () => {
    const counts = new Map<string, number>();
    const chooser = createChooser(['**/*.xlsx', 'b/**'], ['**/old/**', '*.tmp'], counts);
    for (const path of ['x.tmp', 'y.tmp', 'a.csv', 'a.xlsx', 'old/x']) chooser.listsFile(path);
    for (const path of ['old', 'a/old', '.snapshot', 'b']) chooser.entersFolder(path);
    expect(Object.fromEntries(counts)).toEqual({ '*.tmp': 2, 'not included': 1, '**/old/**': 1, '**/old/': 2, '**/.snapshot/': 1 });
  });

  it.each(['', '/abs/**', '../x', 'a/../b', 'a[b', '(', '{a,b', '!x', 'x'.repeat(5000)])(
    'refuses the pattern %j in one line',
    (pattern) => {
      expect(() => createChooser([], [pattern], new Map())).toThrow(UsageError);
      expect(() => createChooser([], [pattern], new Map())).toThrow(/^pattern [^\n]+$/);
    },
  );
});

describe('expandRoots', () => {
  const base = mkdtempSync(join(tmpdir(), 'mimawari-roots-'));
  for (const name of ['r1', 'r2', '.r3', '[x](1)']) mkdirSync(join(base, name));
  writeFileSync(join(base, 'r4.txt'), 'x');
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('expands glob characters, files and hidden ones too', () => {
    expect(expandRoots([`${base}/{r,.r}*`])).toEqual(['.r3', 'r1', 'r2', 'r4.txt'].map((name) => `${base}/${name}`));
  });

  it('takes what exists as it is, and leaves a plain missing path to the walk', () => {
    expect(expandRoots([`${base}/[x](1)`, `${base}/none`])).toEqual([`${base}/[x](1)`, `${base}/none`]);
  });

  it('tells a pattern that matches nothing', () => {
    expect(() => expandRoots([`${base}/q*`])).toThrow(UsageError);
  });
});
