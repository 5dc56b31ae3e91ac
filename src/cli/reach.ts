/** `mimawari reach`: what leaks if an account, or the terminal it uses, is taken over. From the inventory alone; the share is not touched. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { countReach } from '../inventory/reach.js';
import { Store } from '../inventory/store.js';
import type { ReachLine } from '../parts.js';
import { UsageError } from '../problem.js';
import { type ReachInput, reachJson, renderReach, renderReachOf } from '../report/reach.js';
import { showKey } from '../walk/name.js';
import { composeInventory, type Inventory } from './compose.js';
import { wantsColor } from './locale.js';
import { addOptions, type Given, numberOption } from './options.js';
import { writeAll } from './output.js';
import { defaultInventory, isThere } from './paths.js';
import { reachAs, reachList, wholeReach } from './reach-lines.js';
import { cliWords } from './words.js';

const TOP = 20;
/** Lines of the summary. */
const SUMMARY_TOP = 3;

export function addReach(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('reach').description(say.reach);
  addOptions(command, ['as', 'top', 'inventory', 'json', 'lang'], lang);
  command.addHelpText('after', say.reachExamples);
  command.action((given: Given) => done(reach(given, lang)));
}

/** Those who read most, for the summary: nobody where no personal data is read by anybody. */
export function topReach({ store, persons, readers }: Inventory, roots: readonly string[]): ReachLine[] {
  const lines = reachList(countReach(store, persons, readers, roots));
  return lines.filter((line) => line.proven.persons > 0).slice(0, SUMMARY_TOP);
}

function reach(given: Given, lang: Lang): number {
  const file = given.inventory ?? defaultInventory();
  const top = numberOption('--top', given.top, 1, 1_000_000);
  if (!isThere(file)) throw new UsageError(cliWords(lang).noInventory(file));
  const store = Store.open(file);
  try {
    const { runs, entries, persons, readers } = composeInventory(store);
    const last = runs.last();
    if (!last) throw new UsageError(cliWords(lang).noInventory(file));
    const counted = countReach(store, persons, readers, null);
    const roots = entries.roots().map(showKey);
    const { total, filesUntold } = counted;
    const base = { roots, startedMs: last.startedMs, complete: last.complete, total, filesUntold };
    if (given.as !== undefined) {
      const lines = linesAs(given.as, counted, lang);
      show({ ...base, lines, more: 0, likeEverybody: 0 }, true, given, lang);
      return 0;
    }
    const lines = given.json ? wholeReach(counted) : reachList(counted);
    const shown = top ?? (given.json ? lines.length : TOP);
    const likeEverybody = counted.asEverybody.filter(({ kind }) => kind === 'account' || kind === 'service').length;
    show({ ...base, lines: lines.slice(0, shown), more: Math.max(0, lines.length - shown), likeEverybody }, false, given, lang);
    return 0;
  } finally {
    store.close();
  }
}

function linesAs(asked: string, counted: Parameters<typeof reachAs>[1], lang: Lang): ReachLine[] {
  const lines = reachAs(asked, counted);
  if ('alike' in lines) throw new UsageError(cliWords(lang).noSuchPrincipal(asked, lines.alike));
  return lines;
}

function show(input: ReachInput, inDetail: boolean, given: Given, lang: Lang): void {
  if (given.json) {
    for (const line of reachJson(input)) writeAll(1, Buffer.from(line));
    return;
  }
  const color = wantsColor(process.stdout);
  const texts = inDetail ? input.lines.map((line) => renderReachOf(line, input, lang, color)) : [renderReach(input, lang, color)];
  writeAll(1, Buffer.from(texts.join('\n')));
}
