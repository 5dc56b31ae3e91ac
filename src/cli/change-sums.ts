/** Sums the changes of all files: by kind, by department and by folder, and the worst of each. Holds a few counters and lists, never all files. */
import { type Changed, changeOf } from '../inventory/changes.js';
import type { EntryState } from '../inventory/history.js';
import type { RunRow } from '../inventory/runs.js';
import { limits } from '../limits.js';
import { CHANGES, type Change, type JudgedFile } from '../model.js';
import type { ChangedFile, ChangesInput, RunMark } from '../report/changes.js';
import { showKey } from '../walk/name.js';
import type { ResolvedBy } from '../words/changes.js';
import type { Departments } from './departments.js';
import type { Lifeline, Lives } from './lifelines.js';
import { OTHER_DEPARTMENTS } from './tally.js';

const LISTED_MAX = 20;
const FOLDERS_SHOWN = 10;

type Counts = Record<Change, number>;

export interface ChangeScope {
  readonly lives: Lives;
  /** Those of the same roots, the oldest first. */
  readonly runs: readonly RunRow[];
  readonly newest: RunRow;
  readonly base: RunRow | null;
  readonly departments: Departments;
  /** The run with which history began anew because the inventory was damaged. */
  readonly historyLost: number | null;
}

export class ChangeSums {
  private readonly counts = noCounts();
  private excepted = 0;
  private moved = 0;
  private oldest: RunRow | null = null;
  private readonly departments = new Map<string, Counts>();
  private readonly folders: [string, Counts][] = [];
  private folder: { key: string; counts: Counts } | null = null;
  private readonly files: Record<Change, ChangedFile[]> = { new: [], recurred: [], continuing: [], resolved: [], 'not-seen': [] };

  constructor(private readonly scope: ChangeScope) {}

  /** What there is to tell of the file; null when it was in violation at neither run. `seen`: the newest run looked at its folder. */
  add(life: Lifeline, seen: boolean): ChangedFile | null {
    const { base } = this.scope;
    const changed = changeOf(life.stretches, base?.id ?? 0, seen);
    if (!changed) return null;
    const told = this.toldOf(life, changed);
    const { change, file } = told;
    this.counts[change]++;
    if ((change === 'new' || change === 'recurred') && file.reasons.includes('excepted')) this.excepted++;
    if (told.movedFrom !== null && change === 'continuing') this.moved++;
    if (change === 'continuing') {
      const since = this.runAt(changed.since);
      if (this.oldest === null || since.id < this.oldest.id) this.oldest = since;
    }
    this.sum(life, change, this.scope.departments.of(file));
    if (change !== 'continuing') rank(this.files[change], told);
    return told;
  }

  input(): ChangesInput {
    this.closeFolder();
    const { counts, excepted, moved, oldest, files } = this;
    const { base, newest } = this.scope;
    const departments = [...this.departments].sort(
      ([a, x], [b, y]) => worth(y) - worth(x) || y.continuing - x.continuing || (a < b ? -1 : 1),
    );
    return {
      from: base,
      historyLost: base === null && this.scope.historyLost !== null,
      to: newest,
      counts,
      excepted,
      oldest,
      moved,
      departments,
      configured: this.scope.departments.names !== null,
      folders: this.folders,
      files,
    };
  }

  private toldOf({ stretches }: Lifeline, { change, since, state, before }: Changed<EntryState>): ChangedFile {
    const { lives, newest, base } = this.scope;
    const file = lives.judge(state, newest.id);
    const isGone = stretches.at(-1)?.standing === 'gone';
    const by = change === 'resolved' ? resolvedBy(file, lives.judge(before, newest.id), isGone) : null;
    const origin = stretches.findLast((one) => one.state !== null && one.since <= (base?.id ?? 0))?.state ?? null;
    const isMoved = origin !== null && (origin.folderId !== state.folderId || origin.name !== state.name);
    return {
      change,
      file,
      since: this.runAt(since),
      sinceBefore: since <= (this.scope.historyLost ?? 0),
      by,
      movedFrom: isMoved ? this.pathOf(origin) : null,
    };
  }

  private pathOf({ folderId, name }: EntryState): string {
    const { folder } = this.scope.lives.placeOf(folderId);
    return showKey(folder === '' ? name : `${folder}/${name}`);
  }

  /** The run of that number, or the oldest that is known. */
  private runAt(id: number): RunRow & RunMark {
    const { runs, newest } = this.scope;
    return runs.find((run) => run.id >= id) ?? newest;
  }

  /** Files come folder by folder, so one sum is open at a time. */
  private sum({ place }: Lifeline, change: Change, department: string): void {
    const hasManyRoots = this.scope.newest.roots.length > 1;
    const isNew = !this.departments.has(department);
    const name = isNew && this.departments.size >= limits.departmentsMax ? OTHER_DEPARTMENTS : department;
    const counts = this.departments.get(name) ?? noCounts();
    this.departments.set(name, counts);
    counts[change]++;
    const key = showKey(hasManyRoots ? `${place.root}/${place.folder}` : place.folder);
    if (this.folder?.key !== key) {
      this.closeFolder();
      this.folder = { key, counts: noCounts() };
    }
    this.folder.counts[change]++;
  }

  private closeFolder(): void {
    const { folder } = this;
    this.folder = null;
    if (!folder || worth(folder.counts) === 0) return;
    this.folders.push([folder.key, folder.counts]);
    this.folders.sort(([a, x], [b, y]) => worth(y) - worth(x) || (a < b ? -1 : 1));
    this.folders.length = Math.min(this.folders.length, FOLDERS_SHOWN);
  }
}

function noCounts(): Counts {
  return Object.fromEntries(CHANGES.map((change) => [change, 0])) as Counts;
}

/** What has to be looked at first: what is new, then what is resolved or unclear. A folder in which all goes on as before is worth nothing here. */
function worth(counts: Counts): number {
  return 1000 * (counts.new + counts.recurred) + counts.resolved + counts['not-seen'];
}

function rank(list: ChangedFile[], told: ChangedFile): void {
  const at = list.findIndex(({ file }) => file.risk < told.file.risk);
  list.splice(at < 0 ? list.length : at, 0, told);
  list.length = Math.min(list.length, LISTED_MAX);
}

function resolvedBy(now: JudgedFile, before: JudgedFile, isGone: boolean): ResolvedBy {
  if (isGone) return 'gone';
  if (now.verdict === 'clear' || now.verdict === 'textless') return 'emptied';
  const isLocked = ({ content }: JudgedFile) => content.password.state === 'set' || content.password.state === 'weak';
  if (isLocked(now) && !isLocked(before)) return 'password';
  if (now.access.state === 'restricted' && before.access.state !== 'restricted') return 'restricted';
  return 'other';
}
