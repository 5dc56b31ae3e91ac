/** The runs of the inventory: when each was, how far it came, and what its report counted. */
import type { RunStop } from '../model.js';
import type { RunSums } from '../parts.js';
import type { Store } from './store.js';

/** In `meta`: the run with which history begins; and the one with which it began anew after damage. */
export const HISTORY_KEY = 'history';
export const HISTORY_LOST_KEY = 'historyLost';

/** A folder by its root's path and its key path below it. */
export interface RunPlace {
  readonly root: string;
  readonly folder: string;
}

export interface RunRow {
  readonly id: number;
  readonly startedMs: number;
  /** Null as long as it runs, and when it was killed. */
  readonly endedMs: number | null;
  readonly asOfMs: number;
  readonly version: string;
  readonly policyHash: string;
  readonly roots: readonly string[];
  readonly complete: boolean;
  /** Null when it was killed, and when it is complete. */
  readonly stopped: RunStop | null;
  readonly excluded: Readonly<Record<string, number>>;
  /** The folder at which it began; null: the first one. */
  readonly from: RunPlace | null;
  /** The first folder that it did not finish; null when it finished all, or is not known. */
  readonly until: RunPlace | null;
  /** Roots that it lost while it finished all the others; null when that is not how it ended. */
  readonly lost: readonly string[] | null;
  /** Entries that it looked at; null when it was killed. */
  readonly looked: number | null;
  /** Entries that were known at its end, and folders that no run has opened yet; null when it was killed or is complete. */
  readonly known: number | null;
  readonly unopened: number | null;
  /** Null for a run that was killed, or that an older program made. */
  readonly sums: RunSums | null;
}

export type RunStart = Pick<RunRow, 'startedMs' | 'asOfMs' | 'version' | 'policyHash' | 'roots'> & { readonly from?: RunPlace | null };
export type RunEnd = Pick<RunRow, 'endedMs' | 'complete' | 'stopped' | 'excluded' | 'roots' | 'until' | 'looked'> &
  Partial<Pick<RunRow, 'lost'>>;

export class Runs {
  constructor(private readonly store: Store) {}

  /** The id of the new run, which is kept at once: a run that is killed is seen to have been. */
  start(run: RunStart): number {
    const id = this.store.write(
      'INSERT INTO run(started_ms, as_of_ms, version, policy_hash, roots, from_place, until_place) VALUES (?,?,?,?,?,?,?)',
      run.startedMs,
      run.asOfMs,
      run.version,
      run.policyHash,
      JSON.stringify(run.roots),
      placeText(run.from ?? null),
      placeText(run.from ?? null),
    );
    this.store.commit();
    return id;
  }

  /** How far it has come, for the case that it gets no further. Kept together with the results that it speaks of. */
  reach(id: number, until: RunPlace | null): void {
    this.store.write('UPDATE run SET until_place=? WHERE id=?', placeText(until), id);
  }

  end(id: number, end: RunEnd): void {
    const { endedMs, complete, stopped, excluded, roots, until, looked, lost = null } = end;
    const sql = 'UPDATE run SET ended_ms=?, complete=?, stopped=?, excluded=?, roots=?, until_place=?, looked=? WHERE id=?';
    const lists = [JSON.stringify(excluded), JSON.stringify(roots)] as const;
    this.store.write(sql, endedMs, complete ? 1 : 0, stopped, ...lists, placeText(until, lost), looked, id);
    this.store.commit();
  }

  /** What its report counted, and what was known in all when it ended. */
  keepSums(id: number, sums: RunSums, known: number | null, unopened: number | null): void {
    this.store.write('UPDATE run SET sums=?, known=?, unopened=? WHERE id=?', JSON.stringify(sums), known, unopened, id);
    this.store.commit();
  }

  /** The newest run, or null in a new inventory. */
  last(): RunRow | null {
    return rowOf(this.store.prepare('SELECT * FROM run ORDER BY id DESC LIMIT 1').get());
  }

  lastComplete(): RunRow | null {
    return rowOf(this.store.prepare('SELECT * FROM run WHERE complete=1 ORDER BY id DESC LIMIT 1').get());
  }

  find(id: number): RunRow | null {
    return rowOf(this.store.prepare('SELECT * FROM run WHERE id=?').get(id));
  }

  /** From the oldest to the newest. */
  all(): RunRow[] {
    return this.store
      .prepare('SELECT * FROM run ORDER BY id')
      .all()
      .map((row) => rowOf(row)!);
  }

  /** The run with which history begins: what was before it is not known. 0 without any run. */
  historyBegins(): number {
    const kept = this.numberOf(HISTORY_KEY);
    if (kept !== null) return kept;
    return (this.store.prepare('SELECT min(id) AS id FROM run').get() as { id: number | null }).id ?? 0;
  }

  /** The run with which history began anew because the inventory was damaged; null when it never was, and when that is longer ago than is kept. */
  historyLost(): number | null {
    const lost = this.numberOf(HISTORY_LOST_KEY);
    return lost !== null && lost >= this.historyBegins() ? lost : null;
  }

  private numberOf(key: string): number | null {
    const kept = this.store.prepare('SELECT value FROM meta WHERE key=?').get(key) as { value: string } | undefined;
    return kept ? Number(kept.value) : null;
  }

  /**
   * The folder with which a sweep of these roots should begin: the first one that the newest run of any of them did not finish. Null when it
   * finished all.
   */
  goOnFrom(roots: readonly string[]): RunPlace | null {
    const rows = this.store
      .prepare('SELECT * FROM run ORDER BY id DESC LIMIT 100')
      .all()
      .map((row) => rowOf(row)!);
    const newest = rows.find((run) => run.roots.some((root) => roots.includes(root)));
    const until = newest && !newest.complete ? newest.until : null;
    return until && roots.includes(until.root) ? until : null;
  }
}

function rowOf(found: unknown): RunRow | null {
  if (!found) return null;
  const row = found as Record<string, number & string>;
  return {
    id: row.id!,
    startedMs: row.started_ms!,
    endedMs: row.ended_ms ?? null,
    asOfMs: row.as_of_ms!,
    version: row.version!,
    policyHash: row.policy_hash!,
    roots: JSON.parse(row.roots!),
    complete: Number(row.complete) === 1,
    stopped: (row.stopped ?? null) as RunStop | null,
    excluded: JSON.parse(row.excluded!),
    from: placeOf(row.from_place ?? null),
    until: placeOf(row.until_place ?? null),
    lost: lostOf(row.until_place ?? null),
    looked: row.looked ?? null,
    known: row.known ?? null,
    unopened: row.unopened ?? null,
    sums: row.sums ? JSON.parse(row.sums) : null,
  };
}

/** `lost` stands behind the place, so that older programs read the place alone. */
function placeText(place: RunPlace | null, lost: readonly string[] | null = null): string | null {
  return place === null ? null : JSON.stringify([place.root, place.folder, ...(lost ? [lost] : [])]);
}

function lostOf(text: string | null): readonly string[] | null {
  return text === null ? null : ((JSON.parse(text) as [string, string, string[]?])[2] ?? null);
}

function placeOf(text: string | null): RunPlace | null {
  if (text === null) return null;
  const [root, folder] = JSON.parse(text) as [string, string];
  return { root, folder };
}
