/**
 * What PowerShell wrote, as rows with named columns: `Export-Csv` (comma, semicolon or tab; a `#TYPE` line; any encoding) or `ConvertTo-Json`.
 * Which of the two it is is seen by its first character. Names of columns count without their case.
 */
import { csvRows } from './csv-rows.js';
import { jsonObjects } from './json-objects.js';
import { type ExportFile, exportFault, textOf } from './text-file.js';

export interface TableRow {
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** The cell, '' where there is none. Objects of PowerShell that stand for one value (a SID) are that value. */
  text(column: string): string;
  /** The values of a cell that holds many: a list in JSON, in CSV parted by `;` or line ends. */
  texts(column: string): readonly string[];
  has(column: string): boolean;
}

/**
 * @param required names of which the table must have one each, the best known first.
 * Throws UsageError for a missing column, naming it and those that are there.
 */
export function* tableRows(file: ExportFile, required: readonly (readonly string[])[]): Generator<TableRow> {
  let isChecked = false;
  for (const row of isJson(file) ? jsonRows(file) : csvTableRows(file)) {
    if (!isChecked) checkColumns(file, row, required);
    isChecked = true;
    yield row;
  }
}

function isJson(file: ExportFile): boolean {
  for (const text of textOf(file)) {
    const first = /[^\s\ufeff]/u.exec(text)?.[0];
    if (first !== undefined) return first === '{' || first === '[';
  }
  throw exportFault(file, null, '中身がありません', 'is empty');
}

interface ColumnedRow extends TableRow {
  readonly columns: readonly string[];
}

function checkColumns(file: ExportFile, row: ColumnedRow, required: readonly (readonly string[])[]): void {
  const missing = required.filter((names) => !names.some((name) => row.has(name)));
  if (missing.length === 0) return;
  const names = missing.map((all) => all.join(' / ')).join(', ');
  const found = row.columns
    .slice(0, 20)
    .map((column) => column.slice(0, 40))
    .join(', ');
  throw exportFault(
    file,
    row.line,
    `列「${names}」がありません（ある列: ${found}）。この列を含めて書き出し直してください`,
    `the column ${names} is missing (there are: ${found}); export it again with that column`,
  );
}

function* csvTableRows(file: ExportFile): Generator<ColumnedRow> {
  const rows = csvRows(file);
  const header = rows.next();
  if (header.done === true) throw exportFault(file, null, '中身がありません', 'is empty');
  const columns = header.value.cells.map((name) => name.trim());
  const places = new Map<string, number>();
  for (const [place, name] of columns.entries()) if (!places.has(name.toLowerCase())) places.set(name.toLowerCase(), place);
  for (const { line, cells } of rows) {
    if (cells.length === 1 && cells[0] === '') continue;
    if (cells.length !== columns.length)
      throw exportFault(
        file,
        line,
        `この行は ${cells.length} 列で、見出しの ${columns.length} 列と合いません。書き出しが途中で切れていないか確かめてください`,
        `this row has ${cells.length} cells, and the header ${columns.length}; see whether the export ran to its end`,
      );
    const text = (column: string): string => cells[places.get(column.toLowerCase()) ?? -1] ?? '';
    yield { line, columns, text, texts: (column) => partsOf(text(column)), has: (column) => places.has(column.toLowerCase()) };
  }
  // A header alone says as much as an empty list.
  if (columns.length === 0) throw exportFault(file, null, '見出しの行がありません', 'has no header');
}

function* jsonRows(file: ExportFile): Generator<ColumnedRow> {
  for (const { line, value } of jsonObjects(file)) {
    const values = new Map(Object.entries(value).map(([name, cell]) => [name.toLowerCase(), cell]));
    const text = (column: string): string => cellText(values.get(column.toLowerCase()));
    const texts = (column: string): readonly string[] => {
      const cell = values.get(column.toLowerCase());
      return Array.isArray(cell) ? cell.map(cellText).filter((one) => one !== '') : partsOf(cellText(cell));
    };
    yield { line, columns: Object.keys(value), text, texts, has: (column) => values.has(column.toLowerCase()) };
  }
}

function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  // A SID becomes {BinaryLength, AccountDomainSid, Value}; a list of values {value, Count}.
  if (typeof cell === 'object' && cell !== null && 'Value' in cell && typeof cell.Value === 'string') return cell.Value;
  return '';
}

function partsOf(text: string): readonly string[] {
  return text
    .split(/[;\r\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
