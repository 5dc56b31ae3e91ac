/**
 * Which states belong to one and the same file: a name may have stood for several files one after the other, and a file may have had several names, one
 * of them more than once.
 */
import type { EntryState } from './history.js';
import type { Store } from './store.js';

export interface Move {
  readonly run: number;
  readonly fromFolderId: number;
  readonly fromName: string;
}

export interface MovedTo {
  readonly folderId: number;
  readonly name: string;
  readonly run: number;
}

/** A file moved more often than this is not followed further. */
const MOVES_MAX = 100;

export class Lineage {
  private anyMove: boolean | null = null;

  /** `statesOf`: all states of one name, the oldest first. */
  constructor(
    private readonly store: Store,
    private readonly statesOf: (folderId: number, name: string) => EntryState[],
  ) {}

  /**
   * The files that had this name, one after the other, each by its states under it. A name begins to stand for another file where its file was moved
   * away, and where another one was moved to it; a file that only came back is the same one. `states`: of one name, the oldest first.
   */
  files(states: readonly EntryState[]): EntryState[][] {
    const files: EntryState[][] = [];
    for (const [at, state] of states.entries()) {
      const before = states[at - 1];
      if (before && !this.isOther(before, state)) files.at(-1)!.push(state);
      else files.push([state]);
    }
    return files;
  }

  /**
   * All states of a file, those under its earlier names before them. `own`: its latest ones under one name, as `files` gives them. Where it was moved, the
   * state under the earlier name lasts up to the run that found it under the new one.
   */
  of(own: readonly EntryState[]): EntryState[] {
    let line = [...own];
    for (let at = 0; at < MOVES_MAX; at++) {
      const [first] = line;
      const move = first && this.moveTo(first.folderId, first.name, first.since);
      if (!move) break;
      const known = this.statesOf(move.fromFolderId, move.fromName).filter(({ since }) => since < move.run);
      const before = this.files(known).at(-1);
      if (!before) break;
      // A stopped run may have missed it at its old place and not come to the new one: it was on its way, and not gone.
      line = [...before.slice(0, -1), { ...before.at(-1)!, until: move.run }, ...line];
    }
    return line;
  }

  /** The move by which an entry came to this name at that run. */
  moveTo(folderId: number, name: string, run: number): Move | null {
    if (!this.hasMoves()) return null;
    const sql = 'SELECT run, from_folder AS fromFolderId, from_name AS fromName FROM move WHERE folder=? AND name=? AND run=?';
    return (this.store.prepare(sql).get(folderId, name, run) as Move | undefined) ?? null;
  }

  /**
   * Where the file that had this name went, after run `since`; null when it was not moved. `until`: the run from which on the name stands for what is
   * there next.
   */
  movedFrom(folderId: number, name: string, since: number, until = Number.MAX_SAFE_INTEGER): MovedTo | null {
    if (!this.hasMoves()) return null;
    const sql =
      'SELECT folder AS folderId, name, run FROM move WHERE from_folder=? AND from_name=? AND run>? AND run<=? ORDER BY run LIMIT 1';
    return (this.store.prepare(sql).get(folderId, name, since, until) as MovedTo | undefined) ?? null;
  }

  private isOther(before: EntryState, state: EntryState): boolean {
    const { folderId, name, since } = state;
    if (before.until === since) return false;
    return this.moveTo(folderId, name, since) !== null || this.movedFrom(folderId, name, before.since, since) !== null;
  }

  private hasMoves(): boolean {
    this.anyMove ??= this.store.prepare('SELECT 1 FROM move LIMIT 1').get() !== undefined;
    return this.anyMove;
  }
}
