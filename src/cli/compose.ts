/** Picks the concrete parts of a sweep and of its workers. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { accountsOf, readersBy } from '../access/readers.js';
import { Contents } from '../inventory/contents.js';
import { Entries } from '../inventory/entries.js';
import { History } from '../inventory/history.js';
import { Persons } from '../inventory/persons.js';
import { ReaderSets } from '../inventory/readers.js';
import { Runs } from '../inventory/runs.js';
import type { Store } from '../inventory/store.js';
import { limits, setLimits } from '../limits.js';
import type { Pace } from '../parts.js';
import type { Policy } from '../policy/policy.js';
import { EXAMPLES_ONLY, type FindingWishes } from '../scan/findings.js';
import { Mounts } from '../scan/mounts.js';
import type { Place } from '../scan/place-queue.js';
import type { PoolOptions } from '../scan/pool.js';
import type { WorkerSetup } from '../scan/protocol.js';
import type { Rereading } from '../scan/rereading.js';
import { Sweep } from '../scan/sweep.js';
import { openablePath, showKey } from '../walk/name.js';
import { resolveRoots } from '../walk/roots.js';
import { type PatternsOfSite, type WalkOptions, walk } from '../walk/walk.js';
import { type ComposedAccess, composeAccess } from './compose-access.js';
import { boundsVersion, passwordsVersion, reuseOf } from './parts-version.js';
import { type SiteRoots, waysAbove } from './site-roots.js';

export interface SweepOptions {
  readonly roots: readonly string[];
  readonly policy: Policy;
  readonly key: Uint8Array;
  readonly workers: number;
  readonly asOfMs: number;
  /** To be tried on what is locked: from `--passwords`. */
  readonly passwords?: readonly string[];
  /** Pictures are read by OCR: from `--ocr`. */
  readonly ocr?: boolean;
  /** How much of the server the sweep may take; left out: all there is. */
  readonly pace?: Pace;
  /** Where the roots may lie inside those of the site's configuration. Its patterns then count from there; those of the command line, `patterns`, from the roots. */
  readonly inSite?: { readonly site: SiteRoots; readonly patterns: Pick<PatternsOfSite, 'include' | 'exclude'> } | undefined;
  /** Receives what each pattern left out. */
  readonly excluded: Map<string, number>;
  /** The folder to begin at: where the last run stopped. */
  readonly from?: Place | null;
  /** A root in whose place another one stands is meant so: from `--accept-replaced`. */
  readonly acceptReplaced?: boolean;
  /** Files that are read again though they look unchanged: from `--fresh` and `rereadAfter`. */
  readonly rereads?: Rereading | undefined;
  /** Told now and then how far the sweep has come. */
  reached?(place: Place): void;
  /** Told at once: names of groups in the policy that nobody knows. */
  unknownGroups?(names: readonly string[]): void;
  /** Told before anything is read: how many files are read again because the site's words, or the year, are others than at the last sweep. */
  wordsChanged?(files: number): void;
  /** Given before anything is read; what it says of the policy's rules is known when the sweep has ended. */
  composed?(access: ComposedAccess): void;
  /** For tests: another worker module. */
  readonly workerModule?: string;
  readonly fileTimeMs?: PoolOptions['fileTimeMs'];
}

export interface Inventory {
  readonly store: Store;
  readonly runs: Runs;
  readonly history: History;
  readonly entries: Entries;
  readonly contents: Contents;
  readonly persons: Persons;
  readonly readers: ReaderSets;
}

export function composeInventory(store: Store): Inventory {
  const persons = new Persons(store);
  return {
    store,
    runs: new Runs(store),
    history: new History(store),
    persons,
    entries: new Entries(store),
    contents: new Contents(store, persons),
    readers: new ReaderSets(store),
  };
}

/** Throws UsageError for a missing root or a bad pattern, before anything is read. */
export function composeSweep(inventory: Inventory, options: SweepOptions): Sweep {
  const { policy, key, excluded } = options;
  const { filesPerSecond = null, bytesPerSecond = null, backOff = false } = options.pace ?? {};
  const paced = filesPerSecond !== null || bytesPerSecond !== null;
  const access = composeAccess(
    policy,
    resolveRoots(options.roots).map((root) => root.path),
  );
  if (access.unknownGroups.length > 0) options.unknownGroups?.(access.unknownGroups);
  options.composed?.(access);
  inventory.readers.keepAccounts(accountsOf(access.directory));
  const setup = { ...workerSetup(policy, key, options.asOfMs, EXAMPLES_ONLY, options.passwords, options.ocr), paced, backOff };
  const reuse = reuseOf(inventory, setup);
  return new Sweep({
    ...inventory,
    listings: (lost) => walk(options.roots, { ...patternsOf(options), excluded, from: options.from ?? null, lost }),
    access: access.source,
    pool: poolOptions(setup, options.workers, options),
    partsVersion: reuse.token,
    prepareReuse() {
      const count = reuse.prepare();
      if (count !== null) options.wordsChanged?.(count);
    },
    passwordsVersion: passwordsVersion(setup),
    ocr: setup.ocr !== undefined,
    boundsVersion: boundsVersion(setup),
    readersOf: readersBy(access.directory),
    ownerName: access.ownerName,
    openable: openablePath,
    shown: showKey,
    nowMs: () => Date.now(),
    rereads: options.rereads,
    mounts: new Mounts(inventory.store, options.acceptReplaced === true),
    ...(options.inSite && { above: waysAbove(options.inSite.site, access.source) }),
    ...(options.reached && { reached: options.reached }),
  });
}

function patternsOf({ policy: { include, exclude }, inSite }: SweepOptions): Pick<WalkOptions, 'include' | 'exclude' | 'above'> {
  return inSite ? { ...inSite.patterns, above: inSite.site.forWalk } : { include, exclude };
}

export function workerSetup(
  policy: Policy,
  key: Uint8Array,
  asOfMs: number,
  wishes: FindingWishes,
  passwords: readonly string[] = [],
  ocr = false,
): WorkerSetup {
  // The bounds of memory, time and depth are kept by this process, the others by its workers.
  setLimits(policy.bounds);
  const day = new Date(asOfMs);
  const asOf = { year: day.getFullYear(), month: day.getMonth() + 1, day: day.getDate() };
  return {
    kind: 'setup',
    key,
    site: policy.site,
    asOf,
    wishes,
    passwords,
    bounds: policy.bounds,
    ...(ocr ? { ocr: { sweepEndMs: Date.now() + limits.ocrSweepMsMax } } : {}),
  };
}

export function poolOptions(
  setup: WorkerSetup,
  workers: number,
  odd: Pick<SweepOptions, 'workerModule' | 'fileTimeMs' | 'pace'> = {},
): PoolOptions {
  return {
    workerModule: odd.workerModule ?? fileURLToPath(new URL('./worker-main.js', import.meta.url)),
    workers,
    setup,
    treeBytesMax: Math.max(limits.treeBytesMax, workers * (setup.ocr ? limits.ocrWorkerBytesMin : limits.workerBytesMin)),
    ...(odd.pace ? { pace: odd.pace, priority: odd.pace.priority } : {}),
    ...(odd.fileTimeMs ? { fileTimeMs: odd.fileTimeMs } : {}),
  };
}

/** One worker a core: a file is computed, not waited for. */
export function defaultWorkers(): number {
  return availableParallelism();
}
