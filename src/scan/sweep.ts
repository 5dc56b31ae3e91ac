/**
 * The line: walk → access → (unchanged? keep : examine) → keep. Branching lives here; the parts it calls do one thing.
 * Verdicts are not its business: they are judged from what it keeps, whenever a report is made.
 */
import { basename } from 'node:path';
import pLimit from 'p-limit';
import { type Contents, NO_CONTENT } from '../inventory/contents.js';
import type { Entries, EntryFacts, KnownEntry } from '../inventory/entries.js';
import { packContent, withPersons } from '../inventory/packed.js';
import type { Persons } from '../inventory/persons.js';
import type { ReaderSets } from '../inventory/readers.js';
import type { Store } from '../inventory/store.js';
import { limits } from '../limits.js';
import type { Access, Entry, Listing, PersonChunk, Problem, Readers } from '../model.js';
import type { AccessSource } from '../parts.js';
import { RootProblem } from '../problem.js';
import { contentUnopened, FactsOfEntries } from './entry-facts.js';
import { Pool, type PoolOptions } from './pool.js';
import type { Done, Job } from './protocol.js';
import { SecondGo } from './second-go.js';
import { contentOf, isFolderState, RETRIED, stateOf, UNSETTLED } from './state.js';
import { type Step, Trail } from './trail.js';

export interface SweepParts {
  readonly listings: Iterable<Listing>;
  readonly access: AccessSource;
  readonly store: Store;
  readonly entries: Entries;
  readonly contents: Contents;
  readonly persons: Persons;
  readonly readers: ReaderSets;
  readonly pool: PoolOptions;
  /** Changes whenever the same bytes may give another content. */
  readonly partsVersion: string;
  /** Changes whenever other passwords are tried on what is locked. */
  readonly passwordsVersion: string;
  /** Whether this sweep reads pictures by OCR. */
  readonly ocr: boolean;
  readersOf(access: Access): Readers;
  ownerName(uid: number): string | null;
  openable(root: string, key: string): string | Buffer;
  /** A key path as a person reads it. */
  shown(key: string): string;
  nowMs(): number;
}

export interface SweepProgress {
  folders: number;
  entries: number;
  reused: number;
  examined: number;
  toExamine: number;
  /** Files whose access time the system moved when they were read. */
  accessTimesMoved: number;
}

export type SweepEnd = 'complete' | 'interrupted' | 'time-limit';

interface Pending {
  readonly folder: number;
  readonly facts: EntryFacts;
  token: number | null;
  readonly job: Job;
}

/** The event loop gets a turn at least this often: workers' answers come in there. */
const TURN_MS = 15;

export class Sweep {
  readonly progress: SweepProgress = { folders: 0, entries: 0, reused: 0, examined: 0, toExamine: 0, accessTimesMoved: 0 };
  /** Roots that were walked as such: one inside another is part of that other. */
  readonly walkedRoots = new Set<string>();
  private readonly pool: Pool;
  private readonly limit;
  private readonly facts: FactsOfEntries;
  private readonly inFlight = new Set<Promise<void>>();
  private readonly pending = new Map<number, Pending>();
  private batch: Job[] = [];
  private batchBytes = 0;
  private nextJob = 1;
  /** Whether any folder differed from what was known: else there is nothing to clear away. */
  private changed = false;
  private readonly vanished: Done[] = [];
  private readonly secondGo = new SecondGo();
  private closed = false;
  private stopped: SweepEnd | null = null;
  private failure: Error | null = null;
  private wake: () => void = () => {};

  constructor(private readonly parts: SweepParts) {
    this.pool = new Pool(parts.pool, {
      persons: (id, run, seq, ids) => this.orFail(() => this.keepPersons(id, run, seq, ids)),
      done: (done) => this.orFail(() => this.keep(done)),
      restart: (id) => this.orFail(() => this.forgetPersons(id)),
      broken: (detail) => this.fail(new Error(`the readers do not start: ${detail.trim().slice(0, 500)}`)),
    });
    this.facts = new FactsOfEntries(parts);
    // Two batches for each worker: one in hand, one to go on with.
    this.limit = pLimit(parts.pool.workers * 2);
  }

  /** Ends the sweep early; what was examined so far is kept. */
  stop(why: 'interrupted' | 'time-limit'): void {
    this.stopped ??= why;
    this.wake();
  }

  /** Throws RootProblem when a root is lost; everything examined until then is kept. */
  async run(): Promise<SweepEnd> {
    try {
      this.parts.entries.unsettleLocked(this.parts.passwordsVersion);
      this.parts.entries.unsettlePictures(this.parts.ocr);
      await this.walk();
      if (!this.stopped) await this.drain();
      if (!this.stopped && !this.failure) await this.readAgain();
      if (!this.stopped && !this.failure) for (const done of this.vanished) this.keep(done, true);
      if (this.failure) throw this.failure;
    } finally {
      this.closed = true;
      this.pool.close();
      if (!this.failure) this.parts.store.commit();
    }
    if (!this.stopped && this.changed) this.parts.contents.removeOrphans();
    this.parts.store.commit();
    return this.stopped ?? 'complete';
  }

  private async walk(): Promise<void> {
    const trail = new Trail(
      this.parts.access,
      (parent, name) => this.parts.entries.visitFolder(parent, name),
      (root, key) => this.parts.openable(root, key),
    );
    let turnMs = performance.now();
    for (const listing of this.parts.listings) {
      this.walkedRoots.add(listing.root);
      const step = trail.enter(listing);
      await this.folder(listing, step);
      if (performance.now() - turnMs > TURN_MS) {
        await nextTurn();
        turnMs = performance.now();
        this.parts.store.commitWhenDue(turnMs);
      }
      if (this.stopped || this.failure) return;
    }
    await this.flush();
  }

  private async folder(listing: Listing, step: Step): Promise<void> {
    this.progress.folders++;
    if (listing.problem) return this.unreadFolder(listing, step, listing.problem);
    this.progress.entries += listing.entries.length;
    const accesses = listing.entries.map((entry) => this.facts.access(listing, entry, step.gate));
    const states = listing.entries.map((entry, i) => stateOf(entry, accesses[i]!, this.parts.partsVersion));
    const known = this.parts.entries.stateText(step.id);
    if (known === listing.entries.map((entry, i) => `${entry.name}/${states[i]}`).join('/')) {
      this.progress.reused += listing.entries.length;
      return;
    }
    await this.changedFolder(listing, step, accesses, states);
  }

  private async changedFolder(
    listing: Listing,
    step: Step,
    accesses: readonly (number | null)[],
    states: readonly string[],
  ): Promise<void> {
    this.changed = true;
    const known = this.parts.entries.known(step.id);
    for (const [i, entry] of listing.entries.entries()) {
      const before = known.get(entry.name);
      known.delete(entry.name);
      const state = states[i]!;
      if (before?.state === state) {
        this.progress.reused++;
        continue;
      }
      await this.changedEntry(listing, step, this.facts.of(entry, state, accesses[i]!), entry, before);
      if (this.stopped || this.failure) return;
    }
    for (const name of known.keys()) this.parts.entries.markGone(step.id, name, this.parts.nowMs());
  }

  private async changedEntry(listing: Listing, step: Step, facts: EntryFacts, entry: Entry, before: KnownEntry | undefined): Promise<void> {
    const { entries } = this.parts;
    // A folder that has become a file or a link takes with it what lay in it.
    if (before && entry.sort !== 'folder' && isFolderState(before.state)) entries.markBelowGone(step.id, entry.name, this.parts.nowMs());
    if (entry.problem || entry.sort !== 'file') {
      const content = contentUnopened(entry);
      entries.put(step.id, facts, content ? this.parts.contents.keep(packContent(content), null) : NO_CONTENT);
      return;
    }
    if (before && before.outcome !== null && contentOf(before.state) === contentOf(facts.state)) {
      this.progress.reused++;
      entries.put(step.id, facts, before);
      return;
    }
    await this.offer(listing, step, facts, entry);
  }

  private unreadFolder(listing: Listing, step: Step, problem: Problem): void {
    if (!step.parent) throw new RootProblem(listing.root, problem.code);
    this.parts.entries.markUnread(step.id);
    const name = listing.folder.slice(listing.folder.lastIndexOf('/') + 1);
    const entry: Entry = { name, sort: 'folder', stat: { ...listing.stat, sizeBytes: 0 }, problem };
    this.parts.entries.put(
      step.parent.id,
      this.facts.of(entry, UNSETTLED, null),
      this.parts.contents.keep(packContent(contentUnopened(entry)!), null),
    );
  }

  /** Puts a file into the present batch; waits while enough is in flight. */
  private async offer(listing: Listing, step: Step, facts: EntryFacts, entry: Entry): Promise<void> {
    const id = this.nextJob++;
    const key = listing.folder === '' ? entry.name : `${listing.folder}/${entry.name}`;
    const { dev, ino, sizeBytes, modifiedMs } = entry.stat!;
    const expected = { dev, ino, sizeBytes, modifiedMs };
    const path = this.parts.openable(listing.root, key);
    // The root's own name is part of what a person reads.
    const shown = `${this.parts.shown(basename(listing.root))}/${this.parts.shown(key)}`;
    const job: Job = { id, path, shown, name: this.parts.shown(entry.name), expected, sizeBytes };
    this.pending.set(id, { folder: step.id, facts, token: null, job });
    this.progress.toExamine++;
    await this.enlist(job);
  }

  private async enlist(job: Job): Promise<void> {
    this.batch.push(job);
    this.batchBytes += job.sizeBytes;
    if (this.batch.length >= limits.batchFilesMax || this.batchBytes >= limits.batchBytesMax) await this.flush();
  }

  private async flush(): Promise<void> {
    if (this.batch.length === 0) return;
    const jobs = this.batch;
    this.batch = [];
    this.batchBytes = 0;
    while (this.inFlight.size >= this.limit.concurrency && !this.stopped && !this.failure) await this.anyDone();
    if (this.stopped || this.failure) return;
    const run = this.limit(() => this.pool.run(jobs)).then(() => {
      this.inFlight.delete(run);
      this.wake();
    });
    this.inFlight.add(run);
  }

  private async drain(): Promise<void> {
    while (this.inFlight.size > 0 && !this.stopped && !this.failure) await this.anyDone();
  }

  /** Files that were in use when their turn came. */
  private async readAgain(): Promise<void> {
    const { jobs, waitMs } = this.secondGo.release(performance.now());
    if (waitMs > 0) await Promise.race([new Promise((resolve) => setTimeout(resolve, waitMs)), this.anyDone()]);
    for (const job of jobs) {
      if (this.stopped || this.failure) return;
      await this.enlist(job);
    }
    await this.flush();
    await this.drain();
  }

  /** What the sweep found of the server's manners and its own: files in use that were read again, and rests because reading was slow. */
  get manners(): { readonly accessTimesMoved: number; readonly readAgain: number; readonly restedMs: number } {
    return { accessTimesMoved: this.progress.accessTimesMoved, readAgain: this.secondGo.count, restedMs: this.pool.restedMs };
  }

  private anyDone(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** A file that is gone may mean a root that is about to be found lost: such answers are kept when the walk has come to its end. */
  private keep(done: Done, last = false): void {
    const pending = this.pending.get(done.id);
    if (!pending || this.stopped || this.closed) return;
    if (done.accessTimeMoved) this.progress.accessTimesMoved++;
    if (this.secondGo.takes(done, pending.job, performance.now())) {
      this.forgetPersons(done.id);
      return;
    }
    if (!last && done.content.problems.includes('gone')) {
      this.vanished.push(done);
      return;
    }
    this.pending.delete(done.id);
    const { persons, entries, contents, store } = this.parts;
    if (done.persons !== null) this.addPersons(pending, 0, 0, done.persons);
    if (pending.token !== null && done.personRuns > 0) persons.keepRuns(pending.token, done.personRuns);
    const token = done.personRuns > 0 ? pending.token : null;
    if (token === null && pending.token !== null) persons.drop(pending.token);
    const content = done.personRuns > 1 ? withPersons(done.content, persons.count([pending.token!])) : done.content;
    const facts = content.problems.some((code) => RETRIED.has(code)) ? { ...pending.facts, state: UNSETTLED } : pending.facts;
    entries.put(pending.folder, facts, contents.keep(content, token));
    this.progress.examined++;
    store.commitWhenDue(performance.now());
  }

  private keepPersons(id: number, run: number, seq: number, ids: PersonChunk): void {
    const pending = this.pending.get(id);
    if (!pending || this.stopped || this.closed) return;
    this.addPersons(pending, run, seq, ids);
  }

  private addPersons(pending: Pending, run: number, seq: number, ids: PersonChunk): void {
    pending.token ??= this.parts.persons.hold();
    this.parts.persons.add(pending.token, run, seq, ids);
  }

  private forgetPersons(id: number): void {
    const pending = this.pending.get(id);
    if (pending?.token != null) this.parts.persons.drop(pending.token);
  }

  /** For what a worker's message sets going: an inventory that can't be written (a full disk) ends the sweep in order, not the process. */
  private orFail(act: () => void): void {
    if (this.failure) return;
    try {
      act();
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error('unknown'));
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
