/** Files in which nothing was found: whether each was examined whole, which sums of findings do not say. */
import type { StoredEntry } from '../inventory/entry-reader.js';
import type { JudgedFile } from '../model.js';
import { raisesNotExamined } from '../policy/exit-code.js';
import type { Policy } from '../policy/policy.js';
import { showKey } from '../walk/name.js';
import type { Inventory } from './compose.js';
import type { Departments, Place } from './departments.js';
import { createJudge } from './judged.js';

/** Counted whatever the policy tolerates: tolerance is for exit codes. */
export function isNotExamined(lines: readonly JudgedFile[], policy: Policy): boolean {
  return lines.some((line) => raisesNotExamined(line, line, { ...policy, tolerate: [] }));
}

/** Whether they were examined, asked once for all entries that share kind, outcome and access: without findings neither path nor age matters. */
export function createQuietLook(inventory: Inventory, policy: Policy, asOfMs: number): (entry: StoredEntry) => JudgedFile {
  const judgeOne = createJudge(inventory, policy, asOfMs);
  const known = new Map<string, JudgedFile>();
  return (entry) => {
    const key = `${entry.sort} ${entry.outcome} ${entry.access}`;
    let judged = known.get(key);
    if (!judged) {
      judged = judgeOne(entry).lines[0]!;
      known.set(key, judged);
    }
    return judged;
  };
}

export function placeOf({ root, folder, name, sort }: StoredEntry): Place {
  return { root: showKey(root), path: showKey(folder === '' ? name : `${folder}/${name}`), entry: sort };
}

/** All that is known below the roots: each place, and whether it is one that was not examined and in which nothing was found. */
export function* quietPlaces(
  inventory: Inventory,
  roots: readonly string[],
  policy: Policy,
  asOfMs: number,
): Generator<{ readonly place: Place; readonly isNotExamined: boolean }> {
  const look = createQuietLook(inventory, policy, asOfMs);
  for (const entry of inventory.entries.all(roots)) {
    const isQuiet = entry.content === null && (entry.sort !== 'folder' || entry.outcome !== null);
    yield { place: placeOf(entry), isNotExamined: isQuiet && isNotExamined([look(entry)], policy) };
  }
}

/** Of a folder too: of one that could not be read, and of one that is empty, the department is that of what would lie in it. */
export function departmentAt(departments: Departments, place: Place): string {
  const own = departments.of(place);
  return own !== '' || place.entry !== 'folder' ? own : departments.of({ ...place, path: `${place.path}/x`, entry: 'file' });
}
