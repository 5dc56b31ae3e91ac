/** A workbook's sheets by SheetJS, which shares nothing with the writer: texts and numbers as they are kept. */
import { inflateRawSync } from 'node:zlib';
import { read, utils, type WorkSheet } from 'xlsx';

export type Sheets = Readonly<Record<string, readonly (readonly (string | number)[])[]>>;

export function readWorkbook(bytes: Buffer): Sheets {
  const book = read(bytes, { cellDates: false, dense: true });
  return Object.fromEntries(book.SheetNames.map((name) => [name, rowsOf(book.Sheets[name]!)]));
}

/** Every row as wide as the sheet; '' for an empty cell. */
function rowsOf(sheet: WorkSheet): (string | number)[][] {
  const width = utils.decode_range(sheet['!ref'] ?? 'A1').e.c + 1;
  const data = (sheet['!data'] ?? []) as ({ v?: string | number } | undefined)[][];
  return Array.from(data, (row) => Array.from({ length: width }, (_, at) => row?.[at]?.v ?? ''));
}

/** One part of a zip by its local header (its sizes stand there), inflated in one go: pieces that end in a sync flush are one stream. */
export function readZipPart(zip: Buffer, name: string): string {
  const at = zip.indexOf(Buffer.from('PK\x03\x04', 'latin1'), zip.indexOf(Buffer.from(name)) - 30);
  const packed = zip.readUInt32LE(at + 18);
  const start = at + 30 + zip.readUInt16LE(at + 26);
  return inflateRawSync(zip.subarray(start, start + packed)).toString('utf8');
}

/** A spool in memory. */
export function memorySpool() {
  const pieces: Buffer[] = [];
  let all: Buffer | null = null;
  return {
    append: (bytes: Uint8Array) => {
      pieces.push(Buffer.from(bytes));
      all = null;
    },
    read: (offset: number, length: number) => {
      all ??= Buffer.concat(pieces);
      return all.subarray(offset, offset + length);
    },
  };
}
