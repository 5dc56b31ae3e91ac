/** The exports that stand for a scanned folder, read into one index of its paths. Which file speaks of which folder is the operator's word. */
import { basename } from 'node:path';
import { FileProblem } from '../../problem.js';
import { below, bytesText, posixPath, windowsPath } from './export-path.js';
import { readGetAcl } from './get-acl.js';
import { readGetfacl } from './getfacl.js';
import { readIcacls } from './icacls.js';
import { type ExportedList, PathTable } from './path-table.js';
import { type ExportedShare, readSmbShares } from './smb-shares.js';
import { type ExportFile, exportFault, openExport } from './text-file.js';

export type ExportForm = 'getfacl' | 'icacls' | 'get-acl' | 'get-smbshare';

export interface ExportRequest {
  /** The scanned folder, absolute and without links. */
  readonly root: string;
  readonly file: string;
  readonly form: ExportForm;
  /** What the export calls that folder: `D:\共有`, `\\server\共有`, `/srv/share`; for icacls with `\*` at its end when that was given. Null: as `root`. */
  readonly exportedAs: string | null;
  /** The domain that DA, DU, LA and the like of SDDL belong to; null: any. */
  readonly domain: string | null;
}

export interface PlacedShare extends ExportedShare {
  /** Below the scanned folder, where the share begins; '' where it holds the whole folder. */
  readonly at: string;
}

export interface ExportedRoot {
  readonly root: string;
  readonly system: 'posix' | 'windows';
  /** As `Access.source` tells it. */
  readonly source: string;
  /** Names of the files, for reasons. */
  readonly files: string;
  /** Paths below the root; '' is the root itself. */
  readonly index: PathTable;
  readonly shares: readonly PlacedShare[];
  readonly domain: string | null;
  /** What the root was called there, without what icacls was given behind it; null where nobody says. */
  readonly exportedAs: string | null;
}

/** Throws UsageError for a file that can't be read, is of another form, tells nothing of its folder, or goes with another that it can't go with. */
export function loadExports(requests: readonly ExportRequest[]): ExportedRoot[] {
  const roots = new Set(requests.map((request) => request.root));
  return [...roots].map((root) =>
    loadRoot(
      root,
      requests.filter((request) => request.root === root),
    ),
  );
}

function loadRoot(root: string, requests: readonly ExportRequest[]): ExportedRoot {
  const lists = requests.filter((request) => request.form !== 'get-smbshare');
  const [first] = lists;
  const file = openExport((first ?? requests[0]!).file);
  if (first === undefined)
    throw exportFault(
      file,
      null,
      `共有の一覧だけでは判定できません。${root} のファイルの一覧（icacls か get-acl）も「accessFrom」に書いてください`,
      `a list of shares alone decides nothing; add the lists of the files in ${root} (icacls or get-acl) to "accessFrom"`,
    );
  const system = first.form === 'getfacl' ? 'posix' : 'windows';
  if (requests.some((request) => (request.form === 'getfacl') !== (system === 'posix')))
    throw exportFault(
      file,
      null,
      `${root} に、getfacl と Windows の書き出しの両方が指定されています。どちらか一つにしてください`,
      `${root} has exports of both getfacl and Windows; give one kind for it`,
    );
  const index = new PathTable();
  for (const request of lists) addLists(index, request);
  const shares = requests.filter((request) => request.form === 'get-smbshare').flatMap(sharesOf);
  const files = requests.map((request) => basename(request.file)).join(', ');
  const domain = lists.find((one) => one.domain !== null)?.domain ?? null;
  const exportedAs = first.exportedAs?.replace(/(?<=.)[\\/]\*?$/, '') ?? null;
  return { root, system, source: first.form, files, index, shares, domain, exportedAs };
}

function addLists(index: PathTable, request: ExportRequest): void {
  const file = openExport(request.file);
  const folder = folderOf(request);
  let isHere = false;
  let elsewhere: string | null = null;
  try {
    for (const { path, list } of listsOf(file, request.form)) {
      const way = below(folder, path, request.form === 'getfacl' ? '/' : '\\');
      if (way === null) {
        elsewhere ??= path;
        continue;
      }
      isHere = true;
      index.put(way, list);
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    throw exportFault(
      file,
      null,
      'パスが多すぎます。フォルダーごとに分けて書き出してください',
      'holds too many paths; export it folder by folder',
    );
  }
  if (!isHere) throw nothingHere(file, request, folder, elsewhere);
}

function* listsOf(file: ExportFile, form: ExportForm): Generator<ExportedList> {
  if (form === 'getfacl') yield* readGetfacl(file);
  else if (form === 'icacls') yield* readIcacls(file);
  else yield* readGetAcl(file);
}

/** What stands before the names of the folder's files in the export. */
function folderOf({ root, form, exportedAs }: ExportRequest): string {
  const name = exportedAs ?? root;
  if (form === 'getfacl') return posixPath(bytesText(name));
  const path = windowsPath(name);
  if (form !== 'icacls') return path;
  // Names count from the folder above; behind `\*`, and in a drive, from the folder itself.
  if (path.endsWith('\\*') || /^(?:[A-Z]:)?\*?$/.test(path)) return '';
  return path.slice(path.lastIndexOf('\\') + 1);
}

function sharesOf(request: ExportRequest): PlacedShare[] {
  const folder = windowsPath(request.exportedAs ?? request.root);
  return readSmbShares(openExport(request.file)).flatMap((share): PlacedShare[] => {
    if (below(share.path, folder, '\\') !== null) return [{ ...share, at: '' }];
    const at = below(folder, share.path, '\\');
    return at === null ? [] : [{ ...share, at }];
  });
}

function nothingHere(file: ExportFile, { root, form, exportedAs }: ExportRequest, folder: string, elsewhere: string | null): Error {
  const shown = form === 'getfacl' ? Buffer.from(elsewhere ?? '', 'latin1').toString('utf8') : (elsewhere ?? '');
  const example = shown.slice(0, 100);
  return exportFault(
    file,
    null,
    `${root} のファイルが一つもありません。「exportedAs」に、書き出したときのフォルダー名を書いてください（今は「${exportedAs ?? folder}」。ファイルの中のパスの例: ${example}）`,
    `tells nothing of ${root}; write under "exportedAs" what the folder was called there (now "${exportedAs ?? folder}"; a path in the file: ${example})`,
  );
}
