/** `mimawari scan`: walks, examines, keeps, and reports from what was kept. */
import { sep } from 'node:path';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { Store } from '../inventory/store.js';
import type { Pace, RunInfo, RunTotals } from '../parts.js';
import { exitCode } from '../policy/exit-code.js';
import { type Policy, policyHash } from '../policy/policy.js';
import { RootProblem, UsageError } from '../problem.js';
import { runFields } from '../report/jsonl.js';
import { type Manners, renderSummary } from '../report/summary.js';
import type { Sweep } from '../scan/sweep.js';
import { showKey } from '../walk/name.js';
import { expandRoots } from '../walk/pattern.js';
import { RootLost, resolveRoots } from '../walk/roots.js';
import type { Stopped } from '../words/console.js';
import { existing } from './arguments.js';
import { composeInventory, composeSweep, defaultWorkers, type Inventory } from './compose.js';
import { departmentsFrom } from './departments.js';
import { dryRun } from './dry-run.js';
import { judgedFindings, judgedGroups } from './judged.js';
import { wantsColor } from './locale.js';
import { tellMissingLibrary } from './native-note.js';
import { addOptions, asOfOption, type Given, numberOption } from './options.js';
import { writeAll } from './output.js';
import { passwordsFrom } from './passwords-option.js';
import { defaultInventory, makeFolderFor, readKey, refuseBelowRoots } from './paths.js';
import { paceFrom, policyFrom, siteFrom, withSite } from './policy-option.js';
import { showProgress } from './progress.js';
import { topReach } from './reach.js';
import { writeReports } from './reports.js';
import { onStopSignal } from './stop-signals.js';
import { Tally } from './tally.js';
import { checkTargets, REPORT_OPTIONS, refuseReportsBelow, singleTargets } from './targets.js';
import { tellEnd, tellFailure } from './telling.js';
import { programVersion } from './version.js';
import { cliWords } from './words.js';

const OUTPUTS = [...REPORT_OPTIONS, 'prometheus', 'log'] as const;

export function addScan(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('scan').argument('[folder...]', say.foldersArgument).description(say.scan);
  addOptions(
    command,
    [
      ...REPORT_OPTIONS,
      'inventory',
      'key',
      'config',
      'policy',
      'passwords',
      'ocr',
      'include',
      'exclude',
      'workers',
      'maxFilesPerSecond',
      'maxBytesPerSecond',
      'priority',
      'prometheus',
      'log',
      'withoutMail',
      'asOf',
      'dryRun',
      'quiet',
      'json',
      'lang',
    ],
    lang,
  );
  command.addHelpText('after', say.scanExamples);
  command.action(async (folders: string[], given: Given) => {
    const from = siteFrom(given)?.roots ?? [];
    const names = ['inventory', 'key', 'passwords', 'ocr', 'workers', ...(given.dryRun ? [] : OUTPUTS)] as const;
    const wanted = withSite(given, names);
    try {
      done(await scan(folders.length > 0 ? folders : from, wanted, lang));
    } catch (error) {
      if (error instanceof UsageError) await tellFailure(error, siteFrom(given), wanted, lang);
      throw error;
    }
  });
}

async function scan(folders: readonly string[], given: Given, lang: Lang): Promise<number> {
  if (given.dryRun && (given.json || REPORT_OPTIONS.some((name) => given[name] !== undefined))) {
    throw new UsageError({
      ja: '--dry-run は報告を作りません。--csv、--jsonl、--xlsx、--by-department、--json を外してください',
      en: '--dry-run makes no report; leave out --csv, --jsonl, --xlsx, --by-department and --json',
    });
  }
  if (folders.length === 0) throw new UsageError(cliWords(lang).noFolder);
  const roots = rootsOf(folders, lang);
  const policy = policyFrom(given);
  const passwords = passwordsFrom(given);
  const inventoryFile = given.inventory ?? defaultInventory();
  const keyFile = given.key ?? `${inventoryFile}.key`;
  const asOfMs = asOfOption(given.asOf, Date.now());
  const pace = paceFrom(given);
  const workers = numberOption('--workers', given.workers, 1, 256) ?? defaultWorkers();
  for (const [file, what] of [
    [inventoryFile, 'inventory'],
    [keyFile, 'key'],
  ] as const)
    refuseBelowRoots(file, what, roots);
  refuseReportsBelow(given, roots);
  checkTargets(given);
  tellMissingLibrary(lang);
  if (given.dryRun) return dryRun(roots, policy, lang);
  makeFolderFor(inventoryFile);
  const store = Store.open(inventoryFile, { alone: true });
  try {
    const key = readKey(keyFile, store.lastRun() === null);
    return await sweepAndReport(composeInventory(store), { roots, policy, key, workers, asOfMs, passwords, pace, given, lang });
  } finally {
    store.close();
  }
}

interface ScanTask {
  readonly roots: readonly string[];
  readonly policy: Policy;
  readonly key: Uint8Array;
  readonly workers: number;
  readonly asOfMs: number;
  readonly passwords: readonly string[];
  readonly pace: Pace;
  readonly given: Given;
  readonly lang: Lang;
}

async function sweepAndReport(inventory: Inventory, task: ScanTask): Promise<number> {
  const { roots, policy, asOfMs, given, lang } = task;
  const excluded = new Map<string, number>();
  const sweep = composeSweep(inventory, { ...task, ocr: given.ocr === true, excluded });
  const startedMs = Date.now();
  const start = { startedMs, asOfMs, version: programVersion(), policyHash: policyHash(policy), roots };
  inventory.persons.dropAllHeld();
  const id = inventory.store.startRun(start);
  const { stopped, lostRoot } = await runUntilStopped(sweep, given.quiet !== true, lang);
  const endedMs = Date.now();
  const end = { endedMs, complete: stopped === null, excluded: Object.fromEntries(excluded), roots: outermost(roots, sweep.walkedRoots) };
  inventory.store.endRun(id, end);
  const run: RunInfo = { id, ...start, ...end };
  if (lostRoot) {
    const say = cliWords(lang);
    const words = lostRoot instanceof RootProblem ? say.rootUnread(lostRoot.root, lostRoot.code) : say.rootLost(lostRoot.root);
    writeAll(2, Buffer.from(`mimawari: ${words}\n`));
  }
  const { totals, tally } = report(inventory, run, policy, stopped, given, lang, sweep.manners);
  if (given.quiet !== true && run.complete) tellIdlePatterns(policy, excluded, totals.enumerated, lang);
  const { openViolations, notExamined } = totals;
  const timeLimit = stopped === 'time-limit';
  const code = exitCode({
    violations: openViolations,
    notExamined,
    complete: run.complete,
    interrupted: stopped === 'interrupted',
    timeLimit,
  });
  const ended = { run, totals, tally, stopped, manners: sweep.manners, exitCode: code };
  await tellEnd(ended, inventory, policy, siteFrom(given), given, lang);
  return code;
}

/** A pattern that fits nothing is often a slip (`*.csv` fits only files directly in the swept folder), and so is a sweep of nothing. */
function tellIdlePatterns(policy: Policy, excluded: ReadonlyMap<string, number>, enumerated: number, lang: Lang): void {
  const say = cliWords(lang);
  const idle = policy.exclude.filter((pattern) => !excluded.has(pattern) && !excluded.has(`${pattern}/`));
  for (const pattern of idle) writeAll(2, Buffer.from(`mimawari: ${say.idlePattern(pattern)}\n`));
  if (enumerated === 0) writeAll(2, Buffer.from(`mimawari: ${policy.include.length > 0 ? say.nothingIncluded : say.nothingThere}\n`));
}

/** Runs the sweep; Ctrl-C and the like end it with everything kept that was examined. */
async function runUntilStopped(
  sweep: Sweep,
  progress: boolean,
  lang: Lang,
): Promise<{ stopped: Stopped | null; lostRoot: RootLost | RootProblem | null }> {
  const stop = (): void => sweep.stop('interrupted');
  const endProgress = progress ? showProgress(sweep.progress, lang) : () => {};
  const endListening = onStopSignal(stop);
  try {
    const end = await sweep.run();
    return { stopped: end === 'complete' ? null : end, lostRoot: null };
  } catch (error) {
    if (error instanceof RootLost || error instanceof RootProblem) return { stopped: 'root-lost', lostRoot: error };
    throw error;
  } finally {
    endProgress();
    endListening();
  }
}

/** Judges what this run's roots hold: groups of quiet files and single findings for the sums, file by file for each report that was asked for. */
export function report(
  inventory: Inventory,
  run: RunInfo,
  policy: Policy,
  stopped: Stopped | null,
  given: Given,
  lang: Lang,
  manners?: Manners,
): { readonly totals: RunTotals; readonly tally: Tally } {
  const tally = new Tally(policy, inventory.persons);
  for (const group of judgedGroups(inventory, run.roots, policy, run.asOfMs)) tally.addGroup(group);
  for (const one of judgedFindings(inventory, run.roots, policy, run.asOfMs)) tally.add(one);
  const totals = tally.totals();
  const shown: RunInfo = { ...run, roots: run.roots.map(showKey) };
  writeReports({ inventory, run, policy, totals, departments: departmentsFrom(given), given, lang });
  // A log line, which tells how the run was told of too, stands in place of the summary (telling.ts).
  if ((given.quiet || given.log !== undefined) && !given.json) return { totals, tally };
  const toStdout = singleTargets(given).every(({ file }) => file !== '-');
  if (given.json) writeAll(1, Buffer.from(`${JSON.stringify(runFields(shown, totals))}\n`));
  else {
    const stream = toStdout ? process.stdout : process.stderr;
    const input = {
      run: shown,
      totals,
      stopped,
      exposed: tally.exposed(),
      reach: topReach(inventory, run.roots),
      ...tally.worst(),
      ...(manners ? { manners } : {}),
    };
    writeAll(toStdout ? 1 : 2, Buffer.from(renderSummary(input, lang, wantsColor(stream))));
  }
  return { totals, tally };
}

/** Without the roots that lie inside another and were walked as part of it: an older sweep may have kept them as roots of their own. */
function outermost(roots: readonly string[], walked: ReadonlySet<string>): string[] {
  return roots.filter(
    (root) => walked.has(root) || !roots.some((other) => other !== root && root.startsWith(other.endsWith(sep) ? other : other + sep)),
  );
}

/** Real paths of the folders. A single file is no root: its neighbours would count as gone. */
function rootsOf(folders: readonly string[], lang: Lang): string[] {
  const roots = resolveRoots(expandRoots(existing(folders, lang)));
  const file = roots.find((root) => root.only !== null);
  if (file) throw new UsageError(cliWords(lang).fileAsRoot(file.path));
  return roots.map((root) => root.path);
}
