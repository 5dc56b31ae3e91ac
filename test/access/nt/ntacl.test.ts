/** Samba's stored list: its four versions, and when it rules. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forceOf, parseNtacl } from '../../../src/access/nt/ntacl.js';
import { parseSddl } from '../../../src/access/nt/sddl.js';
import { sysAclBlob } from '../../../src/access/nt/sys-acl-blob.js';
import { FileProblem } from '../../../src/problem.js';
import { packNtacl } from './pack.js';

const descriptor = parseSddl('O:S-1-5-21-700-800-900-1201G:S-1-22-2-4001D:(A;;0x1200a9;;;S-1-5-11)');
const file = { mode: 0o100640, uid: 4001, gid: 4002, access: null, inherited: null };
const hashOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

describe('parseNtacl', () => {
  it.each([1, 2, 3, 4])('reads version %d', (version) => {
    const stored = parseNtacl(packNtacl(version, descriptor, { description: '共有', sysAclHash: Buffer.alloc(64, 9) }));
    expect([stored.version, stored.descriptor]).toEqual([version, descriptor]);
    expect(stored.description).toBe(version === 4 ? '共有' : '');
    expect(stored.sysAclHash).toEqual(version === 4 ? Buffer.alloc(64, 9) : null);
  });

  it.each(['', 'a', 'ab', 'abc', 'abcd'])('finds the descriptor behind the description "%s"', (description) => {
    expect(parseNtacl(packNtacl(4, descriptor, { description }))).toMatchObject({ description, descriptor });
  });

  it.each<[title: string, bytes: Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['version 0', packNtacl(0, descriptor)],
    ['version 5', packNtacl(5, descriptor)],
    ['a description without end', packNtacl(4, descriptor).subarray(0, 80).fill(0x41, 78)],
    ['a value cut before its hash', packNtacl(4, descriptor).subarray(0, 120)],
  ])('refuses %s', (_title, bytes) => {
    expect(() => parseNtacl(bytes)).toThrow(FileProblem);
  });
});

describe('forceOf', () => {
  const stored = (version: number, parts = {}): ReturnType<typeof parseNtacl> => parseNtacl(packNtacl(version, descriptor, parts));
  const now = sysAclBlob(file);
  const written = { sysAclHash: hashOf(now) };

  it.each<[title: string, force: string, version: number, parts: object, ignoresPosix: boolean, now: Buffer | null]>([
    ['version 1 has no hash to compare', 'in-force', 1, {}, false, now],
    ['version 2 neither', 'in-force', 2, {}, false, now],
    ['the permissions are those it was written with', 'in-force', 4, written, false, now],
    ['a chmod behind Samba', 'stale', 4, written, false, sysAclBlob({ ...file, mode: 0o100644 })],
    ['a chown behind Samba', 'stale', 4, written, false, sysAclBlob({ ...file, uid: 4009 })],
    ['the same on a share that ignores them', 'in-force', 4, written, true, sysAclBlob({ ...file, mode: 0o100644 })],
    ['the POSIX list could not be read', 'unknown', 4, written, false, null],
    ['no hash was taken', 'ignored', 4, { ...written, hashType: 0 }, false, now],
    ['version 3 from a share that ignores permissions', 'ignored', 3, {}, false, now],
    ['version 3 with a hash', 'unknown', 3, { hash: Buffer.alloc(64, 1) }, false, now],
  ])('%s: %s', (_title, force, version, parts, ignoresPosix, blob) => {
    expect(forceOf(stored(version, parts), ignoresPosix, () => blob)).toBe(force);
  });

  it('asks for the permissions only where they decide', () => {
    const never = (): never => {
      throw new Error('asked');
    };
    expect([forceOf(stored(4, written), true, never), forceOf(stored(2), false, never)]).toEqual(['in-force', 'in-force']);
  });
});

describe('sysAclBlob', () => {
  const words = (bytes: Buffer): string => bytes.toString('hex').replace(/(.{8})(?=.)/g, '$1 ');

  it('packs a file without a list: head, count, three entries of eight bytes', () => {
    expect(words(sysAclBlob(file))).toBe(
      [
        '00000200 00000000 a10f0000 00000000 a20f0000 00000000 a0810000',
        '03000000 03000000 00000000',
        '02000200 06000000 04000400 04000000 05000500 00000000',
      ].join(' '),
    );
  });

  it('packs named entries with their id, and a list for what is made in a folder even where there is none', () => {
    const access = [
      { tag: 1, perm: 7, id: 0xffffffff },
      { tag: 2, perm: 5, id: 4003 },
      { tag: 4, perm: 5, id: 0xffffffff },
      { tag: 16, perm: 5, id: 0xffffffff },
      { tag: 32, perm: 0, id: 0xffffffff },
    ];
    expect(words(sysAclBlob({ ...file, mode: 0o040750, access }))).toBe(
      [
        '00000200 04000200 a10f0000 00000000 a20f0000 00000000 e8410000',
        '05000000 05000000 00000000',
        '02000200 07000000 01000100 00000000 a30f0000 00000000 05000000 00000000',
        '04000400 05000000 06000600 05000000 05000500 00000000',
        '00000000 00000000 00000000 00000000',
      ].join(' '),
    );
  });
});
