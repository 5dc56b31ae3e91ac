/** `mimawari declared`: the departments' answers against the last sweep, from the inventory alone. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { declaredCsv, declaredJson, renderDeclared, verdictOf } from '../report/declared.js';
import { showKey } from '../walk/name.js';
import { DeclaredSums } from './declared-sums.js';
import { judgedFindings } from './judged.js';
import { withLastRun } from './last-run.js';
import { wantsColor } from './locale.js';
import { addOptions, type Given } from './options.js';
import { assertWritable, writeAll, writeReport } from './output.js';
import { refuseBelowRoots } from './paths.js';
import { withSite } from './policy-option.js';
import { leakByDepartment } from './reports.js';
import { keptFiles } from './targets.js';
import { evidenceCliWords } from './words-evidence.js';

export function addDeclared(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = evidenceCliWords(lang);
  const command = program.command('declared').argument('<answers...>', say.answersArgument).description(say.declared);
  addOptions(command, ['csv', 'json', 'inventory', 'config', 'policy', 'asOf', 'lang'], lang);
  command.addHelpText('after', say.declaredExamples);
  command.action(async (files: string[], given: Given) => done(await declared(files, withSite(given, ['inventory']), lang)));
}

async function declared(files: readonly string[], given: Given, lang: Lang): Promise<number> {
  // Loaded here, because it brings all readers with it, which no other command has in this process.
  const { readAnswers } = await import('./answers.js');
  const answers = (await Promise.all(files.map(readAnswers))).flat();
  return withLastRun(given, lang, ({ inventory, run, policy, departments }) => {
    if (given.csv !== undefined) {
      if (given.csv !== '-') refuseBelowRoots(given.csv, 'report', run.roots);
      assertWritable(given.csv, keptFiles(given, files));
    }
    const sums = new DeclaredSums(answers, departments, policy);
    const folders = run.roots.flatMap((root) =>
      inventory.entries.topFolders(root).map((name) => ({ root: showKey(root), path: `${showKey(name)}/x` })),
    );
    const names = departments.names ?? folders.map((place) => departments.of({ ...place, entry: 'file' }));
    for (const name of names) sums.addName(name);
    for (const one of judgedFindings(inventory, run.roots, policy, run.asOfMs)) sums.add(one);
    const leak = leakByDepartment({ inventory, run, policy, departments });
    const input = { departments: sums.result(leak), run: { ...run, roots: run.roots.map(showKey) } };
    if (given.csv !== undefined) writeReport(given.csv, declaredCsv(input, lang));
    if (given.csv !== '-')
      writeAll(1, Buffer.from(given.json ? declaredJson(input) : renderDeclared(input, lang, wantsColor(process.stdout))));
    return verdictOf(input.departments).contradicted > 0 ? 1 : 0;
  });
}
