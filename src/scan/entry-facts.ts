/**
 * What the inventory keeps of an entry apart from what is found in it: its size and times, its owner, who can read it; and, for what is never
 * opened, why there is nothing to find.
 */
import type { EntryFacts } from '../inventory/entry-reader.js';
import type { ReaderSets } from '../inventory/readers.js';
import type { Store } from '../inventory/store.js';
import type { Access, Content, Entry, Listing, Problem, Readers } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';
import { unexamined } from './examine.js';

export interface FactParts {
  readonly access: AccessSource;
  readonly store: Store;
  readonly readers: ReaderSets;
  /** Who passes the gates for which this answer was given; asked once for each. */
  readersOf(access: Access): Readers;
  ownerName(uid: number): string | null;
  openable(root: string, key: string): string | Buffer;
}

export class FactsOfEntries {
  /** Access of one value has one object (parts.ts), so its id in the inventory is remembered by it, as long as its source holds it. */
  private readonly accessIds = new WeakMap<Access, number>();
  /** Filled where the source of access lists knows the owners. */
  private readonly owners = new WeakMap<Entry, string | null>();

  constructor(private readonly parts: FactParts) {}

  of(entry: Entry, state: string, access: number | null): EntryFacts {
    const { stat, name, sort } = entry;
    const times = { modifiedMs: stat?.modifiedMs ?? null, accessedMs: stat?.accessedMs ?? null };
    return { name, state, sort, sizeBytes: stat?.sizeBytes ?? 0, ...times, owner: this.owner(entry), access };
  }

  /** The id of who can read it. Null where that is not asked: a folder is judged by its files, a link by where it leads. */
  access({ root, folder }: Listing, entry: Entry, gate: FolderGate): number | null {
    if (!entry.stat || entry.sort === 'folder' || entry.sort === 'link') return null;
    const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const access = this.parts.access.file(() => this.parts.openable(root, key), entry.stat, gate);
    if (this.parts.access.ownerOf) this.owners.set(entry, this.parts.access.ownerOf(access));
    let id = this.accessIds.get(access);
    if (id === undefined) {
      // Answers that read alike are kept apart where other people read by them.
      const readerSet = this.parts.readers.keep(this.parts.readersOf(access));
      id = this.parts.store.intern('access', JSON.stringify({ ...access, readerSet }));
      this.accessIds.set(access, id);
    }
    return id;
  }

  private owner(entry: Entry): string | null {
    if (!entry.stat) return null;
    return this.parts.access.ownerOf ? (this.owners.get(entry) ?? null) : this.parts.ownerName(entry.stat.uid);
  }
}

/** What there is to say of the content of an entry that is not opened; null for a folder that was read, whose entries say it. */
export function contentUnopened({ sort, problem }: Entry): Content | null {
  if (sort === 'link' && !problem) return LINK;
  if (sort === 'folder' && !problem) return null;
  const special: Problem = { stage: 'walk', code: 'special-file', detail: 'not opened' };
  return { ...unexamined(problem ?? special), format: sort };
}

/** A link is not followed: it holds no content of its own. */
const LINK: Content = {
  ...unexamined({ stage: 'walk', code: 'special-file', detail: '' }),
  format: 'link',
  examined: 'textless',
  problems: [],
  password: { state: 'none', scheme: null },
};
