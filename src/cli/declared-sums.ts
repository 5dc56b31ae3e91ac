/** Holds what departments declared against what the inventory knows, department by department and day by day. */
import type { JudgedFile } from '../model.js';
import { holdsPersonalData, isOpenViolation, judge } from '../policy/judge.js';
import { coveredByMembers } from '../policy/judge-members.js';
import type { Policy } from '../policy/policy.js';
import type { Declaration, DepartmentStory, Measured, Said } from '../report/declared.js';
import { isContradicted } from '../report/declared.js';
import type { LeakTable } from '../report/leak.js';
import type { Standing } from '../words/evidence.js';
import type { Answer } from './answers.js';
import { type Departments, departmentMatcher } from './departments.js';
import type { Judged, JudgedAlike } from './judged.js';
import { asOfOption } from './options.js';

interface Sums {
  personalFiles: number;
  violations: number;
  /** By the index of the day. */
  readonly sinceDay: number[];
}

export class DeclaredSums {
  private readonly days: readonly { readonly day: string; readonly endMs: number }[];
  private readonly sums = new Map<string, Sums>();

  constructor(
    private readonly answers: readonly Answer[],
    private readonly departments: Departments,
    private readonly policy: Policy,
  ) {
    // A day that is declared ends with the day: what was changed on it was there.
    this.days = [...new Set(answers.map(({ day }) => day))].sort().map((day) => ({ day, endMs: asOfOption(day, 0) }));
  }

  /** A folder may be there without any personal data in it: its department is measured all the same. */
  addName(department: string): void {
    if (department !== '' && !this.sums.has(department))
      this.sums.set(department, { personalFiles: 0, violations: 0, sinceDay: this.days.map(() => 0) });
  }

  add(one: Judged | JudgedAlike): void {
    if ('each' in one) for (const judged of one.each()) this.add(judged);
    else this.addLines(one.lines);
  }

  private addLines(lines: readonly JudgedFile[]): void {
    const [file] = lines;
    const department = this.departments.of(file!);
    if (!file || department === '' || !holdsPersonalData(file)) return;
    this.addName(department);
    const sums = this.sums.get(department)!;
    sums.personalFiles++;
    if (!isOpenViolation(file)) return;
    sums.violations++;
    const { modifiedMs } = file;
    if (modifiedMs === null) return;
    this.days.forEach(({ endMs }, at) => {
      if (modifiedMs <= endMs && this.isViolationOn(lines, endMs)) sums.sinceDay[at]!++;
    });
  }

  /** Judged as on that day: what has become stale since was not stale then. */
  private isViolationOn(lines: readonly JudgedFile[], asOfMs: number): boolean {
    const [file, ...members] = lines;
    const own = members.length > 0 ? coveredByMembers(file!, members) : file!;
    return [own, ...members].some((one) => isOpenViolation(judge(one, this.policy, asOfMs, Date.now())));
  }

  /** The most contradicted first, then those with the most violations; names decide between equals. */
  result(leak: LeakTable): DepartmentStory[] {
    const leaks = new Map(leak.parts.map((part) => [part.name, part]));
    const match = departmentMatcher(this.sums.keys());
    const nameOf = ({ department }: Answer) => match(department) ?? department;
    const declared = new Map<string, Answer[]>();
    for (const answer of this.answers) declared.set(nameOf(answer), [...(declared.get(nameOf(answer)) ?? []), answer]);
    const stories = [...new Set([...declared.keys(), ...this.sums.keys()])].map((name): DepartmentStory => {
      const answers = [...(declared.get(name) ?? [])].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
      const sums = this.sums.get(name);
      const part = leaks.get(name);
      const measured: Measured | null = sums
        ? { personalFiles: sums.personalFiles, violations: sums.violations, records: part?.recordSum ?? 0, persons: part?.persons ?? 0 }
        : null;
      return { name, measured, declarations: answers.map((answer) => this.declaration(answer, name, sums)) };
    });
    return stories.sort(worstFirst);
  }

  private declaration({ day, said, words, files }: Answer, department: string, sums: Sums | undefined): Declaration {
    const violationsThen = sums?.sinceDay[this.days.findIndex((one) => one.day === day)] ?? null;
    return { department, day, said, words, declaredFiles: files, violationsThen, standing: standingOf(said, violationsThen) };
  }
}

function standingOf(said: Said, violationsThen: number | null): Standing {
  if (violationsThen === null) return 'unmatched';
  if (said !== 'proper') return said === 'improper' ? 'admitted' : 'unclear';
  return violationsThen > 0 ? 'contradicted' : 'agrees';
}

function worstFirst(a: DepartmentStory, b: DepartmentStory): number {
  const contradicted = (story: DepartmentStory) => story.declarations.filter(isContradicted).length;
  return (
    contradicted(b) - contradicted(a) ||
    (b.measured?.violations ?? -1) - (a.measured?.violations ?? -1) ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}
