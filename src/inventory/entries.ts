/**
 * Entries of the inventory, folder by folder: what the last sweep knew of a folder, what is to be written because it changed,
 * and the walk over everything that is known now. An unchanged folder costs one look-up and no write.
 */
import type { Content, EntrySort, Member } from '../model.js';
import { blobOf } from './database.js';
import type { Persons } from './persons.js';
import type { Store } from './store.js';

export const SORTS: readonly EntrySort[] = ['file', 'folder', 'link', 'special'];

/** What the inventory holds of one entry of a folder. `state` is all that must be equal for it to count as unchanged. */
export interface KnownEntry {
  readonly name: string;
  readonly state: string;
  readonly outcome: number | null;
  readonly content: number | null;
  readonly hash: Uint8Array | null;
}

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

/** The part that comes from the content. */
export interface EntryContent {
  readonly outcome: number | null;
  readonly content: number | null;
  readonly hash: Uint8Array | null;
}

/** An entry with its place, as reports read it. `folder` is the key path below the root. */
export interface StoredEntry extends EntryFacts, EntryContent {
  readonly root: string;
  readonly folder: string;
}

export interface QuietGroup {
  readonly sort: EntrySort;
  readonly outcome: number;
  readonly access: number | null;
  readonly count: number;
}

export type Outcome = Omit<Content, 'findings' | 'members' | 'contentHash' | 'fromPath'> & { readonly memberCount: number };

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
}

export class Entries {
  constructor(
    private readonly store: Store,
    private readonly persons: Persons,
  ) {}

  /** The folder's id; a new or gone one is present from now on. Root folders have no parent and their whole path as name. */
  visitFolder(parent: number | null, name: string): number {
    const row = this.store.prepare('SELECT id, state FROM folder WHERE parent IS ? AND name = ?').get(parent, name) as
      | { id: number; state: number }
      | undefined;
    if (!row) return this.store.write('INSERT INTO folder(parent, name) VALUES (?,?)', parent, name);
    if (row.state !== 0) this.store.write('UPDATE folder SET state=0 WHERE id=?', row.id);
    return row.id;
  }

  /** What lies below this folder is unknown this time: neither present nor gone. */
  markUnread(folder: number): void {
    this.store.write('UPDATE folder SET state=1 WHERE id=?', folder);
  }

  /** Names and states of all present entries in one text, in the order of their names: `name/state/name/state`. '' when there is none. */
  stateText(folder: number): string {
    const row = this.store
      .prepare(
        "SELECT group_concat(name || '/' || state, '/') AS text FROM (SELECT name, state FROM entry WHERE folder=? AND gone_ms IS NULL ORDER BY name)",
      )
      .get(folder) as { text: string | null };
    return row.text ?? '';
  }

  known(folder: number): Map<string, KnownEntry> {
    const rows = this.store.prepare('SELECT name, state, outcome, content, hash FROM entry WHERE folder=? AND gone_ms IS NULL').all(folder);
    return new Map((rows as KnownEntry[]).map((row) => [row.name, { ...row, hash: blobOf(row.hash) }]));
  }

  put(folder: number, facts: EntryFacts, content: EntryContent): void {
    this.store.write(
      'INSERT OR REPLACE INTO entry(folder, name, state, sort, size_bytes, modified_ms, accessed_ms, owner, access, outcome, content, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)',
      folder,
      facts.name,
      facts.state,
      SORTS.indexOf(facts.sort),
      facts.sizeBytes,
      facts.modifiedMs,
      facts.accessedMs,
      facts.owner,
      facts.access,
      content.outcome,
      content.content,
      content.hash,
    );
  }

  /** Keeps the entry, and all below it when it is a folder, as gone since this sweep. */
  markGone(folder: number, name: string, nowMs: number): void {
    this.store.write('UPDATE entry SET gone_ms=? WHERE folder=? AND name=?', nowMs, folder, name);
    const child = this.store.prepare('SELECT id FROM folder WHERE parent=? AND name=? AND state<>2').get(folder, name) as
      | { id: number }
      | undefined;
    if (!child) return;
    const below = 'WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT folder.id FROM folder JOIN below ON folder.parent = below.id)';
    this.store.write(`${below} UPDATE entry SET gone_ms=? WHERE gone_ms IS NULL AND folder IN (SELECT id FROM below)`, child.id, nowMs);
    this.store.write(`${below} UPDATE folder SET state=2 WHERE id IN (SELECT id FROM below)`, child.id);
  }

  /**
   * Keeps what was found in a file. Equal content in another place shares one row, unless the path itself held a finding.
   * `personRuns` is the token under which its persons were stored by `persons.hold`, null when there are none.
   */
  keepContent(content: Content, personRuns: number | null): EntryContent {
    const outcome = this.internOutcome(content);
    const hash = hashBytes(content.contentHash);
    if (isQuiet(content) && personRuns === null) return { outcome, content: null, hash };
    if (hash && !content.fromPath) {
      const twin = this.store.prepare('SELECT id FROM content WHERE hash=? AND outcome=? AND from_path=0').get(hash, outcome) as
        | { id: number }
        | undefined;
      if (twin) {
        if (personRuns !== null) this.persons.drop(personRuns);
        return { outcome, content: twin.id, hash };
      }
    }
    const sql = 'INSERT INTO content(hash, outcome, from_path, findings) VALUES (?,?,?,?)';
    const id = this.store.write(sql, hash, outcome, content.fromPath ? 1 : 0, JSON.stringify(content.findings));
    if (personRuns !== null) this.persons.assign(personRuns, id);
    content.members.forEach((member, seq) => {
      this.keepMember(id, seq, member);
    });
    return { outcome, content: id, hash };
  }

  /** Removes contents that no entry refers to any more. */
  sweepContents(): void {
    const orphans = 'SELECT id FROM content WHERE id NOT IN (SELECT content FROM entry WHERE content IS NOT NULL)';
    this.store.write(`DELETE FROM member WHERE content IN (${orphans})`);
    this.store.write(`DELETE FROM person WHERE content IN (${orphans}) OR content < 0`);
    this.store.write(`DELETE FROM content WHERE id IN (${orphans})`);
  }

  /** All present entries below these roots, folder by folder in the order of names. `which`: only those in which something was found. */
  *all(roots: readonly string[], which: 'all' | 'with-content' = 'all'): Generator<StoredEntry> {
    for (const root of roots) {
      const id = this.rootId(root);
      if (id !== null) yield* this.below(root, '', id, which === 'all' ? '' : 'AND content IS NOT NULL');
    }
  }

  /** How many present entries without any finding share an outcome and an access: a share of millions comes down to a few rows. */
  quiet(roots: readonly string[]): QuietGroup[] {
    const found: QuietGroup[] = [];
    for (const root of roots) {
      const rows = this.store
        .prepare(
          `WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT folder.id FROM folder JOIN below ON folder.parent = below.id WHERE folder.state = 0)
           SELECT sort, outcome, access, count(*) AS count FROM below JOIN entry ON entry.folder = below.id
           WHERE gone_ms IS NULL AND content IS NULL AND outcome IS NOT NULL GROUP BY sort, outcome, access`,
        )
        .all(this.rootId(root)) as (Omit<QuietGroup, 'sort'> & { sort: number })[];
      for (const { sort, outcome, access, count } of rows) found.push({ sort: SORTS[sort]!, outcome, access, count });
    }
    return found;
  }

  private rootId(root: string): number | null {
    const row = this.store.prepare('SELECT id FROM folder WHERE parent IS NULL AND name=? AND state=0').get(root) as
      | { id: number }
      | undefined;
    return row?.id ?? null;
  }

  private *below(root: string, folder: string, id: number, filter: string): Generator<StoredEntry> {
    const rows = this.store
      .prepare(
        `SELECT name, state, sort, size_bytes, modified_ms, accessed_ms, owner, access, outcome, content, hash FROM entry WHERE folder=? AND gone_ms IS NULL ${filter} ORDER BY name`,
      )
      .all(id) as EntryRow[];
    for (const row of rows) yield storedEntry(root, folder, row);
    const children = this.store.prepare('SELECT id, name FROM folder WHERE parent=? AND state=0 ORDER BY name').all(id) as {
      id: number;
      name: string;
    }[];
    for (const child of children) yield* this.below(root, folder === '' ? child.name : `${folder}/${child.name}`, child.id, filter);
  }

  /** Members of a container, in its own order. */
  members(content: number): Member[] {
    const rows = this.store.prepare('SELECT * FROM member WHERE content=? ORDER BY seq').all(content) as {
      name: string;
      size_bytes: number;
      modified_ms: number | null;
      hash: Uint8Array | null;
      outcome: number;
      findings: string;
    }[];
    return rows.map((row) => ({
      name: row.name,
      sizeBytes: row.size_bytes,
      modifiedMs: row.modified_ms,
      content: {
        ...this.store.value<Outcome>('outcome', row.outcome),
        contentHash: hashText(blobOf(row.hash)),
        fromPath: false,
        findings: JSON.parse(row.findings),
        members: [],
      },
    }));
  }

  findings(content: number): Content['findings'] {
    const row = this.store.prepare('SELECT findings FROM content WHERE id=?').get(content) as { findings: string } | undefined;
    return row ? JSON.parse(row.findings) : [];
  }

  private keepMember(content: number, seq: number, member: Member): void {
    this.store.write(
      'INSERT INTO member(content, seq, name, size_bytes, modified_ms, hash, outcome, findings) VALUES (?,?,?,?,?,?,?,?)',
      content,
      seq,
      member.name,
      member.sizeBytes,
      member.modifiedMs,
      hashBytes(member.content.contentHash),
      this.internOutcome(member.content),
      JSON.stringify(member.content.findings),
    );
  }

  private internOutcome(content: Content): number {
    const { format, examined, problems, kinds, records, persons, password } = content;
    const sortedKinds = Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1)));
    const outcome: Outcome = {
      format,
      examined,
      problems,
      kinds: sortedKinds,
      records,
      persons,
      password,
      memberCount: content.members.length,
    };
    return this.store.intern('outcome', JSON.stringify(outcome));
  }
}

/** Nothing was found, and nothing is in it: its outcome says all. */
function isQuiet({ findings, members, records }: Content): boolean {
  return findings.length === 0 && members.length === 0 && records.four + records.three + records.two + records.other === 0;
}

function storedEntry(root: string, folder: string, row: EntryRow): StoredEntry {
  return {
    root,
    folder,
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
  };
}

function hashBytes(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text.slice('sha256:'.length), 'hex');
}

export function hashText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : `sha256:${Buffer.from(bytes).toString('hex')}`;
}
