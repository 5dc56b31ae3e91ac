/**
 * Accounts, groups and memberships from tables (`Export-Csv`, `ConvertTo-Json`) of Get-ADUser, Get-ADGroup, Get-ADGroupMember, Get-LocalUser,
 * Get-LocalGroup, Get-LocalGroupMember, or written by hand. Columns, in any order and case:
 *
 * - `SID` or `ObjectSID` (required): `S-1-5-21-…`, or the hexadecimal form of csvde (`X'0105…'`).
 * - `SamAccountName` or `Name` (one of them required).
 * - `GroupSID`, or `GroupName` or `Group`: a row with one of these is a membership: the account or group of this row is in that group. The rows
 *   of a group are taken to be all of its members, as Get-ADGroupMember gives them.
 * - `ObjectClass` (`user`, `group`, `computer`, …; groups also in the Japanese of Get-LocalGroup, `グループ`), or `GroupCategory`, or `GroupScope`:
 *   which rows are groups. Without these a row with a `Members` cell is one.
 * - `Enabled` (`True`, `False`), `UserAccountControl` (bit 2: disabled).
 * - `MemberOf`, `Members`, `SIDHistory`: many values in one cell, parted by `;` (`-join ';'`): distinguished names or SIDs.
 * - `DistinguishedName`: what MemberOf and Members name. `PrimaryGroupID` (RID) or `PrimaryGroup` (distinguished name).
 * - `UidNumber`, `GidNumber`: the numbers of the same account or group on Unix.
 *
 * Other columns are passed over. A group whose members no column tells is unresolved, unless its domain is declared complete.
 */
import { limits } from '../../limits.js';
import { FileProblem } from '../../problem.js';
import { type TableRow, tableRows } from '../exports/table-rows.js';
import { type ExportFile, exportFault, tooLong } from '../exports/text-file.js';
import type { DirectoryRecords } from '../known-directory.js';
import { parseSid } from '../nt/descriptor.js';
import { domainOf, gidOf, type PrincipalId, uidOf } from '../principal.js';
import { type LinkedAccount, type LinkedGroup, recordsOf } from './links.js';

const SID_COLUMNS = ['SID', 'ObjectSID'];
const NAME_COLUMNS = ['SamAccountName', 'Name'];
const DISABLED = 0x2;
const SID = /^S-1-\d{1,15}(?:-\d{1,10}){1,15}$/iu;
/** What a list becomes when nobody joins it. */
const UNJOINED = /^(?:Microsoft|System)\.[\w.]+(?:Collection|\[\])/u;

/** @param completeDomains declared so by the operator. Throws UsageError for missing columns, a SID that is none, and lists that were not joined. */
export function readObjectTable(file: ExportFile, completeDomains: readonly string[]): DirectoryRecords {
  const accounts = new Map<PrincipalId, LinkedAccount>();
  const groups = new Map<string, LinkedGroup>();
  const members = new Map<string, { name: string; ids: PrincipalId[] }>();
  for (const row of tableRows(file, [SID_COLUMNS, NAME_COLUMNS])) {
    const object = new ObjectRow(file, row);
    const group = object.text('GroupSID', 'GroupName', 'Group');
    if (group !== '') {
      const told = members.get(group) ?? { name: object.text('GroupName', 'Group') || group, ids: [] };
      told.ids.push(object.sid);
      members.set(group, told);
      if (!object.isGroup() && !accounts.has(object.sid)) accounts.set(object.sid, object.account());
    } else if (object.isGroup()) groups.set(object.sid, object.group(completeDomains));
    else accounts.set(object.sid, object.account());
    if (accounts.size + groups.size > limits.directoryRecordsMax) throw tooLong(file, row.line);
  }
  for (const [key, { name, ids }] of members) {
    const known = groups.get(key) ?? [...groups.values()].find((group) => group.name === key);
    const id = known?.ids[0] ?? (SID.test(key) ? key.toUpperCase() : null);
    // A group that has a name alone stands in no list.
    if (id === null) continue;
    const before: LinkedGroup = known ?? { dn: null, name, ids: [id], members: [], memberOf: [] };
    groups.set(id, { ...before, members: [...before.members, ...ids], isComplete: true });
  }
  return recordsOf({ accounts: [...accounts.values()], groups: [...groups.values()], strangers: [], completeDomains });
}

class ObjectRow {
  readonly sid: PrincipalId;

  constructor(
    private readonly file: ExportFile,
    private readonly row: TableRow,
  ) {
    this.sid = this.sidOf(this.text(...SID_COLUMNS));
  }

  /** The first cell of these columns that is not empty. */
  text(...columns: readonly string[]): string {
    for (const column of columns) {
      const text = this.row.text(column).trim();
      if (text !== '') return text;
    }
    return '';
  }

  isGroup(): boolean {
    const kind = this.text('ObjectClass').toLowerCase();
    if (kind !== '') return kind === 'group' || kind === 'グループ';
    return this.text('GroupCategory', 'GroupScope') !== '' || this.row.texts('Members').length > 0;
  }

  account(): LinkedAccount {
    const domain = domainOf(this.sid);
    const rid = this.number('PrimaryGroupID');
    const uid = this.number('UidNumber');
    const gid = this.number('GidNumber');
    return {
      ...this.named(uid === null ? [] : [uidOf(uid)]),
      groups: [...(rid === null || domain === null ? [] : [`${domain}-${rid}`]), ...(gid === null ? [] : [gidOf(gid)])],
      memberOf: [...this.many('MemberOf'), ...(this.text('PrimaryGroup') === '' ? [] : [this.text('PrimaryGroup')])],
      ...this.disabled(),
      isPerson: !/computer|serviceaccount/iu.test(this.text('ObjectClass')),
    };
  }

  group(completeDomains: readonly string[]): LinkedGroup {
    const gid = this.number('GidNumber');
    return {
      ...this.named(gid === null ? [] : [gidOf(gid)]),
      members: this.many('Members'),
      memberOf: this.many('MemberOf'),
      isComplete: this.row.has('Members') || completeDomains.includes(domainOf(this.sid) ?? ''),
    };
  }

  private named(more: readonly PrincipalId[]): { dn: string | null; name: string; ids: readonly PrincipalId[] } {
    const history = this.many('SIDHistory').map((sid) => this.sidOf(sid));
    return { dn: this.text('DistinguishedName') || null, name: this.text(...NAME_COLUMNS), ids: [this.sid, ...more, ...history] };
  }

  /** Nothing where no column tells it. */
  private disabled(): { isDisabled?: boolean } {
    const enabled = this.text('Enabled');
    const control = this.number('UserAccountControl');
    if (enabled === '' && control === null) return {};
    return { isDisabled: /^(?:false|0)$/iu.test(enabled) || ((control ?? 0) & DISABLED) !== 0 };
  }

  private number(column: string): number | null {
    const text = this.text(column);
    return /^\d{1,10}$/u.test(text) ? Number(text) : null;
  }

  private many(column: string): readonly string[] {
    const values = this.row.texts(column);
    if (values.some((value) => UNJOINED.test(value)))
      throw exportFault(
        this.file,
        this.row.line,
        `列「${column}」に中身がありません。「@{n='${column}';e={$_.${column} -join ';'}}」で書き出し直してください`,
        `the column ${column} holds no values; export it as @{n='${column}';e={$_.${column} -join ';'}}`,
      );
    return values;
  }

  private sidOf(text: string): PrincipalId {
    if (SID.test(text)) return text.toUpperCase();
    const hex = /^X'((?:[\da-f]{2}){8,68})'$/iu.exec(text)?.[1];
    try {
      if (hex !== undefined) return parseSid(Buffer.from(hex, 'hex'), 0, hex.length / 2).sid;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
    }
    throw exportFault(
      this.file,
      this.row.line,
      'SID がないか、SID の形（S-1-5-…）をしていません',
      'the SID is missing, or has not the form of one (S-1-5-…)',
    );
  }
}
