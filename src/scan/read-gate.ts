/**
 * A worker's side of the bounded rate: asks the parent before each file and each read, and stands still until it is answered. Reading is synchronous in a
 * worker, so the asking is too, by bytes over the progress pipe.
 */
import { readSync, writeSync } from 'node:fs';
import { limits } from '../limits.js';
import type { ReadMeter } from '../parts.js';
import { ASK_BYTES, BEGIN, PROGRESS_FD, READ_QUANTUM_BYTES } from './protocol.js';

const PAUSE = new Int32Array(new SharedArrayBuffer(4));
const RETRY_MS = 5;

export class ReadGate implements Pick<ReadMeter, 'callBytesMax' | 'before' | 'after'> {
  /** One call of a large file would else be granted at once and spoil the rate of a minute. */
  readonly callBytesMax = limits.chunkBytes;
  /** Granted and not yet read. */
  private credit = 0;
  private readonly answers = Buffer.alloc(256);

  /** `exchange` is another way to the parent, for tests. */
  constructor(private readonly exchange: (asked: Buffer) => void = (asked) => this.overPipe(asked)) {}

  beginFile(): void {
    this.exchange(Buffer.of(BEGIN));
  }

  before(bytes: number): void {
    const quanta = Math.ceil((bytes - this.credit) / READ_QUANTUM_BYTES);
    if (quanta > 0) {
      this.exchange(Buffer.alloc(quanta, ASK_BYTES));
      this.credit += quanta * READ_QUANTUM_BYTES;
    }
    this.credit -= bytes;
  }

  after(wanted: number, got: number): void {
    this.credit += wanted - got;
  }

  /** As many bytes come back as were sent. When the parent is gone there is nobody left to read for. */
  private overPipe(asked: Buffer): void {
    for (let sent = 0; sent < asked.length; ) sent += orWait(() => writeSync(PROGRESS_FD, asked, sent));
    for (let open = asked.length; open > 0; ) {
      const got = orWait(() => readSync(PROGRESS_FD, this.answers, 0, Math.min(open, this.answers.length), null));
      if (got === 0) process.exit(0);
      open -= got;
    }
  }
}

function orWait(act: () => number): number {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(PAUSE, 0, 0, RETRY_MS);
    }
  }
}
