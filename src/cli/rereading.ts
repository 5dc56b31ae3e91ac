/** What a sweep reads again: everything by `--fresh`, by the configuration's `rereadAfter` each file once in so many days. */
import type { RunRow } from '../inventory/runs.js';
import type { Place } from '../scan/place-queue.js';
import { dayNumber, READ_ALL, type Rereading, rollingOver } from '../scan/rereading.js';
import type { Inventory } from './compose.js';
import { lookedAt } from './report-run.js';

/** The numbers of runs that read again what was due, in the inventory. */
const SETTING = 'rereading-runs';
/** More of them in one round than anybody sweeps; older ones are forgotten. */
const RUNS_MAX = 1_000;

/** `days`: null for no rolling round. Undefined: only what changed is read. To be asked before the run is noted. */
export function rereadingOf(inventory: Inventory, fresh: boolean, days: number | null, startedMs: number): Rereading | undefined {
  if (fresh) return READ_ALL;
  if (days === null) return undefined;
  const looks = runsOf(inventory).map((run) => ({
    day: dayNumber(run.startedMs),
    lookedAt: (place: Place) => lookedAt(run, place),
  }));
  return rollingOver(days, dayNumber(startedMs), looks);
}

/** Noted when it begins: how far a run came is known also of one that is killed. */
export function noteRereading({ store }: Inventory, run: number): void {
  store.keepSetting(SETTING, JSON.stringify([...idsOf(store.setting(SETTING)), run].slice(-RUNS_MAX)));
}

/** The newest first. */
function runsOf({ store, runs }: Inventory): RunRow[] {
  return idsOf(store.setting(SETTING))
    .reverse()
    .flatMap((id) => runs.find(id) ?? []);
}

function idsOf(kept: string | null): number[] {
  return kept === null ? [] : (JSON.parse(kept) as number[]);
}
