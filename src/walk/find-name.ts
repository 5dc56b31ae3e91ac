/**
 * Finds what a person means by a path that is not there as it is written, because a name on its way is no valid Unicode (Shift_JIS on an old NAS):
 * by its key, by how the program shows that name, or by what a terminal or shell makes of its bytes. It opens no file.
 */
import { readdirSync } from 'node:fs';
import { parse } from 'node:path';
import { keyOfBytes, keyPathBytes, showKey } from './name.js';

/** The key path of the one file or folder that `path` (absolute) can mean; null when there is none, or more than one. */
export function findByLook(path: string): string | null {
  if (process.platform === 'win32') return null;
  const { root } = parse(path);
  let here = root;
  for (const part of path.slice(root.length).split('/')) {
    if (part === '') continue;
    const name = entryCalled(here, part);
    if (name === null) return null;
    here = here.endsWith('/') ? here + name : `${here}/${name}`;
  }
  return here;
}

function entryCalled(folder: string, name: string): string | null {
  const keys = keysIn(folder);
  const wanted = keyOfBytes(Buffer.from(name));
  if (keys.includes(wanted)) return wanted;
  const odd = keys.filter((key) => keyPathBytes(key) !== null);
  if (odd.includes(name)) return name;
  const shown = odd.filter((key) => showKey(key) === name);
  const found = shown.length > 0 ? shown : odd.filter((key) => keyPathBytes(key)!.toString('utf8') === name);
  return found.length === 1 ? found[0]! : null;
}

function keysIn(folder: string): string[] {
  try {
    return readdirSync(keyPathBytes(folder) ?? folder, { encoding: 'buffer' }).map(keyOfBytes);
  } catch {
    // Whoever asked tells that the path is not there: a folder that can't be listed hides what it holds.
    return [];
  }
}
