/** A workbook's sheets by SheetJS, which shares nothing with the writer: texts and numbers as they are kept. */
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
