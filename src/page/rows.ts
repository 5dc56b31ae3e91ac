/** Searching, filtering and sorting the rows of the page. No document here: it is tried by unit tests too. */
import type { Holding, PageData, Profile } from './data.js';

/** What the reader wants to see; '' and -1 mean any. */
export interface Wishes {
  readonly text: string;
  readonly verdict: string;
  readonly department: number;
  readonly reason: string;
  readonly format: string;
}

export const ANYTHING: Wishes = { text: '', verdict: '', department: -1, reason: '', format: '' };

/** These stand among the reasons. Neither password nor access protects the file: */
export const EXPOSED = 'exposed';
/** By the document's own day it is past its retention: */
export const STALE_BY_DOCUMENT = 'stale-by-document';
/** As earlier runs found it: */
export const NOT_LOOKED_AT = 'not-looked-at';

/** All reasons by which a file can be asked for. */
export function reasonsOf({ reasons, exposed, staleByDocument, lookedAt }: Profile): string[] {
  return [...reasons, ...(exposed ? [EXPOSED] : []), ...(staleByDocument ? [STALE_BY_DOCUMENT] : []), ...(lookedAt ? [] : [NOT_LOOKED_AT])];
}

/** A Holding in full. */
export interface Held {
  /** Of 4, 3, 2 items and other. */
  readonly records: readonly number[];
  readonly persons: number;
  readonly kinds: readonly (readonly [kind: string, records: number])[];
  readonly factors: readonly [records: number, kinds: number];
}

export const SORT_KEYS = ['risk', 'verdict', 'file', 'persons', 'records', 'age'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Width, case and composed forms make no difference to a search. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

const VERDICTS = ['violation', 'undetermined', 'sealed', 'compliant', 'clear', 'textless'];

export class Rows {
  readonly count: number;
  private readonly folded: { folders: string[]; names: string[] } = { folders: [], names: [] };
  private readonly orders = new Map<SortKey, Uint32Array>();

  constructor(readonly data: PageData) {
    this.count = data.columns.name.length;
  }

  /** Makes the texts of a search ready, at most `most` at once; false when there is more to do. */
  fold(most = Number.POSITIVE_INFINITY): boolean {
    const { folders, names } = this.folded;
    const all = this.data.folders;
    const name = this.data.columns.name;
    let left = most;
    for (; folders.length < all.length && left > 0; left--) folders.push(foldText(all[folders.length]!));
    for (; names.length < name.length && left > 0; left--) names.push(foldText(name[names.length]!));
    return names.length === name.length;
  }

  /** The rows that fit, in the order of `key`; `up`: the other way round. */
  select(wishes: Wishes, key: SortKey, up: boolean): Uint32Array {
    const fits = this.matcher(wishes);
    const order = this.order(key);
    const found = new Uint32Array(this.count);
    let length = 0;
    for (let at = 0; at < order.length; at++) {
      const row = order[up ? order.length - 1 - at : at]!;
      if (fits(row)) found[length++] = row;
    }
    return found.subarray(0, length);
  }

  /** Of all classes. */
  recordsOf(row: number): number {
    const holding = this.holding(row);
    return holding[0]! + holding[1]! + holding[2]! + holding[3]!;
  }

  personsOf(row: number): number {
    return this.holding(row)[4]!;
  }

  holdingOf(row: number): Held {
    const holding = this.holding(row);
    const kinds: (readonly [string, number])[] = [];
    for (let at = 7; at < holding.length; at += 2) kinds.push([this.data.kinds[holding[at]!]!, holding[at + 1]!]);
    return { records: holding.slice(0, 4), persons: holding[4]!, kinds, factors: [holding[5]! / 10_000, holding[6]! / 10_000] };
  }

  private holding(row: number): Holding {
    return this.data.holdings[this.data.columns.holding[row]!]!;
  }

  private matcher({ text, verdict, department, reason, format }: Wishes): (row: number) => boolean {
    const { columns, profiles } = this.data;
    const wanted = profiles.map(
      (profile) =>
        (verdict === '' || profile.verdict === verdict) &&
        (reason === '' || reasonsOf(profile).includes(reason)) &&
        (format === '' || profile.format === format),
    );
    const hasText = this.textMatcher(text);
    return (row) =>
      wanted[columns.profile[row]!]! && (department < 0 || columns.department[row] === department) && (hasText === null || hasText(row));
  }

  /** Every word must stand somewhere in the path; a word with a slash may reach from a folder into the name. */
  private textMatcher(text: string): ((row: number) => boolean) | null {
    const words = foldText(text)
      .split(/\s+/u)
      .filter((word) => word !== '');
    if (words.length === 0) return null;
    this.fold();
    const { folders, names } = this.folded;
    const { folder } = this.data.columns;
    const inFolder = words.map((word) => folders.map((path) => path.includes(word)));
    return (row) =>
      words.every((word, at) => {
        if (inFolder[at]![folder[row]!]) return true;
        return names[row]!.includes(word) || (word.includes('/') && `${folders[folder[row]!]}/${names[row]}`.includes(word));
      });
  }

  /** Worst first for each key, paths from the first on; rows that are alike keep the order of risk. */
  private order(key: SortKey): Uint32Array {
    const known = this.orders.get(key);
    if (known) return known;
    const order = Uint32Array.from({ length: this.count }, (_, row) => row);
    if (key === 'file') order.sort((a, b) => this.comparePaths(a, b));
    else if (key !== 'risk') {
      const values = Float64Array.from({ length: this.count }, (_, row) => this.value(key, row));
      order.sort((a, b) => values[b]! - values[a]! || a - b);
    }
    this.orders.set(key, order);
    return order;
  }

  private value(key: SortKey, row: number): number {
    const { columns, profiles } = this.data;
    if (key === 'persons') return this.personsOf(row);
    if (key === 'records') return this.recordsOf(row);
    if (key === 'age') return columns.age[row]!;
    if (key === 'verdict') return -VERDICTS.indexOf(profiles[columns.profile[row]!]!.verdict);
    return columns.risk[row]!;
  }

  private comparePaths(a: number, b: number): number {
    const { folder, name } = this.data.columns;
    if (folder[a] !== folder[b]) return folder[a]! - folder[b]!;
    return name[a]! < name[b]! ? -1 : name[a] === name[b] ? a - b : 1;
  }
}
