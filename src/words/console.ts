/** The sentences of the console summary and of explain: one table a language with the same keys. */
import type { Lang } from '../../detectors/contract.js';
import type { RetentionBasis, RiskFactors, RunStop } from '../model.js';
import { consoleEn } from './console-en.js';
import { consoleJa } from './console-ja.js';

export interface ConsoleWords {
  readonly title: string;
  readonly roots: string;
  readonly started: string;
  readonly asOf: string;
  readonly state: string;
  readonly complete: string;
  readonly stopped: Readonly<Record<RunStop | 'unknown', string>>;
  /** Of a run that did not reach its end: what of all that is known it looked at. */
  readonly coverage: string;
  /** Between two sentences on one line. */
  readonly sentenceEnd: string;
  readonly coverageUnknown: string;
  /** `atMost`: there are folders of which nobody knows how much they hold. */
  /** Where the known files say nothing of what is missing. @param isRootLost whether folders to be swept were out of reach. */
  lookedAtKnown(looked: string, known: string, isRootLost: boolean): string;
  lookedAt(looked: string, known: string, percent: number, atMost: boolean): string;
  /** Behind it: folders that no run has opened yet. */
  unopenedFolders(count: string): string;
  earlierResults(run: number, started: string): string;
  /** No run has been complete, but earlier ones looked at some of the rest. */
  readonly earlierParts: string;
  readonly noEarlierResults: string;
  took(seconds: number): string;
  readonly byVerdict: string;
  readonly byExamined: string;
  readonly byProblem: string;
  readonly byProblemNote: string;
  readonly sum: string;
  sumIsEnumerated(enumerated: string): string;
  /** Of a run that did not reach its end: the sum is of what is known, not of what is there. */
  readonly sumSoFar: string;
  /** Likewise, where earlier runs looked at what it did not. */
  readonly sumWithEarlier: string;
  /** `files`: a written number of those with personal data. */
  staleByDocument(files: string): string;
  sumDiffers(enumerated: string): string;
  members(count: string): string;
  excepted(count: string): string;
  readonly leak: string;
  readonly records: string;
  readonly exposedRecords: string;
  readonly persons: string;
  readonly nothingFound: string;
  readonly nothingFoundSoFar: string;
  readonly worstFolders: string;
  readonly worstFiles: string;
  readonly risk: string;
  readonly folder: string;
  readonly file: string;
  readonly violations: string;
  readonly reasons: string;
  /** Behind the worst files: violations that are not shown. */
  moreFiles(count: string): string;
  readonly rootFolder: string;
  days(days: string): string;
  readonly excluded: string;
  readonly manners: string;
  /** `files`: a written number of them. */
  accessTimesMoved(files: string): string;
  readAgain(files: string): string;
  rested(seconds: string): string;
  readonly next: string;
  readonly nextStopped: string;
  readonly nextViolations: string;
  readonly nextNotExamined: string;
  /** All violations are excepted; `files` is a written number of them. */
  nextExcepted(files: string): string;
  readonly nextClean: string;
  readonly explain: {
    readonly verdict: string;
    readonly found: string;
    readonly nothing: string;
    /** Instead of it, where nothing or only a part was read. */
    readonly unread: string;
    readonly nothingInPart: string;
    readonly inMembers: string;
    readonly dropped: string;
    readonly place: string;
    readonly kind: string;
    readonly confidence: string;
    readonly value: string;
    readonly why: string;
    /** The factors of a risk above 0. */
    readonly factors: Readonly<Record<keyof RiskFactors, string>>;
    readonly riskInside: string;
    /** What a document tells of itself; days, '' where it tells none. */
    documentDates(created: string, saved: string): string;
    /** The age by which a file was judged: a written number of days, null when it is not known; `limit` likewise, null without one. */
    age(days: string | null, basis: RetentionBasis, limit: string | null, rule: string, state: string): string;
    /** The business year that names on the path tell; `by`: which name. */
    businessYear(year: string, by: string): string;
    readonly staleByDocument: string;
    /** Of a container: the file inside whose retention it tells. */
    retentionInside(member: string): string;
    more(count: string): string;
    readonly moreUnknown: string;
  };
}

const tables: Readonly<Record<Lang, ConsoleWords>> = { ja: consoleJa, en: consoleEn };

export function consoleWords(lang: Lang): ConsoleWords {
  return tables[lang];
}
