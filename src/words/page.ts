/** The words of the HTML report: one table a language with the same keys. Those of its script (`ui`) are texts with places to fill, because they go into the page. */
import type { Lang } from '../../detectors/contract.js';
import type { UiWords } from '../page/data.js';
import { pageEn } from './page-en.js';
import { pageJa } from './page-ja.js';
import { words } from './words.js';

/** Counts come written out (`1,234件`, `1,234 files`) unless they are called a number. */
export interface PageWords {
  readonly title: string;
  readonly confidential: string;
  readonly confidentialNote: string;
  readonly skip: string;
  /** The name of the other language, in that language. */
  readonly otherLanguage: string;
  readonly noScript: string;
  incomplete(why: string): string;
  readonly lead: {
    readonly title: string;
    exposed(files: string, persons: string): string;
    readonly noneExposed: string;
    readonly nothingFound: string;
    readonly nothingFoundYet: string;
    violations(files: string): string;
    excepted(files: string): string;
    /** `places`: a number. */
    piles(places: string): string;
    readonly noViolation: string;
    stale(files: string): string;
    staleByDocument(files: string): string;
    notExamined(files: string): string;
    readonly first: string;
    firstDepartment(name: string, files: string, persons: string): string;
    readonly firstFiles: string;
    readonly firstNotExamined: string;
    readonly firstPiles: string;
    /** `count`: a number. */
    firstExceptions(count: string): string;
    readonly firstNothing: string;
    /** On a button behind a name. */
    readonly show: string;
  };
  readonly figures: Readonly<Record<'exposedFiles' | 'exposedPersons' | 'violations' | 'notExamined' | 'enumerated', string>>;
  readonly leak: {
    readonly title: string;
    readonly note: string;
    readonly class: string;
    readonly holds: string;
    readonly records: string;
    readonly exposed: string;
    readonly sum: string;
    readonly persons: string;
  };
  readonly counts: {
    readonly title: string;
    readonly byVerdict: string;
    readonly byExamined: string;
    readonly verdict: string;
    readonly examined: string;
    readonly files: string;
    readonly sum: string;
    readonly meanings: Readonly<Record<'violation' | 'compliant' | 'sealed' | 'undetermined' | 'clear' | 'textless', string>>;
    adds(number: string): string;
    addsSoFar(number: string, earlier: boolean): string;
    differs(number: string): string;
    members(number: string): string;
    excepted(number: string): string;
  };
  readonly unread: {
    readonly title: string;
    readonly none: string;
    readonly note: string;
    readonly cause: string;
    readonly excluded: string;
    readonly excludedNote: string;
    readonly pattern: string;
    more(number: string): string;
  };
  readonly departments: {
    readonly title: string;
    readonly note: string;
    /** Where a site says which folders are whose. */
    readonly noteConfigured: string;
    readonly none: string;
    readonly department: string;
    readonly files: string;
    readonly holding: string;
    readonly exposed: string;
    readonly unknown: string;
    readonly protected: string;
    readonly violations: string;
    readonly notExamined: string;
    readonly persons: string;
    readonly share: string;
    readonly directly: string;
    readonly more: string;
    rest(number: string): string;
    /** Of the bar of a department. */
    bar(exposed: string, unknown: string, isProtected: string): string;
  };
  readonly map: {
    readonly title: string;
    readonly note: string;
    readonly none: string;
    label(number: string): string;
    readonly legend: string;
    risk(from: number, to: number): string;
    readonly others: string;
    readonly directly: string;
    readonly table: string;
    readonly folder: string;
    readonly persons: string;
    readonly files: string;
    readonly worst: string;
  };
  readonly ages: {
    readonly title: string;
    readonly note: string;
    readonly none: string;
    readonly years: string;
    bucket(from: number): string;
    last(from: number): string;
    readonly unknown: string;
    readonly exposed: string;
    readonly other: string;
    readonly table: string;
  };
  readonly trend: {
    readonly title: string;
    readonly note: string;
    readonly started: string;
    readonly violations: string;
    readonly persons: string;
    readonly notExamined: string;
    readonly state: string;
    readonly complete: string;
    readonly incomplete: string;
    readonly table: string;
  };
  readonly work: {
    readonly title: string;
    readonly note: string;
    listed(number: string, all: string): string;
    notListed(counts: string): string;
    worst(number: string): string;
    readonly risk: string;
    readonly verdict: string;
    readonly file: string;
    readonly reasons: string;
    readonly persons: string;
    readonly age: string;
  };
  readonly facts: {
    readonly title: string;
    readonly roots: string;
    readonly time: string;
    readonly asOf: string;
    readonly state: string;
    readonly version: string;
    readonly policy: string;
    readonly limits: string;
    readonly limitLines: readonly string[];
    readonly risk: string;
    readonly riskNote: string;
    readonly riskFactor: string;
    readonly riskValue: string;
    records(one: number, full: string): string;
    readonly kinds: string;
    password(list: string): string;
    access(list: string): string;
    age(fresh: number, stale: number, limits: number): string;
  };
  readonly ui: Omit<UiWords, 'codes' | 'comma' | 'title' | 'noDepartment'>;
}

const tables: Readonly<Record<Lang, PageWords>> = { ja: pageJa, en: pageEn };

export function pageWords(lang: Lang): PageWords {
  return tables[lang];
}

/** What the script of a page speaks with. `title` is that of the window; `why` has the words of the reasons that its findings have. */
export function uiWords(lang: Lang, title: string, why: Readonly<Record<string, string>>, departmentsConfigured: boolean): UiWords {
  const {
    comma,
    verdicts,
    reasons,
    problems,
    kinds,
    examined,
    entries,
    passwords,
    access,
    recordClasses,
    strengths,
    parts,
    formats,
    broad,
    retentionBases,
    yearTold,
  } = words(lang);
  const codes = {
    verdicts,
    reasons,
    problems,
    kinds,
    examined,
    entries,
    passwords,
    access,
    recordClasses,
    strengths,
    parts,
    formats,
    broad,
    retentionBases,
    yearTold,
    why,
  };
  const { ui, departments } = tables[lang];
  return { ...ui, title, comma, codes, noDepartment: departmentsConfigured ? departments.none : departments.directly };
}
