/**
 * The same list in several places: files whose content is equal, and files in which the very same persons stand though their bytes differ (a list saved
 * as another format, sorted anew, with a column more). It compares keyed ids and hashes, never values.
 */
import { createHash } from 'node:crypto';
import type { EntryReader, StoredEntry } from './entry-reader.js';
import type { Persons } from './persons.js';

/** One person alone makes no list: letters to the same person are no copies of each other. */
const PERSONS_MIN = 2;

/** Files that hold the same: a key of the persons in them, else of their content. */
export interface DuplicateGroup {
  readonly key: string;
  readonly files: number;
  readonly persons: number;
  /** Distinct contents: 1 when all are copies byte for byte. */
  readonly contents: number;
}

interface Group {
  files: number;
  readonly persons: number;
  readonly contents: Set<string>;
}

export class Duplicates {
  private readonly keys: ReadonlyMap<number, { readonly key: string; readonly persons: number }>;

  /** `holds`: whether records that count were found in it. */
  constructor(
    private readonly entries: EntryReader,
    persons: Persons,
    private readonly roots: readonly string[],
    private readonly holds: (entry: StoredEntry) => boolean,
  ) {
    const contents = new Set<number>();
    for (const entry of this.found()) contents.add(entry.content!);
    this.keys = personKeys(
      persons,
      [...contents].sort((a, b) => a - b),
    );
  }

  /** Those of more than one file, the most surplus persons (copies beyond the first × persons) first. */
  groups(): DuplicateGroup[] {
    const groups = new Map<string, Group>();
    for (const entry of this.found()) {
      const { key, persons } = this.keyOf(entry);
      const group = groups.get(key) ?? { files: 0, persons, contents: new Set<string>() };
      groups.set(key, group);
      group.files++;
      group.contents.add(contentKey(entry));
    }
    return [...groups]
      .filter(([, { files }]) => files > 1)
      .map(([key, { files, persons, contents }]) => ({ key, files, persons, contents: contents.size }))
      .sort((a, b) => surplus(b) - surplus(a) || b.files - a.files || (a.key < b.key ? -1 : 1));
  }

  /** The files of these groups, in the order of paths. */
  *files(keys: ReadonlySet<string>): Generator<{ readonly key: string; readonly entry: StoredEntry }> {
    for (const entry of this.found()) {
      const { key } = this.keyOf(entry);
      if (keys.has(key)) yield { key, entry };
    }
  }

  private *found(): Generator<StoredEntry> {
    for (const entry of this.entries.withContent(this.roots)) if (entry.sort === 'file' && this.holds(entry)) yield entry;
  }

  private keyOf(entry: StoredEntry): { readonly key: string; readonly persons: number } {
    const known = this.keys.get(entry.content!);
    return known && known.persons >= PERSONS_MIN ? known : { key: contentKey(entry), persons: known?.persons ?? 0 };
  }
}

function surplus({ files, persons }: DuplicateGroup): number {
  return (files - 1) * persons;
}

function contentKey({ hash, content }: StoredEntry): string {
  return hash === null ? `c${content}` : `h${Buffer.from(hash).toString('hex')}`;
}

/** Of each content a digest of its distinct persons, and how many they are. `contents`: each once, in order. */
function personKeys(persons: Persons, contents: readonly number[]): Map<number, { key: string; persons: number }> {
  const keys = new Map<number, { key: string; persons: number }>();
  let content = -1;
  let parts: BigUint64Array[] = [];
  const close = (): void => {
    if (parts.length > 0) keys.set(content, keyOfPersons(parts));
    parts = [];
  };
  for (const part of persons.each(contents)) {
    if (part.content !== content) close();
    content = part.content;
    parts.push(part.ids);
  }
  close();
  return keys;
}

function keyOfPersons(parts: readonly BigUint64Array[]): { key: string; persons: number } {
  const all = new BigUint64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  all.sort();
  const distinct = all.filter((id, index) => index === 0 || id !== all[index - 1]);
  const digest = createHash('sha256').update(Buffer.from(distinct.buffer, distinct.byteOffset, distinct.byteLength));
  return { key: `p${digest.digest('base64').slice(0, 22)}`, persons: distinct.length };
}
