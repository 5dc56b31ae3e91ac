/** The register of exceptions on a day: which end soon, which have ended and are ignored. Pure. */
import { localDate } from './judge.js';
import type { Policy, PolicyException } from './policy.js';

export interface EndingException {
  readonly exception: PolicyException;
  /** False: it ends within `Policy.announceDays`. */
  readonly hasEnded: boolean;
}

const DAY_MS = 86_400_000;

/** In the order of their last day. */
export function endingExceptions(policy: Policy, asOfMs: number): EndingException[] {
  const [today, soon] = [localDate(asOfMs), localDate(asOfMs + policy.announceDays * DAY_MS)];
  return policy.exceptions
    .filter(({ expires }) => expires <= soon)
    .sort((a, b) => (a.expires < b.expires ? -1 : a.expires > b.expires ? 1 : 0))
    .map((exception) => ({ exception, hasEnded: exception.expires < today }));
}
