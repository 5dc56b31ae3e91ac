/**
 * Records of several sources put together. Accounts that share an id are one person in any case, but for two logins of one number (known-directory.ts);
 * equal names are so only where a policy says it.
 */
import type { AccountRecord, DirectoryRecords, GroupRecord } from '../known-directory.js';
import { canonicalId, type PrincipalId, wellKnownOf } from '../principal.js';

/** @param byName accounts of one name are one person, groups of one name one group: `DOM\yamada`, `yamada@dom` and `Yamada` are equal names. */
export function mergeRecords(sources: readonly DirectoryRecords[], byName: boolean): DirectoryRecords {
  const accounts = idsByName(sources);
  return {
    accounts: merged(
      sources.flatMap((source) => source.accounts),
      byName,
      mergeAccounts,
    ),
    groups: merged(
      sources.flatMap((source) => source.groups).map((group) => withMemberIds(group, accounts)),
      byName,
      mergeGroups,
    ),
    completeDomains: sources.flatMap((source) => source.completeDomains ?? []),
  };
}

/** Names stand in the groups of Unix, so that an account with a number is meant first. They are followed now: put together, an account keeps one name. */
function idsByName(sources: readonly DirectoryRecords[]): ReadonlyMap<string, PrincipalId> {
  const ids = new Map<string, PrincipalId>();
  const shared = sharedLogins(sources.flatMap((source) => source.accounts));
  for (const { accounts } of sources)
    for (const account of accounts) {
      // The number alone would put all logins that share it into the group.
      if (shared.has(account.login ?? '')) continue;
      const numbered = account.ids.find((id) => canonicalId(id).startsWith('u:'));
      const id = numbered ?? account.ids[0];
      if (id !== undefined && (numbered !== undefined || !ids.has(account.name))) ids.set(account.name, id);
    }
  return ids;
}

/** Names of logins whose number another name has too. */
function sharedLogins(accounts: readonly AccountRecord[]): ReadonlySet<string> {
  const byId = new Map<PrincipalId, Set<string>>();
  for (const { ids, login } of accounts)
    for (const id of login === undefined ? [] : ids.map(canonicalId)) byId.set(id, (byId.get(id) ?? new Set()).add(login!));
  return new Set([...byId.values()].filter((names) => names.size > 1).flatMap((names) => [...names]));
}

function withMemberIds(group: GroupRecord, accounts: ReadonlyMap<string, PrincipalId>): GroupRecord {
  const names = group.memberNames ?? [];
  const known = names.flatMap((name) => accounts.get(name) ?? []);
  return { ...group, members: [...(group.members ?? []), ...known], memberNames: names.filter((name) => !accounts.has(name)) };
}

/** One record for all that are linked by an id or a name, at the place of the first of them. */
function merged<T extends { readonly name: string; readonly ids: readonly PrincipalId[]; readonly login?: string }>(
  records: readonly T[],
  byName: boolean,
  merge: (a: T, b: T) => T,
): T[] {
  const heads = records.map((_, place) => place);
  const headOf = (place: number): number => {
    let head = place;
    while (heads[head] !== head) head = heads[head] = heads[heads[head]!]!;
    return head;
  };
  const places = new Map<string, number>();
  const logins = new Map<number, string>();
  for (const [place, { login }] of records.entries()) if (login !== undefined) logins.set(place, login);
  for (const [place, { name, ids }] of records.entries()) {
    const keys = ids.map(canonicalId);
    // Administration has names that others may have too, and reads everything: nobody may become it by a name.
    const isNamed = byName && !keys.some((id) => wellKnownOf(id) !== null);
    for (const key of isNamed ? [...keys, `name:${plainName(name)}`] : keys) {
      const before = places.get(key);
      if (before === undefined) places.set(key, place);
      else {
        const [a, b] = [headOf(before), headOf(place)];
        const [one, other] = [logins.get(a), logins.get(b)];
        if (one !== undefined && other !== undefined && one !== other) continue;
        heads[Math.max(a, b)] = Math.min(a, b);
        if (one !== undefined || other !== undefined) logins.set(Math.min(a, b), (one ?? other)!);
      }
    }
  }
  const result = new Map<number, T>();
  for (const [place, record] of records.entries()) {
    const head = headOf(place);
    const before = result.get(head);
    result.set(head, before === undefined ? record : merge(before, record));
  }
  return [...result.values()];
}

function plainName(name: string): string {
  return name
    .replace(/^[^\\]*\\/u, '')
    .replace(/@.*$/su, '')
    .toLowerCase();
}

/** Disabled only where every source that tells it says so: one way in is enough to read. */
function mergeAccounts(a: AccountRecord, b: AccountRecord): AccountRecord {
  const told = [a.isDisabled, b.isDisabled].filter((isDisabled) => isDisabled !== undefined);
  return {
    name: a.name,
    ids: union(a.ids, b.ids),
    groups: union(a.groups, b.groups),
    ...(a.login === undefined && b.login === undefined ? {} : { login: (a.login ?? b.login)! }),
    ...(told.length > 0 ? { isDisabled: told.every(Boolean) } : {}),
    isPerson: (a.isPerson ?? true) && (b.isPerson ?? true),
  };
}

/** Whole only where every source tells all members that it knows. */
function mergeGroups(a: GroupRecord, b: GroupRecord): GroupRecord {
  return {
    name: a.name,
    ids: union(a.ids, b.ids),
    members: union(a.members, b.members),
    memberNames: union(a.memberNames, b.memberNames),
    isComplete: (a.isComplete ?? true) && (b.isComplete ?? true),
  };
}

function union<T>(a: readonly T[] = [], b: readonly T[] = []): T[] {
  return [...new Set([...a, ...b])];
}
