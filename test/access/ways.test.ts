/** By which ways files are reached: shares that begin above, at and below a scanned root, the server itself, the scanned root alone. */
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_BOUNDS } from '../../src/access/exposure.js';
import { createDirectory } from '../../src/access/known-directory.js';
import { type PosixAccessSource, posixSource } from '../../src/access/posix.js';
import { type SambaShare, unknownShare } from '../../src/access/samba/smb-shares.js';
import { PLAIN_SHARE, type ShareDefinition } from '../../src/access/share.js';
import type { Exposure } from '../../src/access/ways.js';
import { ENODATA } from '../../src/access/xattr.js';
import type { Access } from '../../src/model.js';
import type { AccessTold, FolderGate } from '../../src/parts.js';
import { statOf } from '../../src/walk/folder.js';

const base = mkdtempSync(join(tmpdir(), 'mimawari-ways-'));
const top = join(base, 'srv');
const directory = createDirectory({
  accounts: [
    { name: 'sato', ids: ['u:4001'] },
    { name: 'ito', ids: ['u:4002'] },
  ],
  groups: [],
});

beforeAll(() => {
  for (const folder of ['', 'a', 'a/b', 'c']) mkdirSync(join(top, folder), { recursive: true });
  for (const folder of [base, top, join(top, 'a'), join(top, 'a/b'), join(top, 'c')]) chmodSync(folder, 0o755);
  for (const file of ['f', 'a/f', 'a/b/f', 'c/f']) {
    writeFileSync(join(top, file), '');
    chmodSync(join(top, file), 0o644);
  }
  symlinkSync(top, join(base, 'link'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function share(path: string, limits: Partial<ShareDefinition> = {}): SambaShare {
  return { definition: { ...PLAIN_SHARE, name: path, ...limits }, path: join(top, path), lists: null, doubt: null };
}

function sourceOf(exposure: Partial<Exposure>): PosixAccessSource {
  const xattrs = { get: () => ENODATA, list: () => [] };
  const host = { loadXattrs: () => xattrs, mounts: { syntheticType: () => null } };
  return posixSource(directory, ACCESS_BOUNDS, host, { paths: ['smb'], shares: [], doubt: null, ...exposure });
}

function ask(exposure: Partial<Exposure>, file: string, root = top): Access {
  const source = sourceOf(exposure);
  let path = root;
  let gate: FolderGate = source.folder(path, statOf(lstatSync(`${path}/.`)), null);
  for (const name of dirname(file)
    .split('/')
    .filter((one) => one !== '.')) {
    path = join(path, name);
    gate = source.folder(path, statOf(lstatSync(path)), gate);
  }
  return source.file(() => join(root, file), statOf(lstatSync(join(root, file))), gate);
}

const forSato = { validUsers: ['u:4001'] };
const forIto = { validUsers: ['u:4002'] };

describe('ways to a file', () => {
  it.each<[title: string, shares: SambaShare[], file: string, root: string, state: string, readers: number | null]>([
    ['no share exposes it: its permissions alone', [share('c', forSato)], 'a/f', '', 'open', null],
    ['a share that begins above the scanned root', [share('', forSato)], 'f', 'a', 'restricted', 1],
    ['a share that begins at it', [share('a', forSato)], 'f', 'a', 'restricted', 1],
    ['a share that begins below it', [share('a', forSato)], 'a/b/f', '', 'restricted', 1],
    ['what lies beside that share', [share('a', forSato)], 'c/f', '', 'open', null],
    ['two shares inside each other: either lets in', [share('a', forSato), share('a/b', forIto)], 'a/b/f', '', 'restricted', 2],
    ['the outer one does not hold inside alone', [share('a', forSato), share('a/b', forIto)], 'a/f', '', 'restricted', 1],
    ['the looser of two shares of one folder', [share('a', forSato), share('a', {})], 'a/f', '', 'open', null],
    ['through a link to the root', [share('a', forSato)], 'a/f', 'link', 'restricted', 1],
  ])('%s', (_title, shares, file, root, state, readers) => {
    const access = ask({ shares }, file, root === 'link' ? join(base, 'link') : join(top, root));
    expect([access.state, access.readers]).toEqual([state, readers]);
  });

  it.each<[title: string, shares: SambaShare[], file: string, mode: number, state: string, reason: string]>([
    ['hides no open file', [unknownShare(top, 'who knows')], 'a/f', 0o644, 'open', 'mode 0644'],
    ['makes what is restricted unknown', [unknownShare(top, 'who knows')], 'a/f', 0o600, 'unknown', 'mode 0600: who knows'],
    ['one below too', [unknownShare(join(top, 'a'), 'who knows')], 'a/f', 0o600, 'unknown', 'who knows'],
    ['beside a share that is known', [unknownShare(top, 'who knows'), share('a', forSato)], 'a/f', 0o644, 'unknown', 'who knows'],
    ['beside an open share', [share('a'), unknownShare(join(top, 'a'), 'who knows')], 'a/f', 0o644, 'open', 'through share a'],
    ['elsewhere', [unknownShare(join(top, 'c'), 'who knows')], 'a/f', 0o600, 'restricted', 'administrators alone'],
  ])('a share that may be there: %s', (_title, shares, file, mode, state, reason) => {
    chmodSync(join(top, file), mode);
    const access = ask({ shares }, file);
    chmodSync(join(top, file), 0o644);
    expect([access.state, access.reason]).toEqual([state, expect.stringContaining(reason)]);
  });

  it('asked for other ways, all count', () => {
    const shares = [share('a', forSato)];
    expect(ask({ shares, paths: ['smb'] }, 'a/f').state).toBe('restricted');
    expect(ask({ shares, paths: ['smb', 'local'] }, 'a/f').state).toBe('open');
    expect(ask({ shares, paths: ['smb', 'nfs'] }, 'a/b/f').state).toBe('open');
    expect(ask({ shares, paths: ['nfs'] }, 'a/f').reason).not.toContain('share');
  });

  it('folders above the scanned root count for people on the server and for shares', () => {
    chmodSync(base, 0o700);
    try {
      expect(ask({}, 'f').state).toBe('open');
      expect(ask({ paths: ['local'] }, 'f').state).toBe('restricted');
      expect(ask({ shares: [share('')] }, 'f')).toMatchObject({ state: 'restricted', readers: 0 });
      expect(ask({ shares: [share('', { forceUser: 'u:0', ...forSato })] }, 'f')).toMatchObject({ state: 'restricted', readers: 1 });
    } finally {
      chmodSync(base, 0o755);
    }
  });

  it('shares that may be there, and nobody knows, leave it unknown', () => {
    expect(ask({ shares: [share('a', forSato)], doubt: 'smb.conf includes other settings for each client' }, 'a/f')).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('other settings'),
    });
    expect(ask({ shares: [{ ...share('a'), doubt: 'its path differs' }] }, 'a/f')).toMatchObject({ state: 'unknown' });
  });

  it('tells by which share', () => {
    expect(ask({ shares: [share('a', forSato)] }, 'a/f').reason).toBe('others, through share a: 1 reader');
    expect(ask({ shares: [share('a', forSato), share('a/b')] }, 'a/b/f').reason).toContain('through share a/b');
  });
});

describe('told gate by gate', () => {
  function tell(exposure: Partial<Exposure>, file: string, root = top): AccessTold {
    const names = relative(root, dirname(join(top, file)))
      .split('/')
      .filter((name) => name !== '');
    const folders = ['', ...names.map((_, i) => names.slice(0, i + 1).join('/'))].map((way) => join(root, way));
    const placed = (path: string) => ({ path, stat: statOf(lstatSync(path)) });
    return sourceOf(exposure).tell(folders.map(placed), placed(join(top, file)));
  }

  it.each<[title: string, exposure: Partial<Exposure>]>([
    ['by its permissions', {}],
    ['on the server', { paths: ['local'] }],
    ['by all ways', { paths: ['smb', 'nfs', 'local'], shares: [share('a', forSato)] }],
    ['through a share', { shares: [share('a', forSato)] }],
    ['through one that is in doubt', { shares: [{ ...share('a'), doubt: 'its path differs' }] }],
  ])('%s: the answer is that of a sweep', (_title, exposure) => {
    for (const mode of [0o755, 0o700]) {
      chmodSync(base, mode);
      try {
        const told = tell(exposure, 'a/b/f');
        const { staleList: _, ...swept } = { staleList: false, ...ask(exposure, 'a/b/f') };
        expect(told.access).toMatchObject(swept);
        for (const remedy of [told.closeFile, told.closeFolder]) expect(remedy?.after.state).not.toBe('open');
      } finally {
        chmodSync(base, 0o755);
      }
    }
  });

  it('promises no closing where a share opens files in a name of its own', () => {
    const owner = `u:${lstatSync(join(top, 'a/f')).uid}`;
    for (const forced of [{ forceUser: owner }, { forceUser: 'u:0' }]) {
      const { access, closeFile, closeFolder } = tell({ shares: [share('a', forced)] }, 'a/f');
      expect([access.state, closeFile, closeFolder]).toEqual(['open', null, null]);
    }
    const group = `g:${lstatSync(join(top, 'a/f')).gid}`;
    const forced = tell({ shares: [share('a', { forceGroup: group })] }, 'a/f');
    for (const { after, keeps } of [forced.closeFile, forced.closeFolder].filter((one) => one !== null)) {
      expect(after.state).not.toBe('open');
      expect(keeps).not.toContain(group);
    }
    expect(tell({ shares: [share('a')] }, 'a/f').closeFile).toMatchObject({ after: { state: 'restricted' } });
  });
});
