/**
 * The tables of the inventory. Facts only: a verdict is never stored, it is judged again from the facts whenever a report is made.
 * Paths are interned by folder; what was found in a file (`outcome`) and who can read it (`access`) are interned by their whole value,
 * so that millions of files without findings share a few rows.
 */
export const SCHEMA_VERSION = 4;

/** `PRAGMA application_id`, "MMWR": by it a damaged inventory is known as one, and no other database is ever put aside. */
export const APPLICATION_ID = 0x4d4d5752;

/**
 * Of a run that did not finish: why (null when it was killed), how many entries it looked at, how many were known then, how many known folders were never
 * opened. Places are JSON `[root, folder]`: where it began, and the first folder that it did not finish. sums: what its report counted (RunSums).
 */
export const RUN_COLUMNS: readonly string[] = [
  'stopped TEXT',
  'from_place TEXT',
  'until_place TEXT',
  'looked INTEGER',
  'known INTEGER',
  'unopened INTEGER',
  'sums TEXT',
];

/**
 * since: the run from which on these facts hold, 0 for longer than history goes back; gone_run: the run that found it gone. `gone_ms` without it: since
 * then a pattern leaves it out, and what was known of it is neither present nor gone.
 */
export const ENTRY_COLUMNS: readonly string[] = ['since INTEGER NOT NULL DEFAULT 0', 'gone_run INTEGER'];

/** What of the file a site's words can touch (scan/sketch.ts); null where it is not known. */
export const SKETCH_COLUMN = 'sketch BLOB';

/**
 * past: facts of an entry that held from run `since` up to, not including, run `until`; a row only where something changed that a verdict depends on.
 * content: 0 when it was found in but is kept no more.  move: an entry that is the same file as one that had gone.  mount: what stood at the roots and
 * mount points at the last sweep (`dev:ino`).
 */
export const HISTORY_TABLES = `
CREATE TABLE past (
  folder INTEGER NOT NULL,
  name TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  sort INTEGER NOT NULL,
  size_bytes REAL NOT NULL,
  modified_ms REAL,
  owner TEXT,
  access INTEGER,
  outcome INTEGER,
  content INTEGER,
  hash BLOB,
  PRIMARY KEY (folder, name, since)
) WITHOUT ROWID;
CREATE INDEX past_content ON past(content) WHERE content > 0;

CREATE TABLE move (
  folder INTEGER NOT NULL,
  name TEXT NOT NULL,
  run INTEGER NOT NULL,
  from_folder INTEGER NOT NULL,
  from_name TEXT NOT NULL,
  PRIMARY KEY (folder, name, run)
) WITHOUT ROWID;
CREATE INDEX move_from ON move(from_folder, from_name);

CREATE TABLE mount (folder INTEGER PRIMARY KEY, id TEXT NOT NULL);

CREATE INDEX entry_gone ON entry(gone_run) WHERE gone_run IS NOT NULL;
`;

/**
 * When a document says of itself that it was made and last saved, in milliseconds since 1970: of an entry, of what it was before, of a member. Null where it
 * says nothing of it, and for what was read by a version that did not ask.
 */
export const DOCUMENT_DATE_COLUMNS = ['entry', 'past', 'member']
  .flatMap((table) => ['document_created_ms', 'document_saved_ms'].map((column) => `ALTER TABLE ${table} ADD COLUMN ${column} REAL;`))
  .join('\n');

export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started_ms REAL NOT NULL,
  ended_ms REAL,
  as_of_ms REAL NOT NULL,
  version TEXT NOT NULL,
  policy_hash TEXT NOT NULL,
  roots TEXT NOT NULL,
  complete INTEGER NOT NULL DEFAULT 0,
  excluded TEXT NOT NULL DEFAULT '{}',
  ${RUN_COLUMNS.join(',\n  ')}
);

-- state: 0 present, 1 could not be read at the last sweep (what lies below is unknown), 2 gone
CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  parent INTEGER REFERENCES folder(id),
  name TEXT NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  UNIQUE (parent, name)
);
CREATE UNIQUE INDEX folder_root ON folder(name) WHERE parent IS NULL;

CREATE TABLE access (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
CREATE TABLE outcome (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);

-- what an outcome does not hold: only for files in which something was found, or that hold other files (findings: packed.ts)
CREATE TABLE content (
  id INTEGER PRIMARY KEY,
  hash BLOB,
  outcome INTEGER NOT NULL REFERENCES outcome(id),
  from_path INTEGER NOT NULL,
  findings TEXT NOT NULL
);
CREATE INDEX content_hash ON content(hash) WHERE hash IS NOT NULL;

CREATE TABLE member (
  content INTEGER NOT NULL REFERENCES content(id),
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  size_bytes REAL NOT NULL,
  modified_ms REAL,
  hash BLOB,
  outcome INTEGER NOT NULL REFERENCES outcome(id),
  findings TEXT NOT NULL,
  PRIMARY KEY (content, seq)
) WITHOUT ROWID;

-- ids: sorted 64-bit keyed ids; a file with very many persons has several sorted runs
CREATE TABLE person (
  content INTEGER NOT NULL,
  run INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  ids BLOB NOT NULL,
  PRIMARY KEY (content, run, seq)
) WITHOUT ROWID;

-- sort: 0 file, 1 folder, 2 link, 3 special.  state: all that must be equal for an entry to count as unchanged
CREATE TABLE entry (
  folder INTEGER NOT NULL REFERENCES folder(id),
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  sort INTEGER NOT NULL,
  size_bytes REAL NOT NULL,
  modified_ms REAL,
  accessed_ms REAL,
  owner TEXT,
  access INTEGER REFERENCES access(id),
  outcome INTEGER REFERENCES outcome(id),
  content INTEGER REFERENCES content(id),
  hash BLOB,
  gone_ms REAL,
  ${ENTRY_COLUMNS.join(',\n  ')},
  ${SKETCH_COLUMN},
  PRIMARY KEY (folder, name)
) WITHOUT ROWID;

${HISTORY_TABLES}
${DOCUMENT_DATE_COLUMNS}
`;

/**
 * Who can read (readers.ts). Made wherever they are missing: an inventory without them is one whose sweeps kept no readers. A value of `access`
 * names its set as `readerSet`.
 */
export const READER_TABLES = `
CREATE TABLE IF NOT EXISTS principal (id INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT, aliases TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reader_set (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
`;

/**
 * Folders whose states were seen to be as known: a digest of their state text (entries.ts), so that an unchanged folder costs one row and not one for each
 * entry. Whatever changes an entry of the folder takes it away, also an older program that knows nothing of it: that is why triggers do it.
 */
export const SETTLED_TABLES = `
CREATE TABLE IF NOT EXISTS settled (folder INTEGER PRIMARY KEY, digest TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS settled_insert AFTER INSERT ON entry BEGIN DELETE FROM settled WHERE folder=NEW.folder; END;
CREATE TRIGGER IF NOT EXISTS settled_update AFTER UPDATE OF folder, name, state, gone_ms ON entry
  BEGIN DELETE FROM settled WHERE folder=OLD.folder OR folder=NEW.folder; END;
CREATE TRIGGER IF NOT EXISTS settled_delete AFTER DELETE ON entry BEGIN DELETE FROM settled WHERE folder=OLD.folder; END;
`;
