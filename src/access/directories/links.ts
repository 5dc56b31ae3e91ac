/**
 * Objects of a directory service on their way to records: each with its ids, and with links to others by distinguished name, id or account name,
 * which can be followed only when all are read.
 */

import type { AccountRecord, DirectoryRecords, GroupRecord } from '../known-directory.js';
import { canonicalId, domainOf, type PrincipalId } from '../principal.js';
import { canonicalDn, domainPart, foreignSid } from './dn.js';

export interface LinkedAccount extends AccountRecord {
  readonly dn: string | null;
  /** Groups by name or id. */
  readonly memberOf: readonly string[];
}

export interface LinkedGroup extends Omit<GroupRecord, 'members'> {
  readonly dn: string | null;
  /** Members by name or id. */
  readonly members: readonly string[];
  readonly memberOf: readonly string[];
}

export interface Linked {
  readonly accounts: readonly LinkedAccount[];
  readonly groups: readonly LinkedGroup[];
  /** Names of entries that nobody can log on with (contacts). */
  readonly strangers: readonly string[];
  readonly completeDomains: readonly string[];
}

/**
 * A name that nobody has stays an id that nobody knows, so that its group is unresolved; unless its domain is declared complete: then it is a
 * contact or another thing that reads nothing. A name that two have is taken for unknown, too: names whose letters were lost are alike.
 */
export function recordsOf(linked: Linked): DirectoryRecords {
  const links = new Links(linked);
  const groupMembers = new Map<LinkedGroup, string[]>();
  const groupsById = new Map(linked.groups.flatMap((group) => group.ids.map((id) => [id, group] as const)));
  for (const group of linked.groups) {
    for (const name of group.memberOf) {
      const into = groupsById.get(links.idOf(name) ?? '');
      if (into !== undefined) groupMembers.set(into, [...(groupMembers.get(into) ?? []), group.ids[0]!]);
    }
  }
  return {
    accounts: linked.accounts.map(({ dn: _dn, memberOf, groups, ...account }) => ({
      ...account,
      groups: [...(groups ?? []), ...links.idsOf(memberOf)],
    })),
    groups: linked.groups.map((group) => {
      const { dn: _dn, memberOf: _memberOf, members, ...rest } = group;
      return { ...rest, members: [...links.idsOf(members), ...(groupMembers.get(group) ?? [])] };
    }),
    completeDomains: linked.completeDomains,
  };
}

class Links {
  /** Null for a name that two have. */
  private readonly ids = new Map<string, PrincipalId | null>();
  private readonly strangers: ReadonlySet<string>;
  private readonly completeParts = new Set<string>();

  constructor({ accounts, groups, strangers, completeDomains }: Linked) {
    this.strangers = new Set(strangers.map(canonicalDn));
    const complete = new Set(completeDomains);
    for (const { dn, ids } of [...accounts, ...groups]) {
      if (dn === null || ids[0] === undefined) continue;
      const name = canonicalDn(dn);
      const before = this.ids.get(name);
      this.ids.set(name, before === undefined || before === ids[0] ? ids[0] : null);
      const part = domainPart(name);
      if (part !== null && ids.some((id) => complete.has(domainOf(id) ?? ''))) this.completeParts.add(part);
    }
  }

  idsOf(names: readonly string[]): PrincipalId[] {
    return names.flatMap((name) => this.idOf(name) ?? []);
  }

  /** Null for what reads nothing. */
  idOf(name: string): PrincipalId | null {
    if (/^(?:S-1-\d+(?:-\d+)*|[ug]:\d+)$/iu.test(name)) return canonicalId(name.replace(/^s/u, 'S'));
    const dn = canonicalDn(name);
    const id = this.ids.get(dn);
    if (id != null) return id;
    const foreign = foreignSid(dn);
    if (foreign !== null) return foreign;
    const isNobody = id === undefined && (this.strangers.has(dn) || this.completeParts.has(domainPart(dn) ?? ''));
    return isNobody ? null : `dn:${dn}`;
  }
}
