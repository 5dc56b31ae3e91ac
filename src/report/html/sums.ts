/** Sums over all files of a run for the pictures of the page: departments, folders, ages. Holds counters and ids of contents, never files. */
import type { HtmlInput, ReportedFile } from './input.js';
import { recordCount } from './rows.js';

const YEAR_DAYS = 365.25;
/** One bar a year, the last one for all that is older. */
export const AGE_YEARS_MAX = 10;

/** Files of one department that hold personal data, by protection; and of all its files, what is wrong or not known. */
export interface DepartmentSum {
  readonly name: string;
  files: number;
  exposed: number;
  unknown: number;
  protected: number;
  openViolations: number;
  notExamined: number;
  /** Unprotected ones: their persons are those that can be read. */
  readonly contents: Set<number>;
}

/** Unprotected files of a folder and all below it. */
export interface PlaceSum {
  /** The second folder level, with the first where departments are configured; '' for what lies directly in the department. */
  readonly name: string;
  readonly contents: Set<number>;
  files: number;
  /** Persons file by file, not distinct: to choose by. */
  personSum: number;
  risk: number;
}

/** Files that hold personal data. */
export interface AgeSum {
  exposed: number;
  other: number;
}

export class Sums {
  holding = 0;
  exposed = 0;
  stale = 0;
  readonly departments = new Map<string, DepartmentSum>();
  /** By department, then by second folder level. */
  readonly places = new Map<string, Map<string, PlaceSum>>();
  /** By whole years, up to AGE_YEARS_MAX and more; the last one is for ages that are not known. */
  readonly ages: readonly AgeSum[] = Array.from({ length: AGE_YEARS_MAX + 2 }, () => ({ exposed: 0, other: 0 }));

  constructor(private readonly departmentsConfigured: boolean) {}

  add(reported: ReportedFile): void {
    const { file, protection, notExamined, department: name, content } = reported;
    const department = this.departmentOf(name);
    department.files++;
    if (notExamined) department.notExamined++;
    if (file.verdict === 'violation' && !file.reasons.includes('excepted')) department.openViolations++;
    if (file.reasons.includes('stale') || file.reasons.includes('sealed-stale')) this.stale++;
    if (recordCount(file) === 0) return;
    this.holding++;
    const isExposed = protection === 'unprotected';
    this.ages[ageBucket(file.retention.ageDays)]![isExposed ? 'exposed' : 'other']++;
    department[isExposed ? 'exposed' : protection]++;
    if (!isExposed) return;
    this.exposed++;
    if (content !== null) department.contents.add(content);
    this.addPlace(reported);
  }

  private addPlace({ file, department, content }: ReportedFile): void {
    const [first, second, third] = file.path.split('/', 3);
    const isDeep = first !== undefined && second !== undefined && third !== undefined;
    // A configured department may have several first folders.
    const name = this.departmentsConfigured ? (isDeep ? `${first}/${second}` : second === undefined ? '' : first!) : isDeep ? second : '';
    const places = this.places.get(department) ?? new Map<string, PlaceSum>();
    this.places.set(department, places);
    const place = places.get(name) ?? { name, contents: new Set(), files: 0, personSum: 0, risk: 0 };
    places.set(name, place);
    place.files++;
    place.risk = Math.max(place.risk, file.risk);
    for (const count of Object.values(file.content.persons)) place.personSum += count;
    if (content !== null) place.contents.add(content);
  }

  private departmentOf(name: string): DepartmentSum {
    let sum = this.departments.get(name);
    if (!sum) {
      sum = { name, files: 0, exposed: 0, unknown: 0, protected: 0, openViolations: 0, notExamined: 0, contents: new Set() };
      this.departments.set(name, sum);
    }
    return sum;
  }
}

function ageBucket(days: number | null): number {
  if (days === null) return AGE_YEARS_MAX + 1;
  return Math.max(0, Math.min(AGE_YEARS_MAX, Math.floor(days / YEAR_DAYS)));
}

export interface DepartmentPersons extends Omit<DepartmentSum, 'contents' | 'name'> {
  readonly name: string;
  readonly persons: number;
  /** Of a line that stands for many; else 1. */
  readonly departments: number;
}

/** Most persons first; beyond `most` one line for the rest. */
export function rankDepartments(sums: Sums, countPersons: HtmlInput['countPersons'], most: number): DepartmentPersons[] {
  const all = [...sums.departments.values()].sort(
    (a, b) => b.exposed - a.exposed || b.openViolations - a.openViolations || b.files - a.files,
  );
  const withPersons = ({ contents, ...sum }: DepartmentSum, departments: number): DepartmentPersons => ({
    ...sum,
    departments,
    persons: contents.size === 0 ? 0 : countPersons(contents),
  });
  const ranked = all
    .slice(0, most)
    .map((sum) => withPersons(sum, 1))
    .sort((a, b) => b.persons - a.persons || b.exposed - a.exposed);
  const rest = all.slice(most);
  return rest.length === 0 ? ranked : [...ranked, withPersons(joined(rest), rest.length)];
}

function joined(sums: readonly DepartmentSum[]): DepartmentSum {
  const all: DepartmentSum = {
    name: '',
    files: 0,
    exposed: 0,
    unknown: 0,
    protected: 0,
    openViolations: 0,
    notExamined: 0,
    contents: new Set(),
  };
  for (const sum of sums) {
    for (const key of ['files', 'exposed', 'unknown', 'protected', 'openViolations', 'notExamined'] as const) all[key] += sum[key];
    for (const content of sum.contents) all.contents.add(content);
  }
  return all;
}
