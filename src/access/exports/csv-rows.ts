/** Rows of a CSV text of any length (RFC 4180): quoted cells may hold separators, line ends and doubled quotes. The separator is seen in the first line. */
import { limits } from '../../limits.js';
import { cutHere, type ExportFile, exportFault, type Line, linesOf, tooLong } from './text-file.js';

export interface CsvRow {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [',', '\t', ';'];

/** Header first. Throws UsageError for a text that is cut (a quote or a last row without its end) and for bounds that are passed. */
export function* csvRows(file: ExportFile): Generator<CsvRow> {
  let separator: string | null = null;
  let open: OpenRow | null = null;
  for (const line of linesOf(file)) {
    // Export-Csv of Windows PowerShell says the type of its objects first.
    if (separator === null && (line.text === '' || line.text.startsWith('#TYPE'))) continue;
    separator ??= separatorOf(line.text);
    open ??= { line: line.number, cells: [], cell: '', isQuoted: false, chars: 0 };
    addLine(file, open, line, separator);
    if (open.isQuoted) continue;
    if (!line.isWhole && !line.text.endsWith('"')) throw cutHere(file, line.number);
    yield { line: open.line, cells: open.cells };
    open = null;
  }
  if (open !== null)
    throw exportFault(
      file,
      open.line,
      'この行から始まる引用符（"）が閉じていません。書き出しが途中で切れていないか確かめてください',
      'a quote that begins in this row has no end; see whether the export ran to its end',
    );
}

interface OpenRow {
  readonly line: number;
  readonly cells: string[];
  cell: string;
  isQuoted: boolean;
  chars: number;
}

function addLine(file: ExportFile, row: OpenRow, { text }: Line, separator: string): void {
  row.chars += text.length + 1;
  if (row.chars > limits.exportEntryCharsMax) throw tooLong(file, row.line);
  let at = 0;
  if (row.isQuoted) row.cell += '\n';
  for (;;) {
    if (row.isQuoted) {
      const end = text.indexOf('"', at);
      if (end < 0) {
        row.cell += text.slice(at);
        return;
      }
      row.cell += text.slice(at, end);
      at = end + 1;
      if (text[at] === '"') {
        row.cell += '"';
        at++;
      } else row.isQuoted = false;
      continue;
    }
    if (text[at] === '"' && row.cell === '') {
      row.isQuoted = true;
      at++;
      continue;
    }
    const end = text.indexOf(separator, at);
    row.cells.push(row.cell + (end < 0 ? text.slice(at) : text.slice(at, end)));
    row.cell = '';
    if (row.cells.length > limits.exportColumnsMax) throw tooLong(file, row.line);
    if (end < 0) return;
    at = end + 1;
  }
}

function separatorOf(header: string): string {
  const outside = header.replace(/"[^"]*"/gu, '');
  const count = (separator: string): number => outside.split(separator).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}
