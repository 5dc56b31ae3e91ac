/**
 * One folder: its names, sorted, each looked at once without following links. A name that vanishes or can't be looked at stays in the list
 * with its problem.
 */
import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import type { Entry, EntrySort, FileStat, Problem } from '../model.js';
import { type AttributeReader, attributeReader, isOtherLink, isPlaceholder, type Marks } from '../windows/attributes.js';
import { errnoOf, hintsAtLostRoot, problemCodeOf } from './errno.js';
import { bytesOfKey, isDoubtful, keyOfBytes, keyPathBytes, sortKeys } from './name.js';

export interface FolderContent {
  readonly entries: Entry[];
  readonly problem: Problem | null;
  /** Something was missing or failed in a way that a lost share would explain. */
  readonly hintsAtLostRoot: boolean;
}

// The type bits of st_mode (POSIX sys/stat.h; the same values on all systems that Node runs on).
const TYPE_MASK = 0o170000;
const TYPE_SORTS = new Map<number, EntrySort>([
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'link'],
]);

/**
 * @param path the folder, as `fs` can open it
 * @param expected what the folder was when its parent was listed: another one in its place (a link set there meanwhile) is not listed
 * @param only the names to look at, without listing the folder; null for all
 */
export function listFolder(path: string | Buffer, expected: FileStat, only: ReadonlySet<string> | null): FolderContent {
  let keys: string[];
  try {
    keys = only === null ? readKeys(path) : sortKeys([...only]);
    const now = lstatSync(path);
    if (now.dev !== expected.dev || now.ino !== expected.ino) return failed('changing', 'another folder took its place', false);
  } catch (error) {
    const errno = errnoOf(error);
    return failed(problemCodeOf(errno), `${errno} when listing`, hintsAtLostRoot(errno));
  }
  const content = lookAtEach(path, keys);
  const reader = process.platform === 'win32' ? attributeReader() : null;
  return reader === null ? content : { ...content, entries: withMarks(content.entries, marksIn(reader, path, only)) };
}

/** Marks by name: one listing for a folder, a look at each for single names. */
function marksIn(reader: AttributeReader, folder: string | Buffer, only: ReadonlySet<string> | null): (name: string) => Marks | null {
  const all = only === null ? reader.inFolder(folder) : null;
  return (name) => all?.get(name) ?? reader.of(join(folder, name));
}

/** What lies on tape or in a cloud is told and never opened, which would fetch it; links that Node does not know as such are links. */
export function withMarks(entries: readonly Entry[], marksOf: (name: string) => Marks | null): Entry[] {
  return entries.map((entry) => {
    if (entry.problem !== null || (entry.sort !== 'file' && entry.sort !== 'folder')) return entry;
    const marks = marksOf(entry.name);
    if (marks === null) return entry;
    if (isOtherLink(marks)) return { ...entry, sort: 'link' };
    if (!isPlaceholder(marks)) return entry;
    return { ...entry, problem: { stage: 'walk', code: 'offline', detail: 'a placeholder: its content is not stored here' } };
  });
}

function failed(code: Problem['code'], detail: string, hints: boolean): FolderContent {
  return { entries: [], problem: { stage: 'walk', code, detail }, hintsAtLostRoot: hints };
}

function readKeys(path: string | Buffer): string[] {
  const names = readdirSync(path, 'utf8');
  if (!names.some(isDoubtful)) return sortKeys(names);
  return sortKeys(readdirSync(path, 'buffer').map(keyOfBytes));
}

function lookAtEach(folder: string | Buffer, keys: readonly string[]): FolderContent {
  const entries: Entry[] = [];
  let hints = false;
  let sorts: ReadonlyMap<string, EntrySort> | null = null;
  for (const key of keys) {
    try {
      const stat = lstatSync(join(folder, key), { throwIfNoEntry: false });
      if (stat !== undefined) {
        entries.push({ name: key, sort: sortOf(stat), stat: statOf(stat), problem: null });
        continue;
      }
      hints = true;
      entries.push(lost(key, 'file', 'gone', 'vanished while its folder was listed'));
    } catch (error) {
      const errno = errnoOf(error);
      hints ||= hintsAtLostRoot(errno);
      // A folder that may be listed but not entered still tells which of its names are folders.
      sorts ??= readSorts(folder);
      entries.push(lost(key, sorts.get(key) ?? 'file', problemCodeOf(errno), `${errno} when looking at it`));
    }
  }
  return { entries, problem: null, hintsAtLostRoot: hints };
}

function lost(name: string, sort: EntrySort, code: Problem['code'], detail: string): Entry {
  return { name, sort, stat: null, problem: { stage: 'walk', code, detail } };
}

function join(folder: string | Buffer, key: string): string | Buffer {
  if (typeof folder === 'string' && keyPathBytes(key) === null) return folder.endsWith('/') ? folder + key : `${folder}/${key}`;
  return Buffer.concat([Buffer.from(folder), Buffer.from('/'), bytesOfKey(key)]);
}

function sortOf(stat: Stats): EntrySort {
  return TYPE_SORTS.get(stat.mode & TYPE_MASK) ?? 'special';
}

/** Also used for the roots. */
export function statOf(stat: Stats): FileStat {
  return {
    dev: stat.dev,
    ino: stat.ino,
    mode: stat.mode,
    nlink: stat.nlink,
    uid: stat.uid,
    gid: stat.gid,
    sizeBytes: stat.size,
    modifiedMs: stat.mtimeMs,
    changedMs: stat.ctimeMs,
    accessedMs: stat.atimeMs,
    bornMs: stat.birthtimeMs,
  };
}

function readSorts(folder: string | Buffer): ReadonlyMap<string, EntrySort> {
  try {
    return new Map(
      readdirSync(folder, { encoding: 'buffer', withFileTypes: true }).map((entry) => [keyOfBytes(entry.name), direntSort(entry)]),
    );
  } catch {
    // Without the types every name is taken for a file, which is the more careful answer.
    return new Map();
  }
}

function direntSort(entry: Dirent<Buffer>): EntrySort {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'special';
}
