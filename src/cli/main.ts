/** The command line: commands, errors and exit codes. Nothing is read before every option has been understood. */
import { Command, CommanderError } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { inventoryTrouble } from '../inventory/opening-failure.js';
import { markDamaged } from '../inventory/recovery.js';
import { Store } from '../inventory/store.js';
import { ProgramFault, UsageError } from '../problem.js';
import { showSentence } from '../report/escape.js';
import { addAccess } from './access.js';
import { addCheck } from './check.js';
import { addCompletion } from './completion.js';
import { addDeclared } from './declared.js';
import { addDiff } from './diff.js';
import { addDoctor } from './doctor/doctor.js';
import { addDuplicates } from './duplicates.js';
import { addExplain } from './explain.js';
import { addHistory } from './history.js';
import { addInit } from './init.js';
import { addLeak } from './leak.js';
import { chooseLang, localeLang } from './locale.js';
import { addOptions, type Given } from './options.js';
import { writeAll } from './output.js';
import { configuredLang } from './policy-option.js';
import { addReach } from './reach.js';
import { addReport } from './report.js';
import { addScan } from './scan.js';
import { tellFailure } from './telling-failure.js';
import { usageText } from './usage-words.js';
import { addKeygen, addVerify } from './verify.js';
import { programVersion, versionText } from './version.js';
import { cliWords } from './words.js';

export { checkDropped } from './check-dropped.js';

/** In the order of the help. */
const COMMANDS = [
  addScan,
  addCheck,
  addReport,
  addLeak,
  addDeclared,
  addVerify,
  addKeygen,
  addDiff,
  addHistory,
  addDuplicates,
  addExplain,
  addAccess,
  addReach,
  addDoctor,
  addInit,
  addCompletion,
];

const EXIT_USAGE = 2;
const EXIT_FAULT = 70;

/** Returns the exit code of CONTRACT.md; prints to standard output and standard error, throws nothing. */
export async function main(args: readonly string[]): Promise<number> {
  const startedMs = Date.now();
  let code = 0;
  let lang: Lang = localeLang();
  try {
    lang = chooseLang(optionValue(args, '--lang') ?? configuredLang(optionValue(args, '--config')));
    const wantsVersion = args.some((arg) => arg === '-V' || arg === '--version');
    const done = (exit: number): void => {
      code = exit;
    };
    const top = commandLine(lang, done, wantsVersion ? versionText(lang) : programVersion());
    await top.parseAsync(understood(args, top), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      await tellMisread(args, new UsageError(usageText(error.message, lang)), startedMs, lang);
      return EXIT_USAGE;
    }
    if (error instanceof UsageError) return told(`mimawari: ${showSentence(error.told[lang])}`, EXIT_USAGE);
    const trouble = inventoryTrouble(error, Store.lastOpened);
    if (trouble) {
      if (trouble === 'damagedInventory' && Store.lastOpened !== null) markDamaged(Store.lastOpened);
      return told(`mimawari: ${cliWords(lang)[trouble]}`, EXIT_USAGE);
    }
    if (error instanceof ProgramFault) return told(`mimawari: ${showSentence(`${error.told[lang]}\n${error.detail}`)}`, EXIT_FAULT);
    return told(`mimawari: ${cliWords(lang).fault}\n${faultTrace(error)}`, EXIT_FAULT);
  }
}

/** All commands with their options, ready to parse. `done` takes the exit code. */
export function commandLine(lang: Lang, done: (code: number) => void, version = programVersion()): Command {
  const say = cliWords(lang);
  const top = new Command('mimawari').description(say.description).version(version, '-V, --version', say.versionOption);
  top.exitOverride().showHelpAfterError(say.seeHelp).addHelpText('after', say.examples);
  addOptions(top, ['lang'], lang).helpOption('-h, --help', say.helpOption).helpCommand('help [command]', say.helpCommand);
  top.configureHelp({ styleTitle: (title) => say.helpTitles[title] ?? title });
  top.configureOutput({
    writeOut: (text) => writeAll(1, Buffer.from(text)),
    writeErr: (text) => writeAll(2, Buffer.from(text)),
    outputError: (text, write) => write(showSentence(usageText(text, lang))),
  });
  for (const add of COMMANDS) add(top, lang, done);
  for (const command of top.commands) command.copyInheritedSettings(top);
  return top;
}

/** Without a call for help on a command that there is not: commander would show the general help and call that a success. */
function understood(args: readonly string[], top: Command): readonly string[] {
  const name = args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '--lang');
  const isKnown = name === undefined || name === 'help' || top.commands.some((command) => command.name() === name);
  return isKnown ? args : args.filter((arg) => arg !== '-h' && arg !== '--help');
}

/** A scheduled sweep whose command line can't be understood, as after an update, is a night that could not run, too. */
async function tellMisread(args: readonly string[], error: UsageError, startedMs: number, lang: Lang): Promise<void> {
  const config = optionValue(args, '--config');
  if (args[0] !== 'scan' || config === undefined || args.includes('--dry-run')) return;
  const given = { config, ...(args.includes('--without-mail') && { withoutMail: true }) } as Given;
  await tellFailure(error, [], startedMs, given, lang);
}

/** What an option is given. The language is needed before the options are parsed, because the help is in it. */
function optionValue(args: readonly string[], flag: string): string | undefined {
  const at = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  if (at < 0) return undefined;
  return args[at]!.includes('=') ? args[at]!.slice(flag.length + 1) : args[at + 1];
}

function told(text: string, code: number): number {
  writeAll(2, Buffer.from(`${text}\n`));
  return code;
}

/** Class and places only: the message of an unforeseen error may quote a file. */
function faultTrace(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return [error.name, ...places.slice(0, 8)].join('\n');
}
