/**
 * What entries were before: a row for each change of what a verdict depends on, none for an entry that stays as it is. Facts only, as everywhere in the
 * inventory; verdicts of earlier days are judged from them.
 */
import type { KnownEntry } from './entries.js';
import type { Store } from './store.js';

/** Where nothing was found, neither age nor access makes a difference to the verdict. */
export type ChangingFacts = Pick<KnownEntry, 'sort' | 'modifiedMs' | 'access' | 'outcome' | 'content' | 'documentSavedMs'>;

/** `isSameAccess`: of two that have not the same id; access of one kind may be kept once for each set of readers. */
export function isSameToVerdict(
  before: ChangingFacts,
  now: ChangingFacts,
  isSameAccess: (a: number | null, b: number | null) => boolean,
): boolean {
  if (before.sort !== now.sort || before.outcome !== now.outcome) return false;
  if (before.content === null && now.content === null) return true;
  if (before.modifiedMs !== now.modifiedMs || (before.content === null) !== (now.content === null)) return false;
  // That a reader has learnt to read the date changes nothing in the file.
  if (before.documentSavedMs !== null && before.documentSavedMs !== now.documentSavedMs) return false;
  return before.access === now.access || isSameAccess(before.access, now.access);
}

/** Keeps what the entry was up to this run, or up to the run that found it gone. Nothing for facts that did not outlast a run. */
export function keepPast(store: Store, folder: number, before: KnownEntry, run: number): void {
  const until = before.goneRun ?? run;
  if (before.since >= until) return;
  store.write(
    'INSERT OR REPLACE INTO past(folder, name, since, until, sort, size_bytes, modified_ms, owner, access, outcome, content, hash, document_created_ms, document_saved_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)',
    folder,
    before.name,
    before.since,
    until,
    before.sort,
    before.sizeBytes,
    before.modifiedMs,
    before.owner,
    before.access,
    before.outcome,
    before.content,
    before.hash,
    before.documentCreatedMs,
    before.documentSavedMs,
  );
}
