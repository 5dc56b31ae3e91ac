/** Whether content that was examined earlier may be reused: one short text, from the versions that the build wrote and from what a sweep is set to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_SITE_WORDS } from '../../detectors/contract.js';
import { PARTS_FILE } from '../lexicon/names.js';
import { dataFolder } from '../lexicon/open.js';
import { type GoneBy, goneBy, seal, touchedBy, unseal } from '../scan/changed-words.js';
import { KeyedHash } from '../scan/keyed-hash.js';
import type { WorkerSetup } from '../scan/protocol.js';
import type { Inventory } from './compose.js';

/** What an inventory keeps of the last sweep's parts and words. `token` stands in the states of entries that were examined by them. */
interface Kept {
  readonly parts: string;
  readonly token: string;
  readonly serial: number;
  /** A sealed GoneBy. */
  readonly goneBy: string;
}

export interface Reuse {
  /** Stands in the state of every entry whose content was examined by these parts and words, or would come out the same. */
  readonly token: string;
  /** Makes the inventory fit for it; gives how many files are to be read again because words or the year are others, null where they are not. */
  prepare(): number | null;
}

const SETTING = 'examinedBy';

/**
 * What of earlier sweeps may be reused: nothing after a change of the program's parts; after one of the site's words, or of the year that ages are judged
 * in, all but the files that it can touch.
 * @throws Error when the program was never built.
 */
export function reuseOf({ store, entries }: Inventory, { key, site, asOf }: WorkerSetup): Reuse {
  const hash = new KeyedHash(key);
  const partsText = readFileSync(join(dataFolder(), PARTS_FILE), 'utf8');
  const parts = hash.hex(partsText);
  const now = goneBy(site, asOf.year, key);
  const kept = readKept(store.setting(SETTING), key);
  const isSame = kept?.parts === parts;
  const serial = kept === null ? 0 : isSame ? kept.serial : kept.serial + 1;
  // The first one is as versions without sketches made it, so that they need not read everything again.
  const token = isSame ? kept.token : hash.hex(JSON.stringify([partsText, site, asOf.year, ...(serial > 0 ? [serial] : [])]));
  return {
    token,
    prepare() {
      const touched = isSame ? touchedBy(kept.last, now, key) : null;
      const count = touched === null ? null : entries.unsettleTouched(touched);
      if (!isSame) entries.forgetEqual();
      if (!isSame || touched !== null)
        store.keepSetting(SETTING, JSON.stringify({ parts, token, serial, goneBy: seal(now, key) } satisfies Kept));
      store.commit();
      return count;
    },
  };
}

function readKept(text: string | null, key: Uint8Array): (Kept & { readonly last: GoneBy }) | null {
  if (text === null) return null;
  const kept = JSON.parse(text) as Kept;
  const last = unseal(kept.goneBy, key);
  // Of another key or damaged: nothing is known, so nothing is reused.
  return last === null ? { ...kept, parts: '', last: goneBy(NO_SITE_WORDS, 0, key) } : { ...kept, last };
}

/** Changes with the passwords that are tried, whatever their order: only what is locked has then to be read again. */
export function passwordsVersion({ key, passwords }: WorkerSetup): string {
  return new KeyedHash(key).hex(JSON.stringify([...passwords].sort()));
}

/** Changes with the bounds that differ from the program's own: only what had met one has then to be read again. */
export function boundsVersion({ bounds }: WorkerSetup): string {
  return JSON.stringify(Object.entries(bounds).sort(([a], [b]) => (a < b ? -1 : 1)));
}
