/** The walk over trees as they lie on real shares: odd names, links, pipes, closed and vanishing folders, overlapping and lost roots. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listing } from '../../src/model.js';
import { UsageError } from '../../src/problem.js';
import { keyOfBytes, openablePath, showKey } from '../../src/walk/name.js';
import { openSource } from '../../src/walk/open.js';
import { RootLost } from '../../src/walk/roots.js';
import { type WalkOptions, walk } from '../../src/walk/walk.js';

const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

let base = '';
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'mimawari-walk-')));
});
afterEach(() => {
  spawnSync('chmod', ['-R', 'u+rwx', base]);
  rmSync(base, { recursive: true, force: true });
});

function file(path: string): void {
  const full = join(base, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, 'x');
}

function options(more: Partial<WalkOptions> = {}): WalkOptions {
  return { include: [], exclude: [], excluded: new Map(), ...more };
}

/** Every entry as `root-relative path sort[!problem]`, folders that could not be listed as `path/ !problem`. */
function told(listings: Iterable<Listing>, root = base): string[] {
  const lines: string[] = [];
  for (const listing of listings) {
    const at = join(listing.root, listing.folder).slice(root.length);
    if (listing.problem) lines.push(`${at}/ !${listing.problem.code}`);
    for (const entry of listing.entries) lines.push(`${at}/${entry.name} ${entry.sort}${entry.problem ? `!${entry.problem.code}` : ''}`);
  }
  return lines;
}

describe('walk', () => {
  it('goes depth first, in the order of bytes, hidden files and recycle bins included', () => {
    for (const path of ['b/2', 'b/1', 'a/x/deep', 'a/.hidden', '$RECYCLE.BIN/r', 'あ', 'Z', '𠮷', '\uFF71']) file(path);
    mkdirSync(join(base, 'empty'));
    expect(told(walk([base], options()))).toEqual([
      ...['/$RECYCLE.BIN folder', '/Z file', '/a folder', '/b folder', '/empty folder', '/あ file', '/\uFF71 file', '/𠮷 file'],
      '/$RECYCLE.BIN/r file',
      ...['/a/.hidden file', '/a/x folder', '/a/x/deep file'],
      ...['/b/1 file', '/b/2 file'],
    ]);
  });

  it('lists each folder once, with what it is and what is in it', () => {
    file('a/b');
    const listings = [...walk([`${base}/`], options())];
    expect(listings.map((listing) => [listing.root, listing.folder, listing.entries.length])).toEqual([
      [base, '', 1],
      [base, 'a', 1],
    ]);
    expect(listings[1]!.stat).toEqual(listings[0]!.entries[0]!.stat);
    expect(listings[1]!.entries[0]!.stat).toMatchObject({ sizeBytes: 1, nlink: 1 });
  });

  it.skipIf(!isLinux)('tells links, loops of links, pipes and sockets, and enters none (POSIX)', () => {
    file('a/b');
    symlinkSync('..', join(base, 'a/up'));
    symlinkSync('/', join(base, 'out'));
    symlinkSync('nowhere', join(base, 'dangling'));
    spawnSync('mkfifo', [join(base, 'pipe')]);
    expect(told(walk([base], options()))).toEqual(['/a folder', '/dangling link', '/out link', '/pipe special', '/a/b file', '/a/up link']);
  });

  it.skipIf(!isLinux)('walks names that are no Unicode, and they can be shown and opened (Linux)', () => {
    const folder = Buffer.concat([Buffer.from(`${base}/`), Buffer.from('8be095b6', 'hex')]);
    const name = Buffer.from('96bc95eb2e786c73', 'hex');
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/'), name]), 'found');
    file('plain');
    file('\uFFFD');
    const listings = [...walk([base], options())];
    const below = listings[1]!;
    expect(listings[0]!.entries.map((entry) => showKey(entry.name))).toEqual(['plain', '\uFFFD', showKey(below.folder)]);
    expect(below.entries.map((entry) => entry.name)).toEqual([keyOfBytes(name)]);
    expect(showKey(below.entries[0]!.name)).toBe('名簿.xls');
    const path = openablePath(below.root, `${below.folder}/${below.entries[0]!.name}`);
    const source = openSource(path, below.entries[0]!.stat, 'x');
    expect(source.whole().toString()).toBe('found');
    source.close();
  });

  it('tells a folder that vanishes or is replaced before it is listed, and goes on', () => {
    for (const path of ['a/1', 'b/1', 'c/1']) file(path);
    const steps = walk([base], options());
    const first = steps.next().value as Listing;
    rmSync(join(base, 'a'), { recursive: true });
    renameSync(join(base, 'b'), join(base, 'b2'));
    symlinkSync('/', join(base, 'b'));
    expect(first.entries.length).toBe(3);
    expect(told(steps)).toEqual(['/a/ !gone', '/b/ !changing', '/c/1 file']);
  });

  it.skipIf(isRoot || !isLinux)('tells folders that may not be listed or entered (not as root)', () => {
    for (const path of ['closed/1', 'listed/1', 'listed/d/2', 'open/1']) file(path);
    chmodSync(join(base, 'closed'), 0);
    chmodSync(join(base, 'listed'), 0o444);
    expect(told(walk([base], options())).slice(3)).toEqual([
      '/closed/ !no-access',
      '/listed/1 file!no-access',
      '/listed/d folder!no-access',
      '/open/1 file',
    ]);
  });

  it('tells folders below the bound of depth, without listing them', () => {
    file('1/2/3/4');
    expect(told(walk([base], options({ folderDepthMax: 3 })))).toEqual(
      ['/1 folder', '/1/2 folder', '/1/2/3 folder', '/1/2/3/ !too-deep'].filter((line) => line !== ''),
    );
  });

  it('leaves out what the patterns say, counts it, and does not read pruned folders', () => {
    for (const path of ['a/1.xlsx', 'a/2.tmp', 'old/3.xlsx', 'old/deep/4.xlsx', 'a/.snapshot/5', '5.txt']) file(path);
    const excluded = new Map<string, number>();
    expect(told(walk([base], options({ include: ['**/*.xlsx'], exclude: ['old/**', '**/*.tmp'], excluded })))).toEqual([
      '/a folder',
      '/a/1.xlsx file',
    ]);
    expect(Object.fromEntries(excluded)).toEqual({ 'not included': 1, 'old/': 1, '**/*.tmp': 1, '**/.snapshot/': 1 });
  });
});

describe('a walk that begins in the middle', () => {
  const paths = ['1', 'a/1', 'a/x/1', 'b/1', 'b/c/1', 'b/c/y/1', 'b/d/1', 'e/1'];
  const folders = (listings: Iterable<Listing>) =>
    [...listings].map(({ root, folder, again }) => `${root.slice(base.length)}/${folder}${again ? ' again' : ''}`);

  it.each([
    ['b/c', ['/', '/b', '/b/c', '/b/c/y', '/b/d', '/e', '/ again', '/a', '/a/x', '/b again']],
    ['b', ['/', '/b', '/b/c', '/b/c/y', '/b/d', '/e', '/ again', '/a', '/a/x']],
    ['b/cc', ['/', '/b', '/b/d', '/e', '/ again', '/a', '/a/x', '/b again', '/b/c', '/b/c/y']],
    ['zz', ['/', '/ again', '/a', '/a/x', '/b', '/b/c', '/b/c/y', '/b/d', '/e']],
    ['', ['/', '/a', '/a/x', '/b', '/b/c', '/b/c/y', '/b/d', '/e']],
  ])('at %j goes round, and looks at each folder once', (from, order) => {
    for (const path of paths) file(path);
    const excluded = new Map<string, number>();
    const listings = [...walk([base], options({ exclude: ['1'], excluded, from: { root: base, folder: from } }))];
    expect(folders(listings)).toEqual(order);
    expect(Object.fromEntries(excluded)).toEqual({ '1': 1 });
  });

  it('goes round over several roots, and gives a root inside another one as part of it', () => {
    for (const path of ['p/a/1', 'q/a/1', 'q/b/1', 'q/old/1', 'r/a/1']) file(path);
    const roots = ['p', 'q', 'q/a', 'q/old', 'r'].map((name) => join(base, name));
    const from = { root: join(base, 'q'), folder: 'b' };
    const listings = [...walk(roots, options({ exclude: ['old/'], from }))];
    expect(folders(listings)).toEqual(['/q/', '/q/b', '/q/old/', '/r/', '/r/a', '/p/', '/p/a', '/q/ again', '/q/a']);
  });

  it('begins at the beginning when the folder lies below no root', () => {
    for (const path of paths) file(path);
    expect(folders(walk([base], options({ from: { root: '/elsewhere', folder: 'b' } })))[1]).toBe('/a');
  });
});

describe('roots', () => {
  it('gives each file once, however roots overlap', () => {
    for (const path of ['s/a/1', 's/b/2', 't/3']) file(path);
    symlinkSync(join(base, 's'), join(base, 'link'));
    const roots = ['s/a', 's', 's/', 'link', 't/3', 's/b/2', 't/../s/a'].map((path) => join(base, path));
    expect(told(walk(roots, options()))).toEqual(['/s/a folder', '/s/b folder', '/s/a/1 file', '/s/b/2 file', '/t/3 file']);
  });

  it('walks a root inside another one by itself where the outer does not reach it', () => {
    for (const path of ['s/.snapshot/1', 's/old/2', 's/x/3']) file(path);
    const roots = ['s', 's/.snapshot', 's/old'].map((path) => join(base, path));
    const listings = [...walk(roots, options({ exclude: ['old/'] }))];
    expect(listings.map((listing) => [listing.root.slice(base.length), listing.folder])).toEqual([
      ['/s', ''],
      ['/s', 'x'],
      ['/s/.snapshot', ''],
      ['/s/old', ''],
    ]);
  });

  it('takes files, each under its folder, and nothing else there', () => {
    for (const path of ['a/1', 'a/2', 'a/3']) file(path);
    expect(told(walk([join(base, 'a/3'), join(base, 'a/1')], options()))).toEqual(['/a/1 file', '/a/3 file']);
  });

  it('refuses a missing root at once, before anything is listed', () => {
    expect(() => walk([base, join(base, 'none')], options())).toThrow(UsageError);
    expect(() => walk([], options())).toThrow(UsageError);
    expect(() => walk([base], options({ exclude: ['/abs'] }))).toThrow(UsageError);
  });

  it.each<[string, (root: string) => void]>([
    ['is deleted', (root) => rmSync(root, { recursive: true })],
    [
      'is replaced by another folder',
      (root) => {
        renameSync(root, `${root}.away`);
        mkdirSync(root);
      },
    ],
  ])('stops when the root %s on the way, and hands out no loss', (_title, lose) => {
    for (const path of ['r/a/1', 'r/b/2', 'r/c/3']) file(path);
    const steps = walk([join(base, 'r')], options());
    steps.next();
    steps.next();
    lose(join(base, 'r'));
    expect(() => steps.next()).toThrow(RootLost);
  });

  it('stops when the root is lost after its last folder', () => {
    file('r/1');
    const steps = walk([join(base, 'r')], options());
    steps.next();
    rmSync(join(base, 'r'), { recursive: true });
    expect(() => steps.next()).toThrow(RootLost);
  });

  it.skipIf(!isLinux || !isRoot)(
    'tells a folder that holds itself by a bind mount (as root; skipped where mounting is forbidden)',
    ({ skip }) => {
      file('r/a/1');
      const inner = join(base, 'r/a/loop');
      mkdirSync(inner);
      if (spawnSync('mount', ['--bind', join(base, 'r'), inner]).status !== 0) skip('mounting is forbidden here');
      try {
        expect(told(walk([join(base, 'r')], options()))).toEqual(['/r/a folder', '/r/a/1 file', '/r/a/loop special!special-file']);
      } finally {
        spawnSync('umount', [inner]);
      }
    },
  );
});
