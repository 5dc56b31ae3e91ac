/** What a sweep says of itself while it runs and when it has ended. */
import type { Entry } from '../model.js';
import type { Examination } from './examination.js';

/** A root that was there when the sweep began, and is not any more, or is another one. */
export interface LostRoot extends Error {
  readonly root: string;
}

export interface SweepProgress {
  folders: number;
  entries: number;
  reused: number;
  examined: number;
  toExamine: number;
  /** Files whose access time the system moved when they were read. */
  accessTimesMoved: number;
}

export type SweepEnd = 'complete' | 'interrupted' | 'time-limit';

export function progressOf(examination: Examination): SweepProgress {
  return {
    folders: 0,
    entries: 0,
    reused: 0,
    get examined() {
      return examination.examined;
    },
    get toExamine() {
      return examination.offered;
    },
    get accessTimesMoved() {
      return examination.accessTimesMoved;
    },
  };
}

/** Whether a report has a line for it: a folder that could be read is told by its entries. */
export function isLine(entry: Entry): boolean {
  return entry.sort !== 'folder' || entry.problem !== null;
}
