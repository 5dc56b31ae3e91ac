/** Where the program would keep its own files: outside of the roots, writable, with room, the key apart from the inventory. Leaves nothing behind. */
import { accessSync, constants, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Lang } from '../../../detectors/contract.js';
import { parseMountTypes } from '../../access/mounts.js';
import { schemaOfFile } from '../../inventory/migrate.js';
import { hasLostItsHead } from '../../inventory/ours.js';
import { isDamaged } from '../../inventory/recovery.js';
import { type Told, UsageError } from '../../problem.js';
import { causeJa, codeOf, isThere, refusalOf, refuseBelowRoots } from '../paths.js';
import { bytesText } from './figures.js';
import type { Line } from './line.js';
import { doctorWords, type OwnPlace, type Said } from './words.js';

/** An inventory of a million files with five million persons stays below 1 GB; half as much again for what is being written. */
const INVENTORY_BYTES_PER_FILE = 1_500;
const INVENTORY_BYTES_MIN = 64 * 1024 * 1024;
/** Locks of SQLite are not to be trusted there (sqlite.org/howtocorrupt.html, 2.1). */
const NETWORK = /^(?:cifs|smb3|smbfs|nfs|nfs4|afs|9p|fuse\.sshfs)$/u;

export type OwnFiles = Readonly<Partial<Record<OwnPlace, string>>> & { readonly inventory: string; readonly key: string };

/** `files`: how many the roots hold, for the room that the inventory needs. */
export function lookAtPlaces(own: OwnFiles, roots: readonly string[], files: number, lang: Lang): Line[] {
  const say = doctorWords(lang);
  const lines: Line[] = [];
  const add = (place: string, check: string, mark: Line['mark'], { text, todo }: Said, effect?: Line['effect']): void => {
    lines.push({ check, mark, place, text, ...(todo === undefined ? {} : { todo }), ...(effect ? { effect } : {}) });
  };
  for (const what of ['inventory', 'key', 'csv', 'jsonl', 'prometheus'] as const) {
    const file = own[what];
    if (file === undefined) continue;
    const root = rootAbove(file, roots);
    if (root !== null) {
      add(file, what, 'bad', say.belowRoot(what, root), 'cannot-run');
      continue;
    }
    const folder = existingFolder(dirname(resolve(file)));
    // A key that exists is only read: as a systemd credential it lies where nothing can be written.
    const isKey = what === 'key' && isThere(file);
    const cause = isKey ? refusal(file, constants.R_OK) : refusalOf(file);
    if (cause !== null) add(file, what, 'bad', say.unwritable(what, lang === 'ja' ? causeJa(cause) : cause), 'cannot-run');
    const unusable = what === 'inventory' && cause === null ? whyUnusable(file) : null;
    if (unusable !== null) add(file, what, 'bad', say.inventoryUnusable(unusable[lang].replace(`${file}: `, '')), 'cannot-run');
    else if (cause === null && !isKey)
      add(file, what, 'ok', say.place(what, bytesText(freeBytes(folder)), folder !== dirname(resolve(file))));
    if (what === 'inventory') lookAtInventory(file, folder, files, say, (...rest) => add(file, what, ...rest));
  }
  lookAtKey(own, say, (...rest) => add(own.key, 'key', ...rest));
  return lines;
}

type Add = (mark: Line['mark'], said: Said, effect?: Line['effect']) => void;

function lookAtInventory(file: string, folder: string, files: number, say: ReturnType<typeof doctorWords>, add: Add): void {
  const needed = Math.max(INVENTORY_BYTES_MIN, files * INVENTORY_BYTES_PER_FILE);
  const free = freeBytes(folder);
  if (free < needed) add('warn', say.lowSpace(bytesText(free), bytesText(needed)), 'cannot-run');
  const type = typeOf(folder);
  if (type !== null && NETWORK.test(type)) add('warn', say.onNetwork(type));
  // A folder of that name is told as a place that can't be written.
  if (!isThere(file) || statSync(file).isDirectory() || whyUnusable(file) !== null) return;
  const schema = hasLostItsHead(file) ? 'damaged' : schemaOfFile(file);
  if (schema === 'older') add('ok', say.inventoryOlder);
  if (schema === 'damaged' || (schema === 'current' && isDamaged(file))) add('warn', say.inventoryDamaged);
}

/** Why no sweep would take the file that is there for its inventory, nor put it aside; null when one would. */
function whyUnusable(file: string): Told | null {
  try {
    if (isThere(file) && !hasLostItsHead(file)) schemaOfFile(file);
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.told;
  }
}

function lookAtKey({ inventory, key }: OwnFiles, say: ReturnType<typeof doctorWords>, add: Add): void {
  if (!isThere(key)) {
    if (isThere(inventory)) add('bad', say.keyMissing, 'cannot-run');
  } else if (process.platform !== 'win32' && (statSync(key).mode & 0o077) !== 0) add('warn', say.keyOpen);
  if (dirname(resolve(key)) === dirname(resolve(inventory))) add('warn', say.keyBeside);
}

function rootAbove(file: string, roots: readonly string[]): string | null {
  for (const root of roots) {
    try {
      refuseBelowRoots(file, 'report', [root]);
    } catch {
      return root;
    }
  }
  return null;
}

/** The deepest folder on the way that exists: what is missing below it would be made. */
function existingFolder(path: string): string {
  for (let folder = path; ; folder = dirname(folder)) {
    if (refusal(folder, constants.F_OK) === null || dirname(folder) === folder) return folder;
  }
}

function refusal(path: string, mode: number): string | null {
  try {
    accessSync(path, mode);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function typeOf(folder: string): string | null {
  try {
    return parseMountTypes(readFileSync('/proc/self/mountinfo', 'utf8')).get(statSync(join(folder, '.')).dev) ?? null;
  } catch {
    return null;
  }
}
