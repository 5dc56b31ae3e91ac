/** Whether a 7z or RAR archive needs a password: for its names, for all files, or for some of them. */
import { readRarLocks } from '../container/rar-header.js';
import { readSevenZipLocks } from '../container/seven-zip-header.js';
import type { Password, Source } from '../model.js';
import type { PasswordCheck } from '../parts.js';

export const archiveCheck: PasswordCheck = {
  id: 'password-archive',
  version: 1,
  formats: ['7z', 'rar'],
  check: (source, format) => (format === '7z' ? checkSevenZip(source) : checkRar(source)),
};

/** 7-Zip knows one cipher (method 06F10701). */
function checkSevenZip(source: Source): Password {
  return stateOf(readSevenZipLocks(source), 'aes256');
}

/** Version 4 encrypts with AES-128, 5 with AES-256. */
function checkRar(source: Source): Password {
  const locks = readRarLocks(source);
  return stateOf(locks, locks.version === 5 ? 'aes256' : 'aes128');
}

function stateOf(locks: { headerEncrypted: boolean; lockedFiles: number; openFiles: number }, scheme: string): Password {
  if (!locks.headerEncrypted && locks.lockedFiles === 0) return { state: 'none', scheme: null };
  return { state: locks.openFiles > 0 ? 'partial' : 'set', scheme };
}
