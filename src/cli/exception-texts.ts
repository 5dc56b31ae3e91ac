/** What is told each night of the exceptions that end soon or have ended, and of those that fit nothing. */
import type { Lang } from '../../detectors/contract.js';
import { hashText } from '../inventory/contents.js';
import type { Outcome } from '../inventory/packed.js';
import { endingExceptions } from '../policy/exceptions.js';
import { localDate } from '../policy/judge.js';
import { type Excepted, exceptionsInForce } from '../policy/path-match.js';
import type { Policy, PolicyException } from '../policy/policy.js';
import { showText } from '../report/escape.js';
import { showKey } from '../walk/name.js';
import { findingWords } from '../words/findings.js';
import type { Inventory } from './compose.js';

/** One sentence an exception, in the order of their last day. `masked`: a path as it may be named. */
export function exceptionTexts(policy: Policy, asOfMs: number, lang: Lang, masked = (path: string) => path): string[] {
  const say = findingWords(lang);
  return endingExceptions(policy, asOfMs).map(({ exception, hasEnded }) => {
    const { approver, expires } = exception;
    return (hasEnded ? say.expired : say.expiring)(nameOf(exception, masked), showText(approver), expires);
  });
}

/** One sentence for each exception in force under which no file with findings falls that is known below the roots: often a slip of the pen. */
export function idleExceptionTexts(inventory: Inventory, roots: readonly string[], policy: Policy, asOfMs: number, lang: Lang): string[] {
  let idle = exceptionsInForce(policy, localDate(asOfMs));
  const see = (file: Excepted): void => {
    if (idle.some(({ fits }) => fits(file))) idle = idle.filter(({ fits }) => !fits(file));
  };
  if (idle.length === 0) return [];
  for (const { folder, name, hash, outcome, content } of inventory.entries.withContent(roots)) {
    const path = showKey(folder === '' ? name : `${folder}/${name}`);
    see({ path, member: null, content: { contentHash: hashText(hash) } });
    if (idle.length === 0) return [];
    if (content === null || outcome === null || inventory.store.value<Outcome>('outcome', outcome).memberCount === 0) continue;
    for (const member of inventory.contents.members(content)) see({ path, member: member.name, content: member.content });
  }
  const say = findingWords(lang);
  return idle.map(({ exception }) => say.idleException(nameOf(exception), showText(exception.approver)));
}

function nameOf({ path, hash }: PolicyException, masked = (text: string) => text): string {
  return path === null ? (hash ?? '') : showText(masked(path));
}
