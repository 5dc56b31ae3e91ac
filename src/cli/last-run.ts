/** What commands that only read the inventory begin with: the last run, judged by the policy and day that were given. */
import type { Lang } from '../../detectors/contract.js';
import { Store } from '../inventory/store.js';
import type { RunInfo } from '../parts.js';
import { type Policy, policyHash } from '../policy/policy.js';
import { UsageError } from '../problem.js';
import { composeInventory, type Inventory } from './compose.js';
import { type Departments, departmentsFrom } from './departments.js';
import { asOfOption, type Given } from './options.js';
import { defaultInventory, isThere } from './paths.js';
import { policyFrom } from './policy-option.js';
import { cliWords } from './words.js';

export interface LastRun {
  readonly inventory: Inventory;
  readonly run: RunInfo;
  readonly policy: Policy;
  readonly departments: Departments;
}

/** @throws UsageError when there is no inventory, or no sweep in it */
export function withLastRun<T>(given: Given, lang: Lang, use: (last: LastRun) => T): T {
  const file = given.inventory ?? defaultInventory();
  const policy = policyFrom(given);
  if (!isThere(file)) throw new UsageError(cliWords(lang).noInventory(file));
  const store = Store.open(file);
  try {
    const inventory = composeInventory(store);
    const last = inventory.runs.last();
    if (!last) throw new UsageError(cliWords(lang).noInventory(file));
    const asOfMs = asOfOption(given.asOf, last.asOfMs);
    const { id, startedMs, version, complete, excluded, roots } = last;
    const times = { startedMs, endedMs: last.endedMs ?? startedMs, asOfMs };
    // How far it came is told by `report`; here it is enough to know that it did not reach its end.
    const run: RunInfo = { id, version, complete, excluded, roots, ...times, policyHash: policyHash(policy), coverage: null };
    return use({ inventory, run, policy, departments: departmentsFrom(given, roots) });
  } finally {
    store.close();
  }
}
