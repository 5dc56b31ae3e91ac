/** Sums judged files by department, with the rows that its manager is told. Holds a few counters, sets of contents and the worst files, never all files. */
import type { Persons } from '../inventory/persons.js';
import { type JudgedFile, RECORD_CLASSES } from '../model.js';
import type { DepartmentSums, MailedFile } from '../notify/morning-mail.js';
import { departmentFinder } from '../policy/department.js';
import { raisesNotExamined } from '../policy/exit-code.js';
import { isOpenViolation } from '../policy/judge.js';
import type { Policy } from '../policy/policy.js';
import type { Department } from '../policy/site.js';
import type { Judged } from './judged.js';

/** Rows of one kind in a mail: what nobody reads helps nobody, and the report has them all. */
const ROWS_MAX = 100;

interface Sums {
  readonly name: string | null;
  files: number;
  violations: number;
  excepted: number;
  notExamined: number;
  records: number;
  readonly contents: Set<number>;
  readonly toMend: JudgedFile[];
  readonly unread: JudgedFile[];
}

export class DepartmentTally {
  private readonly find: (path: string) => Department | null;
  private readonly sums: readonly Sums[];
  private readonly byDepartment: ReadonlyMap<Department | null, Sums>;

  constructor(
    departments: readonly Department[],
    private readonly policy: Policy,
    private readonly persons: Persons,
  ) {
    this.find = departmentFinder(departments);
    const owners = [...departments, null];
    this.sums = owners.map((owner) => emptySums(owner?.name ?? null));
    this.byDepartment = new Map(owners.map((owner, at) => [owner, this.sums[at]!]));
  }

  add({ lines, entry }: Judged): void {
    const [file] = lines;
    if (!file) return;
    const sums = this.byDepartment.get(this.find(file.path))!;
    sums.files++;
    sums.records += RECORD_CLASSES.reduce((sum, klass) => sum + file.content.records[klass], 0);
    if (entry.content !== null) sums.contents.add(entry.content);
    if (isOpenViolation(file)) {
      sums.violations++;
      keepWorst(sums.toMend, file);
    } else if (file.verdict === 'violation') sums.excepted++;
    if (lines.some((line) => raisesNotExamined(line, line, this.policy))) {
      sums.notExamined++;
      keepWorst(sums.unread, file);
    }
  }

  /** In the order of the configuration; what belongs to no department last, when there is any. `shown`: a file as it may be named. */
  result(shown: (file: JudgedFile) => MailedFile): DepartmentSums[] {
    return this.sums
      .filter(({ name, files }) => name !== null || files > 0)
      .map(({ contents, toMend, unread, ...sums }) => ({
        ...sums,
        persons: Object.values(this.persons.count(contents)).reduce((sum, count) => sum + count, 0),
        toMend: toMend.map(shown),
        unread: unread.map(shown),
      }));
  }
}

function emptySums(name: string | null): Sums {
  return { name, files: 0, violations: 0, excepted: 0, notExamined: 0, records: 0, contents: new Set(), toMend: [], unread: [] };
}

/** Files come in the order of paths: among equals the first stay. */
function keepWorst(list: JudgedFile[], file: JudgedFile): void {
  const at = list.findIndex((other) => other.risk < file.risk);
  if (at < 0 && list.length >= ROWS_MAX) return;
  list.splice(at < 0 ? list.length : at, 0, file);
  list.length = Math.min(list.length, ROWS_MAX);
}
