/** What the manager of a department is told beside its files: piles in its own folders, and exceptions that are for them. */
import type { ExceptionLine, Pile } from '../parts.js';
import { departmentFinder } from '../policy/department.js';
import type { Department } from '../policy/site.js';

export interface DepartmentNotes {
  readonly piles: readonly Pile[];
  readonly exceptions: readonly ExceptionLine[];
}

/**
 * A pile or exception is a department's when the folder, or the path as the policy writes it, lies in its folders: one for several departments (a glob in the
 * first name), for a content, or of a reader is told to the administrators alone.
 */
export function departmentNotes(
  departments: readonly Department[],
  piles: readonly Pile[] = [],
  exceptions: readonly ExceptionLine[] = [],
): (name: string | null) => DepartmentNotes {
  const find = departmentFinder(departments);
  const isIn = (path: string | null, name: string | null) => name !== null && path !== null && find(path)?.name === name;
  return (name) => ({
    piles: piles.filter((pile) => pile.sort === 'folder' && isIn(pile.folder, name)),
    exceptions: exceptions.filter(({ path }) => isIn(path === null ? null : path.replace(/\/$/u, ''), name)),
  });
}
