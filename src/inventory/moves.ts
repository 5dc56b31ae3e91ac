/**
 * Finds out which files that are gone are files that have come: the same file number, size and time of change, else the same content. A moved file keeps
 * its history. Folders are not looked at as such: their files are.
 */
import type { Store } from './store.js';

interface GoneFile {
  readonly folder: number;
  readonly name: string;
  readonly state: string;
  readonly hash: string | null;
  readonly size: number;
}

interface NewFile extends GoneFile {
  readonly since: number;
}

/** Gone files are held in memory so many at a time, however many there are. */
const AT_ONCE = 100_000;

/**
 * Notes the moves that this run shows. `since`: the newest run before it that reached its end; a file may have gone in one run after it, and been found
 * in another. `folders`: where files came in this run; null when that is to be looked for everywhere.
 */
export function findMoves(store: Store, run: number, since: number, folders: ReadonlySet<number> | null): void {
  const unmatched =
    'NOT EXISTS (SELECT 1 FROM move WHERE move.from_folder=entry.folder AND move.from_name=entry.name AND move.run>entry.since)';
  const gone = store.prepare(
    `SELECT folder, name, state, hex(hash) AS hash, size_bytes AS size FROM entry
     WHERE gone_run>? AND gone_run<=? AND sort=0 AND ${unmatched} ORDER BY gone_run, folder, name LIMIT ${AT_ONCE} OFFSET ?`,
  );
  for (const keyOf of [fileKey, contentKey]) {
    for (let offset = 0; ; ) {
      const rows = gone.all(since, run, offset) as GoneFile[];
      const matched = rows.length === 0 ? 0 : matchAll(store, rows, keyOf, since, folders);
      // Those that were matched are not found any more.
      offset += rows.length - matched;
      if (rows.length < AT_ONCE) break;
    }
  }
}

type KeyOf = (file: GoneFile) => string | null;

function matchAll(store: Store, gone: readonly GoneFile[], keyOf: KeyOf, since: number, folders: ReadonlySet<number> | null): number {
  const byKey = new Map<string, GoneFile[]>();
  for (const file of gone) {
    const key = keyOf(file);
    if (key === null) continue;
    const same = byKey.get(key);
    if (same) same.push(file);
    else byKey.set(key, [file]);
  }
  let matched = 0;
  if (byKey.size === 0) return matched;
  for (const file of newFiles(store, since, folders)) {
    const key = keyOf(file);
    const same = key === null ? undefined : byKey.get(key);
    const source = same?.find(({ name }) => name === file.name) ?? same?.[0];
    if (!same || !source) continue;
    same.splice(same.indexOf(source), 1);
    matched++;
    const sql = 'INSERT OR REPLACE INTO move(folder, name, run, from_folder, from_name) VALUES (?,?,?,?,?)';
    store.write(sql, file.folder, file.name, file.since, source.folder, source.name);
  }
  return matched;
}

/** Files that were not there before: nothing is kept of what they were up to the run that found them. */
function* newFiles(store: Store, since: number, folders: ReadonlySet<number> | null): Generator<NewFile> {
  const columns = 'folder, name, state, hex(hash) AS hash, size_bytes AS size, since';
  const isNew = `gone_run IS NULL AND sort=0 AND entry.since>?
    AND NOT EXISTS (SELECT 1 FROM past WHERE past.folder=entry.folder AND past.name=entry.name AND past.until=entry.since)
    AND NOT EXISTS (SELECT 1 FROM move WHERE move.folder=entry.folder AND move.name=entry.name AND move.run=entry.since)`;
  const inFolder = store.prepare(`SELECT ${columns} FROM entry WHERE folder=? AND ${isNew} ORDER BY name`);
  const ids = folders ?? (store.prepare('SELECT id FROM folder WHERE state=0 ORDER BY id').all() as { id: number }[]).map(({ id }) => id);
  for (const id of ids) yield* inFolder.all(id, since) as NewFile[];
}

/** Size, file number and time of change, as scan/state.ts writes them. Null for what was never looked at. */
function fileKey({ state }: GoneFile): string | null {
  const [size, ino, modified] = state.split(':', 3);
  return modified === undefined || ino === '0' ? null : `${size}:${ino}:${modified}`;
}

function contentKey({ hash, size }: GoneFile): string | null {
  return !hash || size === 0 ? null : hash;
}
