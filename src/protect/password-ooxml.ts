/**
 * Whether an Office package (docx, xlsx, pptx, xlsb) needs a password to be opened. Sheet, workbook and document protection and
 * passwords for writing do not count: the content opens without them.
 */

import { EXCEL_PASSWORD, POWERPOINT_PASSWORD } from '../container/default-passwords.js';
import { openOle } from '../container/ole.js';
import { opensOoxml, readOoxmlKey, schemeOf } from '../container/ooxml-crypt.js';
import type { PasswordCheck } from '../parts.js';

export const ooxmlCheck: PasswordCheck = {
  id: 'password-ooxml',
  version: 1,
  formats: ['ooxml-encrypted'],
  check(source) {
    const key = readOoxmlKey(openOle(source));
    const scheme = schemeOf(key);
    // A try takes some 0.1 s; PowerPoint's own password can only lock what PowerPoint opens.
    const tried = /\.(?:xls|doc)\w{0,2}$/i.test(source.name) ? [EXCEL_PASSWORD] : [EXCEL_PASSWORD, POWERPOINT_PASSWORD];
    if (tried.some((password) => opensOoxml(key, password))) return { state: 'default', scheme };
    return { state: key.sort === 'rc4' && key.header.keyBits <= 40 ? 'weak' : 'set', scheme };
  },
};
