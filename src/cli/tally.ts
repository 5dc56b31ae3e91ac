/** Sums judged files for the summary and the exit code. Holds a few counters, the worst files and one sum a folder at a time, never all files. */
import type { Persons } from '../inventory/persons.js';
import type { JudgedFile, RecordClass } from '../model.js';
import type { RunTotals } from '../parts.js';
import { raisesNotExamined } from '../policy/exit-code.js';
import { isExposed, isOpenViolation } from '../policy/judge.js';
import type { Policy } from '../policy/policy.js';
import type { SummaryInput, WorstFolder } from '../report/summary.js';
import type { Judged, JudgedGroup } from './judged.js';

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
  private openViolations = 0;
  private notExamined = 0;
  private readonly contents = new Set<number>();
  private readonly exposedContents = new Set<number>();
  private readonly worstFiles: JudgedFile[] = [];
  private readonly folders: FolderSum[] = [];
  private folder: FolderSum | null = null;

  constructor(
    private readonly policy: Policy,
    private readonly persons: Persons,
  ) {}

  /** Entries in which something was found, in the order of their paths. */
  add({ lines, entry }: Judged): void {
    const [file, ...members] = lines;
    if (!file) return;
    this.count(file, 1);
    this.members += members.length;
    if (members.some((member) => raisesNotExamined(member, member, this.policy)) && !raisesNotExamined(file, file, this.policy))
      this.notExamined++;
    addRecords(this.records, file.content.records);
    if (isOpenViolation(file)) this.openViolations++;
    if (entry.content !== null) this.contents.add(entry.content);
    if (isExposed(file, this.policy)) {
      addRecords(this.exposedRecords, file.content.records);
      if (entry.content !== null) this.exposedContents.add(entry.content);
    }
    if (file.verdict === 'violation') {
      this.rankFile(file);
      this.sumFolder(file, entry.content);
    }
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
    const personsBy = this.persons.count(this.contents);
    const { enumerated, members, byVerdict, byExamined, byProblem, records, openViolations, notExamined } = this;
    const persons = sum(personsBy);
    return { enumerated, members, byVerdict, byExamined, byProblem, records, persons, personsBy, openViolations, notExamined };
  }

  exposed(): SummaryInput['exposed'] {
    return { records: this.exposedRecords, persons: sum(this.persons.count(this.exposedContents)) };
  }

  worst(): Pick<SummaryInput, 'worstFiles' | 'worstFolders'> {
    this.closeFolder();
    const worstFolders = this.folders.map(
      ({ contents, ...folder }): WorstFolder => ({ ...folder, persons: sum(this.persons.count(contents)) }),
    );
    return { worstFiles: this.worstFiles, worstFolders };
  }

  private rankFile(file: JudgedFile): void {
    rank(this.worstFiles, file, (one) => one.risk);
  }

  /** Files come folder by folder, so one sum is open at a time. */
  private sumFolder(file: JudgedFile, content: number | null): void {
    const shown = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '';
    if (this.folder?.root !== file.root || this.folder.folder !== shown) {
      this.closeFolder();
      this.folder = { root: file.root, folder: shown, violations: 0, records: noRecords(), risk: 0, contents: new Set() };
    }
    const sums = this.folder;
    sums.violations++;
    addRecords(sums.records, file.content.records);
    sums.risk = Math.max(sums.risk, file.risk);
    if (content !== null) sums.contents.add(content);
  }

  private closeFolder(): void {
    if (this.folder) rank(this.folders, this.folder, (one) => one.risk * 1e9 + totalOf(one.records));
    this.folder = null;
  }
}

interface FolderSum {
  readonly root: string;
  readonly folder: string;
  violations: number;
  readonly records: Records;
  risk: number;
  readonly contents: Set<number>;
}

function rank<T>(list: T[], item: T, weight: (item: T) => number): void {
  const place = list.findIndex((other) => weight(item) > weight(other));
  if (place < 0) list.push(item);
  else list.splice(place, 0, item);
  list.length = Math.min(list.length, WORST);
}

function noRecords(): Records {
  return { four: 0, three: 0, two: 0, other: 0 };
}

function addRecords(into: Records, records: Readonly<Records>): void {
  for (const klass of ['four', 'three', 'two', 'other'] as const) into[klass] += records[klass];
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
