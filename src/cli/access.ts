/** `mimawari access`: who can read one file, through which gate, and what would close it. It looks at the file itself, and changes nothing. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { Store } from '../inventory/store.js';
import { UsageError } from '../problem.js';
import { accessJson, renderAccess } from '../report/access.js';
import { findByLook } from '../walk/find-name.js';
import { showKey } from '../walk/name.js';
import { resolveRoots } from '../walk/roots.js';
import { composeInventory } from './compose.js';
import { findFile, isBelow, liveAccess, showPath } from './live-access.js';
import { wantsColor } from './locale.js';
import { addOptions, type Given } from './options.js';
import { writeAll } from './output.js';
import { defaultInventory, isThere } from './paths.js';
import { policyFrom } from './policy-option.js';
import { cliWords } from './words.js';

export function addAccess(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('access').argument('<file>', say.accessFileArgument).description(say.access);
  addOptions(command, ['root', 'inventory', 'policy', 'json', 'lang'], lang);
  command.addHelpText('after', say.accessExamples);
  command.action((file: string, given: Given) => done(access(file, given, lang)));
}

function access(path: string, given: Given, lang: Lang): number {
  const say = cliWords(lang);
  if (path.trim() === '') throw new UsageError(say.emptyName);
  if (!isThere(path) && findByLook(resolve(path)) === null) throw new UsageError(`${path}: ${say.noSuchFile}`);
  const policy = policyFrom({ ...(given.policy === undefined ? {} : { policy: given.policy }) });
  const found = findFile(path);
  if (found === null) throw new UsageError(`${path}: ${say.notAFile}`);
  const { listing, entry } = found;
  const root = rootOf(listing.root, path, given, lang);
  const live = liveAccess(listing, entry, root, policy, Date.now());
  const input = {
    path: showKey(`${listing.root}/${entry.name}`.replace(/^\/\//u, '/')),
    root: showKey(root ?? listing.root),
    shown: showPath,
    ...live,
  };
  writeAll(1, Buffer.from(given.json ? accessJson(input) : renderAccess(input, lang, wantsColor(process.stdout))));
  return 0;
}

/** The folder from which on gates count, what is shared; null when nobody says, and the file's own is taken: a gate too few says more than is so; one too many would hide an open file. */
function rootOf(folder: string, path: string, given: Given, lang: Lang): string | null {
  if (given.root !== undefined) {
    const [root] = resolveRoots([given.root]);
    if (root === undefined || root.only !== null || !isBelow(folder, root.path))
      throw new UsageError(cliWords(lang).notBelow(path, given.root));
    return root.path;
  }
  const inventory = given.inventory ?? defaultInventory();
  if (!isThere(inventory)) {
    if (given.inventory !== undefined) throw new UsageError(cliWords(lang).noInventory(given.inventory));
    return null;
  }
  return sweptRoots(inventory, given.inventory !== undefined).find((root) => isBelow(folder, root)) ?? null;
}

/** In the order of paths, the outer before the inner. The user's own inventory may be in use by a sweep: then it is done without. */
function sweptRoots(inventory: string, mustOpen: boolean): string[] {
  try {
    const store = Store.open(inventory);
    try {
      return composeInventory(store).entries.roots();
    } finally {
      store.close();
    }
  } catch (error) {
    if (mustOpen || !(error instanceof UsageError)) throw error;
    return [];
  }
}
