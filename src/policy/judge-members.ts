/**
 * Containers: what is judged of a file with members. Each container inside another is judged by the same rule, from the innermost out. Pure.
 */
import type { Facts, JudgedFile, Judgement, Retention, Verdict } from '../model.js';
import { holdsPersonalData, inOrder, isOpenViolation, judge } from './judge.js';
import type { Policy } from './policy.js';

/** A container's line and those of all its members, in their order: what stands in a container within follows it, its own path in front. */
export function judgeContainer(facts: Facts, members: readonly Facts[], policy: Policy, asOfMs: number, nowMs = asOfMs): JudgedFile[] {
  const judgeAt = (own: Facts, inside: readonly JudgedFile[]): JudgedFile =>
    inside.length === 0
      ? { ...own, ...judge(own, policy, asOfMs, nowMs) }
      : { ...own, ...containerOf(judge(coveredByMembers(own, inside), policy, asOfMs, nowMs), inside) };
  // From the end, so that what is in a container is judged before it: the last member stands first here.
  const judged: JudgedFile[] = [];
  for (const member of members.toReversed()) {
    const one = withDates(member, facts);
    let from = judged.length;
    while (from > 0 && judged[from - 1]!.member!.startsWith(`${one.member}/`)) from--;
    judged.push(judgeAt(one, judged.slice(from)));
  }
  return [judgeAt(facts, judged), ...judged.reverse()];
}

/** The line of a container has the retention that its reasons rest on: its own, or that of the oldest file inside that is worse. */
function containerOf(own: Judgement, inside: readonly JudgedFile[]): Judgement {
  const judged = withMembers(own, inside);
  return { ...judged, retention: inside.reduce(worseRetention, judged.retention) };
}

function worseRetention(worst: Retention, one: JudgedFile): Retention {
  if (!holdsPersonalData(one) && !one.reasons.includes('sealed-stale')) return worst;
  const [before, now] = [retentionRank(worst), retentionRank(one.retention)];
  const isOlder = worst.member !== undefined && ageOf(one.retention) > ageOf(worst);
  if (now < before || (now === before && !isOlder)) return worst;
  return { ...one.retention, member: one.retention.member ?? one.member ?? '' };
}

function retentionRank({ state, staleByDocument }: Retention): number {
  if (state !== 'within') return state === 'stale' ? 3 : 2;
  return staleByDocument ? 1 : 0;
}

function ageOf({ ageDays, staleByDocument, documentDates }: Retention): number {
  return staleByDocument ? -(documentDates?.saved ?? 0) : (ageDays ?? 0);
}

/** A text in a mail is at least as old as the mail. */
function withDates(member: Facts, { content: { documentDates } }: Facts): Facts {
  if (documentDates === undefined || member.content.documentDates !== undefined) return member;
  return { ...member, content: { ...member.content, documentDates } };
}

/**
 * A container's own judgement together with those of its members: the worst verdict, all reasons, the highest risk. An excepted
 * violation beside one that is not leaves the container without the exception.
 */
export function withMembers(own: Judgement, members: readonly Judgement[]): Judgement {
  const all = [own, ...members];
  const verdict = all.map((one) => one.verdict).reduce(worse);
  const open = all.some((one) => isOpenViolation(one));
  const inside = members.flatMap((one) => one.reasons);
  // What could not be read of a member was not read in part of its container.
  const told = own.reasons.includes('unread') ? inside : inside.map((reason) => (reason === 'unread' ? 'partly-read' : reason));
  const reasons = [...own.reasons, ...told].filter((reason) => reason !== 'excepted' || !open);
  return { verdict, reasons: inOrder(reasons), retention: own.retention, risk: Math.max(...all.map((one) => one.risk)) };
}

/**
 * A container as its own judgement sees it, beside those of its members. It counts as protected by a password when all that it holds of personal
 * data stands in members that need one (a locked list sent by mail), because what it holds is the sum of its members. And what is left
 * unread in it for want of a password is its sealed members' to tell.
 */
export function coveredByMembers(
  facts: Facts,
  members: readonly (Pick<Facts, 'content' | 'member'> & Pick<Judgement, 'verdict'>)[],
): Facts {
  return coveredByPasswords(coveredBySeals(facts, members), members);
}

function coveredBySeals(facts: Facts, members: readonly Pick<Judgement, 'verdict'>[]): Facts {
  const { examined, problems } = facts.content;
  const isSealedOnly =
    (examined === 'partial' || examined === 'none') && problems.length > 0 && problems.every(({ code }) => code === 'encrypted');
  if (!isSealedOnly || holdsPersonalData(facts) || !members.some(({ verdict }) => verdict === 'sealed')) return facts;
  return { ...facts, content: { ...facts.content, examined: 'full' } };
}

function coveredByPasswords(facts: Facts, members: readonly Pick<Facts, 'content' | 'member'>[]): Facts {
  const { state } = facts.content.password;
  if (state !== 'partial' && state !== 'none') return facts;
  const holders = members.filter(holdsPersonalData);
  // A member that holds others sums them.
  const around = new Set(holders.flatMap(({ member }) => foldersOf(member ?? '')));
  const leaves = holders.filter(({ member }) => !around.has(member ?? ''));
  const locks = leaves.map((member) => member.content.password);
  if (locks.length === 0 || !locks.every((lock) => lock.state === 'set' || lock.state === 'weak')) return facts;
  if (recordsIn(leaves) < recordsIn([facts])) return facts;
  const password = locks.find((lock) => lock.state === 'weak') ?? locks[0]!;
  return { ...facts, content: { ...facts.content, password } };
}

function recordsIn(files: readonly Pick<Facts, 'content'>[]): number {
  return files.reduce((sum, { content: { records } }) => sum + records.four + records.three + records.two + records.other, 0);
}

/** `a/b/c`: `a` and `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** From worst to best: a container takes the worst of its members. */
const WORST_FIRST: readonly Verdict[] = ['violation', 'undetermined', 'sealed', 'compliant', 'clear', 'textless'];

function worse(a: Verdict, b: Verdict): Verdict {
  return WORST_FIRST.indexOf(a) <= WORST_FIRST.indexOf(b) ? a : b;
}
