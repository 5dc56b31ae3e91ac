import { expect, it } from 'vitest';
import { DACL_PROTECTED, parseDescriptor } from '../../src/access/nt/descriptor.js';
import { keepPrivate, privateDescriptor } from '../../src/windows/private-file.js';
import { packSid } from '../access/nt/pack.js';

it('the list of own files lets in owner, system and administrators, and inherits nothing', () => {
  const owner = 'S-1-5-21-1-2-3-1001';
  const descriptor = parseDescriptor(privateDescriptor(packSid(owner)));
  expect(descriptor.dacl!.map(({ type, flags, mask, sid }) => [type, flags, mask, sid])).toEqual(
    [owner, 'S-1-5-18', 'S-1-5-32-544'].map((sid) => [0, 3, 0x1f01ff, sid]),
  );
  expect(descriptor.control & DACL_PROTECTED).not.toBe(0);
});

it.runIf(process.platform !== 'win32')('elsewhere nothing is to be done', () => {
  expect(keepPrivate('/nowhere')).toBe(true);
});
