/** The life of each file in which something was found, judged by one policy: how it stood at every run. */
import { type Standing, type Stretch, stretchesOf } from '../inventory/changes.js';
import type { EntryState, FolderPast } from '../inventory/history.js';
import type { RunRow } from '../inventory/runs.js';
import type { JudgedFile } from '../model.js';
import type { Policy } from '../policy/policy.js';
import type { Inventory } from './compose.js';
import { createJudge, type Judged } from './judged.js';

export interface Lifeline {
  readonly place: FolderPast;
  readonly states: readonly EntryState[];
  readonly stretches: readonly Stretch<EntryState>[];
}

/** Judges a state as it was at a run: by that run's day, and by the policy of today, so that another policy is not told as a change of the share. */
export class Lives {
  private readonly judges = new Map<number, (entry: Judged['entry']) => Judged>();
  private readonly runs: readonly number[];
  private readonly asOf: ReadonlyMap<number, number>;
  private readonly places = new Map<number, { readonly root: string; readonly folder: string }>();

  /** `runs`: those that swept the roots in question, the oldest first. */
  constructor(
    private readonly inventory: Inventory,
    private readonly policy: Policy,
    runs: readonly RunRow[],
  ) {
    this.runs = runs.map(({ id }) => id);
    this.asOf = new Map(runs.map(({ id, asOfMs }) => [id, asOfMs]));
  }

  /** Every file below these roots that ever held something; what was moved away is told where it is now. */
  *all(roots: readonly string[]): Generator<Lifeline> {
    const { history } = this.inventory;
    for (const place of history.folders(roots)) {
      for (const states of history.foundStates(place.folderId).values()) {
        const files = history.lineage.files(states);
        for (const [at, own] of files.entries()) {
          const last = own.at(-1)!;
          const moved =
            last.until === null ? null : history.lineage.movedFrom(last.folderId, last.name, last.since, files[at + 1]?.[0]?.since);
          if (!moved || !roots.includes(this.placeOf(moved.folderId).root)) yield this.lifeline(place, own);
        }
      }
    }
  }

  /** `own`: of one file under one name, as Lineage.files gives them. */
  lifeline(place: FolderPast, own: readonly EntryState[]): Lifeline {
    const states = this.inventory.history.lineage.of(own);
    return { place, states, stretches: stretchesOf(states, this.runs, (state, run) => this.standing(state, run)) };
  }

  /** The file's own line, as it stood at that run. */
  judge(state: EntryState, run: number): JudgedFile {
    const asOfMs = this.asOf.get(run) ?? this.asOf.get(this.runs[0] ?? 0) ?? 0;
    let judgeOne = this.judges.get(asOfMs);
    if (!judgeOne) {
      judgeOne = createJudge(this.inventory, this.policy, asOfMs);
      this.judges.set(asOfMs, judgeOne);
    }
    return judgeOne({ ...state, ...this.placeOf(state.folderId), state: '', accessedMs: null }).lines[0]!;
  }

  placeOf(folderId: number): { readonly root: string; readonly folder: string } {
    let place = this.places.get(folderId);
    if (!place) {
      // Files come folder by folder; the memory may not grow with the share.
      if (this.places.size >= 10_000) this.places.clear();
      place = this.inventory.history.placeOf(folderId);
      this.places.set(folderId, place);
    }
    return place;
  }

  private standing(state: EntryState, run: number): Standing {
    // Nothing was found: it may be locked or unread, which proves nothing, or clear.
    const { verdict } = this.judge(state, run);
    if (verdict === 'violation') return 'violation';
    return verdict === 'undetermined' ? 'unknown' : 'proper';
  }
}
