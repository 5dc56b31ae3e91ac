/** From the inventory's facts to judged files, in the order of paths: what every report is made from. */
import { documentDatesOf, hashText } from '../inventory/contents.js';
import type { Entries } from '../inventory/entries.js';
import type { StoredEntry } from '../inventory/entry-reader.js';
import type { Outcome } from '../inventory/packed.js';
import type { Store } from '../inventory/store.js';
import type { Access, Content, Facts, JudgedFile } from '../model.js';
import { judge } from '../policy/judge.js';
import { judgeContainer } from '../policy/judge-members.js';
import { findPasswordBeside, isLocked, type Neighbour } from '../policy/password-beside.js';
import type { Policy } from '../policy/policy.js';
import { keyPathBytes, showKey } from '../walk/name.js';
import type { Position } from '../walk/position.js';
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

/** Files of one folder with the same verdict. Only the path of the folder, what was found and who can read it are those of each. */
export interface JudgedAlike {
  /** As the oldest of them is judged: none has a higher risk. Its path is that of the folder. */
  readonly file: JudgedFile;
  readonly count: number;
  readonly contents: readonly number[];
  /** Each by itself, in the order of names. */
  readonly each: () => Iterable<Judged>;
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

/** What a sum needs of an entry that stands for many. */
const NOWHERE = {
  root: '',
  folder: '',
  folderId: 0,
  name: '',
  state: '',
  owner: null,
  sizeBytes: 0,
  accessedMs: null,
  content: null,
  hash: null,
  documentCreatedMs: null,
  documentSavedMs: null,
};

export interface JudgedView {
  /** What was known at this run; else what is known now. */
  readonly run?: number;
  /** Whether the run that is reported looked at a folder; lines of others say that it did not. */
  readonly isLookedAt?: (place: Position) => boolean;
  /** The readable path from a root of the site's configuration down to the root; left out: roots are the site's own. */
  readonly siteFolderOf?: ((root: string) => string) | undefined;
}

/** Everything below the roots, line by line. */
export function* judgedEntries(
  inventory: Inventory,
  roots: readonly string[],
  policy: Policy,
  asOfMs: number,
  { run, isLookedAt, siteFolderOf }: JudgedView = {},
): Generator<Judged> {
  const judgeOne = createJudge(inventory, policy, asOfMs, siteFolderOf);
  const all = run === undefined ? inventory.entries.all(roots) : inventory.history.all(roots, run);
  let folderId = -1;
  let wasLookedAt = true;
  for (const entry of all) {
    if (entry.folderId !== folderId) {
      folderId = entry.folderId;
      wasLookedAt = isLookedAt?.({ root: entry.root, folder: entry.folder }) ?? true;
    }
    // A folder that could be read is not a line of its own: its entries are.
    if (entry.sort === 'folder' && entry.outcome === null) continue;
    const judged = judgeOne(entry);
    yield wasLookedAt ? judged : { entry, lines: judged.lines.map((line) => ({ ...line, lookedAt: false })) };
  }
}

/**
 * What was found below the roots, for sums: files of a folder are judged together where nothing but their age tells them apart and their age makes no
 * difference to the verdict; else each by itself (a container, whose members have verdicts of their own; a policy that goes by paths).
 */
export function* judgedFindings(
  inventory: Inventory,
  roots: readonly string[],
  policy: Policy,
  asOfMs: number,
): Generator<Judged | JudgedAlike> {
  const { store, entries } = inventory;
  const judgeOne = createJudge(inventory, policy, asOfMs);
  const goesByPaths = policy.retention.length > 0 || policy.exceptions.length > 0 || policy.retentionFrom !== 'modified';
  for (const group of entries.found(roots)) {
    const each = () => entries.ofGroup(group).map(judgeOne);
    const { memberCount } = store.value<Outcome>('outcome', group.outcome);
    const { root, folder, sort, outcome, access, count, contents, oldestMs, newestMs, oldestSavedMs } = group;
    const facts = factsOf(store, { ...NOWHERE, root, folder, sort, outcome, access, modifiedMs: oldestMs, documentSavedMs: oldestSavedMs });
    const oldest = judge(facts, policy, asOfMs, Date.now());
    // Only some of them may be past their retention by their own day.
    const mayBeAlike = memberCount === 0 && !goesByPaths && !oldest.retention.staleByDocument;
    if (mayBeAlike && judge({ ...facts, modifiedMs: newestMs }, policy, asOfMs, Date.now()).retention.state === oldest.retention.state)
      yield { file: { ...facts, ...oldest }, count, contents, each };
    else yield* each();
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
    const facts = factsOf(store, { ...NOWHERE, sort, outcome, access, modifiedMs: asOfMs });
    yield { file: { ...facts, ...judge(facts, policy, asOfMs, Date.now()) }, count };
  }
}

export function createJudge(
  { store, entries, contents }: Inventory,
  policy: Policy,
  asOfMs: number,
  siteFolderOf?: JudgedView['siteFolderOf'],
): (entry: StoredEntry) => Judged {
  const beside = new Beside(store, entries);
  return (entry) => {
    const known = factsOf(store, entry);
    const bare = siteFolderOf ? { ...known, siteFolder: siteFolderOf(entry.root) } : known;
    const facts = isLocked(bare.content.password) ? { ...bare, passwordBeside: beside.find(entry, bare) } : bare;
    const memberCount = entry.outcome === null ? 0 : store.value<Outcome>('outcome', entry.outcome).memberCount;
    if (memberCount === 0 || entry.content === null) return { entry, lines: [{ ...facts, ...judge(facts, policy, asOfMs, Date.now()) }] };
    const inside = contents.members(entry.content).map((member): Facts => {
      const { findings: _findings, members: _members, ...content } = member.content;
      // Ages are those of the container: times inside it are often unset or made up (1980, the day of the export).
      // A locked file in a mail: its password may stand in the mail itself, or beside it.
      const isAlone = isLocked(content.password) && facts.passwordBeside == null;
      const passwordBeside = isAlone ? beside.find(entry, { content }, member.name) : (facts.passwordBeside ?? null);
      return { ...facts, member: member.name, sizeBytes: member.sizeBytes, content, passwordBeside };
    });
    return { entry, lines: judgeContainer(facts, inside, policy, asOfMs, Date.now()) };
  };
}

/** Looks for passwords beside locked files; the files of a folder are asked for once, and only where there is a locked one. */
class Beside {
  private folderId = -1;
  private neighbours: readonly Neighbour[] = [];

  constructor(
    private readonly store: Store,
    private readonly entries: Entries,
  ) {}

  /** `member`: the path of a locked file inside the entry, which is then a neighbour itself. */
  find(entry: StoredEntry, { content }: Pick<Facts, 'content'>, member?: string): string | null {
    if (this.folderId !== entry.folderId) {
      this.folderId = entry.folderId;
      this.neighbours = this.entries
        .files(entry.folderId)
        .map(({ name, outcome }) => ({ name, content: outcome === null ? null : this.store.value<Outcome>('outcome', outcome) }));
    }
    const own = member?.split('/').at(-1) ?? entry.name;
    const found = findPasswordBeside({ name: own, content }, this.neighbours);
    // A member's own name is to be seen in the container.
    const name = found === own ? entry.name : found;
    return name === null ? null : showKey(entry.folder === '' ? name : `${entry.folder}/${name}`);
  }
}

function factsOf(store: Store, entry: StoredEntry): Facts {
  const key = [entry.folder, entry.name].filter((part) => part !== '').join('/');
  const content =
    entry.outcome === null
      ? NO_CONTENT
      : {
          ...store.value<Outcome>('outcome', entry.outcome),
          contentHash: hashText(entry.hash),
          fromPath: false,
          ...documentDatesOf(entry),
        };
  return {
    root: showKey(entry.root),
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
