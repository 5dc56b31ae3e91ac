/** The register of exceptions beside what was found: how many violations each excuses, and which fit nothing. */
import type { ExceptionLine } from '../parts.js';
import { exceptionsOn } from '../policy/exceptions.js';
import { localDate } from '../policy/judge.js';
import { exceptionOf, exceptionsInForce } from '../policy/path-match.js';
import type { Policy, PolicyException } from '../policy/policy.js';
import type { Judged, JudgedAlike } from './judged.js';

export class ExceptionSums {
  private unseen: ReturnType<typeof exceptionsInForce>;
  private readonly files = new Map<PolicyException, number>();
  private readonly today: string;

  constructor(
    private readonly policy: Policy,
    private readonly asOfMs: number,
  ) {
    this.today = localDate(asOfMs);
    this.unseen = exceptionsInForce(policy, this.today);
  }

  add(one: Judged | JudgedAlike): void {
    if ('each' in one) for (const judged of one.each()) this.addFile(judged);
    else this.addFile(one);
  }

  /** In the order of their last day. `isWhole`: the run came to its end, so that what fits nothing can be told. */
  result(isWhole: boolean): ExceptionLine[] {
    const idle = new Set(this.unseen.map(({ exception }) => exception));
    return exceptionsOn(this.policy, this.asOfMs).map(({ exception, state }) => ({
      state,
      path: exception.path,
      hash: exception.hash ?? null,
      reason: exception.reason,
      approver: exception.approver,
      expires: exception.expires,
      files: this.files.get(exception) ?? 0,
      idle: isWhole && state !== 'expired' ? idle.has(exception) : null,
    }));
  }

  private addFile({ lines, entry }: Judged): void {
    if (entry.content === null) return;
    for (const line of this.unseen.length === 0 ? [] : lines)
      if (this.unseen.some(({ fits }) => fits(line))) this.unseen = this.unseen.filter(({ fits }) => !fits(line));
    if (!lines[0]!.reasons.includes('excepted')) return;
    // A container may be excused by what holds for the files inside it.
    const used = lines.filter(({ reasons }) => reasons.includes('excepted')).map((line) => exceptionOf(line, this.policy, this.today));
    for (const exception of new Set(used)) if (exception) this.files.set(exception, (this.files.get(exception) ?? 0) + 1);
  }
}
