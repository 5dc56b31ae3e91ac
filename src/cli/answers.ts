/**
 * The departments' own answers of a self-inspection, from any table that the program can read (CSV, xlsx, xls, ods): a row a declaration. What can't be
 * understood is told with its row, never left out.
 */
import { basename } from 'node:path';
import { eraDate, eraOf, isDate } from '../../detectors/calendar.js';
import { type Cell, cellText } from '../../detectors/contract.js';
import { readDate } from '../../detectors/date-notation.js';
import { fold } from '../../detectors/fold.js';
import { memorySource } from '../container/memory-source.js';
import { extractorsFor } from '../extract/registry.js';
import { sniff } from '../extract/sniff.js';
import type { TableBlock } from '../model.js';
import { FileProblem, UsageError } from '../problem.js';
import type { Said } from '../report/declared.js';
import { readRegularFile } from './regular-file.js';

export interface Answer {
  readonly department: string;
  /** `YYYY-MM-DD`; of a month its last day. */
  readonly day: string;
  readonly said: Said;
  /** As it was written. */
  readonly words: string;
  readonly files: number | null;
}

const ROLES = {
  department:
    /^(?:部署|部署名|部門|部門名|所属|所属名|課|課名|課所|課所名|拠点|拠点名|事務所|事務所名|department|departmentname|dept|office|section|division|unit)$/u,
  date: /^(?:日付|年月日|年月|月|申告日|申告年月日|申告月|点検日|点検月|点検年月|報告日|報告月|実施日|実施月|回答日|対象月|date|day|month|declaredon|declarationdate|reportedon)$/u,
  answer:
    /^(?:回答|申告|申告内容|申告結果|点検結果|自己点検結果|自己点検|結果|判定|適否|answer|result|declared|declaration|status|selfinspection)$/u,
  files:
    /^(?:(?:申告|保有|該当|対象|個人情報|個人情報(?:を含む|のある|がある|保有))?ファイル数?件?|ファイル件数|files|filesdeclared|declaredfiles|filecount|numberoffiles)$/u,
} as const;
/** Taken for the number of files where no other column is. */
const FILES_ELSE = /^(?:件数|count)$/u;
type Role = keyof typeof ROLES;
type Columns = Partial<Record<Role, number>>;

/** Rows in which the header is looked for: forms begin with a title. */
const HEADER_ROWS_MAX = 30;
const FAULTS_SHOWN = 10;
const ROWS_MAX = 1_000_000;

/**
 * `unused` is told the headings of columns that are not understood, and so left out.
 * @throws UsageError for a file that can't be read, has no such table, or has rows that can't be understood
 */
export async function readAnswers(file: string, unused: (heading: string) => void = () => {}): Promise<Answer[]> {
  const answers: Answer[] = [];
  const faults: string[][] = [];
  for await (const block of tablesOf(file)) {
    let columns: Columns | null = null;
    for (const { firstRow, rows } of block.rows) {
      for (const [at, row] of rows.entries()) {
        const number = firstRow + at;
        if (answers.length + faults.length >= ROWS_MAX) throw refused(file, `${ROWS_MAX} 行を超えています`, `more than ${ROWS_MAX} rows`);
        if (columns === null) {
          if (number <= HEADER_ROWS_MAX) columns = columnsOf(row);
          if (columns !== null) for (const heading of unusedOf(row, columns)) unused(heading);
          continue;
        }
        if (row.every((cell) => cellText(cell).trim() === '') || columnsOf(row) !== null) continue;
        const read = answerOf(row, columns);
        if (Array.isArray(read)) faults.push([String(number), ...read]);
        else answers.push(read);
      }
    }
  }
  if (faults.length > 0) throw rowsRefused(file, faults);
  if (answers.length > 0) return answers;
  throw refused(
    file,
    '申告の表が見つかりません。「部署」「日付」「申告」（あれば「ファイル数」）の見出しがある表にしてください',
    'no table of answers; it needs a header with "department", "date" and "answer" (and "files", if there are any)',
  );
}

async function* tablesOf(file: string): AsyncGenerator<TableBlock> {
  const bytes = readRegularFile(file);
  const source = memorySource(basename(file), bytes);
  const { format } = sniff(source);
  const [extractor] = extractorsFor(format);
  const troubles: string[] = [];
  const context = {
    format,
    passwords: [],
    problem: (code: string, detail: string) => void troubles.push(`${code}: ${detail}`),
    unpacked: () => {},
  };
  try {
    for await (const block of extractor?.read(source, context) ?? []) if (block.kind === 'table' && !block.copy) yield block;
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    troubles.push(`${error.code}: ${error.detail}`);
  }
  // An answer that was not read would be an answer that is not there.
  if (troubles.length > 0) throw refused(file, `全部は読めません（${troubles[0]}）`, `can't be read in full (${troubles[0]})`);
}

/** Null for a row that is no header. */
function columnsOf(row: readonly Cell[]): Columns | null {
  const columns: Columns = {};
  const labels = row.map(labelOf);
  labels.forEach((label, at) => {
    for (const [role, pattern] of Object.entries(ROLES)) if (pattern.test(label)) columns[role as Role] ??= at;
  });
  const other = labels.findIndex((label) => FILES_ELSE.test(label));
  if (other >= 0) columns.files ??= other;
  return columns.department !== undefined && columns.date !== undefined && columns.answer !== undefined ? columns : null;
}

function labelOf(cell: Cell): string {
  return cellText(cell)
    .normalize('NFKC')
    .replace(/[\s_()［］「」・:*※-]/gu, '')
    .toLowerCase();
}

function unusedOf(header: readonly Cell[], columns: Columns): string[] {
  const used = Object.values(columns);
  return header.flatMap((cell, at) => (used.includes(at) || cellText(cell).trim() === '' ? [] : [cellText(cell).trim()]));
}

/** The answer of a row, or what is wrong with it: Japanese, English. */
function answerOf(row: readonly Cell[], columns: Columns): Answer | [ja: string, en: string] {
  const text = (role: Role) => cellText(row[columns[role] ?? -1] ?? '').trim();
  const department = text('department').normalize('NFC').replace(/\s+/gu, ' ');
  if (department === '') return ['部署がありません', 'no department'];
  const day = dayOf(row[columns.date!] ?? '');
  if (day === null) return [`日付「${text('date')}」を読み取れません`, `"${text('date')}" is no date`];
  const files = text('files')
    .normalize('NFKC')
    .replace(/[,\s]|件$/gu, '');
  if (files !== '' && !/^\d{1,12}$/u.test(files))
    return [`ファイル数「${text('files')}」が数ではありません`, `"${text('files')}" is no number of files`];
  return { department, day, said: saidOf(text('answer')), words: text('answer'), files: files === '' ? null : Number(files) };
}

/** A day, or the last one of a month (平成27年3月分); null for anything else. Numbers may be serial ones of Excel (1900 system). */
export function dayOf(cell: Cell): string | null {
  const folded = fold(cellText(cell)).trim();
  const found = readDate(folded)?.date;
  if (found) return isoDay(found.year, found.month, found.day);
  const [, era, eraYear, year, month] =
    /^(?:(明治|大正|昭和|平成|令和|[MTSHR])\s?(元|\d{1,2})|((?:19|20)\d\d))\s?[年./-]\s?(\d{1,2})\s?月?(?:分|度)?$/iu.exec(folded) ?? [];
  if (month !== undefined) {
    const western = year !== undefined ? Number(year) : westernYear(era!, eraYear!, Number(month));
    return western === null || !isDate(western, Number(month), 1)
      ? null
      : isoDay(western, Number(month), new Date(western, Number(month), 0).getDate());
  }
  const serial = typeof cell === 'string' ? Number.NaN : cell.value;
  // 2000 to 2099.
  if (!Number.isInteger(serial) || serial < 36_526 || serial > 73_050) return null;
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
}

function westernYear(era: string, year: string, month: number): number | null {
  const known = eraOf(era);
  if (known === null) return null;
  // An era may begin or end within the month.
  for (const day of [28, 1, 15, 7]) {
    const date = eraDate(known, year === '元' ? 1 : Number(year), month, day);
    if (date) return date.year;
  }
  return null;
}

function isoDay(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const IMPROPER =
  /不適|不備|不十分|未実施|要改善|(?:適正|適切|遵守)(?:では|で|に)?(?:ない|なし|ありません|管理していない|していない|されていない)|(?:違反|問題|異常|該当)(?:が|は)?(?:あり|有|ある|あった)(?!ません)|^違反$|^(?:否|不可|いいえ|×|✕|✖|✗|╳|x|no|ng|n)$|improper|notproper|notcompliant|noncompliant|notok|violation(?:s)?found/u;
const PROPER =
  /^(?:全て|すべて|全部|全件)?(?:適正|適切|適合|適)(?:に|で)?(?:管理|保管|実施)?(?:して|され)?(?:いる|います|です|である|あり)?$|^(?:違反|問題|異常)(?:は|が)?(?:なし|無し|無|ない|ありません)$|^遵守(?:して(?:いる|います))?$|^(?:はい|可|良|良好|済|○|〇|◯|◎|ok|yes|y|proper|allproper|compliant|good|noviolations?)$/u;

/** Neither, where it is not plain: a guess would be an accusation or an acquittal. */
export function saidOf(words: string): Said {
  const text = words
    .normalize('NFKC')
    .replace(/[\s。、．，.,!・「」()-]/gu, '')
    .toLowerCase();
  if (IMPROPER.test(text)) return 'improper';
  return PROPER.test(text) ? 'proper' : 'unclear';
}

function rowsRefused(file: string, faults: readonly (readonly string[])[]): UsageError {
  const shown = faults.slice(0, FAULTS_SHOWN);
  const more = faults.length - shown.length;
  return new UsageError({
    ja: [...shown.map(([row, ja]) => `${file}: ${row}行目: ${ja}`), ...(more > 0 ? [`ほかに ${more}行`] : [])].join('\n'),
    en: [...shown.map(([row, , en]) => `${file}: row ${row}: ${en}`), ...(more > 0 ? [`and ${more} more rows`] : [])].join('\n'),
  });
}

function refused(file: string, ja: string, en: string): UsageError {
  return new UsageError({ ja: `${file}: ${ja}`, en: `${file}: ${en}` });
}
