/** What an error of the file system says about the entry it struck. It never carries a path: names may hold personal data. */
import type { ProblemCode } from '../model.js';

const PROBLEMS = new Map<string, ProblemCode>([
  ['ENOENT', 'gone'],
  ['ENOTDIR', 'gone'],
  ['EACCES', 'no-access'],
  ['EPERM', 'no-access'],
  // O_NOFOLLOW met a link where a file had been walked.
  ['ELOOP', 'changing'],
  ['EMLINK', 'changing'],
  // Held open by someone else, or lent out under a lease.
  ['EBUSY', 'changing'],
  ['EAGAIN', 'changing'],
  ['ETXTBSY', 'changing'],
  ['ENAMETOOLONG', 'too-deep'],
  // Sockets, and device files without a device.
  ['ENXIO', 'special-file'],
  ['ENODEV', 'special-file'],
]);

/** The code of a Node system error, `EUNKNOWN` for one without. Anything that is no system error is thrown on: it is a bug. */
export function errnoOf(error: unknown): string {
  if (error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

export function problemCodeOf(errno: string): ProblemCode {
  return PROBLEMS.get(errno) ?? 'read-error';
}

/** Whether the error may mean that the whole share went away, not this entry alone. */
export function hintsAtLostRoot(errno: string): boolean {
  const code = problemCodeOf(errno);
  return code === 'gone' || code === 'read-error';
}
