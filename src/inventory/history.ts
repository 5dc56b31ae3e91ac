/**
 * Reads what was known at earlier runs: the entries of a folder as they were then, and the states that an entry went through. It writes nothing; what is
 * kept comes from past.ts and moves.ts.
 */
import type { EntrySort } from '../model.js';
import { DATE_COLUMNS, type EntryContent } from './contents.js';
import { blobOf } from './database.js';
import { SORTS, type StoredEntry } from './entry-reader.js';
import { Lineage } from './lineage.js';
import type { Store } from './store.js';

/** What an entry was from run `since` up to, not including, run `until` (null: it still is). Between two states it was gone. */
export interface EntryState extends EntryContent {
  readonly folderId: number;
  readonly name: string;
  readonly sort: EntrySort;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
  readonly owner: string | null;
  readonly access: number | null;
  readonly since: number;
  readonly until: number | null;
  /** A pattern left it out of the last sweep that came by: what is known of it is older. */
  readonly leftOut: boolean;
}

/** A folder, gone or not. */
export interface FolderPast {
  readonly root: string;
  readonly folder: string;
  readonly folderId: number;
  /** It, or one above it, could not be read at the last sweep that came by: what is known of it is older. */
  readonly unread: boolean;
}

const FOLDER = SORTS.indexOf('folder');
const STATE_COLUMNS = `name, sort, size_bytes, modified_ms, owner, access, outcome, content, hash, ${DATE_COLUMNS}, since`;

interface StateRow {
  name: string;
  sort: number;
  size_bytes: number;
  modified_ms: number | null;
  owner: string | null;
  access: number | null;
  outcome: number | null;
  content: number | null;
  hash: Uint8Array | null;
  documentCreatedMs: number | null;
  documentSavedMs: number | null;
  since: number;
  until: number | null;
  leftOut: number;
}

/** Of a present entry; what is past has neither. */
const NOW_COLUMNS = 'gone_run AS until, gone_ms IS NOT NULL AND gone_run IS NULL AS leftOut';

export class History {
  /** Which of these states are those of one file, and where it was moved. */
  readonly lineage: Lineage;

  constructor(private readonly store: Store) {
    this.lineage = new Lineage(store, (folderId, name) => this.states(folderId, name));
  }

  /** All entries below these roots as they were known at that run, folder by folder in the order of names. */
  *all(roots: readonly string[], run: number): Generator<StoredEntry> {
    for (const root of roots) {
      const id = this.rootId(root);
      if (id !== null) yield* this.below(root, '', id, run);
    }
  }

  /** All folders below these roots, gone ones too, each before what lies in it, in the order of names. */
  *folders(roots: readonly string[]): Generator<FolderPast> {
    for (const root of roots) {
      const id = this.rootId(root);
      if (id !== null) yield* this.foldersBelow({ root, folder: '', folderId: id, unread: false });
    }
  }

  /** States of each file of the folder in which something was found at any time, by name, the oldest first. A folder of its name is another thing. */
  foundStates(folderId: number): Map<string, EntryState[]> {
    const past = this.store
      .prepare(`SELECT ${STATE_COLUMNS}, until, 0 AS leftOut FROM past WHERE folder=? AND sort<>${FOLDER} ORDER BY name, since`)
      .all(folderId) as StateRow[];
    const found = new Map<string, EntryState[]>();
    const wanted = new Set(past.flatMap(({ name, content }) => (content === null ? [] : [name])));
    for (const row of past) if (wanted.has(row.name)) add(found, stateOf(folderId, row));
    const now = this.store.prepare(
      `SELECT ${STATE_COLUMNS}, ${NOW_COLUMNS} FROM entry WHERE folder=? AND content IS NOT NULL AND sort<>${FOLDER}`,
    );
    for (const row of now.all(folderId) as StateRow[]) {
      wanted.delete(row.name);
      add(found, stateOf(folderId, row));
    }
    for (const name of wanted) {
      const row = this.entryRow(folderId, name);
      if (row) add(found, stateOf(folderId, row));
    }
    return found;
  }

  /** All states of one file, the oldest first. Empty when it was never known. */
  states(folderId: number, name: string): EntryState[] {
    const sql = `SELECT ${STATE_COLUMNS}, until, 0 AS leftOut FROM past WHERE folder=? AND name=? AND sort<>${FOLDER} ORDER BY since`;
    const rows = this.store.prepare(sql).all(folderId, name) as StateRow[];
    const now = this.entryRow(folderId, name);
    return [...rows, ...(now ? [now] : [])].map((row) => stateOf(folderId, row));
  }

  /** The root and the key path of a folder. */
  placeOf(folderId: number): { readonly root: string; readonly folder: string } {
    const names: string[] = [];
    let id: number | null = folderId;
    while (id !== null) {
      const row = this.store.prepare('SELECT parent, name FROM folder WHERE id=?').get(id) as { parent: number | null; name: string };
      names.unshift(row.name);
      id = row.parent;
    }
    const [root = '', ...folders] = names;
    return { root, folder: folders.join('/') };
  }

  /** The folder at a key path below a root, gone or not. */
  folderAt(root: string, folder: string): number | null {
    let id = this.rootId(root);
    for (const name of folder === '' ? [] : folder.split('/')) {
      if (id === null) return null;
      id = this.childId(id, name);
    }
    return id;
  }

  /** Paths of all root folders that were ever swept. */
  roots(): string[] {
    return (this.store.prepare('SELECT name FROM folder WHERE parent IS NULL ORDER BY name').all() as { name: string }[]).map(
      ({ name }) => name,
    );
  }

  private *below(root: string, folder: string, folderId: number, run: number): Generator<StoredEntry> {
    const at = 'since<=? AND folder=?';
    // What a later run left out was there at this one.
    const seenThen = '(gone_ms IS NULL OR gone_ms>=(SELECT min(started_ms) FROM run WHERE id>?))';
    const rows = this.store
      .prepare(
        `SELECT ${STATE_COLUMNS}, accessed_ms, NULL AS until, 0 AS leftOut FROM entry WHERE ${at} AND (gone_run>? OR (gone_run IS NULL AND ${seenThen}))
         UNION ALL SELECT ${STATE_COLUMNS}, NULL, until, 0 FROM past WHERE ${at} AND until>? ORDER BY name`,
      )
      .all(run, folderId, run, run, run, folderId, run) as (StateRow & { accessed_ms: number | null })[];
    for (const row of rows) yield { ...stateOf(folderId, row), root, folder, state: '', accessedMs: row.accessed_ms };
    for (const { name, sort, outcome } of rows) {
      if (SORTS[sort] !== 'folder' || outcome !== null) continue;
      const child = this.childId(folderId, name);
      if (child !== null) yield* this.below(root, folder === '' ? name : `${folder}/${name}`, child, run);
    }
  }

  private *foldersBelow(place: FolderPast): Generator<FolderPast> {
    yield place;
    const { root, folder, folderId, unread } = place;
    const children = this.store.prepare('SELECT id, name, state FROM folder WHERE parent=? ORDER BY name').all(folderId) as {
      id: number;
      name: string;
      state: number;
    }[];
    for (const { id, name, state } of children) {
      yield* this.foldersBelow({ root, folder: folder === '' ? name : `${folder}/${name}`, folderId: id, unread: unread || state === 1 });
    }
  }

  private entryRow(folderId: number, name: string): StateRow | undefined {
    const sql = `SELECT ${STATE_COLUMNS}, ${NOW_COLUMNS} FROM entry WHERE folder=? AND name=? AND sort<>${FOLDER}`;
    return this.store.prepare(sql).get(folderId, name) as StateRow | undefined;
  }

  private rootId(root: string): number | null {
    const row = this.store.prepare('SELECT id FROM folder WHERE parent IS NULL AND name=?').get(root) as { id: number } | undefined;
    return row?.id ?? null;
  }

  private childId(parent: number, name: string): number | null {
    const row = this.store.prepare('SELECT id FROM folder WHERE parent=? AND name=?').get(parent, name) as { id: number } | undefined;
    return row?.id ?? null;
  }
}

function add(found: Map<string, EntryState[]>, state: EntryState): void {
  const states = found.get(state.name);
  if (states) states.push(state);
  else found.set(state.name, [state]);
}

function stateOf(folderId: number, row: StateRow): EntryState {
  return {
    folderId,
    name: row.name,
    sort: SORTS[row.sort]!,
    sizeBytes: row.size_bytes,
    modifiedMs: row.modified_ms,
    owner: row.owner,
    access: row.access,
    outcome: row.outcome,
    content: row.content,
    hash: blobOf(row.hash),
    documentCreatedMs: row.documentCreatedMs,
    documentSavedMs: row.documentSavedMs,
    since: row.since,
    until: row.until ?? null,
    leftOut: Number(row.leftOut) === 1,
  };
}
