/** Whether an Access database needs a password to be opened. That of an mdb only makes Access ask: the content is not encrypted with it. */
import { readJetHeader } from '../container/jet-file.js';
import type { PasswordCheck } from '../parts.js';

export const mdbCheck: PasswordCheck = {
  id: 'password-mdb',
  version: 1,
  formats: ['mdb', 'accdb'],
  check(source) {
    const { hasPassword, encryption } = readJetHeader(source);
    if (encryption) return { state: encryption.keyBits > 0 && encryption.keyBits <= 40 ? 'weak' : 'set', scheme: encryption.scheme };
    return hasPassword ? { state: 'weak', scheme: 'jet-header' } : { state: 'none', scheme: null };
  },
};
