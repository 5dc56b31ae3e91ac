/** The values behind the columns of the auditors' sheet (words/csv-columns.ts), before any form of report writes them. */
import type { Kind } from '../../detectors/contract.js';
import { type JudgedFile, PERSON_BASES, RECORD_CLASSES, type RecordClass } from '../model.js';
import type { ColumnId } from '../words/csv-columns.js';
import { type Words, wordOf } from '../words/words.js';
import { countedInOrder, KIND_ORDER } from './order.js';

/**
 * Null: not known, which is not 0. Columns of sort `time` give milliseconds since 1970, those of sort `day` a text `YYYY-MM-DD`; texts are as they came
 * from outside.
 */
export type ColumnValue = string | number | null;

const OTHER_KINDS: readonly Kind[] = KIND_ORDER.slice(4);

const recordsOf = (recordClass: RecordClass) => (file: JudgedFile) => file.content.records[recordClass];
const kindsOf = (kind: Kind) => (file: JudgedFile) => file.content.kinds[kind] ?? 0;

export const COLUMN_VALUES: Readonly<Record<ColumnId, (file: JudgedFile, table: Words) => ColumnValue>> = {
  verdict: (file, table) => table.verdicts[file.verdict],
  reasons: (file, table) => file.reasons.map((reason) => table.reasons[reason]).join(table.comma),
  risk: (file) => file.risk,
  root: (file) => file.root,
  path: (file) => file.path,
  member: (file) => file.member ?? '',
  entry: (file, table) => table.entries[file.entry],
  format: (file, table) => wordOf(table.formats, file.content.format),
  sizeBytes: (file) => file.sizeBytes,
  modified: (file) => file.modifiedMs,
  accessed: (file) => file.accessedMs,
  owner: (file) => file.owner ?? '',
  examined: (file, table) => table.examined[file.content.examined],
  // Each cause once: forty damaged sheets are one cause.
  problems: (file, table) => [...new Set(file.content.problems.map((problem) => table.problems[problem.code]))].join(table.comma),
  four: recordsOf('four'),
  three: recordsOf('three'),
  two: recordsOf('two'),
  other: recordsOf('other'),
  records: (file) => RECORD_CLASSES.reduce((sum, recordClass) => sum + file.content.records[recordClass], 0),
  persons: (file) => PERSON_BASES.reduce((sum, basis) => sum + file.content.persons[basis], 0),
  pensionNumbers: kindsOf('pension-number'),
  names: kindsOf('name'),
  birthdates: kindsOf('birthdate'),
  addresses: kindsOf('address'),
  otherKinds,
  password: (file, table) => table.passwords[file.content.password.state],
  scheme: (file) => file.content.password.scheme ?? '',
  access: (file, table) => table.access[file.access.state],
  broad: (file, table) => file.access.broad.map((group) => wordOf(table.broad, group)).join(table.comma),
  readers: (file) => file.access.readers,
  accessReason: (file, table) => table.accessReason(file.access.reason),
  retention: (file, table) => table.retention[file.retention.state],
  ageDays: (file) => file.retention.ageDays,
  limitDays: (file) => file.retention.limitDays,
  rule: (file, table) => (file.retention.rule === 'default' ? table.defaultRule : file.retention.rule),
  verdictCode: (file) => file.verdict,
  reasonCodes: (file) => file.reasons.join(' '),
  problemCodes: (file) => file.content.problems.map((problem) => problem.code).join(' '),
  problemDetails: (file, table) => file.content.problems.map((problem) => `${problem.stage}: ${problem.detail}`).join(table.comma),
  contentHash: (file) => file.content.contentHash ?? '',
  passwordBeside: (file) => file.passwordBeside ?? '',
  lookedAt: (file, table) => (file.lookedAt === false ? table.notLookedAt : table.lookedAt),
  department: (file) => file.department ?? '',
  exception: (file) => file.exception?.reason ?? '',
  approver: (file) => file.exception?.approver ?? '',
  expires: (file) => file.exception?.expires ?? null,
  handling: (_file, table) => table.handling,
  retentionBasis: (file, table) => table.retentionBases[file.retention.basis],
  businessYear: (file) => file.retention.businessYear?.year ?? null,
  yearTold: ({ retention: { businessYear } }, table) => (businessYear ? table.yearTold[businessYear.told] : ''),
  documentSaved: (file) => file.retention.documentDates?.saved ?? null,
  staleByDocument: (file, table) => (file.retention.staleByDocument ? table.yes : ''),
};

function otherKinds(file: JudgedFile, table: Words): string {
  const counts = countedInOrder(OTHER_KINDS, file.content.kinds);
  return OTHER_KINDS.filter((kind) => kind in counts)
    .map((kind) => `${table.kinds[kind]} ${counts[kind]}`)
    .join(table.comma);
}
