/**
 * The data that a page of the HTML report holds: written by `src/report/html`, read by the script of the page. Types only. Texts from outside are
 * in their shown form already (report/escape.ts); codes are those of the JSONL.
 */

export type PageLang = 'ja' | 'en';

/** What many files share: all but their place, size, times and what they hold. */
export interface Profile {
  readonly verdict: string;
  readonly reasons: readonly string[];
  /** Holds personal data, and neither password nor access protects it. */
  readonly exposed: boolean;
  readonly entry: string;
  readonly format: string;
  readonly examined: string;
  readonly problems: readonly string[];
  readonly password: string;
  readonly scheme: string | null;
  readonly access: string;
  readonly broad: readonly string[];
  readonly readers: number | null;
  readonly accessReason: string;
  readonly limitDays: number | null;
  /** What the age was counted from. */
  readonly basis: string;
  /** Age and limit are those of a file inside. */
  readonly ageInside: boolean;
  /** Within its retention, and past it by the document's own day. */
  readonly staleByDocument: boolean;
  /** False for what a run that did not reach its end had not come to. */
  readonly lookedAt: boolean;
  /** That excuses it. */
  readonly exception: { readonly reason: string; readonly approver: string; readonly expires: string } | null;
  /** Factors of the risk. */
  readonly factors: readonly [password: number, access: number];
}

/**
 * What a file holds, in numbers alone, because there are as many of them as files: records of 4, 3, 2 items and other; persons; the factors of the risk for
 * records and kinds in ten-thousandths; then for each kind its place in `kinds` and its records. The first one of a page is nothing.
 */
export type Holding = readonly number[];

/** A value a row, highest risk first. */
export interface Columns {
  readonly folder: readonly number[];
  readonly name: readonly string[];
  readonly department: readonly number[];
  readonly profile: readonly number[];
  readonly holding: readonly number[];
  readonly owner: readonly number[];
  /** Tenths. */
  readonly risk: readonly number[];
  /** Thousandths. */
  readonly ageFactor: readonly number[];
  /** Whole days; -1 when it is not known. */
  readonly age: readonly number[];
  /** Of the last change, local, as 20150323; 0 when it is not known. */
  readonly date: readonly number[];
  /** The business year that names tell, whether the age was counted from it or not: below 0 where a folder tells it; 0: none does. */
  readonly year: readonly number[];
  /** The day on which the document says that it was last saved, as `date`; 0: none. */
  readonly saved: readonly number[];
  readonly bytes: readonly number[];
}

export interface PageData {
  /** In the order of paths. */
  readonly folders: readonly string[];
  /** '' stands for what lies directly below a root, or belongs to no configured one. */
  readonly departments: readonly string[];
  readonly owners: readonly string[];
  readonly profiles: readonly Profile[];
  readonly kinds: readonly string[];
  readonly holdings: readonly Holding[];
  readonly columns: Columns;
}

/** What findings of a file share. */
export interface EvidenceSort {
  readonly kind: string;
  readonly confidence: string;
  readonly why: readonly string[];
  readonly sheet?: string;
  readonly page?: number;
  readonly part?: string;
  readonly member?: string;
}

/** `masked` is an index; line is 0 and cell '' where there is none. */
export type EvidenceItem = readonly [sort: number, masked: number, line: number, cell: string];
export type EvidenceMember = readonly [name: string, verdict: string, records: number];

export interface Evidence {
  readonly sorts: readonly EvidenceSort[];
  readonly masked: readonly string[];
  /** Row, its findings, then the members that matter most and how many it has in all. */
  readonly rows: readonly (readonly [
    row: number,
    items: readonly EvidenceItem[],
    members: readonly EvidenceMember[],
    memberCount: number,
  ])[];
  /** Rows from this one on have no evidence here: there was too much of it. */
  readonly endRow: number;
}

type Codes = Readonly<Record<string, string>>;

/** The words of the script. `{n}` and the like stand for what is put in. */
export interface UiWords {
  readonly title: string;
  readonly locale: string;
  readonly comma: string;
  readonly any: string;
  readonly search: string;
  readonly searchHint: string;
  readonly department: string;
  readonly reason: string;
  readonly format: string;
  readonly verdict: string;
  readonly exposed: string;
  readonly staleByDocument: string;
  readonly notLookedAt: string;
  readonly reset: string;
  readonly shown: string;
  readonly none: string;
  readonly gridName: string;
  readonly keys: string;
  readonly directly: string;
  /** For '' among the departments. */
  readonly noDepartment: string;
  readonly days: string;
  readonly years: string;
  readonly unknown: string;
  readonly columns: Readonly<Record<'risk' | 'verdict' | 'file' | 'reasons' | 'persons' | 'records' | 'age', string>>;
  readonly where: Readonly<Record<'line' | 'row' | 'page' | 'column' | 'path', string>>;
  readonly detail: Readonly<
    Record<
      | 'title'
      | 'close'
      | 'previous'
      | 'next'
      | 'folder'
      | 'verdict'
      | 'reasons'
      | 'holds'
      | 'persons'
      | 'records'
      | 'kinds'
      | 'password'
      | 'access'
      | 'readers'
      | 'readerCount'
      | 'basis'
      | 'age'
      | 'ageInside'
      | 'limit'
      | 'noLimit'
      | 'documentSaved'
      | 'staleByDocument'
      | 'lookedAt'
      | 'notLookedAt'
      | 'businessYear'
      | 'businessYearTold'
      | 'exception'
      | 'exceptionTold'
      | 'size'
      | 'format'
      | 'owner'
      | 'examined'
      | 'problems'
      | 'evidence'
      | 'evidenceNote'
      | 'evidenceElsewhere'
      | 'place'
      | 'kind'
      | 'masked'
      | 'confidence'
      | 'why'
      | 'inside'
      | 'insideMore'
      | 'risk'
      | 'riskNone'
      | 'riskInside'
      | 'factorRecords'
      | 'factorKinds'
      | 'factorPassword'
      | 'factorAccess'
      | 'factorAge',
      string
    >
  >;
  readonly codes: Readonly<
    Record<
      | 'verdicts'
      | 'reasons'
      | 'problems'
      | 'kinds'
      | 'examined'
      | 'entries'
      | 'passwords'
      | 'access'
      | 'recordClasses'
      | 'strengths'
      | 'parts'
      | 'formats'
      | 'broad'
      | 'retentionBases'
      | 'yearTold'
      | 'why',
      Codes
    >
  >;
}
