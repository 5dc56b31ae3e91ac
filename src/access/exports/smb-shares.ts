/**
 * What `Get-SmbShare | Select-Object Name,Path,SecurityDescriptor,Special` gives, through ConvertTo-Json or Export-Csv: which folders are shared, and
 * whom each share lets in. Shares of administration (`C$`, `ADMIN$`; `Special`) let nobody else in and are left out.
 */
import { windowsPath } from './export-path.js';
import { tableRows } from './table-rows.js';
import type { ExportFile } from './text-file.js';

export interface ExportedShare {
  readonly name: string;
  /** In the form of windowsPath. */
  readonly path: string;
  /** SDDL; null where the export has none. */
  readonly sddl: string | null;
}

const ADMINISTRATIVE = /^(?:[A-Z]|ADMIN|IPC|PRINT|FAX)\$$/i;

/** Columns: `Name`, `Path`, `SecurityDescriptor`; `Special` when it is there. Throws UsageError for missing ones. */
export function readSmbShares(file: ExportFile): ExportedShare[] {
  const shares: ExportedShare[] = [];
  for (const row of tableRows(file, [['Name'], ['Path'], ['SecurityDescriptor']])) {
    const name = row.text('Name');
    const path = row.text('Path');
    if (path === '' || ADMINISTRATIVE.test(name) || /^true$/i.test(row.text('Special'))) continue;
    const sddl = row.text('SecurityDescriptor').trim();
    shares.push({ name, path: windowsPath(path), sddl: sddl === '' ? null : sddl });
  }
  return shares;
}
