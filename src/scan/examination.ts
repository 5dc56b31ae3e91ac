/**
 * The part of a sweep that goes through the workers: files are offered in batches, as many as are to be in flight, and what comes back is kept.
 * It decides nothing about which files are examined.
 */
import pLimit from 'p-limit';
import type { Contents } from '../inventory/contents.js';
import type { Entries, KnownEntry } from '../inventory/entries.js';
import type { EntryFacts } from '../inventory/entry-reader.js';
import { withPersons } from '../inventory/packed.js';
import type { Persons } from '../inventory/persons.js';
import type { Store } from '../inventory/store.js';
import { limits } from '../limits.js';
import type { PersonChunk, ProblemCode } from '../model.js';
import type { OpenPlace } from './place-queue.js';
import { Pool, type PoolOptions, readersBroken } from './pool.js';
import type { Done, Job } from './protocol.js';
import { SecondGo } from './second-go.js';
import { RETRIED, UNSETTLED } from './state.js';

/** Problems that a share which breaks off would explain. */
const LOSSES: readonly ProblemCode[] = ['gone', 'read-error'];

export interface ExaminationParts {
  readonly store: Store;
  readonly entries: Entries;
  readonly contents: Contents;
  readonly persons: Persons;
  readonly pool: PoolOptions;
}

/** How the sweep gets on with the server's users. */
export interface ExaminationManners {
  readonly accessTimesMoved: number;
  readonly readAgain: number;
  readonly restedMs: number;
}

/** A file to examine: where it is kept, what is known of it, and the place that stays open until it is done. */
export interface Offered {
  readonly job: Omit<Job, 'id'>;
  readonly folder: number;
  readonly facts: EntryFacts;
  readonly before: KnownEntry | undefined;
  readonly place: OpenPlace;
}

interface Pending extends Omit<Offered, 'job'> {
  readonly job: Job;
  /** The number of its first go when this is its second one. Its place was done with the first answer. */
  readonly first: number | null;
  token: number | null;
}

export class Examination {
  /** Counts for those who watch. */
  offered = 0;
  examined = 0;
  /** Files whose access time the system moved when they were read. */
  accessTimesMoved = 0;
  failure: Error | null = null;
  private readonly pool: Pool;
  private readonly limit;
  private readonly inFlight = new Set<Promise<void>>();
  private readonly pending = new Map<number, Pending>();
  private batch: Job[] = [];
  private batchBytes = 0;
  private nextJob = 1;
  private readonly vanished: Done[] = [];
  private readonly secondGo = new SecondGo();
  private closed = false;
  /** Nothing more is given to the workers. */
  private halted = false;
  private wake: () => void = () => {};

  constructor(
    private readonly parts: ExaminationParts,
    /** Called for each file whose result is kept, with its folder's place. */
    private readonly onDone: (place: OpenPlace) => void,
  ) {
    this.pool = new Pool(parts.pool, {
      persons: (id, run, seq, ids) => this.orFail(() => this.keepPersons(id, run, seq, ids)),
      done: (done) => this.orFail(() => this.keep(done)),
      restart: (id) => this.orFail(() => this.forgetPersons(id)),
      broken: (detail) => this.fail(readersBroken(detail)),
    });
    // Two batches for each worker: one in hand, one to go on with.
    this.limit = pLimit(parts.pool.workers * 2);
  }

  /** Files without a result: those in hand and those put back. New ones are unknown to the inventory. */
  get waiting(): { readonly all: number; readonly unknown: number } {
    const files = [...this.pending.values()].filter(({ first }) => first === null);
    return { all: files.length, unknown: files.filter(({ before }) => !before || before.goneRun !== null).length };
  }

  get manners(): ExaminationManners {
    return { accessTimesMoved: this.accessTimesMoved, readAgain: this.secondGo.count, restedMs: this.pool.restedMs };
  }

  /** Puts a file into the present batch; waits while enough is in flight. */
  async offer({ job, ...pending }: Offered): Promise<void> {
    this.offered++;
    await this.enlist({ ...pending, first: null }, job);
  }

  private async enlist(pending: Omit<Pending, 'job' | 'token'>, wanted: Offered['job']): Promise<void> {
    const job = { ...wanted, id: this.nextJob++ };
    this.pending.set(job.id, { ...pending, job, token: null });
    this.batch.push(job);
    this.batchBytes += job.sizeBytes;
    if (this.batch.length >= limits.batchFilesMax || this.batchBytes >= limits.batchBytesMax) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.batch.length === 0) return;
    const jobs = this.batch;
    this.batch = [];
    this.batchBytes = 0;
    while (this.inFlight.size >= this.limit.concurrency && !this.halted && !this.failure) await this.anyDone();
    if (this.halted || this.failure) return;
    const run = this.limit(() => this.pool.run(jobs)).then(() => {
      this.inFlight.delete(run);
      this.wake();
    });
    this.inFlight.add(run);
  }

  /** Whoever waits looks again whether the sweep goes on. */
  halt(): void {
    this.halted = true;
    this.wake();
  }

  /** Waits until all that is in flight is done, at most until `endMs` by `performance.now()`. */
  async drain(endMs = Number.POSITIVE_INFINITY): Promise<void> {
    let isOver = endMs <= performance.now();
    // A timer may come a little before its time, so that it is not the clock that is asked again.
    const end = () => {
      isOver = true;
      this.wake();
    };
    const timer = Number.isFinite(endMs) ? setTimeout(end, Math.max(0, endMs - performance.now())) : undefined;
    while (this.inFlight.size > 0 && !this.failure && !isOver && !(this.halted && timer === undefined)) await this.anyDone();
    clearTimeout(timer);
  }

  /** Files that were in use when their turn came. */
  async readAgain(): Promise<void> {
    const { jobs, waitMs } = this.secondGo.release(performance.now());
    if (waitMs > 0) await Promise.race([new Promise((resolve) => setTimeout(resolve, waitMs)), this.anyDone()]);
    for (const job of jobs) {
      if (this.halted || this.failure) return;
      await this.enlist({ ...this.pending.get(job.id)!, first: job.id }, job);
    }
    await this.flush();
    await this.drain();
  }

  /** A file that is gone or can't be read may mean a root that is about to be found lost: such answers are kept when the walk has come to its end. */
  keepVanished(isLost: (root: string) => boolean): void {
    this.keepLate(this.vanished, isLost);
  }

  /** Of files in use whose second go was not to be: that they were in use. */
  keepFirstAnswers(isLost: (root: string) => boolean): void {
    this.keepLate(this.secondGo.leftOver(), isLost);
  }

  /** Below a lost root they say nothing of the file: what was known of it stays. */
  private keepLate(answers: readonly Done[], isLost: (root: string) => boolean): void {
    this.orFail(() => {
      for (const done of answers) {
        const pending = this.pending.get(done.id);
        if (pending && !isLost(pending.place.root)) this.keep(done, true);
      }
    });
  }

  /** Ends the workers; what they have in hand is put back. */
  close(): void {
    this.closed = true;
    this.pool.close();
  }

  private anyDone(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private keep(done: Done, last = false): void {
    const pending = this.pending.get(done.id);
    if (!pending || this.closed) return;
    if (!last && done.accessTimeMoved) this.accessTimesMoved++;
    if (!last && this.waitsForEnd(done, pending)) {
      this.release(pending);
      return;
    }
    this.pending.delete(done.id);
    if (pending.first !== null) this.voidFirst(pending.first);
    const { persons, entries, contents, store } = this.parts;
    if (done.persons !== null) this.addPersons(pending, 0, 0, done.persons);
    if (pending.token !== null && done.personRuns > 0) persons.keepRuns(pending.token, done.personRuns);
    const token = done.personRuns > 0 ? pending.token : null;
    if (token === null && pending.token !== null) persons.drop(pending.token);
    const content = done.personRuns > 1 ? withPersons(done.content, persons.count([pending.token!])) : done.content;
    const facts = content.problems.some((code) => RETRIED.has(code)) ? { ...pending.facts, state: UNSETTLED } : pending.facts;
    entries.put(pending.folder, facts, contents.keep(content, token), pending.before);
    this.examined++;
    if (!last) this.release(pending);
    store.commitWhenDue(performance.now());
  }

  private waitsForEnd(done: Done, { job, first }: Pending): boolean {
    if (LOSSES.some((code) => done.content.problems.includes(code))) {
      this.vanished.push(done);
      return true;
    }
    return first === null && this.secondGo.takes(done, job, performance.now());
  }

  private release({ place, first }: Pending): void {
    if (first === null) this.onDone(place);
  }

  private voidFirst(id: number): void {
    this.secondGo.forget(id);
    this.forgetPersons(id);
    this.pending.delete(id);
  }

  private keepPersons(id: number, run: number, seq: number, ids: PersonChunk): void {
    const pending = this.pending.get(id);
    if (!pending || this.closed) return;
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
