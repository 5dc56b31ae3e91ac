/**
 * The directory of a Windows computer: the accounts and groups that it keeps itself, and, SID by SID as lists name them, what its domain says:
 * a user of the domain is one person. A group of the domain stays unresolved, since only the domain knows its members.
 */
import { type LocalAccounts, type Named, nameLookup, readLocalAccounts, sidLookup, USE_USER } from '../windows/accounts.js';
import type { WindowsLibraries } from '../windows/library.js';
import type { Directory, Standing } from './directory.js';
import { type AccountRecord, createDirectory, type DirectoryRecords } from './known-directory.js';
import { parseSid } from './nt/descriptor.js';
import type { PrincipalId } from './principal.js';

/** Names held at a time; a share names hundreds. */
const HELD_MAX = 50_000;
const NO_RECORDS: DirectoryRecords = { accounts: [], groups: [] };

/** What the lookups of Windows give; tests hand in their own. */
export interface NameService {
  named(sid: Buffer): Named | null;
  sidOf(name: string): Buffer | null;
}

/** @param exported records from elsewhere (an export of the domain), which add to those of this computer. */
export function windowsDirectory(windows: WindowsLibraries, exported: DirectoryRecords = NO_RECORDS): Directory {
  const local = readLocalAccounts(windows);
  const records = typeof local === 'number' ? NO_RECORDS : localRecords(local);
  const together: DirectoryRecords = {
    accounts: [...exported.accounts, ...records.accounts],
    groups: [...exported.groups, ...records.groups],
    completeDomains: [...(exported.completeDomains ?? []), ...(records.completeDomains ?? [])],
  };
  return withNames(createDirectory(together), { named: nameLookup(windows), sidOf: sidLookup(windows) });
}

/** Members of local groups from a domain become accounts where they are users. */
export function localRecords({ machine, isDomainController, accounts, groups }: LocalAccounts): DirectoryRecords {
  const domain = machine === null ? null : sidTextOf(machine);
  const own: AccountRecord[] =
    domain === null ? [] : accounts.map(({ name, rid, isDisabled }) => ({ name, ids: [`${domain}-${rid}`], isDisabled }));
  const known = new Set(own.flatMap(({ ids }) => ids));
  const others = new Map<PrincipalId, AccountRecord>();
  for (const { sid, name, use } of groups.flatMap(({ members }) => members ?? [])) {
    const id = sidTextOf(sid);
    if (use === USE_USER && !known.has(id)) others.set(id, { name: name ?? id, ids: [id] });
  }
  return {
    accounts: [...own, ...others.values()],
    groups: groups.map(({ name, sid, members }) => ({
      name,
      ids: [sidTextOf(sid)],
      members: (members ?? []).map((member) => sidTextOf(member.sid)),
      isComplete: members !== null,
    })),
    // A domain controller has global groups beside these: what is missing here is no orphan there.
    completeDomains: domain === null || isDomainController ? [] : [domain],
  };
}

/** The directory, with the computer's own lookups for what it does not know. Each SID is asked for once. */
export function withNames(directory: Directory, service: NameService): Directory {
  const held = new Map<PrincipalId, Named | null>();
  const named = (id: PrincipalId): Named | null => {
    if (!id.startsWith('S-1-5-21-')) return null;
    let found = held.get(id);
    if (found === undefined) {
      const bytes = sidBytesOf(id);
      found = bytes === null ? null : service.named(bytes);
      if (held.size >= HELD_MAX) held.clear();
      held.set(id, found);
    }
    return found;
  };
  return {
    subjects: directory.subjects,
    persons: directory.persons,
    whoIs(id): Standing {
      const standing = directory.whoIs(id);
      const isUnknown = standing.kind === 'group' && !standing.isResolved && standing.members.size === 0;
      return isUnknown && named(id)?.use === USE_USER ? { kind: 'person' } : standing;
    },
    subjectOf: (id) => directory.subjectOf(id),
    group: (id) => directory.group(id),
    isAdmin: (id) => directory.isAdmin(id),
    nameOf: (id) => directory.nameOf(id) ?? named(id)?.name ?? null,
    groupNamed(name) {
      const known = directory.groupNamed(name);
      if (known !== null) return known;
      const sid = service.sidOf(name);
      return sid === null ? null : sidTextOf(sid);
    },
    accountNamed(name) {
      return directory.accountNamed(name) ?? this.idsNamed('account', name)[0] ?? null;
    },
    idsNamed(sort, name) {
      const known = directory.idsNamed(sort, name);
      const sid = known.length > 0 ? null : service.sidOf(name);
      if (sid === null) return known;
      const id = sidTextOf(sid);
      return (named(id)?.use === USE_USER) === (sort === 'account') ? [id] : [];
    },
  };
}

export function sidTextOf(sid: Buffer): PrincipalId {
  return parseSid(sid, 0, sid.length).sid;
}

/** The binary form (MS-DTYP 2.4.2.2) of `S-1-…`; null for a text that is no SID, or has an authority of more than 32 bits. */
export function sidBytesOf(text: PrincipalId): Buffer | null {
  const numbers = /^S-1-\d{1,10}(?:-\d{1,10}){1,15}$/u.test(text) ? text.split('-').slice(2).map(Number) : null;
  if (numbers === null || numbers.some((number) => number >= 2 ** 32)) return null;
  const [authority, ...parts] = numbers;
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes.writeUIntBE(authority!, 2, 6);
  for (const [i, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + 4 * i);
  return bytes;
}
