/** One place for a worker process: starts it, hears it, watches its time and memory, and knows what it was at when it died. */
import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Duplex } from 'node:stream';
import { limits } from '../limits.js';
import type { PersonChunk, ProblemCode } from '../model.js';
import type { Pace } from '../parts.js';
import { privateBytes } from './memory.js';
import type { Pacer } from './pacer.js';
import { BEGIN, type Done, type FromWorker, type Job, PROGRESS_FD, READ_QUANTUM_BYTES, type WorkerSetup } from './protocol.js';

export interface SlotOptions {
  /** The compiled module that a worker runs. */
  readonly workerModule: string;
  readonly setup: WorkerSetup;
  /** CPU priority of the workers; `normal` when it is left out. */
  readonly priority?: Pace['priority'];
  /** For tests: a file's time in place of the one from limits.ts. */
  readonly fileTimeMs?: (job: Job) => number;
}

export interface Batch {
  jobs: Job[];
  resolve: () => void;
}

/** What a slot needs of the pool. */
export interface SlotOwner {
  readonly options: SlotOptions;
  /** Nothing is wanted any more. */
  readonly closed: boolean;
  /** Present when the rate is bounded. */
  readonly pacer: Pacer | null;
  readonly listener: { persons(id: number, run: number, seq: number, ids: PersonChunk): void };
  finish(job: Job, batch: Batch, done: Done): void;
  /** `begun`: how many of these jobs were begun, the last of which it was at; 0 when it was at none of them. */
  lost(batches: readonly Batch[], begun: number, code: ProblemCode, detail: string, lastWords: string): void;
}

/** A worker above this is replaced after its batch: wasm memory and heaps never shrink. */
const RECYCLE_BYTES = 400 * 1024 * 1024;

/**
 * Fewer helper threads, a young generation that suits many short strings, a heap that ends before the host's memory. A small heap limit makes
 * V8 let the heap grow by a tenth only between two full collections: on small files a helper thread then sweeps half of the time, and a second
 * worker brings nothing. Hence the growth is given too: to the double.
 */
export const WORKER_FLAGS = ['--v8-pool-size=1', '--max-semi-space-size=16', '--max-old-space-size=640', '--heap-growing-percent=100'];

/** One place for a worker process, and the batches it was given. */
export class Slot {
  private child: ChildProcess | null = null;
  private batches: Batch[] = [];
  /** Files begun and not yet answered, and since when the present one. */
  private begun = 0;
  private begunMs = 0;
  /** Since when it waits for the pacer; null when it does not. That time is not the file's. */
  private waitingMs: number | null = null;
  restedMs = 0;
  private verdict: { jobId: number; code: ProblemCode; detail: string } | null = null;
  private heapFull = false;
  /** Standard error before the first file is begun: no text of a file can be in it yet. */
  private lastWords = '';
  bytes = 0;

  constructor(private readonly owner: SlotOwner) {}

  /** The process id of its worker; null while there is none. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

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
    const job = this.current();
    if (job && this.waitingMs === null && now - this.begunMs > this.timeMs(job))
      this.kill('timed-out', `took longer than ${Math.round(this.timeMs(job) / 1000)} s`);
  }

  kill(code: ProblemCode, detail: string): void {
    this.verdict ??= { jobId: this.current()?.id ?? -1, code, detail };
    this.child?.kill('SIGKILL');
  }

  /** The file that it is at: the last begun. Those before it may be finished already, with their answers still on the way. */
  private current(): Job | undefined {
    return this.batches.flatMap(({ jobs }) => jobs)[this.begun - 1];
  }

  stop(): void {
    this.child?.kill('SIGKILL');
  }

  private timeMs(job: Job): number {
    const { fileTimeMs, setup } = this.owner.options;
    if (fileTimeMs) return fileTimeMs(job);
    const tryingMs = limits.passwordTryMsMax * setup.passwords.length;
    const ocrMs = setup.ocr ? limits.ocrFileMsMax + 2 * limits.ocrPageMsMax : 0;
    return limits.fileTimeMsMin + (limits.fileTimeMsPerMb * job.sizeBytes) / (1024 * 1024) + tryingMs + ocrMs;
  }

  private start(): ChildProcess {
    const child = fork(this.owner.options.workerModule, [], {
      execArgv: WORKER_FLAGS,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    });
    if (this.owner.options.priority === 'low') lowerPriority(child);
    this.child = child;
    this.begun = 0;
    this.waitingMs = null;
    this.bytes = 0;
    this.heapFull = false;
    this.verdict = null;
    this.lastWords = '';
    let begunAny = false;
    child.stderr?.on('data', (text: Buffer) => {
      if (text.includes('heap out of memory')) this.heapFull = true;
      if (!begunAny && this.lastWords.length < 2_000) this.lastWords += text.toString();
    });
    const pipe = child.stdio[PROGRESS_FD] as Duplex;
    // A worker that was killed while it waited takes no answer any more.
    pipe.on('error', () => {});
    pipe.on('data', (bytes: Buffer) => {
      const files = bytes.reduce((count, byte) => count + (byte === BEGIN ? 1 : 0), 0);
      begunAny = true;
      if (files > 0) {
        this.begun += files;
        this.begunMs = performance.now();
      }
      this.answer(child, pipe, files, bytes.length);
    });
    child.on('message', (message) => this.hear(child, message as FromWorker));
    child.on('error', () => {});
    this.whenOver(child);
    child.send(this.owner.options.setup);
    return child;
  }

  /** Answers as many bytes as the worker wrote, when the rate allows what they ask for. */
  private answer(child: ChildProcess, pipe: Duplex, files: number, count: number): void {
    const { pacer } = this.owner;
    if (!pacer) return;
    this.waitingMs ??= performance.now();
    pacer.ask(files, (count - files) * READ_QUANTUM_BYTES, () => {
      if (child !== this.child) return;
      this.begunMs += performance.now() - (this.waitingMs ?? performance.now());
      this.waitingMs = null;
      pipe.write(Buffer.alloc(count, BEGIN));
    });
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
    if (child !== this.child || this.owner.closed) return;
    if (message.kind === 'persons') this.owner.listener.persons(message.id, message.run, message.seq, message.ids);
    if (message.kind !== 'done') return;
    if (privateBytes(child.pid ?? 0) === null) this.bytes = message.rssBytes;
    this.restedMs += message.restedMs ?? 0;
    for (const done of message.done) this.answered(done);
    if (this.batches.length === 0 && this.bytes > RECYCLE_BYTES) this.recycle(child);
  }

  private answered(done: Done): void {
    const batch = this.batches[0];
    const job = batch?.jobs[0];
    if (!batch || job?.id !== done.id) return;
    this.begun--;
    if (batch.jobs.length === 1) this.batches.shift();
    this.owner.finish(job, batch, done);
  }

  private recycle(child: ChildProcess): void {
    this.child = null;
    child.disconnect();
  }

  private died(child: ChildProcess, signal: NodeJS.Signals | null): void {
    if (child !== this.child) return;
    this.child = null;
    const { batches, verdict } = this;
    const current = this.current();
    this.batches = [];
    // A worker that was killed for a file and had just finished it is not at its next file's cost.
    const begun = verdict === null || verdict.jobId === current?.id ? this.begun : 0;
    const crash = { code: 'crashed' as const, detail: signal ? `the reader ended by ${signal}` : 'the reader ended' };
    const heap = { code: 'out-of-memory' as const, detail: 'the reader used up its heap' };
    const { code, detail } = verdict ?? (this.heapFull ? heap : crash);
    this.owner.lost(batches, begun, code, detail, this.lastWords);
  }
}

function lowerPriority(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system does not let it: then it runs as it is.
  }
}
