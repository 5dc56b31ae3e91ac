/**
 * Which rule or exception of a policy a path falls under. Globs are compiled once for each policy, because a sweep asks for every file.
 */
import micromatch from 'micromatch';
import type { Facts } from '../model.js';
import type { DepartmentPaths, Policy, PolicyException, RetentionRule } from './policy.js';

interface Compiled<T> {
  readonly item: T;
  readonly fits: readonly ((path: string) => boolean)[];
}

interface PolicyPaths {
  readonly retention: readonly Compiled<RetentionRule>[];
  readonly exceptions: readonly Compiled<PolicyException>[];
  readonly departments: readonly Compiled<DepartmentPaths>[];
}

const compiledPolicies = new WeakMap<Policy, PolicyPaths>();

/** The first retention rule that fits; null where the default applies. A member falls under the rules of its container's path too. */
export function retentionRuleOf(facts: Facts, policy: Policy): RetentionRule | null {
  const { retention } = compiledOf(policy);
  if (retention.length === 0) return null;
  return retention.find(({ item, fits }) => fitsContent(item, facts) && fitsPlace(item, fits, facts, policy))?.item ?? null;
}

function fitsContent({ formats, kinds = [] }: RetentionRule, { content }: Facts): boolean {
  if (formats.length > 0 && !formats.includes(content.format)) return false;
  return kinds.length === 0 || kinds.some((kind) => (content.kinds[kind] ?? 0) > 0);
}

function fitsPlace({ departments = [] }: RetentionRule, fits: Compiled<unknown>['fits'], facts: Facts, policy: Policy): boolean {
  if (fits.length > 0 && !isUnder(facts, fits)) return false;
  return departments.length === 0 || departments.includes(departmentNameOf(facts, policy) ?? '');
}

/** The path by which a file is judged: below the root of the site's configuration where it is known to lie in one, else below the swept folder. */
export function policyPath({ path, siteFolder }: Pick<Facts, 'path' | 'siteFolder'>): string {
  return siteFolder === undefined || siteFolder === '' ? path : `${siteFolder}/${path}`;
}

/** The first department whose folder it lies in, as everywhere else (department.ts). */
function departmentNameOf(facts: Facts, policy: Policy): string | null {
  const text = matchable(policyPath(facts));
  return compiledOf(policy).departments.find(({ fits }) => fits.some((matches) => matches(text)))?.item.name ?? null;
}

/** The first exception for this path or content that still holds on the day `asOf` (`YYYY-MM-DD`); null without one. */
export function exceptionOf(facts: Facts, policy: Policy, asOf: string): PolicyException | null {
  const { exceptions } = compiledOf(policy);
  if (exceptions.length === 0) return null;
  return exceptions.find(({ item, fits }) => item.expires >= asOf && isMeant(item, fits, facts))?.item ?? null;
}

/** What an exception goes by. */
export interface Excepted extends Pick<Facts, 'path' | 'siteFolder' | 'member'> {
  readonly content: Pick<Facts['content'], 'contentHash'>;
}

/** The exceptions that hold on the day `asOf` (`YYYY-MM-DD`), in their order, and whether a file or member falls under one. */
export function exceptionsInForce(
  policy: Policy,
  asOf: string,
): { readonly exception: PolicyException; readonly fits: (facts: Excepted) => boolean }[] {
  return compiledOf(policy)
    .exceptions.filter(({ item }) => item.expires >= asOf)
    .map(({ item, fits }) => ({ exception: item, fits: (facts) => isMeant(item, fits, facts) }));
}

function isMeant({ hash }: PolicyException, fits: Compiled<unknown>['fits'], facts: Excepted): boolean {
  return hash === undefined ? isUnder(facts, fits) : facts.content.contentHash === hash;
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
      exceptions: policy.exceptions.map((item) => ({ item, fits: item.path === null ? [] : exceptionGlobs(item.path).map(globMatcher) })),
      departments: policy.departments.map((item) => ({ item, fits: item.paths.map(globMatcher) })),
    };
    compiledPolicies.set(policy, compiled);
  }
  return compiled;
}

/**
 * The path of an exception that names a folder means all below it. A last name with glob characters is left as it is: `*` means the files of the root and
 * may not excuse the whole share; `*`+`/` says that folders are meant.
 */
function exceptionGlobs(path: string): string[] {
  if (path.endsWith('/')) return [`${path}**`];
  const last = path.slice(path.lastIndexOf('/') + 1);
  return /[*?[{\\]|[!+@]\(/u.test(last) ? [path] : [path, `${path}/**`];
}

function isUnder(facts: Pick<Facts, 'path' | 'siteFolder' | 'member'>, fits: Compiled<unknown>['fits']): boolean {
  const path = matchable(policyPath(facts));
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
