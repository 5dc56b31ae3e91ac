/** Whether content that was examined earlier may be reused: one short text, from the versions that the build wrote and from what a sweep is set to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTS_FILE } from '../lexicon/names.js';
import { dataFolder } from '../lexicon/open.js';
import { KeyedHash } from '../scan/keyed-hash.js';
import type { WorkerSetup } from '../scan/protocol.js';

/**
 * Changes whenever equal bytes may give another content: with a part of the program, the site's own words, or the year that ages are judged in.
 * Keyed, because a site's known values are among what it is made of.
 * @throws Error when the program was never built.
 */
export function partsVersion({ key, site, asOf }: WorkerSetup): string {
  const parts = readFileSync(join(dataFolder(), PARTS_FILE), 'utf8');
  return new KeyedHash(key).hex(JSON.stringify([parts, site, asOf.year]));
}

/** Changes with the passwords that are tried, whatever their order: only what is locked has then to be read again. */
export function passwordsVersion({ key, passwords }: WorkerSetup): string {
  return new KeyedHash(key).hex(JSON.stringify([...passwords].sort()));
}

/** Changes with the bounds that differ from the program's own: only what had met one has then to be read again. */
export function boundsVersion({ bounds }: WorkerSetup): string {
  return JSON.stringify(Object.entries(bounds).sort(([a], [b]) => (a < b ? -1 : 1)));
}
