/** How old a file is and whether it may still be kept. Ages are whole days of 24 hours since the last change. */
import type { Facts, Retention } from '../model.js';
import { businessYearOf, endOfBusinessYear } from './business-year.js';
import { retentionRuleOf } from './path-match.js';
import type { Policy } from './policy.js';

const DAY_MS = 86_400_000;

/** Shown as `retention.rule` where no rule of the policy fits. */
export const DEFAULT_RULE = 'default';

/**
 * Judges the age by the first rule that fits, from the last change, or where the rule says so from the end of the business year that names tell. A file
 * as old as its limit is still within; one changed after `asOfMs` is 0 days old (`--as-of` may name a day in the past). Without a time of the last change
 * the state is `unknown`, unless the rule has no limit; so it is with a time more than a day after `nowMs`: a wrong clock wrote it, and it says nothing of the age.
 */
export function retentionOf(facts: Facts, policy: Policy, asOfMs: number, nowMs = asOfMs): Retention {
  const rule = retentionRuleOf(facts, policy);
  const limitDays = rule === null ? policy.retentionDefaultDays : rule.limitDays;
  const businessYear = businessYearOf(facts.path);
  const byYear = businessYear !== null && (rule?.from ?? policy.retentionFrom) === 'business-year';
  const fromMs = byYear ? endOfBusinessYear(businessYear.year) : believable(facts.modifiedMs, Math.max(asOfMs, nowMs));
  const ageDays = fromMs === null ? null : Math.max(0, Math.floor((asOfMs - fromMs) / DAY_MS));
  return {
    ...{ state: stateOf(ageDays, limitDays), ageDays, limitDays },
    basis: byYear ? 'business-year' : 'modified',
    ...(businessYear && { businessYear }),
    rule: rule?.name ?? DEFAULT_RULE,
  };
}

/** Clocks of servers and clients may differ, and time zones be mixed up: by a day. */
function believable(modifiedMs: number | null, nowMs: number): number | null {
  return modifiedMs !== null && modifiedMs > nowMs + DAY_MS ? null : modifiedMs;
}

function stateOf(ageDays: number | null, limitDays: number | null): Retention['state'] {
  if (limitDays === null) return 'within';
  if (ageDays === null) return 'unknown';
  return ageDays > limitDays ? 'stale' : 'within';
}
