/**
 * The auditors' sheet: one row a file or member, what was not examined included (README.md of this folder is its data dictionary).
 * UTF-8 with a byte order mark, CRLF, as Japanese Excel expects; columns are added at the end only, never moved.
 */
import type { Kind, Lang } from '../../detectors/contract.js';
import { type JudgedFile, PERSON_BASES, RECORD_CLASSES } from '../model.js';
import type { Coverage, ReportForm, RunInfo } from '../parts.js';
import { consoleWords } from '../words/console.js';
import { csvColumns } from '../words/csv-columns.js';
import { type Words, wordOf, words } from '../words/words.js';
import { inChunks } from './chunk.js';
import { numberCell, quoted, textCell } from './csv-cell.js';
import { countedInOrder, KIND_ORDER, percentOf } from './order.js';
import { localStamp } from './time.js';

const BYTE_ORDER_MARK = '\ufeff';
/** English names of the columns that the row of an incomplete run fills. */
const [VERDICT_COLUMN, REASONS_COLUMN] = ['Verdict', 'Reasons'];
const [VERDICT_CODE_COLUMN, REASON_CODES_COLUMN] = ['Verdict code', 'Reason codes'];
const FOUR_KINDS = ['pension-number', 'name', 'birthdate', 'address'] as const satisfies readonly Kind[];
const OTHER_KINDS: readonly Kind[] = KIND_ORDER.slice(FOUR_KINDS.length);

export const csvForm: ReportForm = {
  id: 'csv',
  *write(files, run, _totals, lang) {
    yield* inChunks(rows(files, run, lang));
  },
};

function* rows(files: Iterable<JudgedFile>, run: RunInfo, lang: Lang): Generator<string> {
  yield `${BYTE_ORDER_MARK}${csvColumns(lang).map(quoted).join(',')}\r\n`;
  const table = words(lang);
  if (run.coverage) yield `${incompleteCells(run.coverage, lang).join(',')}\r\n`;
  for (const file of files) yield `${cells(file, table).join(',')}\r\n`;
}

/** In the order of `csvColumns`. */
function cells(file: JudgedFile, table: Words): string[] {
  const { content, access, retention } = file;
  return [
    quoted(table.verdicts[file.verdict]),
    quoted(
      list(
        table,
        file.reasons.map((reason) => table.reasons[reason]),
      ),
    ),
    numberCell(file.risk),
    textCell(file.root),
    textCell(file.path),
    textCell(file.member ?? ''),
    quoted(table.entries[file.entry]),
    textCell(wordOf(table.formats, content.format)),
    numberCell(file.sizeBytes),
    quoted(localStamp(file.modifiedMs)),
    quoted(localStamp(file.accessedMs)),
    textCell(file.owner ?? ''),
    quoted(table.examined[content.examined]),
    quoted(list(table, problemWords(file, table))),
    ...RECORD_CLASSES.map((recordClass) => numberCell(content.records[recordClass])),
    numberCell(RECORD_CLASSES.reduce((sum, recordClass) => sum + content.records[recordClass], 0)),
    numberCell(PERSON_BASES.reduce((sum, basis) => sum + content.persons[basis], 0)),
    ...FOUR_KINDS.map((kind) => numberCell(content.kinds[kind] ?? 0)),
    quoted(otherKinds(file, table)),
    quoted(table.passwords[content.password.state]),
    textCell(content.password.scheme ?? ''),
    quoted(table.access[access.state]),
    textCell(
      list(
        table,
        access.broad.map((group) => wordOf(table.broad, group)),
      ),
    ),
    numberCell(access.readers),
    textCell(access.reason),
    quoted(table.retention[retention.state]),
    numberCell(retention.ageDays),
    numberCell(retention.limitDays),
    textCell(retention.rule === 'default' ? table.defaultRule : retention.rule),
    quoted(file.verdict),
    quoted(file.reasons.join(' ')),
    quoted(content.problems.map((problem) => problem.code).join(' ')),
    textCell(
      list(
        table,
        content.problems.map((problem) => `${problem.stage}: ${problem.detail}`),
      ),
    ),
    quoted(content.contentHash ?? ''),
    textCell(file.passwordBeside ?? ''),
    quoted(file.lookedAt === false ? table.notLookedAt : table.lookedAt),
  ];
}

/** The first row of a run that did not reach its end says so: whoever opens the sheet sees it before anything else. */
function incompleteCells(coverage: Coverage, lang: Lang): string[] {
  const say = consoleWords(lang);
  const table = words(lang);
  const { looked, known, stopped, unopenedFolders } = coverage;
  const percent = percentOf(coverage);
  const seen =
    looked === null || percent === null
      ? say.coverageUnknown
      : say.lookedAt(table.count(looked), table.count(known), percent, unopenedFolders > 0);
  const more = unopenedFolders > 0 ? say.unopenedFolders(table.count(unopenedFolders)) : '';
  const cells = new Map([
    [VERDICT_COLUMN, table.incomplete],
    [REASONS_COLUMN, `${say.stopped[stopped ?? 'unknown']}${say.sentenceEnd}${seen}${more}`],
    [VERDICT_CODE_COLUMN, 'incomplete'],
    [REASON_CODES_COLUMN, stopped ?? 'unknown'],
  ]);
  return csvColumns('en').map((column) => quoted(cells.get(column) ?? ''));
}

function list(table: Words, items: readonly string[]): string {
  return items.join(table.comma);
}

/** Each cause once: forty damaged sheets are one cause. */
function problemWords(file: JudgedFile, table: Words): string[] {
  return [...new Set(file.content.problems.map((problem) => table.problems[problem.code]))];
}

function otherKinds(file: JudgedFile, table: Words): string {
  const counts = countedInOrder(OTHER_KINDS, file.content.kinds);
  const shown = OTHER_KINDS.filter((kind) => kind in counts);
  return list(
    table,
    shown.map((kind) => `${table.kinds[kind]} ${counts[kind]}`),
  );
}
