/**
 * What `icacls ROOT /save FILE /t` writes: UTF-16LE without a mark, CR LF, two lines a file: its name, relative to the folder above ROOT, and its
 * list in SDDL. No owner and no system list; its closing message goes to the console, never into the file.
 */
import { windowsPath } from './export-path.js';
import type { ExportedList } from './path-table.js';
import { type ExportFile, exportFault, type Line, linesOf } from './text-file.js';

/** The beginning of a DACL. A name can't look like it: `:` occurs in no name, and no flag is `\`. */
const LIST = /^D:(?:NO_ACCESS_CONTROL|P|AR|AI)*\s*(?:\(|$|S:)/;
const CUT = { reason: 'the export is cut here' };
const NO_LINE = { reason: 'its line with a list is missing in the export' };

/**
 * Strictly in pairs: a name that no list follows has none (`icacls /c` goes on behind errors), and the reading goes on with the next name.
 * Throws UsageError when the first pair is none, which means another form.
 */
export function* readIcacls(file: ExportFile): Generator<ExportedList> {
  let name: Line | null = null;
  let pairs = 0;
  for (const line of linesOf(file)) {
    if (name === null) {
      name = line;
      continue;
    }
    if (LIST.test(line.text)) {
      // A list that lost its last entries would look closed.
      yield { path: windowsPath(name.text), list: line.isWhole ? line.text : CUT };
      name = null;
      pairs++;
      continue;
    }
    if (pairs === 0 && line.number > FIRST_PAIR_LINES) break;
    if (name.text !== '') yield { path: windowsPath(name.text), list: NO_LINE };
    name = line;
  }
  if (pairs === 0)
    throw exportFault(
      file,
      null,
      'icacls の保存ファイルではありません。「icacls フォルダー /save ファイル /t /c」の結果を指定してください',
      'is not what icacls saved; give the file of "icacls FOLDER /save FILE /t /c"',
    );
  if (name !== null && name.text !== '') yield { path: windowsPath(name.text), list: NO_LINE };
}

/** Lines in which at least one pair must stand. */
const FIRST_PAIR_LINES = 100;
