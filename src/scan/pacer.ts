/**
 * The bounded rate of a sweep: two token buckets, files and bytes, for the whole tree of processes. Whoever asks waits in line until both hold enough.
 * What the processes read besides the share (their own program, dictionaries, the inventory) is taken from the bytes too, as soon as it is seen.
 */
import type { Pace } from '../parts.js';

/** What a bucket may save up while nobody asks. Over a minute it adds less than a hundredth to the rate. */
const SAVED_S = 0.5;

interface Request {
  readonly files: number;
  readonly bytes: number;
  readonly grant: () => void;
}

export class Pacer {
  private readonly files: Bucket;
  private readonly bytes: Bucket;
  private readonly line: Request[] = [];
  private timer: NodeJS.Timeout | null = null;
  private grantedBytes = 0;
  private overheadBytes = 0;

  constructor(
    pace: Pick<Pace, 'filesPerSecond' | 'bytesPerSecond'>,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    const sinceMs = nowMs();
    this.files = new Bucket(pace.filesPerSecond, sinceMs);
    this.bytes = new Bucket(pace.bytesPerSecond, sinceMs);
  }

  /** `grant` is called when it may go on, at once or later, in the order of asking. */
  ask(files: number, bytes: number, grant: () => void): void {
    this.line.push({ files, bytes, grant });
    if (this.line.length === 1) this.serve();
  }

  /** All that the tree has read so far, as the system counts it. What is above the grants was no file of the share, and is paid for all the same. */
  seen(treeBytes: number): void {
    const overhead = treeBytes - this.grantedBytes;
    if (overhead <= this.overheadBytes) return;
    this.bytes.take(overhead - this.overheadBytes, this.nowMs());
    this.overheadBytes = overhead;
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.line.length = 0;
  }

  private serve(): void {
    this.timer = null;
    for (let first = this.line[0]; first; first = this.line[0]) {
      const now = this.nowMs();
      const waitMs = Math.max(first.files > 0 ? this.files.waitMs(now) : 0, first.bytes > 0 ? this.bytes.waitMs(now) : 0);
      if (waitMs > 0) {
        // Longer waits are looked at again: overhead that is seen meanwhile makes them longer.
        this.timer = setTimeout(() => this.serve(), Math.min(waitMs, 1_000));
        return;
      }
      this.line.shift();
      this.files.take(first.files, now);
      this.bytes.take(first.bytes, now);
      this.grantedBytes += first.bytes;
      first.grant();
    }
  }
}

/** May be overdrawn by one request, which is then waited for by the next: so a request larger than what is ever saved up can be served. */
class Bucket {
  private level = 0;

  constructor(
    private readonly perSecond: number | null,
    private sinceMs: number,
  ) {}

  waitMs(nowMs: number): number {
    if (this.perSecond === null) return 0;
    this.fill(nowMs);
    return this.level >= 0 ? 0 : Math.ceil((-this.level / this.perSecond) * 1000);
  }

  take(amount: number, nowMs: number): void {
    if (this.perSecond === null) return;
    this.fill(nowMs);
    this.level -= amount;
  }

  private fill(nowMs: number): void {
    const perSecond = this.perSecond ?? 0;
    this.level = Math.min(SAVED_S * perSecond, this.level + ((nowMs - this.sinceMs) / 1000) * perSecond);
    this.sinceMs = nowMs;
  }
}
