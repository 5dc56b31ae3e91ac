/**
 * A directory made from records, wherever they were read: account files, exports of a directory service. Groups in groups are followed; what a
 * record leaves open (an unknown member, an incomplete list) leaves the group unresolved.
 */
import { type Directory, type Group, GUEST, type Standing, type Subject } from './directory.js';
import {
  AUTHENTICATED_USERS,
  canonicalId,
  domainOf,
  EVERYONE,
  GUEST_ID,
  gidOf,
  type PrincipalId,
  type Reach,
  uidOf,
  wellKnownName,
  wellKnownOf,
} from './principal.js';

export interface AccountRecord {
  readonly name: string;
  /** All ids of the one person. An id that an earlier record has makes this record another name of that person. */
  readonly ids: readonly PrincipalId[];
  /** Groups that are told at the account, such as the primary one. */
  readonly groups?: readonly PrincipalId[];
  /** Locked accounts read nothing. */
  readonly isDisabled?: boolean;
  /** The name in a line of passwd(5): another line of that number with another name is a login of its own, since getgrouplist(3) goes by name. */
  readonly login?: string;
  /** False for accounts of services, which read but are no staff; true when left out. */
  readonly isPerson?: boolean;
}

export interface GroupRecord {
  readonly name: string;
  readonly ids: readonly PrincipalId[];
  /** Accounts and groups by id. */
  readonly members?: readonly PrincipalId[];
  /** Accounts by name. A name without an account is one person of whom only the groups are known. */
  readonly memberNames?: readonly string[];
  /** False where the source may not tell all members; true when left out. */
  readonly isComplete?: boolean;
}

export interface DirectoryRecords {
  readonly accounts: readonly AccountRecord[];
  readonly groups: readonly GroupRecord[];
  /** Domains (`S-1-5-21-…` without RID) all of whose accounts and groups are here: another SID of theirs is an orphan. */
  readonly completeDomains?: readonly string[];
}

export function createDirectory(records: DirectoryRecords): Directory {
  return new KnownDirectory(records);
}

interface Node {
  readonly direct: Set<number>;
  readonly nested: Set<PrincipalId>;
  /** False for a group that only its members name. */
  isTold: boolean;
  isComplete: boolean;
}

interface Closure extends Group {
  /** Set when a broad principal is among its members. */
  readonly reach: Reach | null;
}

const GUESTS = gidOf(GUEST_ID);
const NO_GROUP: Closure = { members: new Set(), isResolved: false, reach: null };
/** The widest of two. */
const WIDTH: Readonly<Record<Reach, number>> = { guests: 0, authenticated: 1, everyone: 2 };

/** Of logins that share a number and are in the same groups the first stands for all; names that are not here stand for themselves. */
function loginsByGroups({ accounts, groups }: DirectoryRecords): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const alike = new Map<string, string>();
  const counts = new Map<PrincipalId, number>();
  for (const { ids, login } of accounts) if (login !== undefined) counts.set(ids[0]!, (counts.get(ids[0]!) ?? 0) + 1);
  for (const { ids, login, groups: own } of accounts) {
    if (login === undefined || counts.get(ids[0]!) === 1) continue;
    const named = groups.flatMap((group) => (group.memberNames?.includes(login) === true ? group.ids : []));
    const key = JSON.stringify([ids[0], [...new Set([...(own ?? []), ...named])].sort()]);
    if (!first.has(key)) first.set(key, login);
    alike.set(login, first.get(key)!);
  }
  return alike;
}

class KnownDirectory implements Directory {
  readonly subjects: Subject[] = [
    { name: 'guest', ids: [uidOf(GUEST_ID)], isPerson: false },
    { name: 'other', ids: [], isPerson: false },
  ];
  persons = 0;
  private readonly subjectsById = new Map<PrincipalId, number>([[uidOf(GUEST_ID), GUEST]]);
  /** All places of an id that several logins have. */
  private readonly logins = new Map<PrincipalId, readonly number[]>();
  /** Places that lines of passwd(5) made or took, by the name of the login. */
  private readonly loginNames = new Map<number, string>();
  private readonly loginAs: ReadonlyMap<string, string>;
  /** Null stands for administration and disabled accounts. */
  private readonly subjectsByName = new Map<string, number | null>();
  /** By name in lower case. */
  private readonly accountIds = new Map<string, PrincipalId>();
  private readonly disabled = new Set<PrincipalId>();
  /** Other ids of accounts of administration. */
  private readonly adminIds = new Set<PrincipalId>();
  private readonly names = new Map<PrincipalId, string>();
  private readonly nodes = new Map<PrincipalId, Node>();
  private readonly closures = new Map<PrincipalId, Closure>();
  private readonly completeDomains: ReadonlySet<string>;
  private admins: Set<number> | null = null;

  constructor(records: DirectoryRecords) {
    this.loginAs = loginsByGroups(records);
    this.completeDomains = new Set(records.completeDomains);
    // Group 0 is administration and guests are guests: both are resolved even where no file names them.
    this.nodeOf('g:0').isTold = true;
    this.names.set('g:0', 'root');
    const guests = this.nodeOf(GUESTS);
    guests.isTold = true;
    guests.direct.add(GUEST);
    for (const account of records.accounts) this.addAccount(account);
    for (const group of records.groups) this.addGroup(group);
  }

  whoIs(asked: PrincipalId): Standing {
    const id = canonicalId(asked);
    const known = wellKnownOf(id);
    if (known?.kind === 'broad') return { ...known, isSure: id === EVERYONE || id === AUTHENTICATED_USERS };
    if (known !== null) return known;
    if (this.adminIds.has(id)) return { kind: 'admin' };
    const subject = this.subjectsById.get(id);
    if (subject !== undefined) return { kind: 'account', subject, logins: this.logins.get(id) ?? [subject] };
    if (this.disabled.has(id)) return { kind: 'disabled' };
    if (this.nodes.get(id)?.isTold !== true && this.completeDomains.has(domainOf(id) ?? '')) return { kind: 'orphan' };
    if (id.startsWith('u:')) return { kind: 'person' };
    const { members, isResolved, reach } = this.closureOf(id);
    return reach === null ? { kind: 'group', members, isResolved } : { kind: 'broad', reach, isSure: false };
  }

  subjectOf(id: PrincipalId): number | undefined {
    return this.subjectsById.get(canonicalId(id));
  }

  group(id: PrincipalId): Group {
    return this.closureOf(canonicalId(id));
  }

  isAdmin(asked: PrincipalId): boolean {
    const id = canonicalId(asked);
    if (wellKnownOf(id)?.kind === 'admin' || this.adminIds.has(id)) return true;
    const subject = this.subjectsById.get(id);
    return subject !== undefined && this.loginsOf(id, subject).some((login) => this.adminSubjects().has(login));
  }

  nameOf(id: PrincipalId): string | null {
    return this.names.get(canonicalId(id)) ?? wellKnownName(id);
  }

  groupNamed(name: string): PrincipalId | null {
    for (const [id, known] of this.names) if (known === name && this.nodes.get(id)?.isTold === true) return id;
    return null;
  }

  idsNamed(sort: 'account' | 'group', name: string): readonly PrincipalId[] {
    const isGroup = (id: PrincipalId): boolean => this.nodes.get(id)?.isTold === true;
    return [...this.names].filter(([id, known]) => known === name && isGroup(id) === (sort === 'group')).map(([id]) => id);
  }

  accountNamed(name: string): PrincipalId | null {
    return this.accountIds.get(name.toLowerCase()) ?? null;
  }

  private addAccount(record: AccountRecord): void {
    const ids = record.ids.map(canonicalId);
    if (ids.length === 0) return;
    for (const id of ids) if (!this.names.has(id)) this.names.set(id, record.name);
    const nameKey = record.name.toLowerCase();
    if (!this.accountIds.has(nameKey)) this.accountIds.set(nameKey, ids[0]!);
    if (record.isDisabled === true || ids.some((id) => wellKnownOf(id)?.kind === 'admin')) {
      const others = record.isDisabled === true ? this.disabled : this.adminIds;
      for (const id of ids) others.add(id);
      this.subjectsByName.set(record.name, null);
      return;
    }
    const subject = this.placeFor(record, ids);
    if (record.login !== undefined && subject !== GUEST) {
      if (!this.loginNames.has(subject)) this.loginNames.set(subject, record.login);
      this.subjectsByName.set(record.login, subject);
    }
    this.subjectsByName.set(record.name, subject);
    for (const group of record.groups ?? []) this.nodeOf(canonicalId(group)).direct.add(subject);
  }

  /** The place of a record, with its ids noted: that of the login of its name, else of whoever has one of its ids, else a new one. */
  private placeFor(record: AccountRecord, ids: readonly PrincipalId[]): number {
    const written = record.login ?? record.name;
    const login = this.loginAs.get(written) ?? written;
    const known = ids.filter((id) => this.subjectsById.has(id));
    const places = known.flatMap((id) => this.loginsOf(id, this.subjectsById.get(id)!));
    const named = places.find((place) => this.loginNames.get(place) === login);
    const isAnother = record.login !== undefined && places.length > 0 && places.every((place) => this.loginNames.has(place));
    if (named === undefined && isAnother) {
      const place = this.addSubject({ name: record.name, ids: [], isPerson: record.isPerson ?? true });
      for (const id of known) this.logins.set(id, [...this.loginsOf(id, this.subjectsById.get(id)!), place]);
      return place;
    }
    const place = named ?? places[0] ?? this.addSubject({ name: record.name, ids, isPerson: record.isPerson ?? true });
    const fresh = ids.filter((id) => !this.subjectsById.has(id));
    for (const id of fresh) this.subjectsById.set(id, place);
    return places.length === 0 ? place : this.addIds(place, fresh);
  }

  private loginsOf(id: PrincipalId, first: number): readonly number[] {
    return this.logins.get(id) ?? [first];
  }

  private addGroup(record: GroupRecord): void {
    for (const id of record.ids.map(canonicalId)) {
      if (!this.names.has(id)) this.names.set(id, record.name);
      const node = this.nodeOf(id);
      node.isTold = true;
      if (record.isComplete === false) node.isComplete = false;
      for (const member of record.members ?? []) node.nested.add(canonicalId(member));
      for (const name of record.memberNames ?? []) {
        const subject = this.subjectOfName(name);
        if (subject !== null) node.direct.add(subject);
      }
      // What is told at an account under one id of the group holds for the others.
      for (const other of record.ids.map(canonicalId)) if (other !== id) node.nested.add(other);
    }
  }

  private nodeOf(id: PrincipalId): Node {
    let node = this.nodes.get(id);
    if (node === undefined) {
      node = { direct: new Set(), nested: new Set(), isTold: false, isComplete: true };
      this.nodes.set(id, node);
    }
    return node;
  }

  /** A member without an account here comes from a directory service: one person, of whom only these groups are known. */
  private subjectOfName(name: string): number | null {
    const known = this.subjectsByName.get(name);
    if (known !== undefined) return known;
    const subject = this.addSubject({ name, ids: [], isPerson: true });
    this.subjectsByName.set(name, subject);
    return subject;
  }

  private addSubject(subject: Subject): number {
    if (subject.isPerson) this.persons++;
    return this.subjects.push(subject) - 1;
  }

  private addIds(place: number, ids: readonly PrincipalId[]): number {
    const subject = this.subjects[place]!;
    this.subjects[place] = { ...subject, ids: [...new Set([...subject.ids, ...ids])] };
    return place;
  }

  /** All members, through other groups too; a group that holds itself is walked once. */
  private closureOf(id: PrincipalId): Closure {
    const held = this.closures.get(id);
    if (held !== undefined) return held;
    if (!this.nodes.has(id)) return NO_GROUP;
    const members = new Set<number>();
    let isResolved = true;
    let reach: Reach | null = null;
    const seen = new Set([id]);
    for (const at of seen) {
      const node = this.nodes.get(at)!;
      if (!node.isTold || !node.isComplete) isResolved = false;
      for (const member of node.direct) members.add(member);
      for (const nested of node.nested) {
        const known = wellKnownOf(nested);
        const subject = this.subjectsById.get(nested);
        if (known?.kind === 'broad') reach = reach === null || WIDTH[known.reach] > WIDTH[reach] ? known.reach : reach;
        else if (known !== null || this.disabled.has(nested) || this.adminIds.has(nested)) continue;
        else if (subject !== undefined) for (const login of this.loginsOf(nested, subject)) members.add(login);
        else if (this.nodes.has(nested)) seen.add(nested);
        else if (!this.completeDomains.has(domainOf(nested) ?? '')) isResolved = false;
      }
    }
    // Nobody can list the members of a group that holds a broad one.
    const closure = { members, isResolved: isResolved && reach === null, reach };
    this.closures.set(id, closure);
    return closure;
  }

  private adminSubjects(): Set<number> {
    if (this.admins === null) {
      this.admins = new Set();
      for (const id of this.nodes.keys())
        if (id.startsWith('S-') && wellKnownOf(id)?.kind === 'admin')
          for (const member of this.closureOf(id).members) this.admins.add(member);
    }
    return this.admins;
  }
}
