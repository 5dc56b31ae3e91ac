/** The sentences of the leak table, of declarations held against measurements, and of manifests: one table a language with the same keys. */
import type { Lang } from '../../detectors/contract.js';
import { evidenceEn } from './evidence-en.js';
import { evidenceJa } from './evidence-ja.js';

/** What is wrong with a report or with the manifest itself. */
export type Difference = 'missing' | 'size' | 'content' | 'sums' | 'manifest' | 'signature' | 'unsigned' | 'counts';

/** How a declaration stands beside what was measured. */
export type Standing = 'contradicted' | 'agrees' | 'unchecked' | 'unmeasured' | 'admitted' | 'unclear' | 'unmatched' | 'silent';

export interface EvidenceWords {
  readonly leak: {
    readonly title: string;
    readonly scope: string;
    readonly incomplete: string;
    /** Where earlier runs looked at what the last one did not. */
    readonly incompleteWithEarlier: string;
    readonly row: string;
    readonly part: string;
    readonly whole: string;
    /** Of the row that says how often persons were counted once more in another part. */
    readonly shared: string;
    /** Of the row of the persons who stand in two parts or more, and of the rows of those who stand in both of two parts. */
    readonly several: string;
    readonly both: string;
    readonly folder: string;
    readonly department: string;
    readonly files: string;
    readonly records: string;
    readonly exposed: string;
    readonly persons: string;
    readonly exposedPersons: string;
    readonly sum: string;
    readonly directly: string;
    readonly noDepartment: string;
    readonly notExamined: string;
    /** `repeats`: how often somebody was counted once more; `persons`: how many these are. */
    overlap(sum: string, distinct: string, repeats: string, persons: string): string;
    pairs(pairs: readonly string[]): string;
    pair(a: string, b: string, persons: string): string;
    atLeast(notExamined: string): string;
    unknown(departments: readonly string[]): string;
    readonly noOverlap: string;
  };
  readonly declared: {
    readonly title: string;
    readonly measured: string;
    readonly incomplete: string;
    readonly department: string;
    readonly date: string;
    readonly answer: string;
    readonly declaredFiles: string;
    readonly personalFiles: string;
    readonly violations: string;
    readonly violationsThen: string;
    readonly notExamined: string;
    /** The sweep by which an answer was measured, and what it could not examine. */
    readonly measuredBy: string;
    readonly notExaminedThen: string;
    readonly records: string;
    readonly persons: string;
    readonly standing: string;
    readonly times: string;
    readonly properTimes: string;
    readonly contradictedTimes: string;
    readonly uncheckedTimes: string;
    readonly first: string;
    readonly last: string;
    readonly sum: string;
    readonly standings: Readonly<Record<Standing, string>>;
    readonly byDate: string;
    readonly byDepartment: string;
    readonly departments: string;
    readonly properDepartments: string;
    readonly contradictedDepartments: string;
    readonly uncheckedDepartments: string;
    /** What the column of a past day can and can't say. */
    readonly thenNote: string;
    verdict(contradicted: string, proper: string): string;
    notChecked(unchecked: string, proper: string): string;
    readonly noContradiction: string;
    moreDepartments(count: string): string;
    unclear(count: string): string;
    unread(count: string): string;
    later(count: string): string;
    unused(headings: readonly string[]): string;
    unmatched(names: string): string;
    silent(count: string): string;
  };
  readonly verify: {
    readonly genuine: string;
    readonly notGenuine: string;
    readonly signed: string;
    readonly unsigned: string;
    /** Signed, and no public key was given to look at the signature with. */
    readonly unchecked: string;
    fileOk(name: string): string;
    readonly differences: Readonly<Record<Difference, string>>;
    scope(roots: string, started: string, ended: string): string;
  };
}

const tables: Readonly<Record<Lang, EvidenceWords>> = { ja: evidenceJa, en: evidenceEn };

export function evidenceWords(lang: Lang): EvidenceWords {
  return tables[lang];
}
