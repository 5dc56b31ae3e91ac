/** From the inventory's facts to judged files, in the order of paths: what every report is made from. */
import { hashText, type Outcome } from '../inventory/contents.js';
import type { Entries, StoredEntry } from '../inventory/entries.js';
import type { Store } from '../inventory/store.js';
import type { Access, Content, Facts, JudgedFile } from '../model.js';
import { coveredByMembers, judge, withMembers } from '../policy/judge.js';
import { findPasswordBeside, isLocked, type Neighbour } from '../policy/password-beside.js';
import type { Policy } from '../policy/policy.js';
import { keyPathBytes, showKey } from '../walk/name.js';
import type { Inventory } from './compose.js';

export interface JudgedGroup {
  /** One for all: without path, size and times. */
  readonly file: JudgedFile;
  readonly count: number;
}

export interface Judged {
  /** The line of the file itself, its members' lines behind it. */
  readonly lines: readonly JudgedFile[];
  readonly entry: StoredEntry;
}

const NO_ACCESS: Access = { state: 'unknown', source: 'none', broad: [], readers: null, reason: 'not looked at' };
const NO_CONTENT: Omit<Content, 'findings' | 'members'> = {
  format: 'folder',
  examined: 'none',
  problems: [],
  kinds: {},
  records: { four: 0, three: 0, two: 0, other: 0 },
  persons: { 'pension-number': 0, 'my-number': 0, 'name+birthdate': 0, 'name+address': 0 },
  password: { state: 'unknown', scheme: null },
  contentHash: null,
  fromPath: false,
};

/** What is shown of the inventory: everything below the roots, or only where something was found. */
export function* judgedEntries(
  { store, entries, contents }: Inventory,
  roots: readonly string[],
  policy: Policy,
  asOfMs: number,
  which: 'all' | 'with-content' = 'all',
): Generator<Judged> {
  const beside = new Beside(store, entries);
  for (const entry of entries.all(roots, which)) {
    // A folder that could be read is not a line of its own: its entries are.
    if (entry.sort === 'folder' && entry.outcome === null) continue;
    const bare = factsOf(store, entry);
    const facts = isLocked(bare.content.password) ? { ...bare, passwordBeside: beside.find(entry, bare) } : bare;
    const memberCount = entry.outcome === null ? 0 : store.value<Outcome>('outcome', entry.outcome).memberCount;
    if (memberCount === 0 || entry.content === null) {
      yield { entry, lines: [{ ...facts, ...judge(facts, policy, asOfMs) }] };
      continue;
    }
    const members = contents.members(entry.content).map((member): JudgedFile => {
      const { findings: _findings, members: _members, ...content } = member.content;
      // Ages are those of the container: times inside it are often unset or made up (1980, the day of the export).
      const inside: Facts = { ...facts, member: member.name, sizeBytes: member.sizeBytes, content };
      return { ...inside, ...judge(inside, policy, asOfMs) };
    });
    const own = judge(coveredByMembers(facts, members), policy, asOfMs);
    yield { entry, lines: [{ ...facts, ...withMembers(own, members) }, ...members] };
  }
}

/**
 * Entries without any finding, judged once for all that share an outcome and an access. Their verdict depends on neither path nor age
 * (only the reason `sealed-stale` does, which sums don't show).
 */
export function* judgedGroups(
  { store, entries }: Inventory,
  roots: readonly string[],
  policy: Policy,
  asOfMs: number,
): Generator<JudgedGroup> {
  for (const { sort, outcome, access, count } of entries.quiet(roots)) {
    const nowhere = {
      root: '',
      folder: '',
      folderId: 0,
      name: '',
      state: '',
      owner: null,
      sizeBytes: 0,
      modifiedMs: asOfMs,
      accessedMs: null,
      content: null,
      hash: null,
    };
    const facts = factsOf(store, { ...nowhere, sort, outcome, access });
    yield { file: { ...facts, ...judge(facts, policy, asOfMs) }, count };
  }
}

/** Looks for passwords beside locked files; the files of a folder are asked for once, and only where there is a locked one. */
class Beside {
  private folderId = -1;
  private neighbours: readonly Neighbour[] = [];

  constructor(
    private readonly store: Store,
    private readonly entries: Entries,
  ) {}

  find(entry: StoredEntry, { content }: Facts): string | null {
    if (this.folderId !== entry.folderId) {
      this.folderId = entry.folderId;
      this.neighbours = this.entries
        .files(entry.folderId)
        .map(({ name, outcome }) => ({ name, content: outcome === null ? null : this.store.value<Outcome>('outcome', outcome) }));
    }
    const name = findPasswordBeside({ name: entry.name, content }, this.neighbours);
    return name === null ? null : showKey(entry.folder === '' ? name : `${entry.folder}/${name}`);
  }
}

function factsOf(store: Store, entry: StoredEntry): Facts {
  const key = entry.folder === '' ? entry.name : `${entry.folder}/${entry.name}`;
  const content =
    entry.outcome === null
      ? NO_CONTENT
      : { ...store.value<Outcome>('outcome', entry.outcome), contentHash: hashText(entry.hash), fromPath: false };
  return {
    root: entry.root,
    path: showKey(key),
    pathBytes: keyPathBytes(key),
    member: null,
    entry: entry.sort,
    sizeBytes: entry.sizeBytes,
    modifiedMs: entry.modifiedMs,
    accessedMs: entry.accessedMs,
    owner: entry.owner,
    content,
    access: entry.access === null ? NO_ACCESS : store.value<Access>('access', entry.access),
  };
}
