/**
 * Who stands behind the SIDs of this server: its accounts (`pdbedit -L -v`) and the groups that are mapped to Unix ones (`net groupmap list`).
 * SID and uid of one person become one record, so that a list may name either.
 */
import type { AccountRecord, GroupRecord } from '../known-directory.js';

/** @param idOf the Unix id of a name; accounts without one are left out. */
export function parsePassdb(text: string, idOf: (name: string) => string | null): AccountRecord[] {
  const records: AccountRecord[] = [];
  for (const block of text.split(/^-+$/m)) {
    const name = /^Unix username:\s+(\S+)/m.exec(block)?.[1];
    const sid = /^User SID:\s+(S-1-[\d-]+)/m.exec(block)?.[1];
    const id = name === undefined ? null : idOf(name);
    if (name !== undefined && sid !== undefined && id !== null) records.push({ name, ids: [id, sid] });
  }
  return records;
}

/** Lines such as `Staff (S-1-5-21-1-2-3-1005) -> staff`; @param idOf the Unix id of a group's name. */
export function parseGroupMap(text: string, idOf: (name: string) => string | null): GroupRecord[] {
  const records: GroupRecord[] = [];
  for (const [, sid, name] of text.matchAll(/\((S-1-[\d-]+)\) -> (.+)$/gm)) {
    const id = idOf(name!.trim());
    if (id !== null) records.push({ name: name!.trim(), ids: [id, sid!] });
  }
  return records;
}
