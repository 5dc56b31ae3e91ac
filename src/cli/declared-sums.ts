/** Holds what departments declared against what the inventory knows, department by department and day by day. */
import type { JudgedFile } from '../model.js';
import { holdsPersonalData, isOpenViolation } from '../policy/judge.js';
import type { Declaration, DepartmentStory, Measured, Said } from '../report/declared.js';
import { isContradicted, isUnchecked } from '../report/declared.js';
import type { LeakTable } from '../report/leak.js';
import type { Standing } from '../words/evidence.js';
import type { Answer } from './answers.js';
import type { DeclaredDays, MeasuredDay } from './declared-days.js';
import { type Departments, departmentMatcher } from './departments.js';
import type { Judged, JudgedAlike } from './judged.js';

interface Sums {
  personalFiles: number;
  violations: number;
}

export class DeclaredSums {
  private readonly sums = new Map<string, Sums>();

  constructor(
    private readonly answers: readonly Answer[],
    private readonly departments: Departments,
    private readonly days: DeclaredDays,
  ) {
    // A folder may be there without any personal data in it: its department is measured all the same.
    for (const name of days.names()) this.sums.set(name, { personalFiles: 0, violations: 0 });
  }

  /** What is known now. */
  add(one: Judged | JudgedAlike): void {
    if ('each' in one) for (const judged of one.each()) this.addFile(judged.lines[0]!);
    else this.addFile(one.lines[0]!);
  }

  private addFile(file: JudgedFile): void {
    const sums = this.sums.get(this.departments.of(file));
    if (!sums || !holdsPersonalData(file)) return;
    sums.personalFiles++;
    if (isOpenViolation(file)) sums.violations++;
  }

  /** The most contradicted first, then what could not be checked, then those with the most violations; names decide between equals. */
  result(leak: LeakTable): DepartmentStory[] {
    const leaks = new Map(leak.parts.map((part) => [part.name, part]));
    const match = departmentMatcher([...this.sums.keys(), ...(this.departments.names ?? [])]);
    const nameOf = ({ department }: Answer) => match(department) ?? department;
    const declared = new Map<string, Answer[]>();
    for (const answer of this.answers) declared.set(nameOf(answer), [...(declared.get(nameOf(answer)) ?? []), answer]);
    const names = new Set([...declared.keys(), ...this.sums.keys(), ...(this.departments.names ?? [])]);
    const stories = [...names].map((name): DepartmentStory => {
      const answers = [...(declared.get(name) ?? [])].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
      const sums = this.sums.get(name);
      const { recordSum = 0, persons = 0, notExamined = 0 } = leaks.get(name) ?? {};
      const measured: Measured | null = sums ? { ...sums, records: recordSum, persons, notExamined } : null;
      return { name, measured, declarations: answers.map((answer) => this.declaration(answer, name)) };
    });
    return stories.sort(worstFirst);
  }

  private declaration({ day, said, words, files }: Answer, department: string): Declaration {
    const measured = this.days.measured(day, department);
    return {
      ...{ department, day, said, words, declaredFiles: files, standing: standingOf(said, measured) },
      violationsThen: measured.violations,
      notExaminedThen: measured.notExamined,
      measuredMs: measured.measuredMs,
    };
  }
}

function standingOf(said: Said, { violations, isLater, isUnsure }: MeasuredDay): Standing {
  if (violations === null && !isLater) return 'unmatched';
  if (said !== 'proper') return said === 'improper' ? 'admitted' : 'unclear';
  if (isLater) return 'unmeasured';
  if (violations! > 0) return 'contradicted';
  return isUnsure ? 'unchecked' : 'agrees';
}

function worstFirst(a: DepartmentStory, b: DepartmentStory): number {
  const times = (story: DepartmentStory, test: (one: Declaration) => boolean) => story.declarations.filter(test).length;
  return (
    times(b, isContradicted) - times(a, isContradicted) ||
    times(b, isUnchecked) - times(a, isUnchecked) ||
    (b.measured?.violations ?? -1) - (a.measured?.violations ?? -1) ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}
