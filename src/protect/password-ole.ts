/**
 * Whether a document of Office 97 to 2003 (xls, doc, ppt) needs a password to be opened: by its encryption records alone. Sheet and
 * workbook protection and passwords for writing do not count.
 */
import { BIFF_HEAD_BYTES, biffStreamName, readBiffLock } from '../container/biff-lock.js';
import { DEFAULT_PASSWORDS } from '../container/default-passwords.js';
import { type OfficeLock, opensLock, schemeOf } from '../container/office-lock.js';
import { OLE_MAGIC, type OleDirectory, openOle } from '../container/ole.js';
import { readPowerPointLock } from '../container/powerpoint-lock.js';
import { readWordLock } from '../container/word-lock.js';
import type { Format, Password, Source } from '../model.js';
import type { PasswordCheck } from '../parts.js';

const NONE: Password = { state: 'none', scheme: null };

export const oleCheck: PasswordCheck = {
  id: 'password-ole',
  version: 1,
  formats: ['xls', 'doc', 'ppt', 'ole-rights-managed', 'msg', 'vsd', 'pub'],
  check(source, format) {
    if (format === 'xls') return checkWorkbook(source);
    const ole = openOle(source);
    if (ole.entry('\tDRMContent')) return { state: 'set', scheme: 'rights-managed' };
    return judge(lockOf(ole, format));
  },
};

function lockOf(ole: OleDirectory, format: Format): OfficeLock | null {
  if (format === 'doc') return readWordLock(ole);
  return format === 'ppt' ? readPowerPointLock(ole) : null;
}

/** Excel 2 to 4 have no compound file: their records are the file. */
function checkWorkbook(source: Source): Password {
  if (!source.read(0, OLE_MAGIC.length).equals(OLE_MAGIC)) return judge(readBiffLock(source.read(0, BIFF_HEAD_BYTES))?.lock);
  const ole = openOle(source);
  if (ole.entry('\tDRMContent')) return { state: 'set', scheme: 'rights-managed' };
  return judge(readBiffLock(ole.head(biffStreamName(ole), BIFF_HEAD_BYTES))?.lock);
}

function judge(lock: OfficeLock | null | undefined): Password {
  if (!lock) return NONE;
  const scheme = schemeOf(lock);
  if (DEFAULT_PASSWORDS.some((password) => opensLock(lock, password))) return { state: 'default', scheme };
  const isWeak = lock.sort === 'xor' || (lock.sort === 'rc4' && lock.header.keyBits <= 40);
  return { state: isWeak ? 'weak' : 'set', scheme };
}
