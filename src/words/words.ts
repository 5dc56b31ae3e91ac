/**
 * The messages of reports in both languages: one table a language, with the same keys (the compiler sees to it). Codes that scripts rest
 * on are not translated here but beside them; a code without a word is shown as it is, never dropped.
 */
import type { Kind, Lang } from '../../detectors/contract.js';
import type {
  AccessState,
  BusinessYear,
  EntrySort,
  Examined,
  PasswordState,
  PersonBasis,
  ProblemCode,
  Reason,
  RecordClass,
  Retention,
  RetentionBasis,
  Verdict,
} from '../model.js';
import { en } from './en.js';
import { ja } from './ja.js';

export interface Words {
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly problems: Readonly<Record<ProblemCode, string>>;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly examined: Readonly<Record<Examined, string>>;
  readonly entries: Readonly<Record<EntrySort, string>>;
  readonly passwords: Readonly<Record<PasswordState, string>>;
  readonly access: Readonly<Record<AccessState, string>>;
  readonly retention: Readonly<Record<Retention['state'], string>>;
  /** What an age was counted from. */
  readonly retentionBases: Readonly<Record<RetentionBasis, string>>;
  /** Which name tells a business year. */
  readonly yearTold: Readonly<Record<BusinessYear['told'], string>>;
  readonly recordClasses: Readonly<Record<RecordClass, string>>;
  /** What a class holds, in a few words. */
  readonly recordClassKinds: Readonly<Record<RecordClass, string>>;
  readonly personBases: Readonly<Record<PersonBasis, string>>;
  readonly strengths: Readonly<Record<'certain' | 'likely' | 'weak', string>>;
  readonly parts: Readonly<Record<string, string>>;
  readonly formats: Readonly<Record<string, string>>;
  /** Of the retention that holds where no rule of the policy fits. */
  readonly defaultRule: string;
  /** Of a line: whether the run that is reported looked at it, or tells what earlier ones found. */
  readonly yes: string;
  readonly lookedAt: string;
  readonly notLookedAt: string;
  /** In place of a verdict: the run did not reach its end. */
  readonly incomplete: string;
  readonly broad: Readonly<Record<string, string>>;
  /** The words of `Access.reason`. */
  accessReason(reason: string): string;
  /** The mark of what only the people concerned may see. */
  readonly handling: string;
  readonly where: {
    line(line: number): string;
    row(row: number): string;
    page(page: number): string;
    column(cell: string): string;
    readonly path: string;
  };
  /** Between the items of a list: `、` or `, `. */
  readonly comma: string;
  count(value: number): string;
  files(value: number): string;
  records(value: number): string;
  persons(value: number): string;
}

const tables: Readonly<Record<Lang, Words>> = { ja, en };

export function words(lang: Lang): Words {
  return tables[lang];
}

/** The word for a code of an open table (formats, parts, broad groups): the code itself where there is none. */
export function wordOf(table: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(table, code) ? table[code]! : code;
}
