/**
 * Accounts and groups of a directory service from LDIF. Attributes that are read:
 * Active Directory — objectSid, sIDHistory, objectClass, sAMAccountName, sAMAccountType, userAccountControl, primaryGroupID, member, memberOf;
 * RFC 2307 and Samba — uid, uidNumber, gidNumber, memberUid, uniqueMember, sambaSID, nsAccountLock. Others are passed over.
 *
 * For Active Directory: `ldifde -f ad.ldf -r "(|(objectClass=user)(objectClass=group))" -l
 * objectSid,sIDHistory,member,primaryGroupID,sAMAccountName,sAMAccountType,objectClass,userAccountControl`. An account outside of the export whose
 * primary group is one of its groups is not seen, unless the whole domain is exported and declared complete.
 */
import { limits } from '../../limits.js';
import { FileProblem } from '../../problem.js';
import { type ExportFile, exportFault, tooLong } from '../exports/text-file.js';
import type { DirectoryRecords } from '../known-directory.js';
import { parseSid } from '../nt/descriptor.js';
import { domainOf, gidOf, type PrincipalId, uidOf } from '../principal.js';
import { canonicalDn } from './dn.js';
import { type LdapEntry, type LdapValue, ldifEntries } from './ldif.js';
import { type LinkedAccount, type LinkedGroup, recordsOf } from './links.js';

/** userAccountControl (MS-ADTS 2.2.16): ACCOUNTDISABLE; trust accounts of domains, workstations, servers. */
const DISABLED = 0x2;
const TRUST = 0x800 | 0x1000 | 0x2000;
/** sAMAccountType (MS-SAMR 2.2.1.9). */
const GROUP_TYPES = new Set(['268435456', '268435457', '536870912', '536870913']);
const MACHINE_TYPE = '805306369';
const GROUP_CLASSES = new Set(['group', 'posixgroup', 'groupofnames', 'groupofuniquenames', 'sambagroupmapping']);
const SERVICE_CLASSES = new Set(['computer', 'msds-managedserviceaccount', 'msds-groupmanagedserviceaccount']);
/** Nobody logs on with these. */
const STRANGER_CLASSES = new Set(['contact', 'publicfolder']);
const MEMBER_ATTRIBUTES = ['member', 'uniquemember'];

/**
 * @param completeDomains declared so by the operator.
 * Throws UsageError for a file without accounts or groups, without the attributes that tell ids, members or primary groups, and past
 * `limits.directoryRecordsMax`.
 */
export function readLdif(file: ExportFile, completeDomains: readonly string[]): DirectoryRecords {
  const accounts: LinkedAccount[] = [];
  const groups: LinkedGroup[] = [];
  const strangers: string[] = [];
  const seen = new Set<string>();
  for (const written of ldifEntries(file)) {
    const entry = new Entry(file, written);
    for (const name of entry.names()) seen.add(name);
    if (entry.isStranger()) strangers.push(written.dn);
    else if (entry.isGroup()) groups.push(groupOf(entry));
    else if (entry.isAccount()) accounts.push(accountOf(entry));
    if (accounts.length + groups.length > limits.directoryRecordsMax) throw tooLong(file, written.line);
  }
  checkAttributes(file, accounts, groups, seen);
  const tellsMembers = [...MEMBER_ATTRIBUTES, 'memberuid'].some((name) => seen.has(name));
  const isComplete = ({ ids }: LinkedGroup): boolean => tellsMembers || ids.some((id) => completeDomains.includes(domainOf(id) ?? ''));
  // Groups that are told at the accounts alone may have other accounts too.
  const told = mergedRanges(groups).map((group) => (isComplete(group) ? group : { ...group, isComplete: false }));
  return recordsOf({ accounts, groups: told, strangers, completeDomains });
}

class Entry {
  private readonly values = new Map<string, LdapValue[]>();
  private readonly ranges: string[] = [];

  constructor(
    private readonly file: ExportFile,
    private readonly written: LdapEntry,
  ) {
    for (const { name, options, value } of written.attributes) {
      const values = this.values.get(name) ?? [];
      values.push(value);
      this.values.set(name, values);
      if (MEMBER_ATTRIBUTES.includes(name)) this.ranges.push(...options.filter((option) => option.startsWith('range=')));
    }
  }

  get dn(): string {
    return this.written.dn;
  }

  names(): Iterable<string> {
    return this.values.keys();
  }

  texts(name: string): string[] {
    return (this.values.get(name) ?? []).map((value) => value.text);
  }

  text(name: string): string | null {
    return this.values.get(name)?.[0]?.text ?? null;
  }

  number(name: string): number | null {
    const text = this.text(name);
    return text !== null && /^-?\d{1,10}$/u.test(text) ? Number(text) : null;
  }

  has(classes: ReadonlySet<string>): boolean {
    return this.texts('objectclass').some((name) => classes.has(name.toLowerCase()));
  }

  isStranger(): boolean {
    return this.has(STRANGER_CLASSES);
  }

  isGroup(): boolean {
    return this.has(GROUP_CLASSES) || GROUP_TYPES.has(this.text('samaccounttype') ?? '') || this.values.has('grouptype');
  }

  isAccount(): boolean {
    return (
      this.values.has('samaccountname') || this.values.has('uid') || this.values.has('uidnumber') || this.values.has('useraccountcontrol')
    );
  }

  /** Whether members may be missing: the server gave a range of them, or the file ends here. */
  isCut(): boolean {
    return !this.written.isWhole || (this.ranges.length > 0 && !this.ranges.some((range) => range.endsWith('-*')));
  }

  /** Its SIDs, the present one first. */
  sids(): PrincipalId[] {
    return ['objectsid', 'sambasid', 'sidhistory'].flatMap((name) => (this.values.get(name) ?? []).map((value) => this.sidOf(value)));
  }

  private sidOf({ text, bytes }: LdapValue): PrincipalId {
    if (/^S-1-\d+(?:-\d+){1,15}$/iu.test(text)) return text.toUpperCase();
    try {
      return parseSid(bytes ?? Buffer.from(text, 'latin1'), 0, bytes?.length ?? text.length).sid;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      throw exportFault(
        this.file,
        this.written.line,
        'SID（objectSid）が壊れています。書き出し直してください',
        'its SID (objectSid) is damaged; export it again',
      );
    }
  }
}

function nameOf(entry: Entry): string {
  return entry.text('samaccountname') ?? entry.text('uid') ?? entry.text('cn') ?? /^[^=]+=([^,]*)/u.exec(entry.dn)?.[1] ?? entry.dn;
}

function accountOf(entry: Entry): LinkedAccount {
  const sids = entry.sids();
  const uid = entry.number('uidnumber');
  const control = entry.number('useraccountcontrol');
  const isLocked = entry.text('nsaccountlock')?.toLowerCase() === 'true';
  const primary = [entry.number('primarygroupid'), entry.number('gidnumber')];
  const domain = domainOf(sids[0] ?? '');
  return {
    dn: entry.dn,
    name: nameOf(entry),
    ids: idsOr(entry, [...sids.slice(0, 1), ...(uid === null ? [] : [uidOf(uid)]), ...sids.slice(1)]),
    groups: [
      ...(primary[0] === null || primary[0] === undefined || domain === null ? [] : [`${domain}-${primary[0]}`]),
      ...(primary[1] === null || primary[1] === undefined ? [] : [gidOf(primary[1])]),
    ],
    memberOf: entry.texts('memberof'),
    ...(control === null && !isLocked ? {} : { isDisabled: isLocked || ((control ?? 0) & DISABLED) !== 0 }),
    isPerson: ((control ?? 0) & TRUST) === 0 && entry.text('samaccounttype') !== MACHINE_TYPE && !entry.has(SERVICE_CLASSES),
  };
}

function groupOf(entry: Entry): LinkedGroup {
  const gid = entry.number('gidnumber');
  return {
    dn: entry.dn,
    name: nameOf(entry),
    ids: idsOr(entry, [...entry.sids(), ...(gid === null ? [] : [gidOf(gid)])]),
    members: MEMBER_ATTRIBUTES.flatMap((name) => entry.texts(name)),
    memberNames: entry.texts('memberuid'),
    memberOf: entry.texts('memberof'),
    isComplete: !entry.isCut(),
  };
}

/** An entry without any id can be in groups and hold members, and stands in no access list. */
function idsOr(entry: Entry, ids: readonly PrincipalId[]): readonly PrincipalId[] {
  return ids.length > 0 ? ids : [`dn:${canonicalDn(entry.dn)}`];
}

/** A large group may come as several entries, each with a range of its members; the last range tells that all are there. */
function mergedRanges(groups: readonly LinkedGroup[]): LinkedGroup[] {
  const byId = new Map<string, LinkedGroup>();
  for (const group of groups) {
    const before = byId.get(group.ids[0]!);
    const members = [...(before?.members ?? []), ...group.members];
    byId.set(group.ids[0]!, { ...group, members, isComplete: before?.isComplete === true || group.isComplete === true });
  }
  return [...byId.values()];
}

function checkAttributes(
  file: ExportFile,
  accounts: readonly LinkedAccount[],
  groups: readonly LinkedGroup[],
  seen: ReadonlySet<string>,
): void {
  const has = (...names: string[]): boolean => names.some((name) => seen.has(name));
  const missing = [
    ...(has('objectsid', 'sambasid', 'uidnumber', 'gidnumber') ? [] : ['objectSid']),
    ...(groups.length === 0 || has('member', 'uniquemember', 'memberuid', 'memberof') ? [] : ['member']),
    // Who has a group as his primary one doesn't stand among its members.
    ...(accounts.length === 0 || !has('objectsid') || has('primarygroupid') ? [] : ['primaryGroupID']),
  ];
  if (accounts.length + groups.length === 0)
    throw exportFault(
      file,
      null,
      'アカウントもグループもありません。ldifde か ldapsearch の結果を指定してください',
      'holds neither accounts nor groups; give what ldifde or ldapsearch wrote',
    );
  if (missing.length > 0)
    throw exportFault(
      file,
      null,
      `属性 ${missing.join('、')} がありません。ldifde の -l（ldapsearch では末尾）にこの属性を加えて書き出し直してください`,
      `the attribute ${missing.join(', ')} is missing; add it to -l of ldifde (the end of ldapsearch) and export again`,
    );
}
