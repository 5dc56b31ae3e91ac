/** A small table as CSV for Japanese Excel: byte order mark, CRLF, texts guarded as in the auditors' sheet. */
import { numberCell, quoted, textCell } from './csv-cell.js';

export function* csvTable(head: readonly string[], rows: Iterable<readonly (string | number | null)[]>): Generator<string> {
  yield `\ufeff${head.map(quoted).join(',')}\r\n`;
  for (const row of rows) yield `${row.map((value) => (typeof value === 'string' ? textCell(value) : numberCell(value))).join(',')}\r\n`;
}
