/**
 * Worker processes: started when there is work for them, watched from here, killed and replaced when they hang, crash or grow.
 * The file that did it is told; its neighbours are examined again by another worker. Processes and not threads, because only a process
 * survives a crash in native code and can have its memory capped (src/README.md, Workers).
 */
import { type ChildProcess, fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import { limits } from '../limits.js';
import type { PersonChunk, ProblemCode } from '../model.js';
import { unexamined } from './examine.js';
import { privateBytes } from './memory.js';
import { type Done, type FromWorker, type Job, PROGRESS_FD, type WorkerSetup } from './protocol.js';

export interface PoolOptions {
  /** The compiled module that a worker runs. */
  readonly workerModule: string;
  readonly workers: number;
  readonly setup: WorkerSetup;
  /** Memory of the whole tree, this process included. */
  readonly treeBytesMax: number;
  /** For tests: a file's time in place of the one from limits.ts. */
  readonly fileTimeMs?: (job: Job) => number;
}

export interface PoolListener {
  persons(id: number, run: number, seq: number, ids: PersonChunk): void;
  done(done: Done): void;
  /** The file is examined again after its worker died: what came of it so far is void. */
  restart(id: number): void;
  /** Workers die without having begun any file: the installation is at fault, not a file. The pool gives up. */
  broken(detail: string): void;
}

/** A worker above this is replaced after its batch: wasm memory and heaps never shrink. */
const RECYCLE_BYTES = 400 * 1024 * 1024;
const WATCH_MS = 50;
/** Deaths in a row of workers that had not begun a file. */
const STILLBORN_MAX = 3;

interface Batch {
  jobs: Job[];
  resolve: () => void;
}

export class Pool {
  private readonly slots: Slot[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly tries = new Map<number, number>();
  private stillborn = 0;
  closed = false;

  constructor(
    readonly options: PoolOptions,
    readonly listener: PoolListener,
  ) {
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
    for (const slot of this.slots) slot.stop();
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

  /** Called by a slot whose worker died with these jobs unanswered; `begun` when it was at the first of them. */
  lost(batches: readonly Batch[], begun: boolean, code: ProblemCode, detail: string, lastWords: string): void {
    if (this.closed) return;
    const [first, ...rest] = batches;
    const [culprit, ...neighbours] = first?.jobs ?? [];
    if (!first || !begun || !culprit) {
      if (++this.stillborn >= STILLBORN_MAX) {
        this.close();
        this.listener.broken(lastWords);
        return;
      }
      this.redo(batches.flatMap((batch) => batch.jobs.map((job) => ({ job, batch }))));
      return;
    }
    this.stillborn = 0;
    // A crash or a full memory may come from what earlier files left behind: such a file gets one more go, alone and in a fresh worker.
    const tries = (this.tries.get(culprit.id) ?? 0) + 1;
    this.tries.set(culprit.id, tries);
    const retry = code !== 'timed-out' && tries === 1;
    const others = [
      ...neighbours.map((job) => ({ job, batch: first })),
      ...rest.flatMap((batch) => batch.jobs.map((job) => ({ job, batch }))),
    ];
    this.listener.restart(culprit.id);
    if (retry) {
      this.redo(others);
      this.redo([{ job: culprit, batch: first }]);
      return;
    }
    this.finish(culprit, first, { id: culprit.id, content: unexamined({ stage: 'extract', code, detail }), personRuns: 0 });
    this.redo(others);
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
    let sum = process.memoryUsage.rss();
    let largest: Slot | null = null;
    for (const slot of this.slots) {
      slot.look(now);
      sum += slot.bytes;
      if (slot.load > 0 && (!largest || slot.bytes > largest.bytes)) largest = slot;
    }
    if (sum > this.options.treeBytesMax && largest)
      largest.kill('out-of-memory', `the program's ${this.options.treeBytesMax} bytes of memory were used up`);
  }
}

/** One place for a worker process, and the batches it was given. */
class Slot {
  private child: ChildProcess | null = null;
  private batches: Batch[] = [];
  /** Files begun and not yet answered, and since when the present one. */
  private begun = 0;
  private begunMs = 0;
  private verdict: { jobId: number; code: ProblemCode; detail: string } | null = null;
  private heapFull = false;
  /** Standard error before the first file is begun: no text of a file can be in it yet. */
  private lastWords = '';
  bytes = 0;

  constructor(private readonly pool: Pool) {}

  get load(): number {
    return this.batches.length;
  }

  give(batch: Batch): void {
    this.batches.push(batch);
    const child = this.child ?? this.start();
    child.send({ kind: 'batch', jobs: batch.jobs });
  }

  /** Time and memory of this worker. */
  look(now: number): void {
    if (!this.child?.pid || this.batches.length === 0) return;
    this.bytes = privateBytes(this.child.pid) ?? this.bytes;
    const job = this.begun > 0 ? this.batches[0]?.jobs[0] : undefined;
    if (job && now - this.begunMs > this.timeMs(job)) this.kill('timed-out', `took longer than ${Math.round(this.timeMs(job) / 1000)} s`);
  }

  kill(code: ProblemCode, detail: string): void {
    this.verdict ??= { jobId: this.batches[0]?.jobs[0]?.id ?? -1, code, detail };
    this.child?.kill('SIGKILL');
  }

  stop(): void {
    this.child?.kill('SIGKILL');
  }

  private timeMs(job: Job): number {
    const { fileTimeMs } = this.pool.options;
    if (fileTimeMs) return fileTimeMs(job);
    return limits.fileTimeMsMin + (limits.fileTimeMsPerMb * job.sizeBytes) / (1024 * 1024);
  }

  private start(): ChildProcess {
    const child = fork(this.pool.options.workerModule, [], {
      execArgv: WORKER_FLAGS,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    });
    this.child = child;
    this.begun = 0;
    this.bytes = 0;
    this.heapFull = false;
    this.verdict = null;
    this.lastWords = '';
    let begunAny = false;
    child.stderr?.on('data', (text: Buffer) => {
      if (text.includes('heap out of memory')) this.heapFull = true;
      if (!begunAny && this.lastWords.length < 2_000) this.lastWords += text.toString();
    });
    (child.stdio[PROGRESS_FD] as Readable).on('data', (bytes: Buffer) => {
      begunAny = true;
      this.begun += bytes.length;
      this.begunMs = performance.now();
    });
    child.on('message', (message) => this.hear(child, message as FromWorker));
    child.on('error', () => {});
    this.whenOver(child);
    child.send(this.pool.options.setup);
    return child;
  }

  /** Only when the process has ended and its last message and its last progress byte have been read is it known what it was at. */
  private whenOver(child: ChildProcess): void {
    let signal: NodeJS.Signals | null = null;
    const pending = new Set(['close', 'disconnect']);
    const over = (event: string): void => {
      pending.delete(event);
      if (pending.size === 0) this.died(child, signal);
    };
    child.on('close', (_status, by) => {
      signal = by;
      over('close');
    });
    child.on('disconnect', () => over('disconnect'));
  }

  private hear(child: ChildProcess, message: FromWorker): void {
    if (child !== this.child) return;
    if (message.kind === 'persons') this.pool.listener.persons(message.id, message.run, message.seq, message.ids);
    if (message.kind !== 'done') return;
    if (privateBytes(child.pid ?? 0) === null) this.bytes = message.rssBytes;
    for (const done of message.done) this.answered(done);
    if (this.batches.length === 0 && this.bytes > RECYCLE_BYTES) this.recycle(child);
  }

  private answered(done: Done): void {
    const batch = this.batches[0];
    const job = batch?.jobs[0];
    if (!batch || job?.id !== done.id) return;
    this.begun--;
    if (batch.jobs.length === 1) this.batches.shift();
    this.pool.finish(job, batch, done);
  }

  private recycle(child: ChildProcess): void {
    this.child = null;
    child.disconnect();
  }

  private died(child: ChildProcess, signal: NodeJS.Signals | null): void {
    if (child !== this.child) return;
    this.child = null;
    const { batches, verdict } = this;
    this.batches = [];
    const current = batches[0]?.jobs[0];
    // A worker that was killed for a file and had just finished it is not at its next file's cost.
    const begun = this.begun > 0 && (verdict === null || verdict.jobId === current?.id);
    const crash = { code: 'crashed' as const, detail: signal ? `the reader ended by ${signal}` : 'the reader ended' };
    const heap = { code: 'out-of-memory' as const, detail: 'the reader used up its heap' };
    const { code, detail } = verdict ?? (this.heapFull ? heap : crash);
    this.pool.lost(batches, begun, code, detail, this.lastWords);
  }
}

/** Fewer helper threads, a young generation that suits many short strings, a heap that ends before the host's memory. */
const WORKER_FLAGS = ['--v8-pool-size=1', '--max-semi-space-size=16', '--max-old-space-size=640'];
