/** Writes the reports that were asked for from the inventory, and beside each the manifest by which it can be checked. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Lang } from '../../detectors/contract.js';
import { SCHEMA_VERSION } from '../inventory/schema.js';
import type { RunStop } from '../model.js';
import type { RunInfo, RunTotals } from '../parts.js';
import type { Policy } from '../policy/policy.js';
import { Cp932 } from '../report/cp932.js';
import { csvForm } from '../report/csv.js';
import { writeHtml } from '../report/html/form.js';
import { jsonlForm } from '../report/jsonl.js';
import type { LeakTable } from '../report/leak.js';
import { MANIFEST_SCHEMA, type ManifestFile, manifestText } from '../report/manifest.js';
import { writeBook } from '../report/xlsx.js';
import { showKey } from '../walk/name.js';
import type { Inventory } from './compose.js';
import { DepartmentFiles } from './department-files.js';
import type { Departments } from './departments.js';
import { type HtmlTask, htmlInput } from './html-report.js';
import { type Judged, judgedFindings } from './judged.js';
import { LeakSums } from './leak-sums.js';
import type { Given } from './options.js';
import { isDevice, type Piece, removeIfThere, writeAll, writeReport } from './output.js';
import { quietPlaces } from './quiet-files.js';
import { CountedRows } from './row-counts.js';
import { readSigner, type Signer } from './signing.js';
import { withSpool } from './spool-file.js';
import { encodingOf, singleTargets } from './targets.js';
import { evidenceCliWords } from './words-evidence.js';

export interface ReportTask {
  readonly inventory: Inventory;
  /** Its roots as keys. */
  readonly run: RunInfo;
  readonly policy: Policy;
  readonly totals: RunTotals;
  /** Why it did not reach its end; null when it did. */
  readonly stopped: RunStop | null;
  readonly exposed: HtmlTask['exposed'];
  /** All lines, from the beginning at each call. */
  readonly judged: () => Iterable<Judged>;
  /** The report is of what was known at that run, not of what is known now. */
  readonly asThen: boolean;
  readonly departments: Departments;
  readonly given: Given;
  readonly lang: Lang;
}

export const MANIFEST_ENDING = '.manifest.json';
const DEPARTMENT_MANIFEST = 'manifest.json';

/**
 * Everything that was asked for by the options of a command (targets.ts).
 * @throws UsageError when a file can't be written
 */
export function writeReports(task: ReportTask): void {
  const { given } = task;
  const signer = given.sign === undefined ? null : readSigner(given.sign);
  for (const { option, file } of singleTargets(given)) {
    const rows = countedRows(task);
    const encoder = option === 'csv' && encodingOf(given) === 'cp932' ? new Cp932() : null;
    const pieces = piecesOf(task, option, file, rows);
    const written = writeReport(file, encoder ? encoder.encode(pieces as Iterable<string>) : pieces);
    tellReplaced(encoder?.replaced ?? 0, file, task.lang);
    if (written === null || isDevice(file)) continue;
    const encoding = option === 'csv' ? encodingOf(given) : option === 'xlsx' ? null : 'utf-8';
    const described: ManifestFile = {
      name: basename(file),
      form: option,
      encoding,
      lang: task.lang,
      rows: { files: rows.files, members: rows.members },
      ...(encoder ? { replacedChars: encoder.replaced } : {}),
      ...written,
    };
    writeManifest(task, `${file}${MANIFEST_ENDING}`, rows, [described], signer);
  }
  if (given.byDepartment === undefined) return;
  const rows = countedRows(task);
  const former = filesOfManifest(join(given.byDepartment, DEPARTMENT_MANIFEST));
  const files = new DepartmentFiles(given.byDepartment, encodingOf(given), task.lang).write(rows.lines(task.judged()), shownRun(task));
  tellReplaced(
    files.reduce((sum, { replacedChars }) => sum + (replacedChars ?? 0), 0),
    given.byDepartment,
    task.lang,
  );
  writeManifest(task, join(given.byDepartment, DEPARTMENT_MANIFEST), rows, files, signer);
  removeFormer(given.byDepartment, former, files);
}

/** Files of an earlier report in the same folder that this one does not have: beside its manifest they would be taken for part of it. Changed ones stay. */
function removeFormer(folder: string, former: readonly ManifestFile[], files: readonly ManifestFile[]): void {
  const names = new Set(files.map(({ name }) => name));
  for (const { name, sizeBytes, sha256 } of former) {
    const file = join(folder, name);
    if (names.has(name) || name !== basename(name)) continue;
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size !== sizeBytes) continue;
    if (createHash('sha256').update(readFileSync(file)).digest('hex') === sha256) removeIfThere(file);
  }
}

/** What a manifest lists; nothing where there is none that can be read. */
function filesOfManifest(file: string): readonly ManifestFile[] {
  try {
    const { schema, files } = JSON.parse(readFileSync(file, 'utf8'));
    return schema === MANIFEST_SCHEMA && Array.isArray(files) ? files.filter((one) => typeof one?.name === 'string') : [];
  } catch {
    return [];
  }
}

/** What would leak, department by department. `judged`: all lines, of an earlier run; left out: what is known now. */
export function leakByDepartment(
  { inventory, run, policy, departments }: Pick<ReportTask, 'inventory' | 'run' | 'policy' | 'departments'>,
  judged: Iterable<Judged> | null = null,
): LeakTable {
  const sums = new LeakSums(policy, inventory.persons, { partOf: (file) => departments.of(file), byFolder: departments.byFolder });
  for (const one of judged ?? judgedFindings(inventory, run.roots, policy, run.asOfMs)) sums.add(one);
  if (judged === null)
    for (const { place, isNotExamined } of quietPlaces(inventory, run.roots, policy, run.asOfMs))
      if (isNotExamined) sums.addNotExamined(place);
  return sums.result();
}

function countedRows({ policy, run, departments }: ReportTask): CountedRows {
  return new CountedRows(policy, run.asOfMs, departments);
}

function shownRun({ run }: ManifestTask): RunInfo {
  return { ...run, roots: run.roots.map(showKey) };
}

function piecesOf(task: ReportTask, option: 'csv' | 'jsonl' | 'xlsx' | 'html', file: string, rows: CountedRows): Iterable<Piece> {
  const { totals, lang } = task;
  const run = shownRun(task);
  if (option === 'html') return writeHtml(htmlInput({ ...task, run, judged: rows.judged(task.judged()) }), lang);
  const files = rows.lines(task.judged());
  if (option !== 'xlsx') return (option === 'csv' ? csvForm : jsonlForm).write(files, run, totals, lang);
  const leak = task.asThen ? leakByDepartment(task, task.judged()) : leakByDepartment(task);
  return withSpool(file, (spool) => writeBook({ files, run, totals, leak, lang, spool }));
}

/** What a manifest is made of, beside the files that it describes. */
export type ManifestTask = Pick<ReportTask, 'run' | 'totals' | 'lang'>;

export function writeManifest(
  task: ManifestTask,
  file: string,
  rows: CountedRows,
  files: readonly ManifestFile[],
  signer: Signer | null,
): void {
  const input = {
    run: shownRun(task),
    totals: task.totals,
    inventorySchema: SCHEMA_VERSION,
    madeMs: Date.now(),
    rows,
    files,
    signer: signer?.id ?? null,
  };
  const text = manifestText(input);
  writeReport(file, [text]);
  if (signer) writeReport(`${file}.sig`, [signer.sign(Buffer.from(text))]);
  if (rows.files !== task.totals.enumerated || rows.members !== task.totals.members)
    tell(evidenceCliWords(task.lang).rowsDiffer(file, rows.files + rows.members, task.totals.enumerated + task.totals.members));
}

function tellReplaced(count: number, file: string, lang: Lang): void {
  if (count > 0) tell(evidenceCliWords(lang).replacedChars(file, count));
}

function tell(text: string): void {
  writeAll(2, Buffer.from(`mimawari: ${text}\n`));
}
