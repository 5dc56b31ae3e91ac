/** What the HTML report is made from. Types only. */
import type { Finding, JudgedFile, Protection, RecordCounts, RiskFactors, RunStop } from '../../model.js';
import type { RunInfo, RunTotals } from '../../parts.js';

/** One file with what its line does not say. */
export interface ReportedFile {
  readonly file: JudgedFile;
  /** Lines of the files inside. */
  readonly members: readonly JudgedFile[];
  readonly protection: Protection;
  readonly factors: RiskFactors;
  /** Was not read whole or could not be judged, and the policy does not tolerate it. */
  readonly notExamined: boolean;
  /** '' for what lies directly below a root, or belongs to no configured one. */
  readonly department: string;
  /** By which its persons are counted and its evidence is found; null when nothing was found. */
  readonly content: number | null;
}

/** Masked findings of a file, and of the files inside. */
export interface FoundEvidence {
  readonly findings: readonly Finding[];
  readonly members: readonly { readonly name: string; readonly findings: readonly Finding[] }[];
}

/** A run of the past, for the trend. */
export interface Night {
  readonly startedMs: number;
  readonly complete: boolean;
  readonly openViolations: number;
  readonly exposedPersons: number;
  readonly notExamined: number;
}

/** The numbers of the formula in src/policy/risk.ts. */
export interface RiskScale {
  readonly recordsOne: number;
  readonly recordsFull: number;
  readonly password: Readonly<Record<string, number>>;
  readonly access: Readonly<Record<string, number>>;
  readonly ageFresh: number;
  readonly ageStale: number;
  readonly ageFullLimits: number;
}

export interface HtmlInput {
  readonly run: RunInfo;
  readonly totals: RunTotals;
  /** Null for a run that reached its end. */
  readonly stopped: RunStop | null;
  readonly exposed: { readonly records: RecordCounts; readonly persons: number };
  /** The site says which folders are whose; else the first folder is the department. */
  readonly departmentsConfigured: boolean;
  /** Taken once, in the order of paths. */
  readonly files: Iterable<ReportedFile>;
  /** Distinct persons of these contents. */
  countPersons(contents: Iterable<number>): number;
  evidence(content: number): FoundEvidence;
  /** The oldest first, this run last; fewer than two make no trend. */
  readonly nights: readonly Night[];
  readonly riskScale: RiskScale;
}

/** Bounds of a page. */
export interface HtmlBounds {
  /** Files in the list; of more, those of the highest risk. */
  readonly rowsMax: number;
  /** Evidence, highest risk first, takes what the list leaves of `pageBytesWanted`, within these. */
  readonly evidenceBytesMin: number;
  readonly evidenceBytesMax: number;
  readonly pageBytesWanted: number;
}
