/**
 * Entries of the inventory, folder by folder: what the last sweep knew of a folder, what is to be written because it changed,
 * and the walk over everything that is known now. An unchanged folder costs one look-up and no write.
 */
import { createHash } from 'node:crypto';
import type { Access, ProblemCode } from '../model.js';
import { DATE_COLUMNS, type EntryContent } from './contents.js';
import { blobOf } from './database.js';
import { type EntryFacts, EntryReader, SORTS } from './entry-reader.js';
import { isSameToVerdict, keepPast } from './past.js';

/** What the inventory holds of one entry of a folder. `state` is all that must be equal for it to count as unchanged. */
export interface KnownEntry extends EntryContent {
  readonly name: string;
  readonly state: string;
  /** Index into SORTS. */
  readonly sort: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
  readonly owner: string | null;
  readonly access: number | null;
  /** The run from which on these facts hold. */
  readonly since: number;
  /** The run that found it gone; null while it is there. */
  readonly goneRun: number | null;
  /** It was there, and a pattern left it out of the last sweep that came by. */
  readonly leftOut: boolean;
}

/** In a state it makes that part unequal to any that is made anew. */
const TOUCHED = '~';
const PAGE_ROWS = 2_000;

const KNOWN_COLUMNS = `name, state, sort, size_bytes AS sizeBytes, modified_ms AS modifiedMs, owner, access, outcome, content, hash, sketch, ${DATE_COLUMNS}, since, gone_run AS goneRun, gone_ms IS NOT NULL AND gone_run IS NULL AS leftOut`;

export class Entries extends EntryReader {
  /** The run that writes: changes are dated by it. */
  private run = 0;
  /** Folders in which this run found files that were not there before. */
  readonly arrivals = new Set<number>();

  beginRun(run: number): void {
    this.run = run;
  }

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

  /**
   * Whether its present entries are those of this text: names and states in the order of their names, `name/state/name/state`; '' for none. Never while
   * it holds entries that are left out: whether they are still there is not in the text.
   */
  isAsKnown(folder: number, text: string): boolean {
    const digest = createHash('sha256').update(text).digest('base64');
    const settled = this.store.prepare('SELECT digest FROM settled WHERE folder=?').get(folder) as { digest: string } | undefined;
    if (settled) return settled.digest === digest;
    if (this.stateText(folder) !== text || this.holdsLeftOut(folder)) return false;
    this.store.write('INSERT OR REPLACE INTO settled(folder, digest) VALUES (?,?)', folder, digest);
    return true;
  }

  private stateText(folder: number): string {
    const row = this.store
      .prepare(
        "SELECT group_concat(name || '/' || state, '/') AS text FROM (SELECT name, state FROM entry WHERE folder=? AND gone_ms IS NULL ORDER BY name)",
      )
      .get(folder) as { text: string | null };
    return row.text ?? '';
  }

  private holdsLeftOut(folder: number): boolean {
    const sql = 'SELECT 1 FROM entry WHERE folder=? AND gone_ms IS NOT NULL AND gone_run IS NULL LIMIT 1';
    return this.store.prepare(sql).get(folder) !== undefined;
  }

  /** All entries of the folder, also those that are gone. */
  known(folder: number): Map<string, KnownEntry> {
    const rows = this.store.prepare(`SELECT ${KNOWN_COLUMNS} FROM entry WHERE folder=?`).all(folder);
    return new Map((rows as KnownEntry[]).map((row) => [row.name, knownEntry(row)]));
  }

  knownOne(folder: number, name: string): KnownEntry | undefined {
    const row = this.store.prepare(`SELECT ${KNOWN_COLUMNS} FROM entry WHERE folder=? AND name=?`).get(folder, name) as
      | KnownEntry
      | undefined;
    return row && knownEntry(row);
  }

  /** `before`: what `known` said of the entry. Where a verdict could differ, that is kept as its past. */
  put(folder: number, facts: EntryFacts, content: EntryContent, before?: KnownEntry): void {
    const sort = SORTS.indexOf(facts.sort);
    // The content may be the whole of what was known before: of it only what comes from the content counts here.
    const { modifiedMs, access } = facts;
    const now = { sort, modifiedMs, access, outcome: content.outcome, content: content.content, documentSavedMs: content.documentSavedMs };
    const isSame = before?.goneRun === null && isSameToVerdict(before, now, this.isSameAccess);
    if (sort === 0 && before?.goneRun !== null) this.arrivals.add(folder);
    if (before && !isSame) keepPast(this.store, folder, before, this.run);
    this.store.write(
      'INSERT OR REPLACE INTO entry(folder, name, state, sort, size_bytes, modified_ms, accessed_ms, owner, access, outcome, content, hash, sketch, since, document_created_ms, document_saved_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)',
      folder,
      facts.name,
      facts.state,
      sort,
      facts.sizeBytes,
      facts.modifiedMs,
      facts.accessedMs,
      facts.owner,
      facts.access,
      content.outcome,
      content.content,
      content.hash,
      content.sketch ?? null,
      isSame ? before.since : this.run,
      content.documentCreatedMs,
      content.documentSavedMs,
    );
  }

  /** Who reads may change from night to night; whether that is restricted, and why, is what a verdict and its history tell. */
  private readonly isSameAccess = (a: number | null, b: number | null): boolean => {
    if (a === null || b === null) return a === b;
    const [before, now] = [a, b].map((id) => this.store.value<Access>('access', id)) as [Access, Access];
    return before.state === now.state && before.reason === now.reason;
  };

  /** Files that a password protects, wholly or in part, count as changed when other passwords are tried than at the last sweep. */
  unsettleLocked(passwordsVersion: string): void {
    const last = this.store.prepare("SELECT value FROM meta WHERE key='passwords'").get() as { value: string } | undefined;
    if (last?.value === passwordsVersion) return;
    const locked = "SELECT id FROM outcome WHERE json_extract(value, '$.password.state') <> 'none'";
    this.store.write(
      `UPDATE entry SET state='' WHERE sort=0 AND (outcome IN (${locked}) OR content IN (SELECT content FROM member WHERE outcome IN (${locked})))`,
    );
    this.store.write("INSERT OR REPLACE INTO meta(key, value) VALUES ('passwords', ?)", passwordsVersion);
    this.store.commit();
  }

  /** Files with pictures that were not read count as changed when pictures are read now and were not at the last sweep. What was read stays as it is. */
  unsettlePictures(ocr: boolean): void {
    this.unsettleSince('ocr', ocr ? 'on' : 'off', 'off', ocr ? ['needs-ocr'] : []);
  }

  /** Files that met a bound count as changed when bounds are others than at the last sweep. What was read within the old ones stays as it is. */
  unsettleBounded(bounds: string): void {
    this.unsettleSince('bounds', bounds, '[]', ['too-large', 'too-deep']);
  }

  /** When a setting is another than at the last sweep, files with one of these problems count as changed. */
  private unsettleSince(setting: string, now: string, atFirst: string, codes: readonly ProblemCode[]): void {
    const last = this.store.prepare('SELECT value FROM meta WHERE key=?').get(setting) as { value: string } | undefined;
    if ((last?.value ?? atFirst) === now) return;
    if (codes.length > 0) {
      const told = `SELECT id FROM outcome WHERE ${codes.map((code) => `value LIKE '%"${code}"%'`).join(' OR ')}`;
      this.store.write(
        `UPDATE entry SET state='' WHERE sort=0 AND (outcome IN (${told}) OR content IN (SELECT content FROM member WHERE outcome IN (${told})))`,
      );
    }
    this.store.write('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)', setting, now);
    this.store.commit();
  }

  /**
   * Files of which `touched` says yes by their sketch count as changed, and what was found in them is not taken for what equal content holds. Gives how
   * many. To be committed together with what it was asked for.
   */
  unsettleTouched(touched: ((sketch: Uint8Array | null) => boolean) | 'all'): number {
    const sound = `sort=0 AND gone_run IS NULL AND state LIKE '%|%' AND state NOT LIKE '%${TOUCHED}|%'`;
    const page = this.store.prepare(
      `SELECT folder, name, sketch, content FROM entry WHERE (folder, name) > (?, ?) AND ${sound} ORDER BY folder, name LIMIT ${PAGE_ROWS}`,
    );
    let count = 0;
    let [folder, name] = [0, ''];
    for (;;) {
      const rows = page.all(folder, name) as { folder: number; name: string; sketch: Uint8Array | null; content: number | null }[];
      for (const row of rows) {
        [folder, name] = [row.folder, row.name];
        if (touched !== 'all' && !touched(blobOf(row.sketch))) continue;
        count++;
        // Size, number and time stay in it: by them a file that is moved meanwhile is known.
        this.store.write(`UPDATE entry SET state=replace(state, '|', '${TOUCHED}|') WHERE folder=? AND name=?`, folder, name);
        if (row.content !== null) this.store.write('UPDATE content SET hash=NULL WHERE id=? AND hash IS NOT NULL', row.content);
      }
      if (rows.length < PAGE_ROWS) return count;
    }
  }

  /** What was found in files by other parts or words is not taken for what equal content holds now. */
  forgetEqual(): void {
    this.store.write('UPDATE content SET hash=NULL WHERE hash IS NOT NULL');
  }

  /**
   * The entry is there, and this sweep was told to leave it out: it is no part of reports, and what was known of it, and of all below it when it is a
   * folder, is neither present nor gone.
   */
  markLeftOut(folder: number, name: string, nowMs: number): void {
    this.store.write('UPDATE entry SET gone_ms=? WHERE folder=? AND name=?', nowMs, folder, name);
    this.store.write('UPDATE folder SET state=1 WHERE parent=? AND name=? AND state=0', folder, name);
  }

  /** Keeps the entry, and all below it when it is a folder, as gone since this sweep. */
  markGone(folder: number, name: string, nowMs: number): void {
    this.store.write('UPDATE entry SET gone_ms=?, gone_run=? WHERE folder=? AND name=?', nowMs, this.run, folder, name);
    this.markBelowGone(folder, name, nowMs);
  }

  /** What lay in a folder whose name now stands for something else. Nothing when the name was no folder. */
  markBelowGone(folder: number, name: string, nowMs: number): void {
    const child = this.store.prepare('SELECT id FROM folder WHERE parent=? AND name=? AND state<>2').get(folder, name) as
      | { id: number }
      | undefined;
    if (!child) return;
    const below = 'WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT folder.id FROM folder JOIN below ON folder.parent = below.id)';
    const entries = 'UPDATE entry SET gone_ms=?, gone_run=? WHERE gone_run IS NULL AND folder IN (SELECT id FROM below)';
    this.store.write(`${below} ${entries}`, child.id, nowMs, this.run);
    this.store.write(`${below} UPDATE folder SET state=2 WHERE id IN (SELECT id FROM below)`, child.id);
  }
}

function knownEntry(row: KnownEntry): KnownEntry {
  return {
    ...row,
    hash: blobOf(row.hash),
    sketch: blobOf(row.sketch ?? null),
    goneRun: row.goneRun ?? null,
    leftOut: Number(row.leftOut) === 1,
  };
}
