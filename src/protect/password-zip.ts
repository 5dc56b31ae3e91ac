/**
 * Whether the entries of a zip need a password, entry by entry: one readable entry beside encrypted ones makes it partial. Covers Office and
 * OpenDocument packages too, whose zip can be encrypted like any other.
 */
import { openZip, type ZipEntry } from '../container/zip.js';
import type { PasswordCheck } from '../parts.js';

export const zipCheck: PasswordCheck = {
  id: 'password-zip',
  version: 1,
  formats: ['zip', 'xlsx', 'xlsm', 'xlsb', 'docx', 'docm', 'pptx', 'vsdx', 'xps', 'epub'],
  check(source) {
    const files = openZip(source).entries.filter((entry) => !entry.name.endsWith('/'));
    const encrypted = files.filter((entry) => entry.encrypted);
    if (encrypted.length === 0) return { state: 'none', scheme: null };
    const scheme = weakest(encrypted);
    // An empty entry has nothing to protect.
    if (files.some((entry) => !entry.encrypted && entry.unpackedBytes > 0)) return { state: 'partial', scheme };
    return { state: scheme === 'zipcrypto' ? 'weak' : 'set', scheme };
  },
};

/** What one entry gives away the others may share: often the same password. */
function weakest(entries: readonly ZipEntry[]): string {
  const schemes = new Set(entries.map((entry) => entry.scheme ?? 'unknown'));
  return ['zipcrypto', 'aes128', 'aes192', 'aes256', 'strong'].find((scheme) => schemes.has(scheme as never)) ?? 'unknown';
}
