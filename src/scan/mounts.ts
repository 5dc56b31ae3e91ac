/**
 * What stood at the roots and at mount points at the last sweep. A share that is not mounted leaves an empty folder behind: nothing of what was there
 * may then count as gone.
 */
import type { Entries } from '../inventory/entries.js';
import type { Store } from '../inventory/store.js';
import type { Listing, Problem } from '../model.js';
import type { Step } from './trail.js';

export class Mounts {
  private readonly ids: Map<number, string>;

  /** `acceptReplaced`: the operator says that another folder in the place of a known one is meant. */
  constructor(
    private readonly store: Store,
    private readonly acceptReplaced: boolean,
  ) {
    const rows = store.prepare('SELECT folder, id FROM mount').all() as { folder: number; id: string }[];
    this.ids = new Map(rows.map(({ folder, id }) => [folder, id]));
  }

  /**
   * The problem of a folder in whose place another one stands, in which no name is left of those that were known; null where all is well. What
   * stands there is noted for the next sweep.
   */
  problemOf({ stat, entries, leftOut }: Listing, { id, parent }: Step, known: Pick<Entries, 'known'>): Problem | null {
    const isMount = parent === null || stat.dev !== parent.dev;
    const before = this.ids.get(id);
    // A file system that numbers no files gives no identity.
    if ((!isMount && before === undefined) || stat.ino === 0) return null;
    const now = `${stat.dev}:${stat.ino}`;
    if (before === now) return null;
    if (before !== undefined && !this.acceptReplaced) {
      const names = [...known.known(id).values()].filter(({ goneRun }) => goneRun === null).map(({ name }) => name);
      const there = new Set([...entries.map(({ name }) => name), ...(leftOut ?? [])]);
      if (names.length > 0 && !names.some((name) => there.has(name)))
        return { stage: 'walk', code: 'offline', detail: 'another folder stands here, without anything that was known: not mounted?' };
    }
    this.note(id, isMount ? now : null);
    return null;
  }

  private note(folder: number, id: string | null): void {
    if (id === null) {
      this.ids.delete(folder);
      this.store.write('DELETE FROM mount WHERE folder=?', folder);
    } else {
      this.ids.set(folder, id);
      this.store.write('INSERT OR REPLACE INTO mount(folder, id) VALUES (?,?)', folder, id);
    }
  }
}
