/**
 * Whether what a configuration names is there and may be used: the half of its check that looks at files. Its faults stand in one list with those of the text, each
 * at its line, so that an administrator mends all of them in one go.
 */
import { join, resolve } from 'node:path';
import type { Lang } from '../../detectors/contract.js';
import type { FaultAt, PolicyFaults } from '../policy/policy-nodes.js';
import type { SiteReading } from '../policy/site-file.js';
import { placeAt, WRITTEN } from '../policy/site-places.js';
import { type Told, UsageError } from '../problem.js';
import type { Given } from './options.js';
import { assertCouldWrite } from './output.js';
import { passwordsFrom } from './passwords-option.js';
import { isThere, readKey, refuseBelowRoots } from './paths.js';
import { configurationRead, policyFileRead, withSettings } from './policy-option.js';
import { isAwayNow, rootsOf } from './scan-roots.js';
import { readSigner } from './signing.js';
import { keptFiles } from './targets.js';

export interface PlaceFault extends FaultAt {
  /** The file or folder as the configuration means it. */
  readonly place: string;
  /** A root that can't be reached at the moment: not a fault as long as another one can. */
  readonly isAway?: boolean;
}

/**
 * Throws UsageError with all faults of the configuration, and of the policy beside it. `folders`: those of the command line, which stand in place of its roots;
 * `names`: the options that the command takes from it.
 */
export function assertConfigured(given: Given, folders: readonly string[], names: readonly (keyof Given)[], lang: Lang): void {
  const told: Told[] = [];
  const collect = (check: () => void): void => {
    try {
      check();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      told.push(error.told);
    }
  };
  const { config } = given;
  if (config !== undefined)
    collect(() => {
      const reading = configurationRead(config);
      const found = placeFaults(reading, given, folders, names, lang);
      const isAnyThere = reading.site.roots.length > found.filter(({ isAway }) => isAway).length;
      const isFaulty = reading.faults.count > 0 || found.some(({ isAway }) => !isAway);
      reading.faults.throwIfAny(isAnyThere && !isFaulty ? [] : found);
    });
  if (given.policy !== undefined) collect(() => policyFileRead(given.policy!).faults.throwIfAny());
  if (told.length > 0) throw new UsageError({ ja: told.map(({ ja }) => ja).join('\n'), en: told.map(({ en }) => en).join('\n') });
}

/** One line a fault of the text, in one language. */
export function faultsOf(faults: PolicyFaults, lang: Lang): string[] {
  try {
    faults.throwIfAny();
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.told[lang].split('\n');
    throw error;
  }
}

/** What is wrong with the places that a configuration names, as far as the command uses them. Leaves nothing behind. */
export function placeFaults(
  { site, policy, faults }: SiteReading,
  given: Given,
  folders: readonly string[],
  names: readonly (keyof Given)[],
  lang: Lang,
): PlaceFault[] {
  if (faults.isBroken) return [];
  const found: PlaceFault[] = [];
  const look = (path: FaultAt['path'], place: string, check: () => void, isAway?: () => boolean): void => {
    // One fault a value is enough.
    if (!faults.isSound(...path)) return;
    try {
      check();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      found.push({ path, place, told: error.told, ...(isAway?.() && { isAway: true }) });
    }
  };
  const taken = withSettings(given, site, names);
  const isTaken = (name: keyof Given): boolean => given[name] === undefined && taken[name] !== undefined && names.includes(name);
  const kept = keptOf(taken);
  if (folders.length === 0)
    for (const [at, root] of site.roots.entries())
      look(
        ['roots', faults.soundItems('roots')[at] ?? 0],
        root,
        () => rootsOf([root], lang),
        () => isAwayNow(root),
      );
  const faulty = found.flatMap(({ place, isAway }) => (isAway ? [] : [place]));
  const roots = (folders.length > 0 ? folders : site.roots).filter((root) => !faulty.includes(root)).map((root) => resolve(root));
  for (const path of WRITTEN) {
    const name = path.at(-1) as 'inventory' | 'key' | 'csv' | 'jsonl' | 'xlsx' | 'html' | 'byDepartment' | 'prometheus';
    // With the day in its name.
    const place = taken[name];
    if (!isTaken(name) || placeAt(site, path) === null || place === undefined) continue;
    const file = name === 'byDepartment' ? join(place, 'manifest.json') : place;
    look(path, place, () => {
      refuseBelowRoots(file, name === 'inventory' || name === 'key' ? name : 'report', roots);
      // One that exists is only read: as a systemd credential it lies where nothing can be written.
      if (name === 'key' && isThere(file)) readKey(file, false);
      else
        assertCouldWrite(
          file,
          kept.filter((own) => own !== file || path[0] === 'outputs'),
        );
    });
  }
  if (isTaken('passwords')) look(['passwords'], taken.passwords!, () => passwordsFrom(taken));
  if (isTaken('sign')) look(['outputs', 'sign'], taken.sign!, () => readSigner(taken.sign!));
  if (given.policy !== undefined) return found;
  for (const key of ['directory', 'accessFrom'] as const)
    for (const [at, { file }] of policy[key].entries())
      if (file !== null && faults.isSound(key)) look([key, at, 'file'], file, () => assertThere(file));
  const { smbConf } = policy;
  if (smbConf !== null) look(['smbConf'], smbConf, () => assertThere(smbConf));
  return found;
}

/** None for a user without a home who names no inventory: that is told when it is opened. */
function keptOf(given: Given): string[] {
  try {
    return keptFiles(given);
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

function assertThere(file: string): void {
  if (!isThere(file)) throw new UsageError({ ja: `${file}: そのようなファイルはありません`, en: `${file}: no such file` });
}
