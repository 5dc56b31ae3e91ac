/**
 * A place in the order of the walk, and what a run that began at one place and stopped at another has seen. The walk is a ring: it begins where the
 * last run stopped, goes on to its end, then from its beginning to where it began.
 */
import { compareKeys } from './name.js';

/** A folder, as the walk names it: its root's path and its key path below it, '' for the root itself. */
export interface Position {
  readonly root: string;
  readonly folder: string;
}

/** Before 0, after 0, or the same: a folder comes before what lies in it, names in the order of their UTF-8 bytes. */
export function comparePositions(a: Position, b: Position): number {
  if (a.root !== b.root) return a.root < b.root ? -1 : 1;
  const [left, right] = [partsOf(a.folder), partsOf(b.folder)];
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    if (left[at] !== right[at]) return compareKeys(left[at]!, right[at]!);
  }
  return left.length - right.length;
}

/** `from`: where the run began, null at the beginning; `until`: the first folder that it did not finish, null when it finished all. */
export interface Stretch {
  readonly from: Position | null;
  readonly until: Position | null;
}

/** Whether a run over this stretch looked at everything in the folder. Of folders above `from` it answers no, though they were looked at. */
export function isWithin(place: Position, { from, until }: Stretch): boolean {
  if (until === null) return true;
  const isBefore = comparePositions(place, until) < 0;
  if (from === null) return isBefore;
  const isFrom = comparePositions(place, from) >= 0;
  return comparePositions(from, until) <= 0 ? isFrom && isBefore : isFrom || isBefore;
}

export function partsOf(folder: string): string[] {
  return folder === '' ? [] : folder.split('/');
}
