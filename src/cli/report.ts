/** `mimawari report`: the reports of the last sweep, from the inventory alone; the share is not touched. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { Store } from '../inventory/store.js';
import type { RunInfo } from '../parts.js';
import { policyHash } from '../policy/policy.js';
import { UsageError } from '../problem.js';
import { composeInventory } from './compose.js';
import { addOptions, asOfOption, type Given } from './options.js';
import { defaultInventory, isThere, refuseBelowRoots } from './paths.js';
import { policyFrom } from './policy-option.js';
import { checkTargets, report } from './scan.js';
import { cliWords } from './words.js';

export function addReport(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('report').description(say.report);
  addOptions(command, ['csv', 'jsonl', 'html', 'inventory', 'policy', 'asOf', 'quiet', 'json', 'lang'], lang);
  command.addHelpText('after', say.reportExamples);
  command.action((given: Given) => done(reportLast(given, lang)));
}

function reportLast(given: Given, lang: Lang): number {
  const file = given.inventory ?? defaultInventory();
  const policy = policyFrom(given);
  if (!isThere(file)) throw new UsageError(cliWords(lang).noInventory(file));
  const store = Store.open(file);
  try {
    const last = store.lastRun();
    if (!last) throw new UsageError(cliWords(lang).noInventory(file));
    checkTargets(given);
    for (const out of [given.csv, given.jsonl, given.html])
      if (out !== undefined && out !== '-') refuseBelowRoots(out, 'report', last.roots);
    const asOfMs = asOfOption(given.asOf, last.asOfMs);
    const run: RunInfo = { ...last, endedMs: last.endedMs ?? last.startedMs, asOfMs, policyHash: policyHash(policy) };
    report(composeInventory(store), run, policy, last.complete ? null : 'interrupted', given, lang);
    return 0;
  } finally {
    store.close();
  }
}
