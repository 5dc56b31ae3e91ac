/** The inventory that a sweep works with: opened, looked at, and put aside for a new one when it is found to be damaged, also in the middle of the sweep. */
import type { Lang } from '../../detectors/contract.js';
import { isDamageMet } from '../inventory/opening-failure.js';
import { beginAnew, type Lost, openForSweep } from '../inventory/recovery.js';
import { composeInventory, type Inventory } from './compose.js';
import type { Given } from './options.js';
import { writeAll } from './output.js';
import { makeFolderFor } from './paths.js';
import { singleTargets } from './targets.js';
import { cliWords } from './words.js';

/**
 * `sweep` is run a second time, with a new inventory, when it meets a damaged page: it has then read nothing in vain but what it read again. Not with a
 * report on standard output, of which a part may be written already: then the next sweep begins anew (src/cli/main.ts leaves the mark for it).
 * `sweep` is told what was lost, because a night's log may be read by nobody.
 */
export async function withSweepInventory<T>(
  file: string,
  given: Given,
  lang: Lang,
  sweep: (inventory: Inventory, lost: Lost | null) => Promise<T>,
): Promise<T> {
  makeFolderFor(file);
  const openedMs = Date.now();
  let { store, lost } = openForSweep(file, openedMs);
  if (lost) tellLost(file, lost, lang);
  try {
    return await sweep(composeInventory(store), lost);
  } catch (error) {
    if (!isDamageMet(error) || singleTargets(given).some((target) => target.file === '-')) throw error;
    ({ store, lost } = beginAnew(store, openedMs));
    tellLost(file, lost, lang);
    return await sweep(composeInventory(store), lost);
  } finally {
    store.close();
  }
}

function tellLost(file: string, lost: Lost, lang: Lang): void {
  writeAll(2, Buffer.from(`mimawari: ${cliWords(lang).putAside(file, lost)}\n`));
}
