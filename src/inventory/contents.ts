/** What was found in files: outcomes and contents, shared by all entries for which they are the same, and the members of containers. */
import type { Content, DocumentDates, Member } from '../model.js';
import { blobOf } from './database.js';
import { type Outcome, type PackedContent, type PackedMember, unpackFindings } from './packed.js';
import type { Persons } from './persons.js';
import type { Store } from './store.js';

/** The part that comes from the content. */
export interface EntryContent {
  readonly outcome: number | null;
  readonly content: number | null;
  readonly hash: Uint8Array | null;
  readonly documentCreatedMs: number | null;
  readonly documentSavedMs: number | null;
  /** See scan/sketch.ts. Left out or null: nothing is known of it. */
  readonly sketch?: Uint8Array | null;
}

/** Of an entry that has no content of its own: a folder that was read. */
export const NO_CONTENT: EntryContent = { outcome: null, content: null, hash: null, documentCreatedMs: null, documentSavedMs: null };

/** As they are in `Content`. */
export function documentDatesOf(row: Pick<EntryContent, 'documentCreatedMs' | 'documentSavedMs'>): { documentDates?: DocumentDates } {
  const { documentCreatedMs: created, documentSavedMs: saved } = row;
  return created === null && saved === null ? {} : { documentDates: { created, saved } };
}

/** Of `entry`, `past` and `member`, by the names of EntryContent. */
export const DATE_COLUMNS = 'document_created_ms AS documentCreatedMs, document_saved_ms AS documentSavedMs';

export class Contents {
  constructor(
    private readonly store: Store,
    private readonly persons: Persons,
  ) {}

  /**
   * Keeps what was found in a file. Equal content in another place shares one row, unless the path itself held a finding.
   * `personRuns` is the token under which its persons were stored by `persons.hold`, null when there are none.
   */
  keep(content: PackedContent, personRuns: number | null): EntryContent {
    return { ...this.keepFound(content, personRuns), sketch: content.sketch ?? null };
  }

  private keepFound(content: PackedContent, personRuns: number | null): EntryContent {
    const outcome = this.store.intern('outcome', content.outcome);
    const hash = hashBytes(content.contentHash);
    const { created = null, saved = null } = content.documentDates ?? {};
    const rest = { hash, documentCreatedMs: created, documentSavedMs: saved };
    if (content.quiet && personRuns === null) return { outcome, content: null, ...rest };
    if (hash && !content.fromPath) {
      const twin = this.store.prepare('SELECT id FROM content WHERE hash=? AND outcome=? AND from_path=0').get(hash, outcome) as
        | { id: number }
        | undefined;
      if (twin) {
        if (personRuns !== null) this.persons.drop(personRuns);
        this.addDates(twin.id, content.members);
        return { outcome, content: twin.id, ...rest };
      }
    }
    const sql = 'INSERT INTO content(hash, outcome, from_path, findings) VALUES (?,?,?,?)';
    const id = this.store.write(sql, hash, outcome, content.fromPath ? 1 : 0, content.findings);
    if (personRuns !== null) this.persons.assign(personRuns, id);
    content.members.forEach((member, seq) => {
      this.keepMember(id, seq, member);
    });
    return { outcome, content: id, ...rest };
  }

  /**
   * Removes contents that no present entry refers to any more. What is gone or past then says 0 in place of its content; but where some members of a
   * container were locked, they stay, because its verdict can't be told without them.
   */
  removeOrphans(): void {
    const { store } = this;
    store.write('CREATE TEMP TABLE IF NOT EXISTS orphan (id INTEGER PRIMARY KEY, needed INTEGER NOT NULL DEFAULT 0)');
    store.write('DELETE FROM orphan');
    // What a pattern leaves out is not gone: it may come again unchanged, and is not read again then.
    const live = 'SELECT content FROM entry WHERE content IS NOT NULL AND gone_run IS NULL';
    store.write(`INSERT INTO orphan(id) SELECT id FROM content WHERE id NOT IN (${live})`);
    const partial = `SELECT content.id FROM content JOIN outcome ON outcome.id = content.outcome WHERE json_extract(outcome.value, '$.password.state') = 'partial'`;
    const kept = 'SELECT content FROM past WHERE content > 0 UNION SELECT content FROM entry WHERE gone_run IS NOT NULL AND content > 0';
    store.write(`UPDATE orphan SET needed=1 WHERE id IN (${partial}) AND id IN (${kept})`);
    store.write('DELETE FROM person WHERE content IN (SELECT id FROM orphan) OR content < 0');
    // Without its persons it must not be found as the content of another copy.
    store.write("UPDATE content SET hash=NULL, findings='[]' WHERE id IN (SELECT id FROM orphan WHERE needed=1)");
    const dropped = 'SELECT id FROM orphan WHERE needed=0';
    store.write(`DELETE FROM member WHERE content IN (${dropped})`);
    store.write(`DELETE FROM content WHERE id IN (${dropped})`);
    store.write(`UPDATE past SET content=0 WHERE content > 0 AND content IN (${dropped})`);
    store.write(`UPDATE entry SET content=0 WHERE gone_run IS NOT NULL AND content IN (${dropped})`);
  }

  /** Members of a container, in its own order. */
  members(content: number): Member[] {
    const rows = this.store.prepare(`SELECT *, ${DATE_COLUMNS} FROM member WHERE content=? ORDER BY seq`).all(content) as {
      name: string;
      size_bytes: number;
      modified_ms: number | null;
      hash: Uint8Array | null;
      outcome: number;
      findings: string;
      documentCreatedMs: number | null;
      documentSavedMs: number | null;
    }[];
    return rows.map((row) => ({
      name: row.name,
      sizeBytes: row.size_bytes,
      modifiedMs: row.modified_ms,
      content: {
        ...this.store.value<Outcome>('outcome', row.outcome),
        contentHash: hashText(blobOf(row.hash)),
        ...documentDatesOf(row),
        fromPath: false,
        findings: unpackFindings(row.findings),
        members: [],
      },
    }));
  }

  findings(content: number): Content['findings'] {
    const row = this.store.prepare('SELECT findings FROM content WHERE id=?').get(content) as { findings: string } | undefined;
    return row ? unpackFindings(row.findings) : [];
  }

  /** Of members that were kept by a version that did not ask for dates. */
  private addDates(content: number, members: readonly PackedMember[]): void {
    const unknown = 'content=? AND seq=? AND document_created_ms IS NULL AND document_saved_ms IS NULL';
    for (const [seq, { documentDates }] of members.entries()) {
      if (!documentDates) continue;
      const { created, saved } = documentDates;
      this.store.write(`UPDATE member SET document_created_ms=?, document_saved_ms=? WHERE ${unknown}`, created, saved, content, seq);
    }
  }

  private keepMember(content: number, seq: number, member: PackedMember): void {
    this.store.write(
      'INSERT INTO member(content, seq, name, size_bytes, modified_ms, hash, outcome, findings, document_created_ms, document_saved_ms) VALUES (?,?,?,?,?,?,?,?,?,?)',
      content,
      seq,
      member.name,
      member.sizeBytes,
      member.modifiedMs,
      hashBytes(member.contentHash),
      this.store.intern('outcome', member.outcome),
      member.findings,
      member.documentDates?.created ?? null,
      member.documentDates?.saved ?? null,
    );
  }
}

function hashBytes(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text.slice('sha256:'.length), 'hex');
}

export function hashText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : `sha256:${Buffer.from(bytes).toString('hex')}`;
}
