import { describe, expect, it } from 'vitest';
import { parsePosixAcl } from '../../src/access/posix-acl.js';

// u::rw u:1001:r g::r g:1001:rw m::rw o::r, as the kernel hands it out.
const SAMPLE = '02000000 01000600ffffffff 02000400e9030000 04000400ffffffff 08000600e9030000 10000600ffffffff 20000400ffffffff';

describe('parsePosixAcl', () => {
  const bytes = Buffer.from(SAMPLE.replaceAll(' ', ''), 'hex');

  it('reads the entries in their order', () => {
    expect(parsePosixAcl(bytes)).toEqual([
      { tag: 1, perm: 6, id: 0xffffffff },
      { tag: 2, perm: 4, id: 1001 },
      { tag: 4, perm: 4, id: 0xffffffff },
      { tag: 8, perm: 6, id: 1001 },
      { tag: 16, perm: 6, id: 0xffffffff },
      { tag: 32, perm: 4, id: 0xffffffff },
    ]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another version', Buffer.concat([Buffer.from([1, 0, 0, 0]), bytes.subarray(4)])],
    ['cut inside an entry', bytes.subarray(0, bytes.length - 3)],
    ['cut between entries: no bits for others', bytes.subarray(0, bytes.length - 8)],
    ['an unknown tag', Buffer.concat([bytes, Buffer.from([0x40, 0, 4, 0, 0, 0, 0, 0])])],
  ])('refuses %s', (_title, damaged) => {
    expect(parsePosixAcl(damaged)).toBeNull();
  });
});
