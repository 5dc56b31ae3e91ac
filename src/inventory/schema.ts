/**
 * The tables of the inventory. Facts only: a verdict is never stored, it is judged again from the facts whenever a report is made.
 * Paths are interned by folder; what was found in a file (`outcome`) and who can read it (`access`) are interned by their whole value,
 * so that millions of files without findings share a few rows.
 */
export const SCHEMA_VERSION = 2;

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
  excluded TEXT NOT NULL DEFAULT '{}'
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
  PRIMARY KEY (folder, name)
) WITHOUT ROWID;
`;

/**
 * Who can read (readers.ts). Made wherever they are missing: an inventory without them is one whose sweeps kept no readers. A value of `access`
 * names its set as `readerSet`.
 */
export const READER_TABLES = `
CREATE TABLE IF NOT EXISTS principal (id INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT, aliases TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reader_set (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
`;
