/** The sentences of diff and history: one table a language with the same keys. */
import type { Lang } from '../../detectors/contract.js';
import type { Change, RetentionBasis } from '../model.js';
import { changesEn } from './changes-en.js';
import { changesJa } from './changes-ja.js';

/** What ended a violation. */
export type ResolvedBy = 'gone' | 'password' | 'restricted' | 'emptied' | 'other';

export interface ChangesWords {
  title(from: string | null, to: string): string;
  run(id: number, started: string): string;
  readonly incomplete: string;
  /** Why there is no run to compare with. */
  readonly historyLost: string;
  readonly samePolicy: string;
  readonly changes: Readonly<Record<Change, string>>;
  /** Heads of columns. */
  readonly short: Readonly<Record<Change, string>>;
  readonly lists: Readonly<Record<'new' | 'recurred' | 'resolved' | 'not-seen', string>>;
  readonly by: Readonly<Record<ResolvedBy, string>>;
  excepted(count: string): string;
  oldest(day: string): string;
  readonly notSeenNote: string;
  moved(files: string): string;
  readonly byDepartment: string;
  readonly byConfigured: string;
  readonly byFolder: string;
  readonly department: string;
  readonly folder: string;
  readonly directly: string;
  /** Instead of it, for departments that are configured. */
  readonly noDepartment: string;
  readonly others: string;
  more(count: string): string;
  since(day: string): string;
  sinceBefore(day: string): string;
  movedFrom(path: string): string;
  readonly trend: {
    readonly title: string;
    readonly columns: readonly [
      run: string,
      started: string,
      files: string,
      violations: string,
      change: string,
      exposed: string,
      unread: string,
      state: string,
    ];
    readonly complete: string;
    readonly stopped: Readonly<Record<'interrupted' | 'time-limit' | 'root-lost' | 'unknown', string>>;
    readonly none: string;
    readonly note: string;
  };
  readonly story: {
    /** A line of the story begins with it. */
    run(id: number, started: string): string;
    readonly before: string;
    readonly found: string;
    readonly returned: string;
    readonly gone: string;
    readonly aged: string;
    readonly unread: string;
    readonly readAgain: string;
    readonly changed: string;
    moved(from: string): string;
    movedTo(path: string): string;
    records(before: string, now: string): string;
    access(before: string, now: string): string;
    password(before: string, now: string): string;
    modified(day: string): string;
    /** `isPast`: by it the file is past its retention, by what was used it is not. */
    documentSaved(day: string, isPast: boolean): string;
    /** What the age was counted from; `when`: the business year, or the day of the document's last saving, '' for the last change. */
    countedFrom(basis: RetentionBasis, when: string): string;
    verdict(verdict: string, reasons: string): string;
    readonly now: string;
    readonly notSeenNow: string;
    /** `run`: as `run` of the changes says it. */
    lost(run: string): string;
    /** Null: it fits no pattern of `include`. */
    leftOut(pattern: string | null): string;
    readonly quiet: string;
  };
}

const tables: Readonly<Record<Lang, ChangesWords>> = { ja: changesJa, en: changesEn };

export function changesWords(lang: Lang): ChangesWords {
  return tables[lang];
}
