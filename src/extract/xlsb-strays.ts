/**
 * Texts of binary parts and records (MS-XLSB) that no reader of its own takes: tables, connections, pivot tables, links. Their strings are found by what
 * they look like, a count and so many characters that are text; numbers are left alone.
 */
import { RecordCursor } from './xlsb-record.js';
import { StrayTexts } from './xml-strays.js';

/** Parts beside the sheets that hold texts in records, by name. Settings of printers and macros are no such parts. */
export const BINARY_STRAYS = /^xl\/(?:tables|queryTables|pivotTables|slicers|slicerCaches|revisions)\/[^/]+\.bin$|^xl\/connections\.bin$/i;

const UNITS_MAX = 32_767;
/** Bytes of one record in which strings are looked for: behind them lies a formula or a picture. */
const LOOKED_BYTES_MAX = 256 * 1024;

/** The strings of the record at the cursor, in their order. */
export function stringsOf(record: RecordCursor): readonly string[] {
  const { bytes, start } = record;
  const end = Math.min(record.end, start + LOOKED_BYTES_MAX);
  const found: string[] = [];
  for (let at = start; at + 6 <= end; ) {
    const units = bytes.readUInt32LE(at);
    const from = at + 4;
    if (units > 0 && units <= UNITS_MAX && from + units * 2 <= end && isText(bytes, from, from + units * 2)) {
      found.push(bytes.toString('utf16le', from, from + units * 2));
      at = from + units * 2;
    } else at++;
  }
  return found;
}

/** All strings of a part, each once. Throws FileProblem. */
export function readBinaryStrays(pieces: Iterable<Buffer>): readonly string[] {
  const record = new RecordCursor(pieces);
  const texts = new StrayTexts();
  try {
    while (record.next()) for (const text of stringsOf(record)) texts.add(text);
  } finally {
    record.close();
  }
  return texts.all();
}

/** Whether UTF-16 in [from, end) is of characters that stand in texts: none of control, none private. */
function isText(bytes: Buffer, from: number, end: number): boolean {
  for (let at = from; at < end; at += 2) {
    const unit = bytes.readUInt16LE(at);
    if ((unit < 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) || unit > 0xfff0) return false;
    if (unit >= 0xe000 && unit <= 0xf8ff) return false;
  }
  return true;
}
