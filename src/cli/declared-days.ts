/**
 * What was in violation on the days of declarations. A day is measured by the sweeps around it: the last one up to its end, and the next one. What the first
 * found in violation was so on that day, unless the second shows that it had been mended by then; what the second found and has not changed since that day
 * was there on it too. Where there is no sweep before, the first one of all alone tells.
 */
import type { StoredEntry } from '../inventory/entry-reader.js';
import type { RunRow } from '../inventory/runs.js';
import type { JudgedFile } from '../model.js';
import { raisesNotExamined } from '../policy/exit-code.js';
import { isOpenViolation, judge } from '../policy/judge.js';
import { coveredByMembers } from '../policy/judge-members.js';
import type { Policy } from '../policy/policy.js';
import { showKey } from '../walk/name.js';
import type { Inventory } from './compose.js';
import type { Departments, Place } from './departments.js';
import { createJudge } from './judged.js';
import { asOfOption } from './options.js';
import { createQuietLook, departmentAt, isNotExamined, placeOf } from './quiet-files.js';
import { lookedAt } from './report-run.js';

/** What a sweep knew of a department. */
interface Known {
  notExamined: number;
  /** Those of them that the policy does not tolerate. */
  untolerated: number;
}

interface Day {
  readonly endMs: number;
  readonly before: RunRow | null;
  readonly after: RunRow | null;
  /** Nothing has been measured on it or since. */
  readonly isLater: boolean;
  readonly violations: Map<string, number>;
  /** Those that the sweep before found, by folder and name, as long as the one after has not been looked through. */
  found: Map<string, string>;
}

export interface MeasuredDay {
  /** Null for a department of which nothing was known, and for a day after the last sweep. */
  readonly violations: number | null;
  readonly notExamined: number | null;
  readonly measuredMs: number | null;
  readonly isLater: boolean;
  /** Something that the policy does not tolerate was not examined. */
  readonly isUnsure: boolean;
}

export class DeclaredDays {
  private readonly days: ReadonlyMap<string, Day>;
  private readonly known = new Map<number, Map<string, Known>>();

  /** `runs`: those of the folders in question of which history is kept, the oldest first; one at least. */
  constructor(
    days: Iterable<string>,
    private readonly inventory: Inventory,
    private readonly runs: readonly RunRow[],
    private readonly departments: Departments,
    private readonly policy: Policy,
  ) {
    const last = runs.at(-1)!;
    // A sweep that was made in the course of the last day measured that day, though not its evening.
    const measuredUntilMs = endOfDay(last.endedMs ?? last.startedMs);
    this.days = new Map(
      [...new Set(days)].map((day) => {
        const endMs = asOfOption(day, 0);
        const before = runs.findLast(({ startedMs }) => startedMs <= endMs) ?? null;
        const after = runs.find(({ startedMs }) => startedMs > endMs) ?? null;
        return [day, { endMs, before, after, isLater: endMs > measuredUntilMs, violations: new Map(), found: new Map() }];
      }),
    );
    const used = [...this.days.values()].flatMap(({ before, after }) => [before, after]);
    for (const run of runs) if (run === last || used.includes(run)) this.look(run);
  }

  /** Departments of which the newest sweep knew a file or folder. */
  names(): string[] {
    return [...this.known.get(this.runs.at(-1)!.id)!.keys()];
  }

  measured(day: string, department: string): MeasuredDay {
    const { before, after, isLater, violations } = this.days.get(day)!;
    const run = before ?? after!;
    const known = this.known.get(run.id)!.get(department) ?? (after && this.known.get(after.id)!.get(department));
    if (!known || isLater)
      return { violations: null, notExamined: null, measuredMs: null, isLater: isLater && known !== undefined, isUnsure: false };
    const { notExamined, untolerated } = known;
    return { violations: violations.get(department) ?? 0, notExamined, measuredMs: run.startedMs, isLater, isUnsure: untolerated > 0 };
  }

  /** Goes through all that was known at a sweep, once for all days that it measures. */
  private look(run: RunRow): void {
    const known = new Map<string, Known>();
    this.known.set(run.id, known);
    const days = [...this.days.values()].filter(({ isLater }) => !isLater);
    const asBefore = days.filter(({ before }) => before === run);
    const asAfter = days.filter(({ after }) => after === run);
    const judgeOne = createJudge(this.inventory, this.policy, run.asOfMs);
    const look = createQuietLook(this.inventory, this.policy, run.asOfMs);
    let [folderId, isSeen] = [-1, true];
    const isNewest = run === this.runs.at(-1);
    if (isNewest) for (const name of this.topFolders(run)) known.set(name, { notExamined: 0, untolerated: 0 });
    const { entries, history } = this.inventory;
    for (const entry of isNewest ? entries.all(run.roots) : history.all(run.roots, run.id)) {
      const department = departmentAt(this.departments, placeOf(entry));
      if (department === '') continue;
      const sums = known.get(department) ?? { notExamined: 0, untolerated: 0 };
      known.set(department, sums);
      if (entry.folderId !== folderId) {
        folderId = entry.folderId;
        isSeen = this.wasSeen(run, entry.root, entry.folder);
      }
      if (entry.sort === 'folder' && entry.outcome === null) {
        const path = entry.folder === '' ? entry.name : `${entry.folder}/${entry.name}`;
        if (!this.wasSeen(run, entry.root, path)) bumpNotExamined(sums, true);
        continue;
      }
      const lines = entry.content === null ? [look(entry)] : judgeOne(entry).lines;
      if (!isSeen) bumpNotExamined(sums, true);
      else if (isNotExamined(lines, this.policy))
        bumpNotExamined(
          sums,
          lines.some((line) => raisesNotExamined(line, line, this.policy)),
        );
      for (const day of asBefore) this.addBefore(day, entry, department, lines);
      for (const day of asAfter) this.addAfter(day, entry, department, lines);
    }
    for (const day of asAfter) day.found = new Map();
  }

  /** Departments of folders in which nothing need lie. */
  private topFolders({ roots }: RunRow): string[] {
    const folders = roots.flatMap((root) =>
      this.inventory.entries.topFolders(root).map((name): Place => ({ root: showKey(root), path: showKey(name), entry: 'folder' })),
    );
    return folders.map((place) => departmentAt(this.departments, place)).filter((name) => name !== '');
  }

  private addBefore(day: Day, entry: StoredEntry, department: string, lines: readonly JudgedFile[]): void {
    if (entry.content === null || !this.isViolationOn(lines, day.endMs)) return;
    bump(day.violations, department, 1);
    if (day.after) day.found.set(keyOf(entry.folderId, entry.name), department);
  }

  private addAfter(day: Day, entry: StoredEntry, department: string, lines: readonly JudgedFile[]): void {
    const { modifiedMs } = entry;
    if (modifiedMs === null || modifiedMs > day.endMs) return;
    const isViolation = entry.content !== null && this.isViolationOn(lines, day.endMs);
    const found = day.found.get(keyOf(entry.folderId, entry.name));
    if (found !== undefined) {
      // Changed between that sweep and the end of the day, and in order since: it was mended before the answer was given.
      const isProper = !isViolation && lines[0]!.verdict !== 'undetermined';
      if (isProper && modifiedMs > day.before!.startedMs) bump(day.violations, found, -1);
      return;
    }
    if (!isViolation) return;
    const move = day.before && this.inventory.history.lineage.moveTo(entry.folderId, entry.name, day.after!.id);
    if (move && day.found.has(keyOf(move.fromFolderId, move.fromName))) return;
    bump(day.violations, department, 1);
  }

  /** Judged as on that day: what has become stale since was not stale then. */
  private isViolationOn(lines: readonly JudgedFile[], asOfMs: number): boolean {
    const [file, ...members] = lines;
    const own = members.length > 0 ? coveredByMembers(file!, members) : file!;
    return [own, ...members].some((one) => isOpenViolation(judge(one, this.policy, asOfMs, Date.now())));
  }

  /** By this run or one before it: a large share may take several. */
  private wasSeen(run: RunRow, root: string, folder: string): boolean {
    return run.complete || this.runs.some((one) => one.id <= run.id && lookedAt(one, { root, folder }));
  }
}

function keyOf(folderId: number, name: string): string {
  return `${folderId}/${name}`;
}

function bump(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function bumpNotExamined(sums: Known, isUntolerated: boolean): void {
  sums.notExamined++;
  if (isUntolerated) sums.untolerated++;
}

function endOfDay(ms: number): number {
  const day = new Date(ms);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime() - 1;
}
