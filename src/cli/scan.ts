/** `mimawari scan`: walks, examines, keeps, and reports from what was kept. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { findMoves } from '../inventory/moves.js';
import { purge } from '../inventory/purge.js';
import type { RunStop } from '../model.js';
import type { Pace } from '../parts.js';
import { exitCode } from '../policy/exit-code.js';
import { type Policy, policyHash } from '../policy/policy.js';
import { RootProblem, UsageError } from '../problem.js';
import type { Sweep } from '../scan/sweep.js';
import type { LostRoot } from '../scan/sweep-words.js';
import { countKeysOf } from '../walk/pattern.js';
import { composeSweep, defaultWorkers, type Inventory } from './compose.js';
import type { ComposedAccess } from './compose-access.js';
import { assertConfigured } from './configured.js';
import { dryRun } from './dry-run.js';
import { checkKey } from './key-check.js';
import { tellMissingLibrary, tellMissingOcr } from './native-note.js';
import { addOptions, asOfOption, type Given, numberOption } from './options.js';
import { writeAll } from './output.js';
import { passwordsFrom } from './passwords-option.js';
import { defaultInventory, readKey, refuseBelowRoots } from './paths.js';
import { paceFrom, policyFrom, siteFrom, withSite } from './policy-option.js';
import { showProgress } from './progress.js';
import { report } from './report-run.js';
import { noteRereading, rereadingOf } from './rereading.js';
import { outermost, reachable, rootsOf } from './scan-roots.js';
import { onStopSignal } from './stop-signals.js';
import { withSweepInventory } from './sweep-inventory.js';
import { checkTargets, REPORT_OPTIONS, refuseReportsBelow } from './targets.js';
import { nameMask, tellExceptions } from './tell-exceptions.js';
import { type RebuiltInventory, tellEnd } from './telling.js';
import { tellFailure } from './telling-failure.js';
import { untilOption } from './until.js';
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
      'until',
      'acceptReplaced',
      'fresh',
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
    const startedMs = Date.now();
    const names = ['inventory', 'key', 'passwords', 'ocr', 'workers', 'until', ...(given.dryRun ? [] : OUTPUTS)] as const;
    try {
      assertConfigured(given, folders, names, lang);
      const from = siteFrom(given)?.roots ?? [];
      done(await scan(folders.length > 0 ? folders : from, folders.length === 0, withSite(given, names), lang));
    } catch (error) {
      await tellFailure(error, folders, startedMs, given, lang);
      throw error;
    }
  });
}

/** `configured`: the folders are those of a site's configuration, of which one may be away tonight. */
async function scan(folders: readonly string[], configured: boolean, given: Given, lang: Lang): Promise<number> {
  if (given.dryRun && (given.json || REPORT_OPTIONS.some((name) => given[name] !== undefined))) {
    throw new UsageError({
      ja: '--dry-run は報告を作りません。--csv、--jsonl、--xlsx、--html、--by-department、--json を外してください',
      en: '--dry-run makes no report; leave out --csv, --jsonl, --xlsx, --html, --by-department and --json',
    });
  }
  if (folders.length === 0) throw new UsageError(cliWords(lang).noFolder);
  const { roots, missing } = configured ? reachable(folders, lang) : { roots: rootsOf(folders, lang), missing: [] };
  const policy = policyFrom(given);
  const passwords = passwordsFrom(given);
  const inventoryFile = given.inventory ?? defaultInventory();
  const keyFile = given.key ?? `${inventoryFile}.key`;
  const asOfMs = asOfOption(given.asOf, Date.now());
  const pace = paceFrom(given);
  const workers = numberOption('--workers', given.workers, 1, 256) ?? defaultWorkers();
  const untilMs = untilOption(given.until, Date.now());
  for (const [file, what] of [
    [inventoryFile, 'inventory'],
    [keyFile, 'key'],
  ] as const)
    refuseBelowRoots(file, what, [...roots, ...missing]);
  refuseReportsBelow(given, roots);
  checkTargets(given);
  tellMissingLibrary(lang);
  tellMissingOcr(given.ocr === true, lang);
  if (given.dryRun) return dryRun(roots, policy, lang);
  if (missing.length > 0) {
    const masked = await nameMask(policy, asOfMs);
    for (const root of missing) tell(cliWords(lang).rootMissing(masked(root)));
  }
  return withSweepInventory(inventoryFile, given, lang, (inventory, lost) => {
    const key = readKey(keyFile, inventory.runs.last() === null);
    checkKey(inventory.store, key, keyFile);
    const rebuilt = lost && { file: inventoryFile, lost };
    return sweepAndReport(inventory, { roots, missing, policy, key, workers, asOfMs, untilMs, passwords, pace, rebuilt, given, lang });
  });
}

interface ScanTask {
  readonly roots: readonly string[];
  /** Roots of the configuration that could not be reached when the sweep began. */
  readonly missing: readonly string[];
  readonly policy: Policy;
  readonly key: Uint8Array;
  readonly workers: number;
  readonly asOfMs: number;
  readonly untilMs: number | null;
  readonly passwords: readonly string[];
  readonly pace: Pace;
  /** The inventory that was put aside as damaged, and what was lost with it. */
  readonly rebuilt: RebuiltInventory | null;
  readonly given: Given;
  readonly lang: Lang;
}

async function sweepAndReport(inventory: Inventory, task: ScanTask): Promise<number> {
  const { roots: present, missing, policy, asOfMs, untilMs, given, lang } = task;
  const roots = [...present, ...missing];
  const { runs, entries, persons, store } = inventory;
  const excluded = new Map<string, number>();
  const from = runs.goOnFrom(roots);
  const startedMs = Date.now();
  const rereads = rereadingOf(inventory, given.fresh === true, siteFrom(given)?.rereadAfterDays ?? null, startedMs);
  let access: ComposedAccess | null = null as ComposedAccess | null;
  const sweep = composeSweep(inventory, {
    ...task,
    ocr: given.ocr === true,
    acceptReplaced: given.acceptReplaced === true,
    excluded,
    from,
    rereads,
    reached: (place) => runs.reach(id, place),
    // Also told to nobody but the log of the night: a slip here makes open files restricted.
    unknownGroups: (names) => tell(cliWords(lang).unknownGroups(names)),
    wordsChanged: (files) => {
      if (given.quiet !== true) tell(cliWords(lang).wordsChanged(files));
    },
    composed: (composed) => {
      access = composed;
    },
  });
  persons.dropAllHeld();
  // What a killed run saw of a move could be undone by what this one sees.
  const last = runs.last();
  if (last?.endedMs === null) findMoves(store, last.id, runs.lastComplete()?.id ?? 0, null);
  const id = runs.start({ startedMs, asOfMs, version: programVersion(), policyHash: policyHash(policy), roots, from });
  entries.beginRun(id);
  if (rereads) noteRereading(inventory, id);
  const ended = await runUntilStopped(sweep, untilMs, given.quiet !== true, lang);
  const lost = [...missing, ...ended.lostRoots.map(({ root }) => root)];
  const stopped = lost.length > 0 ? 'root-lost' : ended.stopped;
  const { manners } = sweep;
  const { lines: looked, waiting } = sweep.looked;
  const complete = runs.lastComplete()?.id ?? 0;
  findMoves(store, id, complete, complete === id - 1 ? entries.arrivals : null);
  runs.end(id, {
    endedMs: Date.now(),
    complete: stopped === null,
    stopped,
    excluded: Object.fromEntries(excluded),
    roots: outermost(roots, sweep.walkedRoots),
    until: stopped === null ? null : (sweep.until ?? (missing[0] === undefined ? from : { root: missing[0], folder: '' })),
    lost: lost.length > 0 && sweep.isElseDone ? lost : null,
    looked,
  });
  // Not before the run is kept as complete: until then the one before it may be reported.
  if (stopped === null && sweep.changed) inventory.contents.removeOrphans();
  if (ended.lostRoots.length > 0) {
    const masked = await nameMask(policy, asOfMs);
    for (const one of ended.lostRoots) tell(rootWords(one, masked(one.root), lang));
  }
  const { run, totals, tally } = report({ inventory, run: runs.find(id)!, policy, asOfMs, given, lang, waiting, manners, keepsSums: true });
  if (run.complete && policy.keepGoneDays !== null) purge(store, startedMs - policy.keepGoneDays * 86_400_000);
  if (given.quiet !== true && run.complete) tellIdlePatterns(policy, given, excluded, totals.enumerated, lang);
  // Also told where nothing else is: a slip here leaves a folder to the looser rule of numbers.
  if (run.complete) for (const folder of access?.idleConcerned() ?? []) tell(cliWords(lang).idleConcerned(folder));
  await tellExceptions(totals, policy, asOfMs, given, lang);
  const { openViolations, notExamined } = totals;
  const timeLimit = stopped === 'time-limit';
  const code = exitCode({
    violations: openViolations,
    notExamined,
    piles: totals.piles?.length ?? 0,
    complete: run.complete,
    interrupted: stopped === 'interrupted',
    timeLimit,
  });
  await tellEnd(
    { run, totals, tally, stopped, manners, rebuilt: task.rebuilt, exitCode: code },
    inventory,
    policy,
    siteFrom(given),
    given,
    lang,
  );
  return code;
}

/** `shown`: the root as it may be named. */
function rootWords(lost: LostRoot, shown: string, lang: Lang): string {
  const say = cliWords(lang);
  if (!(lost instanceof RootProblem)) return say.rootLost(shown);
  return lost.code === 'offline' ? say.rootReplaced(shown) : say.rootUnread(shown, lost.code);
}

function tell(text: string): void {
  writeAll(2, Buffer.from(`mimawari: ${text}\n`));
}

/** A pattern that fits nothing is often a slip (`*.csv` fits only files directly in the swept folder), and so is a sweep of nothing. */
function tellIdlePatterns(policy: Policy, given: Given, excluded: ReadonlyMap<string, number>, enumerated: number, lang: Lang): void {
  const say = cliWords(lang);
  const idle = policy.exclude.filter((pattern) => !countKeysOf(pattern).some((key) => excluded.has(key)));
  const fromOption = new Set<string>(given.exclude);
  for (const pattern of idle) tell(say.idlePattern(pattern, fromOption.has(pattern)));
  if (enumerated === 0) tell(policy.include.length > 0 ? say.nothingIncluded : say.nothingThere);
}

/** Runs the sweep; Ctrl-C and the like, and its time limit, end it with everything kept that was examined. */
async function runUntilStopped(
  sweep: Sweep,
  untilMs: number | null,
  progress: boolean,
  lang: Lang,
): Promise<{ stopped: RunStop | null; lostRoots: readonly LostRoot[] }> {
  const stop = (): void => sweep.stop('interrupted');
  const endProgress = progress ? showProgress(sweep.progress, lang) : () => {};
  const endListening = onStopSignal(stop);
  const timer = untilMs === null ? undefined : setTimeout(() => sweep.stop('time-limit'), Math.max(0, untilMs - Date.now()));
  try {
    const end = await sweep.run();
    return { stopped: end === 'complete' ? null : end, lostRoots: [] };
  } catch (error) {
    if (sweep.lost.some((lost) => lost === error)) return { stopped: 'root-lost', lostRoots: sweep.lost };
    throw error;
  } finally {
    endProgress();
    clearTimeout(timer);
    endListening();
  }
}
