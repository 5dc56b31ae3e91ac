/** Why a sweep did not look at a file that is there: the pattern of its policy or command line that leaves it out. */
import type { RunRow } from '../inventory/runs.js';
import { NOT_INCLUDED } from '../model.js';
import type { Policy } from '../policy/policy.js';
import { createChooser } from '../walk/pattern.js';

/** `pattern`: the one of `exclude`, as it was written; null for what fits none of `include`. */
export interface LeftOut {
  readonly pattern: string | null;
}

/**
 * By the patterns that left anything out of that run. `path`: key path below the root; `isKnown`: the inventory holds that the file itself was left out, and not
 * only that its folder was not read. Null when no pattern did it.
 */
export function leftOutBy(path: string, { excluded }: Pick<RunRow, 'excluded'>, policy: Policy, isKnown: boolean): LeftOut | null {
  for (const key of Object.keys(excluded)) {
    if (key === NOT_INCLUDED || key === `${NOT_INCLUDED}/` || !isRefused(path, [], [key])) continue;
    return { pattern: policy.exclude.find((one) => one === key || (key.endsWith('/') && isSameFolder(one, key))) ?? key };
  }
  const wasNotIncluded = NOT_INCLUDED in excluded || `${NOT_INCLUDED}/` in excluded;
  return wasNotIncluded && (isKnown || isRefused(path, policy.include, [])) ? { pattern: null } : null;
}

function isRefused(path: string, include: readonly string[], exclude: readonly string[]): boolean {
  const chooser = createChooser(include, exclude, new Map());
  const folders = path.split('/').slice(0, -1);
  return !folders.every((_name, at) => chooser.entersFolder(folders.slice(0, at + 1).join('/'))) || !chooser.listsFile(path);
}

/** `x/**` and `x` leave out the folder x alike. */
function isSameFolder(pattern: string, key: string): boolean {
  return pattern.replace(/^\.\//u, '').replace(/\/(?:\*\*)?$/u, '') === key.slice(0, -1);
}
