/** The accounts and groups of a site out of the files that a policy names. */
import { accountsOf, groupsOf, readAccountRecords } from '../accounts.js';
import { cutHere, type ExportFile, exportFault, linesOf, openExport } from '../exports/text-file.js';
import type { AccountRecord, DirectoryRecords, GroupRecord } from '../known-directory.js';
import { readLdif } from './ldap-records.js';
import { mergeRecords } from './merge.js';
import { readObjectTable } from './object-table.js';

/** `host`: this host's own files; `passwd`, `group`: what `getent passwd` and `getent group` print; `table`: object-table.ts. */
export type DirectoryForm = 'host' | 'passwd' | 'group' | 'ldif' | 'table';

export interface DirectoryRequest {
  readonly form: DirectoryForm;
  /** Null for `host`. */
  readonly file: string | null;
  /** SIDs of domains all of whose accounts and groups are in the file; `unix`: a group without members in a `group` file has none. */
  readonly complete: readonly string[];
}

/** The word for the numbers of Unix among complete domains. */
export const UNIX = 'unix';

/** @param byName accounts of one name are one person (merge.ts). Throws UsageError with file and line. */
export function loadRecords(requests: readonly DirectoryRequest[], byName: boolean): DirectoryRecords {
  return mergeRecords(requests.map(recordsOf), byName);
}

function recordsOf({ form, file, complete }: DirectoryRequest): DirectoryRecords {
  if (form === 'host' || file === null) {
    const { accounts, groups } = readAccountRecords();
    return { accounts: accounts.map(usable), groups };
  }
  const domains = complete.filter((domain) => domain !== UNIX);
  const opened = openExport(file);
  if (form === 'ldif') return readLdif(opened, domains);
  if (form === 'table') return readObjectTable(opened, domains);
  const lines = accountLines(opened, form);
  if (form === 'passwd') return { accounts: [...accountsOf(lines)].map(usable), groups: [], completeDomains: domains };
  return { accounts: [], groups: [...groupsOf(lines)].map((group) => whole(group, complete)), completeDomains: domains };
}

/** Whoever has an entry on the server may be let in there, whatever another directory says of the account. */
function usable(account: AccountRecord): AccountRecord {
  return { ...account, isDisabled: false };
}

/**
 * A directory service that doesn't list members (winbind without `winbind expand groups`) prints every group as empty: that says nothing. The
 * members that accounts have as their primary group are known all the same.
 */
function whole(group: GroupRecord, complete: readonly string[]): GroupRecord {
  return (group.memberNames ?? []).length > 0 || complete.includes(UNIX) ? group : { ...group, isComplete: false };
}

/** Checked line by line, since lines that don't fit are passed over by the reader. */
function accountLines(file: ExportFile, form: 'passwd' | 'group'): string {
  const fields = form === 'passwd' ? 7 : 4;
  const lines: string[] = [];
  for (const { text, number, isWhole } of linesOf(file)) {
    if (!isWhole) throw cutHere(file, number);
    if (/^(?:[#+-].*|\s*)$/su.test(text)) continue;
    const parts = text.split(':');
    if (parts.length !== fields || !/^\d{1,10}$/u.test(parts[2]!) || (form === 'passwd' && !/^\d{1,10}$/u.test(parts[3]!)))
      throw exportFault(
        file,
        number,
        `getent ${form} の行（「:」で区切った ${fields} 項目）ではありません。書き出しが途中で切れていないか確かめてください`,
        `is no line of getent ${form} (${fields} fields between ":"); see whether the export ran to its end`,
      );
    lines.push(text);
  }
  if (lines.length === 0) throw exportFault(file, null, '中身がありません', 'is empty');
  return lines.join('\n');
}
