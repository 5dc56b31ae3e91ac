/**
 * The verdict of a file from everything that is known of it (CONTRACT.md, "Verdict of a file"). Pure: it reads no clock and no file,
 * and judges afresh whenever it is asked. It never turns "not known" into "compliant" or "clear".
 */
import type { Approval, Facts, Judgement, Protection, Reason, Retention, Verdict } from '../model.js';
import { REASONS } from '../model.js';
import { isLocked } from './password-beside.js';
import { exceptionOf } from './path-match.js';
import type { Policy } from './policy.js';
import { retentionOf } from './retention.js';
import { riskOf } from './risk.js';

/** The verdict with all its reasons, in the order of REASONS. `asOfMs` is the moment by which ages and exceptions are judged, `nowMs` that beyond which no file can have been changed. */
export function judge(facts: Facts, policy: Policy, asOfMs: number, nowMs = asOfMs): Judgement {
  const retention = retentionOf(facts, policy, asOfMs, nowMs);
  const protection = protectionOf(facts, policy);
  const verdict = verdictOf(facts, policy, protection, retention);
  const reasons = reasonsOf(facts, verdict, protection, retention);
  if (verdict === 'violation' && approvalOf(facts, policy, asOfMs) !== null) reasons.push('excepted');
  return { verdict, reasons: inOrder(reasons), retention, risk: riskOf(facts, retention) };
}

/** Who approved a breach at this path that still holds on that day; null when nobody did. */
export function approvalOf(facts: Facts, policy: Policy, asOfMs: number): Approval | null {
  const found = exceptionOf(facts, policy, localDate(asOfMs));
  return found && { reason: found.reason, approver: found.approver, expires: found.expires };
}

/** A violation without a valid exception: what raises exit code 1. */
export function isOpenViolation(judgement: Judgement): boolean {
  return judgement.verdict === 'violation' && !judgement.reasons.includes('excepted');
}

/** Does the file hold personal data: at least one record that counts, in its content or its path. */
export function holdsPersonalData(facts: Pick<Facts, 'content'>): boolean {
  const { four, three, two, other } = facts.content.records;
  return four + three + two + other > 0;
}

/** Holds personal data, and neither password nor access protects it: what the leak table calls exposed. */
export function isExposed(facts: Facts, policy: Policy): boolean {
  return holdsPersonalData(facts) && protectionOf(facts, policy) === 'unprotected';
}

/** One proven breach suffices, so it is looked for first; then what is locked, what is unread, what is unknown. */
function verdictOf(facts: Facts, policy: Policy, protection: Protection, retention: Retention): Verdict {
  const { examined } = facts.content;
  const holds = holdsPersonalData(facts);
  if (holds && (protection === 'unprotected' || retention.state === 'stale')) return 'violation';
  if (isSealed(facts, policy, protection)) return 'sealed';
  if (examined === 'none') return 'undetermined';
  if (!holds) return examined === 'textless' ? 'textless' : examined === 'full' ? 'clear' : 'undetermined';
  return protection === 'protected' && retention.state === 'within' ? 'compliant' : 'undetermined';
}

/** Locked by a real password, unread for that reason, and so within the rule for protection. */
function isSealed(facts: Facts, policy: Policy, protection: Protection): boolean {
  const { examined, password, problems } = facts.content;
  const locked = password.state === 'set' || password.state === 'weak';
  const counts = isRealPassword(facts, policy) || protection === 'protected';
  return examined === 'none' && locked && counts && problems.some((problem) => problem.code === 'encrypted');
}

function isRealPassword(facts: Facts, policy: Policy): boolean {
  const { state } = facts.content.password;
  return state === 'set' || (state === 'weak' && policy.weakPasswordProtects);
}

/** protected = a real password to open, or restricted access. Unprotected only when both are proven missing. */
export function protectionOf(facts: Facts, policy: Policy): Protection {
  if (isRealPassword(facts, policy) || facts.access.state === 'restricted') return 'protected';
  return facts.access.state === 'open' && facts.content.password.state !== 'unknown' ? 'unprotected' : 'unknown';
}

function reasonsOf(facts: Facts, verdict: Verdict, protection: Protection, retention: Retention): Reason[] {
  const { examined, password } = facts.content;
  const reasons: Reason[] = [];
  if (password.state === 'weak') reasons.push('weak-password');
  if (facts.passwordBeside != null && isLocked(password)) reasons.push('password-beside');
  if (verdict === 'sealed') {
    if (retention.state === 'stale') reasons.push('sealed-stale');
  } else if (examined === 'none') reasons.push('unread');
  if (examined === 'partial') reasons.push('partly-read');
  if (password.state === 'default' && (examined === 'none' || holdsPersonalData(facts))) reasons.push('default-password');
  if (!holdsPersonalData(facts)) return reasons;
  if (protection !== 'protected') reasons.push(...gateReasons(facts));
  // Told of protected files too: what their keeper once set in Windows no longer holds.
  if (facts.access.staleList === true) reasons.push('stale-acl');
  if (retention.state === 'stale') reasons.push('stale');
  if (retention.state === 'unknown') reasons.push('age-unknown');
  return reasons;
}

function gateReasons(facts: Facts): Reason[] {
  const { state } = facts.content.password;
  const reasons: Reason[] = [];
  if (state === 'none' || state === 'partial') reasons.push('no-password');
  if (state === 'unknown') reasons.push('password-unknown');
  reasons.push(facts.access.state === 'open' ? 'open-access' : 'access-unknown');
  return reasons;
}

/** Each once, in the order of REASONS. */
export function inOrder(reasons: readonly Reason[]): Reason[] {
  return REASONS.filter((reason) => reasons.includes(reason));
}

/** The day of a moment in the local calendar: an exception ends with the day on which the office ends. */
export function localDate(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
