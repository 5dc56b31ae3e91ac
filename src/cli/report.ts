/** `mimawari report`: the reports of a sweep, from the inventory alone; the share is not touched. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import type { RunRow, Runs } from '../inventory/runs.js';
import { Store } from '../inventory/store.js';
import { UsageError } from '../problem.js';
import { composeInventory } from './compose.js';
import { addOptions, asOfOption, type Given } from './options.js';
import { defaultInventory, isThere } from './paths.js';
import { policyFrom, withSite } from './policy-option.js';
import { report } from './report-run.js';
import { checkTargets, REPORT_OPTIONS, refuseReportsBelow } from './targets.js';
import { tellExceptions } from './tell-exceptions.js';
import { cliWords } from './words.js';

export function addReport(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('report').description(say.report);
  addOptions(command, ['run', ...REPORT_OPTIONS, 'inventory', 'config', 'policy', 'asOf', 'quiet', 'json', 'lang'], lang);
  command.addHelpText('after', say.reportExamples);
  command.action(async (given: Given) => done(await reportOf(withSite(given, ['inventory']), lang)));
}

async function reportOf(given: Given, lang: Lang): Promise<number> {
  const file = given.inventory ?? defaultInventory();
  const policy = policyFrom(given);
  if (!isThere(file)) throw new UsageError(cliWords(lang).noInventory(file));
  const store = Store.open(file);
  try {
    const inventory = composeInventory(store);
    const last = inventory.runs.last();
    if (!last) throw new UsageError(cliWords(lang).noInventory(file));
    const run = given.run === undefined ? last : runOption(given.run, inventory.runs, file, lang);
    refuseReportsBelow(given, run.roots);
    checkTargets(given);
    const asOfMs = asOfOption(given.asOf, run.asOfMs);
    const { totals } = report({ inventory, run, policy, asOfMs, given, lang, asThen: run.id !== last.id });
    await tellExceptions(totals, policy, asOfMs, given, lang);
    return 0;
  } finally {
    store.close();
  }
}

/**
 * Of the newest run that reached its end, and of those after it, everything is still there; of older ones what files held is not.
 * @throws UsageError for any other run
 */
function runOption(text: string, runs: Runs, file: string, lang: Lang): RunRow {
  const say = cliWords(lang);
  const lastComplete = runs.lastComplete();
  if (text === 'last-complete') {
    if (!lastComplete) throw new UsageError(say.noCompleteRun(file));
    return lastComplete;
  }
  const run = /^\d{1,9}$/u.test(text) ? runs.find(Number(text)) : null;
  if (!run || run.id < Math.max(lastComplete?.id ?? 0, runs.historyBegins())) throw new UsageError(say.runNotKept(text));
  return run;
}
