/** How old a file is and whether it may still be kept. Ages are whole days of 24 hours since the last change. */
import type { DocumentDates, Facts, Retention, RetentionBasis } from '../model.js';
import { businessYearOf, endOfBusinessYear } from './business-year.js';
import { policyPath, retentionRuleOf } from './path-match.js';
import type { Policy } from './policy.js';

const DAY_MS = 86_400_000;
const YEARS_AHEAD_MS = 2 * 366 * DAY_MS;

/** Shown as `retention.rule` where no rule of the policy fits. */
export const DEFAULT_RULE = 'default';

/**
 * Judges the age by the first rule that fits, from the last change, or where the rule says so from the end of the business year that names tell, or from the
 * day on which the document says that it was last saved; without such a year or day from the last change too. A file
 * as old as its limit is still within; one changed after `asOfMs` is 0 days old (`--as-of` may name a day in the past). Without a time of the last change
 * the state is `unknown`, unless the rule has no limit; so it is with a time more than a day after `nowMs`: a wrong clock wrote it, and it says nothing of the age.
 */
export function retentionOf(facts: Facts, policy: Policy, asOfMs: number, nowMs = asOfMs): Retention {
  const rule = retentionRuleOf(facts, policy);
  const limitDays = rule === null ? policy.retentionDefaultDays : rule.limitDays;
  const latestMs = Math.max(asOfMs, nowMs);
  const businessYear = businessYearOf(policyPath(facts));
  const documentDates = believableDates(facts.content.documentDates, latestMs);
  const ageFrom = (fromMs: number | null) => (fromMs === null ? null : Math.max(0, Math.floor((asOfMs - fromMs) / DAY_MS)));
  const starts: Readonly<Record<RetentionBasis, number | null>> = {
    modified: believable(facts.modifiedMs, latestMs),
    'business-year': businessYear && believableYearEnd(businessYear.year, latestMs),
    document: documentDates?.saved ?? null,
  };
  const wanted = rule?.from ?? policy.retentionFrom;
  const basis = starts[wanted] === null ? 'modified' : wanted;
  const ageDays = ageFrom(starts[basis]);
  const state = stateOf(ageDays, limitDays);
  const isOlder = state === 'within' && starts.document !== null && stateOf(ageFrom(starts.document), limitDays) === 'stale';
  return {
    ...{ state, ageDays, limitDays, basis },
    ...(businessYear && { businessYear }),
    ...(documentDates && { documentDates }),
    ...(isOlder && { staleByDocument: true }),
    rule: rule?.name ?? DEFAULT_RULE,
  };
}

function believableDates(dates: DocumentDates | undefined, latestMs: number): DocumentDates | null {
  if (dates === undefined) return null;
  const [created, saved] = [believable(dates.created, latestMs), believable(dates.saved, latestMs)];
  return created === null && saved === null ? null : { created, saved };
}

/** A year that begins more than a year from now was mistyped (令和27年度 for 平成27年度), or tells of a plan: no age can be counted from it. */
function believableYearEnd(year: number, latestMs: number): number | null {
  return endOfBusinessYear(year) > latestMs + YEARS_AHEAD_MS ? null : endOfBusinessYear(year);
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
