/**
 * The risk of a file, 0 to 100, to put the worst first: records × kinds × exposure × age. It orders a list of work and decides nothing:
 * the verdict is judge.ts's. README.md of this folder explains the formula for readers of reports.
 */
import type { AccessState, Facts, PasswordState, Retention, RiskFactors } from '../model.js';

/** Six figures of records (the leak of 2015 had 1.25 million) are as bad as it gets; the scale is logarithmic, one record counts 0.4. */
const RECORDS_FULL_LOG10 = 5;
const RECORDS_FLOOR = 0.4;

/** A password that is needed to open stops nearly all readers; a weak one is broken within hours by who wants to. */
const PASSWORD_FACTOR: Readonly<Record<PasswordState, number>> = { none: 1, default: 1, partial: 1, unknown: 0.8, weak: 0.6, set: 0.15 };
const ACCESS_FACTOR: Readonly<Record<AccessState, number>> = { open: 1, unknown: 0.7, restricted: 0.25 };

const AGE_FRESH = 0.7;
const AGE_STALE = 0.85;
/** Five times its limit, and a file is as stale as can be. */
const AGE_FULL_LIMITS = 5;

/** The same numbers for who explains them. */
export const RISK_SCALE = {
  recordsOne: RECORDS_FLOOR,
  recordsFull: 10 ** RECORDS_FULL_LOG10,
  password: PASSWORD_FACTOR,
  access: ACCESS_FACTOR,
  ageFresh: AGE_FRESH,
  ageStale: AGE_STALE,
  ageFullLimits: AGE_FULL_LIMITS,
} as const;

/**
 * One decimal, 0 to 100; 0 where no record that counts was found. Never falls when records, kinds, exposure or age grow.
 */
export function riskOf(facts: Pick<Facts, 'content' | 'access'>, retention: Retention): number {
  const { records, kinds, password, access, age } = riskFactors(facts, retention);
  return Math.round(records * kinds * (password * access) * age * 1000) / 10;
}

/** What `riskOf` multiplies. Without a record that counts the factor of records is 0. */
export function riskFactors(facts: Pick<Facts, 'content' | 'access'>, retention: Retention): RiskFactors {
  const { records, kinds, password } = facts.content;
  const recordCount = records.four + records.three + records.two + records.other;
  const kindCount = Object.values(kinds).filter((count) => count > 0).length;
  return {
    records: recordCount === 0 ? 0 : recordsFactor(recordCount),
    kinds: kindsFactor(kindCount),
    password: PASSWORD_FACTOR[password.state],
    access: ACCESS_FACTOR[facts.access.state],
    age: ageFactor(retention),
  };
}

function recordsFactor(recordCount: number): number {
  return RECORDS_FLOOR + (1 - RECORDS_FLOOR) * Math.min(1, Math.log10(recordCount) / RECORDS_FULL_LOG10);
}

/** Two kinds are the least that make most records; the four items together, or more, weigh full. */
function kindsFactor(kindCount: number): number {
  return Math.min(1, 0.6 + 0.1 * kindCount);
}

function ageFactor({ ageDays, limitDays }: Retention): number {
  if (limitDays === null) return AGE_FRESH;
  if (ageDays === null) return AGE_STALE;
  const limitsOld = ageDays / Math.max(1, limitDays);
  if (limitsOld <= 1) return AGE_FRESH + (AGE_STALE - AGE_FRESH) * limitsOld;
  return AGE_STALE + (1 - AGE_STALE) * Math.min(1, (limitsOld - 1) / (AGE_FULL_LIMITS - 1));
}
