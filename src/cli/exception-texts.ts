/** What is told each night of the exceptions that end soon or have ended. */
import type { Lang } from '../../detectors/contract.js';
import { endingExceptions } from '../policy/exceptions.js';
import type { Policy } from '../policy/policy.js';
import { showText } from '../report/escape.js';
import { findingWords } from '../words/findings.js';

/** One sentence an exception, in the order of their last day. `masked`: a path as it may be named. */
export function exceptionTexts(policy: Policy, asOfMs: number, lang: Lang, masked = (path: string) => path): string[] {
  const say = findingWords(lang);
  return endingExceptions(policy, asOfMs).map(({ exception, hasEnded }) => {
    const { path, hash, approver, expires } = exception;
    return (hasEnded ? say.expired : say.expiring)(path === null ? (hash ?? '') : showText(masked(path)), showText(approver), expires);
  });
}
