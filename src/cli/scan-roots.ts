/** The folders that a sweep is given: those that are there, those of a configuration that are away tonight, those that lie inside another. */
import { resolve, sep } from 'node:path';
import type { Lang } from '../../detectors/contract.js';
import { UsageError } from '../problem.js';
import { expandRoots } from '../walk/pattern.js';
import { resolveRoots } from '../walk/roots.js';
import { existing } from './arguments.js';
import { isThere } from './paths.js';
import { cliWords } from './words.js';

/** Without the roots that lie inside another and were walked as part of it: an older sweep may have kept them as roots of their own. */
export function outermost(roots: readonly string[], walked: ReadonlySet<string>): string[] {
  return roots.filter((root) => walked.has(root) || !isInside(root, roots));
}

function isInside(root: string, roots: readonly string[]): boolean {
  return roots.some((other) => other !== root && root.startsWith(other.endsWith(sep) ? other : other + sep));
}

/**
 * The folders that can be swept, and those of them that can't be reached: the others are not left alone for that.
 * @throws UsageError when none is there
 */
export function reachable(folders: readonly string[], lang: Lang): { readonly roots: string[]; readonly missing: string[] } {
  const [there, missing]: [string[], string[]] = [[], []];
  let failure: unknown = null;
  for (const folder of folders) {
    try {
      there.push(...rootsOf([folder], lang));
    } catch (error) {
      if (!(error instanceof UsageError) || !isAwayNow(folder)) throw error;
      failure ??= error;
      missing.push(resolve(folder));
    }
  }
  if (there.length === 0) throw failure;
  return { roots: rootsOf(there, lang), missing };
}

/** Not there, or the way to it is closed: a share that is not mounted, a server that does not answer. */
export function isAwayNow(root: string): boolean {
  try {
    return !isThere(root);
  } catch {
    return true;
  }
}

/** Real paths of the folders. A single file is no root: its neighbours would count as gone. */
export function rootsOf(folders: readonly string[], lang: Lang): string[] {
  const roots = resolveRoots(expandRoots(existing(folders, lang)));
  const file = roots.find((root) => root.only !== null);
  if (file) throw new UsageError(cliWords(lang).fileAsRoot(file.path));
  return roots.map((root) => root.path);
}
