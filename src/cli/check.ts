/** `mimawari check`: the same examination for staff. Nothing is kept: the inventory lives in memory, and the key is thrown away. */
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { Store } from '../inventory/store.js';
import type { Finding, JudgedFile } from '../model.js';
import { exitCode } from '../policy/exit-code.js';
import { RootProblem, UsageError } from '../problem.js';
import { markOf, noMarks, renderCheckedFile, renderCheckTotal } from '../report/check.js';
import { fileFields } from '../report/jsonl.js';
import { expandRoots } from '../walk/pattern.js';
import { RootLost, resolveRoots } from '../walk/roots.js';
import { existing } from './arguments.js';
import { composeInventory, composeSweep, defaultWorkers, type Inventory } from './compose.js';
import { type Judged, judgedEntries } from './judged.js';
import { wantsColor } from './locale.js';
import { tellMissingLibrary } from './native-note.js';
import { addOptions, asOfOption, type Given, numberOption } from './options.js';
import { writeAll } from './output.js';
import { passwordsFrom } from './passwords-option.js';
import { policyFrom, withSite } from './policy-option.js';
import { showProgress } from './progress.js';
import { onStopSignal } from './stop-signals.js';
import { Tally } from './tally.js';
import { cliWords } from './words.js';

export function addCheck(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('check').argument('<path...>', say.pathsArgument).description(say.check);
  addOptions(command, ['config', 'policy', 'passwords', 'ocr', 'include', 'exclude', 'workers', 'asOf', 'json', 'lang'], lang);
  command.addHelpText('after', say.checkExamples);
  command.action(async (paths: string[], given: Given) => done(await check(paths, withSite(given, ['passwords', 'ocr', 'workers']), lang)));
}

async function check(paths: readonly string[], given: Given, lang: Lang): Promise<number> {
  const policy = policyFrom(given);
  const asOfMs = asOfOption(given.asOf, Date.now());
  const workers = numberOption('--workers', given.workers, 1, 256) ?? defaultWorkers();
  const passwords = passwordsFrom(given);
  const roots = expandRoots(existing(paths, lang));
  tellMissingLibrary(lang);
  const inventory = composeInventory(Store.open(':memory:'));
  const sweep = composeSweep(inventory, {
    roots,
    policy,
    key: randomBytes(32),
    workers,
    asOfMs,
    passwords,
    ocr: given.ocr === true,
    excluded: new Map(),
  });
  const endListening = onStopSignal(() => sweep.stop('interrupted'));
  const endProgress = showProgress(sweep.progress, lang);
  let end: string;
  try {
    end = await sweep.run();
  } catch (error) {
    if (error instanceof RootLost || error instanceof RootProblem)
      throw new UsageError(
        error instanceof RootProblem ? cliWords(lang).rootUnread(error.root, error.code) : cliWords(lang).pathLost(error.root),
      );
    throw error;
  } finally {
    endProgress();
    endListening();
  }
  const tally = new Tally(policy, inventory.persons);
  const counts = noMarks();
  const color = wantsColor(process.stdout);
  const realRoots = resolveRoots(roots).map((root) => root.path);
  const withRoot = realRoots.length > 1;
  for (const judged of judgedEntries(inventory, realRoots, policy, asOfMs)) {
    tally.add(judged);
    for (const [file, findings] of withFindings(inventory, judged)) {
      if (file.member === null) counts[markOf(file)]++;
      const unread = file.member === null ? unreadMembers(judged) : [];
      writeAll(
        1,
        Buffer.from(
          given.json ? `${JSON.stringify(fileFields(file))}\n` : renderCheckedFile({ file, findings, unread, withRoot }, lang, color),
        ),
      );
    }
  }
  if (!given.json) writeAll(1, Buffer.from(renderCheckTotal(counts, lang, color)));
  const { openViolations, notExamined } = tally.totals();
  return exitCode({
    violations: openViolations,
    notExamined,
    complete: end === 'complete',
    interrupted: end !== 'complete',
    timeLimit: false,
  });
}

/** Names of the members that are told on lines of their own because they could not be read whole. */
function unreadMembers({ lines }: Judged): string[] {
  const isUnread = ({ content }: JudgedFile) => content.examined === 'none' || content.examined === 'partial';
  return lines.flatMap((line) => (line.member !== null && isUnread(line) ? [line.member] : []));
}

/** Each line with its masked examples. */
function withFindings(inventory: Inventory, { lines, entry }: Judged): [JudgedFile, readonly Finding[]][] {
  if (entry.content === null) return lines.map((file) => [file, []]);
  const members = lines.length > 1 ? inventory.contents.members(entry.content) : [];
  const own = inventory.contents.findings(entry.content);
  return lines.map((file, i) => [file, i === 0 ? own : (members[i - 1]?.content.findings ?? [])]);
}
