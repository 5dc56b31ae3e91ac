/** `mimawari diff`: what became of the violations since an earlier run, and how many there were from run to run. The share is not touched. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import type { RunRow } from '../inventory/runs.js';
import { Store } from '../inventory/store.js';
import { UsageError } from '../problem.js';
import { changeLine, changesLine, renderChanges } from '../report/changes.js';
import { renderTrend, trendLine } from '../report/trend.js';
import { changesBetween, runsOfSameRoots, usualBase } from './compare-runs.js';
import { composeInventory, type Inventory } from './compose.js';
import { departmentsFrom } from './departments.js';
import { wantsColor } from './locale.js';
import { addOptions, dayOption, type Given } from './options.js';
import { writeAll } from './output.js';
import { defaultInventory, isThere } from './paths.js';
import { policyFrom, withSite } from './policy-option.js';
import { cliWords } from './words.js';

/** Runs of the trend when nothing else is asked for. */
const TREND_RUNS = 30;

export function addDiff(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('diff').description(say.diff);
  addOptions(command, ['since', 'trend', 'inventory', 'config', 'policy', 'json', 'lang'], lang);
  command.addHelpText('after', say.diffExamples);
  command.action((given: Given) => done(diff(withSite(given, ['inventory']), lang)));
}

function diff(given: Given, lang: Lang): number {
  const file = given.inventory ?? defaultInventory();
  const policy = policyFrom(given);
  if (!isThere(file)) throw new UsageError(cliWords(lang).noInventory(file));
  const store = Store.open(file);
  try {
    const inventory = composeInventory(store);
    const newest = inventory.runs.last();
    if (!newest) throw new UsageError(cliWords(lang).noInventory(file));
    if (given.trend) return trend(inventory, given, lang);
    const runs = runsOfSameRoots(inventory, newest);
    const base = baseOf(runs, newest, inventory.runs.historyBegins(), given.since, lang);
    const departments = departmentsFrom(given, newest.roots);
    const input = changesBetween(inventory, policy, { runs, newest, base, departments }, (changed) => {
      if (given.json) writeAll(1, Buffer.from(changeLine(changed)));
    });
    writeAll(1, Buffer.from(given.json ? changesLine(input) : renderChanges(input, lang, wantsColor(process.stdout))));
    return input.counts.new + input.counts.recurred > input.excepted ? 1 : 0;
  } finally {
    store.close();
  }
}

/**
 * The earlier of the two runs: by default the newest one before the last that reached its end, else the one before; null when there is none. By day: the
 * last run that began on or before it, else the oldest.
 * @throws UsageError for a run that is not kept, and for one that is not earlier
 */
function baseOf(runs: readonly RunRow[], newest: RunRow, historyBegins: number, since: string | undefined, lang: Lang): RunRow | null {
  const earlier = runs.filter(({ id }) => id < newest.id);
  if (since === undefined) return usualBase(runs, newest);
  if (/^\d{1,9}$/u.test(since)) {
    const run = earlier.find(({ id }) => id === Number(since));
    if (!run) throw new UsageError(cliWords(lang).noSuchEarlierRun(since, historyBegins));
    return run;
  }
  const endMs = dayOption('--since', since);
  return earlier.findLast(({ startedMs }) => startedMs <= endMs) ?? earlier[0] ?? null;
}

function trend({ runs }: Inventory, given: Given, lang: Lang): number {
  const endMs = given.since === undefined || /^\d{1,9}$/u.test(given.since) ? null : dayOption('--since', given.since) - 86_399_999;
  const all = runs.all();
  const shown =
    given.since === undefined
      ? all.slice(-TREND_RUNS)
      : all.filter(({ id, startedMs }) => (endMs === null ? id >= Number(given.since) : startedMs >= endMs));
  if (given.json) for (const run of shown) writeAll(1, Buffer.from(trendLine(run)));
  else writeAll(1, Buffer.from(renderTrend(shown, lang, wantsColor(process.stdout))));
  return 0;
}
