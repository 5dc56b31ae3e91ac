/**
 * Extended attributes by `getfattr`, where no native library can be loaded: one process for the entries of a folder, which are asked for one
 * after the other anyway. It gives the same bytes as the kernel's calls, so nothing else has to know.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunTool } from './tools.js';
import { EACCES, ENODATA, ENOTSUP, type Xattrs } from './xattr.js';

/** Folders whose answers are held: those on the way down, and some more. */
const FOLDERS_HELD_MAX = 64;
/** Bytes of names in one call; the kernel gives arguments and environment a quarter of the stack, 2 MB (execve(2)). */
const ARGUMENT_BYTES_MAX = 512 * 1024;

/** Attributes of an entry by name; or the errno for all of them. */
type Attributes = ReadonlyMap<string, Buffer> | number;

/** Attributes that the SMB client hands out but does not list, so that they have to be asked for by name. */
const UNLISTED = /^system\.(?:cifs|smb3)_/;

/** Null where the program is not there. Paths that are no Unicode can't be asked for: they give EACCES, so that nothing is taken for open or closed. */
export function toolXattrs(run: RunTool): Xattrs | null {
  if (run('getfattr', ['--version'])?.status !== 0) return null;
  const held = new Map<string, Map<string, Attributes>>();
  const attributesOf = (path: string | Buffer, name: string | null): Attributes => {
    if (typeof path !== 'string') return EACCES;
    const which = name === null ? ['-d', '-m', '-'] : ['-n', name];
    const key = `${name ?? ''}\0${dirname(path)}`;
    const folder = held.get(key) ?? readFolder(dirname(path), which, run);
    // The one asked for last goes last.
    if (!held.delete(key) && held.size >= FOLDERS_HELD_MAX) held.delete(held.keys().next().value!);
    held.set(key, folder);
    return folder.get(path) ?? readAll([path], which, run).get(path) ?? EACCES;
  };
  return {
    get(path, name) {
      const attributes = attributesOf(path, UNLISTED.test(name) ? name : null);
      return typeof attributes === 'number' ? attributes : (attributes.get(name) ?? ENODATA);
    },
    list(path) {
      const attributes = attributesOf(path, null);
      return typeof attributes === 'number' ? attributes : [...attributes.keys()];
    },
  };
}

function readFolder(path: string, which: readonly string[], run: RunTool): Map<string, Attributes> {
  const all = new Map<string, Attributes>();
  let batch: string[] = [];
  let bytes = 0;
  const flush = (): void => {
    for (const [name, attributes] of readAll(batch, which, run)) all.set(name, attributes);
    batch = [];
    bytes = 0;
  };
  for (const name of namesIn(path)) {
    const entry = join(path, name);
    batch.push(entry);
    bytes += Buffer.byteLength(entry) + 9;
    if (bytes > ARGUMENT_BYTES_MAX) flush();
  }
  if (batch.length > 0) flush();
  return all;
}

/** None where the folder can't be listed: each entry is asked for alone then. */
function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function readAll(paths: readonly string[], which: readonly string[], run: RunTool): Map<string, Attributes> {
  const answer = run('getfattr', ['-h', ...which, '-e', 'base64', '--absolute-names', '--', ...paths]);
  const all = new Map<string, Attributes>();
  if (answer === null || answer.status === null) return all;
  const complaints = answer.stderr.toString('latin1');
  // What is neither in the answer nor in the complaints has no attributes; a failure without a word may be about any of them.
  for (const path of paths) all.set(path, answer.status !== 0 && complaints === '' ? EACCES : NONE);
  for (const block of answer.stdout.toString('latin1').split('\n\n')) {
    const [head, ...lines] = block.trimStart().split('\n');
    if (head?.startsWith('# file: ') === true) all.set(unescaped(head.slice('# file: '.length)), attributesIn(lines));
  }
  for (const line of complaints.split('\n')) {
    const [, path, why] = /^(?:getfattr: )?(\/.*): ([^:]+)$/.exec(line) ?? [];
    if (path === undefined) continue;
    const asked = which[0] === '-n' && path.endsWith(`: ${which[1]}`) ? path.slice(0, -which[1]!.length - 2) : path;
    all.set(unescaped(asked), why === 'No such attribute' ? NONE : why === 'Operation not supported' ? ENOTSUP : EACCES);
  }
  return all;
}

const NONE: ReadonlyMap<string, Buffer> = new Map();

function attributesIn(lines: readonly string[]): ReadonlyMap<string, Buffer> {
  const attributes = new Map<string, Buffer>();
  for (const line of lines) {
    // An empty value is written without a sign.
    const [, name, value] = /^([^=]+)(?:=(?:0s)?(.*))?$/.exec(line) ?? [];
    if (name !== undefined) attributes.set(unescaped(name), Buffer.from(value ?? '', 'base64'));
  }
  return attributes;
}

/** Names are written as bytes, and those that would be misread as `\` and three octal digits. */
function unescaped(text: string): string {
  const bytes = text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
