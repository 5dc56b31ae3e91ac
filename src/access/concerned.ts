/**
 * The people concerned with a folder, as a site lists them, and who reads besides them. Only a person can say who is concerned: the program holds
 * the readers against the list.
 */
import { type Directory, type Group, GUEST, STRANGER } from './directory.js';
import { NO, type Passers } from './passers.js';
import { canonicalId, type PrincipalId } from './principal.js';

export interface Concerned {
  /** 1 for each of `Directory.subjects` that is concerned. */
  readonly subjects: Uint8Array;
  /** What the list names. */
  readonly ids: ReadonlySet<PrincipalId>;
}

/** The ids that an entry of such a list means: a SID, `u:` or `g:` and a number, a gid, or the name of groups and accounts. None: nobody knows it. */
export function idsOfEntry(entry: string, directory: Directory): readonly PrincipalId[] {
  if (/^\d{1,10}$/u.test(entry)) return [`g:${Number(entry)}`];
  if (/^S-1-\d+(?:-\d+)*$/iu.test(entry)) return [canonicalId(entry.toUpperCase())];
  if (/^[ug]:\d{1,10}$/u.test(entry)) return [entry];
  return [...directory.idsNamed('group', entry), ...directory.idsNamed('account', entry)];
}

export function concernedOf(listed: readonly PrincipalId[], directory: Directory): Concerned {
  const ids = new Set(listed.map(canonicalId));
  const subjects = new Uint8Array(directory.subjects.length);
  for (const id of ids) {
    const standing = directory.whoIs(id);
    if (standing.kind === 'account') for (const login of standing.logins) subjects[login] = 1;
    else if (standing.kind === 'group') for (const member of standing.members) subjects[member] = 1;
    else if (standing.kind === 'broad') {
      // Guests have no account; whoever has one stands for all of them.
      if (standing.reach !== 'guests') for (let place = STRANGER; place < subjects.length; place++) subjects[place] = 1;
      if (standing.reach !== 'authenticated') subjects[GUEST] = 1;
    }
  }
  return { subjects, ids };
}

/** The directory for judging by such a list: whoever is in a listed group is concerned, so that nobody has to know who that is. */
export function withListed(directory: Directory, { ids }: Concerned): Directory {
  const settled = (id: PrincipalId, group: Group): Group => (ids.has(canonicalId(id)) ? { ...group, isResolved: true } : group);
  return {
    subjects: directory.subjects,
    persons: directory.persons,
    whoIs: (id) => {
      const standing = directory.whoIs(id);
      return standing.kind === 'group' ? { kind: 'group', ...settled(id, standing) } : standing;
    },
    subjectOf: (id) => directory.subjectOf(id),
    group: (id) => settled(id, directory.group(id)),
    isAdmin: (id) => directory.isAdmin(id),
    nameOf: (id) => directory.nameOf(id),
    groupNamed: (name) => directory.groupNamed(name),
    accountNamed: (name) => directory.accountNamed(name),
    idsNamed: (sort, name) => directory.idsNamed(sort, name),
  };
}

/** Names of the readers who are not in the list; @param flag how sure their reading must be. */
export function surplusOf(readers: Passers, directory: Directory, concerned: Concerned, flag: number): string[] {
  const names: string[] = [];
  const isReader = (held: number): boolean => held !== NO && (held & flag) === flag;
  for (let place = 0; place < readers.flags.length; place++)
    if (isReader(readers.flags[place]!) && concerned.subjects[place] !== 1) names.push(directory.subjects[place]!.name);
  for (const [id, held] of readers.others) if (isReader(held) && !concerned.ids.has(id)) names.push(directory.nameOf(id) ?? id);
  return names;
}
