/**
 * The encryption of a workbook of Excel 2 to 2003 (xls): where its records tell of it, and the records in the clear with a password that fits
 * (MS-XLS 2.2.10). It knows no other record's meaning.
 */
import { FileProblem } from '../problem.js';
import { type OfficeLock, rc4Lock } from './office-lock.js';
import type { OleDirectory } from './ole.js';
import { applyBlocks, unlockRc4 } from './rc4-office.js';
import { turnLeft, unlockXor } from './xor-office.js';

const BOF: ReadonlySet<number> = new Set([0x0009, 0x0209, 0x0409, 0x0809]);
const EOF = 0x000a;
const FILEPASS = 0x002f;
/** FilePass stands right behind BOF, at most some small records later (2.1.7.20.1); a worksheet of Excel 2 to 4 has the same order. */
const RECORDS_MAX = 16;
/** They stand within. */
export const BIFF_HEAD_BYTES = 4096;
const BLOCK_BYTES = 1024;
/** InterfaceEnd: a record without meaning, of any length to the readers. It takes the place of FilePass. */
const MEANINGLESS = 0x00e2;
/** Records that stay in the clear: BOF, FilePass, InterfaceHdr, RRDHead, UsrExcl, FileLock, RRDInfo. */
const CLEAR: ReadonlySet<number> = new Set([...BOF, FILEPASS, 0x00e1, 0x0138, 0x0194, 0x0195, 0x0196]);
const BOUND_SHEET = 0x0085;
/** Where the sheet begins. */
const BOUND_SHEET_CLEAR = 4;

export interface BiffLock {
  readonly lock: OfficeLock;
  /** Where FilePass begins. */
  readonly at: number;
}

/** The stream of records; of a workbook saved for two versions the newer one. */
export function biffStreamName(ole: OleDirectory): string {
  return ole.entry('Workbook') ? 'Workbook' : 'Book';
}

/** By the first records; null without encryption. Throws FileProblem('damaged') when it is no workbook. */
export function readBiffLock(head: Buffer): BiffLock | null {
  if (head.length < 4 || !BOF.has(head.readUInt16LE(0))) throw new FileProblem('damaged', 'xls: does not begin with BOF');
  const isBiff8 = head.readUInt16LE(0) === 0x0809 && head.length >= 6 && head.readUInt16LE(4) === 0x0600;
  for (let at = 0, records = 0; at + 4 <= head.length && records < RECORDS_MAX; records++) {
    const type = head.readUInt16LE(at);
    const end = at + 4 + head.readUInt16LE(at + 2);
    if (type === FILEPASS) return { lock: lockOf(head.subarray(at + 4, end), isBiff8), at };
    if (type === EOF) break;
    at = end;
  }
  return null;
}

/** 2.4.117; before Excel 97 the record holds key and verifier of the obfuscation alone. */
function lockOf(record: Buffer, isBiff8: boolean): OfficeLock {
  if (isBiff8 && record.length >= 2 && record.readUInt16LE(0) === 1) return rc4Lock(record.subarray(2));
  const at = isBiff8 ? 2 : 0;
  if (record.length < at + 4) throw new FileProblem('damaged', 'xls: FilePass is cut');
  return { sort: 'xor', xor: { key: record.readUInt16LE(at), verifier: record.readUInt16LE(at + 2) } };
}

/** The stream as it is without a password; null when this one does not open it. */
export function openBiff(stream: Buffer, { lock, at }: BiffLock, password: string): Buffer | null {
  const out = Buffer.from(stream);
  if (lock.sort === 'rc4') {
    const blocks = unlockRc4(lock.header, password);
    if (!blocks) return null;
    const plain = applyBlocks(blocks, stream, BLOCK_BYTES);
    for (const { start, end } of lockedRanges(stream)) plain.copy(out, start, start, end);
  } else {
    const array = lock.sort === 'xor' ? unlockXor(lock.xor, password, 2) : null;
    if (!array) return null;
    for (const { data, start, end } of lockedRanges(stream)) {
      // The array begins at another byte for each record: by its place and its length together.
      for (let place = start, turn = end - data + start; place < end; place++, turn++) {
        out[place] = turnLeft(stream[place] ?? 0, 3) ^ (array[turn & 15] ?? 0);
      }
    }
  }
  out.writeUInt16LE(MEANINGLESS, at);
  return out;
}

/** `data`: where the record's content begins; `start` and `end`: what of it is encrypted. */
function* lockedRanges(stream: Buffer): Generator<{ data: number; start: number; end: number }> {
  for (let at = 0; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const data = at + 4;
    at = Math.min(data + stream.readUInt16LE(at + 2), stream.length);
    const start = type === BOUND_SHEET ? Math.min(data + BOUND_SHEET_CLEAR, at) : data;
    if (!CLEAR.has(type)) yield { data, start, end: at };
  }
}
