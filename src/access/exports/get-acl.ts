/**
 * What `Get-ChildItem -Recurse | Get-Acl | Select-Object Path,Sddl` gives, through ConvertTo-Json or Export-Csv. Columns: `Path` or `PSPath` (with
 * `Microsoft.PowerShell.Core\FileSystem::` before it or without), and `Sddl`; others are passed over.
 */
import { windowsPath } from './export-path.js';
import type { ExportedList } from './path-table.js';
import { tableRows } from './table-rows.js';
import { type ExportFile, exportFault } from './text-file.js';

const PATH_COLUMNS = ['Path', 'PSPath'];
const NO_SDDL = { reason: 'its list is empty in the export' };

/** Throws UsageError for missing columns, and for paths whose letters were lost on the way (`?`). */
export function* readGetAcl(file: ExportFile): Generator<ExportedList> {
  for (const row of tableRows(file, [PATH_COLUMNS, ['Sddl']])) {
    const path = row.text(PATH_COLUMNS.find((column) => row.text(column) !== '') ?? 'Path');
    if (path.replace(/^(?:[\w.\\]*::)?\\\\\?\\/u, '').includes('?'))
      throw exportFault(
        file,
        row.line,
        'パスの文字が「?」になっています。「-Encoding UTF8」を付けて書き出し直してください',
        'letters of this path have become "?"; export it again with -Encoding UTF8',
      );
    const list = row.text('Sddl').trim();
    if (path !== '') yield { path: windowsPath(path), list: list === '' ? NO_SDDL : list };
  }
}
