import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyedHash } from '../../src/scan/keyed-hash.js';

describe('KeyedHash', () => {
  const key = randomBytes(32);
  const reference = (text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, 16);

  it.each([0, 1, 10, 54, 55, 56, 63, 64, 65, 119, 120, 200, 1000])('equals HMAC-SHA-256 of node:crypto for %i characters', (length) => {
    const hash = new KeyedHash(key);
    for (const unit of ['1', '山', '𠮷']) {
      const text = unit.repeat(length);
      expect(hash.hex(text)).toBe(reference(text));
    }
  });

  it('gives other values under another key', () => {
    expect(new KeyedHash(randomBytes(32)).hex('1234567890')).not.toBe(new KeyedHash(key).hex('1234567890'));
  });

  it('takes keys longer than a block as RFC 2104 says', () => {
    const long = randomBytes(100);
    expect(new KeyedHash(long).hex('x')).toBe(createHmac('sha256', long).update('x').digest('hex').slice(0, 16));
  });
});
