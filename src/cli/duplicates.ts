/** `mimawari duplicates`: the same list in several places, from the inventory alone; the share is not touched. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { type DuplicateGroup, Duplicates } from '../inventory/duplicates.js';
import type { Outcome } from '../inventory/packed.js';
import type { JudgedFile } from '../model.js';
import { holdsPersonalData } from '../policy/judge.js';
import { compareAge, compareWidth, type DuplicateSet, duplicatesJson, renderDuplicates } from '../report/duplicates.js';
import { createJudge } from './judged.js';
import { withLastRun } from './last-run.js';
import { wantsColor } from './locale.js';
import { addOptions, type Given, numberOption } from './options.js';
import { writeAll } from './output.js';
import { withSite } from './policy-option.js';
import { cliWords } from './words.js';

const TOP = 20;
/** Copies of one list that are held and named; all are counted. */
const COPIES_MAX = 1_000;

export function addDuplicates(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('duplicates').description(say.duplicates);
  addOptions(command, ['top', 'inventory', 'config', 'policy', 'asOf', 'json', 'lang'], lang);
  command.addHelpText('after', say.duplicatesExamples);
  command.action((given: Given) => done(duplicates(withSite(given, ['inventory']), lang)));
}

function duplicates(given: Given, lang: Lang): number {
  const top = numberOption('--top', given.top, 1, 1_000_000);
  return withLastRun(given, lang, ({ inventory, run, policy }) => {
    const { store, entries, persons } = inventory;
    const holds = ({ outcome }: { outcome: number | null }) =>
      outcome !== null &&
      holdsPersonalData({ content: { ...store.value<Outcome>('outcome', outcome), contentHash: null, fromPath: false } });
    const found = new Duplicates(entries, persons, run.roots, holds);
    const groups = found.groups();
    const shown = groups.slice(0, top ?? (given.json ? groups.length : TOP));
    const gathered = new Map(shown.map((group) => [group.key, new Gathered(group)]));
    const judgeOne = createJudge(inventory, policy, run.asOfMs);
    for (const { key, entry } of found.files(new Set(gathered.keys()))) gathered.get(key)!.add(judgeOne(entry).lines[0]!);
    const sets = [...gathered.values()].map((one) => one.set());
    const input = { complete: run.complete, sets, more: groups.length - shown.length, hasManyRoots: run.roots.length > 1 };
    if (given.json) for (const line of duplicatesJson(input)) writeAll(1, Buffer.from(line));
    else writeAll(1, Buffer.from(renderDuplicates(input, lang, wantsColor(process.stdout))));
    return 0;
  });
}

/** The files of one group, with the oldest and the one that most can read; among equals the first by path. */
class Gathered {
  private readonly files: JudgedFile[] = [];
  private oldest: JudgedFile | null = null;
  private widest: JudgedFile | null = null;

  constructor(private readonly group: DuplicateGroup) {}

  add(file: JudgedFile): void {
    if (this.oldest === null || compareAge(file, this.oldest) > 0) this.oldest = file;
    if (this.widest === null || compareWidth(file, this.widest) > 0) this.widest = file;
    if (this.files.length < COPIES_MAX) this.files.push(file);
  }

  set(): DuplicateSet {
    const { files: count, persons, contents } = this.group;
    return { count, persons, contents, files: this.files, oldest: this.oldest!, widest: this.widest! };
  }
}
