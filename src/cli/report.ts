/** `mimawari report`: the reports of the last sweep, from the inventory alone; the share is not touched. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { withLastRun } from './last-run.js';
import { addOptions, type Given } from './options.js';
import { withSite } from './policy-option.js';
import { report } from './scan.js';
import { checkTargets, REPORT_OPTIONS, refuseReportsBelow } from './targets.js';
import { cliWords } from './words.js';

export function addReport(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('report').description(say.report);
  addOptions(command, [...REPORT_OPTIONS, 'inventory', 'config', 'policy', 'asOf', 'quiet', 'json', 'lang'], lang);
  command.addHelpText('after', say.reportExamples);
  command.action((given: Given) => done(reportLast(withSite(given, ['inventory']), lang)));
}

function reportLast(given: Given, lang: Lang): number {
  return withLastRun(given, lang, ({ inventory, run, policy }) => {
    refuseReportsBelow(given, run.roots);
    checkTargets(given);
    report(inventory, run, policy, run.complete ? null : 'interrupted', given, lang);
    return 0;
  });
}
