/** Sums judged files for the summary and the exit code. Holds a few counters, the worst files and one sum a folder at a time, never all files. */
import type { Persons } from '../inventory/persons.js';
import { limits } from '../limits.js';
import type { JudgedFile, RecordClass } from '../model.js';
import type { RunSums, RunTotals } from '../parts.js';
import { raisesNotExamined } from '../policy/exit-code.js';
import { holdsPersonalData, isExposed, isOpenViolation } from '../policy/judge.js';
import type { Policy } from '../policy/policy.js';
import type { SummaryInput, WorstFolder } from '../report/summary.js';
import { type Departments, firstFolders } from './departments.js';
import type { Judged, JudgedAlike, JudgedGroup } from './judged.js';

const WORST = 10;

type Counts = Record<string, number>;
type Records = Record<RecordClass, number>;

export class Tally {
  private enumerated = 0;
  private members = 0;
  private readonly byVerdict: Counts = {};
  private readonly byExamined: Counts = {};
  private readonly byProblem: Counts = {};
  private readonly records: Records = noRecords();
  private readonly exposedRecords: Records = noRecords();
  private staleByDocument = 0;
  private openViolations = 0;
  private readonly byDepartment: Counts = {};
  private notExamined = 0;
  private readonly contents = new Set<number>();
  private readonly exposedContents = new Set<number>();
  private readonly worstFiles: JudgedFile[] = [];
  private readonly folders: FolderSum[] = [];
  private folder: FolderSum | null = null;
  /** Counted once, when everything has been added. */
  private personsBy: RunTotals['personsBy'] | null = null;
  private exposedPersons: number | null = null;

  constructor(
    private readonly policy: Policy,
    private readonly persons: Persons,
    private readonly departments: Departments = firstFolders(false),
  ) {}

  /** What was found, folder by folder. */
  add(one: Judged | JudgedAlike): void {
    if ('each' in one) this.addAlike(one);
    else this.addOne(one);
  }

  private addOne({ lines, entry }: Judged): void {
    const [file, ...members] = lines;
    if (!file) return;
    this.members += members.length;
    if (members.some((member) => raisesNotExamined(member, member, this.policy)) && !raisesNotExamined(file, file, this.policy))
      this.notExamined++;
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')));
    this.addFound(file, folder, 1, entry.content === null ? [] : [entry.content]);
    if (isOpenViolation(file)) this.bumpDepartment(this.departments.of(file), 1);
    if (file.verdict === 'violation') this.rankFile(file);
  }

  private addAlike({ file, count, contents, each }: JudgedAlike): void {
    this.addFound(file, file.path, count, contents);
    if (file.verdict !== 'violation') return;
    if (isOpenViolation(file)) this.sumDepartments({ file, count, each });
    // No file of them stands before this one: not in risk, which is that of the oldest, nor in the order of paths.
    const last = this.worstFiles[WORST - 1];
    if (last && worseFirst(file, last) > 0) return;
    for (const { lines } of each()) this.rankFile(lines[0]!);
  }

  private addFound(file: JudgedFile, folder: string, count: number, contents: readonly number[]): void {
    this.count(file, count);
    addRecords(this.records, file.content.records, count);
    if (file.retention.staleByDocument && holdsPersonalData(file)) this.staleByDocument += count;
    if (isOpenViolation(file)) {
      this.openViolations += count;
    }
    for (const content of contents) this.contents.add(content);
    if (isExposed(file, this.policy)) {
      addRecords(this.exposedRecords, file.content.records, count);
      for (const content of contents) this.exposedContents.add(content);
    }
    if (file.verdict === 'violation') this.sumFolder(file, folder, count, contents);
  }

  /** Entries without any finding, many at once. */
  addGroup({ file, count }: JudgedGroup): void {
    this.count(file, count);
  }

  private count(file: JudgedFile, count: number): void {
    this.enumerated += count;
    bump(this.byVerdict, file.verdict, count);
    bump(this.byExamined, file.content.examined, count);
    for (const code of new Set(file.content.problems.map((problem) => problem.code))) bump(this.byProblem, code, count);
    if (raisesNotExamined(file, file, this.policy)) this.notExamined += count;
  }

  totals(): RunTotals {
    this.closeFolder();
    this.personsBy ??= this.persons.count(this.contents);
    const { personsBy } = this;
    const { enumerated, members, byVerdict, byExamined, byProblem, records, openViolations, notExamined, staleByDocument } = this;
    const persons = sum(personsBy);
    return {
      ...{ enumerated, members, byVerdict, byExamined, byProblem, records, persons, personsBy, openViolations, notExamined },
      ...{ staleByDocument },
    };
  }

  /** What is kept of the run for trends. */
  sums(): RunSums {
    const { enumerated, byVerdict, openViolations, notExamined, records, persons } = this.totals();
    const exposed = this.exposed();
    return {
      ...{ enumerated, byVerdict, openViolations, byDepartment: this.byDepartment, notExamined, records, persons },
      exposedRecords: exposed.records,
      exposedPersons: exposed.persons,
    };
  }

  exposed(): SummaryInput['exposed'] {
    // Where all that was found is exposed, the persons have been counted already.
    const isAll = this.exposedContents.size === this.contents.size;
    this.exposedPersons ??= sum(isAll ? this.totals().personsBy : this.persons.count(this.exposedContents));
    return { records: this.exposedRecords, persons: this.exposedPersons };
  }

  worst(): Pick<SummaryInput, 'worstFiles' | 'worstFolders'> {
    this.closeFolder();
    const worstFolders = this.folders.map(
      ({ contents, path, ...folder }): WorstFolder => ({ ...folder, folder: path, persons: sum(this.persons.count(contents)) }),
    );
    return { worstFiles: this.worstFiles, worstFolders };
  }

  /** Files come folder by folder, so one sum is open at a time. */
  private sumFolder(file: JudgedFile, folder: string, count: number, contents: readonly number[]): void {
    if (this.folder?.root !== file.root || this.folder.path !== folder) {
      this.closeFolder();
      this.folder = { root: file.root, path: folder, violations: 0, records: noRecords(), risk: 0, contents: new Set() };
    }
    const sums = this.folder;
    sums.violations += count;
    addRecords(sums.records, file.content.records, count);
    sums.risk = Math.max(sums.risk, file.risk);
    for (const content of contents) sums.contents.add(content);
  }

  /** Patterns of departments may go by the names of files; first folders don't. */
  private sumDepartments({ file, count, each }: Pick<JudgedAlike, 'file' | 'count' | 'each'>): void {
    if (this.departments.byFolder)
      this.bumpDepartment(this.departments.of({ ...file, path: file.path === '' ? '' : `${file.path}/` }), count);
    else for (const { lines } of each()) this.bumpDepartment(this.departments.of(lines[0]!), 1);
  }

  private bumpDepartment(department: string, by: number): void {
    const isKnown = Object.hasOwn(this.byDepartment, department);
    if (isKnown || Object.keys(this.byDepartment).length < limits.departmentsMax) bump(this.byDepartment, department, by);
    else bump(this.byDepartment, OTHER_DEPARTMENTS, by);
  }

  private rankFile(file: JudgedFile): void {
    rank(this.worstFiles, file, worseFirst);
  }

  private closeFolder(): void {
    if (this.folder) rank(this.folders, this.folder, worseFolderFirst);
    this.folder = null;
  }
}

/** Beyond the bound: a name that no folder has. */
export const OTHER_DEPARTMENTS = '/';

interface FolderSum extends Ranked {
  violations: number;
  readonly records: Records;
  risk: number;
  readonly contents: Set<number>;
}

/** Where two are alike, the order of paths decides, so that a report doesn't depend on the order in which files came. */
interface Ranked {
  readonly root: string;
  readonly path: string;
  readonly risk: number;
}

function worseFirst(a: Ranked, b: Ranked): number {
  return b.risk - a.risk || compareText(a.root, b.root) || compareText(a.path, b.path);
}

function worseFolderFirst(a: FolderSum, b: FolderSum): number {
  return b.risk - a.risk || totalOf(b.records) - totalOf(a.records) || worseFirst(a, b);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Keeps the first few of what was given so far, whatever the order it came in. */
function rank<T>(list: T[], item: T, compare: (a: T, b: T) => number): void {
  const place = list.findIndex((other) => compare(item, other) < 0);
  if (place < 0) list.push(item);
  else list.splice(place, 0, item);
  list.length = Math.min(list.length, WORST);
}

function noRecords(): Records {
  return { four: 0, three: 0, two: 0, other: 0 };
}

function addRecords(into: Records, records: Readonly<Records>, times: number): void {
  for (const klass of ['four', 'three', 'two', 'other'] as const) into[klass] += times * records[klass];
}

function totalOf(records: Readonly<Records>): number {
  return records.four + records.three + records.two + records.other;
}

function bump(counts: Counts, key: string, by: number): void {
  counts[key] = (counts[key] ?? 0) + by;
}

function sum(counts: Readonly<Counts>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
