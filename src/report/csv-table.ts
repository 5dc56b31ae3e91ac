/** A small table as CSV for Japanese Excel: byte order mark, CRLF, texts guarded as in the auditors' sheet, and the mark in each row as there. */
import type { Lang } from '../../detectors/contract.js';
import { COLUMNS } from '../words/csv-columns.js';
import { words } from '../words/words.js';
import { numberCell, quoted, textCell } from './csv-cell.js';

/** A day or time that is meant as one, `YYYY-MM-DD` with or without `hh:mm:ss`: a spreadsheet may read it as such. */
export class Day {
  constructor(readonly text: string) {}
}

export type TableValue = string | number | Day | null;

export function* csvTable(head: readonly string[], rows: Iterable<readonly TableValue[]>, lang: Lang): Generator<string> {
  const mark = COLUMNS.find(({ id }) => id === 'handling')!;
  yield `\ufeff${[...head, mark[lang]].map(quoted).join(',')}\r\n`;
  for (const row of rows) yield `${[...row, words(lang).handling].map(cell).join(',')}\r\n`;
}

function cell(value: TableValue): string {
  if (value instanceof Day) return quoted(value.text);
  return typeof value === 'string' ? textCell(value) : numberCell(value);
}
