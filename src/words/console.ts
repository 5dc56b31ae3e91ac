/** The sentences of the console summary and of explain: one table a language with the same keys. */
import type { Lang } from '../../detectors/contract.js';
import { consoleEn } from './console-en.js';
import { consoleJa } from './console-ja.js';

/** Why a run ended before its end. */
export type Stopped = 'interrupted' | 'time-limit' | 'root-lost';

export interface ConsoleWords {
  readonly title: string;
  readonly roots: string;
  readonly started: string;
  readonly asOf: string;
  readonly state: string;
  readonly complete: string;
  readonly stopped: Readonly<Record<Stopped | 'unknown', string>>;
  took(seconds: number): string;
  readonly byVerdict: string;
  readonly byExamined: string;
  readonly byProblem: string;
  readonly byProblemNote: string;
  readonly sum: string;
  sumIsEnumerated(enumerated: string): string;
  sumDiffers(enumerated: string): string;
  members(count: string): string;
  excepted(count: string): string;
  readonly leak: string;
  readonly records: string;
  readonly exposedRecords: string;
  readonly persons: string;
  readonly nothingFound: string;
  readonly worstFolders: string;
  readonly worstFiles: string;
  readonly risk: string;
  readonly folder: string;
  readonly file: string;
  readonly violations: string;
  readonly reasons: string;
  readonly rootFolder: string;
  days(days: string): string;
  readonly excluded: string;
  readonly next: string;
  readonly nextStopped: string;
  readonly nextViolations: string;
  readonly nextNotExamined: string;
  readonly nextClean: string;
  readonly explain: {
    readonly verdict: string;
    readonly found: string;
    readonly nothing: string;
    readonly inMembers: string;
    readonly dropped: string;
    readonly place: string;
    readonly kind: string;
    readonly confidence: string;
    readonly value: string;
    readonly why: string;
    more(count: string): string;
    readonly moreUnknown: string;
  };
}

const tables: Readonly<Record<Lang, ConsoleWords>> = { ja: consoleJa, en: consoleEn };

export function consoleWords(lang: Lang): ConsoleWords {
  return tables[lang];
}
