/** What raises which exit code (CONTRACT.md, "Exit codes"), so that a scheduler can tell a clean night from one that saw half of the share. */
import type { Facts, Judgement } from '../model.js';
import type { Policy } from './policy.js';

/**
 * Does this file raise exit code 3: it was not examined whole, or could not be judged, and the policy tolerates not all of its
 * problems. `sealed` and `textless` never do; `undetermined` for its access list does, because a share whose lists can't be read
 * would else end with "everything in order".
 */
export function raisesNotExamined(facts: Facts, judgement: Judgement, policy: Policy): boolean {
  const { examined, problems } = facts.content;
  if (judgement.verdict === 'sealed') return false;
  if (examined === 'none' || examined === 'partial') {
    return problems.length === 0 || problems.some((problem) => !policy.tolerate.includes(problem.code));
  }
  return judgement.verdict === 'undetermined';
}

export interface RunOutcome {
  /** Violations without a valid exception. */
  readonly violations: number;
  /** Files for which `raisesNotExamined` holds. */
  readonly notExamined: number;
  /** Places that hold more persons than the policy allows. */
  readonly piles?: number;
  readonly complete: boolean;
  readonly interrupted: boolean;
  readonly timeLimit: boolean;
}

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** 2, 130, 4, 1, 3 in this order. A run that is neither complete, interrupted nor out of time has lost a root. */
export function exitCode(outcome: RunOutcome): ExitCode {
  if (!outcome.complete && !outcome.interrupted && !outcome.timeLimit) return 2;
  if (outcome.interrupted) return 130;
  if (outcome.timeLimit) return 4;
  if (outcome.violations > 0 || (outcome.piles ?? 0) > 0) return 1;
  return outcome.notExamined > 0 ? 3 : 0;
}
