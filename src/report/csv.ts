/**
 * The auditors' sheet: one row a file or member, what was not examined included (data-dictionary.md tells what each column holds). UTF-8 with a byte
 * order mark, CRLF, as Japanese Excel expects; in CP932 it goes through cp932.ts. The mark of confidence stands in a column of each row: a line before
 * the header would break whatever reads the sheet.
 */
import type { Lang } from '../../detectors/contract.js';
import type { JudgedFile } from '../model.js';
import type { Coverage, ReportForm, RunInfo } from '../parts.js';
import { COLUMNS, type ColumnId, type ColumnSort, csvColumns } from '../words/csv-columns.js';
import { words } from '../words/words.js';
import { inChunks } from './chunk.js';
import { COLUMN_VALUES, type ColumnValue } from './columns.js';
import { incompleteText } from './coverage.js';
import { numberCell, quoted, textCell } from './csv-cell.js';
import { localStamp } from './time.js';

export const BYTE_ORDER_MARK = '\ufeff';

export const csvForm: ReportForm = {
  id: 'csv',
  *write(files, run, _totals, lang) {
    yield* inChunks(rows(files, run, lang));
  },
};

/** The header, with the byte order mark; of a run that did not reach its end the row that says so: whoever opens the sheet sees it before anything else. */
export function csvHead(run: Pick<RunInfo, 'coverage'>, lang: Lang): string {
  const head = `${BYTE_ORDER_MARK}${csvColumns(lang).map(quoted).join(',')}\r\n`;
  return run.coverage ? `${head}${incompleteCells(run.coverage, lang).join(',')}\r\n` : head;
}

export function csvRow(file: JudgedFile, lang: Lang): string {
  const table = words(lang);
  return `${COLUMNS.map(({ id, sort }) => cell(sort, COLUMN_VALUES[id](file, table))).join(',')}\r\n`;
}

function* rows(files: Iterable<JudgedFile>, run: RunInfo, lang: Lang): Generator<string> {
  yield csvHead(run, lang);
  for (const file of files) yield csvRow(file, lang);
}

function cell(sort: ColumnSort, value: ColumnValue): string {
  if (sort === 'time') return quoted(localStamp(value as number | null));
  if (value === null || typeof value === 'number') return numberCell(value);
  return sort === 'text' ? textCell(value) : quoted(value);
}

function incompleteCells(coverage: Coverage, lang: Lang): string[] {
  const table = words(lang);
  const { stopped } = coverage;
  const cells: Partial<Record<ColumnId, string>> = {
    verdict: table.incomplete,
    reasons: incompleteText(coverage, lang),
    verdictCode: 'incomplete',
    reasonCodes: stopped ?? 'unknown',
  };
  return COLUMNS.map(({ id }) => quoted(cells[id] ?? ''));
}
