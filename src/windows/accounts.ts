/**
 * The accounts and groups that this computer keeps itself (lmaccess.h), and names of SIDs from wherever Windows finds them. SIDs are handed
 * out as bytes; what they mean is the business of src/access.
 */
import type { Koffi, WindowsLibraries } from './library.js';

export interface LocalAccount {
  readonly name: string;
  readonly rid: number;
  readonly isDisabled: boolean;
}

/** SidTypeUser of SID_NAME_USE (winnt.h); the other uses are groups, domains, computers and what is deleted. */
export const USE_USER = 1;

/** A SID with what Windows knows of it. */
export interface Named {
  readonly sid: Buffer;
  /** `DOMAIN\name`; null for one that is not found. */
  readonly name: string | null;
  /** SID_NAME_USE. */
  readonly use: number;
}

export interface LocalGroup {
  readonly name: string;
  readonly sid: Buffer;
  /** Null when they can't be listed. */
  readonly members: readonly Named[] | null;
}

export interface LocalAccounts {
  /** The SID in front of the RIDs of this computer's own accounts; null when it can't be told. */
  readonly machine: Buffer | null;
  /** A domain controller keeps the domain's accounts, and groups beside those listed here. */
  readonly isDomainController: boolean;
  readonly accounts: readonly LocalAccount[];
  readonly groups: readonly LocalGroup[];
}

const FILTER_NORMAL_ACCOUNT = 2;
const UF_ACCOUNTDISABLE = 0x2;
/** SV_TYPE_DOMAIN_CTRL | SV_TYPE_DOMAIN_BAKCTRL (lmserver.h). */
const DOMAIN_CONTROLLER = 0x18;
const PREFERRED_MAX = 0xffffffff;
/** A computer keeps fewer; a count beyond is none. */
const ENTRIES_MAX = 200_000;
const NAME_CHARS = 512;
/** SECURITY_MAX_SID_SIZE (winnt.h): 15 sub-authorities. */
const SID_BYTES_MAX = 68;

/** The result, or the code of the error of NetUserEnum or NetLocalGroupEnum. Needs no administrator. */
export function readLocalAccounts(windows: WindowsLibraries): LocalAccounts | number {
  const { koffi, netapi32, kernel32 } = windows;
  const resume = 'uint32_t level, _Out_ void **list, uint32_t sizeMax, _Out_ uint32_t *read, _Out_ uint32_t *total, void *resume';
  const userEnum = netapi32.func(
    'uint32_t __stdcall NetUserEnum(str16 server, uint32_t level, uint32_t filter, _Out_ void **list, uint32_t sizeMax, _Out_ uint32_t *read, _Out_ uint32_t *total, void *resume)',
  );
  const groupEnum = netapi32.func(`uint32_t __stdcall NetLocalGroupEnum(str16 server, ${resume})`);
  const getMembers = netapi32.func(`uint32_t __stdcall NetLocalGroupGetMembers(str16 server, str16 group, ${resume})`);
  const serverInfo = netapi32.func('uint32_t __stdcall NetServerGetInfo(str16 server, uint32_t level, _Out_ void **info)');
  const computerName = kernel32.func('int __stdcall GetComputerNameW(void *name, _Inout_ uint32_t *chars)');
  const sidOf = sidLookup(windows);

  /** All entries of a list; or the code of the error. */
  const listed = <T>(ask: (list: [unknown], read: [number]) => number, decode: (list: unknown, count: number) => T[]): T[] | number =>
    released(windows, (list) => {
      const read: [number] = [0];
      const code = ask(list, read);
      return code !== 0 ? code : read[0] === 0 ? [] : decode(list[0], Math.min(read[0], ENTRIES_MAX));
    });

  const accounts = listed(
    (list, read) => userEnum(null, 20, FILTER_NORMAL_ACCOUNT, list, PREFERRED_MAX, read, [0], null),
    (list, count) => decodeUsers(koffi, list, count),
  );
  if (typeof accounts === 'number') return accounts;
  const names = listed(
    (list, read) => groupEnum(null, 0, list, PREFERRED_MAX, read, [0], null),
    (list, count) => (koffi.decode(list, koffi.array('str16', count)) as (string | null)[]).filter((name) => name !== null),
  );
  if (typeof names === 'number') return names;
  const groups: LocalGroup[] = [];
  for (const name of names) {
    const sid = sidOf(name);
    if (sid === null) continue;
    const members = listed(
      (list, read) => getMembers(null, name, 2, list, PREFERRED_MAX, read, [0], null),
      (list, count) => decodeMembers(koffi, list, count),
    );
    groups.push({ name, sid, members: typeof members === 'number' ? null : members });
  }
  const type = released(windows, (info) =>
    serverInfo(null, 101, info) !== 0 || info[0] === null ? null : (koffi.decode(info[0], serverType(koffi)) as { type: number }).type,
  );
  const own = Buffer.alloc(2 * NAME_CHARS);
  const chars: [number] = [NAME_CHARS];
  const machine = computerName(own, chars) === 0 ? null : sidOf(own.toString('utf16le', 0, 2 * chars[0]));
  return { machine, isDomainController: type === null || (type & DOMAIN_CONTROLLER) !== 0, accounts, groups };
}

function released<T>({ netapi32 }: WindowsLibraries, use: (list: [unknown]) => T): T {
  const free = netapi32.func('uint32_t __stdcall NetApiBufferFree(void *list)');
  const list: [unknown] = [null];
  try {
    return use(list);
  } finally {
    if (list[0] !== null) free(list[0]);
  }
}

/** USER_INFO_20. */
export function userInfo(koffi: Koffi) {
  return koffi.struct({ name: 'str16', fullName: 'str16', comment: 'str16', flags: 'uint32_t', rid: 'uint32_t' });
}

export function decodeUsers(koffi: Koffi, list: unknown, count: number): LocalAccount[] {
  const infos = koffi.decode(list, koffi.array(userInfo(koffi), count)) as { name: string | null; flags: number; rid: number }[];
  return infos.map(({ name, flags, rid }) => ({ name: name ?? '', rid, isDisabled: (flags & UF_ACCOUNTDISABLE) !== 0 }));
}

/** LOCALGROUP_MEMBERS_INFO_2. */
export function memberInfo(koffi: Koffi) {
  return koffi.struct({ sid: 'void *', use: 'int', name: 'str16' });
}

export function decodeMembers(koffi: Koffi, list: unknown, count: number): Named[] {
  const infos = koffi.decode(list, koffi.array(memberInfo(koffi), count)) as { sid: unknown; name: string | null; use: number }[];
  return infos.filter(({ sid }) => sid !== null).map(({ sid, name, use }) => ({ sid: sidAt(koffi, sid), name, use }));
}

/** SERVER_INFO_101. */
function serverType(koffi: Koffi) {
  return koffi.struct({ platform: 'uint32_t', name: 'str16', major: 'uint32_t', minor: 'uint32_t', type: 'uint32_t', comment: 'str16' });
}

/** MS-DTYP 2.4.2: the second byte counts the sub-authorities. */
function sidAt(koffi: Koffi, pointer: unknown): Buffer {
  const bytes = (length: number) => Buffer.from(koffi.decode(pointer, koffi.array('uint8_t', length, 'Typed')) as Uint8Array);
  return bytes(Math.min(8 + 4 * bytes(2)[1]!, SID_BYTES_MAX));
}

/** The SID of an account or group by name (`name`, `DOMAIN\name`); null for one that Windows doesn't find. May ask a domain controller. */
export function sidLookup({ advapi32 }: WindowsLibraries): (name: string) => Buffer | null {
  const lookup = advapi32.func(
    'int __stdcall LookupAccountNameW(str16 server, str16 name, void *sid, _Inout_ uint32_t *sidBytes, void *domain, _Inout_ uint32_t *domainChars, _Out_ int *use)',
  );
  return (name) => {
    const sid = Buffer.alloc(SID_BYTES_MAX);
    const found = lookup(null, name, sid, [sid.length], Buffer.alloc(2 * NAME_CHARS), [NAME_CHARS], [0]) !== 0;
    return found ? Buffer.from(sid.subarray(0, 8 + 4 * sid[1]!)) : null;
  };
}

/** What Windows knows of a SID; null for one that it doesn't find. May ask a domain controller, which takes seconds for one that is gone. */
export function nameLookup({ advapi32 }: WindowsLibraries): (sid: Buffer) => Named | null {
  const lookup = advapi32.func(
    'int __stdcall LookupAccountSidW(str16 server, void *sid, void *name, _Inout_ uint32_t *chars, void *domain, _Inout_ uint32_t *domainChars, _Out_ int *use)',
  );
  const name = Buffer.alloc(2 * NAME_CHARS);
  const domain = Buffer.alloc(2 * NAME_CHARS);
  return (sid) => {
    const chars: [number] = [NAME_CHARS];
    const domainChars: [number] = [NAME_CHARS];
    const use: [number] = [0];
    if (lookup(null, sid, name, chars, domain, domainChars, use) === 0) return null;
    const text = (from: Buffer, length: number) => from.toString('utf16le', 0, 2 * length);
    const prefix = text(domain, domainChars[0]);
    return { sid, name: `${prefix === '' ? '' : `${prefix}\\`}${text(name, chars[0])}`, use: use[0] };
  };
}
