/**
 * Numbers for the names in a list that was exported without them (`getfacl` without `-n`). A name that the directory knows without a number, by its
 * SID, gets one of its own that stands for it; so does a name that nobody knows: it is one more person, or a group that anybody may be in.
 */
import type { Directory } from '../directory.js';
import { GUEST_ID, type PrincipalId } from '../principal.js';

/** Above all numbers of POSIX, which have 32 bits. */
const FIRST_OWN = 2 ** 32;
/** The same on every system. */
const FIXED: Readonly<Record<string, number>> = { root: 0, nobody: GUEST_ID, nogroup: GUEST_ID, nfsnobody: GUEST_ID };

export class NameIds {
  private readonly ids = new Map<string, number>();
  private readonly names = new Map<PrincipalId, string>();
  private readonly aliases = new Map<PrincipalId, PrincipalId>();
  private nextOwn = FIRST_OWN;
  /** The directory with the numbers that were given here. */
  readonly directory: Directory;

  constructor(private readonly known: Directory) {
    const actual = (id: PrincipalId): PrincipalId => this.aliases.get(id) ?? id;
    this.directory = {
      subjects: known.subjects,
      persons: known.persons,
      whoIs: (id) => known.whoIs(actual(id)),
      subjectOf: (id) => known.subjectOf(actual(id)),
      group: (id) => known.group(actual(id)),
      isAdmin: (id) => known.isAdmin(actual(id)),
      nameOf: (id) => this.names.get(id) ?? known.nameOf(id),
      groupNamed: (name) => known.groupNamed(name),
      accountNamed: (name) => known.accountNamed(name),
      idsNamed: (sort, name) => known.idsNamed(sort, name),
    };
  }

  idOf(sort: 'user' | 'group', name: string): number {
    const key = `${sort}:${name}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      id = FIXED[name] ?? this.find(sort, name);
      this.ids.set(key, id);
    }
    return id;
  }

  private find(sort: 'user' | 'group', name: string): number {
    const letter = sort === 'user' ? 'u' : 'g';
    const ids = this.known.idsNamed(sort === 'user' ? 'account' : 'group', name);
    const numbered = ids.filter((id) => id.startsWith(`${letter}:`));
    if (numbered.length === 1) return Number(numbered[0]!.slice(2));
    const own = this.nextOwn++;
    this.names.set(`${letter}:${own}`, name);
    // Two numbers under one name: nobody can say which of them is meant.
    if (numbered.length === 0 && ids.length === 1) this.aliases.set(`${letter}:${own}`, ids[0]!);
    return own;
  }
}
