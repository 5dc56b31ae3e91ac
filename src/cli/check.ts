/** `mimawari check`: the same examination for staff. Nothing is kept: the inventory lives in memory, and the key is thrown away. */
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { Store } from '../inventory/store.js';
import type { Finding, JudgedFile } from '../model.js';
import { exitCode } from '../policy/exit-code.js';
import { policyHash } from '../policy/policy.js';
import { RootProblem, UsageError } from '../problem.js';
import { Checklist } from '../report/check.js';
import { showText } from '../report/escape.js';
import { fileFields } from '../report/jsonl.js';
import { FilesHash, passes, renderStamp, type StampInput, stampFormOf } from '../report/stamp.js';
import { showKey } from '../walk/name.js';
import { expandRoots } from '../walk/pattern.js';
import { type Root, RootLost, resolveRoots } from '../walk/roots.js';
import { stampWords } from '../words/stamp.js';
import { existing } from './arguments.js';
import { composeInventory, composeSweep, defaultWorkers, type Inventory } from './compose.js';
import { type Judged, judgedEntries } from './judged.js';
import { wantsColor } from './locale.js';
import { tellMissingLibrary, tellMissingOcr } from './native-note.js';
import { addOptions, asOfOption, type Given, numberOption } from './options.js';
import { assertWritable, writeAll, writeReport } from './output.js';
import { passwordsFrom } from './passwords-option.js';
import { isThere, refuseBelowRoots } from './paths.js';
import { policyFrom, withSite } from './policy-option.js';
import { showProgress } from './progress.js';
import { siteRootsOf } from './site-roots.js';
import { onStopSignal } from './stop-signals.js';
import { Tally } from './tally.js';
import { keptFiles } from './targets.js';
import { programVersion } from './version.js';
import { cliWords } from './words.js';

export function addCheck(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('check').argument('<path...>', say.pathsArgument).description(say.check);
  addOptions(command, ['config', 'policy', 'passwords', 'ocr', 'include', 'exclude', 'stamp', 'workers', 'asOf', 'json', 'lang'], lang);
  command.addHelpText('after', say.checkExamples);
  command.action(async (paths: string[], given: Given) => done(await check(paths, withSite(given, ['passwords', 'ocr', 'workers']), lang)));
}

async function check(paths: readonly string[], given: Given, lang: Lang): Promise<number> {
  const policy = policyFrom(given);
  const asOfMs = asOfOption(given.asOf, Date.now());
  const workers = numberOption('--workers', given.workers, 1, 256) ?? defaultWorkers();
  const passwords = passwordsFrom(given);
  const roots = expandRoots(existing(paths, lang));
  const realRoots = resolveRoots(roots);
  prepareStamp(given, realRoots);
  tellMissingLibrary(lang);
  tellMissingOcr(given.ocr === true, lang);
  const site = siteRootsOf(given);
  const inventory = composeInventory(Store.open(':memory:'));
  const excluded = new Map<string, number>();
  const sweep = composeSweep(inventory, {
    roots,
    policy,
    key: randomBytes(32),
    workers,
    asOfMs,
    passwords,
    ocr: given.ocr === true,
    excluded,
    inSite: site ? { site, patterns: { include: given.include ?? [], exclude: given.exclude ?? [] } } : undefined,
  });
  const endListening = onStopSignal(() => sweep.stop('interrupted'));
  const endProgress = showProgress(sweep.progress, lang, cliWords(lang).checkProgress);
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
  const list = new Checklist(lang, wantsColor(process.stdout));
  const filesHash = new FilesHash();
  let sealed = 0;
  const withRoot = realRoots.length > 1;
  const rootPaths = realRoots.map((root) => root.path);
  const siteFolderOf = site ? (root: string) => site.folderOf(root) : undefined;
  for (const judged of judgedEntries(inventory, rootPaths, policy, asOfMs, { siteFolderOf })) {
    tally.add(judged);
    filesHash.add(judged.lines[0]!);
    if (judged.lines[0]!.verdict === 'sealed') sealed++;
    for (const [file, findings] of withFindings(inventory, judged)) {
      const unread = file.member === null ? unreadMembers(judged) : [];
      const text = list.add({ file, findings, unread, withRoot });
      writeAll(1, Buffer.from(given.json ? `${JSON.stringify(fileFields(file))}\n` : text));
    }
  }
  const complete = end === 'complete';
  if (!given.json) writeAll(1, Buffer.from(list.end(complete)));
  if (given.stamp !== undefined) {
    const folders = realRoots.map(({ path, only }) => ({ folder: showKey(path), only: only && [...only].map(showKey).sort() }));
    const scope = { included: policy.include, excluded: Object.fromEntries(excluded) };
    const facts = { checkedMs: Date.now(), folders, counts: list.counts, sealed, ...scope, version: programVersion() };
    stamp(given.stamp, complete, { ...facts, policyHash: policyHash(policy), filesHash: filesHash.result() }, lang);
  }
  const { openViolations, notExamined } = tally.totals();
  // What is marked ? is not in order, whatever became of the reading.
  return exitCode({
    violations: openViolations,
    notExamined: Math.max(notExamined, list.counts.unknown),
    complete,
    interrupted: !complete,
    timeLimit: false,
  });
}

/** Whatever is wrong with the place of the stamp is told before the check. */
function prepareStamp(given: Given, roots: readonly Root[]): void {
  const { stamp: file, json, asOf } = given;
  if (file === undefined) return;
  if (asOf !== undefined)
    throw new UsageError({
      ja: '--stamp は、いまの状態についての印です。--as-of と同時に使えません',
      en: '--stamp tells how things are now; it does not go with --as-of',
    });
  if (file !== '-' && stampFormOf(file) === null)
    throw new UsageError({
      ja: `--stamp ${file}: 名前は .txt、.html、.json のどれかで終えてください`,
      en: `--stamp ${file}: its name must end in .txt, .html or .json`,
    });
  if (json && file === '-')
    throw new UsageError({
      ja: '--json と --stamp - は、どちらも標準出力に書くので同時に使えません',
      en: '--json and --stamp - would mix on standard output',
    });
  if (file === '-') return;
  const folders = roots.map(({ path }) => path);
  refuseBelowRoots(file, 'stamp', folders);
  assertWritable(file, keptFiles(given));
}

/** Only for what is in order. One that was left by an earlier check stays as it is, with its own date, and is told: it speaks of what was then. */
function stamp(file: string, complete: boolean, input: StampInput, lang: Lang): void {
  const say = stampWords(lang);
  const tell = (text: string) => writeAll(2, Buffer.from(`mimawari: ${text}\n`));
  const passed = complete && passes(input.counts);
  if (!complete) tell(say.withheldIncomplete);
  else if (!passed) tell(input.counts.bad + input.counts.unknown > 0 ? say.withheld : say.withheldEmpty);
  if (!passed) {
    if (file !== '-' && isThere(file)) tell(say.outdated(showText(file)));
  } else {
    writeReport(file, [renderStamp(input, stampFormOf(file) ?? 'text', lang)]);
    if (file !== '-') tell(say.written(showText(file)));
  }
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
