/**
 * Which files are read again though nothing about them says that they changed: a copy that keeps size and times, or a disk that answers otherwise than
 * it did, is seen by their content alone. Pure: it reads neither clock nor file.
 */
import type { Listing } from '../model.js';
import type { Place } from './place-queue.js';

/** Of a folder: whether one of its files, by name, is read again by this sweep; null where none is. */
export type Rereading = (place: Place) => ((name: string) => boolean) | null;

export const READ_ALL: Rereading = () => () => true;

/** Names of files in the folder whose turn it is. */
export function dueIn(listing: Listing, rereads: Rereading | undefined): ReadonlySet<string> {
  const isDue = rereads?.(listing) ?? null;
  return new Set(isDue === null ? [] : listing.entries.filter(({ sort, name }) => sort === 'file' && isDue(name)).map(({ name }) => name));
}

/** An earlier sweep that read again what was due on its day. */
export interface Look {
  /** Local days since 1970-01-01. */
  readonly day: number;
  lookedAt(place: Place): boolean;
}

const DAY_MS = 86_400_000;

/**
 * Every file has its day in a round of `days` (from 1 on), by its path, so that each night has about an equal share. Due are the days since the last
 * sweep that looked at the folder, this one's included: what a night left out, or nobody swept, is made up for. `looks`: the newest first; with
 * none, the round begins today.
 */
export function rollingOver(days: number, today: number, looks: readonly Look[]): Rereading {
  const begins = (looks.at(-1)?.day ?? today) - 1;
  return (place) => {
    const first = (looks.find((look) => look.lookedAt(place))?.day ?? begins) + 1;
    const count = today - first + 1;
    if (count <= 0) return null;
    if (count >= days) return () => true;
    const from = first % days;
    return (name) => (slotOf(`${place.folder}/${name}`, days) - from + days) % days < count;
  };
}

/** The day of a moment in the local calendar, as a number. */
export function dayNumber(ms: number): number {
  const date = new Date(ms);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS);
}

/** FNV-1a (draft-eastlake-fnv), over the units of the path: it spreads, and need do no more. */
function slotOf(path: string, days: number): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < path.length; at++) hash = Math.imul(hash ^ path.charCodeAt(at), 0x0100_0193);
  return ((hash ^ (hash >>> 15)) >>> 0) % days;
}
