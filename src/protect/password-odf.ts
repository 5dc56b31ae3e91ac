/** Whether an OpenDocument file needs a password: its manifest names the encryption of each part (OpenDocument 1.3 part 2, 4.3–4.8). */
import { openZip } from '../container/zip.js';
import type { PasswordCheck } from '../parts.js';
import { zipCheck } from './password-zip.js';

const MANIFEST_BYTES_MAX = 4 * 1024 * 1024;

export const odfCheck: PasswordCheck = {
  id: 'password-odf',
  version: 1,
  formats: ['ods', 'odt', 'odp', 'odg', 'odf'],
  check(source, format) {
    const zip = openZip(source);
    const entry = zip.entry('META-INF/manifest.xml');
    const manifest = entry ? zip.readEntry(entry, MANIFEST_BYTES_MAX).toString('utf8') : '';
    if (!/<(?:\w{1,20}:)?encryption-data\b/.test(manifest)) return zipCheck.check(source, format);
    if (/aes256/i.test(manifest)) return { state: 'set', scheme: 'odf-aes256' };
    return { state: 'set', scheme: /blowfish/i.test(manifest) ? 'odf-blowfish' : 'odf' };
  },
};
