/** The sentences of the command line itself, in both languages; the compiler holds the tables together. */
import type { Lang } from '../../detectors/contract.js';
import type { Lost } from '../inventory/recovery.js';
import type { SweepProgress } from '../scan/sweep-words.js';
import { cliEn } from './words-en.js';
import { cliJa } from './words-ja.js';

export interface DryRunSums {
  readonly folders: number;
  readonly files: number;
  readonly links: number;
  readonly special: number;
  readonly unread: number;
  readonly bytes: number;
}

export interface CliWords {
  readonly description: string;
  readonly examples: string;
  readonly seeHelp: string;
  readonly helpOption: string;
  readonly helpCommand: string;
  readonly versionOption: string;
  /** What decides results, a line each: program, inventory's schema, dictionaries, runtime. */
  versionLines(program: string, schema: number, dictionaries: string, runtime: string): readonly string[];
  /** Of the parts of the help; commander's own where one is missing. */
  readonly helpTitles: Readonly<Record<string, string>>;
  readonly scan: string;
  readonly scanExamples: string;
  readonly check: string;
  readonly checkExamples: string;
  readonly report: string;
  readonly reportExamples: string;
  readonly diff: string;
  readonly diffExamples: string;
  readonly history: string;
  readonly historyExamples: string;
  readonly historyArgument: string;
  noSuchEarlierRun(run: string, from: number): string;
  notInInventory(file: string): string;
  /** Null: it fits no pattern of `include`. */
  isLeftOut(pattern: string | null): string;
  readonly duplicates: string;
  readonly duplicatesExamples: string;
  readonly explain: string;
  readonly explainExamples: string;
  readonly access: string;
  readonly accessExamples: string;
  readonly reach: string;
  readonly reachExamples: string;
  readonly doctor: string;
  readonly doctorExamples: string;
  readonly init: string;
  readonly initExamples: string;
  readonly foldersArgument: string;
  readonly pathsArgument: string;
  readonly fileArgument: string;
  readonly policyArgument: string;
  readonly accessFileArgument: string;
  /** @param like names that are known and read alike. */
  noSuchPrincipal(asked: string, like: readonly string[]): string;
  notBelow(file: string, root: string): string;
  readonly noFolder: string;
  readonly noSuchFile: string;
  readonly noSuchPath: string;
  readonly emptyName: string;
  readonly namesStream: string;
  readonly noNativeLibrary: string;
  /** `archive`: the part to unpack into a bundle; null for an installation by npm. */
  noOcr(archive: string | null): string;
  readonly nothingIncluded: string;
  readonly nothingThere: string;
  readonly inventoryDiskFull: string;
  readonly inventoryUnreadable: string;
  readonly damagedInventory: string;
  putAside(file: string, lost: Lost): string;
  unknownGroups(names: readonly string[]): string;
  /** @param files that are read again; 0 for none */
  wordsChanged(files: number): string;
  /** @param folder of a rule under `concerned`, as the policy writes it. */
  idleConcerned(folder: string): string;
  /** @param isOption whether the command line said it, and not a configuration or policy. */
  idlePattern(pattern: string, isOption: boolean): string;
  rootMissing(root: string): string;
  rootUnread(root: string, code: string): string;
  pathLost(path: string): string;
  readonly notAFile: string;
  readonly fault: string;
  fileAsRoot(folder: string): string;
  rootLost(root: string): string;
  rootReplaced(root: string): string;
  runNotKept(run: string): string;
  noCompleteRun(file: string): string;
  noInventory(file: string): string;
  policyExists(file: string): string;
  policyWritten(file: string): string;
  /** `failed` of `all` mails; `codes`: what the server or the way to it said. */
  mailFailed(failed: number, all: number, server: string, codes: string): string;
  progress(progress: SweepProgress, seconds: number): string;
  /** For staff. */
  checkProgress(progress: SweepProgress, seconds: number): string;
  dryRun(sums: DryRunSums, excluded: Readonly<Record<string, number>>): string;
}

const tables: Readonly<Record<Lang, CliWords>> = { ja: cliJa, en: cliEn };

export function cliWords(lang: Lang): CliWords {
  return tables[lang];
}
