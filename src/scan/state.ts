/**
 * What must be equal for an entry to count as unchanged, as one short text: first what its content depends on, then what reports show of it.
 * Times count to the fraction of a millisecond; the change time is among them because no program can set it back.
 */
import type { Entry, ProblemCode } from '../model.js';

/** Never equal to a fresh state: the entry is looked at again by the next sweep. */
export const UNSETTLED = '!';

/** Problems that may be over by the next sweep. */
export const RETRIED: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'no-access',
  'gone',
  'changing',
  'timed-out',
  'out-of-memory',
  'crashed',
  'offline',
  'read-error',
  'unexpected',
]);

const SEPARATOR = '|';
const FOLDER = 'd';

/** `partsVersion` must not hold the separator. */
export function stateOf(entry: Entry, access: number | null, partsVersion: string): string {
  const { stat, sort } = entry;
  if (!stat || entry.problem) return UNSETTLED;
  if (sort === 'folder') return FOLDER;
  const { sizeBytes, ino, modifiedMs, changedMs, accessedMs, mode, uid, gid } = stat;
  return `${sort[0]}${sizeBytes}:${ino}:${modifiedMs}:${changedMs}:${partsVersion}${SEPARATOR}${access}:${accessedMs}:${mode}:${uid}:${gid}`;
}

/** Whether the entry was a folder, or was in no state to tell. */
export function isFolderState(state: string): boolean {
  return state === FOLDER || state === UNSETTLED;
}

/** The part of a state that the content depends on; no two unsettled ones are equal. */
export function contentOf(state: string): string | symbol {
  const end = state.indexOf(SEPARATOR);
  return end < 0 ? Symbol(UNSETTLED) : state.slice(0, end);
}
