/** Whether an OpenDocument file needs a password: its manifest names the encryption of each part (OpenDocument 1.3 part 2, 4.3–4.8). */
import { isEncrypted, readManifest } from '../container/odf-manifest.js';
import { openZip } from '../container/zip.js';
import type { PasswordCheck } from '../parts.js';
import { zipCheck } from './password-zip.js';

export const odfCheck: PasswordCheck = {
  id: 'password-odf',
  version: 1,
  formats: ['ods', 'odt', 'odp', 'odg', 'odf'],
  check(source, format) {
    const manifest = readManifest(openZip(source));
    if (!isEncrypted(manifest)) return zipCheck.check(source, format);
    if (/aes256/i.test(manifest)) return { state: 'set', scheme: 'odf-aes256' };
    return { state: 'set', scheme: /blowfish/i.test(manifest) ? 'odf-blowfish' : 'odf' };
  },
};
