/**
 * Whether a document of Office 97 to 2003 (xls, doc, ppt) needs a password to be opened: by its encryption records alone. Sheet and
 * workbook protection and passwords for writing do not count.
 */
import { type OleDirectory, openOle } from '../container/ole.js';
import { opensRc4, readRc4Header } from '../container/rc4-office.js';
import type { Format, Password, Source } from '../model.js';
import type { PasswordCheck } from '../parts.js';
import { FileProblem } from '../problem.js';
import { DEFAULT_PASSWORDS } from './default-passwords.js';
import { pptEncryption } from './ppt-encryption.js';
import { opensXor } from './xor-verifier.js';

const NONE: Password = { state: 'none', scheme: null };
const HEADER_BYTES = 4096;

export const oleCheck: PasswordCheck = {
  id: 'password-ole',
  version: 1,
  formats: ['xls', 'doc', 'ppt', 'ole-rights-managed', 'msg', 'vsd', 'pub'],
  check(source, format) {
    if (format === 'xls') return checkWorkbook(source);
    const ole = openOle(source);
    if (ole.entry('\tDRMContent')) return { state: 'set', scheme: 'rights-managed' };
    return checkStreams(ole, format);
  },
};

function checkStreams(ole: OleDirectory, format: Format): Password {
  if (format === 'doc') return checkWord(ole);
  if (format !== 'ppt') return NONE;
  const header = pptEncryption(ole);
  return header ? judgeRc4(header) : NONE;
}

function judgeRc4(bytes: Buffer): Password {
  const header = readRc4Header(bytes);
  if (!header) return { state: 'set', scheme: 'unknown' };
  const scheme = header.scheme === 'rc4-40' ? 'rc4-40' : `${header.scheme}-${header.keyBits}`;
  if (DEFAULT_PASSWORDS.some((password) => opensRc4(header, password))) return { state: 'default', scheme };
  return { state: header.keyBits <= 40 ? 'weak' : 'set', scheme };
}

const BIFF_BOF = new Set([0x0009, 0x0209, 0x0409, 0x0809]);
const BIFF_EOF = 0x000a;
const BIFF_FILEPASS = 0x002f;
/** FilePass stands right behind BOF, at most some small records later (MS-XLS 2.1.7.20.1); a worksheet of Excel 2 to 4 has the same order. */
const BIFF_RECORDS_MAX = 16;

/** Excel 2 to 4 have no compound file: their records are the file. */
function checkWorkbook(source: Source): Password {
  let head = source.read(0, HEADER_BYTES);
  if (head.subarray(0, 4).toString('hex') === 'd0cf11e0') {
    const ole = openOle(source);
    if (ole.entry('\tDRMContent')) return { state: 'set', scheme: 'rights-managed' };
    head = ole.head(ole.entry('Workbook') ? 'Workbook' : 'Book', HEADER_BYTES);
  }
  if (head.length < 4 || !BIFF_BOF.has(head.readUInt16LE(0))) throw new FileProblem('damaged', 'xls: does not begin with BOF');
  const isBiff8 = head.readUInt16LE(0) === 0x0809 && head.length >= 6 && head.readUInt16LE(4) === 0x0600;
  for (let at = 0, records = 0; at + 4 <= head.length && records < BIFF_RECORDS_MAX; records++) {
    const type = head.readUInt16LE(at);
    const end = at + 4 + head.readUInt16LE(at + 2);
    if (type === BIFF_FILEPASS) return judgeFilePass(head.subarray(at + 4, end), isBiff8);
    if (type === BIFF_EOF) break;
    at = end;
  }
  return NONE;
}

/** MS-XLS 2.4.117; before Excel 97 the record holds key and verifier of the obfuscation alone. */
function judgeFilePass(record: Buffer, isBiff8: boolean): Password {
  if (isBiff8 && record.length >= 2 && record.readUInt16LE(0) === 1) return judgeRc4(record.subarray(2));
  const at = isBiff8 ? 2 : 0;
  if (record.length < at + 4) throw new FileProblem('damaged', 'xls: FilePass is cut');
  const verifier = record.readUInt16LE(at + 2);
  const isDefault = DEFAULT_PASSWORDS.some((password) => opensXor(verifier, password));
  return { state: isDefault ? 'default' : 'weak', scheme: 'xor' };
}

/** Flags of the FIB (MS-DOC 2.5.2) at byte 10. */
const FIB_ENCRYPTED = 0x0100;
const FIB_TABLE_1 = 0x0200;
const FIB_OBFUSCATED = 0x8000;

function checkWord(ole: OleDirectory): Password {
  const fib = ole.head('WordDocument', 64);
  if (fib.length < 18) throw new FileProblem('damaged', 'doc: header is cut');
  const flags = fib.readUInt16LE(10);
  if (!(flags & FIB_ENCRYPTED)) return NONE;
  // Word 6 and 95 know obfuscation only (nFib below 0xC1).
  if (flags & FIB_OBFUSCATED || fib.readUInt16LE(2) < 0xc1) return { state: 'weak', scheme: 'xor' };
  const table = ole.head(flags & FIB_TABLE_1 ? '1Table' : '0Table', HEADER_BYTES);
  return table.length === 0 ? { state: 'set', scheme: 'unknown' } : judgeRc4(table);
}
