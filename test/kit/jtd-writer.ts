/** Writes texts of Ichitaro documents for tests, with the records that real ones have between their words. */
import { writeLzh } from './lzh-writer.js';
import { writeOle } from './ole-writer.js';

const wide = (text: string): number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

/** A paragraph: the record of a line, then its text. */
export const paragraph = (text: string): number[] => [0x1c, 0x10, 7, 0, 0, 0, 0x1f, ...wide(text), 0x0a];

/** A row of a table: the record of the row, then each cell behind one of its own. */
export const row = (...cells: readonly string[]): number[] => [
  ...[0x1c, 0x10, 9, 0, 0x8f, 40, 0, 0, 0x1f],
  ...cells.flatMap((cell) => [0x1c, 0x30, 12, 0, 0, 10, 0, 0, 0, 0, 0, 0x1f, ...wide(cell)]),
  0x0e,
];

/** A word with its reading above. */
export const ruby = (word: string, reading: string): number[] => [
  ...[0x1c, 1, 7, 0, 0, 3, 0x1d, ...wide(word), 0x1e, 5, 0, 1, 0x1f],
  ...[0x1c, 1, 7, 0, 1, 0x82, 0x1d, ...wide(reading), 0x1e, 5, 0, 1, 0x1f],
];

export function jtdText(units: readonly number[]): Buffer {
  const bytes = Buffer.alloc(32 + units.length * 2 + 6);
  bytes.write('SsmgV.01');
  bytes.write('TextV.01', 20);
  bytes.writeUInt32BE(units.length, 28);
  units.forEach((unit, at) => {
    bytes.writeUInt16BE(unit, 32 + at * 2);
  });
  bytes.writeUInt32BE(units.length, bytes.length - 5);
  bytes[bytes.length - 1] = 0xff;
  return bytes;
}

export function writeJtd(body: readonly number[], others: Readonly<Record<string, Buffer>> = {}): Buffer {
  return writeOle({ DocumentText: jtdText(body), ...others });
}

/** A packed document: an archive of LHA with one member, which is the document. */
export function packJtd(inner: Buffer, level: 0 | 1 | 2): Buffer {
  const mark = Buffer.alloc(36);
  mark.writeUInt16LE(0x2600, 0);
  mark.write('JustCompressedDocument', 2);
  return writeOle({
    JSCompDocument: Buffer.concat([mark, writeLzh([{ name: Buffer.from('x'), content: inner, method: '-lh5-', level }])]),
  });
}
