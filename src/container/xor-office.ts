/**
 * The XOR obfuscation of old Office files (MS-OFFCRYPTO 2.3.7): whether a password fits, and the 16 bytes that content is mixed with. Passwords
 * are bytes of a code page, of at most 15.
 */
import { codePageBytes } from './code-page.js';

export interface XorLock {
  readonly key: number;
  readonly verifier: number;
}

const PASSWORD_BYTES_MAX = 15;
const ARRAY_BYTES = 16;
/** What stands behind a shorter password (2.3.7.2). */
const FILL = Buffer.from('bbffffbaffffb98000be0f00bf0f00', 'hex');

/**
 * True when the password fits the verifier. That has 15 bits only, so one password in 32,768 fits by chance: enough to try the few that programs
 * set by themselves.
 */
export function opensXor(verifier: number, password: string): boolean {
  return bytesOf(password).some((bytes) => xorVerifier(bytes) === verifier);
}

/**
 * The array that the content is mixed with; null when the password does not open it. Excel turns each of its bytes by 2 to the left (it writes: by 1 to the
 * right before data are turned by 3), Word by 7 (2.3.7.2, 2.3.7.5).
 */
export function unlockXor(lock: XorLock, password: string, turn: 2 | 7): Buffer | null {
  for (const bytes of bytesOf(password)) {
    const key = xorKey(bytes);
    if (key === lock.key && xorVerifier(bytes) === lock.verifier) return xorArray(bytes, key, turn);
  }
  return null;
}

export function turnLeft(byte: number, bits: number): number {
  return ((byte << bits) | (byte >>> (8 - bits))) & 0xff;
}

/** Each byte, from the last to the first and then their number, is XORed into a 15-bit number that turns left by one each time (2.3.7.1). */
export function xorVerifier(password: Buffer): number {
  let verifier = 0;
  for (let at = password.length - 1; at >= -1; at--) {
    const byte = at < 0 ? password.length : (password[at] ?? 0);
    verifier = (((verifier >> 14) & 1) | ((verifier << 1) & 0x7fff)) ^ byte;
  }
  return verifier ^ 0xce4b;
}

/** 2.3.7.2, whose tables are the steps of one shift register: seven bits a character count, the eighth step passes by. */
export function xorKey(password: Buffer): number {
  let key = 0;
  let base = 0x8000;
  let end = 0xffff;
  for (let at = password.length - 1; at >= 0; at--) {
    for (let bit = 0; bit < 8; bit++) {
      base = step(base);
      end = step(end);
      if (bit < 7 && ((password[at] ?? 0) >> bit) & 1) key ^= base;
    }
  }
  return key ^ end;
}

function step(register: number): number {
  const turned = ((register << 1) | (register >>> 15)) & 0xffff;
  return turned & 1 ? turned ^ 0x1020 : turned;
}

export function xorArray(password: Buffer, key: number, turn: 2 | 7): Buffer {
  const array = Buffer.concat([password, FILL]).subarray(0, ARRAY_BYTES);
  return Buffer.from(array.map((byte, at) => turnLeft(byte ^ (at & 1 ? key >>> 8 : key & 0xff), turn)));
}

/** As Excel and Word took them in Western Windows and in Japanese. */
function bytesOf(password: string): Buffer[] {
  return codePageBytes(password).filter(({ length }) => length > 0 && length <= PASSWORD_BYTES_MAX);
}
