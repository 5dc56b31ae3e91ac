import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { liveMounts, parseMountTypes } from '../../src/access/mounts.js';

describe('parseMountTypes', () => {
  it('takes device and type, with and without optional fields', () => {
    const types = parseMountTypes(
      [
        '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
        '36 35 0:53 / /mnt/a\\040b rw shared:1 master:2 - cifs //nas/kyoyu rw,file_mode=0755',
        '40 27 8:300 / /srv rw - xfs /dev/sdz rw',
        'nonsense',
      ].join('\n'),
    );
    expect([...types]).toEqual([
      [254 * 256, 'ext4'],
      [53, 'cifs'],
      [8 * 256 + (300 % 256) + 2 ** 20, 'xfs'],
    ]);
  });
});

describe.skipIf(process.platform !== 'linux')('liveMounts (Linux only)', () => {
  it('trusts the file system that this test lies on, and one that it does not find', () => {
    const mounts = liveMounts();
    expect(mounts.syntheticType(statSync(import.meta.dirname).dev)).toBeNull();
    expect(mounts.syntheticType(2 ** 43)).toBeNull();
  });
});
