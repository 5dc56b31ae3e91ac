/** The parts of the console summary that say how bad it is: the leak table as the inquiry of 2015 printed it, the worst folders and files. */
import { type JudgedFile, RECORD_CLASSES, type RecordCounts } from '../model.js';
import { showText } from './escape.js';
import { type Align, alignRows } from './layout.js';
import type { Pen } from './pen.js';
import type { SummaryInput } from './summary.js';

const WORST_SHOWN = 10;

/** Records by class, how many of them lie unprotected, and the distinct persons. */
export function leakLines({ run, totals, exposed }: SummaryInput, { table, say, paint }: Pen): string[] {
  const title = paint.bold(say.leak);
  if (recordCount(totals.records) === 0) return [title, `  ${run.complete ? say.nothingFound : say.nothingFoundSoFar}`];
  const classes = RECORD_CLASSES.map((recordClass) => [
    `  ${table.recordClasses[recordClass]}`,
    table.count(totals.records[recordClass]),
    table.count(exposed.records[recordClass]),
    table.recordClassKinds[recordClass],
  ]);
  const rows = [
    ['', say.records, say.exposedRecords],
    ...classes,
    [`  ${say.sum}`, table.count(recordCount(totals.records)), table.count(recordCount(exposed.records))],
    [`  ${say.persons}`, table.count(totals.persons), table.count(exposed.persons)],
  ];
  return [title, ...alignRows(rows, ['left', 'right', 'right', 'left'])];
}

export function worstFolderLines({ worstFolders, run }: SummaryInput, { table, say, paint }: Pen): string[] {
  if (worstFolders.length === 0) return [];
  const rows = worstFolders
    .slice(0, WORST_SHOWN)
    .map((folder) => [
      `  ${folder.risk.toFixed(1)}`,
      table.count(folder.violations),
      table.count(recordCount(folder.records)),
      table.count(folder.persons),
      folder.folder === '' && run.roots.length === 1 ? say.rootFolder : placeOf(folder.root, folder.folder, run.roots.length),
    ]);
  const header = [`  ${say.risk}`, say.violations, say.records, say.persons, say.folder];
  const aligns: Align[] = ['right', 'right', 'right', 'right', 'left'];
  return [paint.bold(say.worstFolders), ...alignRows([header, ...rows], aligns)];
}

/** Two lines a file, so that a long path and its reasons both stay whole. */
export function worstFileLines({ worstFiles, run, totals }: SummaryInput, pen: Pen): string[] {
  if (worstFiles.length === 0) return [];
  const lines = worstFiles.slice(0, WORST_SHOWN).flatMap((file) => {
    const path = file.member === null ? file.path : `${file.path} > ${file.member}`;
    const risk = pen.paint.red(file.risk.toFixed(1).padStart(7));
    return [`${risk}  ${placeOf(file.root, path, run.roots.length)}`, `${' '.repeat(9)}${reasonText(file, pen)}`];
  });
  const more = (totals.byVerdict.violation ?? 0) - Math.min(worstFiles.length, WORST_SHOWN);
  return [pen.paint.bold(pen.say.worstFiles), ...lines, ...(more > 0 ? [`  ${pen.say.moreFiles(pen.table.count(more))}`] : [])];
}

function reasonText(file: JudgedFile, { table, say }: Pen): string {
  const reasons = file.reasons.map((reason) => {
    const age = reason === 'stale' || reason === 'sealed-stale' ? file.retention.ageDays : null;
    return age === null ? table.reasons[reason] : `${table.reasons[reason]} (${say.days(table.count(age))})`;
  });
  const classes = RECORD_CLASSES.filter((recordClass) => file.content.records[recordClass] > 0);
  const counts = classes.map((recordClass) => `${table.recordClasses[recordClass]} ${table.records(file.content.records[recordClass])}`);
  return [reasons.join(table.comma), counts.join(table.comma)].filter((part) => part !== '').join('  ');
}

/** Below the root alone when there is but one: the root stands at the top. */
function placeOf(root: string, path: string, rootCount: number): string {
  return showText(rootCount === 1 ? path : path === '' ? root : `${root}/${path}`);
}

function recordCount(records: RecordCounts): number {
  return RECORD_CLASSES.reduce((sum, recordClass) => sum + records[recordClass], 0);
}
