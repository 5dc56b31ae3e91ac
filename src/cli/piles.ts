/** The size of a pile as a rule of its own: folders and readers with more persons than the policy allows, the largest first. */
import { countReach } from '../inventory/reach.js';
import { RECORD_CLASSES } from '../model.js';
import type { Pile } from '../parts.js';
import type { Policy } from '../policy/policy.js';
import type { Inventory } from './compose.js';
import type { Judged, JudgedAlike } from './judged.js';
import { reachList } from './reach-lines.js';

/** Piles that are told; further ones would be found again when these are gone. */
const PILES_MAX = 1_000;

interface FolderPile {
  readonly root: string;
  readonly folder: string;
  records: number;
  readonly contents: Set<number>;
}

/** Files come folder by folder, so one folder is open at a time. */
export class FolderPiles {
  private readonly piles: Pile[] = [];
  private open: FolderPile | null = null;

  constructor(
    private readonly persons: Inventory['persons'],
    private readonly bound: number,
  ) {}

  add(one: Judged | JudgedAlike): void {
    const [file, count, contents, folder] =
      'each' in one
        ? [one.file, one.count, one.contents, one.file.path]
        : [one.lines[0]!, 1, one.entry.content === null ? [] : [one.entry.content], folderOf(one.lines[0]!.path)];
    if (contents.length === 0) return;
    if (this.open?.root !== file.root || this.open.folder !== folder) {
      this.close();
      this.open = { root: file.root, folder, records: 0, contents: new Set() };
    }
    const { records } = file.content;
    this.open.records += count * RECORD_CLASSES.reduce((sum, klass) => sum + records[klass], 0);
    for (const content of contents) this.open.contents.add(content);
  }

  result(): Pile[] {
    this.close();
    return this.piles;
  }

  /** There are no more persons than records: most folders need not be counted. */
  private close(): void {
    const { open, bound } = this;
    this.open = null;
    if (!open || open.records <= bound) return;
    const persons = Object.values(this.persons.count(open.contents)).reduce((sum, count) => sum + count, 0);
    if (persons > bound) this.piles.push({ sort: 'folder', root: open.root, folder: open.folder, persons, bound });
    if (this.piles.length > 2 * PILES_MAX) shorten(this.piles);
  }
}

/** Administration reads everything by its office, and who is gone reads nothing. */
export function readerPiles({ store, persons, readers }: Inventory, roots: readonly string[], bound: number): Pile[] {
  return reachList(countReach(store, persons, readers, roots))
    .filter(({ kind, proven }) => kind !== 'admin' && kind !== 'gone' && proven.persons > bound)
    .map(({ kind, id, name, proven }): Pile => ({ sort: 'reader', reader: id ?? kind, name, persons: proven.persons, bound }));
}

/** `folders`: null where folders are not asked for. `asThen`: who could read at an earlier run is not kept. */
export function pilesOf(
  folders: FolderPiles | null,
  inventory: Inventory,
  roots: readonly string[],
  policy: Policy,
  asThen: boolean,
): readonly Pile[] {
  const readers = policy.pile.reader === null || asThen ? [] : readerPiles(inventory, roots, policy.pile.reader);
  return shorten([...readers, ...(folders?.result() ?? [])]);
}

function shorten(piles: Pile[]): Pile[] {
  piles.sort((a, b) => b.persons - a.persons);
  piles.length = Math.min(piles.length, PILES_MAX);
  return piles;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
