/**
 * The figures of a run for Prometheus, in the text format of its exposition (version 0.0.4), as node_exporter's text file collector reads it. Counts and names
 * of departments only, no name of a file. The metrics are listed in README.md of this folder.
 */
import { RECORD_CLASSES, VERDICTS } from '../model.js';
import type { RunInfo, RunTotals } from '../parts.js';
import { countedInOrder, countsInOrder, EXAMINED_ORDER } from './order.js';
import type { Manners } from './summary.js';

export interface RunFigures {
  readonly run: RunInfo;
  readonly totals: RunTotals;
  readonly exitCode: number;
  readonly exposed: { readonly records: RunTotals['records']; readonly persons: number };
  readonly manners: Manners;
  readonly departments: readonly {
    /** '' for what belongs to none. */
    readonly name: string;
    readonly files: number;
    readonly violations: number;
    readonly notExamined: number;
    readonly records: number;
    readonly persons: number;
  }[];
  /** A damaged inventory was put aside for a new one. */
  readonly inventoryRebuilt: boolean;
  readonly mails: { readonly sent: number; readonly failed: number };
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export function prometheusText(figures: RunFigures): string {
  const { run, totals, exitCode, exposed, manners, inventoryRebuilt, departments, mails } = figures;
  const by = (label: string, counts: Readonly<Record<string, number>>): Sample[] =>
    Object.entries(counts).map(([code, count]) => [{ [label]: code }, count]);
  const one = (value: number): Sample[] => [[{}, value]];
  const each = (pick: (department: RunFigures['departments'][number]) => number): Sample[] =>
    departments.map((department) => [{ department: department.name }, pick(department)]);
  return textOf([
    ...sweepMetrics({ ...run, exitCode }),
    ['files', 'Files by verdict.', by('verdict', countsInOrder(VERDICTS, totals.byVerdict))],
    ['files_by_examination', 'Files by how far they were examined.', by('examined', countsInOrder(EXAMINED_ORDER, totals.byExamined))],
    [
      'files_with_problem',
      'Files that could not be read whole, by cause; a file may have several.',
      by('problem', countedInOrder([], totals.byProblem)),
    ],
    ['open_violations', 'Files in violation without a valid exception.', one(totals.openViolations)],
    ['files_not_examined', 'Files that were not examined whole or could not be judged, and are not tolerated.', one(totals.notExamined)],
    [
      'piles',
      'Folders and accounts with more persons than the policy allows in one place; they raise exit code 1.',
      one(totals.piles?.length ?? 0),
    ],
    ['records', 'Records of personal data by class.', by('class', countsInOrder(RECORD_CLASSES, totals.records))],
    [
      'exposed_records',
      'Records in files that neither password nor access protects, by class.',
      by('class', countsInOrder(RECORD_CLASSES, exposed.records)),
    ],
    ['persons', 'Distinct persons.', one(totals.persons)],
    ['exposed_persons', 'Distinct persons in files that neither password nor access protects.', one(exposed.persons)],
    ['department_files', 'Files by department; without a name what belongs to none.', each((department) => department.files)],
    [
      'department_open_violations',
      'Files in violation without a valid exception, by department.',
      each((department) => department.violations),
    ],
    ['department_files_not_examined', 'Files not examined, by department.', each((department) => department.notExamined)],
    ['department_records', 'Records of personal data, by department.', each((department) => department.records)],
    ['department_persons', 'Distinct persons, by department.', each((department) => department.persons)],
    ['access_times_moved', 'Files whose access time moved when they were read.', one(manners.accessTimesMoved)],
    ['files_read_again', 'Files in use that were read again at the end.', one(manners.readAgain)],
    ['rested_seconds', 'Rest because reading was slow, all workers together.', one(manners.restedMs / 1000)],
    ['mails_sent', 'Mails sent about the last sweep.', one(mails.sent)],
    ['inventory_rebuilt', '1 when a damaged inventory was put aside for a new one.', one(inventoryRebuilt ? 1 : 0)],
    ['mails_failed', 'Mails that could not be sent.', one(mails.failed)],
  ]);
}

/** Of a sweep that could not begin, or that broke off before its report: nothing of what it would have counted is told. */
export function failurePrometheusText(failed: Pick<RunInfo, 'startedMs' | 'endedMs' | 'version'> & { readonly exitCode: number }): string {
  return textOf(sweepMetrics({ ...failed, complete: false }));
}

type Metric = readonly [name: string, help: string, samples: readonly Sample[]];

function sweepMetrics(
  run: Pick<RunInfo, 'startedMs' | 'endedMs' | 'version' | 'complete'> & { readonly exitCode: number },
): readonly Metric[] {
  return [
    ['build_info', 'Version of the program.', [[{ version: run.version }, 1]]],
    ['sweep_start_timestamp_seconds', 'When the last sweep began.', [[{}, run.startedMs / 1000]]],
    ['sweep_end_timestamp_seconds', 'When the last sweep ended.', [[{}, run.endedMs / 1000]]],
    ['sweep_complete', '1 when the last sweep reached its end.', [[{}, run.complete ? 1 : 0]]],
    ['sweep_exit_code', 'Exit code of the last sweep.', [[{}, run.exitCode]]],
  ];
}

function textOf(metrics: readonly Metric[]): string {
  return metrics
    .filter(([, , samples]) => samples.length > 0)
    .map(([name, help, samples]) => {
      const lines = samples.map(([labels, value]) => `mimawari_${name}${labelText(labels)} ${value}`);
      return [`# HELP mimawari_${name} ${help}`, `# TYPE mimawari_${name} gauge`, ...lines, ''].join('\n');
    })
    .join('');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/["\\\n]/gu, (char) => (char === '\n' ? '\\n' : `\\${char}`))}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
