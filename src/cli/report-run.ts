/** Reports of one run from the inventory: judged file by file for each report that was asked for, by groups for the sums. */
import type { Lang } from '../../detectors/contract.js';
import type { RunRow } from '../inventory/runs.js';
import type { Coverage, RunInfo, RunTotals } from '../parts.js';
import { type Policy, policyHash } from '../policy/policy.js';
import { runFields } from '../report/jsonl.js';
import { type Manners, renderSummary } from '../report/summary.js';
import { showKey } from '../walk/name.js';
import { isWithin, type Position } from '../walk/position.js';
import type { Inventory } from './compose.js';
import { departmentsFrom } from './departments.js';
import { ExceptionSums } from './exception-sums.js';
import { type Judged, type JudgedAlike, type JudgedView, judgedEntries, judgedFindings, judgedGroups } from './judged.js';
import { wantsColor } from './locale.js';
import type { Given } from './options.js';
import { writeAll } from './output.js';
import { FolderPiles, pilesOf } from './piles.js';
import { topReach } from './reach.js';
import { writeReports } from './reports.js';
import { Tally } from './tally.js';
import { singleTargets } from './targets.js';

export interface ReportTask {
  readonly inventory: Inventory;
  readonly run: RunRow;
  readonly policy: Policy;
  readonly asOfMs: number;
  readonly given: Given;
  readonly lang: Lang;
  /** Files that the run found and that the inventory does not hold yet. */
  readonly waiting?: number;
  /** The report is of what was known at this run; else of what is known now. */
  readonly asThen?: boolean;
  /** What was counted is kept with the run. */
  readonly keepsSums?: boolean;
  /** Of a sweep that has just ended. */
  readonly manners?: Manners;
}

export interface ReportedRun {
  readonly run: RunInfo;
  readonly totals: RunTotals;
  readonly tally: Tally;
}

/** Writes the reports that were asked for, and returns what was counted. */
export function report(task: ReportTask): ReportedRun {
  const { inventory, run, policy, asOfMs, given, lang, asThen = false, manners } = task;
  const view: JudgedView = { ...(asThen && { run: run.id }), ...(!run.complete && { isLookedAt: (place) => lookedAt(run, place) }) };
  const judged = () => judgedEntries(inventory, run.roots, policy, asOfMs, view);
  const departments = departmentsFrom(given, run.roots);
  const tally = new Tally(policy, inventory.persons, departments);
  const folders = policy.pile.folder === null ? null : new FolderPiles(inventory.persons, policy.pile.folder);
  const exceptions = policy.exceptions.length === 0 ? null : new ExceptionSums(policy, asOfMs);
  const add = (one: Judged | JudgedAlike): void => {
    tally.add(one);
    folders?.add(one);
    exceptions?.add(one);
  };
  if (asThen) for (const one of judged()) add(one);
  else {
    for (const group of judgedGroups(inventory, run.roots, policy, asOfMs)) tally.addGroup(group);
    for (const one of judgedFindings(inventory, run.roots, policy, asOfMs)) add(one);
  }
  const hasPileRule = policy.pile.folder !== null || policy.pile.reader !== null;
  const totals: RunTotals = {
    ...tally.totals(),
    ...(hasPileRule && { piles: pilesOf(folders, inventory, run.roots, policy, asThen) }),
    ...(exceptions && { exceptions: exceptions.result(run.complete) }),
  };
  const coverage = run.complete ? null : coverageOf(task, totals);
  if (task.keepsSums) inventory.runs.keepSums(run.id, tally.sums(), coverage?.known ?? null, coverage?.unopenedFolders ?? null);
  const { id, startedMs, version, complete, excluded } = run;
  const info: RunInfo = {
    ...{ id, startedMs, version, complete, excluded, asOfMs, coverage },
    endedMs: run.endedMs ?? run.startedMs,
    policyHash: policyHash(policy),
    roots: run.roots,
  };
  const shown: RunInfo = { ...info, roots: run.roots.map(showKey) };
  const reported = { run: info, totals, tally };
  const stopped = run.complete ? null : (run.stopped ?? 'interrupted');
  writeReports({ inventory, run: info, policy, totals, stopped, exposed: tally.exposed(), judged, asThen, departments, given, lang });
  // A log line, which tells how the run was told of too, stands in place of the summary (telling.ts).
  if ((given.quiet || given.log !== undefined) && !given.json) return reported;
  const toStdout = singleTargets(given).every(({ file }) => file !== '-');
  if (given.json) writeAll(1, Buffer.from(`${JSON.stringify(runFields(shown, totals))}\n`));
  else {
    const stream = toStdout ? process.stdout : process.stderr;
    // Who could read at an earlier run is not kept.
    const reach = asThen ? [] : topReach(inventory, run.roots);
    const input = { run: shown, totals, exposed: tally.exposed(), reach, ...tally.worst(), ...(manners && { manners }) };
    writeAll(toStdout ? 1 : 2, Buffer.from(renderSummary(input, lang, wantsColor(stream))));
  }
  return reported;
}

/** Whether the run looked at all that lies in this folder. */
export function lookedAt(run: RunRow, place: Position): boolean {
  if (!run.roots.includes(place.root)) return false;
  return run.complete || (run.lost !== null && !run.lost.includes(place.root)) || (run.until !== null && isWithin(place, run));
}

function coverageOf({ inventory, run, waiting }: ReportTask, totals: RunTotals): Coverage {
  const last = inventory.runs.lastComplete();
  return {
    stopped: run.stopped,
    looked: run.looked,
    known: run.known ?? totals.enumerated + (waiting ?? 0),
    unopenedFolders: run.unopened ?? inventory.entries.unopenedFolders(run.roots),
    lastComplete: last && { id: last.id, startedMs: last.startedMs },
    earlier: hasEarlier(inventory, run),
  };
}

/** Whether any run before it looked at anything below its roots; one that was killed may have. */
export function hasEarlier({ runs }: Inventory, { id, roots }: Pick<RunRow, 'id' | 'roots'>): boolean {
  return runs.all().some((one) => one.id < id && one.looked !== 0 && one.roots.some((root) => roots.includes(root)));
}
