/** What became of the violations between two runs, for whoever tells of it: `diff`, and the mails of the morning. */
import type { RunRow } from '../inventory/runs.js';
import type { Policy } from '../policy/policy.js';
import type { ChangedFile, ChangesInput } from '../report/changes.js';
import { type ChangeScope, ChangeSums } from './change-sums.js';
import type { Inventory } from './compose.js';
import { Lives } from './lifelines.js';
import { lookedAt } from './report-run.js';

/** Runs that could have seen what the newest one swept, the oldest first. */
export function runsOfSameRoots(inventory: Inventory, newest: RunRow): RunRow[] {
  // A sweep that could not begin after history was lost leaves one that is older.
  const from = Math.min(inventory.runs.historyBegins(), newest.id);
  return inventory.runs.all().filter(({ id, roots }) => id >= from && roots.some((root) => newest.roots.includes(root)));
}

/** The newest run before it that reached its end, else the one before; null when there is none. */
export function usualBase(runs: readonly RunRow[], newest: RunRow): RunRow | null {
  const earlier = runs.filter(({ id }) => id < newest.id);
  return earlier.findLast(({ complete }) => complete) ?? earlier.at(-1) ?? null;
}

/** `each`: told of every file of which there is something to tell. */
export function changesBetween(
  inventory: Inventory,
  policy: Policy,
  scope: Omit<ChangeScope, 'lives' | 'historyLost'>,
  each: (changed: ChangedFile) => void = () => {},
): ChangesInput {
  const { runs, newest } = scope;
  const lives = new Lives(inventory, policy, runs);
  const sums = new ChangeSums({ ...scope, lives, historyLost: inventory.runs.historyLost() });
  for (const life of lives.all(newest.roots)) {
    const changed = sums.add(life, !life.place.unread && !life.states.at(-1)?.leftOut && lookedAt(newest, life.place));
    if (changed) each(changed);
  }
  return sums.input();
}
