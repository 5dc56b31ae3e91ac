/** The register of exceptions on a day: which hold, which end soon, which have ended and are ignored. Pure. */
import type { ExceptionState } from '../model.js';
import { localDate } from './judge.js';
import type { Policy, PolicyException } from './policy.js';

export interface StandingException {
  readonly exception: PolicyException;
  readonly state: ExceptionState;
}

const DAY_MS = 86_400_000;

/** All of them, in the order of their last day. */
export function exceptionsOn(policy: Policy, asOfMs: number): StandingException[] {
  const [today, soon] = [localDate(asOfMs), localDate(asOfMs + policy.announceDays * DAY_MS)];
  return policy.exceptions
    .toSorted((a, b) => (a.expires < b.expires ? -1 : a.expires > b.expires ? 1 : 0))
    .map((exception) => ({
      exception,
      state: exception.expires < today ? 'expired' : exception.expires <= soon ? 'expiring' : 'in-force',
    }));
}
