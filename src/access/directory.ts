/** The accounts and groups that are known when access is judged. It says who somebody is, never what they may do. */
import { canonicalId, type PrincipalId, type Reach } from './principal.js';

/** Places of the two subjects that are no accounts. A stranger has an account, but is in no group. */
export const GUEST = 0;
export const STRANGER = 1;

/** Someone whose reading is judged. */
export interface Subject {
  readonly name: string;
  /** All ids of the one person: uid, SIDs. Empty for a name that stands in a group but has no account here, for a further login of a number that
   * another name has, and for the stranger. */
  readonly ids: readonly PrincipalId[];
  /** Whether it is one of the known accounts, a share of which makes a file open. */
  readonly isPerson: boolean;
}

export interface Group {
  /** Places in `subjects` of those known to be in it, through other groups too. */
  readonly members: ReadonlySet<number>;
  /** False where anybody else may be in it. */
  readonly isResolved: boolean;
}

/**
 * Who stands behind an id. `admin` reads everything and is not counted; `nobody` matches no person; an `orphan` is missing from a directory
 * that is declared complete; a `person` is one user without an account here. The members of a `broad` one are `isSure` to be in it at every
 * logon, or only may be: then it can let them in, but never shut them out. An `account` has several `logins` where names share one number:
 * each has groups of its own, and the kernel sees those alone of the one who logged on.
 */
export type Standing =
  | { readonly kind: 'admin' | 'nobody' | 'orphan' | 'disabled' | 'person' }
  | { readonly kind: 'account'; readonly subject: number; readonly logins: readonly number[] }
  | ({ readonly kind: 'group' } & Group)
  | { readonly kind: 'broad'; readonly reach: Reach; readonly isSure: boolean };

export interface Directory {
  /** The guest, the stranger, then all accounts in use but those of administration, which reads everything and is never counted. */
  readonly subjects: readonly Subject[];
  /** Subjects that are persons. */
  readonly persons: number;
  /** What an id of a list means. An id that nobody knows is a group without known members, which anybody may be in. */
  whoIs(id: PrincipalId): Standing;
  /** The place in `subjects` of the account with this id; of several logins the first. */
  subjectOf(id: PrincipalId): number | undefined;
  /** The group as its records tell it, also where `whoIs` gives it a meaning of its own (`g:0`). */
  group(id: PrincipalId): Group;
  /** Whether the id is administration itself, or an account that is in a group of it. */
  isAdmin(id: PrincipalId): boolean;
  /** For messages only: the name of an account or group, or the English name of a well-known one. */
  nameOf(id: PrincipalId): string | null;
  groupNamed(name: string): PrincipalId | null;
  /** All ids of the account or group of this very name; of several of one name, the ids of all. */
  idsNamed(sort: 'account' | 'group', name: string): readonly PrincipalId[];
  /** An account in use or one of administration, whatever the case of its name. */
  accountNamed(name: string): PrincipalId | null;
}

/** The directory as a share with `force group` sees it: everybody who gets in is in this group. */
export function withForcedGroup(directory: Directory, id: PrincipalId): Directory {
  const forced = canonicalId(id);
  const isForced = (asked: PrincipalId): boolean => canonicalId(asked) === forced;
  const all: Group = { members: new Set(directory.subjects.keys()), isResolved: true };
  return {
    subjects: directory.subjects,
    persons: directory.persons,
    whoIs: (asked) => (isForced(asked) ? { kind: 'broad', reach: 'everyone', isSure: true } : directory.whoIs(asked)),
    subjectOf: (asked) => directory.subjectOf(asked),
    group: (asked) => (isForced(asked) ? all : directory.group(asked)),
    isAdmin: (asked) => directory.isAdmin(asked),
    nameOf: (asked) => directory.nameOf(asked),
    groupNamed: (name) => directory.groupNamed(name),
    idsNamed: (sort, name) => directory.idsNamed(sort, name),
    accountNamed: (name) => directory.accountNamed(name),
  };
}
