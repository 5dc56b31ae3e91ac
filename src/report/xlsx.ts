/**
 * The auditors' workbook: a summary, piles and exceptions where the policy has rules for them, a sheet a department with the columns of the CSV, and what
 * the columns mean. Dates are dates, numbers numbers,
 * numbers of accounts and the like texts. Rows are packed as they come, so that a million of them need no memory.
 */
import type { Lang } from '../../detectors/contract.js';
import type { JudgedFile } from '../model.js';
import type { RunInfo, RunTotals } from '../parts.js';
import { type BookWords, bookWords } from '../words/book.js';
import { COLUMNS, type ColumnId, type ColumnSort, csvColumns } from '../words/csv-columns.js';
import { findingWords } from '../words/findings.js';
import { type Words, words } from '../words/words.js';
import { COLUMN_VALUES, type ColumnValue } from './columns.js';
import type { LeakTable } from './leak.js';
import { SheetNames } from './sheet-names.js';
import { ROWS_MAX, STYLE, serialOf, serialOfDay } from './sheet-xml.js';
import { localStamp } from './time.js';
import { EXCEPTION_WIDTHS, PILE_WIDTHS, writeExceptionSheet, writePileSheet } from './xlsx-findings.js';
import {
  contentTypesXml,
  corePropertiesXml,
  packageRelsXml,
  sharedStringsXml,
  stylesXml,
  workbookRelsXml,
  workbookXml,
} from './xlsx-package.js';
import { SharedTexts, type SheetCell, SheetWriter } from './xlsx-sheet.js';
import { type DepartmentRows, type ExtraSheet, writeSummarySheet } from './xlsx-summary.js';
import { type Spool, ZipStream } from './zip-stream.js';

export interface BookInput {
  readonly files: Iterable<JudgedFile>;
  readonly run: RunInfo;
  readonly totals: RunTotals;
  /** By department. */
  readonly leak: LeakTable;
  readonly lang: Lang;
  readonly spool: Spool;
  /** Rows of one sheet with its header; Excel's own bound unless a test asks for less. */
  readonly rowsMax?: number;
}

/** Departments with a sheet of their own; the others share one. */
export const DEPARTMENT_SHEETS_MAX = 1_000;
/** A part of a zip ends at 4 GB; a sheet goes on in a further one before it. */
const SHEET_BYTES_MAX = 3_000_000_000;

/** Almost each row has another, so that a table of them would only grow. */
const UNSHARED: ReadonlySet<ColumnId> = new Set<ColumnId>(['path', 'member', 'problemDetails', 'contentHash', 'passwordBeside']);
const WIDTHS: Readonly<Partial<Record<ColumnId, number>>> = { reasons: 36, root: 24, path: 60, member: 30, problems: 28, broad: 24 };
const SORT_WIDTHS: Readonly<Record<ColumnSort, number>> = { words: 14, text: 18, count: 11, year: 8, amount: 8, time: 20, day: 12 };
const STYLES: Readonly<Record<ColumnSort, number>> = {
  words: STYLE.text,
  text: STYLE.text,
  count: STYLE.count,
  year: STYLE.plain,
  amount: STYLE.amount,
  time: STYLE.time,
  day: STYLE.day,
};
const COLUMN_WIDTHS = COLUMNS.map(({ id, sort }) => WIDTHS[id] ?? SORT_WIDTHS[sort]);

export function* writeBook(input: BookInput): Generator<Buffer> {
  const book = new Book(input);
  for (const file of input.files) book.add(file);
  yield* book.bytes();
}

interface DepartmentSheets extends DepartmentRows {
  current: SheetWriter;
}

class Book {
  private readonly say: BookWords;
  private readonly table: Words;
  private readonly zip: ZipStream;
  private readonly texts = new SharedTexts();
  private readonly names = new SheetNames();
  private readonly summary: SheetWriter;
  private readonly sheets: SheetWriter[] = [];
  private readonly departments = new Map<string, DepartmentSheets>();
  private others: DepartmentSheets | null = null;

  constructor(private readonly input: BookInput) {
    this.say = bookWords(input.lang);
    this.table = words(input.lang);
    this.zip = new ZipStream(input.spool);
    this.summary = this.sheet(this.say.summarySheet, [50, 22, 12, 12, 12, 12, 12, 12, 12, 16, 18], false);
    // Their names must be free, whatever departments are called.
    this.columnsName = this.names.take(this.say.columnsSheet);
    const { totals, lang } = input;
    const { pileTable, exceptionTable } = findingWords(lang);
    const extra = (name: string, widths: readonly number[], rows: number): SheetWriter => {
      const sheet = this.sheet(this.names.take(name), widths, true);
      this.extras.push({ name: sheet.name, rows });
      return sheet;
    };
    if (totals.piles) writePileSheet(extra(pileTable.title, PILE_WIDTHS, totals.piles.length), totals.piles, lang);
    if (totals.exceptions)
      writeExceptionSheet(extra(exceptionTable.title, EXCEPTION_WIDTHS, totals.exceptions.length), totals.exceptions, lang);
  }

  private readonly columnsName: string;
  private readonly extras: ExtraSheet[] = [];

  add(file: JudgedFile): void {
    const department = this.departmentOf(file.department ?? '');
    let sheet = department.current;
    if (sheet.rows >= (this.input.rowsMax ?? ROWS_MAX) || sheet.sizeBytes >= SHEET_BYTES_MAX) {
      sheet = this.rowSheet(department.name);
      department.current = sheet;
      department.sheets.push(sheet.name);
    }
    department.members += file.member === null ? 0 : 1;
    department.files += file.member === null ? 1 : 0;
    sheet.row(COLUMNS.map(({ id, sort }) => cellOf(id, sort, COLUMN_VALUES[id](file, this.table), file)));
  }

  *bytes(): Generator<Buffer> {
    const { run, totals, leak, lang } = this.input;
    const columns = this.sheet(this.columnsName, [24, 24, 90], true);
    columns.row(this.say.columnHead.map((value) => ({ value, style: STYLE.head })));
    const other = lang === 'ja' ? 'en' : 'ja';
    for (const one of COLUMNS) columns.row([one[lang], one[other], one.about[lang]].map((value) => ({ value, style: STYLE.text })));
    const rows = [...this.departments.values(), ...(this.others ? [this.others] : [])];
    const notes = [
      ...(this.texts.cutCells > 0 ? [this.say.cutCells(this.texts.cutCells)] : []),
      ...(this.others ? [this.say.manySheets(DEPARTMENT_SHEETS_MAX)] : []),
    ];
    writeSummarySheet(this.summary, { run, totals, leak, lang, departments: rows, extras: this.extras, notes });
    for (const sheet of this.sheets) sheet.end(this.say.mark);
    const [first, ...rest] = this.sheets;
    const ordered = [first!, ...rest.filter((sheet) => sheet !== columns), columns];
    const parts: readonly (readonly [string, Iterable<string>])[] = [
      ['[Content_Types].xml', [contentTypesXml(ordered)]],
      ['_rels/.rels', [packageRelsXml()]],
      ['docProps/core.xml', [corePropertiesXml('mimawari', this.say.mark, run.endedMs)]],
      ['xl/workbook.xml', [workbookXml(ordered)]],
      ['xl/_rels/workbook.xml.rels', [workbookRelsXml(ordered)]],
      ['xl/styles.xml', [stylesXml()]],
      ['xl/sharedStrings.xml', sharedStringsXml(this.texts.all())],
    ];
    for (const [name, pieces] of parts) {
      const part = this.zip.part(name);
      for (const piece of pieces) part.write(piece);
    }
    yield* this.zip.bytes();
  }

  private departmentOf(name: string): DepartmentSheets {
    const known = this.departments.get(name);
    if (known) return known;
    if (this.departments.size >= DEPARTMENT_SHEETS_MAX) {
      this.others ??= this.newDepartment(this.say.otherDepartments, null);
      return this.others;
    }
    const made = this.newDepartment(name === '' ? this.say.noDepartment : name, name);
    this.departments.set(name, made);
    return made;
  }

  private newDepartment(name: string, key: string | null): DepartmentSheets {
    const current = this.rowSheet(name);
    return { name, key, files: 0, members: 0, sheets: [current.name], current };
  }

  private rowSheet(name: string): SheetWriter {
    const sheet = this.sheet(this.names.take(name), COLUMN_WIDTHS, true, true);
    sheet.row(csvColumns(this.input.lang).map((value) => ({ value, style: STYLE.head, shared: true })));
    return sheet;
  }

  private sheet(name: string, widths: readonly number[], frozen: boolean, taken = false): SheetWriter {
    const number = this.sheets.length + 1;
    const own = taken || this.sheets.length > 0 ? name : this.names.take(name);
    const sheet = new SheetWriter(own, number, this.zip.part(`xl/worksheets/sheet${number}.xml`), this.texts, { widths, frozen });
    this.sheets.push(sheet);
    return sheet;
  }
}

function cellOf(id: ColumnId, sort: ColumnSort, value: ColumnValue, file: JudgedFile): SheetCell {
  if (value === null) return { value, style: STYLE.plain };
  if (sort === 'time') {
    const serial = serialOf(value as number);
    // Before March 1900 a spreadsheet has no number for a day: it stays a text.
    return serial === null ? { value: localStamp(value as number), style: STYLE.text } : { value: serial, style: STYLE.time };
  }
  if (sort === 'day') {
    const serial = serialOfDay(String(value));
    return serial === null ? { value, style: STYLE.text } : { value: serial, style: STYLE.day };
  }
  if (typeof value === 'number') return { value, style: STYLES[sort] };
  const style = id === 'verdict' && file.verdict === 'violation' ? STYLE.alarm : STYLE.text;
  return { value, style, shared: !UNSHARED.has(id) };
}
