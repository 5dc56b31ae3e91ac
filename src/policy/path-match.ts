/**
 * Which rule or exception of a policy a path falls under. Globs are compiled once for each policy, because a sweep asks for every file.
 */
import micromatch from 'micromatch';
import type { Facts } from '../model.js';
import type { Policy, PolicyException, RetentionRule } from './policy.js';

interface Compiled<T> {
  readonly item: T;
  readonly fits: readonly ((path: string) => boolean)[];
}

interface PolicyPaths {
  readonly retention: readonly Compiled<RetentionRule>[];
  readonly exceptions: readonly Compiled<PolicyException>[];
}

const compiledPolicies = new WeakMap<Policy, PolicyPaths>();

/** The first retention rule that fits; null where the default applies. A member falls under the rules of its container's path too. */
export function retentionRuleOf(facts: Facts, policy: Policy): RetentionRule | null {
  const { retention } = compiledOf(policy);
  if (retention.length === 0) return null;
  const format = facts.content.format;
  const fitting = (item: RetentionRule) => item.formats.length === 0 || item.formats.includes(format);
  return retention.find(({ item, fits }) => fitting(item) && isUnder(facts, fits))?.item ?? null;
}

/** The first exception for this path that still holds on the day `asOf` (`YYYY-MM-DD`); null without one. */
export function exceptionOf(facts: Facts, policy: Policy, asOf: string): PolicyException | null {
  const { exceptions } = compiledOf(policy);
  if (exceptions.length === 0) return null;
  return exceptions.find(({ item, fits }) => item.expires >= asOf && isUnder(facts, fits))?.item ?? null;
}

/** Whether a folder's path below the root is what a glob names; '' is the root itself. */
export function folderMatcher(glob: string): (path: string) => boolean {
  if (glob === '') return (path) => path === '';
  const matches = globMatcher(glob);
  return (path) => path !== '' && matches(matchable(path));
}

function compiledOf(policy: Policy): PolicyPaths {
  let compiled = compiledPolicies.get(policy);
  if (compiled === undefined) {
    compiled = {
      retention: policy.retention.map((item) => ({ item, fits: item.paths.map(globMatcher) })),
      exceptions: policy.exceptions.map((item) => ({ item, fits: [globMatcher(item.path)] })),
    };
    compiledPolicies.set(policy, compiled);
  }
  return compiled;
}

function isUnder(facts: Facts, fits: Compiled<unknown>['fits']): boolean {
  const path = matchable(facts.path);
  if (fits.some((matches) => matches(path))) return true;
  if (facts.member === null) return false;
  const inner = `${path}/${matchable(facts.member)}`;
  return fits.some((matches) => matches(inner));
}

export function globMatcher(pattern: string): (path: string) => boolean {
  // As in the patterns of the walk: Windows takes names in upper and lower case for the same.
  return micromatch.matcher(matchable(pattern), { dot: true, nocase: process.platform === 'win32' });
}

/**
 * Names written on a Mac keep their voiced marks apart (NFD): both sides are composed, or 経理部/** would not match them. A glob's `**` stops at line
 * ends, which a name on POSIX may hold: both sides have a letter in their place that no name has.
 */
export function matchable(text: string): string {
  return text.normalize('NFC').replace(/[\n\r\u2028\u2029]/g, '\uffff');
}
