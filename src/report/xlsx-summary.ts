/** The first sheet of the workbook: marked, with the run, the counts that add up, the leak table by department, and links to the sheets. */
import type { Lang } from '../../detectors/contract.js';
import { PROBLEM_CODES, RECORD_CLASSES, VERDICTS } from '../model.js';
import type { RunInfo, RunTotals } from '../parts.js';
import { bookWords } from '../words/book.js';
import { consoleWords } from '../words/console.js';
import { wordOf, words } from '../words/words.js';
import { incompleteText, restText } from './coverage.js';
import type { LeakTable } from './leak.js';
import { countedInOrder, countsInOrder, EXAMINED_ORDER } from './order.js';
import { STYLE, serialOf } from './sheet-xml.js';
import type { SheetCell, SheetWriter } from './xlsx-sheet.js';

export interface DepartmentRows {
  readonly name: string;
  /** As the leak table names it; null for those that share a sheet. */
  readonly key: string | null;
  files: number;
  members: number;
  /** More than one where the rows of one do not suffice. */
  readonly sheets: string[];
}

/** Of what no row of a file tells. */
export interface ExtraSheet {
  readonly name: string;
  readonly rows: number;
}

export interface SummarySheetInput {
  readonly run: RunInfo;
  readonly totals: RunTotals;
  readonly leak: LeakTable;
  readonly lang: Lang;
  readonly departments: readonly DepartmentRows[];
  readonly extras: readonly ExtraSheet[];
  readonly notes: readonly string[];
}

const text = (value: string): SheetCell => ({ value, style: STYLE.text });
const head = (value: string): SheetCell => ({ value, style: STYLE.head });
const count = (value: number): SheetCell => ({ value, style: STYLE.count });
const time = (ms: number): SheetCell => ({ value: serialOf(ms), style: STYLE.time });

export function writeSummarySheet(sheet: SheetWriter, { run, totals, leak, lang, departments, extras, notes }: SummarySheetInput): void {
  const book = bookWords(lang);
  const say = consoleWords(lang);
  const table = words(lang);
  const gap = () => sheet.row([]);
  const counts = (title: string, entries: readonly (readonly [string, number])[], named: Readonly<Record<string, string>>) => {
    gap();
    sheet.row([head(title), head(book.files)]);
    for (const [code, value] of entries) sheet.row([text(wordOf(named, code)), count(value)]);
  };
  const sum = (entries: readonly (readonly [string, number])[]) => entries.reduce((total, [, value]) => total + value, 0);

  sheet.row([{ value: book.mark, style: STYLE.mark }]);
  sheet.row([{ value: `${say.title}  mimawari ${run.version}`, style: STYLE.title }]);
  run.roots.forEach((root, at) => {
    sheet.row([text(at === 0 ? say.roots : ''), text(root)]);
  });
  sheet.row([text(say.started), time(run.startedMs)]);
  sheet.row([text(book.ended), time(run.endedMs)]);
  sheet.row([text(say.asOf), time(run.asOfMs)]);
  sheet.row([text(say.state), text(run.coverage === null ? say.complete : incompleteText(run.coverage, lang))]);
  if (run.coverage !== null) sheet.row([text(''), text(restText(run.coverage, lang))]);
  sheet.row([text(book.policy), text(run.policyHash)]);

  for (const [title, entries, named] of [
    [say.byVerdict, Object.entries(countsInOrder(VERDICTS, totals.byVerdict)), table.verdicts],
    [say.byExamined, Object.entries(countsInOrder(EXAMINED_ORDER, totals.byExamined)), table.examined],
  ] as const) {
    counts(title, entries, named);
    sheet.row([text(say.sum), count(sum(entries))]);
  }
  const causes = Object.entries(countedInOrder(PROBLEM_CODES, totals.byProblem));
  if (causes.length > 0) {
    counts(say.byProblem, causes, table.problems);
    sheet.row([text(say.byProblemNote)]);
  }
  if (totals.staleByDocument) {
    gap();
    sheet.row([text(say.staleByDocument(table.files(totals.staleByDocument)))]);
  }

  if (extras.length > 0) {
    gap();
    sheet.row([head(book.furtherSheets), head(book.rows)]);
    for (const { name, rows } of extras) {
      sheet.row([{ value: name, style: STYLE.link }, count(rows)]);
      sheet.link(name);
    }
  }

  gap();
  const classes = RECORD_CLASSES.map((recordClass) => head(table.recordClasses[recordClass]));
  const leakHead = [head(book.files), head(book.members), ...classes, head(say.sum), head(say.exposedRecords), head(say.persons)];
  sheet.row([head(book.department), head(book.sheet), ...leakHead]);
  const byName = new Map(leak.parts.map((part) => [part.name, part]));
  for (const { name, key, files, members, sheets } of departments) {
    const part = key === null ? undefined : byName.get(key);
    const figures = part ? [...RECORD_CLASSES.map((one) => part.records[one]), part.recordSum, part.exposedSum, part.persons] : [];
    const noFigures = key === null ? [] : [0, 0, 0, 0, 0, 0, 0];
    const link = { value: name, style: STYLE.link };
    sheet.row([link, text(sheets.join(table.comma)), count(files), count(members), ...(part ? figures : noFigures).map(count)]);
    sheet.link(sheets[0]!);
  }
  const { total } = leak;
  const sums = [
    totals.enumerated,
    totals.members,
    ...RECORD_CLASSES.map((one) => total.records[one]),
    total.recordSum,
    total.exposedSum,
    total.persons,
  ];
  sheet.row([head(say.sum), head(''), ...sums.map(count)]);
  if (leak.sharedPersons > 0) sheet.row([text(book.overlap)]);

  if (notes.length === 0) return;
  gap();
  sheet.row([head(book.notes)]);
  for (const note of notes) sheet.row([text(note)]);
}
