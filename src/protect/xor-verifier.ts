/** The obfuscation of old Office files (MS-OFFCRYPTO 2.3.7.1): whether a password fits its verifier. */

const PASSWORD_BYTES_MAX = 15;

/**
 * True when the password fits. The verifier has 15 bits only, so one password in 32,768 fits by chance: enough to try the few that
 * programs set by themselves. Passwords longer than 15 characters never fit: the scheme has no room for them.
 */
export function opensXor(verifier: number, password: string): boolean {
  const bytes = Buffer.from(password, 'latin1');
  return bytes.length > 0 && bytes.length <= PASSWORD_BYTES_MAX && xorVerifier(bytes) === verifier;
}

/** Each byte, from the last to the first and then their number, is XORed into a 15-bit number that turns left by one each time. */
export function xorVerifier(password: Buffer): number {
  let verifier = 0;
  for (let at = password.length - 1; at >= -1; at--) {
    const byte = at < 0 ? password.length : (password[at] ?? 0);
    verifier = (((verifier >> 14) & 1) | ((verifier << 1) & 0x7fff)) ^ byte;
  }
  return verifier ^ 0xce4b;
}
