/** What was found in files: outcomes and contents, shared by all entries for which they are the same, and the members of containers. */
import type { Content, Member } from '../model.js';
import { blobOf } from './database.js';
import { type Outcome, type PackedContent, type PackedMember, unpackFindings } from './packed.js';
import type { Persons } from './persons.js';
import type { Store } from './store.js';

/** The part that comes from the content. */
export interface EntryContent {
  readonly outcome: number | null;
  readonly content: number | null;
  readonly hash: Uint8Array | null;
}

/** Of an entry that has no content of its own: a folder that was read. */
export const NO_CONTENT: EntryContent = { outcome: null, content: null, hash: null };

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
    const outcome = this.store.intern('outcome', content.outcome);
    const hash = hashBytes(content.contentHash);
    if (content.quiet && personRuns === null) return { outcome, content: null, hash };
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
    const id = this.store.write(sql, hash, outcome, content.fromPath ? 1 : 0, content.findings);
    if (personRuns !== null) this.persons.assign(personRuns, id);
    content.members.forEach((member, seq) => {
      this.keepMember(id, seq, member);
    });
    return { outcome, content: id, hash };
  }

  /** Removes contents that no entry refers to any more. */
  removeOrphans(): void {
    const orphans = 'SELECT id FROM content WHERE id NOT IN (SELECT content FROM entry WHERE content IS NOT NULL)';
    this.store.write(`DELETE FROM member WHERE content IN (${orphans})`);
    this.store.write(`DELETE FROM person WHERE content IN (${orphans}) OR content < 0`);
    this.store.write(`DELETE FROM content WHERE id IN (${orphans})`);
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
        findings: unpackFindings(row.findings),
        members: [],
      },
    }));
  }

  findings(content: number): Content['findings'] {
    const row = this.store.prepare('SELECT findings FROM content WHERE id=?').get(content) as { findings: string } | undefined;
    return row ? unpackFindings(row.findings) : [];
  }

  private keepMember(content: number, seq: number, member: PackedMember): void {
    this.store.write(
      'INSERT INTO member(content, seq, name, size_bytes, modified_ms, hash, outcome, findings) VALUES (?,?,?,?,?,?,?,?)',
      content,
      seq,
      member.name,
      member.sizeBytes,
      member.modifiedMs,
      hashBytes(member.contentHash),
      this.store.intern('outcome', member.outcome),
      member.findings,
    );
  }
}

function hashBytes(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text.slice('sha256:'.length), 'hex');
}

export function hashText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : `sha256:${Buffer.from(bytes).toString('hex')}`;
}
