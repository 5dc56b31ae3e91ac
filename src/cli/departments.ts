/** Whose folder a file lies in: as the site's configuration says, else that of the first folder of its path. */
import { departmentFinder } from '../policy/department.js';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { siteFrom } from './policy-option.js';

export interface Departments {
  /** By the readable path below a root; '' for what belongs to nobody. */
  of(path: string): string;
  /** Whether all files of a folder belong to the same. */
  readonly byFolder: boolean;
  /** Those that are configured; null where folders name them. */
  readonly names: readonly string[] | null;
}

export function departmentsFrom(given: Pick<Given, 'config'>): Departments {
  const configured = siteFrom(given)?.departments ?? [];
  if (configured.length === 0) return FIRST_FOLDERS;
  const find = departmentFinder(configured);
  return { of: (path) => find(path)?.name ?? '', byFolder: false, names: configured.map(({ name }) => name) };
}

/** A file that lies directly in a swept folder belongs to nobody. */
export const FIRST_FOLDERS: Departments = {
  of: (path) => path.slice(0, Math.max(0, path.indexOf('/'))),
  byFolder: true,
  names: null,
};

/** Names that people write in several ways: widths, spaces and composed marks make no difference. */
export function departmentKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** The one of `names` that is meant. Throws UsageError where none is. */
export function knownDepartment(wanted: string, names: Iterable<string>): string {
  const all = [...names];
  const found = all.find((name) => name === wanted) ?? all.find((name) => departmentKey(name) === departmentKey(wanted));
  if (found !== undefined) return found;
  const some = all.filter((name) => name !== '').slice(0, 10);
  throw new UsageError({
    ja: `部署「${wanted}」のファイルは台帳にありません。ある部署: ${some.join('、')}${all.length > some.length ? ' など' : ''}`,
    en: `no file of the department "${wanted}" is in the inventory; there are: ${some.join(', ')}${all.length > some.length ? ' …' : ''}`,
  });
}
