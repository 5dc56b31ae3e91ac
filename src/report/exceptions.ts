/** The register of exceptions in words: what ends or has ended, and what fits nothing. */
import type { Lang } from '../../detectors/contract.js';
import type { ExceptionLine } from '../parts.js';
import { findingWords } from '../words/findings.js';
import { showText } from './escape.js';

type Masked = (path: string) => string;

/** A sentence for each exception that ends soon or has ended. `masked`: a path as it may be named. */
export function endingTexts(exceptions: readonly ExceptionLine[], lang: Lang, masked?: Masked): string[] {
  const say = findingWords(lang);
  return exceptions.flatMap((one) => {
    if (one.state === 'in-force') return [];
    return [(one.state === 'expired' ? say.expired : say.expiring)(shownName(one, masked), showText(one.approver), one.expires)];
  });
}

/** A sentence for each exception in force under which no file falls in which anything was found. */
export function idleTexts(exceptions: readonly ExceptionLine[], lang: Lang, masked?: Masked): string[] {
  const say = findingWords(lang);
  return exceptions.filter(({ idle }) => idle === true).map((one) => say.idleException(shownName(one, masked), showText(one.approver)));
}

/** The path as the policy writes it, else the content. Not escaped yet. */
export function exceptionName({ path, hash }: ExceptionLine): string {
  return path ?? hash ?? '';
}

/** Whether any of them is to be looked at: it ends, has ended, or fits nothing. */
export function needsLook({ state, idle }: ExceptionLine): boolean {
  return state !== 'in-force' || idle === true;
}

/** Whether any file in which something was found falls under it. */
export function fitOf({ idle }: ExceptionLine): 'yes' | 'no' | 'unknown' {
  return idle === null ? 'unknown' : idle ? 'no' : 'yes';
}

function shownName(one: ExceptionLine, masked: Masked = (path) => path): string {
  return one.path === null ? exceptionName(one) : showText(masked(one.path));
}
