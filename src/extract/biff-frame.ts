/**
 * Whether the stream of an old workbook (xls) is whole: its chain of sectors, its first record, and records that end where the stream ends. It reads no cell. The library
 * that reads them takes a broken stream for an empty workbook without a word.
 */
import { OLE_MAGIC, openOle } from '../container/ole.js';
import { limits } from '../limits.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';

/** Names of the stream in BIFF8 and BIFF5 (MS-XLS 2.1.7.20). */
const STREAMS = ['Workbook', 'Book'];
/** Types of BOF from BIFF2 to BIFF8 (MS-XLS 2.4.21), and of EOF (2.4.103). */
const BEGIN: ReadonlySet<number> = new Set([0x0009, 0x0209, 0x0409, 0x0809]);
const END = 0x000a;

/** What is wrong with the stream; null when it is whole. */
export function damageOfBiff(source: Source): string | null {
  try {
    const stream = source.read(0, 8).equals(OLE_MAGIC) ? streamOf(source) : source.whole();
    return stream ? damageOfRecords(stream) : 'xls: no workbook';
  } catch (error) {
    if (error instanceof FileProblem) return error.detail;
    throw error;
  }
}

function streamOf(source: Source): Buffer | null {
  const ole = openOle(source);
  const name = STREAMS.find((candidate) => ole.entry(candidate)?.kind === 'stream');
  return name === undefined ? null : ole.stream(name, limits.wholeBytesMax);
}

function damageOfRecords(stream: Buffer): string | null {
  if (stream.length < 4 || !BEGIN.has(stream.readUInt16LE(0))) return 'xls: does not begin with BOF';
  // Begins less ends: what stands behind the last end is padding.
  let open = 0;
  let at = 0;
  while (at + 4 <= stream.length) {
    const type = stream.readUInt16LE(at);
    if (open === 0 && !BEGIN.has(type)) return null;
    if (BEGIN.has(type)) open++;
    else if (type === END) open--;
    at += 4 + stream.readUInt16LE(at + 2);
  }
  return at > stream.length || open > 0 ? 'xls: ends inside a record or sheet' : null;
}
