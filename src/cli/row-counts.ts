/** Lines of a report on their way into it: with their department and approval, and counted as they are written. */
import type { JudgedFile } from '../model.js';
import { approvalOf } from '../policy/judge.js';
import type { Policy } from '../policy/policy.js';
import type { RowCounts } from '../report/manifest.js';
import type { Departments } from './departments.js';
import type { Judged } from './judged.js';

type Counts = Record<string, number>;

export class CountedRows implements RowCounts {
  files = 0;
  members = 0;
  readonly byVerdict: Counts = {};
  readonly byExamined: Counts = {};
  readonly byCause: Counts = {};

  constructor(
    private readonly policy: Policy,
    private readonly asOfMs: number,
    private readonly departments: Departments,
  ) {}

  *judged(judged: Iterable<Judged>): Generator<Judged> {
    for (const { entry, lines } of judged) {
      const department = this.departments.of(lines[0]!);
      yield { entry, lines: lines.map((line) => this.counted(line, department)) };
    }
  }

  *lines(judged: Iterable<Judged>): Generator<JudgedFile> {
    for (const { lines } of this.judged(judged)) yield* lines;
  }

  private counted(line: JudgedFile, department: string): JudgedFile {
    const { member, verdict, content } = line;
    if (member !== null) this.members++;
    else {
      this.files++;
      bump(this.byVerdict, verdict);
      bump(this.byExamined, content.examined);
      if (content.examined === 'partial' || content.examined === 'none') bump(this.byCause, content.problems[0]?.code ?? 'members');
    }
    const exception = line.reasons.includes('excepted') ? approvalOf(line, this.policy, this.asOfMs) : null;
    return { ...line, department, ...(exception === null ? {} : { exception }) };
  }
}

function bump(counts: Counts, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1;
}
