/** `mimawari declared`: the departments' answers against the last sweep, from the inventory alone. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { declaredCsv, declaredJson, renderDeclared, verdictOf } from '../report/declared.js';
import { showKey } from '../walk/name.js';
import { runsOfSameRoots } from './compare-runs.js';
import { DeclaredDays } from './declared-days.js';
import { DeclaredSums } from './declared-sums.js';
import { judgedFindings } from './judged.js';
import { withLastRun } from './last-run.js';
import { wantsColor } from './locale.js';
import { addOptions, type Given } from './options.js';
import { writeAll } from './output.js';
import { withSite } from './policy-option.js';
import { leakByDepartment } from './reports.js';
import { checkTable, writeTable } from './table-report.js';
import { evidenceCliWords } from './words-evidence.js';

export function addDeclared(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = evidenceCliWords(lang);
  const command = program.command('declared').argument('<answers...>', say.answersArgument).description(say.declared);
  addOptions(command, ['csv', 'sign', 'json', 'inventory', 'config', 'policy', 'asOf', 'lang'], lang);
  command.addHelpText('after', say.declaredExamples);
  command.action(async (files: string[], given: Given) => done(await declared(files, withSite(given, ['inventory']), lang)));
}

async function declared(files: readonly string[], given: Given, lang: Lang): Promise<number> {
  // Loaded here, because it brings all readers with it, which no other command has in this process.
  const { readAnswers } = await import('./answers.js');
  const unused = new Set<string>();
  const answers = (await Promise.all(files.map((file) => readAnswers(file, (heading) => void unused.add(heading))))).flat();
  return withLastRun(given, lang, (last) => {
    const { inventory, run, policy, departments } = last;
    checkTable(given, run.roots, files);
    const runs = runsOfSameRoots(inventory, inventory.runs.find(run.id)!);
    const days = new DeclaredDays(
      answers.map(({ day }) => day),
      inventory,
      runs,
      departments,
      policy,
    );
    const sums = new DeclaredSums(answers, departments, days);
    for (const one of judgedFindings(inventory, run.roots, policy, run.asOfMs)) sums.add(one);
    const leak = leakByDepartment({ inventory, run, policy, departments });
    const input = { departments: sums.result(leak), run: { ...run, roots: run.roots.map(showKey) }, unusedColumns: [...unused] };
    if (given.csv !== undefined) writeTable('declared', declaredCsv(input, lang), last, given, lang);
    if (given.csv !== '-')
      writeAll(1, Buffer.from(given.json ? declaredJson(input) : renderDeclared(input, lang, wantsColor(process.stdout))));
    const { contradicted, unchecked } = verdictOf(input.departments);
    return contradicted > 0 ? 1 : unchecked > 0 ? 3 : 0;
  });
}
