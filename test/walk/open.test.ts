import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.js';
import { FileProblem } from '../../src/problem.js';
import { statOf } from '../../src/walk/folder.js';
import { openSource } from '../../src/walk/open.js';

const base = mkdtempSync(join(tmpdir(), 'mimawari-open-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';

function make(name: string, content: Buffer | string): string {
  const path = join(base, name);
  writeFileSync(path, content);
  return path;
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof FileProblem) {
      expect(error.message).not.toContain(base);
      return error.code;
    }
    throw error;
  }
  return 'none';
}

const sha256 = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const small = Buffer.from('氏名,生年月日\r\n');
const large = Buffer.alloc(limits.chunkBytes * 2 + 12345, 0).map((_, i) => (i * 7 + (i >> 8)) & 255) as Buffer;

describe.each([
  ['empty', Buffer.alloc(0)],
  ['small', small],
  ['large', large],
])('reading a file that is %s', (title, content) => {
  const path = make(`read-${title}`, content);

  it('whole, by pieces, and in chunks of bounded size', () => {
    const source = openSource(path, statOf(lstatSync(path)), 'x');
    expect(source.sizeBytes).toBe(content.length);
    expect(Buffer.compare(source.whole(), content)).toBe(0);
    for (const [offset, length] of [
      [0, 4],
      [3, 100],
      [content.length - 2, 10],
      [content.length, 5],
      [content.length + 9, 5],
      [0, 0],
    ] as const) {
      if (offset >= 0) expect(Buffer.compare(source.read(offset, length), content.subarray(offset, offset + length))).toBe(0);
    }
    const pieces = [...source.chunks()].map((piece) => piece.length);
    expect(pieces.reduce((a, b) => a + b, 0)).toBe(content.length);
    expect(Math.max(0, ...pieces)).toBeLessThanOrEqual(limits.chunkBytes);
    source.close();
    source.close();
    // A closed descriptor's number may belong to another file by now.
    if (content.length > 0) expect(() => source.read(0, 1)).toThrow(RangeError);
  });

  it.each<[string, (source: ReturnType<typeof openSource>) => unknown]>([
    ['nothing', () => 0],
    ['a piece', (source) => source.read(0, 3)],
    ['half of the chunks', (source) => source.chunks()[Symbol.iterator]().next()],
    ['all chunks', (source) => [...source.chunks()].length],
    ['the whole', (source) => source.whole()],
  ])('has the same hash after reading %s', (_title, act) => {
    const source = openSource(path, null, 'x');
    act(source);
    expect(source.hash()).toBe(sha256(content));
    source.close();
  });
});

describe('openSource', () => {
  it('refuses what is not there, a folder, and another file in its place', () => {
    const path = make('replaced', 'a');
    const walked = { ...statOf(lstatSync(path)), ino: 1 };
    mkdirSync(join(base, 'folder'));
    expect(codeOf(() => openSource(join(base, 'none'), null, 'x'))).toBe('gone');
    expect(codeOf(() => openSource(join(base, 'folder'), null, 'x'))).toBe('special-file');
    expect(codeOf(() => openSource(path, walked, 'x'))).toBe('changing');
  });

  it('takes a file that was written to since it was walked', () => {
    const path = make('grown', 'a');
    const walked = statOf(lstatSync(path));
    appendFileSync(path, 'b');
    expect(openSource(path, walked, 'x').whole().toString()).toBe('ab');
  });

  it.skipIf(!isLinux)('follows no link and waits for no pipe (POSIX)', () => {
    symlinkSync(make('target', 'a'), join(base, 'link'));
    expect(codeOf(() => openSource(join(base, 'link'), null, 'x'))).toBe('changing');
    spawnSync('mkfifo', [join(base, 'pipe')]);
    expect(codeOf(() => openSource(join(base, 'pipe'), null, 'x'))).toBe('special-file');
  });

  it.skipIf(isRoot)('tells a file that may not be read (not as root)', () => {
    const path = make('closed', 'a');
    chmodSync(path, 0);
    expect(codeOf(() => openSource(path, null, 'x'))).toBe('no-access');
  });

  it('opens a path of bytes', () => {
    make('名簿', 'a');
    expect(
      openSource(Buffer.from(join(base, '名簿')), null, 'x')
        .whole()
        .toString(),
    ).toBe('a');
  });

  it('tells a file that changes, and one that shrinks, while it is read', () => {
    const path = make('shrinking', large);
    const source = openSource(path, null, 'x');
    expect(source.unchanged()).toBe(true);
    truncateSync(path, 5000);
    expect(source.unchanged()).toBe(false);
    expect(codeOf(() => source.whole())).toBe('changing');
    expect(codeOf(() => [...source.chunks()])).toBe('changing');
    expect(codeOf(() => source.read(100_000, 10))).toBe('changing');
    source.close();
  });

  it('refuses to hold a file above the bound, but reads pieces of it', () => {
    const path = make('huge', '');
    truncateSync(path, limits.wholeBytesMax + 1);
    const source = openSource(path, null, 'x');
    expect(codeOf(() => source.whole())).toBe('too-large');
    expect(codeOf(() => source.read(0, limits.wholeBytesMax + 1))).toBe('too-large');
    expect(source.read(limits.wholeBytesMax - 3, 100).length).toBe(4);
    source.close();
  });

  it.skipIf(!isLinux)('leaves the access time of an own file as it was (Linux)', () => {
    const path = make('quiet', large);
    utimesSync(path, new Date('2015-05-08T00:00:00Z'), new Date('2020-01-01T00:00:00Z'));
    const source = openSource(path, null, 'x');
    source.whole();
    source.close();
    expect(source.accessTimeKept).toBe(true);
    source.close();
    expect(source.accessTimeMoved).toBe(false);
    expect(statSync(path).atime.toISOString()).toBe('2015-05-08T00:00:00.000Z');
  });
});
