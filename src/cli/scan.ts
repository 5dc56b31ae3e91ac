/** `mimawari scan`: walks, examines, keeps, and reports from what was kept. */
import { resolve, sep } from 'node:path';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { Store } from '../inventory/store.js';
import type { JudgedFile } from '../model.js';
import type { ReportForm, RunInfo, RunTotals } from '../parts.js';
import { exitCode } from '../policy/exit-code.js';
import { type Policy, policyHash } from '../policy/policy.js';
import { RootProblem, UsageError } from '../problem.js';
import { csvForm } from '../report/csv.js';
import { writeHtml } from '../report/html/form.js';
import { jsonlForm, runFields } from '../report/jsonl.js';
import { renderSummary } from '../report/summary.js';
import type { Sweep } from '../scan/sweep.js';
import { showKey } from '../walk/name.js';
import { expandRoots } from '../walk/pattern.js';
import { RootLost, resolveRoots } from '../walk/roots.js';
import { walk } from '../walk/walk.js';
import type { Stopped } from '../words/console.js';
import { existing } from './arguments.js';
import { composeInventory, composeSweep, defaultWorkers, type Inventory } from './compose.js';
import { htmlInput } from './html-report.js';
import { judgedEntries, judgedFindings, judgedGroups } from './judged.js';
import { wantsColor } from './locale.js';
import { tellMissingLibrary } from './native-note.js';
import { addOptions, asOfOption, type Given, numberOption } from './options.js';
import { assertWritable, writeAll, writeReport } from './output.js';
import { passwordsFrom } from './passwords-option.js';
import { defaultInventory, makeFolderFor, readKey, refuseBelowRoots } from './paths.js';
import { policyFrom } from './policy-option.js';
import { showProgress } from './progress.js';
import { onStopSignal } from './stop-signals.js';
import { Tally } from './tally.js';
import { programVersion } from './version.js';
import { cliWords } from './words.js';

/** Options that name the file of a report. */
const REPORTS = ['csv', 'jsonl', 'html'] as const;

export function addScan(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('scan').argument('<folder...>', say.foldersArgument).description(say.scan);
  addOptions(
    command,
    [
      'csv',
      'jsonl',
      'html',
      'inventory',
      'key',
      'policy',
      'passwords',
      'ocr',
      'include',
      'exclude',
      'workers',
      'asOf',
      'dryRun',
      'quiet',
      'json',
      'lang',
    ],
    lang,
  );
  command.addHelpText('after', say.scanExamples);
  command.action(async (folders: string[], given: Given) => done(await scan(folders, given, lang)));
}

async function scan(folders: readonly string[], given: Given, lang: Lang): Promise<number> {
  if (given.dryRun && (REPORTS.some((name) => given[name] !== undefined) || given.json)) {
    throw new UsageError({
      ja: '--dry-run は報告を作りません。--csv、--jsonl、--html、--json を外してください',
      en: '--dry-run makes no report; leave out --csv, --jsonl, --html and --json',
    });
  }
  const roots = rootsOf(folders, lang);
  const policy = policyFrom(given);
  const passwords = passwordsFrom(given);
  const inventoryFile = given.inventory ?? defaultInventory();
  const keyFile = given.key ?? `${inventoryFile}.key`;
  const asOfMs = asOfOption(given.asOf, Date.now());
  const workers = numberOption('--workers', given.workers, 1, 256) ?? defaultWorkers();
  for (const [file, what] of [
    [inventoryFile, 'inventory'],
    [keyFile, 'key'],
    ...REPORTS.map((name) => [given[name], 'report'] as const),
  ] as const) {
    if (file !== undefined && file !== '-') refuseBelowRoots(file, what, roots);
  }
  checkTargets(given);
  tellMissingLibrary(lang);
  if (given.dryRun) return dryRun(roots, policy, lang);
  makeFolderFor(inventoryFile);
  const store = Store.open(inventoryFile, { alone: true });
  try {
    const key = readKey(keyFile, store.lastRun() === null);
    return await sweepAndReport(composeInventory(store), { roots, policy, key, workers, asOfMs, passwords, given, lang });
  } finally {
    store.close();
  }
}

/** Whatever is wrong with a report's place is told before the sweep. */
export function checkTargets(given: Given): void {
  const named = REPORTS.flatMap((name) => (given[name] === undefined ? [] : [{ name, file: given[name] }]));
  for (const [at, { name, file }] of named.entries()) {
    const same = named.slice(0, at).find((other) => other.file === file || resolve(other.file) === resolve(file));
    if (!same) continue;
    throw new UsageError({
      ja: `--${same.name} と --${name} に同じ場所が指定されています: ${same.file}。別々のファイル名にしてください`,
      en: `--${same.name} and --${name} name the same place: ${same.file}`,
    });
  }
  if (given.json && named.some(({ file }) => file === '-')) {
    throw new UsageError({
      ja: '--json と、標準出力への報告（-）は同時に使えません。報告をファイルに書き出してください',
      en: '--json and a report to standard output (-) would mix; write the report into a file',
    });
  }
  for (const { file } of named) assertWritable(file);
}

interface ScanTask {
  readonly roots: readonly string[];
  readonly policy: Policy;
  readonly key: Uint8Array;
  readonly workers: number;
  readonly asOfMs: number;
  readonly passwords: readonly string[];
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
  const tally = report(inventory, run, policy, stopped, given, lang);
  if (given.quiet !== true && run.complete) tellIdlePatterns(policy, excluded, tally.enumerated, lang);
  const { openViolations, notExamined } = tally;
  const timeLimit = stopped === 'time-limit';
  return exitCode({ violations: openViolations, notExamined, complete: run.complete, interrupted: stopped === 'interrupted', timeLimit });
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
export function report(inventory: Inventory, run: RunInfo, policy: Policy, stopped: Stopped | null, given: Given, lang: Lang): RunTotals {
  const judged = () => judgedEntries(inventory, run.roots, policy, run.asOfMs);
  const tally = new Tally(policy, inventory.persons);
  for (const group of judgedGroups(inventory, run.roots, policy, run.asOfMs)) tally.addGroup(group);
  for (const one of judgedFindings(inventory, run.roots, policy, run.asOfMs)) tally.add(one);
  const totals = tally.totals();
  const shown: RunInfo = { ...run, roots: run.roots.map(showKey) };
  const forms: [ReportForm, string | undefined][] = [
    [csvForm, given.csv],
    [jsonlForm, given.jsonl],
  ];
  for (const [form, file] of forms) if (file !== undefined) writeReport(file, form.write(linesOf(judged()), shown, totals, lang));
  if (given.html !== undefined) {
    const task = { inventory, run: shown, policy, totals, stopped, exposed: tally.exposed(), judged: judged() };
    writeReport(given.html, writeHtml(htmlInput(task), lang));
  }
  if (given.quiet && !given.json) return totals;
  const toStdout = REPORTS.every((name) => given[name] !== '-');
  if (given.json) writeAll(1, Buffer.from(`${JSON.stringify(runFields(shown, totals))}\n`));
  else {
    const stream = toStdout ? process.stdout : process.stderr;
    const input = { run: shown, totals, stopped, exposed: tally.exposed(), ...tally.worst() };
    writeAll(toStdout ? 1 : 2, Buffer.from(renderSummary(input, lang, wantsColor(stream))));
  }
  return totals;
}

function* linesOf(judged: Iterable<{ lines: readonly JudgedFile[] }>): Generator<JudgedFile> {
  for (const { lines } of judged) yield* lines;
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

/** What would be walked: counts of entries and bytes, and what the patterns leave out. No file is opened, nothing is kept. */
function dryRun(roots: readonly string[], policy: Policy, lang: Lang): number {
  const excluded = new Map<string, number>();
  const sums = { folders: 0, files: 0, links: 0, special: 0, unread: 0, bytes: 0 };
  for (const listing of walk(roots, { include: policy.include, exclude: policy.exclude, excluded })) {
    sums.folders++;
    if (listing.problem) sums.unread++;
    for (const entry of listing.entries) {
      if (entry.sort === 'file') {
        sums.files++;
        sums.bytes += entry.stat?.sizeBytes ?? 0;
      } else if (entry.sort === 'link') sums.links++;
      else if (entry.sort === 'special') sums.special++;
      else if (entry.problem) sums.unread++;
    }
  }
  writeAll(1, Buffer.from(cliWords(lang).dryRun(sums, Object.fromEntries(excluded))));
  return sums.unread > 0 ? 3 : 0;
}
