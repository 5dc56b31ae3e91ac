/** Reads the present entries of the inventory: all of them, what was found in groups, what was not found by numbers. It writes nothing. */
import type { EntrySort } from '../model.js';
import { DATE_COLUMNS, type EntryContent } from './contents.js';
import { blobOf } from './database.js';
import type { Store } from './store.js';

export const SORTS: readonly EntrySort[] = ['file', 'folder', 'link', 'special'];

/** The part of an entry that comes from the walk and from the access check, and is written whenever it differs. */
export interface EntryFacts {
  readonly name: string;
  readonly state: string;
  readonly sort: EntrySort;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
  readonly accessedMs: number | null;
  readonly owner: string | null;
  readonly access: number | null;
}

/** An entry with its place, as reports read it. `folder` is the key path below the root. */
export interface StoredEntry extends EntryFacts, EntryContent {
  readonly root: string;
  readonly folder: string;
  readonly folderId: number;
}

export interface QuietGroup {
  readonly sort: EntrySort;
  readonly outcome: number;
  readonly access: number | null;
  readonly count: number;
}

/**
 * Entries of one folder in which something was found, as many as share sort, outcome and access: what they hold and who can read it is equal, their
 * age is not.
 */
export interface FoundGroup {
  readonly root: string;
  readonly folder: string;
  readonly folderId: number;
  readonly sort: EntrySort;
  readonly outcome: number;
  readonly access: number | null;
  readonly count: number;
  /** Null when no time of the last change is known of any of them; those of which none is known are a group of their own. */
  readonly oldestMs: number | null;
  /** The oldest day on which a document says that it was last saved; null where none does. */
  readonly oldestSavedMs: number | null;
  readonly newestMs: number | null;
  /** Each once. */
  readonly contents: readonly number[];
}

interface EntryRow {
  name: string;
  state: string;
  sort: number;
  size_bytes: number;
  modified_ms: number | null;
  accessed_ms: number | null;
  owner: string | null;
  access: number | null;
  outcome: number | null;
  content: number | null;
  hash: Uint8Array | null;
  documentCreatedMs: number | null;
  documentSavedMs: number | null;
}

export class EntryReader {
  constructor(protected readonly store: Store) {}

  /** Every root that any sweep has walked and that was there at the last one. */
  roots(): string[] {
    const rows = this.store.prepare('SELECT name FROM folder WHERE parent IS NULL AND state=0 ORDER BY name').all();
    return (rows as { name: string }[]).map(({ name }) => name);
  }

  /** All present entries below these roots, folder by folder in the order of names. */
  *all(roots: readonly string[]): Generator<StoredEntry> {
    const rows = this.store.prepare(`SELECT ${ENTRY_COLUMNS} FROM entry WHERE folder=? AND gone_ms IS NULL ORDER BY name`);
    for (const place of this.folders(roots)) {
      for (const row of rows.all(place.folderId) as EntryRow[]) yield storedEntry(place, row);
    }
  }

  /** Those of them in which something was found. */
  *withContent(roots: readonly string[]): Generator<StoredEntry> {
    const rows = this.store.prepare(
      `SELECT ${ENTRY_COLUMNS} FROM entry WHERE folder=? AND gone_ms IS NULL AND content IS NOT NULL ORDER BY name`,
    );
    for (const place of this.folders(roots)) {
      for (const row of rows.all(place.folderId) as EntryRow[]) yield storedEntry(place, row);
    }
  }

  /** What was found below these roots, folder by folder in the order of names. */
  *found(roots: readonly string[]): Generator<FoundGroup> {
    const groups = this.store.prepare(
      `SELECT sort, outcome, access, count(*) AS count, min(modified_ms) AS oldestMs, max(modified_ms) AS newestMs,
         min(document_saved_ms) AS oldestSavedMs,
         group_concat(DISTINCT content) AS contents
       FROM entry WHERE folder=? AND gone_ms IS NULL AND content IS NOT NULL GROUP BY sort, outcome, access, modified_ms IS NULL`,
    );
    for (const place of this.folders(roots)) {
      for (const row of groups.all(place.folderId) as (Omit<FoundGroup, 'sort' | 'contents'> & { sort: number; contents: string })[]) {
        yield { ...place, ...row, sort: SORTS[row.sort]!, contents: row.contents.split(',').map(Number) };
      }
    }
  }

  /** The entries of a group, in the order of names. */
  ofGroup({ root, folder, folderId, sort, outcome, access, oldestMs }: FoundGroup): StoredEntry[] {
    const rows = this.store
      .prepare(
        `SELECT ${ENTRY_COLUMNS} FROM entry WHERE folder=? AND gone_ms IS NULL AND content IS NOT NULL
         AND sort=? AND outcome=? AND access IS ? AND (modified_ms IS NULL)=? ORDER BY name`,
      )
      .all(folderId, SORTS.indexOf(sort), outcome, access, oldestMs === null ? 1 : 0) as EntryRow[];
    return rows.map((row) => storedEntry({ root, folder, folderId }, row));
  }

  /** How many present entries without any finding share an outcome and an access: a share of millions comes down to a few rows. */
  quiet(roots: readonly string[]): QuietGroup[] {
    const found: QuietGroup[] = [];
    for (const root of roots) {
      const id = this.rootId(root);
      if (id === null) continue;
      const rows = this.store
        .prepare(
          `WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT folder.id FROM folder JOIN below ON folder.parent = below.id WHERE folder.state = 0)
           SELECT sort, outcome, access, count(*) AS count FROM below JOIN entry ON entry.folder = below.id
           WHERE gone_ms IS NULL AND content IS NULL AND outcome IS NOT NULL GROUP BY sort, outcome, access`,
        )
        .all(id) as (Omit<QuietGroup, 'sort'> & { sort: number })[];
      for (const { sort, outcome, access, count } of rows) found.push({ sort: SORTS[sort]!, outcome, access, count });
    }
    return found;
  }

  /** Names and outcomes of the files in a folder. */
  files(folder: number): { name: string; outcome: number | null }[] {
    return this.store
      .prepare('SELECT name, outcome FROM entry WHERE folder=? AND gone_ms IS NULL AND sort=0 ORDER BY name')
      .all(folder) as {
      name: string;
      outcome: number | null;
    }[];
  }

  /** Folders below these roots that are known by name and have never been opened. */
  unopenedFolders(roots: readonly string[]): number {
    let count = 0;
    for (const root of roots) {
      const id = this.rootId(root);
      if (id === null) continue;
      const row = this.store
        .prepare(
          `WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT folder.id FROM folder JOIN below ON folder.parent = below.id WHERE folder.state = 0)
           SELECT count(*) AS n FROM below JOIN entry ON entry.folder = below.id
           WHERE sort=1 AND gone_ms IS NULL AND outcome IS NULL AND NOT EXISTS (SELECT 1 FROM folder WHERE parent=entry.folder AND name=entry.name)`,
        )
        .get(id) as { n: number };
      count += Number(row.n);
    }
    return count;
  }

  /** Names of the folders directly below this root. */
  topFolders(root: string): string[] {
    const names = this.store.prepare('SELECT name FROM folder WHERE parent=? AND state<>2 ORDER BY name');
    return (names.all(this.rootId(root)) as { name: string }[]).map(({ name }) => name);
  }

  private rootId(root: string): number | null {
    const row = this.store.prepare('SELECT id FROM folder WHERE parent IS NULL AND name=? AND state=0').get(root) as
      | { id: number }
      | undefined;
    return row?.id ?? null;
  }

  private *folders(roots: readonly string[]): Generator<FolderPlace> {
    for (const root of roots) {
      const id = this.rootId(root);
      if (id !== null) yield* this.below({ root, folder: '', folderId: id });
    }
  }

  /** This folder and those below it, each before what lies in it, in the order of names. */
  private *below(place: FolderPlace): Generator<FolderPlace> {
    yield place;
    const { root, folder, folderId } = place;
    const children = this.store.prepare('SELECT id, name FROM folder WHERE parent=? AND state=0 ORDER BY name').all(folderId) as {
      id: number;
      name: string;
    }[];
    for (const { id, name } of children) yield* this.below({ root, folder: folder === '' ? name : `${folder}/${name}`, folderId: id });
  }
}

type FolderPlace = Pick<StoredEntry, 'root' | 'folder' | 'folderId'>;

const ENTRY_COLUMNS = `name, state, sort, size_bytes, modified_ms, accessed_ms, owner, access, outcome, content, hash, ${DATE_COLUMNS}`;

function storedEntry(place: FolderPlace, row: EntryRow): StoredEntry {
  return {
    ...place,
    name: row.name,
    state: row.state,
    sort: SORTS[row.sort]!,
    sizeBytes: row.size_bytes,
    modifiedMs: row.modified_ms,
    accessedMs: row.accessed_ms,
    owner: row.owner,
    access: row.access,
    outcome: row.outcome,
    content: row.content,
    hash: blobOf(row.hash),
    documentCreatedMs: row.documentCreatedMs,
    documentSavedMs: row.documentSavedMs,
  };
}
