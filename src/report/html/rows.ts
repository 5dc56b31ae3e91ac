/**
 * The rows of the list: kept as they come, at most so many, the worst by risk. What files share is kept once, so that a hundred thousand rows are some
 * megabytes, in memory and in the page.
 */

import { type BusinessYear, type JudgedFile, PERSON_BASES, RECORD_CLASSES, type Verdict } from '../../model.js';
import type { Holding, Profile } from '../../page/data.js';
import { countedInOrder, KIND_ORDER } from '../order.js';
import type { ReportedFile } from './input.js';

export interface RowMember {
  readonly name: string;
  readonly verdict: string;
  readonly records: number;
}

export interface Row {
  readonly folder: string;
  readonly name: string;
  readonly department: string;
  readonly profile: Profile;
  readonly holding: Holding;
  readonly owner: string;
  readonly risk: number;
  readonly ageFactor: number;
  readonly age: number;
  readonly date: number;
  readonly year: number;
  readonly saved: number;
  readonly bytes: number;
  readonly content: number | null;
  /** Those that matter most. */
  readonly members: readonly RowMember[];
  readonly memberCount: number;
}

/** Where the risk is equal: what is wrong, then what is not known, then what is in order. */
const VERDICT_ORDER: readonly string[] = [
  'violation',
  'undetermined',
  'sealed',
  'compliant',
  'clear',
  'textless',
] satisfies readonly Verdict[];

const MEMBERS_SHOWN = 8;
const NO_MEMBERS: readonly RowMember[] = [];

export class RowSet {
  private rows: Row[] = [];
  private worstLeft: Row | null = null;
  private profiles = new Map<string, Profile>();
  private holdings = new Map<string, Holding>();
  /** What the numbers of kinds in holdings stand for. */
  readonly kinds: string[] = [...KIND_ORDER];
  private readonly seenByVerdict = new Map<string, number>();

  constructor(
    private readonly rowsMax: number,
    private readonly withRoot: boolean,
  ) {}

  add(reported: ReportedFile): void {
    const { file } = reported;
    this.seenByVerdict.set(file.verdict, (this.seenByVerdict.get(file.verdict) ?? 0) + 1);
    if (this.worstLeft && worseFirst(file, file.verdict, this.worstLeft, this.worstLeft.profile.verdict) >= 0) return;
    this.rows.push(this.rowOf(reported));
    // A quarter more than is wanted is let in before the rest is thrown away: sorting at every row would cost too much.
    if (this.rows.length > this.rowsMax * 1.25) this.trim();
  }

  /** Highest risk first; where it is equal the verdict decides, then the order in which they came (that of paths). */
  sorted(): readonly Row[] {
    this.trim();
    return this.rows;
  }

  /** How many of each verdict are not in `sorted`. */
  left(): Map<string, number> {
    const left = new Map(this.seenByVerdict);
    for (const { profile } of this.rows) left.set(profile.verdict, left.get(profile.verdict)! - 1);
    return new Map([...left].filter(([, count]) => count > 0).sort(([a], [b]) => VERDICT_ORDER.indexOf(a) - VERDICT_ORDER.indexOf(b)));
  }

  private trim(): void {
    this.rows.sort((a, b) => worseFirst(a, a.profile.verdict, b, b.profile.verdict));
    if (this.rows.length <= this.rowsMax) return;
    this.rows.length = this.rowsMax;
    this.worstLeft = this.rows.at(-1)!;
    this.profiles = new Map(this.rows.map(({ profile }) => [JSON.stringify(profile), profile]));
    this.holdings = new Map(this.rows.map(({ holding }) => [JSON.stringify(holding), holding]));
  }

  private rowOf({ file, members, protection, factors, department, content }: ReportedFile): Row {
    const slash = file.path.lastIndexOf('/');
    const below = file.path.slice(0, Math.max(0, slash));
    const holds = recordCount(file) > 0;
    return {
      folder: this.withRoot ? (below === '' ? file.root : `${file.root}/${below}`) : below,
      // A root that could not be read has no path below itself.
      name: file.path === '' ? file.root : file.path.slice(slash + 1),
      department,
      profile: this.intern(this.profiles, profileOf(file, members, holds && protection === 'unprotected', factors)),
      holding: this.intern(this.holdings, this.holdingOf(file, factors)),
      owner: file.owner ?? '',
      risk: file.risk,
      ageFactor: holds ? Math.round(factors.age * 1000) : 0,
      age: file.retention.ageDays ?? -1,
      date: localDate(file.modifiedMs),
      year: signedYear(file.retention.businessYear),
      saved: localDate(file.retention.documentDates?.saved ?? null),
      bytes: file.sizeBytes,
      content,
      members: worstMembers(members),
      memberCount: members.length,
    };
  }

  private holdingOf(file: JudgedFile, factors: ReportedFile['factors']): Holding {
    if (recordCount(file) === 0) return NO_HOLDING;
    const { records, persons, kinds } = file.content;
    const counted = Object.entries(countedInOrder(KIND_ORDER, kinds)).flatMap(([kind, count]) => [this.kindAt(kind), count]);
    const all = PERSON_BASES.reduce((sum, basis) => sum + persons[basis], 0);
    const scaled = [factors.records, factors.kinds].map((factor) => Math.round(factor * 10_000));
    return [...RECORD_CLASSES.map((name) => records[name]), all, ...scaled, ...counted];
  }

  private kindAt(kind: string): number {
    const at = this.kinds.indexOf(kind);
    return at >= 0 ? at : this.kinds.push(kind) - 1;
  }

  private intern<T>(known: Map<string, T>, value: T): T {
    if (value === NO_HOLDING) return value;
    const key = JSON.stringify(value);
    const same = known.get(key);
    if (same !== undefined) return same;
    known.set(key, value);
    return value;
  }
}

interface Ranked {
  readonly risk: number;
}

function worseFirst(a: Ranked, verdictA: string, b: Ranked, verdictB: string): number {
  return b.risk - a.risk || VERDICT_ORDER.indexOf(verdictA) - VERDICT_ORDER.indexOf(verdictB);
}

function profileOf(file: JudgedFile, members: readonly JudgedFile[], exposed: boolean, factors: ReportedFile['factors']): Profile {
  const { verdict, reasons, entry, content, access, retention } = file;
  // A container may be excused by what holds for the files inside it.
  const exception = reasons.includes('excepted') ? (file.exception ?? members.find((one) => one.exception)?.exception) : undefined;
  return {
    verdict,
    reasons,
    exposed,
    entry,
    format: content.format,
    examined: content.examined,
    problems: [...new Set(content.problems.map(({ code }) => code))],
    password: content.password.state,
    scheme: content.password.scheme,
    access: access.state,
    broad: access.broad,
    readers: access.readers,
    accessReason: access.reason,
    limitDays: retention.limitDays,
    basis: retention.basis,
    ageInside: retention.member !== undefined,
    staleByDocument: retention.staleByDocument === true,
    lookedAt: file.lookedAt !== false,
    exception: exception ?? null,
    factors: [rounded(factors.password), rounded(factors.access)],
  };
}

export const NO_HOLDING: Holding = [0, 0, 0, 0, 0, 0, 0];

/** Distinct in the file. */
export function personsOf(holding: Holding): number {
  return holding[4]!;
}

function worstMembers(members: readonly JudgedFile[]): readonly RowMember[] {
  if (members.length === 0) return NO_MEMBERS;
  return [...members]
    .sort((a, b) => worseFirst(a, a.verdict, b, b.verdict))
    .slice(0, MEMBERS_SHOWN)
    .map((member) => ({ name: member.member ?? '', verdict: member.verdict, records: recordCount(member) }));
}

export function recordCount({ content }: Pick<JudgedFile, 'content'>): number {
  return RECORD_CLASSES.reduce((sum, recordClass) => sum + content.records[recordClass], 0);
}

/** Enough digits that their product shows the risk to its decimal. */
function rounded(factor: number): number {
  return Math.round(factor * 10_000) / 10_000;
}

/** As Columns has it (page/data.ts). */
function signedYear(businessYear: BusinessYear | undefined): number {
  if (!businessYear) return 0;
  return businessYear.told === 'folder' ? -businessYear.year : businessYear.year;
}

/** 20150323 in the calendar of the office; 0 when it is not known or no calendar holds it. */
function localDate(ms: number | null): number {
  if (ms === null) return 0;
  const date = new Date(ms);
  const year = date.getFullYear();
  return Number.isNaN(year) || year < 1 || year > 9999 ? 0 : year * 10_000 + (date.getMonth() + 1) * 100 + date.getDate();
}
