/**
 * The accounts and groups that this host knows, from /etc/passwd and /etc/group. It asks no directory service, so a group that only such a
 * service knows stays unresolved.
 */
import { readFileSync } from 'node:fs';
import type { Directory } from './directory.js';
import { type AccountRecord, createDirectory, type DirectoryRecords, type GroupRecord } from './known-directory.js';
import { GUEST_ID, gidOf, uidOf } from './principal.js';

/** The highest uid of system accounts (login.defs SYS_UID_MAX on Debian and Red Hat). They can read, but are no staff to take a share of. */
const SYSTEM_UID_MAX = 999;

/** What the host's own files say, and where the homes of its accounts lie. */
export interface HostAccounts extends DirectoryRecords {
  /** By the account's name. Those of the system have the top folder or none of their own for a home, so they have none here. */
  readonly homes: ReadonlyMap<string, string>;
}

/** Reads the host's own files. Where there are none (Windows), every group but root's and the guests' is unresolved. */
export function readAccounts(): Directory {
  return createDirectory(readAccountRecords());
}

export function readAccountRecords(): HostAccounts {
  return accountRecords(readAccountFile('/etc/passwd'), readAccountFile('/etc/group'));
}

/** @param passwd text in the form of passwd(5); @param group of group(5). Lines that don't fit, and those of NIS (`+`, `-`), are passed over. */
export function parseAccounts(passwd: string, group: string): Directory {
  return createDirectory(accountRecords(passwd, group));
}

/** The same as records, to which other sources may add. */
export function accountRecords(passwd: string, group: string): HostAccounts {
  const homes = new Map<string, string>();
  for (const [name, , uidText, , , home] of fieldsOf(passwd)) {
    const uid = idOf(uidText) ?? 0;
    if (uid > SYSTEM_UID_MAX && uid !== GUEST_ID && /^\/./.test(home ?? '')) homes.set(name!, home!);
  }
  return { accounts: [...accountsOf(passwd)], groups: [...groupsOf(group)], homes };
}

export function* accountsOf(passwd: string): Generator<AccountRecord> {
  for (const [name, , uidText, gidText] of fieldsOf(passwd)) {
    const uid = idOf(uidText);
    const gid = idOf(gidText);
    if (uid !== null)
      yield { name: name!, ids: [uidOf(uid)], groups: gid === null ? [] : [gidOf(gid)], isPerson: uid > SYSTEM_UID_MAX, login: name! };
  }
}

export function* groupsOf(group: string): Generator<GroupRecord> {
  for (const [name, , gidText, members] of fieldsOf(group)) {
    const gid = idOf(gidText);
    const memberNames = (members ?? '').split(',').map((member) => member.trim());
    if (gid !== null) yield { name: name!, ids: [gidOf(gid)], memberNames: memberNames.filter((member) => member !== '') };
  }
}

function readAccountFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Without these files no group is resolved, and the answers become `unknown`, which is what is known.
    return '';
  }
}

function* fieldsOf(text: string): Generator<string[]> {
  for (const line of text.split('\n')) if (/^[^#+:-]/.test(line)) yield line.trimEnd().split(':');
}

function idOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}
