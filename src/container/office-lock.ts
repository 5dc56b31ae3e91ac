/** How a document of Office 97 to 2003 is locked, and whether a password opens it: what xls, doc and ppt have in common. */
import { opensRc4, type Rc4Header, readRc4Header } from './rc4-office.js';
import { opensXor, type XorLock } from './xor-office.js';

export type OfficeLock =
  | { readonly sort: 'rc4'; readonly header: Rc4Header }
  | { readonly sort: 'xor'; readonly xor: XorLock }
  | { readonly sort: 'other'; readonly scheme: string };

/** By an encryption header (MS-OFFCRYPTO 2.3.5.1, 2.3.6.1). */
export function rc4Lock(bytes: Buffer): OfficeLock {
  const header = readRc4Header(bytes);
  return header ? { sort: 'rc4', header } : { sort: 'other', scheme: 'unknown' };
}

/** `rc4-40`, `rc4-cryptoapi-128`, `xor`, … */
export function schemeOf(lock: OfficeLock): string {
  if (lock.sort === 'rc4') return lock.header.scheme === 'rc4-40' ? 'rc4-40' : `${lock.header.scheme}-${lock.header.keyBits}`;
  return lock.sort === 'xor' ? 'xor' : lock.scheme;
}

/** Whether the password fits; false also where the scheme is not known. */
export function opensLock(lock: OfficeLock, password: string): boolean {
  if (lock.sort === 'rc4') return opensRc4(lock.header, password);
  return lock.sort === 'xor' && opensXor(lock.xor.verifier, password);
}
