/**
 * Who can read, as the inventory keeps it: principals with their names, and the sets of them that pass to a file, interned by their whole value:
 * a share of millions of files has tens to thousands of distinct sets. A set names only those who differ from everybody, so that a new account
 * changes no set of a file that is open to all.
 */
import type { Certainty, Principal, Readers } from '../model.js';
import type { Store } from './store.js';

/** An account that was known to an earlier sweep and is not any more. */
export interface KeptPrincipal extends Omit<Principal, 'kind'> {
  readonly rowId: number;
  readonly kind: Principal['kind'] | 'gone';
}

export interface ReaderSet {
  readonly everybody: Certainty;
  readonly guests: Certainty;
  /** Rows of principals, and the certainty of each. */
  readonly rowIds: Uint32Array;
  readonly certainties: Uint8Array;
  /** Nobody reads but those named, and all of them do for certain: the common case, which is summed up faster. */
  readonly isPlain: boolean;
}

/** everybody, guests, then rows of principals that read for certain, possibly, not at all. */
type Packed = readonly [Certainty, Certainty, readonly number[], readonly number[], readonly number[]];
const LISTS: readonly Certainty[] = [3, 1, 0];

interface Row {
  readonly id: number;
  readonly ref: string;
  readonly kind: KeptPrincipal['kind'];
  readonly name: string | null;
  readonly aliases: string;
}

export class ReaderSets {
  /** Rows that are known to be as they should be. */
  private readonly settled = new Map<string, number>();

  constructor(private readonly store: Store) {}

  /** Makes the accounts of this sweep's directory those that are kept. Writes only what differs. */
  keepAccounts(accounts: readonly Principal[]): void {
    const rows = new Map(this.rows().map((row) => [row.ref, row]));
    for (const account of accounts) this.settle(account, rows.get(account.id));
    for (const row of rows.values())
      if ((row.kind === 'account' || row.kind === 'service') && !this.settled.has(row.ref))
        this.store.write("UPDATE principal SET kind='gone' WHERE id=?", row.id);
  }

  /** The id of an equal set, new or known. */
  keep(readers: Readers): number {
    const lists = LISTS.map((): number[] => []);
    for (const { principal, certainty } of readers.differing) lists[LISTS.indexOf(certainty)]!.push(this.rowOf(principal));
    for (const list of lists) list.sort((a, b) => a - b);
    return this.store.intern('reader_set', JSON.stringify([readers.everybody, readers.guests, ...lists]));
  }

  set(id: number): ReaderSet {
    const [everybody, guests, ...lists] = this.store.value<Packed>('reader_set', id);
    const certainties = Uint8Array.from(lists.flatMap((list, i) => list.map(() => LISTS[i]!)));
    const isPlain = everybody === 0 && certainties.every((certainty) => certainty === 3);
    return { everybody, guests, rowIds: Uint32Array.from(lists.flat()), certainties, isPlain };
  }

  principals(): KeptPrincipal[] {
    return this.rows().map(({ id, ref, aliases, ...row }) => ({ ...row, rowId: id, id: ref, aliases: JSON.parse(aliases) as string[] }));
  }

  private rowOf(principal: Principal): number {
    return this.settled.get(principal.id) ?? this.settle(principal, this.row(principal.id));
  }

  private settle(principal: Principal, row: Row | undefined): number {
    const { id: ref, kind, name } = principal;
    const aliases = JSON.stringify(principal.aliases);
    if (row === undefined) {
      const id = this.store.write('INSERT INTO principal(ref, kind, name, aliases) VALUES (?,?,?,?)', ref, kind, name, aliases);
      this.settled.set(ref, id);
      return id;
    }
    if (row.kind !== kind || row.name !== name || row.aliases !== aliases)
      this.store.write('UPDATE principal SET kind=?, name=?, aliases=? WHERE id=?', kind, name, aliases, row.id);
    this.settled.set(ref, row.id);
    return row.id;
  }

  private row(ref: string): Row | undefined {
    return this.store.prepare('SELECT id, ref, kind, name, aliases FROM principal WHERE ref=?').get(ref) as Row | undefined;
  }

  private rows(): Row[] {
    return this.store.prepare('SELECT id, ref, kind, name, aliases FROM principal ORDER BY id').all() as Row[];
  }
}
