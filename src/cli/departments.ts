/** Whose folder a file lies in: as the site's configuration says, else that of the first folder below the root. */
import { basename } from 'node:path';
import type { JudgedFile } from '../model.js';
import { departmentFinder } from '../policy/department.js';
import { UsageError } from '../problem.js';
import { showText } from '../report/escape.js';
import type { Given } from './options.js';
import { siteFrom } from './policy-option.js';

export type Place = Pick<JudgedFile, 'root' | 'path' | 'entry'>;

export interface Departments {
  /** '' for what belongs to nobody. */
  of(file: Place): string;
  /** Whether all files of a folder belong to the same. */
  readonly byFolder: boolean;
  /** Those that are configured; null where folders name them. */
  readonly names: readonly string[] | null;
}

export function departmentsFrom(given: Pick<Given, 'config'>, roots: readonly string[]): Departments {
  const configured = siteFrom(given)?.departments ?? [];
  if (configured.length === 0) return firstFolders(roots.length > 1);
  const find = departmentFinder(configured);
  return { of: ({ path }) => find(path)?.name ?? '', byFolder: false, names: configured.map(({ name }) => name) };
}

/** With several roots, their names stand before the folder. */
export function firstFolders(hasManyRoots: boolean): Departments {
  return { of: (file) => firstFolderOf(file, hasManyRoots), byFolder: true, names: null };
}

/** A folder that could not be read is its own. A file that lies directly in the only root belongs to nobody. */
function firstFolderOf({ root, path, entry }: Place, hasManyRoots: boolean): string {
  const slash = path.indexOf('/');
  const first = slash >= 0 ? path.slice(0, slash) : entry === 'folder' ? path : '';
  if (!hasManyRoots) return first;
  const name = basename(root) || root;
  return first === '' ? name : `${name}/${first}`;
}

/** Names that people write in several ways: widths, spaces and composed marks make no difference. */
export function departmentKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** Which of `names` people mean: the name itself, or as reports show it, else one like it, else the only one that ends so behind its root (`共有/総務部`). */
export function departmentMatcher(names: Iterable<string>): (wanted: string) => string | null {
  const exact = new Set(names);
  const byKey = new Map<string, string>();
  const byShown = new Map<string, string>();
  const byTail = new Map<string, string | null>();
  for (const name of exact) {
    const key = departmentKey(name);
    if (!byKey.has(key)) byKey.set(key, name);
    const shown = departmentKey(showText(name));
    if (!byShown.has(shown)) byShown.set(shown, name);
    const tail = key.slice(key.lastIndexOf('/') + 1);
    byTail.set(tail, byTail.has(tail) ? null : name);
  }
  return (wanted) => {
    if (exact.has(wanted)) return wanted;
    const key = departmentKey(wanted);
    return byKey.get(key) ?? byShown.get(key) ?? byTail.get(key) ?? null;
  };
}

/** The one of `names` that is meant. Throws UsageError where none is. */
export function knownDepartment(wanted: string, names: Iterable<string>): string {
  const all = [...names];
  const found = departmentMatcher(all)(wanted);
  if (found !== null) return found;
  const some = all
    .filter((name) => name !== '')
    .slice(0, 10)
    .map(showText);
  throw new UsageError({
    ja: `部署「${showText(wanted)}」のファイルは台帳にありません。ある部署: ${some.join('、')}${all.length > some.length ? ' など' : ''}`,
    en: `no file of the department "${showText(wanted)}" is in the inventory; there are: ${some.join(', ')}${all.length > some.length ? ' …' : ''}`,
  });
}
