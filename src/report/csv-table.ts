/** A small table as CSV for Japanese Excel: byte order mark, CRLF, texts guarded as in the auditors' sheet. */
import { numberCell, quoted, textCell } from './csv-cell.js';

/** A day that is meant as one, `YYYY-MM-DD`: a spreadsheet may read it as a date. */
export class Day {
  constructor(readonly text: string) {}
}

export type TableValue = string | number | Day | null;

export function* csvTable(head: readonly string[], rows: Iterable<readonly TableValue[]>): Generator<string> {
  yield `\ufeff${head.map(quoted).join(',')}\r\n`;
  for (const row of rows) yield `${row.map(cell).join(',')}\r\n`;
}

function cell(value: TableValue): string {
  if (value instanceof Day) return quoted(value.text);
  return typeof value === 'string' ? textCell(value) : numberCell(value);
}
