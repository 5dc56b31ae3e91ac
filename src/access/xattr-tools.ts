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

/** A line for each attribute of an entry, a line end before and behind it; or the errno for all of them. */
type Attributes = string | number;

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
      return typeof attributes === 'number' ? attributes : (valueIn(attributes, name) ?? ENODATA);
    },
    list(path) {
      const attributes = attributesOf(path, null);
      return typeof attributes === 'number' ? attributes : [...attributes.matchAll(/^[^=\n]+/gm)].map(([name]) => unescaped(name));
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
  const complaints = answer.stderr.toString('utf8');
  // What is neither in the answer nor in the complaints has no attributes; a failure without a word may be about any of them.
  for (const path of paths) all.set(path, answer.status !== 0 && complaints === '' ? EACCES : '');
  // Names that are no Unicode come out broken: nobody asks for them.
  for (const block of answer.stdout.toString('utf8').split('\n\n')) {
    const head = block.indexOf('# file: ');
    const end = block.indexOf('\n', head);
    if (head >= 0 && end >= 0) all.set(unescaped(block.slice(head + '# file: '.length, end)), `${block.slice(end)}\n`);
  }
  for (const line of complaints.split('\n')) {
    const [, path, why] = /^(?:getfattr: )?(\/.*): ([^:]+)$/.exec(line) ?? [];
    if (path === undefined) continue;
    const asked = which[0] === '-n' && path.endsWith(`: ${which[1]}`) ? path.slice(0, -which[1]!.length - 2) : path;
    all.set(unescaped(asked), why === 'No such attribute' ? '' : why === 'Operation not supported' ? ENOTSUP : EACCES);
  }
  return all;
}

/** Null for one that is not there. An empty value is written without a sign. */
function valueIn(attributes: string, name: string): Buffer | null {
  const at = attributes.indexOf(`\n${name}=0s`);
  if (at < 0) return attributes.includes(`\n${name}\n`) ? Buffer.alloc(0) : null;
  const begin = at + name.length + 4;
  return Buffer.from(attributes.slice(begin, attributes.indexOf('\n', begin)), 'base64');
}

/** What would be misread in a name is written as `\` and three octal digits. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
