/** Which department a file belongs to, by the folder that it lies in. Globs are compiled once for a list of departments. */
import { globMatcher, matchable } from './path-match.js';
import type { Department } from './site.js';

/** The first department whose pattern fits the path below a root (readable form, '/' between names); null when none does. */
export function departmentFinder(departments: readonly Department[]): (path: string) => Department | null {
  const compiled = departments.map((department) => ({ department, fits: department.paths.map(globMatcher) }));
  // Files come folder by folder, but patterns may go by names: only whole paths are asked for.
  return (path) => {
    const text = matchable(path);
    return compiled.find(({ fits }) => fits.some((matches) => matches(text)))?.department ?? null;
  };
}
