/**
 * Worker processes: started when there is work for them, watched from here, killed and replaced when they hang, crash or grow.
 * The file that did it is told; its neighbours are examined again by another worker. Processes and not threads, because only a process
 * survives a crash in native code and can have its memory capped (src/README.md, Workers).
 */
import { packContent } from '../inventory/packed.js';
import type { PersonChunk, ProblemCode } from '../model.js';
import type { Pace } from '../parts.js';
import { ProgramFault } from '../problem.js';
import { unexamined } from './examine.js';
import { readBytesOfTree, residentBytes } from './memory.js';
import { Pacer } from './pacer.js';
import type { Done, Job } from './protocol.js';
import { type Batch, Slot, type SlotOptions } from './slot.js';

export interface PoolOptions extends SlotOptions {
  readonly workers: number;
  /** Memory of the whole tree, this process included. */
  readonly treeBytesMax: number;
  /** Bounds of the rate; none when it is left out. */
  readonly pace?: Pick<Pace, 'filesPerSecond' | 'bytesPerSecond'>;
}

export interface PoolListener {
  persons(id: number, run: number, seq: number, ids: PersonChunk): void;
  done(done: Done): void;
  /** The file is examined again after its worker died: what came of it so far is void. */
  restart(id: number): void;
  /** Workers die without having begun any file: the installation is at fault, not a file. The pool gives up. */
  broken(detail: string): void;
}

/** What `broken` is told as. Workers that have not begun a file say nothing of one, so their last words may be shown. */
export function readersBroken(detail: string): ProgramFault {
  const told = {
    ja: '読み取りプロセスを始められません。インストールし直すか、空きメモリーを確かめてください',
    en: 'the readers do not start; install the program anew, or look whether memory is short',
  };
  return new ProgramFault(told, detail.trim().slice(0, 500));
}

const WATCH_MS = 50;
/** Of the tree's memory: what a worker may take between two looks, and while it is being killed. Else the bound would be seen only from above. */
const HEADROOM = 0.1;
/** Deaths in a row of workers that had not begun a file. */
const STILLBORN_MAX = 3;

export class Pool {
  private readonly slots: Slot[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly tries = new Map<number, number>();
  private stillborn = 0;
  readonly pacer: Pacer | null;
  closed = false;

  constructor(
    readonly options: PoolOptions,
    readonly listener: PoolListener,
  ) {
    this.pacer = options.setup.paced && options.pace ? new Pacer(options.pace) : null;
    this.timer = setInterval(() => this.watch(), WATCH_MS);
    this.timer.unref();
  }

  /** Resolves when every job of the batch has been told to the listener. */
  run(jobs: readonly Job[]): Promise<void> {
    return new Promise((resolve) => {
      const batch: Batch = { jobs: [...jobs], resolve };
      this.pick().give(batch);
    });
  }

  /** Ends all workers at once; what they were doing is lost, not told. */
  close(): void {
    this.closed = true;
    clearInterval(this.timer);
    this.pacer?.close();
    for (const slot of this.slots) slot.stop();
  }

  /** How long all workers have rested, because reading had become slow. */
  get restedMs(): number {
    return this.slots.reduce((sum, slot) => sum + slot.restedMs, 0);
  }

  /** The least busy worker; a new one when all are busy and there may be more. */
  private pick(): Slot {
    const idle = this.slots.find((slot) => slot.load === 0);
    if (idle) return idle;
    if (this.slots.length < this.options.workers) {
      const slot = new Slot(this);
      this.slots.push(slot);
      return slot;
    }
    return this.slots.reduce((least, slot) => (slot.load < least.load ? slot : least));
  }

  /** Called by a slot whose worker died with these jobs unanswered; it was at the one numbered `begun`, or at none when that is 0. */
  lost(batches: readonly Batch[], begun: number, code: ProblemCode, detail: string, lastWords: string): void {
    if (this.closed) return;
    const items = batches.flatMap((batch) => batch.jobs.map((job) => ({ job, batch })));
    const [item] = begun > 0 ? items.splice(begun - 1, 1) : [];
    if (!item) {
      if (++this.stillborn >= STILLBORN_MAX) {
        this.close();
        this.listener.broken(lastWords);
        return;
      }
      this.redo(items);
      return;
    }
    const { job: culprit, batch } = item;
    this.stillborn = 0;
    // A crash or a full memory may come from what earlier files left behind: such a file gets one more go, alone and in a fresh worker.
    const tries = (this.tries.get(culprit.id) ?? 0) + 1;
    this.tries.set(culprit.id, tries);
    const retry = code !== 'timed-out' && tries === 1;
    this.listener.restart(culprit.id);
    if (retry) {
      this.redo([...items, item]);
      return;
    }
    const content = packContent(unexamined({ stage: 'extract', code, detail }));
    this.finish(culprit, batch, { id: culprit.id, content, personRuns: 0, persons: null });
    this.redo(items);
  }

  finish(job: Job, batch: Batch, done: Done): void {
    this.tries.delete(job.id);
    batch.jobs.splice(batch.jobs.indexOf(job), 1);
    this.listener.done(done);
    if (batch.jobs.length === 0) batch.resolve();
  }

  /** Each of these alone, so that another death can be laid to one file. */
  private redo(items: readonly { job: Job; batch: Batch }[]): void {
    for (const { job, batch } of items) {
      const single: Batch = {
        jobs: [job],
        resolve: () => {
          batch.jobs.splice(batch.jobs.indexOf(job), 1);
          if (batch.jobs.length === 0) batch.resolve();
        },
      };
      this.listener.restart(job.id);
      this.pick().give(single);
    }
  }

  /** Memory of all workers together is bounded: when it is exceeded the largest has to go. */
  private watch(): void {
    const now = performance.now();
    if (this.options.pace?.bytesPerSecond) {
      const bytes = readBytesOfTree(this.slots.flatMap((slot) => slot.pid ?? []));
      if (bytes !== null) this.pacer?.seen(bytes);
    }
    // With what the processes share, the program itself, which is counted here and nowhere else.
    let sum = residentBytes();
    let largest: Slot | null = null;
    for (const slot of this.slots) {
      slot.look(now);
      sum += slot.bytes;
      if (slot.load > 0 && (!largest || slot.bytes > largest.bytes)) largest = slot;
    }
    if (sum > this.options.treeBytesMax * (1 - HEADROOM) && largest)
      largest.kill('out-of-memory', `the program's ${this.options.treeBytesMax} bytes of memory were used up`);
  }
}
